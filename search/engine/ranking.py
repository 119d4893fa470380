"""How well documents answer: BM25 over the layers and parts, then a second look at the best.

Weights and formulas are those measured on three public Arabic collections, on even-numbered queries (the
figures stand in README): k1 1.2 and b .75 everywhere, since no other setting wins everywhere.
"""

from collections import Counter
from collections.abc import Sequence

import numpy as np

from search.analysis import Term
from search.engine.collocations import GAP, expand, trigrams, trigrams_of, words_of
from search.engine.column_files import Array
from search.engine.columns import Columns
from search.engine.postings import Lengths, Postings, WordPostings
from search.engine.snapshot import Snapshot

B, K1 = 0.75, 1.2
STEM_WEIGHT, SURFACE_WEIGHT, TITLE_WEIGHT, LEAD_WEIGHT = 1.0, 0.4, 0.5, 0.5
# Enough for an exact spelling to stand above a folded one, too little to reorder what is better for more.
EXACT_WEIGHT = 0.1
TRIGRAM_WEIGHT, LEAD_TRIGRAM_WEIGHT, PAIR_WEIGHT = 0.5, 0.1, 0.2
RESCORED = 100


def bm25(counts: Array, lengths: Array, average: float, found: Array | int, documents: int) -> Array:
    """The score of documents of these ``lengths`` that have something ``counts`` times.

    ``found`` of ``documents`` have it at all; ``average`` is the mean length.
    """
    rarity = np.log1p((documents - found + 0.5) / (found + 0.5))
    length = lengths / average if average else np.ones(lengths.shape)
    return rarity * counts * (K1 + 1) / (counts + K1 * (1 - B + B * length))


def score_postings(snapshot: Snapshot, postings: Postings, part: str = "body") -> Array:
    """The score of each document of ``postings``."""
    lengths = snapshot.lengths[part]
    return bm25(
        postings.counts,
        lengths.values[postings.documents],
        lengths.average,
        len(postings.documents),
        snapshot.count,
    )


def score_word(snapshot: Snapshot, word: WordPostings) -> Array:
    """The score of every document of the snapshot for a word; 0 where it is not."""
    scores = np.zeros(snapshot.count)
    for postings, part, weight in (
        (word.stem, "body", STEM_WEIGHT),
        (word.surface, "body", SURFACE_WEIGHT),
        (word.exact, "body", EXACT_WEIGHT),
        (word.title, "title", TITLE_WEIGHT),
        (word.lead, "lead", LEAD_WEIGHT),
    ):
        scores[postings.documents] += weight * score_postings(snapshot, postings, part)
    return scores


def rescore(
    snapshot: Snapshot, documents: Array, words: Sequence[Term], neighbours: Sequence[tuple[str, str]]
) -> Array:
    """What a second look adds to the score of each of a few ``documents`` (any order).

    Trigrams of the ``words`` bring together what no stem does (بلينكن، بلينكين); ``neighbours``, pairs of
    stems, favour words that stand together. What the query says twice counts twice.
    """
    added = np.zeros(len(documents))
    if not words:
        return added
    grams = Counter(gram for word in words for gram in trigrams(word.surface))
    pairs = Counter(neighbours)
    counts = np.zeros((2, len(documents), len(grams)))
    found = np.zeros((2, len(grams)))
    paired = np.zeros((len(documents), len(pairs)))
    pair_found = np.zeros(len(pairs))
    for columns, first in snapshot.leaves:
        inside = np.flatnonzero((documents >= first) & (documents < first + columns.documents))
        local = documents[inside] - first
        numbers = [columns.trigrams.find(gram) for gram in grams]
        known = np.array([number is not None for number in numbers])
        ids = np.array([number or 0 for number in numbers])
        found[0] += np.where(known, columns.trigram_counts[ids], 0) if len(columns.trigrams) else 0
        found[1] += np.where(known, columns.lead_trigram_counts[ids], 0) if len(columns.trigrams) else 0
        pair_keys = _pair_keys(columns, list(pairs))
        pair_found += _pair_documents(columns, pair_keys)
        if len(local):
            parts = (
                (columns.document_starts[local], columns.document_starts[local + 1]),
                (columns.title_ends[local], columns.lead_ends[local]),
            )
            for part, (starts, ends) in enumerate(parts):
                counts[part, inside] = _trigram_counts(columns, starts, ends, ids, known)
            paired[inside] = _pair_counts(columns, *parts[0], pair_keys)
    pair_found = np.maximum(pair_found, (paired > 0).sum(axis=0))
    for part, lengths, weight in (
        (0, snapshot.trigram_lengths, TRIGRAM_WEIGHT),
        (1, snapshot.lead_trigram_lengths, LEAD_TRIGRAM_WEIGHT),
    ):
        added += weight * _sum(snapshot, counts[part], lengths, documents, found[part], list(grams.values()))
    words_a_pair = Lengths(np.maximum(snapshot.lengths["body"].values.astype(np.int64) - 1, 0))
    return added + PAIR_WEIGHT * _sum(
        snapshot, paired, words_a_pair, documents, pair_found, list(pairs.values())
    )


def _sum(
    snapshot: Snapshot, counts: Array, lengths: Lengths, documents: Array, found: Array, times: Sequence[int]
) -> Array:
    """The scores of ``documents`` (rows of ``counts``) over all that was looked for (columns), summed."""
    scores = bm25(counts, lengths.values[documents][:, None], lengths.average, found, snapshot.count)
    total: Array = (scores * np.asarray(times)).sum(axis=1)
    return total


def _trigram_counts(columns: Columns, starts: Array, ends: Array, ids: Array, known: Array) -> Array:
    """How often each stretch of the stream has each trigram of ``ids``."""
    surfaces, stretches, counts = words_of(columns.stream, columns.surface_of, starts, ends)
    grams, source = trigrams_of(columns.surface_trigrams, columns.surface_trigram_starts, surfaces)
    place = np.full(len(columns.trigrams) + 1, -1)
    place[ids[known]] = np.flatnonzero(known)
    wanted = place[grams]
    keep = wanted >= 0
    cells = stretches[source[keep]] * len(ids) + wanted[keep]
    summed = np.bincount(cells, weights=counts[source[keep]], minlength=len(starts) * len(ids))
    return summed.reshape(len(starts), len(ids))


def _pair_keys(columns: Columns, pairs: Sequence[tuple[str, str]]) -> list[int]:
    """The number of each pair in the segment; -1 when it lacks one of the stems."""
    keys = []
    for pair in pairs:
        left, right = (columns.stems.find(stem) for stem in pair)
        keys.append(-1 if left is None or right is None else left * len(columns.stems) + right)
    return keys


def _pair_documents(columns: Columns, keys: Sequence[int]) -> Array:
    """How many documents have each pair; 0 also for one that a single document has."""
    if not len(columns.pairs):
        return np.zeros(len(keys))
    places = np.minimum(np.searchsorted(columns.pairs, keys), len(columns.pairs) - 1)
    return np.where(columns.pairs[places] == keys, columns.pair_counts[places], 0)


def _pair_counts(columns: Columns, starts: Array, ends: Array, keys: Sequence[int]) -> Array:
    """How often each stretch of the stream has each pair of ``keys``."""
    words = columns.stream[expand(starts, ends)]
    stretches = np.repeat(np.arange(len(starts)), ends.astype(np.int64) - starts)
    # A stretch ends with a gap, so no pair reaches into the next one.
    places = np.flatnonzero((words[:-1] != GAP) & (words[1:] != GAP))
    lefts = columns.stem_of[words[places]].astype(np.int64)
    found = lefts * len(columns.stems) + columns.stem_of[words[places + 1]]
    counts = np.zeros((len(starts), len(keys)))
    for number, key in enumerate(keys):
        counts[:, number] = np.bincount(stretches[places[found == key]], minlength=len(starts))
    return counts
