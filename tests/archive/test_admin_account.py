"""``ensure_admin``: one account, its password told once and kept for its owner."""

import stat
from io import StringIO

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path, settings):
    settings.VAR_DIR = tmp_path
    return tmp_path


def ensure_admin(**options):
    output = StringIO()
    call_command("ensure_admin", stdout=output, **options)
    return output.getvalue()


def test_the_account_is_made_and_its_password_told(folder):
    shown = ensure_admin()
    password = (folder / "admin_password").read_text().strip()
    account = get_user_model().objects.get()
    assert (account.username, account.is_superuser, account.is_staff) == ("admin", True, True)
    assert account.check_password(password)
    assert password in shown
    assert len(password) >= 16


def test_the_kept_password_is_for_its_owner_only(folder):
    ensure_admin()
    assert stat.S_IMODE((folder / "admin_password").stat().st_mode) == 0o600


def test_again_it_changes_and_tells_nothing(folder):
    ensure_admin()
    before = get_user_model().objects.get().password, (folder / "admin_password").read_text()
    assert ensure_admin() == ""
    assert before == (get_user_model().objects.get().password, (folder / "admin_password").read_text())


def test_a_password_that_was_changed_stays(folder):
    ensure_admin()
    account = get_user_model().objects.get()
    account.set_password("another one")
    account.save()
    ensure_admin()
    assert get_user_model().objects.get().check_password("another one")


def test_a_password_without_its_account_is_replaced(folder):
    """The database was deleted, or the first start was killed."""
    (folder / "admin_password").write_text("old")
    ensure_admin()
    password = (folder / "admin_password").read_text().strip()
    assert password != "old"
    assert get_user_model().objects.get().check_password(password)


def test_when_the_password_cannot_be_kept_there_is_no_account(folder, settings):
    """An account whose password nobody knows would lock everyone out."""
    settings.VAR_DIR = folder / "missing"
    with pytest.raises(OSError, match="admin_password"):
        ensure_admin()
    assert not get_user_model().objects.exists()
