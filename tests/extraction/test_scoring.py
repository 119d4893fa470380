"""The measure itself."""

from typing import Any

import pytest

from archive.extraction.scoring import Score, overlap, same_name, score_countries, score_quotations


def quote(
    start: int, end: int, *, kind: str = "direct", who: str | None = "أ", **more: Any
) -> dict[str, Any]:
    return {"kind": kind, "start": start, "end": end, "speaker": {"id": "x", "name_ar": who}, **more}


@pytest.mark.parametrize(
    ("mine", "read", "found", "named"),
    [
        ([quote(0, 10)], [quote(0, 10)], Score(1, 0, 0), Score(1, 0, 0)),
        ([quote(0, 10, who="ب")], [quote(0, 10)], Score(1, 0, 0), Score(0, 1, 1)),  # the wrong speaker
        ([quote(0, 4)], [quote(0, 10)], Score(0, 1, 1), Score(0, 1, 1)),  # too short
        ([quote(0, 10)], [quote(0, 10, optional=True)], Score(0, 0, 0), Score(0, 0, 0)),
        ([], [quote(0, 10, optional=True)], Score(0, 0, 0), Score(0, 0, 0)),
        ([quote(0, 10, kind="indirect")], [quote(0, 10)], Score(0, 0, 1), Score(0, 0, 1)),  # another kind
    ],
)
def test_quotations_are_matched(mine: Any, read: Any, found: Score, named: Score) -> None:
    assert score_quotations(mine, read, {"x": ["أ"]}, kind="direct") == (found, named)


def test_overlap_is_intersection_over_union() -> None:
    assert overlap({"start": 0, "end": 10}, {"start": 5, "end": 15}) == pytest.approx(1 / 3)
    assert overlap({"start": 0, "end": 0}, {"start": 0, "end": 0}) == 0


def test_a_name_is_right_in_any_known_spelling_or_part() -> None:
    assert same_name("أنتوني بلينكن", ["انتوني بلينكن"])
    assert same_name("بلينكن", ["أنتوني بلينكن"])
    assert not same_name("بلينكن", ["بلينكنز"])
    assert not same_name(None, ["بلينكن"])


def test_incidental_countries_do_not_count() -> None:
    mine = [{"iso2": "US", "salience": "primary"}, {"iso2": "BE", "salience": "mentioned"}]
    read = [{"iso2": "US", "salience": "primary"}, {"iso2": "BE", "salience": "incidental"}]
    assert score_countries(mine, read) == Score(1, 0, 0)


def test_precision_recall_and_their_mean() -> None:
    score = Score(3, 1, 2)
    assert (score.precision, score.recall) == (0.75, 0.6)
    assert score.f1 == pytest.approx(2 * 0.75 * 0.6 / 1.35)
    assert Score().f1 == 1.0
