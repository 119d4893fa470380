"""The second stage of ranking: trigrams of letters and neighbouring words, counted in a few documents."""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from search.analysis import Term
from search.engine.collocations import GAP, expand, trigrams, trigrams_of
from search.engine.column_files import Array
from search.engine.columns import Columns
from search.engine.postings import Lengths
from search.engine.ranking import LEAD_TRIGRAM_WEIGHT, PAIR_WEIGHT, TRIGRAM_WEIGHT, bm25
from search.engine.snapshot import Snapshot


def rescore(
    snapshot: Snapshot, documents: Array, words: Sequence[Term], neighbours: Sequence[tuple[str, str]]
) -> Array:
    """What a second look adds to the score of each of a few ``documents`` (any order).

    Trigrams of the ``words`` bring together what no stem does (بلينكن، بلينكين); ``neighbours``, pairs of
    stems, favour words that stand together. What the query says twice counts twice.
    """
    added = np.zeros(len(documents))
    if not words or not len(documents):
        return added
    grams = Counter(gram for word in words for gram in trigrams(word.surface))
    pairs = Counter(neighbours)
    seen = _Seen(
        np.zeros((len(documents), len(grams))),
        np.zeros((len(documents), len(grams))),
        np.zeros((len(documents), len(pairs))),
    )
    found, lead_found, pair_found = np.zeros(len(grams)), np.zeros(len(grams)), np.zeros(len(pairs))
    for columns, first in snapshot.leaves:
        if not len(columns.trigrams):
            continue
        numbers = [columns.trigrams.find(gram) for gram in grams]
        known = np.array([number is not None for number in numbers])
        ids = np.array([number or 0 for number in numbers])
        found += np.where(known, columns.trigram_counts[ids], 0)
        lead_found += np.where(known, columns.lead_trigram_counts[ids], 0)
        stems = [(columns.stems.find(left), columns.stems.find(right)) for left, right in pairs]
        pair_found += [_pair_documents(columns, *pair) for pair in stems]
        inside = np.flatnonzero((documents >= first) & (documents < first + columns.documents))
        if len(inside):
            looked = _look(columns, documents[inside] - first, np.where(known, ids, -1), stems)
            for counts, new in zip(seen, looked, strict=True):
                counts[inside] = new
    # Pairs of one document alone are not counted in the columns.
    pair_found = np.maximum(pair_found, (seen.pairs > 0).sum(axis=0))
    for counts, lengths, having, times, weight in (
        (seen.grams, snapshot.trigram_lengths, found, grams, TRIGRAM_WEIGHT),
        (seen.lead_grams, snapshot.lead_trigram_lengths, lead_found, grams, LEAD_TRIGRAM_WEIGHT),
        (seen.pairs, snapshot.pair_lengths, pair_found, pairs, PAIR_WEIGHT),
    ):
        added += weight * _sum(snapshot, counts, lengths, documents, having, list(times.values()))
    return added


class _Seen(NamedTuple):
    """How often documents (rows) have each trigram, each in the lead, and each pair (columns)."""

    grams: Array
    lead_grams: Array
    pairs: Array


def _sum(
    snapshot: Snapshot, counts: Array, lengths: Lengths, documents: Array, found: Array, times: Sequence[int]
) -> Array:
    """The scores of ``documents`` (rows of ``counts``) over all that was looked for (columns), summed."""
    scores = bm25(counts, lengths.values[documents][:, None], lengths.average, found, snapshot.count)
    total: Array = (scores * np.asarray(times)).sum(axis=1)
    return total


def _look(
    columns: Columns, documents: Array, grams: Array, pairs: Sequence[tuple[int | None, int | None]]
) -> _Seen:
    """What is seen in ``documents``; ``grams`` and ``pairs`` are the segment's numbers (-1, None: none)."""
    starts = columns.document_starts[documents].astype(np.int64)
    lengths = columns.document_starts[documents + 1] - starts
    words = columns.stream[expand(starts, starts + lengths)]
    # Where each document begins and ends among the words; a gap ends each.
    ends = np.cumsum(lengths)
    begins = ends - lengths
    written = words != GAP
    words = np.where(written, words, 0)
    table, rows = _gram_table(columns, columns.surface_of[words], grams)
    rows[~written] = len(table) - 1
    shift = begins - starts
    lead = columns.title_ends[documents] + shift, columns.lead_ends[documents] + shift
    stems = columns.stem_of[words].astype(np.int64)
    stems[~written] = -1
    return _Seen(
        _sums(table, rows, begins, ends),
        _sums(table, rows, *lead),
        _pair_counts(stems, begins, pairs),
    )


def _gram_table(columns: Columns, surfaces: Array, grams: Array) -> tuple[Array, Array]:
    """How often each of the different ``surfaces`` has each of ``grams``, and for each surface its row.

    The last row is of no surface.
    """
    number = np.zeros(len(columns.surfaces), np.int32)
    number[surfaces] = 1
    distinct = np.flatnonzero(number)
    number[distinct] = np.arange(len(distinct), dtype=np.int32)
    place = np.full(len(columns.trigrams), -1)
    known = np.flatnonzero(grams >= 0)
    place[grams[known]] = known
    spelled, source = trigrams_of(columns.surface_trigrams, columns.surface_trigram_starts, distinct)
    wanted = place[spelled]
    kept = np.flatnonzero(wanted >= 0)
    size = (len(distinct) + 1) * len(grams)
    cells = np.bincount(source[kept] * len(grams) + wanted[kept], minlength=size)
    return cells.reshape(-1, len(grams)).astype(np.int32), number[surfaces]


def _sums(table: Array, rows: Array, begins: Array, ends: Array) -> Array:
    """The sums of the rows of ``table`` in each stretch of ``rows``; stretches are ascending and apart."""
    counting = np.flatnonzero(np.any(table, axis=1)[rows])
    values = np.concatenate([table[rows[counting]], np.zeros((1, table.shape[1]), table.dtype)])
    bounds = np.searchsorted(counting, np.stack([begins, ends], axis=1))
    sums: Array = np.add.reduceat(values, bounds.ravel(), axis=0)[::2]
    # Where a stretch is empty, reduceat gives the row at its place.
    sums[bounds[:, 0] == bounds[:, 1]] = 0
    return sums


def _pair_documents(columns: Columns, left: int | None, right: int | None) -> int:
    """How many documents have a pair of stems; 0 also for one that a single document has."""
    if left is None or right is None:
        return 0
    key = left * len(columns.stems) + right
    place = int(np.searchsorted(columns.pairs, key))
    there = place < len(columns.pairs) and columns.pairs[place] == key
    return int(columns.pair_counts[place]) if there else 0


def _pair_counts(stems: Array, begins: Array, pairs: Sequence[tuple[int | None, int | None]]) -> Array:
    """How often each stretch of ``stems`` (from one of ``begins`` to the next) has each pair."""
    counts = np.zeros((len(begins), len(pairs)))
    for number, (left, right) in enumerate(pairs):
        if left is not None and right is not None:
            places = np.flatnonzero(stems[:-1] == left)
            places = places[stems[places + 1] == right]
            stretches = np.searchsorted(begins, places, side="right") - 1
            counts[:, number] = np.bincount(stretches, minlength=len(begins))
    return counts
