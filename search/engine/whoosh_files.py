"""The Whoosh segment of columns: one compound file, made from the arrays alone.

It is what Whoosh 2.7.4 writes for the same documents, in fewer bytes, so that anyone can read the index with
stock Whoosh, and lost columns can be made anew from it.
"""

import os
import pickle
import struct
from collections.abc import Callable, Iterator
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

import numpy as np
from whoosh.codec.whoosh3 import STORED_COLUMN, W3Codec, W3Segment
from whoosh.filedb.structfile import StructFile
from whoosh.util.numeric import length_to_byte

from search.analysis import GAP_LENGTH
from search.engine.collocations import GAP, expand, starts_of
from search.engine.column_files import Array
from search.engine.columns import Columns
from search.engine.posting_lists import Postings, encode_postings
from search.engine.schema import INDEX_NAME, KEY_FIELDS, identifier
from search.engine.term_index import TermIndex

_WORDS_A_CHUNK = 150_000
_FRONT = struct.Struct("!qi")


class _Chunk(NamedTuple):
    terms: list[bytes]
    postings: Postings


def new_segment(columns: Columns, name: str) -> W3Segment:
    """What a table of contents says of the segment; ``name`` is the part of its own in its file names."""
    segment = segment_named(name, columns.documents)
    segment._fieldlengths = {
        "exact": int(columns.lengths.sum()),
        "stem": int(columns.lengths.sum()),
        "title": int(columns.title_lengths.sum()),
    }
    return segment


def segment_named(name: str, documents: int) -> W3Segment:
    """What is enough to read the files of a segment."""
    segment = W3Segment(W3Codec(), INDEX_NAME, documents, name)
    segment.compound = True
    return segment


def name_of(segment_id: str) -> str:
    """The part of its own in the name of a segment."""
    return segment_id.removeprefix(f"{INDEX_NAME}_")


def write_segment(folder: Path, segment: W3Segment, columns: Columns, kind: str) -> None:
    """Write the compound file of the segment, durably."""
    index, written = TermIndex(), 0
    with (folder / segment.make_filename(segment.COMPOUND_EXT)).open("wb") as file:
        file.write(bytes(_FRONT.size))
        for field, chunks in _fields(columns, kind):
            for chunk in chunks:
                lists, records = encode_postings(chunk.postings, written)
                index.add(field, chunk.terms, records)
                file.write(lists)
                written += len(lists)
        parts = {W3Codec.POSTS_EXT: (_FRONT.size, written)}
        for extension, content in (
            (W3Codec.TERMS_EXT, index.encode()),
            *((f".{name}{W3Codec.COLUMN_EXT}", content) for name, content in _values(columns, kind)),
        ):
            parts[extension] = (file.tell(), len(content))
            file.write(content)
        start = file.tell()
        directory = {
            segment.make_filename(extension): {"offset": offset, "length": length, "modified": 0}
            for extension, (offset, length) in parts.items()
        }
        last = pickle.dumps(directory, 2) + pickle.dumps({}, 2)
        file.write(last)
        file.seek(0)
        file.write(_FRONT.pack(start, len(last)))
        file.flush()
        os.fsync(file.fileno())


def _values(columns: Columns, kind: str) -> Iterator[tuple[str, bytes]]:
    """The files of values by document."""
    yield "pk", columns.primary_keys.astype(">i8").tobytes()
    yield "article", columns.articles.astype(">i8").tobytes()
    yield "digest", columns.digests.astype(">i8").tobytes()
    for field, lengths in (
        ("exact", columns.lengths),
        ("stem", columns.lengths),
        ("title", columns.title_lengths),
    ):
        yield f"_{field}_len", _rounded(lengths).tobytes()
    memory = BytesIO()
    writer = STORED_COLUMN.writer(StructFile(memory))
    for number, key in enumerate(columns.primary_keys.tolist()):
        writer.add(number, {"id": identifier(kind, key)})
    writer.finish(columns.documents)
    yield "_stored", memory.getvalue()


def _rounded(lengths: Array) -> Array:
    """Lengths in words as the byte that Whoosh keeps of each."""
    found, numbers = np.unique(lengths, return_inverse=True)
    return np.array([length_to_byte(length) for length in found.tolist()], np.uint8)[numbers]


def _fields(columns: Columns, kind: str) -> Iterator[tuple[str, Iterator[_Chunk]]]:
    """The fields in the order of their names, with their terms in order."""
    chunks: dict[str, Callable[[], Iterator[_Chunk]]] = {
        "date": lambda: _days(columns),
        "exact": lambda: _exact(columns),
        "id": lambda: _identifiers(columns, kind),
        "stem": lambda: _stems(columns),
        "title": lambda: _titles(columns),
    }
    for field in KEY_FIELDS:
        chunks[field] = lambda field=field: _keys(columns, field)  # type: ignore[misc]
    for field in sorted(chunks):
        yield field, chunks[field]()


def _keys(columns: Columns, field: str) -> Iterator[_Chunk]:
    yield from _listed([(value.encode(), each) for value, each in columns.keyed_documents(field)], True)


def _days(columns: Columns) -> Iterator[_Chunk]:
    named = {
        date.fromordinal(day).isoformat().encode(): documents
        for day, documents in _grouped(columns.dates)
        if day
    }
    yield from _listed([(name, named[name]) for name in sorted(named)], False)


def _identifiers(columns: Columns, kind: str) -> Iterator[_Chunk]:
    named = {identifier(kind, key).encode(): documents for key, documents in _grouped(columns.primary_keys)}
    yield from _listed([(name, named[name]) for name in sorted(named)], False)


def _grouped(values: Array) -> Iterator[tuple[int, Array]]:
    """The documents that have each value."""
    order = np.argsort(values, kind="stable")
    found, firsts = np.unique(values[order], return_index=True)
    yield from zip(found.tolist(), np.split(order, firsts[1:]), strict=True)


def _listed(documents: list[tuple[bytes, Array]], valued: bool) -> Iterator[_Chunk]:
    """Terms that a document has once, in fields whose length does not count."""
    if documents:
        found = np.concatenate([each for _term, each in documents]).astype(np.int64)
        yield _Chunk(
            [term for term, _documents in documents],
            Postings(
                starts_of([len(each) for _term, each in documents]),
                found,
                np.ones(len(found), np.int64),
                np.zeros(len(found), np.uint8),
                valued=valued,
            ),
        )


def _exact(columns: Columns) -> Iterator[_Chunk]:
    texts = list(columns.exact)
    order = np.array(sorted(range(len(texts)), key=texts.__getitem__), np.int64)
    starts = columns.occurrence_starts.astype(np.int64)
    lengths = _rounded(columns.lengths)
    gaps = np.cumsum(columns.stream == GAP, dtype=np.int32)
    for first, last in _chunks(starts[order + 1] - starts[order]):
        chosen = order[first:last]
        places = columns.all_occurrences[expand(starts[chosen], starts[chosen + 1])].astype(np.int64)
        terms = np.repeat(np.arange(last - first), starts[chosen + 1] - starts[chosen])
        documents = columns.documents_at(places)
        begins = columns.document_starts[documents]
        positions = places - begins + (GAP_LENGTH - 1) * (gaps[places] - gaps[begins])
        postings = _counted(terms, documents, lengths, last - first)
        yield _Chunk([texts[number].encode() for number in chosen], postings._replace(positions=positions))


def _stems(columns: Columns) -> Iterator[_Chunk]:
    stems = list(columns.stems)
    starts = columns.occurrence_starts[columns.first_exact[columns.first_surface]].astype(np.int64)
    lengths = _rounded(columns.lengths)
    for first, last in _chunks(np.diff(starts)):
        places = columns.all_occurrences[starts[first] : starts[last]]
        terms = np.repeat(np.arange(last - first), np.diff(starts[first : last + 1]))
        keys = np.sort(terms * columns.documents + columns.documents_at(places))
        postings = _counted(keys // columns.documents, keys % columns.documents, lengths, last - first)
        yield _Chunk([text.encode() for text in stems[first:last]], postings)


def _titles(columns: Columns) -> Iterator[_Chunk]:
    starts, ends = columns.document_starts[:-1], columns.title_ends
    words = columns.stream[expand(starts, ends)]
    documents = np.repeat(np.arange(columns.documents), ends - starts.astype(np.int64))[words != GAP]
    stems = columns.stem_of[words[words != GAP]].astype(np.int64)
    keys = np.sort(stems * columns.documents + documents)
    found, terms = np.unique(keys // max(columns.documents, 1), return_inverse=True)
    if len(found):
        postings = _counted(terms, keys % columns.documents, _rounded(columns.title_lengths), len(found))
        yield _Chunk([columns.stems[number].encode() for number in found], postings)


def _counted(terms: Array, documents: Array, lengths: Array, count: int) -> Postings:
    """Postings of occurrences in the order of terms (0 to ``count``) and documents."""
    fresh = np.ones(len(terms), bool)
    fresh[1:] = (terms[1:] != terms[:-1]) | (documents[1:] != documents[:-1])
    firsts = np.flatnonzero(fresh)
    frequencies = np.diff(np.append(firsts, len(terms)))
    found = documents[firsts].astype(np.int64)
    return Postings(
        starts_of(np.bincount(terms[firsts], minlength=count)), found, frequencies, lengths[found]
    )


def _chunks(sizes: Array) -> Iterator[tuple[int, int]]:
    """Ranges of neighbours of these sizes, of about ``_WORDS_A_CHUNK`` together."""
    ends = np.cumsum(sizes)
    first = 0
    while first < len(sizes):
        before = int(ends[first - 1]) if first else 0
        last = max(first + 1, int(np.searchsorted(ends, before + _WORDS_A_CHUNK, side="right")))
        yield first, last
        first = last
