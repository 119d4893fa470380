"""The exact values of documents (speakers, countries, outlets, …): masks of filters, counts of facets.

Every field of keys is a list of pairs of a document and the number of a value, by number; live documents
only. A snapshot builds a field when it is first asked for.
"""

from collections import Counter
from collections.abc import Collection, Iterable

import numpy as np

from search.engine.column_files import Array

# The proleptic ordinal of the first of January 1970, and the months before it.
_EPOCH, _EPOCH_MONTH = 719163, 1969 * 12


class KeyField:
    """The values of one field; ``parts`` are values with their documents, a value once a segment."""

    def __init__(self, parts: Iterable[tuple[str, Array]], live: Array) -> None:
        found: dict[str, list[Array]] = {}
        for value, documents in parts:
            found.setdefault(value, []).append(documents[live[documents]])
        self._numbers = {value: number for number, value in enumerate(found)}
        joined = [np.concatenate(some) for some in found.values()]
        lengths = [len(some) for some in joined]
        self._count = len(live)
        self._documents = np.concatenate([np.zeros(0, np.int64), *joined]).astype(np.int32)
        self._starts = np.concatenate([[0], np.cumsum(lengths, dtype=np.int64)])
        self._of = np.repeat(np.arange(len(joined), dtype=np.int32), lengths)

    @property
    def nbytes(self) -> int:
        return int(self._documents.nbytes + self._starts.nbytes + self._of.nbytes)

    def mask(self, values: Collection[str]) -> Array:
        """The mask of the documents that have one of ``values``."""
        mask = np.zeros(self._count, bool)
        for value in values:
            number = self._numbers.get(value)
            if number is not None:
                mask[self._documents[self._starts[number] : self._starts[number + 1]]] = True
        return mask

    def counts(self, mask: Array) -> Counter[str]:
        """How many of the documents of ``mask`` have each value; values that none has are left out."""
        numbers = np.bincount(self._of[mask[self._documents]], minlength=len(self._numbers)).tolist()
        return Counter({value: count for value, count in zip(self._numbers, numbers, strict=True) if count})


def months_of(dates: Array) -> Array:
    """The months since the first of the first year; -1 without a date. ``dates`` are proleptic ordinals."""
    days = (dates.astype(np.int64) - _EPOCH).astype("datetime64[D]")
    months = days.astype("datetime64[M]").astype(np.int64) + _EPOCH_MONTH
    return np.where(dates > 0, months, -1).astype(np.int32)


def count_periods(months: Array, period: str) -> dict[str, int]:
    """How many of ``months`` are of each ``year`` (2019) or ``month`` (2019-03), the earliest first."""
    counts: dict[str, int] = {}
    dated = months[months >= 0]
    if not len(dated):
        return counts
    first = int(dated.min())
    numbers = np.bincount(dated - first)
    for month in np.flatnonzero(numbers).tolist():
        year = f"{(first + month) // 12 + 1:04}"
        name = year if period == "year" else f"{year}-{(first + month) % 12 + 1:02}"
        counts[name] = counts.get(name, 0) + int(numbers[month])
    return counts
