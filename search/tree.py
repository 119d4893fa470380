"""A query as a tree: what the reader typed, before anything is looked up.

The root is an ``All``. A ``Word`` that stands directly under the root is wanted, but is let go when no
article has all such words; every other node must hold, wherever it stands.
"""

from dataclasses import dataclass
from datetime import date

from search.analysis import Term


@dataclass(frozen=True, slots=True)
class Word:
    """One word, to be found through any layer."""

    written: str
    term: Term


@dataclass(frozen=True, slots=True)
class Prefix:
    """Words that begin with ``letters`` (folded, at least ``query_language.SHORTEST_PREFIX`` of them)."""

    written: str
    letters: str


@dataclass(frozen=True, slots=True)
class Wildcard:
    """Words that fit a pattern: ``*`` stands for any letters or none, ``?`` for exactly one.

    ``pattern`` is folded and has at least ``query_language.SHORTEST_PREFIX`` letters.
    """

    written: str
    pattern: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """Quoted words, to be found in order as they are spelled, with at most ``slop`` others between them."""

    written: str
    terms: tuple[Term, ...]
    slop: int = 0


@dataclass(frozen=True, slots=True)
class Named:
    """Articles that have a value of a field.

    ``field`` is ``minister``, ``speaker``, ``country``, ``source`` or ``meeting``; ``name``
    is the value as it was typed: a name, a key or a code.
    """

    field: str
    name: str


@dataclass(frozen=True, slots=True)
class Titled:
    """``child`` must be found in a title."""

    child: "Node"


@dataclass(frozen=True, slots=True)
class Dated:
    """Articles published between two days, inclusive; None leaves that side open."""

    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True)
class Required:
    """A word that is never let go."""

    child: "Node"


@dataclass(frozen=True, slots=True)
class Not:
    """Articles in which ``child`` is not found."""

    child: "Node"


@dataclass(frozen=True, slots=True)
class Any:
    """At least one of the children holds."""

    children: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class All:
    """All the children hold."""

    children: tuple["Node", ...]


Node = Word | Prefix | Wildcard | Phrase | Named | Titled | Dated | Required | Not | Any | All
