"""Processes killed at random moments of all that they do to the index: nothing committed is ever lost."""

import random
import time
from pathlib import Path

import pytest

from tests.faults import tally
from tests.faults.archives import Case
from tests.faults.children import Child
from tests.faults.conftest import NewCase
from tests.faults.programs import (
    Blow,
    drain_in_pieces,
    edit_and_drain,
    import_texts,
    merge_segments,
    rebuild,
    write_text,
)
from tests.faults.sizes import ALL, KILLS, SEED

EDITS = 14
TEXTS = 4
# About as many steps as each takes; a few run to their end.
MOST_STEPS = {"import": 60, "drain": 300, "merge": 400, "rebuild": 150}
KINDS = ("import", "drain", "merge", "rebuild", "switch")


@pytest.mark.parametrize("number", range(KILLS))
def test_a_killed_process_loses_nothing(number: int, new_case: NewCase) -> None:
    """In a step of its files that is drawn; when all is tried, one in five at a moment of the clock."""
    kind = KINDS[number % len(KINDS)]
    case = new_case(SEED + number)
    by_clock = ALL and kind != "switch" and case.chance.random() < 0.2
    child = start(kind, case, None if by_clock else draw_blow(kind, case.chance))
    with child:
        if by_clock:
            case.note(reports_within(child, case.chance.uniform(0, 0.6)))
            case.note(child.kill())
        else:
            case.note(child.all_reports())
            child.wait()
    tally.count(f"kills in {kind}" if child.was_killed else f"{kind} not killed")
    case.assert_sound(rebuilt=kind in ("rebuild", "switch") or case.chance.random() < 0.25)


def start(kind: str, case: Case, blow: Blow | None) -> Child:
    seed = case.seed
    if kind == "import":
        return Child(import_texts, case.folder, texts=write_texts(case), blow=blow)
    if kind == "drain":
        program = case.chance.choice([edit_and_drain, drain_in_pieces])
        return Child(program, case.folder, seed=seed, edits=EDITS, blow=blow)
    if kind == "merge":
        return Child(merge_segments, case.folder, seed=seed, edits=EDITS, blow=blow)
    return Child(rebuild, case.folder, times=3, blow=blow)


def draw_blow(kind: str, chance: random.Random) -> Blow:
    """Anywhere; the switch is the moment at which the new generation is named, and just after it."""
    if kind == "switch":
        return Blow(chance.randint(1, 3), "rename", "current", after=chance.random() < 0.5)
    return Blow(chance.randint(1, MOST_STEPS[kind]))


def write_texts(case: Case) -> Path:
    folder = case.folder / "texts"
    folder.mkdir()
    for number in range(TEXTS):
        write_text(folder / f"{number}.txt", number, case.chance)
    return folder


def reports_within(child: Child, seconds: float) -> list[tuple]:
    """What a child reports in so many seconds; the wait for the next one is the wait for the moment."""
    end = time.monotonic() + seconds
    reports = []
    while (report := child.next_report(max(0, end - time.monotonic()))) is not None:
        reports.append(report)
    return reports
