from datetime import date

import numpy as np
import pytest

from search.engine.keys import KeyField, count_periods, months_of


@pytest.fixture
def field() -> KeyField:
    """Values of two segments; document 3 is deleted."""
    parts = [("1", np.array([0, 1])), ("2", np.array([1])), ("1", np.array([3, 4])), ("3", np.array([3]))]
    return KeyField(parts, np.array([True, True, True, False, True]))


@pytest.mark.parametrize(
    ("values", "documents"), [({"1"}, [0, 1, 4]), ({"2", "1"}, [0, 1, 4]), ({"3"}, []), ({"9"}, []), ((), [])]
)
def test_mask_is_of_the_live_documents_that_have_a_value(
    field: KeyField, values: set[str], documents: list[int]
) -> None:
    assert np.flatnonzero(field.mask(values)).tolist() == documents


def test_values_are_counted_in_the_documents_of_a_mask(field: KeyField) -> None:
    assert field.counts(np.array([True, True, True, True, True])) == {"1": 3, "2": 1}
    assert field.counts(np.array([False, True, True, True, False])) == {"1": 1, "2": 1}
    assert field.counts(np.zeros(5, bool)) == {}


def test_field_without_values_counts_nothing() -> None:
    empty = KeyField([], np.ones(2, bool))
    assert (empty.counts(np.ones(2, bool)), empty.mask({"1"}).any()) == ({}, False)


def ordinals(*days: str) -> np.ndarray:
    return np.array([date.fromisoformat(day).toordinal() if day else 0 for day in days], np.int32)


def test_periods_are_counted_in_order_and_without_the_undated() -> None:
    months = months_of(ordinals("2021-06-28", "", "2019-12-31", "2021-06-01", "2021-07-01"))
    assert list(count_periods(months, "month").items()) == [("2019-12", 1), ("2021-06", 2), ("2021-07", 1)]
    assert list(count_periods(months, "year").items()) == [("2019", 1), ("2021", 3)]


@pytest.mark.parametrize("day", ["0001-01-01", "1969-12-31", "1970-01-01", "9999-12-31"])
def test_period_of_any_day_is_its_own(day: str) -> None:
    assert count_periods(months_of(ordinals(day)), "month") == {day[:7]: 1}


@pytest.mark.parametrize("days", [(), ("",)])
def test_nothing_dated_has_no_periods(days: tuple[str, ...]) -> None:
    assert count_periods(months_of(ordinals(*days)), "year") == {}
