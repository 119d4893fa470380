"""From a tree to what is looked for: clauses of plans over the layers of the index."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from search.analysis import Term, term_of, terms
from search.engine.plans import (
    ALIAS_WEIGHT,
    LAST_DAY,
    AllPlan,
    AnyPlan,
    Clause,
    DayPlan,
    KeyPlan,
    NotPlan,
    Plan,
    PrefixPlan,
    Run,
    RunPlan,
    Way,
    WildcardPlan,
    WordPlan,
)
from search.names import Alternative, Name
from search.query_wildcards import exact_pattern
from search.tree import All, Any, Dated, Named, Node, Not, Phrase, Prefix, Required, Titled, Wildcard, Word
from search.vocabulary import is_known

# Particles that another spelling of one word may be joined to; a shorter name takes و alone.
JOINED = ("و", "ف", "ب", "ل", "ك", "ول", "وب")
SHORTEST_JOINED = 4
MAX_PHRASES = 48
# A word that is one of these also means the articles published in that year.
YEARS = frozenset(map(str, range(1990, 2100)))


@dataclass(frozen=True, slots=True)
class Lookup:
    """What the database knows of a query: the ``names`` in its runs of words, which words are too common to
    be looked for, and by field and name the keys of what its fields name."""

    names: Mapping[Run, Sequence[Name]] = field(default_factory=dict)
    stop_words: Collection[str] = ()
    keys: Mapping[tuple[str, str], frozenset[str]] = field(default_factory=dict)


def word_runs(node: Node) -> Iterator[Run]:
    """The runs of neighbouring words, the phrases and the names in fields, as they stand in the tree."""
    match node:
        case All(children):
            run: list[Term] = []
            for child in children:
                if isinstance(child, Word):
                    run.append(child.term)
                    continue
                if run:
                    yield tuple(run)
                    run = []
                yield from word_runs(child)
            if run:
                yield tuple(run)
        case Any(children):
            for child in children:
                yield from word_runs(child)
        case Titled(child) | Required(child) | Not(child):
            yield from word_runs(child)
        case Word():
            yield (node.term,)
        case Phrase():
            yield node.terms
        case Named():
            if words := named_words(node):
                yield words


def named_words(node: Named) -> Run:
    """The words of what a field names."""
    return tuple(terms(node.name))


def compile_tree(root: All, lookup: Lookup, *, exact: bool = False) -> list[Clause]:
    """The clauses of a tree; with ``exact`` words are looked for as they are spelled and nothing else.

    Stop words are dropped, unless there is nothing else. A field that names nothing is words.
    """
    compiler = _Compiler(root, lookup, exact)
    children = [each for child in root.children for each in compiler.read(child)]
    words = [child for child in children if isinstance(child, Word)]
    others = [child for child in children if not isinstance(child, Word)]
    content = [word for word in words if word.term.surface not in lookup.stop_words]
    kept = content if content or others else words
    pairs = _pairs(children, {word.term for word in kept})
    clauses: dict[str, Clause] = {}
    for word in kept:
        key = word.term.exact if exact else word.term.surface
        if key in clauses:
            clauses[key].times += 1
        else:
            clauses[key] = compiler.clause(word, word.written, required=False)
        if word.term.surface not in compiler.titles:
            clauses[key].pairs += pairs.get(word.term, ())
    compiled = list(clauses.values())
    for node in others:
        compiled.append(compiler.clause(node, _label(node), required=True))
    return compiled


def _pairs(children: Sequence[Node], kept: Collection[Term]) -> dict[Term, tuple[tuple[str, str], ...]]:
    """The pairs of neighbouring words, stop words among them, by a kept word in each."""
    found: dict[Term, tuple[tuple[str, str], ...]] = {}
    for left, right in pairwise(children):
        if isinstance(left, Word) and isinstance(right, Word):
            owner = left.term if left.term in kept else right.term
            if owner in kept:
                found[owner] = (*found.get(owner, ()), (left.term.stem, right.term.stem))
    return found


def _label(node: Node) -> str:
    match node:
        case Word(written) | Prefix(written) | Wildcard(written):
            return written
        case Phrase(written, _terms, slop):
            return f"«{written}»" + (f"~{slop}" if slop else "")
        case Required(child) | Titled(child):
            return _label(child)
    return ""


class _Compiler:
    """Turns the nodes of one tree into plans, and collects what each clause marks."""

    def __init__(self, root: All, lookup: Lookup, exact: bool) -> None:
        self._lookup = lookup
        self._exact = exact
        self._ways: dict[str, tuple[list[Alternative], int]] = {}
        self.titles: dict[str, Run] = {}
        for run, names in lookup.names.items():
            for name in names:
                length = 1 if name.is_title else name.end - name.start
                for term in run[name.start : name.end]:
                    if name.is_title:
                        self.titles[term.surface] = run[name.start : name.end]
                    known, longest = self._ways.get(term.surface, ([], 1))
                    self._ways[term.surface] = [*known, *name.alternatives], max(longest, length)

    def read(self, node: Node) -> Sequence[Node]:
        """A node of the root, or the words of a field that names nothing: a headline may have a colon."""
        if isinstance(node, Named) and self._names_nothing(node):
            return [Word(node.name[term.start : term.end], term) for term in named_words(node)]
        return [node]

    def _names_nothing(self, node: Named) -> bool:
        return node.field != "minister" and not self._lookup.keys.get((node.field, node.name))

    def clause(self, node: Node, label: str, *, required: bool) -> Clause:
        clause = Clause(label, required, KeyPlan("", frozenset()), exact=self._exact)
        clause.plan = self._plan(node, clause, titled=False, marked=True)
        return clause

    def _plan(self, node: Node, clause: Clause, *, titled: bool, marked: bool) -> Plan:
        match node:
            case Word():
                return self._word(node.term, clause, titled, marked)
            case Prefix(written, letters):
                letters = _written_letters(written) if self._exact else letters
                if marked:
                    clause.prefixes.add(letters)
                return PrefixPlan(letters, titled)
            case Wildcard(written, pattern):
                pattern = exact_pattern(written) if self._exact else pattern
                if marked:
                    clause.patterns.add(pattern)
                return WildcardPlan(pattern, titled)
            case Phrase(_written, words, slop):
                return self._run(words, clause, titled, marked, slop)
            case Titled(child):
                return self._plan(child, clause, titled=True, marked=marked)
            case Required(child):
                return self._plan(child, clause, titled=titled, marked=marked)
            case Not(child):
                return NotPlan(self._plan(child, clause, titled=titled, marked=False))
            case Named(field_name, name):
                return self._named(node, field_name, name, clause, marked)
            case Dated(first, last):
                return DayPlan(first.toordinal() if first else 1, last.toordinal() if last else LAST_DAY)
            case Any(children):
                return AnyPlan(
                    tuple(self._plan(child, clause, titled=titled, marked=marked) for child in children)
                )
            case All(children):
                kept = [child for child in children if not self._is_stop_word(child)] or children
                return AllPlan(
                    tuple(self._plan(child, clause, titled=titled, marked=marked) for child in kept)
                )

    def _is_stop_word(self, node: Node) -> bool:
        return isinstance(node, Word) and node.term.surface in self._lookup.stop_words

    def _word(self, term: Term, clause: Clause, titled: bool, marked: bool) -> Plan:
        ways: tuple[Way, ...] = ()
        length = 1
        if not self._exact:
            alternatives, length = self._ways.get(term.surface, ([], 1))
            ways = tuple(dict.fromkeys(way for each in alternatives for way in ways_of(each)))
        title = self.titles.get(term.surface, ())
        if marked:
            # Letters of a title that lie about are no reason to look at an article again.
            clause.terms += () if title else (term,)
            if self._exact:
                clause.spellings.add((term.exact,))
            else:
                clause.stems.add(term.stem)
                clause.spellings.add((term.surface,))
                clause.spellings.update(tuple(word.surface for word in way.words) for way in ways)
        strange = marked and not (self._exact or is_known(term.surface))
        plan = WordPlan(term, ways, ALIAS_WEIGHT / length, titled, strange, title)
        if term.surface in YEARS and marked and not (titled or self._exact):
            year = int(term.surface)
            return AnyPlan((plan, DayPlan(date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal())))
        return plan

    def _run(self, words: Run, clause: Clause, titled: bool, marked: bool, slop: int = 0) -> RunPlan:
        # Each way with the place before which its words still are those asked for: names may overlap, and
        # are exchanged from the last one to the first.
        found = [(Way(words), len(words))]
        names = () if self._exact else self._lookup.names.get(words, ())
        for name in sorted(names, key=lambda each: -each.start):
            room = MAX_PHRASES // (len(name.alternatives) + 1) + 1
            found += [
                (_exchanged(way, name, other), name.start)
                for way, untouched in found[:room]
                if name.end <= untouched
                for other in map(_way, name.alternatives)
            ]
        ways = list(dict.fromkeys(way for way, _untouched in found))[:MAX_PHRASES]
        if marked:
            clause.terms += words
            clause.pairs += tuple((left.stem, right.stem) for left, right in pairwise(words))
            layer = "exact" if self._exact else "surface"
            spellings = {tuple(getattr(word, layer) for word in way.words) for way in ways}
            if slop:
                clause.loose.update((spelling, slop) for spelling in spellings)
            else:
                clause.spellings |= spellings
        return RunPlan(tuple(ways), titled, slop)

    def _named(self, node: Named, field_name: str, name: str, clause: Clause, marked: bool) -> Plan:
        keys = self._lookup.keys.get((field_name, name), frozenset())
        words = named_words(node)
        if self._names_nothing(node):
            return AllPlan(tuple(self._word(word, clause, False, marked) for word in words))
        if field_name != "minister":
            return KeyPlan(field_name, keys)
        said = KeyPlan("speaker", keys)
        return AnyPlan((said, self._run(words, clause, False, marked))) if words else said


def _written_letters(prefix: str) -> str:
    """The letters before a star in their exact form."""
    return "".join(term.exact for term in terms(prefix))


def ways_of(alternative: Alternative) -> Iterator[Way]:
    """A spelling, and with the particles that may be joined to its first word."""
    way = _way(alternative)
    yield way
    first = way.words[0].surface
    if first.isascii():
        return
    for particle in JOINED if len(first) >= SHORTEST_JOINED else JOINED[:1]:
        forms = [particle + first]
        if particle.endswith("ل") and first.startswith("ال"):
            forms.append(particle + first[1:])  # ل and the article make لل: للعراق
        for form in forms:
            yield Way((term_of(form), *way.words[1:]), way.first, way.last)


def _exchanged(way: Way, name: Name, other: Way) -> Way:
    return Way(
        way.words[: name.start] + other.words + way.words[name.end :],
        max(way.first, other.first),
        min(way.last, other.last),
    )


def _way(alternative: Alternative) -> Way:
    return Way(
        tuple(map(term_of, alternative.spelling)),
        alternative.first.toordinal() if alternative.first else 0,
        alternative.last.toordinal() if alternative.last else LAST_DAY,
    )
