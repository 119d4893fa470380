"""A segment of the index as arrays: one stream of words, and where each form of a word occurs in it.

Everything that a query needs is made from the positions of the ``exact`` field, whose forms are numbered so
that those of one surface, and the surfaces of one stem, are neighbours: each layer of a word is a range of
numbers, and its occurrences are a slice of one array. The arrays are written beside Whoosh's files when a
segment is committed; they are nothing but a faster form of it, and are made anew when missing or damaged.

The *stream* holds the number of each word's exact form, document after document, in order; ``GAP`` stands
after each document and wherever phrases must not reach over (between a title and the body). Places are
offsets into the stream.
"""

import logging
import re
from array import array
from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from datetime import date
from pathlib import Path
from pickle import loads
from typing import Any

import numpy as np
from whoosh.reading import SegmentReader

from archive.arabic.sounds import sound
from search.analysis import forms
from search.engine.collocations import GAP, count_pairs, count_trigrams, starts_of
from search.engine.column_files import Array, ColumnFileError, read_arrays, write_arrays
from search.engine.schema import KEY_FIELDS

LEAD_WORDS = 40
EXTENSION = "columns"
_FREQUENCY_BYTES = 4

logger = logging.getLogger(__name__)


class Strings(Sequence[str]):
    """Strings in one blob, a line break before each; ``starts`` are byte offsets, one more than strings."""

    def __init__(self, blob: Array, starts: Array) -> None:
        self._blob, self._starts = blob.data, starts

    def __len__(self) -> int:
        return len(self._starts) - 1

    def __getitem__(self, number: Any) -> str:
        return str(self._blob[self._starts[number] + 1 : self._starts[number + 1]], "utf-8")

    def find(self, text: str, start: int = 0, end: int | None = None) -> int | None:
        """The number of ``text`` among the sorted strings ``start`` to ``end``; None if it is not there."""
        end = len(self) if end is None else end
        number = bisect_left(self, text, start, end)
        return number if number < end and self[number] == text else None

    def beginning_with(self, letters: str) -> list[int]:
        """The numbers of the strings that begin with ``letters``; linear in the length of the blob."""
        found = [match.start() for match in re.finditer(re.escape(b"\n" + letters.encode()), self._blob)]
        return [int(number) for number in np.searchsorted(self._starts, found)]


class Columns:
    """The arrays of one segment; documents are numbered as in the segment, deleted ones included.

    ``document_starts`` (places; one more than there are documents), ``title_ends`` and ``lead_ends`` cut
    the stream into titles, leads (the first ``LEAD_WORDS`` words of the body) and bodies; ``lengths``,
    ``title_lengths`` and ``lead_lengths`` count words. ``dates`` are proleptic ordinals, 0 for none.
    """

    def __init__(self, arrays: dict[str, Array], extra: dict[str, Any]) -> None:
        self.stream = arrays["stream"]
        self.document_starts = arrays["document_starts"]
        self.title_ends, self.lead_ends = arrays["title_ends"], arrays["lead_ends"]
        self.lengths, self.title_lengths = arrays["lengths"], arrays["title_lengths"]
        self.lead_lengths = arrays["lead_lengths"]
        self.dates, self.primary_keys = arrays["dates"], arrays["primary_keys"]
        self.exact = Strings(arrays["exact_blob"], arrays["exact_starts"])
        self.surfaces = Strings(arrays["surface_blob"], arrays["surface_starts"])
        self.stems = Strings(arrays["stem_blob"], arrays["stem_starts"])
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

    def prefixed_forms(self, letters: str) -> list[tuple[int, int]]:
        """The ranges of exact forms, one a surface, that begin with ``letters`` or whose stem does."""
        found = set(self.surfaces.beginning_with(letters))
        for stem in self.stems.beginning_with(letters):
            found.update(range(int(self._first_surface[stem]), int(self._first_surface[stem + 1])))
        return [(int(self._first_exact[each]), int(self._first_exact[each + 1])) for each in sorted(found)]

    def occurrences(self, first: int, last: int) -> Array:
        """The places of the exact forms ``first`` to ``last`` (half-open), in order within each form."""
        return self._occurrences[self._occurrence_starts[first] : self._occurrence_starts[last]]

    def occurrence_count(self, first: int, last: int) -> int:
        return int(self._occurrence_starts[last] - self._occurrence_starts[first])

    def documents_at(self, places: Array) -> Array:
        """The documents in which the places stand."""
        return np.searchsorted(self.document_starts, places, side="right") - 1

    def keyed_documents(self, field: str) -> Iterator[tuple[str, Array]]:
        """The values of a field of keys with the documents that have each."""
        values, starts, documents = self._keys[field]
        for number, value in enumerate(values):
            yield value, documents[starts[number] : starts[number + 1]]


def open_columns(path: Path, reader: SegmentReader) -> Columns:
    """The columns kept at ``path``; made from the segment, and kept if the disk allows, when they are not."""
    try:
        arrays, extra = read_arrays(path)
        if extra["segment"] != _name(reader) or extra["documents"] != reader.doc_count_all():
            raise ColumnFileError(f"{path.name} is of another segment")
        return Columns(arrays, extra)
    except (ColumnFileError, KeyError):
        pass
    arrays, extra = build_columns(reader)
    try:
        write_arrays(path, arrays, extra)
    except OSError:
        logger.warning("The columns of %s cannot be kept.", path.name, exc_info=True)
    return Columns(arrays, extra)


def build_columns(reader: SegmentReader) -> tuple[dict[str, Array], dict[str, Any]]:
    """The arrays of a segment, from its index alone."""
    count = reader.doc_count_all()
    vocabulary = sorted((*reversed(forms(exact)[1:]), exact, term) for exact, term in _terms(reader, "exact"))
    words, documents, positions = _read_positions(reader, [term for *_forms, term in vocabulary])
    title_lengths = np.zeros(count, np.int64)
    for _text, term in _terms(reader, "title"):
        for document, value in _postings(reader, "title", term):
            title_lengths[document] += _frequency(value)
    arrays = _layers(vocabulary)
    arrays |= _stream(words, documents, positions, title_lengths, count)
    arrays |= _occurrences(arrays["stream"], len(vocabulary))
    arrays |= count_pairs(arrays)
    arrays |= count_trigrams(arrays, Strings(arrays["surface_blob"], arrays["surface_starts"]))
    arrays |= _strings("trigram", arrays.pop("names").tolist())
    column = reader.column_reader("pk")
    arrays["primary_keys"] = np.array([column[number] for number in range(count)], np.int64)
    arrays["dates"] = np.zeros(count, np.int32)
    for day, term in _terms(reader, "date"):
        found = [document for document, _value in _postings(reader, "date", term)]
        arrays["dates"][found] = date.fromisoformat(day).toordinal()
    keys: dict[str, list[str]] = {}
    for field in KEY_FIELDS:
        listed = list(_terms(reader, field))
        having = [[document for document, _value in _postings(reader, field, term)] for _key, term in listed]
        keys[field] = [key for key, _term in listed]
        arrays[f"{field}_starts"] = starts_of([len(each) for each in having])
        arrays[f"{field}_documents"] = np.array([each for some in having for each in some], np.uint32)
    for name, values in arrays.items():
        if name.endswith("_starts"):
            arrays[name] = values.astype(np.uint32)
    return arrays, {"segment": _name(reader), "documents": count, "keys": keys}


def _name(reader: SegmentReader) -> str:
    return str(reader.segment().segment_id())


def _terms(reader: SegmentReader, field: str) -> Iterator[tuple[str, bytes]]:
    for term in reader.lexicon(field):
        yield term.decode(), term


def _postings(reader: SegmentReader, field: str, term: bytes) -> Iterator[tuple[int, bytes]]:
    """Every document of a term, deleted ones included, with the posting's value."""
    matcher = reader._terms.matcher(field, term, reader.schema[field].format)
    while matcher.is_active():
        yield matcher.id(), matcher.value()
        matcher.next()


def _frequency(value: bytes) -> int:
    return int.from_bytes(value[:_FREQUENCY_BYTES], "big")


def _read_positions(reader: SegmentReader, ordered: Sequence[bytes]) -> tuple[Array, Array, Array]:
    """The number, document and position of every word of the segment, sorted by the last two."""
    counts, documents, positions = array("I"), array("I"), array("I")
    for term in ordered:
        total = 0
        for document, value in _postings(reader, "exact", term):
            position = 0
            # A list of differences; Whoosh drops the pickle's last byte in places.
            for step in loads(value[_FREQUENCY_BYTES:] + b"."):
                position += step
                positions.append(position)
                documents.append(document)
                total += 1
        counts.append(total)
    words = np.repeat(np.arange(len(ordered), dtype=np.uint32), np.array(counts, np.int64))
    where = np.array(documents, np.int64) << 32 | np.array(positions, np.int64)
    order = np.argsort(where, kind="stable")
    where = where[order]
    return words[order], where >> 32, where & 0xFFFFFFFF


def _layers(vocabulary: Sequence[tuple[str, str, str, bytes]]) -> dict[str, Array]:
    """The strings of each layer, and where the forms of each stem and surface begin."""
    stems: dict[str, None] = {}
    surfaces: dict[str, None] = {}
    first_surface, first_exact, surface_of, stem_of = [], [], [], []
    for number, (stem, surface, _exact, _term) in enumerate(vocabulary):
        if surface not in surfaces:
            if stem not in stems:
                stems[stem] = None
                first_surface.append(len(surfaces))
            surfaces[surface] = None
            first_exact.append(number)
        surface_of.append(len(surfaces) - 1)
        stem_of.append(len(stems) - 1)
    arrays = {
        "first_surface": np.array([*first_surface, len(surfaces)], np.uint32),
        "first_exact": np.array([*first_exact, len(vocabulary)], np.uint32),
        "surface_of": np.array(surface_of, np.uint32),
        "stem_of": np.array(stem_of, np.uint32),
    }
    sounds: dict[str, list[int]] = {}
    for number, stem in enumerate(stems):
        if not stem.isascii():
            sounds.setdefault(sound(stem), []).append(number)
    names = sorted(sounds)
    arrays["first_sounding"] = starts_of([len(sounds[name]) for name in names]).astype(np.uint32)
    arrays["sounding"] = np.array([number for name in names for number in sounds[name]], np.uint32)
    arrays |= _strings("sound", names)
    for name, strings in (("stem", stems), ("surface", surfaces), ("exact", [row[2] for row in vocabulary])):
        arrays |= _strings(name, strings)
    return arrays


def _strings(name: str, strings: Collection[str]) -> dict[str, Array]:
    encoded = [b"\n" + text.encode() for text in strings]
    return {
        f"{name}_blob": np.frombuffer(b"".join(encoded), np.uint8),
        f"{name}_starts": starts_of([len(each) for each in encoded]),
    }


def _stream(
    words: Array, documents: Array, positions: Array, title_lengths: Array, count: int
) -> dict[str, Array]:
    lengths = np.bincount(documents, minlength=count)
    firsts = starts_of(lengths)
    jumps = np.zeros(len(words), np.int64)
    if len(words):
        same = documents[1:] == documents[:-1]
        jumps[1:] = same & (positions[1:] - positions[:-1] > 1)
    # A gap for every jump before a word, and one at the end of every document before it.
    shift = np.cumsum(jumps) + documents
    places = np.arange(len(words)) + shift
    stream = np.full(len(words) + int(jumps.sum()) + count, GAP, np.uint32)
    stream[places] = words
    gaps = np.bincount(documents, weights=jumps, minlength=count).astype(np.int64)
    starts = starts_of(lengths + gaps + 1)
    ends = starts[1:] - 1
    placed = np.append(places, 0)

    def place_of(ranks: Array) -> Array:
        """The place of the word of this rank in each document; its end when it has fewer words."""
        inside = ranks < lengths
        return np.where(inside, placed[np.where(inside, firsts[:-1] + ranks, -1)], ends).astype(np.uint32)

    return {
        "stream": stream,
        "document_starts": starts,
        "title_ends": place_of(title_lengths),
        "lead_ends": place_of(title_lengths + LEAD_WORDS),
        "lengths": lengths.astype(np.uint32),
        "title_lengths": title_lengths.astype(np.uint32),
        "lead_lengths": np.minimum(LEAD_WORDS, lengths - title_lengths).astype(np.uint32),
    }


def _occurrences(stream: Array, vocabulary: int) -> dict[str, Array]:
    order = np.argsort(stream, kind="stable")
    counts = np.bincount(stream[stream != GAP], minlength=vocabulary)
    return {
        "occurrences": order[: int(counts.sum())].astype(np.uint32),
        "occurrence_starts": starts_of(counts),
    }
