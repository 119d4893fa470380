import pytest

from benchmarks.paired import paired_difference


def test_difference_of_equals_is_nothing() -> None:
    difference = paired_difference([0.2, 0.4, 1.0], [0.2, 0.4, 1.0])
    assert (difference.mean, difference.lower, difference.upper) == (0, 0, 0)


def test_a_lead_on_every_query_is_sure() -> None:
    difference = paired_difference([0.5] * 20 + [1.0] * 20, [0.25] * 20 + [0.5] * 20)
    assert difference.mean == pytest.approx(0.375)
    assert 0.25 < difference.lower < difference.mean < difference.upper < 0.5


def test_a_lead_on_half_the_queries_is_not() -> None:
    ours, theirs = [1.0, 0.0] * 50, [0.0, 1.0] * 50
    difference = paired_difference(ours, theirs)
    assert difference.lower < 0 < difference.upper
    # The mean of 100 differences of ±1 has a standard deviation of .1.
    assert difference.upper == pytest.approx(0.196, abs=0.03)


def test_the_same_at_every_run() -> None:
    assert paired_difference([0.1, 0.9, 0.5], [0.2, 0.3, 0.4]) == paired_difference(
        [0.1, 0.9, 0.5], [0.2, 0.3, 0.4]
    )
