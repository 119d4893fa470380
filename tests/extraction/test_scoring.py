"""The measure itself: spans, countries, facts, names."""

from typing import Any

import pytest

from archive.extraction.scoring import (
    STRICT,
    Score,
    alike,
    match_lines,
    match_quotations,
    score_countries,
    score_fact,
)


def quote(start: int, end: int, *, kind: str = "direct", **more: Any) -> dict[str, Any]:
    return {"kind": kind, "start": start, "end": end, **more}


@pytest.mark.parametrize(
    ("mine", "read", "found"),
    [
        ([quote(0, 10)], [quote(0, 10)], Score(1, 0, 0)),
        ([quote(0, 5)], [quote(0, 10)], Score(1, 0, 0)),  # just half
        ([quote(0, 4)], [quote(0, 10)], Score(0, 1, 1)),  # too short
        ([quote(0, 10)], [quote(0, 10, optional=True)], Score(0, 0, 0)),
        ([], [quote(0, 10, optional=True)], Score(0, 0, 0)),
        ([quote(0, 10, kind="indirect")], [quote(0, 10)], Score(0, 0, 1)),  # another kind
        ([quote(0, 10), quote(0, 9)], [quote(0, 10)], Score(1, 1, 0)),  # each is matched once
        ([quote(0, 6), quote(0, 10)], [quote(0, 10), quote(0, 7)], Score(2, 0, 0)),  # the best pairs first
    ],
)
def test_quotations_are_matched(mine: Any, read: Any, found: Score) -> None:
    assert match_quotations(mine, read, kind="direct").score == found


def test_a_strict_match_is_nearly_the_same_span() -> None:
    assert match_quotations([quote(0, 96)], [quote(0, 100)], kind="direct", threshold=STRICT).pairs
    assert not match_quotations([quote(0, 94)], [quote(0, 100)], kind="direct", threshold=STRICT).pairs


def test_furniture_is_matched_line_by_line() -> None:
    text = "شارك\nاقرأ أيضا\n\nخبر آخر\nمتن"
    one = [{"start": 0, "end": 24}]
    lines = [{"start": 0, "end": 4}, {"start": 5, "end": 14}, {"start": 16, "end": 23}]
    assert match_lines(one, lines, text).score == Score(3, 0, 0)
    assert match_lines(lines, one, text).score == Score(3, 0, 0)
    assert match_lines(lines[:1], one, text).score == Score(1, 0, 2)
    assert match_lines([{"start": 24, "end": 27}], lines, text).score == Score(0, 1, 3)


def test_incidental_countries_do_not_count() -> None:
    mine = [
        {"iso2": "US", "salience": "primary"},
        {"iso2": "BE", "salience": "mentioned"},
        {"iso2": "TR", "salience": "mentioned"},
        {"iso2": "IQ", "salience": "incidental"},
    ]
    read = [
        {"iso2": "US", "salience": "primary"},
        {"iso2": "BE", "salience": "incidental"},
        {"iso2": "IQ", "salience": "mentioned"},
    ]
    assert score_countries(mine, read) == (Score(1, 1, 1), {"TR"}, {"IQ"})


@pytest.mark.parametrize(
    ("printed", "read", "right", "score"),
    [
        (None, None, True, Score()),
        ("2021", "2021", True, Score(1, 0, 0)),
        ("2021", "2022", False, Score(0, 1, 1)),
        ("2021", None, False, Score(0, 1, 0)),  # a guess where the text does not say
        (None, "2021", False, Score(0, 0, 1)),
    ],
)
def test_a_fact_may_be_left_open(printed: Any, read: Any, right: bool, score: Score) -> None:
    assert score_fact(printed, read, right=right) == score


def test_one_of_two_names_may_hold_the_other() -> None:
    assert alike("أنتوني بلينكن", "بلينكن")
    assert alike("بلينكن", "انتوني بلينكن")
    assert not alike("بلينكن", "بلينكنز")
    assert not alike("", "بلينكن")


def test_precision_recall_and_their_mean() -> None:
    score = Score(3, 1, 2)
    assert (score.precision, score.recall) == (0.75, 0.6)
    assert score.f1 == pytest.approx(2 * 0.75 * 0.6 / 1.35)
    assert Score().f1 == 1.0
    assert Score(0, 1, 1).f1 == 0.0
    assert score.without(2) == Score(1, 3, 4)
