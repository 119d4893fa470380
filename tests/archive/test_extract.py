"""``manage.py extract``: one JSON object a file on one line, and nothing stored."""

import hashlib
import io
import json

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import OperationalError, transaction

from archive.management.commands import extract as command
from archive.models import Article, Change, ImportRun, Original, Source, Speaker

SEEDS = sorted((settings.FIXTURES_DIR / "seeds").glob("*.txt"))


@pytest.fixture(scope="class")
def reference(django_db_setup, django_db_blocker):
    """The reference data, once for all tests of a class."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_reference", stdout=io.StringIO())
        yield
        transaction.set_rollback(True)


def run(*paths, **options):
    """Run the command; returns its exit status, what it printed, and its complaints."""
    out, err, status = io.StringIO(), io.StringIO(), 0
    try:
        call_command("extract", *paths, stdout=out, stderr=err, **options)
    except SystemExit as stop:
        status = stop.code
    return status, out.getvalue(), err.getvalue()


@pytest.mark.usefixtures("reference")
@pytest.mark.django_db
class TestSeeds:
    def test_one_object_a_file_on_one_line(self):
        status, printed, complaints = run(*SEEDS, json=True)
        assert (status, complaints) == (0, "")
        documents = [json.loads(line) for line in printed.splitlines()]
        assert [document["file"]["name"] for document in documents] == [path.name for path in SEEDS]
        for path, document in zip(SEEDS, documents, strict=True):
            content = path.read_bytes()
            assert document["schema"] == "1.0"
            assert document["file"]["sha256"] == document["file"]["text_sha256"]
            assert document["file"]["sha256"] == hashlib.sha256(content).hexdigest()
            assert document["file"]["chars"] == len(content.decode())

    def test_arabic_is_printed_as_arabic(self):
        assert "بلينكن" in run(SEEDS[0], json=True)[1]

    def test_the_same_input_gives_the_same_output(self):
        assert run(*SEEDS, json=True) == run(*SEEDS, json=True)

    def test_nothing_is_stored(self):
        before = (Source.objects.count(), Speaker.objects.count(), Change.objects.count())
        run(*SEEDS, json=True)
        assert (Source.objects.count(), Speaker.objects.count(), Change.objects.count()) == before
        for model in (Article, Original, ImportRun):
            assert not model.objects.exists()

    def test_without_json_it_is_for_the_eye(self):
        printed = run(SEEDS[1])[1]
        for words in (SEEDS[1].name, "2021-06-28 (explicit)", "بوابة اوكرانيا", "direct"):
            assert words in printed


@pytest.mark.django_db
class TestBadInput:
    def test_a_bad_file_does_not_keep_the_others_from_being_printed(self, tmp_path):
        bad = tmp_path / "bad.txt"
        bad.write_bytes(b"\xff\xff\xff")
        status, printed, complaints = run(bad, SEEDS[0], tmp_path / "nowhere.txt", json=True)
        assert status == 1
        assert [json.loads(line)["file"]["name"] for line in printed.splitlines()] == [SEEDS[0].name]
        for name in ("bad.txt", "nowhere.txt"):
            assert sum(name in line for line in complaints.splitlines()) == 2

    def test_an_unusable_database_is_one_sentence(self, monkeypatch):
        def fail():
            raise OperationalError("no such table: archive_speaker")

        monkeypatch.setattr(command, "load_knowledge", fail)
        with pytest.raises(CommandError, match="migrate first"):
            run(SEEDS[0], json=True)
