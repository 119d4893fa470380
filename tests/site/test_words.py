"""Counts and dates in words, in both languages."""

from datetime import date

import pytest
from django.utils import translation

from archive.counted import NOUNS, counted
from archive.dates_in_words import date_in_words, machine_date, range_in_words


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "لا أقوال"),
        (1, "قول واحد"),
        (2, "قولان"),  # the dual needs no number
        (3, "3 أقوال"),  # 3 to 10: genitive plural
        (10, "10 أقوال"),
        (11, "11 قولاً"),  # 11 to 99: accusative singular
        (99, "99 قولاً"),
        (100, "100 قول"),  # hundreds: genitive singular
        (102, "102 قول"),
        (103, "103 أقوال"),  # the last two digits decide
        (10_138, "10,138 قولاً"),
    ],
)
def test_a_counted_noun_has_its_arabic_form(number, words):
    with translation.override("ar"):
        assert counted(number, "quotation") == words


@pytest.mark.parametrize("noun", NOUNS)
def test_every_noun_is_counted_in_both_languages(noun):
    for language in ("ar", "en"):
        with translation.override(language):
            forms = [counted(number, noun) for number in (0, 1, 2, 3, 11, 100)]
            assert all(forms)
            assert "%" not in "".join(forms)


def test_english_counts():
    with translation.override("en"):
        assert [counted(number, "article") for number in (1, 2, 1200)] == [
            "1 article",
            "2 articles",
            "1,200 articles",
        ]


@pytest.mark.parametrize(
    ("language", "precision", "words"),
    [
        ("ar", "day", "28 حزيران/يونيو 2021"),
        ("ar", "month", "حزيران/يونيو 2021"),
        ("ar", "year", "2021"),
        ("en", "day", "28 June 2021"),
        ("en", "month", "June 2021"),
    ],
)
def test_a_date_has_both_arabic_month_names(language, precision, words):
    with translation.override(language):
        assert date_in_words(date(2021, 6, 28), precision) == words


def test_every_month_has_two_arabic_names():
    with translation.override("ar"):
        assert all("/" in date_in_words(date(2021, month, 1), "month") for month in range(1, 13))


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2017, 7, 11), date(2017, 7, 11), "11 تموز/يوليو 2017"),
        (date(2017, 7, 11), date(2017, 7, 13), "11–13 تموز/يوليو 2017"),
        (date(2017, 7, 31), date(2017, 8, 1), "31 تموز/يوليو 2017 إلى 1 آب/أغسطس 2017"),
    ],
)
def test_a_stretch_of_days_writes_once_what_its_ends_share(first, last, words):
    with translation.override("ar"):
        assert range_in_words(first, last) == words


@pytest.mark.parametrize(
    ("precision", "value"), [("day", "2021-06-28"), ("month", "2021-06"), ("year", "2021")]
)
def test_a_machine_date_is_no_more_exact_than_what_is_known(precision, value):
    assert machine_date(date(2021, 6, 28), precision) == value
