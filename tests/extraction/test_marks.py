"""Pairing of quotation marks: one row a kind of damage."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.extraction.marks import pair_marks


def inner(text: str) -> list[str]:
    pairs, _ = pair_marks(text, 0, len(text))
    return [text[pair.inner_start : pair.inner_end] for pair in pairs if pair.family != "bracket"]


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("قال: «نحن هنا».", ["نحن هنا"]),
        ('قال: "نحن هنا".', ["نحن هنا"]),
        ('"نحن "هنا" الآن"', ['نحن "هنا" الآن', "هنا"]),  # one kind inside itself
        ("«نحن (داعش) هنا»", ["نحن (داعش) هنا"]),
        ("قال: “نحن هنا “.", ["نحن هنا "]),  # the opening shape closes
        ("قال ”نحن هنا“ أمس", ["نحن هنا"]),  # both shapes the wrong way round
        ("قال: «نحن هنا”.", ["نحن هنا"]),  # closed by another kind
        (
            "“الدولة ضمن “ناتو”، ضد “داعش”.",
            ["الدولة ضمن “ناتو”، ضد “داعش", "ناتو", "داعش"],
        ),  # a closer missing
        (
            "قال: «بدأنا مع «داعش» أمس. وأضاف: «لن نتوقف أبداً عن القتال»",
            None,
        ),  # ends before the next quotation
        ('ومشيداً بـ"شجاعة القوات"', ["شجاعة القوات"]),  # after a joined preposition
        ("<<نحن هنا>>", ["نحن هنا"]),
        ("نص» بلا بداية", []),
        ("«نص بلا نهاية", []),
        ('واحد " اثنان', []),
    ],
)
def test_marks_are_paired(text: str, spans: list[str] | None) -> None:
    if spans is None:
        assert inner(text)[0] == "بدأنا مع «داعش» أمس"
    else:
        assert inner(text) == spans


@pytest.mark.parametrize(
    ("text", "code"),
    [("نص» بلا بداية", "unbalanced_quote"), ("«نص بلا نهاية", "unbalanced_quote"), ("«نص”", "late_closer")],
)
def test_damage_is_told(text: str, code: str) -> None:
    _, diagnostics = pair_marks(text, 0, len(text))
    assert [item.code for item in diagnostics] == [code]


@given(st.text(alphabet="«»“”„\"'()‘’ .،:نصو\n", max_size=80))
def test_any_marks_give_spans_that_lie_in_order_inside_the_paragraph(text: str) -> None:
    pairs, diagnostics = pair_marks(text, 0, len(text))
    for pair in pairs:
        assert 0 <= pair.start < pair.inner_start <= pair.inner_end <= pair.end <= len(text)
    assert [pair.start for pair in pairs] == sorted(pair.start for pair in pairs)
    for item in diagnostics:
        assert 0 <= item.start <= item.end <= len(text)
