"""A segment of the index as arrays: one stream of words, and where each form of a word occurs in it.

Everything that a query needs follows from the words of the documents. Their exact forms are numbered so
that those of one surface, and the surfaces of one stem, are neighbours: each layer of a word is a range of
numbers, and its occurrences are a slice of one array. The arrays are written beside the Whoosh files of the
segment, which are made from them; when they are missing or damaged, they are made anew from those files.

The *stream* holds the number of each word's exact form, document after document, in order; ``GAP`` stands
after each document and wherever phrases must not reach over (between a title and the body). Places are
offsets into the stream.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from search.engine.collocations import expand
from search.engine.column_files import Array
from search.engine.schema import KEY_FIELDS

_SAMPLED = 64


class Strings(Sequence[str]):
    """Strings in one blob, a line break before each; ``starts`` are byte offsets, one more than strings.

    Of ``sampled`` ones, which must be sorted, every ``_SAMPLED``th is held in memory, so that finding one
    looks into one place of the file and not into twenty.
    """

    def __init__(self, blob: Array, starts: Array, *, sampled: bool = False) -> None:
        self._blob, self._starts = blob.data, starts
        self._samples = [self[number] for number in range(0, len(self), _SAMPLED)] if sampled else []

    def __len__(self) -> int:
        return len(self._starts) - 1

    def __getitem__(self, number: Any) -> str:
        return str(self._blob[self._starts[number] + 1 : self._starts[number + 1]], "utf-8")

    def __iter__(self) -> Iterator[str]:
        return iter(str(self._blob, "utf-8").split("\n")[1:])

    def find(self, text: str, start: int = 0, end: int | None = None) -> int | None:
        """The number of ``text`` among the sorted strings ``start`` to ``end``; None if it is not there."""
        end = len(self) if end is None else end
        if self._samples:
            sample = max(0, bisect_right(self._samples, text) - 1)
            start, end = max(start, sample * _SAMPLED), min(end, (sample + 1) * _SAMPLED)
        number = bisect_left(self, text, start, end)
        return number if number < end and self[number] == text else None

    def numbers_matching(self, expression: bytes) -> list[int]:
        """The numbers of the strings whose bytes fit ``expression``; linear in the length of the blob."""
        found = [match.start() for match in re.finditer(rb"\n" + expression + rb"(?=\n|\Z)", self._blob)]
        return [int(number) for number in np.searchsorted(self._starts, found)]

    def beginning_with(self, letters: str) -> list[int]:
        """The numbers of the strings that begin with ``letters``; linear in the length of the blob."""
        found = [match.start() for match in re.finditer(re.escape(b"\n" + letters.encode()), self._blob)]
        return [int(number) for number in np.searchsorted(self._starts, found)]


class Columns:
    """The arrays of one segment; documents are numbered as in the segment, deleted ones included.

    ``document_starts`` (places; one more than there are documents), ``title_ends`` and ``lead_ends`` cut
    the stream into titles, leads (the first ``derivation.LEAD_WORDS`` words of the body) and bodies;
    ``lengths``, ``title_lengths`` and ``lead_lengths`` count words. ``dates`` are proleptic ordinals, 0 for
    none. ``digests`` are those of the documents (``documents.digest_of``).
    ``surface_order`` are the numbers of the surfaces in the order of their text.
    """

    def __init__(self, arrays: dict[str, Array], extra: dict[str, Any]) -> None:
        self.stream = arrays["stream"]
        # What every question needs of every document is held in memory, whatever the file is.
        self.document_starts = np.array(arrays["document_starts"])
        self.title_ends, self.lead_ends = np.array(arrays["title_ends"]), np.array(arrays["lead_ends"])
        self.lengths, self.title_lengths = arrays["lengths"], arrays["title_lengths"]
        self.lead_lengths = arrays["lead_lengths"]
        self.dates, self.primary_keys = arrays["dates"], arrays["primary_keys"]
        self.articles, self.digests = arrays["articles"], arrays["digests"]
        self.exact = Strings(arrays["exact_blob"], arrays["exact_starts"])
        self.surfaces = Strings(arrays["surface_blob"], arrays["surface_starts"])
        self.stems = Strings(arrays["stem_blob"], arrays["stem_starts"], sampled=True)
        self._first_exact, self._first_surface = arrays["first_exact"], arrays["first_surface"]
        self._sounds = Strings(arrays["sound_blob"], arrays["sound_starts"])
        self._first_sounding, self._sounding = arrays["first_sounding"], arrays["sounding"]
        self._occurrences, self._occurrence_starts = arrays["occurrences"], arrays["occurrence_starts"]
        self._keys = {
            field: (extra["keys"][field], arrays[f"{field}_starts"], arrays[f"{field}_documents"])
            for field in KEY_FIELDS
        }
        self.trigrams = Strings(arrays["trigram_blob"], arrays["trigram_starts"])
        self.trigram_counts, self.lead_trigram_counts = arrays["trigram_df"], arrays["lead_trigram_df"]
        self.trigram_lengths = arrays["trigram_lengths"]
        self.lead_trigram_lengths = arrays["lead_trigram_lengths"]
        self.surface_trigrams, self.surface_trigram_starts = arrays["spelled"], arrays["spelled_starts"]
        self.pairs, self.pair_counts = arrays["pairs"], arrays["pair_df"]
        self.surface_of, self.stem_of = arrays["surface_of"], arrays["stem_of"]
        self.surface_order = arrays["surface_order"]

    @property
    def documents(self) -> int:
        """How many documents the segment has."""
        return len(self.lengths)

    def stem_forms(self, stem: str) -> tuple[int, int]:
        """The numbers (half-open) of the exact forms of a stem; an empty range if it has none."""
        number = self.stems.find(stem)
        if number is None:
            return 0, 0
        first, last = self._first_surface[number], self._first_surface[number + 1]
        return int(self._first_exact[first]), int(self._first_exact[last])

    def surface_forms(self, surface: str, stem: str) -> tuple[int, int]:
        """The numbers of the exact forms of a surface, whose stem is ``stem``."""
        number = self.stems.find(stem)
        if number is None:
            return 0, 0
        first, last = int(self._first_surface[number]), int(self._first_surface[number + 1])
        found = self.surfaces.find(surface, first, last)
        return (0, 0) if found is None else (int(self._first_exact[found]), int(self._first_exact[found + 1]))

    def exact_forms(self, exact: str, surface: str, stem: str) -> tuple[int, int]:
        """The number of an exact form as a range of one, or an empty range."""
        found = self.exact.find(exact, *self.surface_forms(surface, stem))
        return (0, 0) if found is None else (found, found + 1)

    def stems_sounding(self, sound: str) -> list[str]:
        """The stems whose sound (``archive.arabic.sounds``) this is."""
        number = self._sounds.find(sound)
        if number is None:
            return []
        first, last = self._first_sounding[number], self._first_sounding[number + 1]
        return [self.stems[int(stem)] for stem in self._sounding[first:last]]

    def forms_of_surface(self, number: int) -> tuple[int, int]:
        """The numbers of the exact forms of a surface."""
        return int(self._first_exact[number]), int(self._first_exact[number + 1])

    def surfaces_of_stem(self, number: int) -> tuple[int, int]:
        """The numbers of the surfaces of a stem."""
        return int(self._first_surface[number]), int(self._first_surface[number + 1])

    def occurrences(self, first: int, last: int) -> Array:
        """The places of the exact forms ``first`` to ``last`` (half-open), in order within each form."""
        return self._occurrences[self._occurrence_starts[first] : self._occurrence_starts[last]]

    def occurrences_of(self, ranges: Array) -> Array:
        """The places of several ranges of exact forms (rows of first and last), one range after another."""
        starts, ends = self._occurrence_starts[ranges[:, 0]], self._occurrence_starts[ranges[:, 1]]
        return self._occurrences[expand(starts.astype(np.int64), ends)]

    def occurrence_count(self, first: int, last: int) -> int:
        return int(self._occurrence_starts[last] - self._occurrence_starts[first])

    def documents_at(self, places: Array) -> Array:
        """The documents in which the places stand."""
        return np.searchsorted(self.document_starts, places, side="right") - 1

    @property
    def first_exact(self) -> Array:
        """The number of the first exact form of each surface; one more than there are surfaces."""
        return self._first_exact

    @property
    def first_surface(self) -> Array:
        """The number of the first surface of each stem; one more than there are stems."""
        return self._first_surface

    @property
    def all_occurrences(self) -> Array:
        """The places of every word, exact form after exact form."""
        return self._occurrences

    @property
    def occurrence_starts(self) -> Array:
        """Where in ``all_occurrences`` those of each exact form begin; one more than there are forms."""
        return self._occurrence_starts

    def keyed_documents(self, field: str) -> Iterator[tuple[str, Array]]:
        """The values of a field of keys with the documents that have each."""
        values, starts, documents = self._keys[field]
        for number, value in enumerate(values):
            yield value, documents[starts[number] : starts[number + 1]]
