"""A query as a tree: what the reader typed, before anything is looked up."""

from dataclasses import dataclass

from search.analysis import Term


@dataclass(frozen=True, slots=True)
class Word:
    """One word, to be found through any layer."""

    written: str
    term: Term


@dataclass(frozen=True, slots=True)
class Phrase:
    """Quoted words, to be found side by side and in order as they are spelled."""

    written: str
    terms: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class All:
    """Everything in it is wanted. The root of every tree; operators bring other nodes beside it."""

    children: tuple["Node", ...]


Node = Word | Phrase | All
