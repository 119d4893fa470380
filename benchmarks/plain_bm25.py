"""BM25 as Lucene scores it, over the words of any analyzer, in memory: what every peer is ranked with."""

import math
from array import array
from collections import Counter
from collections.abc import Callable, Iterable

import numpy as np

K1, B = 1.2, 0.75


class PlainBM25:
    """An index of ``texts``; documents are their places from 0."""

    def __init__(self, analyze: Callable[[str], list[str]], texts: Iterable[str]) -> None:
        self._analyze = analyze
        self._numbers: dict[str, int] = {}
        terms, documents, frequencies, lengths = array("l"), array("l"), array("d"), array("d")
        for document, text in enumerate(texts):
            counted = Counter(analyze(text))
            lengths.append(counted.total())
            for word, frequency in counted.items():
                terms.append(self._numbers.setdefault(word, len(self._numbers)))
                documents.append(document)
                frequencies.append(frequency)
        self._count = len(lengths)
        by_term = np.argsort(np.array(terms), kind="stable")
        self._documents = np.array(documents, dtype=np.int64)[by_term]
        length = np.array(lengths)
        norm = K1 * (1 - B + B * length / (length.mean() or 1.0))
        counts = np.array(frequencies)[by_term]
        self._weights = counts / (counts + norm[self._documents])
        self._starts = np.searchsorted(np.array(terms)[by_term], np.arange(len(self._numbers) + 1))

    def rank(self, query: str, limit: int) -> list[tuple[int, float]]:
        """The best documents that have any word of ``query``, with their scores; equals by place."""
        scores = np.zeros(self._count)
        for word, times in Counter(self._analyze(query)).items():
            number = self._numbers.get(word)
            if number is None:
                continue
            postings = slice(self._starts[number], self._starts[number + 1])
            having = postings.stop - postings.start
            idf = math.log(1 + (self._count - having + 0.5) / (having + 0.5))
            scores[self._documents[postings]] += times * idf * self._weights[postings]
        best = np.argsort(-scores, kind="stable")[:limit]
        return [(int(document), float(scores[document])) for document in best if scores[document] > 0]
