"""``manage.py reextract``: what a better extractor changes in texts that are already stored."""

import io
import json
from dataclasses import replace
from functools import partial

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from archive.corrections import correct_country, correct_fields, correct_quotation
from archive.importing import reextraction
from archive.importing.differences import state_of
from archive.models import (
    Article,
    Change,
    Correction,
    ImportedFile,
    ImportRun,
    Quotation,
    Source,
    Speaker,
)
from tests.archive import small_extraction

pytestmark = pytest.mark.django_db

OTHER = "قال مدير جديد: «كلام آخر في مقالة أخرى تماما»\n"


@pytest.fixture
def world(monkeypatch, tmp_path, settings):
    settings.ARCHIVE_AFTER_CHANGE = ""
    world = small_extraction.make_article(monkeypatch, tmp_path)
    world.load = partial(small_extraction.load_text, tmp_path)
    monkeypatch.setattr(reextraction, "extract", small_extraction.extract)
    return world


@pytest.fixture
def better(monkeypatch):
    """Another extractor: it changes quotations by their number (None: not found), and other facts."""

    def install(changed=None, **facts):
        def extract(text, knowledge=None):
            found = small_extraction.extract(text)
            said = dict(enumerate(found.quotations))
            for number, change in (changed or {}).items():
                said[number] = change and change(said[number])
            return replace(found, quotations=tuple(filter(None, said.values())), **facts)

        monkeypatch.setattr(reextraction, "extract", extract)

    return install


def run(*arguments, **options):
    """Run the command; returns its exit status, what it printed, and its complaints."""
    out, err, status = io.StringIO(), io.StringIO(), 0
    try:
        call_command("reextract", *map(str, arguments), stdout=out, stderr=err, **options)
    except SystemExit as stop:
        status = stop.code
    return status, out.getvalue(), err.getvalue()


def reported(*arguments):
    """The changes that ``--json`` reports, by article, and the sum."""
    _status, out, _err = run(*arguments, json=True)
    *rows, last = map(json.loads, out.splitlines())
    return {row["article"]: row["changes"] for row in rows}, last["sum"]


def shorter(quotation):
    """The quotation without its last word."""
    words = quotation.text.rpartition(" ")[0]
    return replace(quotation, text=words, end=quotation.start + len(words))


def unnamed(quotation):
    return replace(quotation, attribution=replace(quotation.attribution, speaker_id=None, resolution="none"))


def test_the_same_extractor_changes_nothing_at_all(world):
    Change.objects.all().delete()
    updated = world.stored().updated_at
    status, out, _err = run()
    assert status == 0
    assert "nothing in the archive changed" in out
    assert world.stored().updated_at == updated
    assert not Change.objects.exists()
    assert not ImportRun.objects.exists()


def test_a_better_extractor_changes_facts_and_keeps_rows(world, better):
    first, second = world.article.quotations.all()
    better({0: shorter, 1: unnamed}, countries=())
    changes, total = reported()
    assert changes == {
        world.article.pk: {
            "countries": {"IT": ["mentioned", None], "TR": ["mentioned", None]},
            "quotations": {
                "spanned": [
                    {
                        "text": "هذا الوضع ببساطة لا يمكن الدفاع",
                        "old": [first.start, first.end],
                        "new": [first.start, first.end - len(" عنه")],
                    }
                ],
                "attributed": [{"text": second.text, "old": "جون سميث", "new": ""}],
            },
        }
    }
    assert (total["changed"], total["changes"]) == (1, {"spanned": 1, "attributed": 1, "countries": 2})
    assert [row.pk for row in world.article.quotations.all()] == [first.pk, second.pk]
    first.refresh_from_db()
    assert first.text == world.article.text[first.start : first.end] == "هذا الوضع ببساطة لا يمكن الدفاع"
    assert reported() == ({}, {"articles": 1, "changed": 0, "failed": 0, "changes": {}})


def test_articles_and_quotations_that_changed_are_counted_apart(world, better):
    """Two quotations of one article are otherwise changed: that is one article."""
    better({number: lambda quotation: replace(quotation, via=("وكالة",)) for number in (0, 1)})
    _changes, total = reported()
    assert (total["changed"], total["changes"]) == (1, {"changed": 2})


def test_fields_are_reported_old_and_new_by_name(world, better):
    better(outlet=None, headline=None)
    changes, total = reported()
    fields = changes[world.article.pk]["fields"]
    assert fields["source"] == ["صحيفة الاختبار", None]
    assert fields["headline"] == ["عنوان المقالة", None]
    assert total["changes"]["fields"] == 3  # the title with them
    assert world.stored().source is None


def test_quotations_come_and_go(world, better):
    _first, second = world.article.quotations.all()
    better({1: None})
    changes, _total = reported()
    assert changes[world.article.pk]["quotations"] == {
        "removed": [{"text": second.text, "kind": "direct", "speaker": "جون سميث"}]
    }
    better()
    changes, _total = reported()
    assert [row["text"] for row in changes[world.article.pk]["quotations"]["added"]] == [second.text]


def test_what_was_corrected_stays(world, better):
    first, second = world.article.quotations.all()
    correct_quotation(quotation=first, values={"speaker": world.smith})
    correct_quotation(quotation=second, values={"review": "needed"})
    correct_fields(article=world.article, values={"headline": "عنوان المحرر", "source": None})
    correct_country(article=world.article, country=world.turkey, role="primary")
    before = state_of(world.article)
    better({0: shorter}, headline=None, countries=())
    changes, _total = reported()
    assert changes == {world.article.pk: {"countries": {"IT": ["mentioned", None]}, "evidence": ["TR"]}}
    after = state_of(world.article)
    assert after.quotations == before.quotations
    assert after.fields == before.fields
    assert set(Correction.objects.values_list("status", flat=True)) == {"active"}


def test_only_the_uncorrected_change_beside_the_corrected(world, better):
    first, second = world.article.quotations.all()
    correct_quotation(quotation=first, values={"review": "confirmed"})
    better({0: unnamed, 1: unnamed})
    changes, total = reported()
    assert [row["text"] for row in changes[world.article.pk]["quotations"]["attributed"]] == [second.text]
    first.refresh_from_db()
    assert (first.speaker, first.review) == (world.blinken, "confirmed")
    assert total["changes"]["attributed"] == 1


def test_a_trial_reports_the_same_and_writes_nothing(world, better):
    world.load(OTHER, "b.txt")
    better({0: shorter}, headline=None)
    Speaker.objects.filter(name_ar="مدير جديد").update(name_key="x")
    before, queued = state_of(world.article), Change.objects.count()
    said, total = reported("--dry-run")
    assert len(said) == 2
    assert state_of(world.article) == before
    assert Change.objects.count() == queued
    assert not ImportRun.objects.exists()
    assert reported() == (said, total)


def test_a_run_is_recorded_with_what_it_changed(world, better):
    world.load(OTHER, "b.txt")
    better(headline=None)
    run()
    record = ImportRun.objects.get()
    assert (record.kind, record.paths) == ("reextract", [])
    assert record.finished_at
    file = record.files.get()
    original = world.article.revisions.get().original
    assert (file.article, file.status) == (world.article, "reread")
    assert (file.sha256, file.size) == (original.sha256, original.size)
    assert file.report["changes"]["fields"]["headline"] == ["عنوان المقالة", None]
    assert {row["field"] for row in file.report["fields"]} >= {"headline", "source", "published_on"}


def test_articles_are_chosen_by_number_outlet_or_meeting(world, better):
    other = world.load("meeting: rome-2021\n" + OTHER, "b.txt").article
    better(speakers=())  # the names of new speakers are not known
    source = Source.objects.get()
    for arguments, expected in [
        ((other.pk,), {other.pk}),
        (("--source", source.key), {world.article.pk}),
        (("--meeting", "rome-2021"), {other.pk}),
        ((), {world.article.pk, other.pk}),
    ]:
        assert set(reported(*arguments, "--dry-run")[0]) == expected, arguments


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        ((10**6,), "1000000"),
        (("--source", "nowhere"), "nowhere"),
        (("--meeting", "never"), "never"),
        (("--meeting", "rome-2021", "--source", "x"), "only one"),
    ],
)
def test_what_is_not_there_is_named_and_nothing_is_done(world, better, arguments, complaint):
    better(headline=None)
    with pytest.raises(CommandError, match=complaint):
        run(*arguments)
    assert world.stored().headline


def test_hidden_articles_are_extracted_too(world, better):
    Article.objects.update(rights="hidden")
    better(headline=None)
    run()
    assert world.stored().headline is None


def test_one_article_that_fails_keeps_no_other_back(world, monkeypatch):
    other = world.load(OTHER, "b.txt").article

    def extract(text, knowledge=None):
        if "الدفاع" in text:
            raise RecursionError("too deep")
        return replace(small_extraction.extract(text), headline=None, quotations=())

    monkeypatch.setattr(reextraction, "extract", extract)
    status, out, err = run()
    assert status == 1
    assert "too deep" in err
    assert str(other.pk) in out
    assert not other.quotations.exists()
    assert world.article.quotations.count() == 2
    failed = ImportedFile.objects.get(status="failed")
    assert (failed.article, failed.code) == (world.article, "not_stored")


def test_a_text_that_changed_meanwhile_is_read_again(world, monkeypatch):
    """The extraction runs before the transaction, so somebody may write in between."""
    texts = []

    def extract(text, knowledge=None):
        texts.append(text)
        if len(texts) == 1:
            world.load(small_extraction.CORRECTED_TEXT + "سطر جديد.\n")
        return small_extraction.extract(text)

    monkeypatch.setattr(reextraction, "extract", extract)
    assert run()[0] == 0
    assert [text.count("سطر جديد") for text in texts] == [0, 1]
    assert "سطر جديد" in world.stored().text


def test_an_article_that_a_curator_looked_at_stays_looked_at(world, monkeypatch, better):
    """Its date is doubtful; that it still is, is nothing new."""

    def doubtful(text, knowledge=None):
        found = small_extraction.extract(text)
        return replace(found, dateline=replace(found.dateline, confidence=0.5))

    monkeypatch.setattr(reextraction, "extract", doubtful)
    run()
    assert world.stored().needs_review
    Article.objects.update(needs_review=False)
    better(headline=None, dateline=doubtful(world.article.text).dateline)
    run()
    assert (world.stored().headline, world.stored().needs_review) == (None, False)


def test_a_report_names_what_changes_in_both_languages(world, better):
    first = world.article.quotations.first()
    better({0: None}, countries=())
    _status, out, _err = run("--dry-run")
    assert "quotation removed" in out
    assert "حُذف قول" in out
    assert first.text in out
    assert "IT: mentioned → —" in out
    assert "A trial" in out


def test_going_through_an_article_costs_a_bounded_number_of_queries(world, django_assert_max_num_queries):
    world.load("".join(f"قال أنتوني بلينكن: «الكلام رقم {number} هنا»\n" for number in range(80)), "b.txt")
    number = Quotation.objects.filter(text__contains="رقم 7 ").get().article_id
    Quotation.objects.filter(article=number).update(speaker=None, confidence=0.1)
    with django_assert_max_num_queries(90):
        _changes, total = reported(number)
    assert total["changes"]["attributed"] == 80


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("command", ["reextract", "import_articles"])
def test_nobody_waits_for_the_extraction(world, monkeypatch, tmp_path, command):
    """It runs outside the transaction that writes, which keeps every other writer out of SQLite."""
    inside = []

    def extract(text, knowledge=None):
        inside.append(connection.in_atomic_block)
        return small_extraction.extract(text)

    monkeypatch.setattr(reextraction, "extract", extract)
    monkeypatch.setattr("archive.importing.loader.extract", extract)
    (tmp_path / "new.txt").write_text(OTHER)
    call_command(command, *([tmp_path / "new.txt"] if command == "import_articles" else []), verbosity=0)
    assert inside == [False]
