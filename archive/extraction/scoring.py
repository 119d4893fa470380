"""How well found spans and facts agree with a careful reading: precision, recall and F1.

A predicted quotation matches one of the reading of the same kind when their spans' intersection over
union is at least the threshold; each is matched once, the best pairs first. Optional quotations of the
reading count neither as hit nor as miss, nor does a prediction that matches one; incidental countries
likewise. What a reading leaves open (null) and the extraction too is agreed, and counts nowhere.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from archive.extraction.phrases import phrase_key
from archive.extraction.spans import overlap

LOOSE, STRICT = 0.5, 0.95

Item = Mapping[str, Any]
Items = Sequence[Item]


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of hits, false alarms and misses."""

    hits: int = 0
    extra: int = 0
    missed: int = 0

    def __add__(self, other: "Score") -> "Score":
        return Score(self.hits + other.hits, self.extra + other.extra, self.missed + other.missed)

    @property
    def precision(self) -> float:
        """Hits among what was predicted; 1 if nothing was."""
        return self.hits / (self.hits + self.extra) if self.hits + self.extra else 1.0

    @property
    def recall(self) -> float:
        """Hits among what is there; 1 if nothing is."""
        return self.hits / (self.hits + self.missed) if self.hits + self.missed else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0

    def without(self, wrong: int) -> "Score":
        """The score when ``wrong`` of the hits are none: each is a false alarm and a miss."""
        return Score(self.hits - wrong, self.extra + wrong, self.missed + wrong)


@dataclass(frozen=True, slots=True)
class Matching:
    """Pairs ``(predicted, read)``, unmatched predictions, and unmatched spans of the reading."""

    pairs: list[tuple[Item, Item]]
    extra: list[Item]
    missed: list[Item]

    @property
    def score(self) -> Score:
        return Score(len(self.pairs), len(self.extra), len(self.missed))


def agreement(first: Item, second: Item) -> float:
    """The overlap of the spans of two items, 0 to 1."""
    return overlap((first["start"], first["end"]), (second["start"], second["end"]))


def match_spans(predicted: Items, read: Items, *, threshold: float = LOOSE) -> Matching:
    """Pair the spans one to one, the best pairs first; what is ``optional`` in the reading is left out."""
    scored = sorted(
        (
            (agreement(first, second), -i, -j)
            for i, first in enumerate(predicted)
            for j, second in enumerate(read)
            if agreement(first, second) >= threshold
        ),
        reverse=True,
    )
    taken: dict[int, int] = {}
    used: set[int] = set()
    for _, minus_i, minus_j in scored:
        if -minus_i not in taken and -minus_j not in used:
            taken[-minus_i] = -minus_j
            used.add(-minus_j)
    return Matching(
        [(predicted[i], read[j]) for i, j in sorted(taken.items()) if not read[j].get("optional")],
        [item for i, item in enumerate(predicted) if i not in taken],
        [item for j, item in enumerate(read) if j not in used and not item.get("optional")],
    )


def match_quotations(predicted: Items, read: Items, *, kind: str, threshold: float = LOOSE) -> Matching:
    """``match_spans`` for the quotations of one kind."""
    return match_spans(of_kind(predicted, kind), of_kind(read, kind), threshold=threshold)


def of_kind(quotations: Items, kind: str) -> list[Item]:
    return [quotation for quotation in quotations if quotation["kind"] == kind]


def match_lines(predicted: Items, read: Items, text: str) -> Matching:
    """``match_spans`` for furniture: either side may give several lines of ``text`` as one span."""
    return match_spans(list(_lines(predicted, text)), list(_lines(read, text)))


def _lines(spans: Items, text: str) -> Iterator[Item]:
    for span in spans:
        at = span["start"]
        for line in text[span["start"] : span["end"]].splitlines(keepends=True):
            if said := line.strip():
                start = at + line.index(said)
                yield {**span, "text": said, "start": start, "end": start + len(said)}
            at += len(line)


def score_countries(predicted: Iterable[Item], read: Iterable[Item]) -> tuple[Score, set[str], set[str]]:
    """Countries found, then those wrongly found and those missed.

    Those that either side calls incidental do not count.
    """
    mine = {item["iso2"]: item.get("salience") for item in predicted}
    theirs = {item["iso2"]: item.get("salience") for item in read}
    neutral = {code for code, salience in theirs.items() if salience == "incidental"}
    wanted = set(theirs) - neutral
    given = {code for code, salience in mine.items() if salience != "incidental"} - neutral
    extra, missed = given - wanted, wanted - given
    return Score(len(wanted & given), len(extra), len(missed)), extra, missed


def score_fact(predicted: object, read: object, *, right: bool) -> Score:
    """The score of one fact that either side may leave open (None): a wrong one is extra and missed."""
    if predicted is None and read is None:
        return Score()
    if right and predicted is not None and read is not None:
        return Score(hits=1)
    return Score(extra=int(predicted is not None), missed=int(read is not None))


def contains(longer: Sequence[str], shorter: Sequence[str]) -> bool:
    """Whether the words ``shorter``, at least one, stand in ``longer`` one after the other."""
    size = len(shorter)
    return bool(size) and any(
        tuple(longer[at : at + size]) == tuple(shorter) for at in range(len(longer) - size + 1)
    )


def alike(first: str, second: str) -> bool:
    """Whether one of two names holds the other word for word; spelling folded."""
    one, other = phrase_key(first), phrase_key(second)
    return contains(one, other) or contains(other, one)
