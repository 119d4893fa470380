"""How well an extraction agrees with a careful reading: precision, recall and F1.

A predicted quotation matches one of the reading of the same kind when their spans' intersection over
union is at least the threshold; each is matched once, the best pairs first. Optional quotations of the
reading count neither as hit nor as miss, nor does a prediction that matches one; incidental countries
likewise. The speaker is right when the printed name is the canonical one or a spelling of it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from archive.extraction.phrases import phrase_key

LOOSE, STRICT = 0.5, 0.95


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


def overlap(first: Mapping[str, Any], second: Mapping[str, Any]) -> float:
    """Intersection over union of two spans, 0 to 1."""
    common = min(first["end"], second["end"]) - max(first["start"], second["start"])
    union = max(first["end"], second["end"]) - min(first["start"], second["start"])
    return max(0, common) / union if union > 0 else 0.0


Quotes = Sequence[Mapping[str, Any]]
Pairing = list[tuple[Mapping[str, Any], Mapping[str, Any]]]


def match_quotations(
    predicted: Quotes, read: Quotes, *, kind: str, threshold: float = LOOSE
) -> tuple[Pairing, list[Mapping[str, Any]], list[Mapping[str, Any]]]:
    """Pairs ``(predicted, read)``, unmatched predictions, and unmatched quotations of the reading.

    Pairs with optional ones and unmatched optional ones are left out.
    """
    mine = [quote for quote in predicted if quote["kind"] == kind]
    theirs = [quote for quote in read if quote["kind"] == kind]
    scored = sorted(
        (
            (overlap(first, second), -i, -j)
            for i, first in enumerate(mine)
            for j, second in enumerate(theirs)
            if overlap(first, second) >= threshold
        ),
        reverse=True,
    )
    taken: dict[int, int] = {}
    used: set[int] = set()
    for _, minus_i, minus_j in scored:
        if -minus_i not in taken and -minus_j not in used:
            taken[-minus_i] = -minus_j
            used.add(-minus_j)
    pairs = [(mine[i], theirs[j]) for i, j in sorted(taken.items()) if not theirs[j].get("optional")]
    extra = [quote for i, quote in enumerate(mine) if i not in taken]
    missed = [quote for j, quote in enumerate(theirs) if j not in used and not quote.get("optional")]
    return pairs, extra, missed


def same_name(printed: str | None, spellings: Iterable[str]) -> bool:
    """Whether a printed name is one of the spellings, or contains or is contained in one word for word."""
    if not printed:
        return False
    words = phrase_key(printed)
    for spelling in spellings:
        other = phrase_key(spelling)
        shorter, longer = sorted((words, other), key=len)
        if shorter and any(
            longer[at : at + len(shorter)] == shorter for at in range(len(longer) - len(shorter) + 1)
        ):
            return True
    return False


def score_quotations(
    predicted: Quotes,
    read: Quotes,
    spellings: Mapping[str, Sequence[str]],
    *,
    kind: str,
    threshold: float = LOOSE,
) -> tuple[Score, Score]:
    """Two scores: quotations found, and quotations found with the right speaker.

    ``spellings`` maps the reading's speaker ids to the names that count as right.
    """
    pairs, extra, missed = match_quotations(predicted, read, kind=kind, threshold=threshold)
    right = sum(
        same_name(mine["speaker"]["name_ar"], spellings.get(theirs["speaker"]["id"], ()))
        for mine, theirs in pairs
    )
    found = Score(len(pairs), len(extra), len(missed))
    wrong = len(pairs) - right
    return found, Score(right, len(extra) + wrong, len(missed) + wrong)


def score_countries(predicted: Iterable[Mapping[str, Any]], read: Iterable[Mapping[str, Any]]) -> Score:
    """Countries found; those that either side calls incidental do not count."""
    mine = {item["iso2"]: item["salience"] for item in predicted}
    theirs = {item["iso2"]: item["salience"] for item in read}
    neutral = {code for code, salience in theirs.items() if salience == "incidental"}
    wanted = set(theirs) - neutral
    given = {code for code, salience in mine.items() if salience != "incidental"} - neutral
    return Score(len(wanted & given), len(given - wanted), len(wanted - given))
