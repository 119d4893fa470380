"""The one face of search: a question in, an answer out. Page, command and Haystack all come here."""

import logging
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Any as Anything

from django.db import DatabaseError
from django.utils.translation import gettext as _

from archive.models import Speaker
from search.analysis import term_of
from search.answers import Answer
from search.engine.asking import FACETS, Request, Results, ask
from search.engine.orders import SORTS
from search.engine.schema import ARTICLES, INDEXES, QUOTATIONS
from search.facets import FacetValue, label_facets
from search.filters import Filters, Resolved, resolve_filters
from search.hits import Hit, make_hits, make_quotation_hits
from search.indexing import withdrawn_meanwhile
from search.latest import Indexes, ask_latest, catch_up
from search.questions import Question, read_question
from search.remarks import remark_on_database, remarks_on

__all__ = [
    "MAX_LIMIT",
    "MAX_OFFSET",
    "SORTS",
    "Answer",
    "FacetValue",
    "Filters",
    "Hit",
    "consult",
    "search",
]

MAX_LIMIT = 1000
MAX_OFFSET = 1_000_000
# Documents with some of the words that are shown after those that count.
MAX_PARTIAL = 10

logger = logging.getLogger(__name__)


def search(
    query: str,
    *,
    kind: str = ARTICLES,
    filters: Filters = Filters(),  # noqa: B008 - frozen
    sort: str = "relevance",
    offset: int = 0,
    limit: int = 20,
    exact: bool = False,
    histogram: str = "",
    facet_values: int | None = None,
    with_totals: bool = False,
) -> Answer:
    """Search the published articles, or the quotations in them. Any text is a valid query.

    A document is found when it has every word of the query that is not a stop word, through any layer
    or other spelling of a name; if none has them all, those that have the most. With ``exact`` a word is
    found only as it is spelled. Without a word, what passes the filters is listed, the newest first.
    ``kind`` is one of ``INDEXES`` (anything else is articles), ``sort`` one of ``SORTS`` (anything else is
    relevance); ``offset`` and ``limit`` are cut at ``MAX_OFFSET`` and ``MAX_LIMIT``. ``histogram`` is
    ``year``, ``month`` or nothing to count by. Each facet lists ``facet_values`` values and the chosen ones
    (None: all); ``with_totals`` counts the other kind too. While the index cannot be read the database
    answers, and a note says so. Raises what the database raises, nothing else.
    """
    began = time.perf_counter()
    looked = _look(
        query,
        kind=kind,
        filters=filters,
        sort=sort,
        offset=offset,
        limit=limit,
        exact=exact,
        histogram=histogram,
        with_totals=with_totals,
    )
    return Answer(
        query=query,
        exact=exact,
        **_shown(looked, facet_values),
        took_ms=round((time.perf_counter() - began) * 1000, 2),
    )


def consult(
    query: str,
    *,
    kind: str = ARTICLES,
    filters: Filters = Filters(),  # noqa: B008 - frozen
    sort: str = "relevance",
    offset: int = 0,
    limit: int = 20,
    exact: bool = False,
) -> Results:
    """What ``search`` finds, as keys and numbers: before any row that it shows is read."""
    return _look(
        query, kind=kind, filters=filters, sort=sort, offset=offset, limit=limit, exact=exact
    ).results


@dataclass(slots=True)
class _Looked:
    """What one look into the index gives; empty results when nothing could be asked or answered."""

    kind: str
    question: Question
    resolved: Resolved
    notes: list[str]
    results: Results
    totals: dict[str, int] = field(default_factory=dict)


def _look(
    query: str,
    *,
    kind: str,
    filters: Filters,
    sort: str,
    offset: int,
    limit: int,
    exact: bool,
    histogram: str = "",
    with_totals: bool = False,
) -> _Looked:
    question = read_question(query, exact=exact)
    kind = kind if kind in INDEXES else ARTICLES
    looked = _Looked(kind, question, Resolved(), [*question.notes], _nothing())
    if limit > MAX_LIMIT:
        looked.notes.append(_("At most %(count)s results are shown at once.") % {"count": MAX_LIMIT})
    if offset > MAX_OFFSET:
        looked.notes.append(_("Results after number %(count)s are not shown.") % {"count": MAX_OFFSET})
    if not question.clauses and not filters:
        looked.notes.append(_("Write a word, a name or a phrase, or choose a filter."))
        return looked
    looked.resolved = resolve_filters(filters)
    looked.notes += looked.resolved.problems
    if looked.resolved.finds_nothing:
        return looked
    is_behind = not catch_up()
    hidden = withdrawn_meanwhile() if is_behind else set()
    shown = Request(
        clauses=question.clauses,
        filters=looked.resolved.keys,
        date_from=filters.date_from,
        date_to=filters.date_to,
        sort=_sorting(sort, question),
        offset=max(0, offset),
        limit=0 if offset > MAX_OFFSET else max(0, min(limit, MAX_LIMIT)),
        histogram=histogram,
        exact=exact,
        layered=question.is_layered,
        most_partial=MAX_PARTIAL,
        hidden=hidden,
    )
    counted = Request(
        clauses=shown.clauses,
        filters=shown.filters,
        date_from=shown.date_from,
        date_to=shown.date_to,
        limit=0,
        facets=(),
        exact=exact,
        rescored=False,
        hidden=hidden,
    )

    def look(indexes: Indexes) -> tuple[Results, dict[str, int]]:
        results = ask(indexes.snapshot(kind), shown)
        others = [each for each in INDEXES if with_totals and each != kind]
        totals = {each: ask(indexes.snapshot(each), counted).total for each in others}
        return results, totals | ({kind: results.total} if with_totals else {})

    try:
        (looked.results, looked.totals), database = ask_latest(look)
    except DatabaseError:
        raise
    except Exception:  # whatever the index, the disk or the building says, the reader gets a sentence
        logger.exception("Neither the index nor the database can be asked.")
        looked.notes.append(_("The index is being built. Ask again in a moment."))
        return looked
    if database:
        looked.notes.append(remark_on_database(database))
    elif is_behind:
        looked.notes.append(_("Recent changes are not indexed yet, so the results may lack them."))
    looked.notes += remarks_on(looked.results, kind)
    return looked


def _sorting(sort: str, question: Question) -> str:
    """Without a word nothing is better than anything else, so the newest stands first."""
    sorting = sort if sort in SORTS else "relevance"
    return sorting if question.has_words or sorting in {"newest", "oldest"} else "newest"


def _shown(looked: _Looked, facet_values: int | None) -> dict[str, Anything]:
    """What was found, as fields of an ``Answer``."""
    question, resolved, results = looked.question, looked.resolved, looked.results
    for clause in question.clauses:
        for term in clause.terms:
            clause.stems.update(term_of(other).stem for other in results.similar.get(term.surface, ()))
    speakers = frozenset(map(int, resolved.values.get("speaker", ())))
    if looked.kind == QUOTATIONS:
        hits = make_quotation_hits([*results.hits, *results.partial], question.clauses)
    else:
        hits = make_hits([*results.hits, *results.partial], question.clauses, speakers=speakers)
    counted = {match.key for match in results.hits}
    quoted = [pk for pk in question.speakers if results.facets["speaker"][str(pk)]]
    rows = Speaker.objects.in_bulk(quoted) if quoted else {}
    return {
        "kind": looked.kind,
        "total": results.total,
        "hits": [hit for hit in hits if hit.id in counted],
        "partial": [hit for hit in hits if hit.id not in counted],
        "facets": label_facets(results.facets, resolved.values, most=facet_values),
        "histogram": results.histogram,
        "totals": looked.totals,
        "unknown": resolved.unknown,
        "notes": looked.notes,
        "let_go": results.let_go,
        "speakers": [rows[pk] for pk in quoted if pk in rows],
    }


def _nothing() -> Results:
    return Results(
        total=0,
        hits=[],
        partial=[],
        facets={name: Counter() for name in FACETS},
        histogram={},
        let_go=[],
        undated=0,
        expanded=[],
        similar={},
        all_let_go=False,
    )
