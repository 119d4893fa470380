"""One file into the archive: what is kept, what is derived, and what an import never does."""

import codecs
from datetime import date
from functools import partial

import pytest
from django.db import transaction

from archive.importing import loader, storing
from archive.importing.problems import FileError
from archive.importing.registry import Registry
from archive.models import (
    Article,
    Change,
    ImportedFile,
    ImportRun,
    Original,
    Source,
    Speaker,
    TermOfOffice,
)
from archive.reviewing import SHARED_NAME, UNNAMED
from tests.archive import small_extraction

pytestmark = pytest.mark.django_db

TEXT = small_extraction.TEXT


@pytest.fixture
def world(monkeypatch):
    return small_extraction.make_world(monkeypatch)


@pytest.fixture
def load(tmp_path, world):
    return partial(small_extraction.load_text, tmp_path)


def test_the_original_is_kept_byte_for_byte(load):
    content = codecs.BOM_UTF8 + TEXT.replace("\n", "\r\n").encode()
    outcome = load(content)
    original = Original.objects.get()
    assert bytes(original.content) == content
    assert original.sha256 == outcome.sha256
    assert original.size == len(content)


def test_a_new_article_has_its_fields_with_their_origins(load, world):
    article = load(TEXT).article
    assert article.headline == article.title == "عنوان المقالة"
    assert article.published_on == date(2021, 6, 28)
    assert (article.title_basis, article.date_basis) == ("explicit", "explicit")
    assert article.meeting == world.meeting
    origins = {row.field: row for row in article.origins.all()}
    assert {name: row.origin for name, row in origins.items()} == {
        "headline": "file",
        "title": "file",
        "source": "file",
        "published_on": "file",
        "dateline_place": "unknown",
        "meeting": "inferred",
        "url": "unknown",
        "language": "inferred",
    }
    for row in origins.values():
        for span in row.evidence:
            assert article.text[span["start"] : span["end"]] == span["text"]
    assert origins["source"].confidence == 0.8


def test_an_article_without_a_headline_gets_a_derived_title(load):
    article = load("قال أنتوني بلينكن: «نعم» " + "ثم غادر القاعة " * 20).article
    assert article.headline is None
    assert article.title_basis == "derived"
    assert article.title.startswith("قال أنتوني بلينكن: «نعم» ثم غادر")
    assert article.title.endswith("…")
    assert len(article.title) < 120
    assert article.origins.get(field="headline").origin == "unknown"
    assert article.origins.get(field="title").origin == "inferred"


def test_body_and_furniture_are_spans_of_the_text(load):
    article = load(TEXT).article
    assert [article.text[span["start"] : span["end"]] for span in article.furniture] == ["الرئيسية"]
    assert article.body_text.startswith("قال أنتوني بلينكن")
    assert "الرئيسية" not in article.body_text


def test_countries_come_with_their_evidence_and_unknown_codes_are_left_out(load):
    article = load(TEXT + "ولم يذهب إلى أطلانطس.\n").article
    links = {link.country_id: link for link in article.country_links.all()}
    assert {code: link.role for code, link in links.items()} == {"IT": "primary", "TR": "mentioned"}
    assert [span["text"] for span in links["IT"].evidence] == ["إيطاليا", "إيطاليا"]


def test_quotations_have_their_span_speaker_and_links(load, world):
    article = load(TEXT).article
    first, second = article.quotations.all()
    assert first.text == article.text[first.start : first.end] == "هذا الوضع ببساطة لا يمكن الدفاع عنه"
    assert first.speaker == world.blinken
    assert article.text[first.surface_start : first.surface_end] == "أنتوني بلينكن"
    assert article.text[first.cue_start : first.cue_end] == first.cue_lemma == "قال"
    assert second.continues == first
    assert (first.review, first.paragraph, second.paragraph) == ("pending", 0, 1)


def test_what_the_extraction_is_unsure_of_is_to_be_reviewed(load):
    quotation = load("قال أنتوني بلينكن: «هل هذا صحيح؟»\n").article.quotations.get()
    assert (quotation.review, quotation.reasons) == ("needed", ["unsure"])


def test_an_unknown_speaker_is_added_for_review_and_used_again(load):
    load(TEXT, "a.txt")
    load("قال جون سميث: «كلام آخر في مقالة أخرى»\n", "b.txt")
    speaker = Speaker.objects.get(name_ar="جون سميث")
    assert speaker.needs_review
    assert speaker.quotations.count() == 2
    assert list(speaker.variants.values_list("text", "alone")) == [("جون سميث", True)]


def test_one_registry_for_a_whole_run_finds_the_new_speaker_again(load):
    registry = Registry()
    load(TEXT, "a.txt", registry)
    load("قال جون سميث: «كلام آخر في مقالة أخرى»\n", "b.txt", registry)
    assert Speaker.objects.filter(name_ar="جون سميث").count() == 1


def test_an_unnamed_speaker_is_no_row(load):
    quotation = load("قال مصدر: «لا تعليق لدينا الآن»\n").article.quotations.get()
    assert quotation.speaker is None
    assert quotation.surface_start is not None
    assert quotation.reasons[-1:] == [UNNAMED]
    assert not Speaker.objects.filter(kind="anonymous").exists()


def test_an_unknown_person_of_one_name_is_no_row_and_to_be_reviewed(load):
    quotation = load("قال فيصل: «السعودية مستمرة في موقفها الثابت»\n").article.quotations.get()
    assert (quotation.speaker, quotation.review) == (None, "needed")
    assert quotation.reasons[-1:] == [SHARED_NAME]
    assert not Speaker.objects.filter(name_ar="فيصل").exists()


def test_an_unknown_outlet_is_added_for_review_and_used_again(load):
    first = load(TEXT, "a.txt").article
    second = load("outlet: صحيفه الاختبار\nكلام آخر.\n", "b.txt").article
    source = Source.objects.get()
    assert source.needs_review
    assert first.source == second.source == source


def test_a_known_outlet_is_found_by_any_spelling(load):
    known = Source.objects.create(key="test", name_ar="الاختبار")
    known.variants.create(text="صحيفة الإختبار")
    assert load(TEXT).article.source == known


def test_the_same_bytes_again_change_nothing(load):
    first = load(TEXT)
    updated, changes = first.article.updated_at, Change.objects.count()
    again = load(TEXT)
    assert (again.status, again.article) == ("unchanged", first.article)
    assert Article.objects.get().updated_at == updated
    assert Change.objects.count() == changes
    assert first.article.revisions.count() == 1


def test_the_same_bytes_under_another_name_are_one_article(load):
    first, copy = load(TEXT, "a.txt"), load(TEXT, "b.txt")
    assert (copy.status, copy.article) == ("copy", first.article)
    assert Article.objects.count() == Original.objects.count() == 1


def test_new_bytes_at_a_path_are_a_new_revision(load):
    first = load(TEXT)
    second = load(TEXT.replace("عنوان المقالة", "عنوان أفضل"))
    assert (second.status, second.article) == ("revised", first.article)
    article = Article.objects.get()
    assert article.title == "عنوان أفضل"
    assert list(article.revisions.values_list("number", flat=True)) == [2, 1]
    assert Original.objects.count() == 2
    assert article.quotations.count() == 2


def test_the_earlier_bytes_back_at_their_path_are_a_revision_again(load):
    load(TEXT)
    load(TEXT + "سطر جديد.\n")
    third = load(TEXT)
    assert third.status == "revised"
    assert list(third.article.revisions.values_list("number", flat=True)) == [3, 2, 1]
    assert Original.objects.count() == 2


def test_a_file_overwritten_with_another_ones_bytes_is_a_copy(load):
    load(TEXT, "a.txt")
    other = load("مقالة أخرى تماما.\n", "b.txt")
    outcome = load("مقالة أخرى تماما.\n", "a.txt")
    assert (outcome.status, outcome.article) == ("copy", other.article)
    assert Article.objects.count() == 2


def _record_copy(outcome):
    ImportedFile.objects.create(
        run=ImportRun.objects.create(),
        path=loader.comparable_path(outcome.path),
        status="copy",
        article=outcome.article,
    )


def test_a_file_that_moved_and_then_changed_is_a_revision(load, tmp_path):
    first = load(TEXT, "a.txt")
    (tmp_path / "a.txt").unlink()
    _record_copy(load(TEXT, "b.txt"))
    changed = load(TEXT + "سطر جديد.\n", "b.txt")
    assert (changed.status, changed.article) == ("revised", first.article)


def test_a_copy_that_changed_beside_its_original_is_an_article_of_its_own(load):
    load(TEXT, "a.txt")
    _record_copy(load(TEXT, "b.txt"))
    assert load(TEXT + "سطر جديد.\n", "b.txt").status == "created"
    assert Article.objects.count() == 2


def test_a_raised_deriver_version_derives_the_same_bytes_anew(load, monkeypatch):
    load(TEXT)
    monkeypatch.setattr(loader, "DERIVER_VERSION", 2)
    assert load(TEXT).status == "revised"
    assert load(TEXT).status == "unchanged"


def test_a_speakers_term_is_linked_when_the_extraction_names_it(load, world, monkeypatch):
    TermOfOffice.objects.create(key="blinken--us", speaker=world.blinken, title_ar="وزير الخارجية")
    monkeypatch.setattr(
        loader.Registry, "term", lambda self, key: TermOfOffice.objects.get(key="blinken--us").pk
    )
    assert load(TEXT).article.quotations.first().term.key == "blinken--us"


def test_the_report_tells_every_field_and_every_dropped_line(load):
    report = load(TEXT).report
    assert report["encoding"] == "utf-8"
    assert {row["field"] for row in report["fields"]} >= {"headline", "title", "source", "published_on"}
    assert [(line["reason"], line["text"]) for line in report["furniture"]] == [("nav", "الرئيسية")]
    assert {row["name"] for row in report["new"]} == {"صحيفة الاختبار", "جون سميث"}
    assert report["quotations"]["direct"] == 2


def test_a_bad_file_leaves_nothing_behind(load):
    with pytest.raises(FileError):
        load(b"\xff\xff\xff\xff")
    assert not Original.objects.exists()


def test_a_failure_on_the_way_leaves_nothing_behind(load, monkeypatch):
    def fail(**arguments):
        raise RuntimeError("disk on fire")

    monkeypatch.setattr(storing, "reconcile_quotations", fail)
    changes = Change.objects.count()
    with pytest.raises(RuntimeError), transaction.atomic():
        load(TEXT)
    assert not Original.objects.exists()
    assert not Article.objects.exists()
    assert Change.objects.count() == changes


def test_what_a_file_is_to_the_archive_is_looked_at_again_when_it_is_stored(load, tmp_path):
    """Reading and extracting run before the transaction, so another import may come in between."""
    path = tmp_path / "a.txt"
    path.write_text(TEXT)
    file = loader.read_file(path=path, knowledge=None)
    first = load(TEXT)
    again = loader.store_file(file=file, knowledge=None, registry=Registry())
    assert (again.status, again.article) == ("unchanged", first.article)
    unchanged = loader.read_file(path=path, knowledge=None)
    load(TEXT + "سطر جديد.\n")
    third = loader.store_file(file=unchanged, knowledge=None, registry=Registry())
    assert (third.status, third.article.text) == ("revised", TEXT)


def test_importing_costs_a_handful_of_queries(load, django_assert_max_num_queries):
    load(TEXT, "a.txt")
    registry = Registry()
    load("كلام أول.\n", "b.txt", registry)
    many = "".join(f"قال أنتوني بلينكن: «الكلام رقم {number} في هذه المقالة»\n" for number in range(60))
    with django_assert_max_num_queries(50):
        load(many, "c.txt", registry)
    with django_assert_max_num_queries(8):
        load(many, "c.txt", registry)
