"""The content of a segment from its Whoosh files alone, for when its columns are lost."""

from array import array
from collections.abc import Iterator, Sequence
from datetime import date
from pickle import loads

import numpy as np
from whoosh.reading import SegmentReader

from search.analysis import forms
from search.engine.collocations import GAP
from search.engine.column_files import Array
from search.engine.content import Content
from search.engine.schema import KEY_FIELDS

_FREQUENCY_BYTES = 4


def recover_content(reader: SegmentReader) -> Content:
    """What the segment holds, deleted documents included."""
    count = reader.doc_count_all()
    vocabulary = sorted((*reversed(forms(exact)[1:]), exact, term) for exact, term in _terms(reader, "exact"))
    stream, lengths = _stream(*_read_positions(reader, [term for *_forms, term in vocabulary]), count)
    title_lengths, dates = np.zeros(count, np.int64), np.zeros(count, np.int64)
    for _text, term in _terms(reader, "title"):
        for document, value in _postings(reader, "title", term):
            title_lengths[document] += int.from_bytes(value[:_FREQUENCY_BYTES], "big")
    for day, term in _terms(reader, "date"):
        found = [document for document, _value in _postings(reader, "date", term)]
        dates[found] = date.fromisoformat(day).toordinal()
    return Content(
        vocabulary=[(stem, surface, exact) for stem, surface, exact, _term in vocabulary],
        stream=stream,
        lengths=lengths,
        title_lengths=title_lengths,
        dates=dates,
        primary_keys=_column(reader, "pk", count),
        articles=_column(reader, "article", count),
        digests=_column(reader, "digest", count),
        keys={
            field: {
                key: [document for document, _value in _postings(reader, field, term)]
                for key, term in _terms(reader, field)
            }
            for field in KEY_FIELDS
        },
    )


def _column(reader: SegmentReader, field: str, count: int) -> Array:
    column = reader.column_reader(field)
    return np.array([column[number] for number in range(count)], np.int64)


def _terms(reader: SegmentReader, field: str) -> Iterator[tuple[str, bytes]]:
    for term in reader.lexicon(field):
        yield term.decode(), term


def _postings(reader: SegmentReader, field: str, term: bytes) -> Iterator[tuple[int, bytes]]:
    """Every document of a term, deleted ones included, with the posting's value."""
    matcher = reader._terms.matcher(field, term, reader.schema[field].format)
    while matcher.is_active():
        yield matcher.id(), matcher.value()
        matcher.next()


def _read_positions(reader: SegmentReader, ordered: Sequence[bytes]) -> tuple[Array, Array, Array]:
    """The number, document and position of every word of the segment, sorted by the last two."""
    counts, documents, positions = array("I"), array("I"), array("I")
    for term in ordered:
        total = 0
        for document, value in _postings(reader, "exact", term):
            position = 0
            # Differences; the last byte of the pickle may be missing, as Whoosh itself allows.
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


def _stream(words: Array, documents: Array, positions: Array, count: int) -> tuple[Array, Array]:
    """The stream and the lengths of the documents in it."""
    jumps = np.zeros(len(words), np.int64)
    if len(words):
        same = documents[1:] == documents[:-1]
        jumps[1:] = same & (positions[1:] - positions[:-1] > 1)
    # A gap for every jump before a word, and one at the end of every document before it.
    places = np.arange(len(words)) + np.cumsum(jumps) + documents
    stream = np.full(len(words) + int(jumps.sum()) + count, GAP, np.uint32)
    stream[places] = words
    gaps = np.bincount(documents, weights=jumps, minlength=count).astype(np.int64)
    return stream, np.bincount(documents, minlength=count) + gaps + 1
