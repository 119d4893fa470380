"""From a tree to Whoosh queries over the layers of the article index."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from whoosh import query

from search.analysis import Term
from search.tree import All, Phrase, Word

# Measured on three collections (relevance notes): a heavier title or surface loses.
STEM_WEIGHT, SURFACE_WEIGHT, TITLE_WEIGHT = 1.0, 0.4, 0.5
# Another spelling of a name counts a little less than the one that was asked for.
ALIAS_WEIGHT = 0.8
# Particles that another spelling of one word may be joined to; a shorter name takes و alone.
JOINED = ("و", "ف", "ب", "ل", "ك", "ول", "وب")
SHORTEST_JOINED = 4
MAX_PHRASES = 48

Spelling = tuple[str, ...]


@dataclass(slots=True)
class Clause:
    """One thing that an article must have, in any of several ``ways``, and what of the text it marks.

    A ``required`` clause is never let go; the others are, when no article has them all.
    """

    label: str
    required: bool
    ways: list[query.Query]
    stems: set[str] = field(default_factory=set)
    phrases: set[Spelling] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Alias:
    """Other ``spellings`` of the terms ``start`` to ``end`` (half-open) of a run of words or a phrase."""

    start: int
    end: int
    spellings: tuple[Spelling, ...]


def word_runs(root: All) -> Iterator[tuple[Term, ...]]:
    """The runs of neighbouring words, and the phrases, in the order in which they stand in the tree."""
    run: list[Term] = []
    for child in root.children:
        if isinstance(child, Word):
            run.append(child.term)
            continue
        if run:
            yield tuple(run)
            run = []
        if isinstance(child, Phrase):
            yield child.terms
    if run:
        yield tuple(run)


def compile_tree(
    root: All, *, aliases: Mapping[tuple[Term, ...], Sequence[Alias]], stop_words: Collection[str]
) -> list[Clause]:
    """The clauses of a tree; ``aliases`` by the runs that ``word_runs`` gives.

    Stop words are dropped, unless there is nothing else.
    """
    phrases = [child for child in root.children if isinstance(child, Phrase)]
    words = [child for child in root.children if isinstance(child, Word)]
    content = [word for word in words if word.term.surface not in stop_words]
    kept = content if content or phrases else words
    others: dict[Term, list[Spelling]] = {}
    for run, found in aliases.items():
        for alias in found:
            for term in run[alias.start : alias.end]:
                others.setdefault(term, []).extend(alias.spellings)
    clauses: dict[tuple[str, ...], Clause] = {}
    for word in kept:
        clauses.setdefault((word.term.surface,), _word(word, others.get(word.term, ())))
    for phrase in phrases:
        key = ("", *(term.surface for term in phrase.terms))
        clauses.setdefault(key, _phrase(phrase, aliases.get(phrase.terms, ())))
    return list(clauses.values())


def _word(word: Word, others: Sequence[Spelling]) -> Clause:
    term = word.term
    ways: list[query.Query] = [
        query.Term("stem", term.stem, boost=STEM_WEIGHT),
        query.Term("surface", term.surface, boost=SURFACE_WEIGHT),
        query.Term("title", term.stem, boost=TITLE_WEIGHT),
    ]
    spellings: set[Spelling] = {(term.surface,)}
    for spelling in others:
        forms = _joined(spelling)
        spellings.update(forms)
        ways += [_run(form, ALIAS_WEIGHT) for form in forms]
    return Clause(word.written, False, ways, {term.stem}, spellings)


def _phrase(phrase: Phrase, aliases: Sequence[Alias]) -> Clause:
    asked = tuple(term.surface for term in phrase.terms)
    spellings = [asked]
    for alias in reversed(aliases):
        spellings += [
            spelling[: alias.start] + other + spelling[alias.end :]
            for spelling in spellings[: MAX_PHRASES // (len(alias.spellings) + 1) + 1]
            for other in alias.spellings
        ]
    spellings = spellings[:MAX_PHRASES]
    ways = [_run(spelling, 1.0 if spelling == asked else ALIAS_WEIGHT) for spelling in spellings]
    return Clause(f"«{phrase.written}»", True, ways, set(), set(spellings))


def _run(spelling: Spelling, weight: float) -> query.Query:
    if len(spelling) == 1:
        return query.Term("surface", spelling[0], boost=weight)
    return query.Phrase("surface", list(spelling), boost=weight)


def _joined(spelling: Spelling) -> list[Spelling]:
    if len(spelling) > 1 or spelling[0].isascii():
        return [spelling]
    particles = JOINED if len(spelling[0]) >= SHORTEST_JOINED else JOINED[:1]
    return [spelling, *((particle + spelling[0],) for particle in particles)]
