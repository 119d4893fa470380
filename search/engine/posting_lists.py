"""Posting lists in the format of Whoosh's third codec, written from arrays many terms at a time.

A list is cut into blocks of ``BLOCK`` postings. A block is its length (negative: the last one), a pickle
of what Whoosh must know to skip it, and a pickle of identifiers (as differences), weights and values.
Pickles are written opcode by opcode, in the shortest form that the unpickler takes for a sequence of
numbers: bytes where all are below 256, else a tuple. The list of a term that is in one document only stands
in the term's own record, where Whoosh reads it too.
"""

import struct
from typing import NamedTuple
from zlib import compress

import numpy as np

from search.engine.collocations import starts_of
from search.engine.column_files import Array

BLOCK = 128
_MAGIC = b"W3Bl"
# Flags (inlined or not), weight, documents, least and most length, most weight, first and last document.
_RECORD = struct.Struct("!BfIBBfII")
_EXTENT = struct.Struct("!qi")
_BLOCK_LENGTH = struct.Struct("!i")
_COMPRESSED_FROM = 200  # bytes of a block; shorter ones hardly shrink
# The longest run of positions that is written as bytes, so that the value stays below 256 bytes.
_MOST_BYTES = 200
_BYTE, _SHORT, _INT = 0x4B, 0x4D, 0x4A  # opcodes of numbers of one, two and four bytes


class Postings(NamedTuple):
    """The posting lists of some terms, one after another.

    ``starts`` are offsets into the other arrays, one more than terms. ``lengths`` (a byte each, as Whoosh
    rounds them) are those of the documents in the field, 0 where it has none. ``positions`` are of all
    occurrences, posting after posting; None where the field keeps none. ``valued`` is whether the values
    of postings are frequencies.
    """

    starts: Array
    documents: Array
    frequencies: Array
    lengths: Array
    positions: Array | None = None
    valued: bool = True


def encode_postings(postings: Postings, offset: int) -> tuple[bytes, list[bytes]]:
    """The posting lists as they stand in the file from ``offset``, and the record of each term."""
    starts, sizes = postings.starts, np.diff(postings.starts)
    firsts = starts[:-1]
    # The documents of a block as differences, the first of each block from 0.
    differences = postings.documents.astype(np.int64)
    heads = _block_starts(starts)
    differences[1:] -= postings.documents[:-1]
    differences[heads] = postings.documents[heads]
    ids, id_starts = _numbers(differences)
    values, value_starts = _values(postings)
    frequencies = postings.frequencies
    if not len(sizes):
        return b"", []
    totals = np.add.reduceat(frequencies, firsts, dtype=np.float64).tolist()
    most = np.maximum.reduceat(frequencies, firsts).tolist()
    shortest = np.minimum.reduceat(postings.lengths, firsts).tolist()
    longest = np.maximum.reduceat(postings.lengths, firsts).tolist()
    first_documents = postings.documents[firsts].tolist()
    last_documents = postings.documents[starts[1:] - 1].tolist()
    blocks = _Blocks(postings, ids, id_starts, values, value_starts)
    lists, records = [], []
    place = 0
    pack, extent = _RECORD.pack, _EXTENT.pack
    for term, (start, size) in enumerate(zip(firsts.tolist(), sizes.tolist(), strict=True)):
        record = pack(
            size == 1,
            totals[term],
            size,
            shortest[term],
            longest[term],
            most[term],
            first_documents[term],
            last_documents[term],
        )
        if size == 1:
            records.append(record + blocks.inlined(start))
            continue
        written = blocks.list_of(start, size)
        lists.append(written)
        records.append(record + extent(offset + place, len(written)))
        place += len(written)
    return b"".join(lists), records


class _Blocks:
    """The pickles of stretches of postings, cut out of the encodings of them all."""

    def __init__(
        self, postings: Postings, ids: bytes, id_starts: Array, values: bytes, value_starts: Array
    ) -> None:
        self._ids, self._id_starts = ids, id_starts.tolist()
        self._values, self._value_starts = values, value_starts.tolist()
        self._documents = postings.documents
        self._frequencies = postings.frequencies
        self._positioned, self._valued = postings.positions is not None, postings.valued
        self._lengths = postings.lengths
        weights, weight_starts = _numbers(postings.frequencies.astype(np.int64))
        self._weights, self._weight_starts = weights, weight_starts.tolist()
        self._bytes = np.minimum(postings.frequencies, 255).astype(np.uint8).tobytes()
        self._length_bytes = postings.lengths.tobytes()

    def inlined(self, start: int) -> bytes:
        """The pickle of a list of one posting: three tuples of one."""
        return b"%b\x85%b\x85%b\x85\x87." % (
            self._ids[self._id_starts[start] : self._id_starts[start + 1]],
            self._weights[self._weight_starts[start] : self._weight_starts[start + 1]],
            self._value(start) if self._valued else b"C\x00",
        )

    def list_of(self, start: int, size: int) -> bytes:
        """The blocks of a list."""
        if size <= BLOCK:
            return _MAGIC + self._block(start, start + size, last=True)
        end = start + size
        return _MAGIC + b"".join(
            self._block(first, min(end, first + BLOCK), last=first + BLOCK >= end)
            for first in range(start, end, BLOCK)
        )

    def _block(self, start: int, end: int, *, last: bool) -> bytes:
        counts, lengths = self._bytes[start:end], self._length_bytes[start:end]
        most = max(counts)
        if most == 1:
            weights = b"N"
        elif most < 255:
            weights = b"C%c%b" % (end - start, counts)
        else:
            most = int(self._frequencies[start:end].max())
            weights = b"(%bt" % self._weights[self._weight_starts[start] : self._weight_starts[end]]
        if self._positioned:
            values = b"(%bt" % self._values[self._value_starts[start] : self._value_starts[end]]
        elif self._valued:
            stretch = self._values[4 * start : 4 * end]
            values = b"B%b%b" % (struct.pack("<I", len(stretch)), stretch)
        else:
            values = b"N"
        data = b"(%bt%b%b\x87." % (self._ids[self._id_starts[start] : self._id_starts[end]], weights, values)
        compressed = len(data) > _COMPRESSED_FROM
        if compressed:
            data = compress(data, 1)
        info = b"(K%cJ%bJ%bK%cK%cK%ct." % (
            end - start,
            struct.pack("<i", self._documents[end - 1]),
            struct.pack("<i", most),
            compressed,
            min(lengths),
            max(lengths),
        )
        size = len(info) + len(data)
        return _BLOCK_LENGTH.pack(-size if last else size) + info + data

    def _value(self, number: int) -> bytes:
        if self._positioned:
            return self._values[self._value_starts[number] : self._value_starts[number + 1]]
        return b"C\x04" + self._values[4 * number : 4 * number + 4]


def _block_starts(starts: Array) -> Array:
    """The first posting of every block."""
    sizes = np.diff(starts)
    blocks = -(-sizes // BLOCK)
    within = np.arange(int(blocks.sum())) - np.repeat(np.cumsum(blocks) - blocks, blocks)
    firsts: Array = np.repeat(starts[:-1], blocks) + within * BLOCK
    return firsts


def _numbers(values: Array) -> tuple[bytes, Array]:
    """Each number as the opcode that pushes it, and where each begins (one more than numbers)."""
    sizes = np.where(values < 1 << 8, 2, np.where(values < 1 << 16, 3, 5))
    starts = starts_of(sizes)
    out = np.zeros(int(starts[-1]), np.uint8)
    _write_numbers(out, starts[:-1], values, sizes)
    return out.tobytes(), starts


def _write_numbers(out: Array, places: Array, values: Array, sizes: Array) -> None:
    out[places] = np.select([sizes == 2, sizes == 3], [_BYTE, _SHORT], _INT)
    for byte in range(4):
        reaching = sizes > byte + 1
        out[places[reaching] + byte + 1] = values[reaching] >> (8 * byte) & 255


def _values(postings: Postings) -> tuple[bytes, Array]:
    """The pickled values of all postings: what Whoosh's format of the field decodes."""
    frequencies = postings.frequencies
    if postings.positions is None:
        return frequencies.astype(">u4").tobytes(), np.zeros(0, np.int64)
    firsts = np.cumsum(frequencies) - frequencies
    steps = postings.positions.astype(np.int64)
    steps[1:] -= postings.positions[:-1]
    steps[firsts] = postings.positions[firsts]
    single = frequencies == 1
    plain = ~single & (frequencies <= _MOST_BYTES)
    if len(firsts):
        plain &= np.maximum.reduceat(steps, firsts) < 256
    long = ~single & ~plain
    item_sizes = np.where(steps < 1 << 8, 2, np.where(steps < 1 << 16, 3, 5))
    item_sizes[np.repeat(plain, frequencies)] = 1
    items = np.add.reduceat(item_sizes, firsts) if len(firsts) else item_sizes
    # One position: a tuple of one. Some, close together: bytes. Else a tuple between a mark and its end.
    before = np.select([single, plain], [0, 2], 1)
    bodies = 4 + before + items + 1
    heads = np.where(bodies < 256, 2, 5)
    starts = starts_of(heads + bodies)
    out = np.zeros(int(starts[-1]), np.uint8)
    places, short = starts[:-1], bodies < 256
    out[places] = np.where(short, ord("C"), ord("B"))
    out[places + 1] = bodies & 255
    for byte in range(1, 4):
        out[places[~short] + 1 + byte] = bodies[~short] >> (8 * byte) & 255
    body = places + heads
    for byte in range(4):
        out[body + byte] = frequencies >> (24 - 8 * byte) & 255
    out[body[plain] + 4], out[body[plain] + 5] = ord("C"), frequencies[plain]
    out[body[long] + 4] = ord("(")
    out[starts[1:] - 1] = np.select([single, plain], [0x85, ord(".")], ord("t"))
    item_starts = np.repeat(body + 4 + before - (np.cumsum(items) - items), frequencies)
    item_starts += np.cumsum(item_sizes) - item_sizes
    raw = item_sizes == 1
    out[item_starts[raw]] = steps[raw]
    _write_numbers(out, item_starts[~raw], steps[~raw], item_sizes[~raw])
    return out.tobytes(), starts
