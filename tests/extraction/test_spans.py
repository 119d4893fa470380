"""How far two spans agree."""

import pytest

from archive.extraction.spans import overlap


@pytest.mark.parametrize(
    ("one", "other", "share"),
    [
        ((0, 10), (0, 10), 1),
        ((0, 10), (10, 20), 0),  # half-open: they only touch
        ((0, 10), (5, 10), 0.5),  # one within the other
        ((0, 10), (5, 15), 1 / 3),
        ((0, 4), (8, 9), 0),
        ((3, 3), (3, 3), 0),  # nothing shares nothing
    ],
)
def test_overlap_is_the_intersection_over_the_union(
    one: tuple[int, int], other: tuple[int, int], share: float
) -> None:
    assert overlap(one, other) == overlap(other, one) == pytest.approx(share)
