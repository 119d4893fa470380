"""The one face of search: a question in, an answer out. Page, command and Haystack all come here."""

import logging
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from archive.models import Change, LexiconEntry, Speaker
from search.aliases import Name, find_names
from search.compiling import Alias, Clause, compile_tree, word_runs
from search.executor import FACETS, SORTS, Found, count_facets, find, ordered
from search.facets import FacetValue, label_facets
from search.filters import Filters, eligible, resolve_filters
from search.hits import Hit, make_hits
from search.indexing import build_index, drain_changes, withdrawn_meanwhile
from search.query_language import MAX_LENGTH, MAX_WORDS, parse
from search.snapshot import Snapshot, forget_snapshot
from search.store import IndexUnusableError, article_store

__all__ = ["MAX_LIMIT", "MAX_OFFSET", "SORTS", "Answer", "FacetValue", "Filters", "Hit", "search"]

MAX_LIMIT = 1000
MAX_OFFSET = 1_000_000
# A reader waits for no more changes to be written than these.
_DRAINED_AT_MOST = 500

T = TypeVar("T")

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Answer:
    """``total`` counts all that was found, ``hits`` are those of the page asked for.

    ``facets`` count over all that was found. ``message`` says, in sentences of the page's language,
    whatever the reader should know; ``speakers`` are those whom the query names.
    """

    query: str
    total: int = 0
    took_ms: float = 0.0
    hits: list[Hit] = field(default_factory=list)
    facets: dict[str, list[FacetValue]] = field(default_factory=dict)
    message: str = ""
    speakers: list[Speaker] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """What ``manage.py search --json`` prints."""
        return {
            "query": self.query,
            "total": self.total,
            "took_ms": self.took_ms,
            "hits": [
                {
                    "kind": hit.kind,
                    "id": hit.id,
                    "title": hit.title,
                    "url": hit.url,
                    "date": hit.date.isoformat() if hit.date else None,
                    "source": hit.source or None,
                    "score": hit.score,
                    "snippet": hit.snippet,
                }
                for hit in self.hits
            ],
            "facets": {
                name: [{"value": value.value, "label": value.label, "count": value.count} for value in values]
                for name, values in self.facets.items()
            },
            "message": self.message,
        }


@dataclass(frozen=True)
class _Question:
    clauses: list[Clause]
    names: list[Name]
    shortened: bool


def search(
    query: str,
    *,
    filters: Filters = Filters(),  # noqa: B008 - frozen
    sort: str = "relevance",
    offset: int = 0,
    limit: int = 20,
) -> Answer:
    """Search the published articles. Any text is a valid query.

    An article is found when it has every word of the query that is not a stop word, through any layer
    or other spelling of a name; if none has them all, those that have the most. Without a word, a
    filter lists all that passes it, the newest first. ``sort`` is one of ``SORTS`` (anything else is
    relevance); ``offset`` and ``limit`` are cut at ``MAX_OFFSET`` and ``MAX_LIMIT``.
    """
    began = time.perf_counter()
    question = _read_question(query)
    notes = []
    if question.shortened:
        notes.append(
            _("The query is too long: only its first %(words)s words and %(characters)s characters count.")
            % {"words": MAX_WORDS, "characters": MAX_LENGTH}
        )
    if limit > MAX_LIMIT:
        notes.append(_("At most %(count)s results are shown at once.") % {"count": MAX_LIMIT})
    if offset > MAX_OFFSET:
        notes.append(_("Results after number %(count)s are not shown.") % {"count": MAX_OFFSET})
    page = (
        slice(max(0, offset), max(0, offset) + max(0, min(limit, MAX_LIMIT)))
        if offset <= MAX_OFFSET
        else slice(0)
    )
    found = _answer(question, filters, sort, page, notes)
    return Answer(
        query=query,
        took_ms=round((time.perf_counter() - began) * 1000, 2),
        message=" ".join(notes),
        speakers=list({speaker.pk: speaker for name in question.names for speaker in name.speakers}.values()),
        **found,
    )


def _read_question(query: str) -> _Question:
    parsed = parse(query)
    runs = list(dict.fromkeys(word_runs(parsed.root)))
    names = {run: find_names(run) for run in runs}
    aliases = {
        run: [Alias(name.start, name.end, name.alternatives) for name in found]
        for run, found in names.items()
    }
    stop_words = _stop_words({term.surface for run in runs for term in run})
    clauses = compile_tree(parsed.root, aliases=aliases, stop_words=stop_words)
    return _Question(clauses, [name for found in names.values() for name in found], parsed.shortened)


def _stop_words(words: set[str]) -> set[str]:
    """Those of ``words`` (folded) that are too common to be looked for."""
    entries = LexiconEntry.objects.filter(category=LexiconEntry.Category.STOP_WORD, key__in=words)
    return set(entries.values_list("key", flat=True))


def _answer(
    question: _Question, filters: Filters, sort: str, page: slice, notes: list[str]
) -> dict[str, Any]:
    """``total``, ``hits`` and ``facets``; adds to ``notes`` what the reader should know."""
    nothing: dict[str, Any] = {"facets": {name: [] for name in FACETS}}
    if not question.clauses and not filters:
        notes.append(_("Write a word, a name or a phrase, or choose a filter."))
        return nothing
    resolved = resolve_filters(filters)
    if resolved.problems:
        notes += resolved.problems
        return nothing
    sorting = sort if sort in SORTS else "relevance"
    if not question.clauses and sorting == "relevance":
        sorting = "newest"
    withdrawn: set[int] = set()
    if not _catch_up():
        notes.append(_("Recent changes are not indexed yet, so the results may lack them."))
        withdrawn = withdrawn_meanwhile()

    def look(snapshot: Snapshot) -> tuple[Found, list[tuple[int, float]], dict[str, Counter[str]]]:
        among = eligible(snapshot, resolved)
        if withdrawn:
            keys = snapshot.primary_keys
            among = frozenset(number for number in among if keys[number] not in withdrawn)
        found = find(
            snapshot,
            question.clauses,
            among=among,
            date_from=filters.date_from.isoformat() if filters.date_from else "",
            date_to=filters.date_to.isoformat() if filters.date_to else "",
        )
        documents = ordered(snapshot, found.scores, sorting)[page]
        scores = [(snapshot.primary_keys[number], found.scores[number]) for number in documents]
        return found, scores, count_facets(snapshot, found.scores)

    try:
        found, scores, counts = _consult(look)
    except Exception:  # whatever the index, the disk or the building says, the reader gets a sentence
        logger.exception("The index cannot be read or built.")
        notes.append(_("The index is being built. Ask again in a moment."))
        return nothing
    notes += _remarks(found, question.clauses)
    speakers = frozenset(map(int, resolved.values.get("speaker", ())))
    return {
        "total": len(found.scores),
        "hits": make_hits(scores, question.clauses, speakers=speakers),
        "facets": label_facets(counts),
    }


def _catch_up() -> bool:
    """Whether the index has all changes, after one try to write those that wait without waiting oneself."""
    if not Change.objects.exists():
        return True
    drain_changes(wait=0, limit=_DRAINED_AT_MOST)
    return not Change.objects.exists()


def _consult(look: Callable[[Snapshot], T]) -> T:
    """What ``look`` finds in the latest generation.

    An index that is missing, cannot be read or proves damaged on the way (almost any exception) is
    built anew once; what is raised after that is passed on.
    """
    store = article_store()
    try:
        return _look_into(store.snapshot(), look)
    except IndexUnusableError as error:
        logger.warning("The index is built anew: %s", error)
    except Exception:
        logger.exception("The index is damaged and is built anew.")
    forget_snapshot(store.folder)
    build_index()
    return _look_into(store.snapshot(), look)


def _look_into(snapshot: Snapshot, look: Callable[[Snapshot], T]) -> T:
    with snapshot.lock:
        return look(snapshot)


def _remarks(found: Found, clauses: Sequence[Clause]) -> list[str]:
    remarks = []
    optional = [clause for clause in clauses if not clause.required]
    if found.let_go:
        words = _(", ").join(_("“%(word)s”") % {"word": label} for label in found.let_go)
        remarks.append(
            ngettext(
                "No article has all the words; these have the most. Let go: the word %(words)s.",
                "No article has all the words; these have the most. Let go: the words %(words)s.",
                len(found.let_go),
            )
            % {"words": words}
        )
    elif not found.scores and not found.undated and len(optional) == len(clauses) > 1:
        remarks.append(_("No article has any of these words."))
    if found.undated:
        remarks.append(
            ngettext(
                "%(count)s article without a date was left out.",
                "%(count)s articles without a date were left out.",
                found.undated,
            )
            % {"count": found.undated}
        )
    return remarks
