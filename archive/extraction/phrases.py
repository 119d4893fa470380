"""Finding known phrases among the words of a text, in time linear in the text.

Phrases are compared folded. The first word of an occurrence may carry proclitics (كالسعودية).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, NamedTuple, TypeVar

from archive.arabic.clitics import readings
from archive.arabic.normalize import fold
from archive.arabic.words import segment

T = TypeVar("T")


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

    by_first: dict[str, list[tuple[tuple[str, ...], tuple[T, ...]]]]

    @classmethod
    def build(cls, phrases: Iterable[tuple[str, T]]) -> "PhraseIndex[T]":
        """An index of ``(phrase, value)`` pairs; a phrase may mean several values."""
        values: dict[tuple[str, ...], list[T]] = {}
        for text, value in phrases:
            key = phrase_key(text)
            if key and value not in values.setdefault(key, []):
                values[key].append(value)
        by_first: dict[str, list[tuple[tuple[str, ...], tuple[T, ...]]]] = {}
        for key in sorted(values, key=lambda words: (-len(words), words)):
            by_first.setdefault(key[0], []).append((key[1:], tuple(values[key])))
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
        best: Match[T] | None = None
        for prefix, first in readings(keys[start]) if proclitics else (("", keys[start]),):
            for rest, values in self.by_first.get(first, ()):
                end = start + 1 + len(rest)
                if best is not None and end <= best.end:
                    break
                if end <= limit and tuple(keys[start + 1 : end]) == rest:
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
            match = self.match_at(keys, position, limit, proclitics=proclitics)
            if match is None:
                position += 1
            else:
                found.append(match)
                position = match.end
        return found
