"""fixtures/reference: people and organisations, their names and their terms of office."""

import json
from collections import Counter, defaultdict
from datetime import date, timedelta
from itertools import pairwise

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError

from archive.arabic.normalize import match_key
from archive.models import Country, NameVariant, Speaker, TermOfOffice


def rows(name):
    return json.loads((settings.FIXTURES_DIR / "reference" / name).read_text())["rows"]


PEOPLE = rows("people.json")
ORGANISATIONS = rows("organisations.json")
BY_KEY = {row["key"]: row for row in [*PEOPLE, *ORGANISATIONS]}
TERMS = [term for person in PEOPLE for term in person["terms"]]


def alone(key, text):
    return next(variant["alone"] for variant in BY_KEY[key]["variants"] if variant["text"] == text)


def test_nobody_is_lost():
    assert (len(PEOPLE), len(TERMS)) == (577, 636)
    assert len(BY_KEY) == len(PEOPLE) + len(ORGANISATIONS)


def test_a_terms_key_begins_with_its_persons():
    for person in PEOPLE:
        assert all(term["key"].startswith(person["key"] + "--") for term in person["terms"])
    assert max(Counter(term["key"] for term in TERMS).values()) == 1


def test_a_term_is_of_a_state_or_of_an_organisation():
    keys = {organisation["key"] for organisation in ORGANISATIONS}
    for term in TERMS:
        assert (term["country"] is None) != (term["organisation"] is None), term["key"]
        assert term["organisation"] is None or term["organisation"] in keys
    assert {term["organisation"] for term in TERMS} - {None} == keys


def test_a_term_says_how_sure_it_is_and_where_it_was_seen():
    for term in TERMS:
        assert isinstance(term["sure"], bool)
        assert term["reference"]
        assert term["precision"] in {"day", "month", "year"}
        assert not term["ends_on"] or term["starts_on"] <= term["ends_on"]
    assert sum(not term["sure"] for term in TERMS) > 100


@pytest.mark.parametrize(
    ("title", "country", "day", "key"),
    [
        ("وزير الخارجية الأميركي", "US", "2017-03-22", "tillerson"),
        ("وزير الخارجية الأميركي", "US", "2021-06-28", "blinken"),
        ("وزير الخارجية الإيطالي", "IT", "2021-06-28", "di-maio"),
        ("وزير الخارجية السعودي", "SA", "2021-06-28", "faisal-bin-farhan"),
        ("وزير الخارجية التركي", "TR", "2021-06-28", "cavusoglu"),
        ("وزير الخارجية المصري", "EG", "2021-06-28", "shoukry"),
    ],
)
def test_a_title_means_whoever_held_the_office_that_day(title, country, day, key):
    holders = {
        person["key"]
        for person in PEOPLE
        for term in person["terms"]
        if (term["title_ar"], term["country"]) == (title, country)
        and term["starts_on"] <= day
        and (term["ends_on"] is None or day < term["ends_on"])
    }
    assert holders == {key}


def test_the_sure_foreign_ministers_of_the_united_states_follow_one_another():
    terms = sorted(
        (term["starts_on"], term["ends_on"])
        for term in TERMS
        if term["title_en"] == "US Secretary of State" and term["country"] == "US"
    )
    for (_start, end), (start, _end) in pairwise(terms):
        # Announcement, oath and handover differ; between Tillerson and Pompeo the deputy acted.
        assert date.fromisoformat(end) - timedelta(days=7) <= date.fromisoformat(start)


def test_every_speaker_is_found_by_the_full_name_and_the_english_one():
    for row in BY_KEY.values():
        texts = [variant["text"] for variant in row["variants"]]
        assert row["name_ar"] == texts[0]
        assert row["name_en"] in texts
        assert len(texts) == len(set(texts))


def test_a_title_is_never_a_variant():
    """It belongs to whoever holds the office at the date."""
    titles = {match_key(term["title_ar"]) for term in TERMS}
    titles |= {
        match_key(text)
        for text in ("أمير الكويت", "العاهل السعودي", "خادم الحرمين الشريفين", "ولي العهد السعودي")
    }
    for person in PEOPLE:
        assert not titles & {match_key(variant["text"]) for variant in person["variants"]}, person["key"]


def test_a_spelling_shared_by_two_people_names_nobody_alone():
    owners = defaultdict(set)
    for person in PEOPLE:
        for variant in person["variants"]:
            # عبدالله and عبد الله are one name.
            owners[match_key(variant["text"]).replace(" ", "").replace("-", "")].add(
                (person["key"], variant["alone"])
            )
    for text, found in owners.items():
        if len({key for key, _alone in found}) > 1:
            assert not any(stands for _key, stands in found), text


@pytest.mark.parametrize(
    ("key", "text", "why"),
    [
        ("salam-tammam", "سلام", "shared, and peace"),
        ("ban", "بان", "equal to بأن in the normal form"),
        ("may", "ماي", "a month"),
        ("hadi", "هادي", "a given name"),
        ("sudani", "السوداني", "a nisba"),
        ("aoun-joseph", "عون", "shared"),
        ("barzani-masoud", "البارزاني", "shared in another spelling"),
        ("cavusoglu", "أوغلو", "shared"),
        ("maliki-nouri", "المالكي", "shared"),
        ("hitti", "حتي", "equal to حتى in the normal form"),
        ("wali", "والي", "equal to وإلى in the normal form"),
        ("truss", "تراس", "equal to ترأس in the normal form"),
        ("funk", "فانك", "equal to فإنك in the normal form"),
        ("raisi", "رئيسي", "main"),
        ("elaraby", "العربي", "Arab"),
        ("madani", "مدني", "civilian"),
        ("dion", "ديون", "debts"),
        ("brennan", "جون برينان", "also the director of the CIA of those years"),
    ],
)
def test_ordinary_words_and_shared_names_do_not_stand_alone(key, text, why):
    assert not alone(key, text), why


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("blinken", "بلينكن"),
        ("blinken", "بلينكين"),
        ("di-maio", "دي مايو"),
        ("cavusoglu", "تشاووش أوغلو"),
        ("tillerson", "تيلرسون"),
        ("faisal-bin-farhan", "فيصل بن فرحان"),
        ("pedersen", "بيدرسون"),
        ("stoltenberg", "ستولتنبرغ"),
        ("shoukry", "سامح شكري"),
    ],
)
def test_names_of_one_person_stand_alone(key, text):
    assert alone(key, text)


@pytest.mark.parametrize(
    ("key", "short"),
    [
        ("blinken", "بلينكن"),
        ("di-maio", "دي مايو"),
        ("cavusoglu", "جاووش أوغلو"),
        ("faisal-bin-farhan", "فيصل بن فرحان"),
        ("shoukry", "سامح شكري"),
        ("sdf", "قسد"),
    ],
)
def test_the_margin_shows_a_short_name(key, short):
    assert BY_KEY[key]["short_name"] == short


def test_a_short_name_is_a_name_of_its_bearer_and_of_nobody_else():
    for row in BY_KEY.values():
        assert row["short_name"] in {variant["text"] for variant in row["variants"]}, row["key"]
    names = Counter(match_key(row["short_name"]) for row in BY_KEY.values())
    assert [name for name, count in names.items() if count > 1] == []


@pytest.mark.parametrize(
    ("key", "country"), [("kurdistan-region", "IQ"), ("sdf", "SY"), ("syrian-opposition", "SY"), ("un", None)]
)
def test_an_organisation_inside_a_state_has_it_as_home(key, country):
    assert BY_KEY[key]["kind"] == "organisation"
    assert BY_KEY[key]["country"] == country


@pytest.mark.django_db
@pytest.mark.parametrize(
    "text",
    [
        "...",  # signs without a word name nobody
        "ـــ",
        "وزير الاختبار",  # a title belongs to whoever holds the office
        "وزير الاختبار أنتوني بلينكن",
    ],
)
def test_what_is_no_name_is_no_variant(text):
    speaker = Speaker.objects.create(key="p", name_ar="أنتوني بلينكن")
    country = Country.objects.create(code="IT", name_ar="إيطاليا", name_en="Italy")
    speaker.terms.create(key="t", title_ar="وزير الاختبار", country=country)
    with pytest.raises(ValidationError):
        NameVariant(speaker=speaker, text=text).full_clean()


@pytest.mark.django_db
@pytest.mark.parametrize("day", [date.min, date.max])
def test_no_date_is_too_early_or_late_to_ask_about(day):
    assert not TermOfOffice.objects.held_on(day).exists()
