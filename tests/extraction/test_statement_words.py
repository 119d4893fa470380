"""What of a quotation is compared with other translations of it."""

import pytest

from archive.arabic.normalize import fold
from archive.extraction.statement_words import content_words, opposed, word_forms


def alike(one, other):
    first, second = (word_forms(fold(word)) for word in (one, other))
    return "forms" if first[0] & second[0] else "roots" if first[1] & second[1] else None


@pytest.mark.parametrize(
    ("one", "other", "how"),
    [
        ("والتنسيق", "للتنسيق", "forms"),
        ("ستقدم", "نقدم", "forms"),
        ("تتطلب", "يتطلب", "forms"),
        ("أعلنت", "أعلن", "forms"),
        ("إنسانية", "الإنسانية", "forms"),
        ("التصالح", "بالمصالحة", "roots"),
        ("تقديم", "ستقدم", "roots"),
        ("نشدد", "المدارس", None),
    ],
    ids=["particles", "future and person", "person", "gender of a past", "article", "root", "masdar", "no"],
)
def test_words_are_alike_in_spite_of_what_is_joined_to_them(one, other, how):
    assert alike(one, other) == how


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("436 مليون دولار", [436e6]),
        ("١٤٨٫٧ مليون", [148.7e6]),
        ("148,7 مليون", [148.7e6]),
        ("مائة مليون دولار", [100e6]),
        ("عشرة آلاف مقاتل", [10000]),
        ("10000 مقاتل", [10000]),
        ("ألفي مقاتل", [2000]),
        ("ثلاث وثمانون دولة", [83]),
        ("نصف الأراضي", [0.5]),
        ("رجل واحد", []),
    ],
)
def test_numbers_are_compared_by_value(text, values):
    assert [word.value for word in content_words(text) if word.value is not None] == values


@pytest.mark.parametrize(("text", "telling"), [("436 مليون", True), ("في عام 2014", False), ("ثلاثة", False)])
def test_a_number_tells_much_when_it_is_large_and_no_year(text, telling):
    assert any(word.telling for word in content_words(text)) is telling


@pytest.mark.parametrize(
    ("text", "negated"),
    [
        ("لن نسمح بعودته", True),
        ("من غير المقبول", True),
        ("عدم الاعتراف", True),
        ("يجب ألا نغفل", True),
        ("لا يزال قائماً", False),
        ("لايزال قائماً", False),
        ("ما زالوا محتجزين", False),
    ],
)
def test_a_negation_belongs_to_the_next_word_and_still_is_none(text, negated):
    assert any(word.negated for word in content_words(text)) is negated


@pytest.mark.parametrize(
    ("one", "other", "are"),
    [("شمال", "جنوب", True), ("سترتفع الزيادة", "بتخفيض", True), ("شمال", "شرق", False)],
)
def test_words_of_opposite_meaning_are_known(one, other, are):
    assert opposed(content_words(one)[-1], content_words(other)[-1]) is are
