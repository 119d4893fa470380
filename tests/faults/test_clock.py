"""A clock that is set back and forth, and files of long ago, change no answer and lose nothing."""

import pytest

from tests.faults import tally
from tests.faults.children import run
from tests.faults.conftest import NewCase
from tests.faults.refusals import edit_while_the_clock_jumps, heal_after_the_clock_was_set_back
from tests.faults.sizes import ALL, SEED

CASES = 10 if ALL else 1


@pytest.mark.parametrize("number", range(CASES))
def test_edits_are_found_whatever_the_clock_says(number: int, new_case: NewCase) -> None:
    case = new_case(SEED + number)
    edited = run(edit_while_the_clock_jumps, case.folder, seed=case.seed)
    assert not edited["wrong"], f"seed {case.seed}"
    tally.count("jumps of the clock", edited["jumps"])
    case.assert_sound(rebuilt=True)


def test_an_error_of_the_future_does_not_put_off_a_rebuild(new_case: NewCase) -> None:
    """A failed rebuild is tried again a minute later; by a clock that was set back that may be a year."""
    case = new_case(SEED)
    assert run(heal_after_the_clock_was_set_back, case.folder) == []
    tally.count("jumps of the clock")
    case.assert_sound()
