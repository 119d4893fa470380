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
    def size(self) -> int:
        return int(self.documents.nbytes + self.counts.nbytes)


@dataclass(frozen=True, slots=True)
class WordPostings:
    """Where a word occurs, by layer in the whole article, and by its stem in the title and the lead."""

    exact: Postings
    surface: Postings
    stem: Postings
    title: Postings
    lead: Postings

    @property
    def size(self) -> int:
        return sum(each.size for each in (self.exact, self.surface, self.stem, self.title, self.lead))


class _Sized(Protocol):
    @property
    def size(self) -> int: ...


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
    return made.size + _ENTRY_BYTES + parts * _PART_BYTES


def find_word(leaves: Sequence[Leaf], term: Term, *, titled: bool = False) -> WordPostings:
    """The occurrences of a word; with ``titled`` only those in titles."""
    found: dict[str, list[Array]] = {name: [] for name in ("exact", "surface", "stem", "title", "lead")}
    for columns, first in leaves:
        forms = columns.stem_forms(term.stem)
        if forms[0] == forms[1]:
            continue
        places = columns.occurrences(*forms)
        documents = columns.documents_at(places)
        in_title = places < columns.title_ends[documents]
        in_lead = (places < columns.lead_ends[documents]) & ~in_title
        wanted = in_title if titled else np.ones(len(places), bool)
        for name, (start, end) in (
            ("exact", columns.exact_forms(term.exact, term.surface, term.stem)),
            ("surface", columns.surface_forms(term.surface, term.stem)),
            ("stem", forms),
        ):
            # The occurrences of a layer are a stretch of those of the stem.
            skipped = columns.occurrence_count(forms[0], start) if start < end else 0
            stretch = slice(skipped, skipped + columns.occurrence_count(start, end))
            found[name].append(documents[stretch][wanted[stretch]] + first)
        found["title"].append(documents[in_title] + first)
        found["lead"].append(documents[in_lead & wanted] + first)
    return WordPostings(**{name: counted(documents) for name, documents in found.items()})


def find_run(
    leaves: Sequence[Leaf], words: Sequence[Term], *, layer: str = "surface", titled: bool = False
) -> Postings:
    """Where the words stand side by side and in order, each in the form that it has in ``layer``."""
    found = []
    for columns, first in leaves:
        places = _run_places(columns, [_forms(columns, word, layer) for word in words])
        documents = columns.documents_at(places)
        if titled:
            documents = documents[places < columns.title_ends[documents]]
        found.append(documents + first)
    return counted(found)


def find_prefix(
    leaves: Sequence[Leaf], letters: str, *, most: int, layer: str = "surface", titled: bool = False
) -> tuple[Postings, bool]:
    """Where words begin with ``letters`` in a layer, and whether there were more than ``most`` such words.

    Then the ``most`` commonest of each segment count. In the ``surface`` a stem may begin so too.
    """
    found, cut = [], False
    for columns, first in leaves:
        if layer == "exact":
            ranges = [(number, number + 1) for number in columns.exact.beginning_with(letters)]
        else:
            ranges = columns.prefixed_forms(letters)
        if len(ranges) > most:
            cut = True
            ranges = sorted(ranges, key=lambda each: -columns.occurrence_count(*each))[:most]
        places = np.concatenate([np.zeros(0, np.uint32), *(columns.occurrences(*each) for each in ranges)])
        documents = columns.documents_at(places)
        if titled:
            documents = documents[places < columns.title_ends[documents]]
        found.append(documents + first)
    return counted(found), cut


def counted(documents: Sequence[Array]) -> Postings:
    """Postings of the documents in which each occurrence stands, segment after segment."""
    every = np.concatenate([np.zeros(0, np.int64), *documents])
    if not len(every):
        return Postings(every, every)
    lowest = int(every.min())
    width = int(every.max()) - lowest + 1
    if width > 64 * len(every):
        return Postings(*np.unique(every, return_counts=True))
    counts = np.bincount(every - lowest)
    present = np.flatnonzero(counts)
    return Postings(present + lowest, counts[present])


def _forms(columns: Columns, word: Term, layer: str) -> Range:
    if layer == "exact":
        return columns.exact_forms(word.exact, word.surface, word.stem)
    if layer == "stem":
        return columns.stem_forms(word.stem)
    return columns.surface_forms(word.surface, word.stem)


def _run_places(columns: Columns, ranges: Sequence[Range]) -> Array:
    """The places where a run of words begins, each in one of its range of forms."""
    rarest = min(range(len(ranges)), key=lambda each: columns.occurrence_count(*ranges[each]))
    places = columns.occurrences(*ranges[rarest]).astype(np.int64) - rarest
    places = places[(places >= 0) & (places + len(ranges) <= len(columns.stream))]
    for step, (first, last) in enumerate(ranges):
        if step != rarest:
            words = columns.stream[places + step]
            places = places[(words >= first) & (words < last)]
    return places
