"""The engine's question and answer: what is asked of one snapshot, and the page, total and facets of it."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

import numpy as np

from search.engine.column_files import Array
from search.engine.executor import DATE, Found, find
from search.engine.keys import count_periods
from search.engine.matching import LAYERS, Matched, mask_of
from search.engine.orders import page_of
from search.engine.plans import Clause
from search.engine.ranking import RESCORED
from search.engine.schema import KEY_FIELDS
from search.engine.second_look import rescore
from search.engine.snapshot import Snapshot

FACETS = (*KEY_FIELDS, "year")


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked of an index.

    ``filters`` are by field of keys the values of which a document must have one; the days are inclusive.
    ``sort`` is one of ``orders.SORTS``. Any ``offset`` and ``limit`` will do: below 0 is 0, beyond the end
    is nothing. ``facets`` (of ``FACETS``) are what is counted, ``histogram`` (``year`` or ``month``) the
    periods. ``rescored`` asks for the second look of the ranking; ``layered`` puts the nearest layer first.
    ``most_partial`` documents with only some of the words are given with the last page by relevance.
    ``hidden`` are articles of which nothing may be found.
    """

    clauses: Sequence[Clause] = ()
    filters: Mapping[str, frozenset[str]] = field(default_factory=dict)
    date_from: date | None = None
    date_to: date | None = None
    sort: str = "relevance"
    offset: int = 0
    limit: int = 20
    facets: Collection[str] = FACETS
    histogram: str = ""
    exact: bool = False
    rescored: bool = True
    layered: bool = False
    most_partial: int = 0
    hidden: Collection[int] = ()


class Match(NamedTuple):
    """A document that was found: its primary key, its score and the name of its layer (``LAYERS``)."""

    key: int
    score: float
    layer: str


@dataclass(frozen=True, slots=True)
class Results:
    """``hits`` are those of the page asked for, ``total`` counts all that was found.

    ``facets`` count exactly what was found, by value; a facet that is filtered by, and every period where
    days are asked for, is counted over what is found without that filter, so that another value can be
    chosen beside the first. The rest is what ``executor.Found`` says.
    """

    total: int
    hits: list[Match]
    partial: list[Match]
    facets: dict[str, Counter[str]]
    histogram: dict[str, int]
    let_go: list[str]
    undated: int
    expanded: list[str]
    similar: dict[str, list[str]]
    all_let_go: bool


def ask(snapshot: Snapshot, request: Request) -> Results:
    """The answer of ``snapshot`` to ``request``."""
    snapshot.count_question()
    start = max(0, request.offset)
    page = slice(start, start + max(0, request.limit))
    relevant = request.sort in ("relevance", "least")
    rescored = relevant and request.rescored
    found = find(
        snapshot,
        request.clauses,
        filters=_masks(snapshot, request),
        visible=_visible(snapshot, request.hidden),
        exact=request.exact,
        with_partial=rescored or request.most_partial > 0,
    )
    if rescored:
        rescore_best(snapshot, found, request.clauses)
    total = len(found.documents.documents)
    places = page_of(snapshot, found.documents, request.sort, page, layered=request.layered)
    partial: list[Match] = []
    if request.sort == "relevance" and not found.let_go and page.start < total <= page.stop:
        best = page_of(snapshot, found.partial, request.sort, slice(0, request.most_partial))
        partial = _described(snapshot, found.partial, best)
    return Results(
        total,
        _described(snapshot, found.documents, places),
        partial,
        {name: _count(snapshot, found, name) for name in request.facets},
        _count_periods(snapshot, found, request.histogram) if request.histogram else {},
        found.let_go,
        found.undated,
        found.expanded,
        found.similar,
        found.all_let_go,
    )


def rank(snapshot: Snapshot, clauses: Sequence[Clause], limit: int) -> list[tuple[int, float]]:
    """The ``limit`` best documents with their scores, those that have only some of the words among them."""
    found = find(snapshot, clauses)
    rescore_best(snapshot, found, clauses)
    every = _merged(found.documents, found.partial)
    best = page_of(snapshot, every, "relevance", slice(0, limit))
    return list(zip(every.documents[best].tolist(), every.scores[best].tolist(), strict=True))


def rescore_best(snapshot: Snapshot, found: Found, clauses: Sequence[Clause]) -> None:
    """Add to the scores of the best ``RESCORED`` documents what a second look at them gives."""
    words = [term for clause in clauses for term in clause.terms * clause.times]
    neighbours = [pair for clause in clauses for pair in clause.pairs]
    if not words:
        return
    best = _best(found.documents, RESCORED)
    others = _best(found.partial, RESCORED - len(best))
    documents = np.concatenate([found.documents.documents[best], found.partial.documents[others]])
    if len(documents):
        added = rescore(snapshot, documents, words, neighbours)
        found.documents = _raised(found.documents, best, added[: len(best)])
        found.partial = _raised(found.partial, others, added[len(best) :])


def _best(found: Matched, most: int) -> Array:
    if len(found.documents) > most:
        chosen: Array = np.argpartition(-found.scores, most - 1)[:most] if most > 0 else np.zeros(0, int)
        return chosen
    return np.arange(len(found.documents))


def _raised(found: Matched, places: Array, added: Array) -> Matched:
    """``found`` with more for the scores at ``places``; what is shared stays as it is."""
    scores = found.scores.copy()
    scores[places] += added
    return Matched(found.documents, scores, found.layers)


def _merged(left: Matched, right: Matched) -> Matched:
    """The documents of both, which have none in common, ascending."""
    order = np.argsort(np.concatenate([left.documents, right.documents]))
    return Matched(
        *(
            np.concatenate(pair)[order]
            for pair in (
                (left.documents, right.documents),
                (left.scores, right.scores),
                (left.layers, right.layers),
            )
        )
    )


def _masks(snapshot: Snapshot, request: Request) -> dict[str, Array]:
    """The masks of the filters by their names."""
    masks = {name: snapshot.having(name, values) for name, values in request.filters.items()}
    if request.date_from or request.date_to:
        first = (request.date_from or date.min).toordinal()
        last = (request.date_to or date.max).toordinal()
        masks[DATE] = (snapshot.dates >= first) & (snapshot.dates <= last) & (snapshot.dates > 0)
    return masks


def _visible(snapshot: Snapshot, hidden: Collection[int]) -> Array | None:
    return ~np.isin(snapshot.articles, list(hidden)) if hidden else None


def _described(snapshot: Snapshot, found: Matched, places: Array) -> list[Match]:
    keys = snapshot.primary_keys[found.documents[places]].tolist()
    layers = (LAYERS[layer] for layer in found.layers[places].tolist())
    return list(map(Match, keys, found.scores[places].tolist(), layers))


def _count(snapshot: Snapshot, found: Found, facet: str) -> Counter[str]:
    if facet == "year":
        return Counter(_count_periods(snapshot, found, "year"))
    counted = found.outside.get(facet, found.documents)
    return snapshot.key_field(facet).counts(mask_of(counted, snapshot.count))


def _count_periods(snapshot: Snapshot, found: Found, period: str) -> dict[str, int]:
    return count_periods(snapshot.months[found.outside.get(DATE, found.documents).documents], period)
