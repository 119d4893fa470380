"""The table of terms of a Whoosh segment: records by key, in order, with a hash table over the keys."""

import pickle
import struct
from array import array
from collections.abc import Iterable, Mapping
from zlib import crc32

import numpy as np

from search.engine.collocations import starts_of
from search.engine.column_files import Array

_MAGIC = b"HSH3"
_CRC32 = 1  # the number of the hash function
_FRONT = struct.Struct("!4sbii")
_FIELD = struct.Struct("!H")
_LENGTHS = struct.Struct("!ii")
_DIRECTORY = struct.Struct("!qi")
_TABLES = 256
_SLOT = np.dtype([("hash", ">u4"), ("place", ">i8")])


class TermIndex:
    """Collects the records of terms, which come in the order of fields and terms (bytes)."""

    def __init__(self) -> None:
        self._fields: dict[str, int] = {}
        self._parts: list[bytes] = []
        self._hashes, self._sizes = array("I"), array("I")

    def add(self, field: str, terms: Iterable[bytes], records: Iterable[bytes]) -> None:
        """Add terms of a field with their records."""
        number = _FIELD.pack(self._fields.setdefault(field, len(self._fields)))
        pack = _LENGTHS.pack
        for term, record in zip(terms, records, strict=True):
            key = number + term
            entry = pack(len(key), len(record)) + key + record
            self._parts.append(entry)
            self._sizes.append(len(entry))
            self._hashes.append(crc32(key))

    def encode(self) -> bytes:
        """The file; nothing may be added after it."""
        front = _FRONT.pack(_MAGIC, _CRC32, 0, 0)
        starts = starts_of(np.array(self._sizes, np.int64)) + len(front)
        end = int(starts[-1])
        tables, directory = _hash_tables(np.array(self._hashes, np.uint32), starts[:-1], end)
        wide = end >= 1 << 32
        extras: Mapping[str, object] = {
            "fieldmap": self._fields,
            "indextype": "q" if wide else "I",
            "indexlen": len(self._parts),
        }
        last = pickle.dumps(extras, 2) + starts[:-1].astype(">i8" if wide else ">u4").tobytes()
        return b"".join([front, *self._parts, *tables, directory, last, struct.pack("!i", len(last))])


def _hash_tables(hashes: Array, places: Array, offset: int) -> tuple[list[bytes], bytes]:
    """The 256 tables, which begin at ``offset``, and their directory.

    The low byte of a hash names the table, the rest its slot there, or else the next free one after it.
    """
    order = np.lexsort((hashes >> 8, hashes & 255))
    ends = np.cumsum(np.bincount(hashes & 255, minlength=_TABLES))
    tables, directory = [], []
    start = 0
    for end in ends.tolist():
        entries = order[start:end]
        start = end
        # A third of the slots is free, so that what is not there is soon known not to be.
        size = len(entries) + len(entries) // 2 + 1 if len(entries) else 0
        table = np.zeros(size, _SLOT)
        if size:
            wanted = (hashes[entries] >> 8) % size
            sequence = np.argsort(wanted, kind="stable")
            entries, wanted = entries[sequence], wanted[sequence].astype(np.int64)
            steps = np.arange(len(entries))
            slots = np.maximum.accumulate(wanted - steps) + steps
            over = slots >= size
            if over.any():
                free = np.setdiff1d(np.arange(size), slots[~over])
                slots[over] = free[: int(over.sum())]
            table["hash"][slots], table["place"][slots] = hashes[entries], places[entries]
        tables.append(table.tobytes())
        directory.append(_DIRECTORY.pack(offset, size))
        offset += table.nbytes
    return tables, b"".join(directory)
