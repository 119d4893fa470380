"""Two versions of one statement, word by word."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.extraction.collation import Relation, collate

ONE = (
    "رغم هذه الإنجازات ، يجب ألا نغفل حقيقة أن تهديد هذا التنظيم لا يزال قائماً ، الأمر الذي يتطلب من الجميع "
    "مواصلة الجهود والتنسيق لاحتواء انتشاره والقضاء عليه نهائياً"
)
OTHER = (
    "على الرغم من هذه الإنجازات يجب ألا نغفل عن أنّ تهديد هذا التنظيم لايزال قائماً، مما يستدعي من الجميع "
    "مواصلة الجهود والتنسيق لمحاصرة انتشاره والقضاء عليه تماماً"
)


def test_differing_words_stand_beside_their_counterparts():
    collation = collate(ONE, OTHER)
    assert [(words.one, words.other) for words in collation.differences] == [
        ("رغم", "على الرغم من"),
        ("حقيقة", "عن"),
        ("الأمر الذي يتطلب", "مما يستدعي"),
        ("لاحتواء", "لمحاصرة"),
        ("نهائياً", "تماماً"),
    ]
    assert (collation.one.different, collation.one.words) == (7, 27)
    assert (collation.other.different, collation.other.words) == (8, 27)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("هَذا التّهديدُ قائماً", "هذا التهديد قائما"),
        ("نعم ، هذا مهم.", "نعم؛ هذا مهم!"),
        ("لا يزال قائماً", "لايزال قائماً"),
        ("إلى أجلٍ مسمّى", "الى أجل مسمى"),
        ("٨ ملايين", "8 ملايين"),
        ("التحـالف", "التحالف"),
    ],
    ids=["diacritics", "punctuation", "a space", "hamza and ya", "digits", "tatweel"],
)
def test_spelling_is_no_difference(one, other):
    collation = collate(one, other)
    assert collation.differences == ()
    assert {run.relation for side in (collation.one, collation.other) for run in side.runs} == {Relation.SAME}


def test_a_sign_between_two_words_is_not_a_space():
    assert collate("لا، يزال قائماً", "لايزال قائماً").differences


def test_what_reaches_beyond_the_other_version_is_no_difference():
    collation = collate(
        "أقولها بصراحة: هذا الوضع لا يمكن الدفاع عنه", "هذا الوضع لا يمكن الدفاع عنه ولن يستمر"
    )
    assert collation.differences == ()
    assert (collation.one.beyond, collation.other.beyond) == (2, 2)
    assert collation.one.runs[0].relation == Relation.BEYOND


def test_words_inserted_in_the_middle_have_no_counterpart():
    [words] = collate("هذا الوضع ببساطة مرفوض", "هذا الوضع مرفوض").differences
    assert (words.one, words.other) == ("ببساطة", "")


texts = st.text(st.sampled_from("لايزعندم ،.«»ًّ \u200f8"), max_size=60) | st.text(max_size=60)


@settings(max_examples=100)
@given(texts, texts)
def test_the_runs_are_the_text_and_every_word_is_counted(one, other):
    collation = collate(one, other)
    for side, text in ((collation.one, one), (collation.other, other)):
        assert "".join(run.text for run in side.runs) == text
        assert 0 <= side.different + side.beyond <= side.words
    turned = collate(one, one)
    assert turned.differences == ()
