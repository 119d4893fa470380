import pytest

from archive.arabic.normalize import fold
from archive.arabic.numerals import cardinal, ordinal


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
