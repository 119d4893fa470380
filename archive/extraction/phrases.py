"""Finding known phrases among the words of a text, in time linear in the text.

Phrases are compared folded. The first word of an occurrence may carry proclitics (كالسعودية).
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Generic, NamedTuple, TypeVar

from archive.arabic.clitics import readings
from archive.arabic.normalize import fold
from archive.arabic.words import segment

T = TypeVar("T")
# What may follow a first word and what the phrase then means, by the number of words, the longest first.
Continuations = list[tuple[int, dict[tuple[str, ...], tuple[T, ...]]]]
_REMEMBERED = 16384


class Match(NamedTuple, Generic[T]):
    """An occurrence: words ``start`` to before ``end``, the proclitics of its first word, what it means."""

    start: int
    end: int
    proclitics: str
    values: tuple[T, ...]


def phrase_key(text: str) -> tuple[str, ...]:
    """The folded words of ``text``; marks and punctuation do not count."""
    return tuple(fold(word.text) for word in segment(text))


@dataclass(slots=True)
class PhraseIndex(Generic[T]):
    """Phrases by their first word, the longest first."""

    by_first: dict[str, Continuations[T]]
    # Most words begin no phrase, and every text repeats its words: asking once a word is most of the speed.
    _openings: Callable[[str], tuple[tuple[str, Continuations[T]], ...]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._openings = lru_cache(_REMEMBERED)(self._read_openings)

    def _read_openings(self, key: str) -> tuple[tuple[str, Continuations[T]], ...]:
        """The phrases that each reading of a word may begin, with its proclitics, the plainest first."""
        known = self.by_first
        return tuple([(prefix, known[first]) for prefix, first in readings(key) if first in known])

    @classmethod
    def build(cls, phrases: Iterable[tuple[str, T]]) -> "PhraseIndex[T]":
        """An index of ``(phrase, value)`` pairs; a phrase may mean several values."""
        values: dict[tuple[str, ...], list[T]] = {}
        for text, value in phrases:
            key = phrase_key(text)
            if key and value not in values.setdefault(key, []):
                values[key].append(value)
        by_first: dict[str, Continuations[T]] = {}
        for key in sorted(values, key=lambda words: (-len(words), words)):
            continuations = by_first.setdefault(key[0], [])
            if not continuations or continuations[-1][0] != len(key) - 1:
                continuations.append((len(key) - 1, {}))
            continuations[-1][1][key[1:]] = tuple(values[key])
        return cls(by_first)

    def match_at(
        self, keys: Sequence[str], start: int, last: int | None = None, *, proclitics: bool = True
    ) -> Match[T] | None:
        """The longest phrase that begins at word ``start`` and ends by ``last`` (default: the end).

        The plainest reading of the first word wins ties.
        """
        limit = len(keys) if last is None else last
        if start >= limit:
            return None
        key = keys[start]
        openings = self._openings(key) if proclitics else (("", self.by_first.get(key, [])),)
        best: Match[T] | None = None
        for prefix, continuations in openings:
            for more, phrases in continuations:
                end = start + 1 + more
                if best is not None and end <= best.end:
                    break
                values = phrases.get(tuple(keys[start + 1 : end])) if end <= limit else None
                if values is not None:
                    best = Match(start, end, prefix, values)
                    break
        return best

    def find_all(
        self, keys: Sequence[str], first: int = 0, last: int | None = None, *, proclitics: bool = True
    ) -> list[Match[T]]:
        """All occurrences from ``first`` to ``last``, the longest at each place, none overlapping another."""
        found: list[Match[T]] = []
        position, limit = first, len(keys) if last is None else last
        while position < limit:
            begins = not proclitics or self._openings(keys[position])
            match = self.match_at(keys, position, limit, proclitics=proclitics) if begins else None
            if match is None:
                position += 1
            else:
                found.append(match)
                position = match.end
        return found
