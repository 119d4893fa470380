"""Two versions of one statement beside each other, word by word.

Diacritics, punctuation, the spelling of hamza and the like, and spaces («لا يزال»، «لايزال») do not count
as difference. What stands before or after all that the other version reports is no difference either:
the other does not reach so far.
"""

from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import NamedTuple

from archive.arabic.normalize import fold
from archive.arabic.words import segment


class Relation(StrEnum):
    """How a run of words stands to the other version."""

    SAME = "same"
    DIFFERENT = "different"
    BEYOND = "beyond"


@dataclass(frozen=True, slots=True)
class Run:
    """A run of a version's text. The spaces and signs between two runs are a run of their own, the same."""

    text: str
    relation: Relation


@dataclass(frozen=True, slots=True)
class Side:
    """One version: its runs, which joined are its text, and how many of its words are what."""

    runs: tuple[Run, ...]
    words: int
    different: int
    beyond: int


@dataclass(frozen=True, slots=True)
class Counterparts:
    """Differing words and those that stand in their place; either may be empty."""

    one: str
    other: str


@dataclass(frozen=True, slots=True)
class Collation:
    one: Side
    other: Side
    differences: tuple[Counterparts, ...]


class _Unit(NamedTuple):
    """A word, or two that the other version writes as one; ``start`` and ``end`` in the text."""

    key: str
    start: int
    end: int
    words: int


class _Stretch(NamedTuple):
    """Units ``first`` to before ``last`` of one version."""

    first: int
    last: int
    relation: Relation


def collate(one: str, other: str) -> Collation:
    """Compare two versions. At worst quadratic in their words."""
    mine, theirs = _units(one), _units(other)
    mine, theirs = _join_as(mine, one, theirs), _join_as(theirs, other, mine)
    matcher = SequenceMatcher(None, [unit.key for unit in mine], [unit.key for unit in theirs], False)
    lefts: list[_Stretch] = []
    rights: list[_Stretch] = []
    differences = []
    for tag, first, last, low, high in matcher.get_opcodes():
        relation = Relation.SAME if tag == "equal" else Relation.DIFFERENT
        at_edge = (first, low) == (0, 0) or (last, high) == (len(mine), len(theirs))
        if at_edge and (first == last or low == high):
            relation = Relation.BEYOND
        if relation is Relation.DIFFERENT:
            differences.append(Counterparts(_text(one, mine[first:last]), _text(other, theirs[low:high])))
        lefts.append(_Stretch(first, last, relation))
        rights.append(_Stretch(low, high, relation))
    return Collation(_side(one, mine, lefts), _side(other, theirs, rights), tuple(differences))


def _units(text: str) -> list[_Unit]:
    words = ((fold(word.text), word.start, word.end) for word in segment(text))
    return [_Unit(key, start, end, 1) for key, start, end in words if key]


def _join_as(units: list[_Unit], text: str, others: list[_Unit]) -> list[_Unit]:
    """The units, with two that only a space parts made one where ``others`` have them as one word."""
    whole = {unit.key for unit in others}
    joined: list[_Unit] = []
    for unit in units:
        before = joined[-1] if joined else None
        if (
            before is not None
            and before.words == 1
            and before.key + unit.key in whole
            and text[before.end : unit.start].isspace()
        ):
            joined[-1] = _Unit(before.key + unit.key, before.start, unit.end, 2)
        else:
            joined.append(unit)
    return joined


def _text(text: str, units: list[_Unit]) -> str:
    return text[units[0].start : units[-1].end] if units else ""


def _side(text: str, units: list[_Unit], stretches: list[_Stretch]) -> Side:
    runs: list[Run] = []
    counts = dict.fromkeys(Relation, 0)
    at = 0
    for first, last, relation in stretches:
        if first == last:
            continue
        start, end = units[first].start, units[last - 1].end
        if at < start:
            runs.append(Run(text[at:start], Relation.SAME))
        runs.append(Run(text[start:end], relation))
        counts[relation] += sum(unit.words for unit in units[first:last])
        at = end
    if at < len(text):
        runs.append(Run(text[at:], Relation.SAME))
    return Side(tuple(runs), sum(counts.values()), counts[Relation.DIFFERENT], counts[Relation.BEYOND])
