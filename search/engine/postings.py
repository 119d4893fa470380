"""Where words occur: documents and frequencies, in each layer and part of an article, from the columns."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol, TypeVar

import numpy as np

from search.analysis import Term
from search.engine.column_files import Array
from search.engine.columns import Columns

CACHE_BYTES = 64 << 20
# Measured: an entry of empty postings, and each spelling in its key.
_ENTRY_BYTES, _PART_BYTES = 1500, 300
Range = tuple[int, int]


class Leaf(NamedTuple):
    """The columns of a segment; its documents are numbered from ``first`` in the snapshot."""

    columns: Columns
    first: int


class Lengths:
    """How long a part of each document is, and on average where there is one."""

    def __init__(self, values: Array) -> None:
        self.values = values
        present = values[values > 0]
        self.average = float(present.mean()) if len(present) else 0.0


class Postings(NamedTuple):
    """Documents of the snapshot, ascending, and how often each has what was looked for."""

    documents: Array
    counts: Array

    @property
    def nbytes(self) -> int:
        return int(self.documents.nbytes + self.counts.nbytes)


@dataclass(frozen=True, slots=True)
class WordPostings:
    """The documents of a word, ascending, and how often each has it: by its ``stem``, ``surface`` and
    ``exact`` form in the whole document, by its stem in the ``title`` and the ``lead``."""

    documents: Array
    stem: Array
    surface: Array
    exact: Array
    title: Array
    lead: Array


class _Sized(Protocol):
    @property
    def nbytes(self) -> int: ...


T = TypeVar("T", bound=_Sized)


class PostingCache:
    """What was looked up last, within ``CACHE_BYTES``; threads may share it."""

    def __init__(self) -> None:
        self._kept: OrderedDict[Hashable, Any] = OrderedDict()
        self._bytes = 0
        self._lock = threading.Lock()

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        """What is kept under ``key``; else what ``make`` gives, which is then kept."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                found: T = self._kept[key]
                return found
        made = make()
        with self._lock:
            if key not in self._kept:
                self._kept[key] = made
                self._bytes += _cost(key, made)
            while self._bytes > CACHE_BYTES:
                self._bytes -= _cost(*self._kept.popitem(last=False))
        return made


def _cost(key: Hashable, made: _Sized) -> int:
    """About how many bytes an entry takes; of a word that is nowhere, its name alone."""
    parts = sum(len(part) for part in key if isinstance(part, tuple)) if isinstance(key, tuple) else 0
    return made.nbytes + _ENTRY_BYTES + parts * _PART_BYTES


def find_word(leaves: Sequence[Leaf], term: Term, *, titled: bool = False) -> WordPostings:
    """The occurrences of a word; with ``titled`` only those in titles."""
    found: dict[str, list[Array]] = {name: [] for name in ("stem", "surface", "exact", "title", "lead")}
    for columns, first in leaves:
        forms = columns.stem_forms(term.stem)
        if forms[0] == forms[1]:
            continue
        places = columns.occurrences(*forms)
        local = columns.documents_at(places)
        in_title = places < columns.title_ends[local]
        in_lead = (places < columns.lead_ends[local]) & ~in_title
        documents = local + first
        for name, (start, end) in (
            ("exact", columns.exact_forms(term.exact, term.surface, term.stem)),
            ("surface", columns.surface_forms(term.surface, term.stem)),
            ("stem", forms),
        ):
            # The occurrences of a layer are a stretch of those of the stem.
            skipped = columns.occurrence_count(forms[0], start) if start < end else 0
            stretch = slice(skipped, skipped + columns.occurrence_count(start, end))
            found[name].append(documents[stretch][in_title[stretch]] if titled else documents[stretch])
        found["title"].append(documents[in_title])
        if not titled:
            found["lead"].append(documents[in_lead])
    stem = counted(found["stem"])
    return WordPostings(
        stem.documents,
        stem.counts,
        *(_counts_in(found[name], stem.documents) for name in ("surface", "exact", "title", "lead")),
    )


def counted(documents: Sequence[Array]) -> Postings:
    """Postings of the documents in which each occurrence stands, segment after segment."""
    every = np.concatenate([np.zeros(0, np.int64), *documents])
    if not len(every):
        return Postings(every, every)
    lowest = int(every.min())
    width = int(every.max()) - lowest + 1
    if width > 64 * len(every):
        every = np.sort(every)
        starts = np.flatnonzero(np.append(True, every[1:] != every[:-1]))
        return Postings(every[starts], np.diff(np.append(starts, len(every))))
    counts = np.bincount(every - lowest)
    present = np.flatnonzero(counts)
    return Postings(present + lowest, counts[present])


def _counts_in(documents: Sequence[Array], wanted: Array) -> Array:
    """How often each of the documents ``wanted`` (ascending) is among ``documents``, all of which are."""
    counts = np.zeros(len(wanted), np.int64)
    found = counted(documents)
    counts[np.searchsorted(wanted, found.documents)] = found.counts
    return counts


def forms_in(columns: Columns, word: Term, layer: str) -> Range:
    """The numbers of the exact forms of a word in a layer."""
    if layer == "exact":
        return columns.exact_forms(word.exact, word.surface, word.stem)
    if layer == "stem":
        return columns.stem_forms(word.stem)
    return columns.surface_forms(word.surface, word.stem)
