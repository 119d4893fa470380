"""What is looked for in the index: the plans that trees compile to and the executor evaluates."""

from dataclasses import dataclass, field
from datetime import date

from search.analysis import Term

# Another spelling of a name counts a little less than the one that was asked for.
ALIAS_WEIGHT = 0.8
LAST_DAY = date.max.toordinal()

Run = tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Way:
    """Words that stand for what was asked, in articles of the days ``first`` to ``last`` (ordinals).

    An undated article passes only when the days are not bounded.
    """

    words: Run
    first: int = 0
    last: int = LAST_DAY

    @property
    def is_bounded(self) -> bool:
        return (self.first, self.last) != (0, LAST_DAY)


@dataclass(frozen=True, slots=True)
class WordPlan:
    """A word through every layer, or one of ``ways`` of other spellings, each counting ``weight``.

    A ``strange`` word, which no list of words knows, may be misspelled: where it is nowhere, what is spelled
    nearly as it is stands for it. A word of a ``title`` of office is worth little where neither the title's
    words stand together nor its holder is named.
    """

    term: Term
    ways: tuple[Way, ...] = ()
    weight: float = ALIAS_WEIGHT
    titled: bool = False
    strange: bool = False
    title: Run = ()


@dataclass(frozen=True, slots=True)
class RunPlan:
    """The first of ``ways`` as it stands, or another of them as another spelling.

    Between the words, in their order, there may be ``slop`` others in all; none of them over a gap.
    """

    ways: tuple[Way, ...]
    titled: bool = False
    slop: int = 0


@dataclass(frozen=True, slots=True)
class PrefixPlan:
    letters: str
    titled: bool = False


@dataclass(frozen=True, slots=True)
class WildcardPlan:
    """Words whose surface fits ``pattern``: ``*`` stands for any letters or none, ``?`` for one letter."""

    pattern: str
    titled: bool = False


@dataclass(frozen=True, slots=True)
class KeyPlan:
    """Articles with one of ``values`` in a field of keys."""

    field: str
    values: frozenset[str]


@dataclass(frozen=True, slots=True)
class DayPlan:
    """Articles published on the days ``first`` to ``last`` (ordinals, inclusive)."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class NotPlan:
    child: "Plan"


@dataclass(frozen=True, slots=True)
class AnyPlan:
    children: tuple["Plan", ...]


@dataclass(frozen=True, slots=True)
class AllPlan:
    children: tuple["Plan", ...]


Plan = WordPlan | RunPlan | PrefixPlan | WildcardPlan | KeyPlan | DayPlan | NotPlan | AnyPlan | AllPlan


@dataclass(slots=True)
class Clause:
    """One thing that an article must have, and what of the text answers it.

    A ``required`` clause is never let go; the others are, when no article has them all. ``times`` is how
    often the query says it. ``terms`` are the words as they were written, and ``pairs`` the stems of them
    and their neighbours, side by side, for the second stage of ranking.
    ``stems``, ``spellings``, ``loose`` (spellings of phrases, each with its slop), ``prefixes`` and
    ``patterns`` are what is marked; with ``exact`` they are of exact forms.
    """

    label: str
    required: bool
    plan: Plan
    times: int = 1
    terms: tuple[Term, ...] = ()
    pairs: tuple[tuple[str, str], ...] = ()
    stems: set[str] = field(default_factory=set)
    spellings: set[tuple[str, ...]] = field(default_factory=set)
    loose: set[tuple[tuple[str, ...], int]] = field(default_factory=set)
    prefixes: set[str] = field(default_factory=set)
    patterns: set[str] = field(default_factory=set)
    exact: bool = False

    @property
    def has_words(self) -> bool:
        """Whether it looks for words, and so can be better or worse answered."""
        return bool(self.spellings or self.loose or self.prefixes or self.patterns)
