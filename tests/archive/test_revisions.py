"""New bytes for an article that curators have worked on: what they said stays."""

from datetime import date
from functools import partial

import pytest

from archive.corrections import correct_country, correct_fields, correct_quotation
from archive.models import Article, Change, Correction, Quotation
from tests.archive import small_extraction

pytestmark = pytest.mark.django_db
TEXT = small_extraction.TEXT


@pytest.fixture
def world(monkeypatch):
    return small_extraction.make_world(monkeypatch)


@pytest.fixture
def load(tmp_path, world):
    return partial(small_extraction.load_text, tmp_path)


def test_corrected_fields_survive_a_new_revision(load, world):
    article = load(TEXT).article
    correct_fields(
        article=article,
        values={"headline": "عنوان المحرر", "published_on": "2021-06-29", "meeting": None, "source": None},
    )
    article = load(TEXT.replace("عنوان المقالة", "عنوان أفضل")).article
    article.refresh_from_db()
    assert article.headline == article.title == "عنوان المحرر"
    assert (article.published_on, article.date_basis) == (date(2021, 6, 29), "corrected")
    assert article.meeting is None
    assert article.source is None
    corrected = article.origins.filter(origin="corrected").values_list("field", flat=True)
    assert set(corrected) == {"headline", "title", "published_on", "meeting", "source"}


def test_corrected_countries_survive_a_new_revision(load, world):
    article = load(TEXT).article
    correct_country(article=article, country=world.italy, role=None)
    correct_country(article=article, country=world.turkey, role="primary")
    load(TEXT + "وعاد إلى إيطاليا.\n")
    assert list(article.country_links.values_list("country", "role", "origin")) == [
        ("TR", "primary", "corrected")
    ]


def test_a_judged_quotation_keeps_its_row_and_moves_with_its_words(load, world):
    article = load(TEXT).article
    quotation = article.quotations.get(speaker__name_ar="جون سميث")
    correct_quotation(quotation=quotation, values={"speaker": world.blinken})
    load(TEXT.replace("عنوان المقالة", "عنوان أطول بكثير من الأول"))
    moved = Quotation.objects.get(pk=quotation.pk)
    article.refresh_from_db()
    assert moved.start != quotation.start
    assert moved.text == article.text[moved.start : moved.end] == quotation.text
    assert article.text[moved.cue_start : moved.cue_end] == "قال"
    assert (moved.speaker, moved.review) == (world.blinken, "corrected")
    assert article.quotations.count() == 2
    assert Correction.objects.get().status == "active"


def test_a_rejected_quotation_does_not_come_back(load):
    article = load(TEXT).article
    quotation = article.quotations.first()
    correct_quotation(quotation=quotation, values={"review": "rejected"})
    load(TEXT + "سطر جديد.\n")
    assert article.quotations.accepted().count() == 1
    assert Quotation.objects.get(pk=quotation.pk).review == "rejected"


def test_a_correction_whose_words_are_gone_is_in_conflict_and_listed(load, world):
    article = load(TEXT).article
    quotation = article.quotations.first()
    correct_quotation(quotation=quotation, values={"speaker": None})
    outcome = load(TEXT.replace("هذا الوضع ببساطة لا يمكن الدفاع عنه", "كلام آخر تماما"))
    correction = Correction.objects.get()
    assert correction.status == "conflict"
    assert [conflict["words"] for conflict in outcome.report["conflicts"]] == [quotation.text]
    assert Article.objects.get().needs_review
    assert not Quotation.objects.filter(pk=quotation.pk).exists()


def test_a_conflict_is_solved_when_the_words_come_back(load, world):
    article = load(TEXT).article
    correct_quotation(quotation=article.quotations.first(), values={"speaker": None})
    load(TEXT.replace("هذا الوضع ببساطة لا يمكن الدفاع عنه", "كلام آخر تماما"))
    load(TEXT + "سطر جديد.\n")
    assert Correction.objects.get().status == "active"
    first = article.quotations.first()
    assert (first.speaker, first.review) == (None, "corrected")


def test_two_judged_quotations_may_change_places(load):
    one, two = "قال زيد عمر: «الكلام الأول هنا»\n", "قال بكر علي: «الكلام الآخر هنا»\n"
    article = load(one + two).article
    for quotation in article.quotations.all():
        correct_quotation(quotation=quotation, values={"review": "confirmed"})
    load(two + one)
    article.refresh_from_db()
    assert [row.text for row in article.quotations.all()] == ["الكلام الآخر هنا", "الكلام الأول هنا"]


class TestRowsOfQuotations:
    """Links and statements point to a quotation's row, so the same words stay the same row."""

    def test_what_nobody_judged_keeps_its_row_in_new_text(self, load):
        before = {row.text: row.pk for row in load(TEXT).article.quotations.all()}
        article = load("سطر جديد في أول المقالة.\n" + TEXT).article
        article.refresh_from_db()
        assert {row.text: row.pk for row in article.quotations.all()} == before
        for row in article.quotations.all():
            assert row.text == article.text[row.start : row.end]
            assert article.text[row.cue_start : row.cue_end] == "قال"

    def test_other_words_in_the_same_place_are_another_row(self, load):
        first, second = load(TEXT).article.quotations.all()
        article = load(TEXT.replace(first.text, "كلام آخر تماما")).article
        assert not Quotation.objects.filter(pk=first.pk).exists()
        assert article.quotations.last() == second

    def test_links_follow_what_is_found_now(self, load):
        second = load(TEXT).article.quotations.last()
        between = "وقال زيد عمر: «كلام في الوسط بين الاثنين»\nوفي إيطاليا أيضا"
        article = load(TEXT.replace("وفي إيطاليا أيضا", between)).article
        added = article.quotations.get(text="كلام في الوسط بين الاثنين")
        second.refresh_from_db()
        assert second.continues == added

    def test_a_row_whose_values_are_the_same_is_not_written(self, load):
        load(TEXT)
        Change.objects.all().delete()
        load(TEXT + "سطر جديد.\n")
        assert not Change.objects.filter(subject="quotation").exists()

    def test_two_rows_may_change_places(self, load):
        one, two = "قال زيد عمر: «الكلام الأول هنا»\n", "قال بكر علي: «الكلام الآخر هنا»\n"
        first, second = load(one + two).article.quotations.all()
        assert list(load(two + one).article.quotations.all()) == [second, first]

    def test_a_kind_that_was_corrected_is_not_found_beside_itself(self, load):
        article = load(TEXT).article
        quotation = article.quotations.first()
        correct_quotation(quotation=quotation, values={"kind": "indirect"})
        load(TEXT + "سطر جديد.\n")
        assert article.quotations.count() == 2
        assert Quotation.objects.get(pk=quotation.pk).kind == "indirect"

    def test_a_thousand_rows_cost_a_bounded_number_of_queries(self, load, django_assert_max_num_queries):
        many = "".join(f"قال أنتوني بلينكن: «الكلام رقم {number} هنا»\n" for number in range(200))
        load(many)
        with django_assert_max_num_queries(70):
            load("سطر جديد.\n" + many)
