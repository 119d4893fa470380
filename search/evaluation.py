"""How well the search of this code ranks a judged collection.

Documents go through the production schema into an index of their own, queries through the production
analysis and ranking. No database is read: names are not looked up, because what curators and reference
data know of names differs from archive to archive, and a score must mean the same on every machine.
"""

import math
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from search.compiling import Lookup, compile_tree
from search.engine.asking import rank
from search.engine.documents import Document as Indexed
from search.engine.documents import Entry
from search.engine.schema import ARTICLES
from search.engine.snapshot import Snapshot, forget_snapshot
from search.engine.store import IndexStore
from search.judged_collection import Document, Query
from search.query_language import parse_plain
from search.vocabulary import stop_words

DEPTH = 100
RECALL_AT = (1, 5, 10, 100)
METRICS = ("mrr@10", "ndcg@10", *(f"r@{depth}" for depth in RECALL_AT))
_CUT = 10

Ranking = list[tuple[str, float]]
Progress = Callable[[Sequence[Any]], Iterable[Any]]


@dataclass(frozen=True, slots=True)
class Run:
    """For every query by its identifier, the documents found and their scores, best first."""

    rankings: dict[str, Ranking]
    ms_per_query: float


def measure(ranking: Sequence[str], gains: Mapping[str, float]) -> dict[str, float]:
    """The ``METRICS`` of one ranking (document identifiers, best first), each from 0 to 1.

    ``gains``: how relevant each judged document is; at least one is greater than 0. The first relevant
    document at rank r within 10 gives a reciprocal rank of 1/r. DCG adds gain / log2(rank + 1) over ranks
    1 to 10 and is divided by that of the best possible ranking. ``r@k`` is the share of all relevant
    documents that is among the first k.
    """
    relevant = {identifier for identifier, gain in gains.items() if gain > 0}
    found = [gains.get(identifier, 0.0) for identifier in ranking[:_CUT]]
    first = next((place for place, gain in enumerate(found, 1) if gain > 0), None)
    values = {
        "mrr@10": 1 / first if first else 0.0,
        "ndcg@10": _dcg(found) / _dcg(sorted(gains.values(), reverse=True)[:_CUT]),
    }
    for depth in RECALL_AT:
        values[f"r@{depth}"] = len(relevant.intersection(ranking[:depth])) / len(relevant)
    return values


def mean(measured: Sequence[Mapping[str, float]]) -> dict[str, float]:
    """The mean over queries of each of the ``METRICS``."""
    return {metric: math.fsum(each[metric] for each in measured) / len(measured) for metric in METRICS}


def _dcg(gains: Sequence[float]) -> float:
    return math.fsum(gain / math.log2(place + 1) for place, gain in enumerate(gains, 1))


def rank_collection(
    documents: Sequence[Document], queries: Sequence[Query], *, progress: Progress = iter
) -> Run:
    """The best ``DEPTH`` documents for every query, from a scratch index that is removed afterwards.

    ``progress`` wraps the documents and then the queries, to show how far they are.
    """
    with tempfile.TemporaryDirectory(prefix="mahdar-evaluation-") as temporary:
        folder = Path(temporary)
        store = IndexStore(folder)
        store.write_anew(_entries(progress(documents)))
        snapshot = store.snapshot(ARTICLES)
        try:
            began = time.perf_counter()
            rankings = {
                query.id: [(documents[number].id, score) for number, score in _rank(snapshot, query.text)]
                for query in progress(queries)
            }
            took = time.perf_counter() - began
        finally:
            forget_snapshot(folder / ARTICLES)
    return Run(rankings, 1000 * took / len(queries))


def _rank(snapshot: Snapshot, text: str) -> list[tuple[int, float]]:
    """The places of the best documents in the collection, with their scores: the one call to the engine."""
    clauses = compile_tree(parse_plain(text).root, Lookup(stop_words=stop_words()))
    keys = snapshot.primary_keys
    return [(int(keys[number]), score) for number, score in rank(snapshot, clauses, DEPTH)] if clauses else []


def _entries(documents: Iterable[Document]) -> Iterator[Entry]:
    """The index entries of ``documents``, their places as primary keys, built as an article's are."""
    for number, document in enumerate(documents):
        text = "\n\n".join(part for part in (document.title, document.text) if part)
        yield Entry(number, [Indexed(number, number, text, document.title or None, document.date)])
