import math

import pytest

from benchmarks.plain_bm25 import PlainBM25

TEXTS = ["سلام سلام عالم", "عالم", "سلام"]


def test_scores_are_those_worked_by_hand() -> None:
    engine = PlainBM25(str.split, TEXTS)
    ((first, other), (second, score)) = engine.rank("سلام", 10)
    idf = math.log(1 + (3 - 2 + 0.5) / (2 + 0.5))
    average = 5 / 3
    assert (first, second) == (2, 0)
    assert score == pytest.approx(idf * 2 / (2 + 1.2 * (0.25 + 0.75 * 3 / average)))
    assert other == pytest.approx(idf * 1 / (1 + 1.2 * (0.25 + 0.75 * 1 / average)))


def test_any_word_is_enough_and_equals_stand_in_the_order_of_the_texts() -> None:
    engine = PlainBM25(str.split, ["أ ب", "ج د", "ب أ"])
    assert [place for place, _score in engine.rank("أ غائب", 10)] == [0, 2]


def test_list_is_cut_and_may_be_empty() -> None:
    engine = PlainBM25(str.split, TEXTS)
    assert len(engine.rank("سلام عالم", 2)) == 2
    assert engine.rank("", 10) == engine.rank("غائب", 10) == []
