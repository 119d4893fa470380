import pytest

from archive.arabic.normalize import fold
from archive.arabic.spellings import SPELLINGS, joined_spelling
from archive.arabic.stem import LightStemmer
from tests.arabic.conftest import COUNTS

STEMMER = LightStemmer(counts=COUNTS)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("أميركا", "أمريكا"),
        ("إنكلترا", "إنجلترا"),
        ("جوجل", "غوغل"),
        ("مسئول", "مسؤول"),
        ("شئون", "شؤون"),
        ("الديموقراطية", "الديمقراطية"),
        ("تليفزيون", "التلفزيون"),
        ("المليشيات", "الميليشيا"),
        ("هولاندا", "هولندا"),
        ("بروكسيل", "بروكسل"),
    ],
)
def test_two_spellings_of_one_word_have_one_stem(one: str, other: str) -> None:
    stem = STEMMER.stem
    assert stem(fold(one)) == stem(fold(other))


def test_rows_are_stems_and_do_not_chain() -> None:
    for spelling, joined in SPELLINGS.items():
        assert STEMMER.without_suffixes(spelling) == spelling == fold(spelling)
        assert joined_spelling(joined) == joined


def test_other_stems_stay() -> None:
    assert joined_spelling("تحالف") == "تحالف"
