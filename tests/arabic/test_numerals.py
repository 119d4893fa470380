from decimal import Decimal

import pytest

from archive.arabic.normalize import fold
from archive.arabic.numerals import amount, cardinal, ordinal


@pytest.mark.parametrize(
    ("text", "value", "used"),
    [
        ("83 دولة", 83, 1),
        ("٨٣ دولة", 83, 1),
        ("ثلاث وثمانين دولة", 83, 2),
        ("ثمانية وستون", 68, 2),
        ("ثلاثة عشر", 13, 2),
        ("سبع سنوات", 7, 1),
    ],
)
def test_cardinals(text: str, value: int, used: int) -> None:
    assert cardinal([fold(word) for word in text.split()]) == (value, used)


@pytest.mark.parametrize(
    ("text", "value", "used"),
    [
        ("الثانية لهزيمة", 2, 1),
        ("الحادي عشر للتحالف", 11, 2),
        ("الثامن والعشرين", 28, 2),
        ("العاشر", 10, 1),
    ],
)
def test_ordinals(text: str, value: int, used: int) -> None:
    assert ordinal([fold(word) for word in text.split()]) == (value, used)


@pytest.mark.parametrize("words", [[], ["بيان"], [""]])
def test_other_words_are_no_numbers(words: list[str]) -> None:
    assert cardinal(words) is None
    assert ordinal(words) is None


@pytest.mark.parametrize(
    ("text", "value", "used"),
    [
        ("ثلاثة وثمانون دولة", "83", 2),
        ("خمسة عشر ألف مقاتل", "15000", 3),
        ("مئة وخمسون ألفا", "150000", 3),
        ("ثلاث مئة", "300", 2),
        ("ثلاثمائة وخمسة عشر", "315", 3),
        ("مئتان وخمسون", "250", 2),
        ("مئة و 20 دولة", "120", 3),
        ("ألف وأربعمئة أسرة", "1400", 2),
        ("3 ملايين و 200 ألف", "3200000", 5),
        ("4 آلاف و 500 من", "4500", 4),
        ("148.7 مليون", "148700000", 2),
        ("الثلاثة والثمانين", "83", 2),
        ("مليونا دولار", "2000000", 1),
        ("ألفي غارة", "2000", 1),
        ("مليار يورو", "1000000000", 1),
        ("2 بليون", "2000000000", 2),
        ("مليون ونصف المليون لاجئ", "1500000", 3),
        ("مليارين ونصف مليار", "2500000000", 3),
        ("نصف مليون طفل", "500000", 2),
        ("ربع مليون", "250000", 2),
        ("ألف مليار", "1000000000000", 2),
        ("83 و 77", "83", 1),
    ],
)
def test_amounts(text: str, value: str, used: int) -> None:
    found = amount([fold(word) for word in text.split()])
    assert found is not None
    assert (found.value, found.used) == (Decimal(value), used)


@pytest.mark.parametrize("text", ["ملايين النازحين", "عشرات الآلاف", "آلاف", "نصف الأراضي", "وزير", "و"])
def test_vague_words_are_no_amounts(text: str) -> None:
    assert amount([fold(word) for word in text.split()]) is None


def test_numbers_joined_by_and_can_be_read_apart() -> None:
    words = [fold(word) for word in ["خمسة", "آلاف", "وستمئة"]]
    assert amount(words).value == 5600
    assert amount(words, joined=False).value == 5000
