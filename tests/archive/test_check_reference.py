"""``manage.py check_reference``: over the shipped data, and over what a curator may add to it."""

import io
import json
from datetime import date
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, transaction

from archive.management.commands import check_reference as command
from archive.models import LexiconEntry, Speaker, TermOfOffice


@pytest.fixture(scope="module", autouse=True)
def reference(django_db_setup, django_db_blocker):
    """The reference data, once for all tests of this module."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_reference", stdout=io.StringIO())
        yield
        transaction.set_rollback(True)


pytestmark = pytest.mark.django_db


def run(*arguments: str) -> tuple[int, str]:
    """Run the command; returns its exit status and what it printed."""
    out, status = io.StringIO(), 0
    try:
        call_command("check_reference", *arguments, stdout=out)
    except SystemExit as stop:
        status = int(str(stop.code))
    return status, out.getvalue()


def test_the_shipped_data_has_no_errors() -> None:
    status, printed = run("--json")
    report: dict[str, Any] = json.loads(printed)
    assert list(report) == ["errors", "warnings", "notes", "findings"]
    assert [row["en"] for row in report["findings"] if row["severity"] == "error"] == []
    assert (status, report["errors"]) == (0, 0)
    assert [row["rows"] for row in report["findings"] if row["check"] == "known_no_more"] == []


def test_a_second_holder_of_an_office_is_told_in_both_languages() -> None:
    TermOfOffice.objects.create(
        key="shoukry--us-fm-2014",
        speaker=Speaker.objects.get(key="shoukry"),
        title_ar="وزير الخارجية الأميركي",
        country_id="US",
        starts_on=date(2014, 1, 1),
        ends_on=date(2014, 2, 1),
        sure=True,
    )
    status, printed = run()
    assert status == 1
    lines = printed.splitlines()
    at = next(i for i, line in enumerate(lines) if line.startswith("error"))
    assert lines[at] == "error termofoffice: kerry--us-fm-2013, shoukry--us-fm-2014"
    assert "جون كيري، سامح شكري" in lines[at + 1]
    assert "جون كيري, سامح شكري hold the office" in lines[at + 2]
    assert lines[-1].startswith("errors=1 ")


def test_warnings_do_not_fail() -> None:
    LexiconEntry.objects.create(category="cue", text="كلمة تجربة", attributes={"knid": "trap"})
    status, printed = run("--json")
    assert status == 0
    assert any(row["rows"] == ["cue: كلمة تجربة", "knid"] for row in json.loads(printed)["findings"])


def test_an_unusable_database_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise OperationalError("no such table: archive_speaker")

    monkeypatch.setattr(command, "load_knowledge", fail)
    with pytest.raises(CommandError, match="migrate first"):
        run()
