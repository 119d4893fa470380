"""What the words of a query may name: the phrases in a run of words, and what is found for them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, TypeVar

from archive.arabic.clitics import readings
from search.analysis import Term, terms

LONGEST_PHRASE = 8
# A name of one word is looked for behind joined particles (لبلينكن) only when so many letters remain.
SHORTEST_REST = 4
_AFTER_LATIN = "\u0250"
_GAP = Term("", "", 0, 0, 0, "")

Spelling = tuple[str, ...]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Alternative:
    """Folded words that may stand for the named ones.

    With ``first`` or ``last`` they do so only in articles published on those days or between them
    (inclusive; None leaves that side open).
    """

    spelling: Spelling
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class Name:
    """The words ``start`` to ``end`` (half-open) of a query name something.

    ``speakers`` are the primary keys of those whom they name, if they name any; ``is_title`` when they do
    so by an office.
    """

    start: int
    end: int
    speakers: tuple[int, ...]
    alternatives: tuple[Alternative, ...]
    is_title: bool = False


@dataclass(frozen=True, slots=True)
class Run:
    """The words of one or several runs, and by ``(start, end)`` the ways to read each phrase in them.

    Between two runs stands a word without letters, over which no phrase reaches; ``ends`` are, for each
    word, the end of the run that it is in. A reading is folded words with a space between them: first the
    phrase as it stands, then without the particles that may be joined to its first word. ``keys`` are all
    readings of all phrases.
    """

    words: tuple[Term, ...]
    ends: tuple[int, ...]
    phrases: Mapping[tuple[int, int], tuple[str, ...]]
    keys: frozenset[str]

    @property
    def is_latin(self) -> bool:
        """Whether a word is written in Latin letters."""
        return any(is_latin(word.surface) for word in self.words)

    @property
    def is_of_single_words(self) -> bool:
        """Whether no run has two words."""
        return all(end - start < 2 for start, end in enumerate(self.ends))

    def spelling(self, start: int, end: int) -> Spelling:
        """The folded words from ``start`` to ``end``."""
        return tuple(word.surface for word in self.words[start:end])

    def find(self, known: Mapping[str, T]) -> Iterator[tuple[int, int, T]]:
        """What of ``known`` the run names, the longest phrase at every place, none overlapping another."""
        start = 0
        while start < len(self.words):
            end, value = self._longest(start, known)
            if value is not None:
                yield start, end, value
            start = end

    def _longest(self, start: int, known: Mapping[str, T]) -> tuple[int, T | None]:
        for end in range(min(start + LONGEST_PHRASE, self.ends[start]), start, -1):
            for key in self.phrases[start, end]:
                if key in known:
                    return end, known[key]
        return start + 1, None


def read_runs(runs: Sequence[Sequence[Term]]) -> Run:
    """``runs`` one after the other with their phrases of up to ``LONGEST_PHRASE`` words."""
    words: list[Term] = []
    ends: list[int] = []
    for run in runs:
        end = len(words) + len(run)
        words += (*run, _GAP)
        ends += (*[end] * len(run), end)
    surfaces = [word.surface for word in words]
    phrases = {
        (start, end): tuple(
            " ".join((first, *surfaces[start + 1 : end]))
            for first in unjoined(surfaces[start], SHORTEST_REST if end == start + 1 else 2)
        )
        for start in range(len(words))
        for end in range(start + 1, min(start + LONGEST_PHRASE, ends[start]) + 1)
    }
    keys = frozenset(key for keys in phrases.values() for key in keys)
    return Run(tuple(words), tuple(ends), phrases, keys)


def unjoined(surface: str, shortest: int = SHORTEST_REST) -> list[str]:
    """A folded word, and what it may be without joined particles if ``shortest`` letters remain."""
    return [word for joined, word in readings(surface) if not joined or len(word) >= shortest]


def is_latin(surface: str) -> bool:
    """Whether a folded word is made of Latin letters."""
    return surface.isalpha() and max(surface) < _AFTER_LATIN


@lru_cache(maxsize=16384)
def spelling_of(text: str) -> Spelling:
    """The folded words of ``text``."""
    return tuple(term.surface for term in terms(text))


@lru_cache(maxsize=16384)
def stems_of(text: str) -> Spelling:
    """The stems of the words of ``text``."""
    return tuple(term.stem for term in terms(text))


def phrase_of(text: str) -> str:
    """The folded words of ``text`` with a space between them, as ``Run.phrases`` has them."""
    return " ".join(spelling_of(text))


def spellings_in(attributes: Any) -> list[str]:
    """The spellings in a lexicon entry's attributes, whatever a curator wrote there."""
    spellings = attributes.get("spellings") if isinstance(attributes, dict) else None
    return [one for one in spellings if isinstance(one, str)] if isinstance(spellings, list) else []


def other_spellings(asked: Spelling, spellings: Iterable[Spelling]) -> list[Spelling]:
    """``spellings`` that find more than ``asked`` does: none that contains it or another of them."""
    distinct = dict.fromkeys(filter(None, spellings))
    shorter = (asked, *distinct)
    return [
        spelling
        for spelling in distinct
        if spelling != asked
        and not any(other != spelling and _contains(spelling, other) for other in shorter if other)
    ]


def _contains(words: Spelling, part: Spelling) -> bool:
    return any(words[at : at + len(part)] == part for at in range(len(words) - len(part) + 1))
