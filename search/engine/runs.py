"""Where words stand one after another: side by side, or with a few others between them."""

from collections.abc import Sequence

import numpy as np

from search.analysis import Term
from search.engine.collocations import GAP
from search.engine.column_files import Array
from search.engine.columns import Columns
from search.engine.postings import Leaf, Postings, Range, counted, forms_in


def find_run(
    leaves: Sequence[Leaf],
    words: Sequence[Term],
    *,
    layer: str = "surface",
    titled: bool = False,
    slop: int = 0,
) -> Postings:
    """Where the words stand in order, each in the form that it has in ``layer``, counted by where they begin.

    At most ``slop`` other words stand between them in all, and no gap.
    """
    found = []
    for columns, first in leaves:
        ranges = [forms_in(columns, word, layer) for word in words]
        if any(start == end for start, end in ranges):
            continue
        places = _loose_places(columns, ranges, slop) if slop else _close_places(columns, ranges)
        documents = columns.documents_at(places)
        if titled:
            documents = documents[places < columns.title_ends[documents]]
        found.append(documents + first)
    return counted(found)


def _close_places(columns: Columns, ranges: Sequence[Range]) -> Array:
    """The places where a run of words begins, each in one of its range of forms."""
    rarest = min(range(len(ranges)), key=lambda each: columns.occurrence_count(*ranges[each]))
    places = columns.occurrences(*ranges[rarest]).astype(np.int64) - rarest
    places = places[(places >= 0) & (places + len(ranges) <= len(columns.stream))]
    for step, (first, last) in enumerate(ranges):
        if step != rarest:
            words = columns.stream[places + step]
            places = places[(words >= first) & (words < last)]
    return places


def _loose_places(columns: Columns, ranges: Sequence[Range], slop: int) -> Array:
    """The places where a run begins that ends soon enough.

    The next of each word after the one before it makes the shortest run from a beginning.
    """
    starts = ends = np.sort(columns.occurrences(*ranges[0]).astype(np.int64))
    for word in ranges[1:]:
        following = np.sort(columns.occurrences(*word).astype(np.int64))
        ranks = np.searchsorted(following, ends, side="right")
        reached = ranks < len(following)
        starts, ends = starts[reached], following[ranks[reached]]
        near = ends - starts < len(ranges) + slop
        starts, ends = starts[near], ends[near]
    whole = np.ones(len(starts), bool)
    for step in range(1, len(ranges) - 1 + slop):
        between = np.minimum(starts + step, ends)
        whole &= columns.stream[between] != GAP
    return starts[whole]
