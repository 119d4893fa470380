"""A reader's question: what the words of a query mean, ready to be looked for."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from search.aliases import find_names
from search.compiling import Lookup, compile_tree, word_runs
from search.engine.plans import Clause
from search.meanings import named_keys, stop_words
from search.query_language import MAX_LENGTH, MAX_WORDS, parse
from search.tree import All, Any, Named, Node, Not, Required, Titled


@dataclass(frozen=True, slots=True)
class Question:
    """What a query asks for.

    ``speakers`` are the primary keys of those whom it names; ``notes`` say what of it was changed.
    """

    clauses: list[Clause]
    speakers: list[int]
    notes: list[str]
    exact: bool

    @property
    def has_words(self) -> bool:
        """Whether it looks for words, so that one answer can be better than another."""
        return any(clause.has_words for clause in self.clauses)

    @property
    def is_layered(self) -> bool:
        """Whether an exact spelling stands before a folded one: of one word; of several, better ones do."""
        return sum(clause.has_words for clause in self.clauses) == 1


def read_question(query: str, *, exact: bool = False) -> Question:
    """Parse ``query`` and look up what it names. Any text is a valid query."""
    parsed = parse(query)
    notes = []
    if parsed.shortened:
        notes.append(
            _("The query is too long: only its first %(words)s words and %(characters)s characters count.")
            % {"words": MAX_WORDS, "characters": MAX_LENGTH}
        )
    notes += parsed.remarks
    runs = list(dict.fromkeys(word_runs(parsed.root)))
    names = {} if exact else find_names(runs)
    named = named_keys((node.field, node.name) for node in _named(parsed.root))
    keys = {pair: values for pair, (values, _problem) in named.items()}
    problems = filter(None, (problem for _values, problem in named.values()))
    as_words = _("It was looked for as words.")
    notes += [f"{problem} {as_words}" for problem in problems]
    clauses = compile_tree(
        parsed.root, Lookup(names, stop_words() if runs else frozenset(), keys), exact=exact
    )
    speakers = dict.fromkeys(pk for each in names.values() for name in each for pk in name.speakers)
    return Question(clauses, list(speakers), notes, exact)


def _named(node: Node) -> Iterator[Named]:
    match node:
        case Named():
            yield node
        case All(children) | Any(children):
            for child in children:
                yield from _named(child)
        case Required(child) | Not(child) | Titled(child):
            yield from _named(child)
