"""How well documents answer: BM25 over the layers and parts, then a second look at the best.

Weights and formulas are those measured on three public Arabic collections, on even-numbered queries (the
figures stand in README): k1 1.2 and b .75 everywhere, since no other setting wins everywhere.
"""

import numpy as np

from search.engine.column_files import Array
from search.engine.postings import Postings, WordPostings
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
    """The score of each of the documents of a word."""
    scores = np.zeros(len(word.documents))
    for counts, part, weight in (
        (word.stem, "body", STEM_WEIGHT),
        (word.surface, "body", SURFACE_WEIGHT),
        (word.exact, "body", EXACT_WEIGHT),
        (word.title, "title", TITLE_WEIGHT),
        (word.lead, "lead", LEAD_WEIGHT),
    ):
        present = np.flatnonzero(counts)
        if len(present):
            postings = Postings(word.documents[present], counts[present])
            scores[present] += weight * score_postings(snapshot, postings, part)
    return scores
