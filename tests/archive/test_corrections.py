"""A curator's word: written once, kept, taken back."""

from datetime import date

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management import call_command

from archive.corrections import (
    correct_country,
    correct_fields,
    correct_quotation,
    withdraw_correction,
)
from archive.models import Article, Change, Correction, Country, Meeting, Source, TermOfOffice
from tests.archive import small_extraction

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(monkeypatch, tmp_path):
    return small_extraction.make_article(monkeypatch, tmp_path)


def test_a_corrected_field_says_who_changed_what(world):
    [correction] = correct_fields(
        article=world.article,
        values={"dateline_place": "روما"},
        user=world.curator,
        note="كما في النسخة المطبوعة",
    )
    assert world.stored().dateline_place == world.article.dateline_place == "روما"
    assert (correction.previous, correction.value) == ("", "روما")
    assert (correction.user, correction.note) == (world.curator, "كما في النسخة المطبوعة")
    origin = world.origin("dateline_place")
    assert (origin.origin, origin.basis, origin.confidence) == ("corrected", "corrected", 1.0)


def test_a_corrected_headline_becomes_the_title(world):
    correct_fields(article=world.article, values={"headline": "عنوان المحرر"})
    article = world.stored()
    assert (article.title, article.title_basis) == ("عنوان المحرر", "corrected")
    assert world.origin("title").origin == "corrected"
    assert article.title_key == "عنوان المحرر"


@pytest.mark.parametrize("nothing", [None, "", "  "])
def test_a_cleared_headline_leaves_a_derived_title(world, nothing):
    correct_fields(article=world.article, values={"headline": nothing})
    article = world.stored()
    assert article.headline is None
    assert article.title_basis == "derived"
    assert article.title.startswith("قال أنتوني بلينكن")
    assert world.origin("headline").origin == "corrected"
    assert world.origin("title").origin == "inferred"


@pytest.mark.parametrize("order", [("title", "headline"), ("headline", "title")])
def test_a_corrected_title_wins_over_the_headlines(world, order):
    for field in order:
        correct_fields(article=world.article, values={field: f"من {field}"})
    assert (world.stored().headline, world.stored().title) == ("من headline", "من title")


def test_an_emptied_title_withdraws_its_correction(world):
    correct_fields(article=world.article, values={"title": "عنوان آخر"})
    assert correct_fields(article=world.article, values={"title": ""}) == []
    assert world.stored().title == world.article.title == "عنوان المقالة"
    assert Correction.objects.get().status == "withdrawn"


def test_a_corrected_date_has_that_basis(world):
    correct_fields(article=world.article, values={"published_on": date(2021, 6, 29)})
    assert (world.stored().published_on, world.stored().date_basis) == (date(2021, 6, 29), "corrected")
    assert Correction.objects.get().value == "2021-06-29"


def test_a_cleared_date_is_unknown(world):
    correct_fields(article=world.article, values={"published_on": None})
    assert (world.stored().published_on, world.stored().date_basis) == (None, "none")
    assert world.origin("published_on").origin == "corrected"


def test_a_corrected_date_finds_the_offices_held_then(world):
    terms = {
        year: TermOfOffice.objects.create(
            key=f"blinken-{year}",
            speaker=world.blinken,
            title_ar="وزير",
            starts_on=date(year, 1, 1),
            ends_on=date(year, 12, 1),
        )
        for year in (2017, 2021)
    }
    quotation = world.article.quotations.get(speaker=world.blinken)
    correct_fields(article=world.article, values={"published_on": "2017-03-22"})
    quotation.refresh_from_db()
    assert quotation.term == terms[2017]


def test_relations_may_be_rows_or_primary_keys(world):
    source = Source.objects.create(key="other", name_ar="أخرى")
    meeting = Meeting.objects.create(
        key="rome",
        kind="ministerial",
        name_ar="روما",
        short_name_ar="روما",
        starts_on=date(2021, 6, 28),
        ends_on=date(2021, 6, 28),
    )
    correct_fields(article=world.article, values={"source": source, "meeting": meeting.pk})
    assert (world.stored().source, world.stored().meeting) == (source, meeting)
    assert world.article.source == source
    assert set(Correction.objects.values_list("value", flat=True)) == {source.pk, meeting.pk}


def test_nothing_is_written_when_nothing_changes(world):
    changes = Change.objects.count()
    same = {"headline": " عنوان المقالة ", "published_on": "2021-06-28", "dateline_place": ""}
    assert correct_fields(article=world.article, values=same) == []
    assert not Correction.objects.exists()
    assert Change.objects.count() == changes


def test_the_stored_article_decides_what_changed(world):
    world.article.headline = "عنوان المحرر"
    assert correct_fields(article=world.article, values={"headline": "عنوان المحرر"})
    assert world.stored().headline == "عنوان المحرر"


def test_a_later_correction_of_a_field_takes_the_place_of_the_earlier(world):
    for place in ("روما", "ميلانو"):
        correct_fields(article=world.article, values={"dateline_place": place}, user=world.curator)
    assert list(Correction.objects.values_list("value", "status")) == [
        ("ميلانو", "active"),
        ("روما", "withdrawn"),
    ]
    assert Correction.objects.get(value="روما").withdrawn_by == world.curator


@pytest.mark.parametrize(
    "values",
    [
        {"headline": "ط" * 501},
        {"source": 999_999},
        {"published_on": "29 حزيران"},
        {"date_precision": "hour"},
        {"url": "ليس عنوانا"},
        {"language": ""},
    ],
)
def test_a_value_that_the_field_cannot_hold_is_refused_whole(world, values):
    with pytest.raises(ValidationError):
        correct_fields(article=world.article, values={"dateline_place": "روما", **values})
    assert not Correction.objects.exists()
    assert world.stored().dateline_place == ""


def test_fields_that_cannot_be_corrected_are_refused(world):
    with pytest.raises(ValueError, match="text"):
        correct_fields(article=world.article, values={"text": "غير الأصل"})
    with pytest.raises(ValueError, match="start"):
        correct_quotation(quotation=world.article.quotations.first(), values={"start": 0})


def test_presentation_forms_do_not_enter_by_a_correction(world):
    correct_fields(article=world.article, values={"headline": "ﺍﻟﺘﺤﺎﻟﻒ"})
    assert world.stored().headline == "التحالف"


def test_a_correction_is_queued_for_search(world):
    Change.objects.all().delete()
    correct_fields(article=world.article, values={"headline": "عنوان المحرر"})
    assert Change.objects.filter(subject="article", object_id=world.article.pk).exists()


def test_a_withdrawn_field_says_again_what_the_extraction_finds(world):
    [correction] = correct_fields(article=world.article, values={"headline": "عنوان المحرر"})
    withdraw_correction(correction=correction, user=world.curator)
    assert (correction.status, correction.withdrawn_by) == ("withdrawn", world.curator)
    article = world.stored()
    assert article.headline == article.title == "عنوان المقالة"
    assert article.title_basis == "explicit"
    assert (world.origin("headline").origin, world.origin("title").origin) == ("file", "file")


def test_a_withdrawn_date_has_its_basis_and_evidence_again(world):
    [correction] = correct_fields(article=world.article, values={"published_on": None})
    withdraw_correction(correction=correction)
    assert (world.stored().published_on, world.stored().date_basis) == (date(2021, 6, 28), "explicit")
    assert world.origin("published_on").evidence[0]["text"] == "2021-06-28"


def test_a_withdrawn_precision_is_a_day_again(world):
    [correction] = correct_fields(article=world.article, values={"date_precision": "month"})
    assert world.stored().date_precision == "month"
    withdraw_correction(correction=correction)
    assert world.stored().date_precision == "day"


def test_a_withdrawn_title_is_that_of_the_corrected_headline(world):
    correct_fields(article=world.article, values={"headline": "عنوان المحرر"})
    [correction] = correct_fields(article=world.article, values={"title": "عنوان ثالث"})
    withdraw_correction(correction=correction)
    assert (world.stored().title, world.stored().title_basis) == ("عنوان المحرر", "corrected")


def test_withdrawing_twice_is_withdrawing_once(world):
    [correction] = correct_fields(article=world.article, values={"dateline_place": "روما"})
    withdraw_correction(correction=correction)
    withdrawn_at = correction.withdrawn_at
    correct_fields(article=world.article, values={"dateline_place": "ميلانو"})
    withdraw_correction(correction=correction)
    assert correction.withdrawn_at == withdrawn_at
    assert world.stored().dateline_place == "ميلانو"


def test_a_country_is_added_changed_and_removed(world):
    france = Country.objects.create(code="FR", name_ar="فرنسا", name_en="France")
    correct_country(article=world.article, country=france, role="mentioned")
    correct_country(article=world.article, country=world.italy, role="primary")
    removed = correct_country(article=world.article, country=world.turkey, role=None)
    links = world.article.country_links.values_list("country", "role", "origin")
    assert set(links) == {("FR", "mentioned", "corrected"), ("IT", "primary", "corrected")}
    assert (removed.field, removed.previous, removed.value) == ("TR", "mentioned", None)


def test_a_country_as_it_was_is_no_correction(world):
    assert correct_country(article=world.article, country=world.turkey, role="mentioned") is None
    assert not Correction.objects.exists()


def test_an_unknown_role_is_refused(world):
    with pytest.raises(ValidationError):
        correct_country(article=world.article, country=world.turkey, role="host")


def test_a_withdrawn_country_is_what_the_extraction_finds(world):
    france = Country.objects.create(code="FR", name_ar="فرنسا", name_en="France")
    added = correct_country(article=world.article, country=france, role="mentioned")
    removed = correct_country(article=world.article, country=world.turkey, role=None)
    withdraw_correction(correction=added)
    withdraw_correction(correction=removed)
    links = world.article.country_links.values_list("country", "role", "origin")
    assert set(links) == {("IT", "mentioned", "inferred"), ("TR", "mentioned", "inferred")}
    assert world.article.country_links.get(country="TR").evidence[0]["text"] == "تركيا"


class TestDateOfTitles:
    """A title alone means whoever held the office that day, so a corrected date may unname him."""

    @pytest.fixture
    def seed(self):
        call_command("load_reference", verbosity=0)
        call_command("import_articles", str(settings.FIXTURES_DIR / "seeds"), verbosity=0)
        return Article.objects.get(revisions__path__contains="000_")

    def test_who_held_no_office_then_goes_to_review(self, seed):
        correct_fields(article=seed, values={"published_on": date(2017, 3, 22)})
        titled = seed.quotations.filter(resolution="role")
        assert titled
        assert all(row.term is None and row.review == "needed" for row in titled)
        assert not seed.quotations.exclude(term=None).filter(speaker__key="blinken")

    def test_one_whom_nothing_else_names_is_no_longer_named(self, seed):
        seed.quotations.filter(speaker__key="blinken").exclude(resolution="role").update(speaker=None)
        correct_fields(article=seed, values={"published_on": date(2017, 3, 22)})
        assert not seed.quotations.filter(speaker__key="blinken")

    def test_without_a_date_nobody_holds_an_office(self, seed):
        correct_fields(article=seed, values={"published_on": None})
        assert not seed.quotations.exclude(term=None)
