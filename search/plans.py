"""What is looked for in the index: the plans that trees compile to and the executor evaluates."""

from dataclasses import dataclass
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
    """The first of ``ways`` as it stands, or another of them as another spelling."""

    ways: tuple[Way, ...]
    titled: bool = False


@dataclass(frozen=True, slots=True)
class PrefixPlan:
    letters: str
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


Plan = WordPlan | RunPlan | PrefixPlan | KeyPlan | DayPlan | NotPlan | AnyPlan | AllPlan
