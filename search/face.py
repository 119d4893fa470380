"""The one face of search: a question in, an answer out. Page, command and Haystack all come here."""

import logging
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any as Anything
from typing import TypeVar

import numpy as np
from django.utils.translation import gettext as _

from archive.models import Change, LexiconEntry, Speaker
from search.aliases import find_names
from search.analysis import term_of
from search.compiling import Lookup, compile_tree, word_runs
from search.engine.executor import (
    FACETS,
    LAYERS,
    SORTS,
    Found,
    count_facets,
    find,
    ordered,
    rescore_best,
)
from search.engine.plans import Clause
from search.engine.snapshot import Snapshot, forget_snapshot
from search.engine.store import IndexUnusableError, article_store
from search.facets import FacetValue, label_facets
from search.filters import Filters, eligible, named_keys, resolve_filters
from search.hits import Hit, make_hits
from search.indexing import build_index, drain_changes, withdrawn_meanwhile
from search.query_language import MAX_LENGTH, MAX_WORDS, parse
from search.remarks import remarks_on
from search.tree import All, Any, Named, Node, Not, Required, Titled

__all__ = ["MAX_LIMIT", "MAX_OFFSET", "SORTS", "Answer", "FacetValue", "Filters", "Hit", "search"]

MAX_LIMIT = 1000
MAX_OFFSET = 1_000_000
# Articles with some of the words that are shown after those that count.
MAX_PARTIAL = 10
# A reader waits for no more changes to be written than these.
_DRAINED_AT_MOST = 500

T = TypeVar("T")

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Answer:
    """``total`` counts all that was found, ``hits`` are those of the page asked for.

    ``facets`` count over all that was found. ``notes`` say, in sentences of the page's language, whatever
    the reader should know; ``let_go`` are the words that not every article found has. ``partial`` are the
    best articles with some of the words only, given with the last page by relevance and counted nowhere.
    ``speakers`` are those whom the query names and the articles found quote.
    """

    query: str
    total: int = 0
    took_ms: float = 0.0
    hits: list[Hit] = field(default_factory=list)
    partial: list[Hit] = field(default_factory=list)
    facets: dict[str, list[FacetValue]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    let_go: list[str] = field(default_factory=list)
    speakers: list[Speaker] = field(default_factory=list)
    exact: bool = False

    @property
    def message(self) -> str:
        """The notes as one text; that nothing was found, when nothing else is said."""
        nothing = "" if self.total else _("No article on record matches.")
        return " ".join(self.notes) or nothing

    def as_json(self) -> dict[str, Anything]:
        """What ``manage.py search --json`` prints."""
        return {
            "query": self.query,
            "exact": self.exact,
            "total": self.total,
            "took_ms": self.took_ms,
            "hits": [_hit_as_json(hit) for hit in self.hits],
            "partial": [_hit_as_json(hit) for hit in self.partial],
            "facets": {
                name: [{"value": value.value, "label": value.label, "count": value.count} for value in values]
                for name, values in self.facets.items()
            },
            "let_go": self.let_go,
            "message": self.message,
        }


def _hit_as_json(hit: Hit) -> dict[str, Anything]:
    return {
        "kind": hit.kind,
        "id": hit.id,
        "title": hit.title,
        "url": hit.url,
        "date": hit.date.isoformat() if hit.date else None,
        "source": hit.source or None,
        "score": hit.score,
        "layer": hit.layer or None,
        "snippet": hit.snippet,
    }


@dataclass(frozen=True)
class _Question:
    clauses: list[Clause]
    speakers: list[Speaker]
    notes: list[str]
    exact: bool


def search(
    query: str,
    *,
    filters: Filters = Filters(),  # noqa: B008 - frozen
    sort: str = "relevance",
    offset: int = 0,
    limit: int = 20,
    exact: bool = False,
) -> Answer:
    """Search the published articles. Any text is a valid query.

    An article is found when it has every word of the query that is not a stop word, through any layer
    or other spelling of a name; if none has them all, those that have the most. With ``exact`` a word is
    found only as it is spelled. Without a word, what passes the filters is listed, the newest first.
    ``sort`` is one of ``SORTS`` (anything else is relevance); ``offset`` and ``limit`` are cut at
    ``MAX_OFFSET`` and ``MAX_LIMIT``.
    """
    began = time.perf_counter()
    question = _read_question(query, exact)
    notes = question.notes
    if limit > MAX_LIMIT:
        notes.append(_("At most %(count)s results are shown at once.") % {"count": MAX_LIMIT})
    if offset > MAX_OFFSET:
        notes.append(_("Results after number %(count)s are not shown.") % {"count": MAX_OFFSET})
    page = (
        slice(max(0, offset), max(0, offset) + max(0, min(limit, MAX_LIMIT)))
        if offset <= MAX_OFFSET
        else slice(0, 0)
    )
    found = _answer(question, filters, sort, page, notes)
    return Answer(
        query=query,
        took_ms=round((time.perf_counter() - began) * 1000, 2),
        notes=notes,
        exact=exact,
        **found,
    )


def _read_question(query: str, exact: bool) -> _Question:
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
    notes += [f"{problem} {_('It was looked for as words.')}" for problem in problems]
    stop_words = _stop_words({term.surface for run in runs for term in run})
    clauses = compile_tree(parsed.root, Lookup(names, stop_words, keys), exact=exact)
    speakers = {speaker.pk: speaker for each in names.values() for name in each for speaker in name.speakers}
    return _Question(clauses, list(speakers.values()), notes, exact)


def _named(node: Node) -> Iterator[Named]:
    match node:
        case Named():
            yield node
        case All(children) | Any(children):
            for child in children:
                yield from _named(child)
        case Required(child) | Not(child) | Titled(child):
            yield from _named(child)


def _stop_words(words: set[str]) -> set[str]:
    """Those of ``words`` (folded) that are too common to be looked for."""
    entries = LexiconEntry.objects.filter(category=LexiconEntry.Category.STOP_WORD, key__in=words)
    return set(entries.values_list("key", flat=True))


def _answer(
    question: _Question, filters: Filters, sort: str, page: slice, notes: list[str]
) -> dict[str, Anything]:
    """What was found, as fields of an ``Answer``; adds to ``notes`` what the reader should know."""
    nothing: dict[str, Anything] = {"facets": {name: [] for name in FACETS}}
    if not question.clauses and not filters:
        notes.append(_("Write a word, a name or a phrase, or choose a filter."))
        return nothing
    resolved = resolve_filters(filters)
    if resolved.problems:
        notes += resolved.problems
        return nothing
    withdrawn: set[int] = set()
    if not _catch_up():
        notes.append(_("Recent changes are not indexed yet, so the results may lack them."))
        withdrawn = withdrawn_meanwhile()
    sorting = sort if sort in SORTS else "relevance"
    if sorting == "relevance" and not any(clause.has_words for clause in question.clauses):
        sorting = "newest"

    # Of one word, an exact spelling stands before a folded one; of several, the better article does.
    layered = sum(clause.has_words for clause in question.clauses) == 1

    def look(snapshot: Snapshot) -> _Looked:
        visible = ~np.isin(snapshot.primary_keys, list(withdrawn))
        found = find(
            snapshot,
            question.clauses,
            among=eligible(snapshot, resolved) & visible,
            visible=visible,
            date_from=filters.date_from,
            date_to=filters.date_to,
            exact=question.exact,
        )
        if sorting == "relevance":
            rescore_best(snapshot, found, question.clauses)
        layers = found.layers if layered else None
        documents = ordered(snapshot, found.mask, found.scores, sorting, layers)
        some: list[int] = []
        if sorting == "relevance" and not found.let_go and page.start < len(documents) <= page.stop:
            some = ordered(snapshot, found.partial, found.scores, sorting)[:MAX_PARTIAL].tolist()
        return _Looked(
            found,
            _described(snapshot, found, documents[page].tolist()),
            _described(snapshot, found, some),
            count_facets(snapshot, found.mask),
            len(documents),
        )

    try:
        looked = _consult(look)
    except Exception:  # whatever the index, the disk or the building says, the reader gets a sentence
        logger.exception("The index cannot be read or built.")
        notes.append(_("The index is being built. Ask again in a moment."))
        return nothing
    notes += remarks_on(looked.found)
    for clause in question.clauses:
        for term in clause.terms:
            clause.stems.update(term_of(other).stem for other in looked.found.similar.get(term.surface, ()))
    speakers = frozenset(map(int, resolved.values.get("speaker", ())))
    return {
        "total": looked.total,
        "hits": make_hits(looked.hits, question.clauses, speakers=speakers),
        "partial": make_hits(looked.partial, question.clauses, speakers=speakers) if looked.partial else [],
        "facets": label_facets(looked.facets),
        "let_go": looked.found.let_go,
        "speakers": [each for each in question.speakers if looked.facets["speaker"][str(each.pk)]],
    }


@dataclass(frozen=True)
class _Looked:
    """What one look into the index gives; hits are (primary key, score, layer)."""

    found: Found
    hits: list[tuple[int, float, str]]
    partial: list[tuple[int, float, str]]
    facets: dict[str, Counter[str]]
    total: int


def _described(snapshot: Snapshot, found: Found, documents: list[int]) -> list[tuple[int, float, str]]:
    return [
        (int(snapshot.primary_keys[each]), float(found.scores[each]), LAYERS[found.layers[each]])
        for each in documents
    ]


def _catch_up() -> bool:
    """Whether the index has all changes, after one try to write those that wait without waiting oneself."""
    if not Change.objects.exists():
        return True
    drain_changes(wait=0, limit=_DRAINED_AT_MOST)
    return not Change.objects.exists()


def _consult(look: Callable[[Snapshot], T]) -> T:
    """What ``look`` finds in the latest generation.

    An index that is missing, cannot be read or proves damaged on the way (almost any exception) is
    opened once more and then built anew; what is raised after that is passed on.
    """
    store = article_store()
    for _attempt in range(2):
        try:
            return look(store.snapshot())
        except IndexUnusableError as error:
            reason: Exception = error
        except Exception as error:
            logger.exception("The index is damaged.")
            reason = error
        forget_snapshot(store.folder)
    logger.warning("The index is built anew: %s", reason)
    build_index()
    return look(store.snapshot())
