"""The opening words of an article without a headline."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.extraction.incipit import LENGTH, find_incipit

LONG = "اجتمع الوزراء في روما لبحث ما بقي من التنظيم " * 5


def test_a_short_paragraph_is_whole() -> None:
    text = "الرئيسية\nاجتمع الوزراء في روما. \nثم افترقوا"
    start = text.index("اجتمع")
    assert find_incipit(text, [(start, text.index("\nثم"))], []).text == "اجتمع الوزراء في روما."


def test_a_long_one_is_cut_at_the_end_of_a_word() -> None:
    span = find_incipit(LONG, [(0, len(LONG))], [])
    assert LENGTH - 15 < len(span.text) <= LENGTH
    assert LONG[span.end] == " "


@pytest.mark.parametrize(
    "stated",
    [
        [(0, 37)],  # the dateline as one span
        [(0, 14), (16, 20), (23, 34)],  # outlet, place and date, each with its own
    ],
)
def test_a_dateline_at_the_head_is_passed_over(stated: list[tuple[int, int]]) -> None:
    text = "بوابة اوكرانيا -كييف في28يونيو 2021 –بينما تعمل الولايات المتحدة"
    found = find_incipit(text, [(0, len(text))], stated)
    assert found.text.endswith("بينما تعمل الولايات المتحدة")
    assert "بوابة" not in found.text


def test_an_outlet_named_further_on_stays() -> None:
    text = "قال موقع الحرة إن الوزراء اجتمعوا"
    assert find_incipit(text, [(0, len(text))], [(4, 14)]).text == text


def test_a_dateline_that_is_all_there_is_stays() -> None:
    assert find_incipit("كييف", [(0, 4)], [(0, 4)]).text == "كييف"


@given(st.text(), st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40))))
def test_any_text_gives_a_span_of_itself(text: str, stated: list[tuple[int, int]]) -> None:
    span = find_incipit(text, [(0, len(text))], stated)
    assert text[span.start : span.end] == span.text
    assert len(span.text) <= LENGTH
