"""The house: its rooms, which way its imports point, what it stands on, and that it starts safely."""

import ast
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client

ROOT = Path(__file__).resolve().parents[1]
ORDERED = {"manage.py", "requirements.txt", "archive", "search", "templates", "static", "fixtures", "tests"}
OURS = {"config", "benchmarks", "Makefile", "README.md", "LICENSE", "pyproject.toml", "docs"}
CODE = [ROOT / name for name in ("archive", "search", "config", "benchmarks")]
LONGEST = 350  # lines a module may have: one subject, a few hundred lines


def python_files():
    return [
        path
        for folder in CODE
        for path in sorted(folder.rglob("*.py"))
        if "migrations" not in path.relative_to(ROOT).parts
    ]


def settings_with(tmp_path, **variables):
    """Start Django in a process of its own with these variables only."""
    environment = {"PATH": os.environ["PATH"], "MAHDAR_VAR": str(tmp_path), "PYTHONUTF8": "1", **variables}
    return subprocess.run(
        [sys.executable, "-c", "import config.settings as s; print(s.DEBUG, s.ALLOWED_HOSTS)"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_imports_point_down_only():
    program = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    run = subprocess.run(
        [sys.executable, "-c", program, "--no-logo", "--no-cache"],
        cwd=ROOT,
        env={**os.environ, "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr


def test_the_top_level_is_as_the_owner_ordered():
    """Hidden files and what is made at run time aside, nothing may be added without a decision."""
    visible = {path.name for path in ROOT.iterdir() if not path.name.startswith(".")} - {"var", "__pycache__"}
    assert visible >= ORDERED
    assert visible <= ORDERED | OURS


@pytest.mark.parametrize("name", ["requirements.txt", "tests/requirements.txt"])
def test_every_requirement_is_pinned_and_explained(name):
    for line in (ROOT / name).read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith(("#", "-r ")):
            assert re.fullmatch(r"[A-Za-z0-9_.-]+==[\w.]+  # .+", line), line


def test_the_ordered_packages_are_required():
    pinned = (ROOT / "requirements.txt").read_text(encoding="utf-8").lower()
    for package in ("django", "django-haystack", "whoosh", "arabic-reshaper", "pytest-django"):
        assert re.search(rf"^{package}==", pinned, re.MULTILINE), package


@pytest.mark.parametrize("path", python_files(), ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_has_one_subject(path):
    source = path.read_text(encoding="utf-8")
    assert len(source.splitlines()) <= LONGEST
    assert not {"utils", "helpers", "common", "misc"} & set(path.relative_to(ROOT).with_suffix("").parts)
    assert not source.strip() or ast.get_docstring(ast.parse(source))


def test_nothing_names_the_machine_it_was_written_on():
    places = re.compile(r"/(?:root|home/\w+|work|Users)/")
    for path in [*python_files(), ROOT / "Makefile", ROOT / "pyproject.toml", ROOT / ".ci" / "run"]:
        assert not places.search(path.read_text(encoding="utf-8")), path


def test_the_archive_imports_without_django():
    """``archive.arabic`` and ``archive.extraction`` are for anyone, not for this site only."""
    program = (
        "import archive.arabic.words, archive.extraction.extractor, sys; assert 'django' not in sys.modules"
    )
    assert subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=False).returncode == 0


@pytest.mark.parametrize(
    ("variables", "named"),
    [
        ({}, "MAHDAR_SECRET_KEY"),
        ({"MAHDAR_SECRET_KEY": "k" * 50}, "MAHDAR_ALLOWED_HOSTS"),
        ({"MAHDAR_ALLOWED_HOSTS": "example.org"}, "MAHDAR_SECRET_KEY"),
        ({"MAHDAR_DEBUG": "0"}, "MAHDAR_SECRET_KEY"),
    ],
    ids=["nothing set", "no hosts", "no key", "debug off"],
)
def test_settings_refuse_an_unsafe_start(tmp_path, variables, named):
    started = settings_with(tmp_path, **variables)
    assert started.returncode != 0
    assert f"Set {named}" in started.stderr
    assert f"عيّن {named}" in started.stderr


def test_settings_start_when_safe(tmp_path):
    started = settings_with(tmp_path, MAHDAR_SECRET_KEY="k" * 50, MAHDAR_ALLOWED_HOSTS="a.org, b.org")
    assert started.stdout.split(maxsplit=1) == ["False", "['a.org', 'b.org']\n"]


def test_django_finds_nothing_to_warn_of():
    call_command("check", fail_level="WARNING")


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.django_db
def test_every_interface_string_of_the_models_is_in_arabic():
    from django.apps import apps
    from django.utils.translation import override

    arabic = re.compile("[\u0621-\u064a]|SHA-256")
    with override("ar"):
        for model in apps.get_app_config("archive").get_models():
            assert arabic.search(str(model._meta.verbose_name)), model
            assert arabic.search(str(model._meta.verbose_name_plural)), model
            for field in model._meta.fields:
                if not field.primary_key and field.verbose_name != field.name.replace("_", " "):
                    assert arabic.search(str(field.verbose_name)), field
                for _value, label in field.flatchoices:
                    assert arabic.search(str(label)), (field, label)


@pytest.mark.django_db
def test_the_admin_asks_who_you_are():
    response = Client().get("/admin/")
    assert response.status_code == 302
    assert response["Location"].startswith("/admin/login/")
