"""The orders in which documents are shown, and a page of one at the cost of any other.

What is equal by relevance, the newest first, then by primary key; undated documents are last by date.
"""

from collections.abc import Callable

import numpy as np

from search.engine.column_files import Array
from search.engine.matching import Matched
from search.engine.snapshot import Snapshot

SORTS = ("relevance", "newest", "oldest", "least")
# Scores that differ by less are equal.
_DECIMALS = 9
_AFTER_ALL_DAYS = np.iinfo(np.int32).max

# From places to the keys by which equal ones are ordered, the last one first.
Ties = Callable[[Array], tuple[Array, ...]]


def page_of(snapshot: Snapshot, found: Matched, sort: str, page: slice, *, layered: bool = False) -> Array:
    """The places in ``found`` of the documents of a page (``start`` and ``stop`` not negative), in order.

    ``sort`` is one of ``SORTS``; ``least`` is relevance upside down. With ``layered``, relevance puts the
    nearest layer first, whatever the scores.
    """
    documents = found.documents

    def by_key(places: Array) -> tuple[Array, ...]:
        return (snapshot.primary_keys[documents[places]],)

    def by_date(places: Array) -> tuple[Array, ...]:
        return snapshot.primary_keys[documents[places]], -snapshot.dates[documents[places]]

    if sort in ("newest", "oldest"):
        dates = snapshot.dates[documents]
        days = -dates if sort == "newest" else np.where(dates == 0, _AFTER_ALL_DAYS, dates)
        return first(days, by_key, page.stop)[page.start :]
    worth = -np.round(found.scores, _DECIMALS)
    if layered:
        # A score never makes up for a layer.
        worth += found.layers * (1.0 + np.ptp(worth) if len(worth) else 0.0)
    if sort == "least":
        return first(-worth, lambda places: tuple(-key for key in by_date(places)), page.stop)[page.start :]
    return first(worth, by_date, page.stop)[page.start :]


def first(keys: Array, ties: Ties, most: int) -> Array:
    """The places of the ``most`` lowest ``keys`` (of equal ones, of the lowest ``ties``), in order."""
    if most <= 0:
        return np.zeros(0, np.int64)
    chosen = np.arange(len(keys))
    if most < len(keys):
        bound = np.partition(keys, most - 1)[most - 1]
        chosen, equal = np.flatnonzero(keys < bound), np.flatnonzero(keys == bound)
        wanted = most - len(chosen)
        if wanted < len(equal):
            equal = equal[np.lexsort(ties(equal))[:wanted]]
        chosen = np.concatenate([chosen, equal])
    return chosen[np.lexsort((*ties(chosen), keys[chosen]))]
