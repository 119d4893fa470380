"""From compiled clauses to documents: what matches, how well, in which order, with which facets."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from whoosh.query import Query

from search.compiling import Clause
from search.schema import KEY_FIELDS
from search.snapshot import Snapshot

SORTS = ("relevance", "newest", "oldest")
FACETS = (*KEY_FIELDS, "year")


@dataclass(slots=True)
class Found:
    """The documents that answer a query, in no order.

    ``let_go`` are the labels of the clauses that not all of them have, ``undated`` counts the documents
    that match but have no date to compare with the one asked for.
    """

    scores: dict[int, float] = field(default_factory=dict)
    let_go: list[str] = field(default_factory=list)
    undated: int = 0


def find(
    snapshot: Snapshot,
    clauses: Sequence[Clause],
    *,
    among: frozenset[int],
    date_from: str = "",
    date_to: str = "",
) -> Found:
    """The documents of ``among`` that have every clause; if none has, those that have the most.

    A ``required`` clause is never let go. ``date_from`` and ``date_to`` are ISO dates, inclusive.
    """
    scored = [(clause, _scores(snapshot, clause.ways)) for clause in clauses]
    for clause, scores in scored:
        if clause.required:
            among &= scores.keys()
    optional = [(clause, scores) for clause, scores in scored if not clause.required]
    undated = 0
    if date_from or date_to:
        dates = snapshot.dates
        undated = sum(
            document not in dates and all(document in scores for _clause, scores in optional)
            for document in among
        )
        among = frozenset(
            document
            for document in among
            if document in dates and (date_from or "0") <= dates[document] <= (date_to or "9")
        )
    had = Counter(document for _clause, scores in optional for document in scores if document in among)
    most = max(had.values(), default=0)
    if optional and not most and not any(clause.required for clause in clauses):
        return Found(undated=undated)
    matched = [document for document in among if had[document] == most]
    return Found(
        {
            document: sum((scores.get(document, 0.0) for _clause, scores in scored), 0.0)
            for document in matched
        },
        [clause.label for clause, scores in optional if not scores.keys() >= set(matched)] if matched else [],
        undated,
    )


def ordered(snapshot: Snapshot, scores: dict[int, float], sort: str) -> list[int]:
    """The documents by ``sort``; equals by date, newest first, then by primary key; undated ones last."""
    dates, keys = snapshot.dates, snapshot.primary_keys
    documents = sorted(scores, key=keys.__getitem__)
    documents.sort(key=lambda document: dates.get(document, ""), reverse=sort != "oldest")
    if sort == "oldest":
        documents.sort(key=lambda document: document not in dates)
    elif sort == "relevance":
        documents.sort(key=lambda document: -round(scores[document], 9))
    return documents


def count_facets(snapshot: Snapshot, documents: Iterable[int]) -> dict[str, Counter[str]]:
    """For every facet, how many of ``documents`` have each value; exact."""
    wanted = frozenset(documents)
    counts: dict[str, Counter[str]] = {facet: Counter() for facet in FACETS}
    for facet in KEY_FIELDS:
        for value, found in snapshot.postings(facet).items():
            if number := len(found & wanted):
                counts[facet][value] = number
    counts["year"].update(snapshot.dates[document][:4] for document in wanted if document in snapshot.dates)
    return counts


def _scores(snapshot: Snapshot, ways: Iterable[Query]) -> dict[int, float]:
    """Every document that one of ``ways`` matches, with the sum of their scores."""
    total: dict[int, float] = {}
    if not snapshot.documents:
        return total
    for searcher, offset in snapshot.searcher.leaf_searchers():
        for way in ways:
            matcher = way.matcher(searcher)
            while matcher.is_active():
                document = matcher.id() + offset
                total[document] = total.get(document, 0.0) + matcher.score()
                matcher.next()
    return total
