import pytest

from archive.arabic.months import AMBIGUOUS, MONTHS, RARELY_MONTHS, WEEKDAYS
from archive.arabic.normalize import match_key


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("كانون الثاني", 1),  # the Levant
        ("يناير", 1),  # Egypt and the Gulf
        ("جانفي", 1),  # Tunisia and Algeria
        ("غشت", 8),  # Morocco
        ("حزيران", 6),
        ("تشرين الأول", 10),
        ("أكتوبر", 10),
        ("دجنبر", 12),
    ],
)
def test_every_family_of_month_names_is_known(name: str, number: int) -> None:
    assert MONTHS[match_key(name)] == number


def test_each_month_has_a_name_in_the_levant_and_in_egypt() -> None:
    # March, May and August are one word in several families (مارس).
    assert all(list(MONTHS.values()).count(number) >= 2 for number in range(1, 13))


def test_weekdays_count_as_python_counts_them() -> None:
    assert WEEKDAYS[match_key("الإثنين")] == WEEKDAYS[match_key("الاثنين")] == 0
    assert WEEKDAYS[match_key("الأحد")] == 6


def test_names_that_are_ordinary_words_are_names_of_months() -> None:
    assert RARELY_MONTHS < AMBIGUOUS < MONTHS.keys()
