"""Named arrays in one file that proves itself: checksummed, replaced whole, memory-mapped when it is large.

Layout: eight bytes of magic, a CRC-32 of all that follows it and the length of the header (two little-endian
32-bit numbers), the header (JSON: the shape of each array and whatever else is kept), the arrays one after
another, each on a multiple of eight bytes.
"""

import json
import mmap
import os
import struct
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np

Array = np.ndarray[Any, np.dtype[Any]]

_MAGIC = b"mahdar\x00\x01"
_FRONT = struct.Struct("<8sI")
_LENGTH = struct.Struct("<I")
_HEADER = _FRONT.size + _LENGTH.size
_READ_AT_ONCE = 1 << 20
# Larger files are mapped; smaller ones are held in memory, where nothing that happens to the file matters.
_MAPPED_FROM = 1 << 24


class ColumnFileError(Exception):
    """The file is missing, cut short, altered or of another kind."""


def write_arrays(path: Path, arrays: Mapping[str, Array], extra: Mapping[str, Any]) -> None:
    """Write ``arrays`` and ``extra`` (JSON) to ``path`` in one step; on disk when it returns."""
    listed, place = {}, 0
    for name, array in arrays.items():
        listed[name] = (array.dtype.str, len(array), place)
        place += _padded(array.nbytes)
    header = json.dumps({"arrays": listed, "extra": extra}, ensure_ascii=False).encode()
    header += b" " * (_padded(_HEADER + len(header)) - _HEADER - len(header))
    header = _LENGTH.pack(len(header)) + header
    checksum = zlib.crc32(header)
    temporary = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        with temporary.open("wb") as file:
            file.write(_FRONT.pack(_MAGIC, 0))
            file.write(header)
            for array in arrays.values():
                for content in (
                    np.ascontiguousarray(array).view(np.uint8).data,
                    bytes(_padded(array.nbytes) - array.nbytes),
                ):
                    checksum = zlib.crc32(content, checksum)
                    file.write(content)
            file.seek(0)
            file.write(_FRONT.pack(_MAGIC, checksum))
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def read_arrays(path: Path, *, checked: bool = False) -> tuple[dict[str, Array], dict[str, Any]]:
    """The arrays of ``path``, read-only, and what else was kept.

    Raises ``ColumnFileError`` unless every byte is as it was written. Of a file that was ``checked`` just
    before only what is held in memory is looked at again.
    """
    try:
        with path.open("rb") as file:
            front = file.read(_FRONT.size)
            magic, checksum = _FRONT.unpack(front)
            view = _in_memory(file, front)
            if view is not None:
                sound = zlib.crc32(view[_FRONT.size :]) == checksum
            else:
                sound = checked or _checksum_of(file) == checksum
            if magic != _MAGIC or not sound:
                raise ColumnFileError(f"{path.name} is damaged")
            if view is None:
                view = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
        start = _HEADER + _LENGTH.unpack_from(view, _FRONT.size)[0]
        header = json.loads(bytes(view[_HEADER:start]))
    except (OSError, ValueError, struct.error) as error:
        raise ColumnFileError(f"{path.name}: {error}") from error
    arrays = {
        name: np.frombuffer(view, dtype=kind, count=count, offset=start + place)
        for name, (kind, count, place) in header["arrays"].items()
    }
    return arrays, header["extra"]


def release(array: Array) -> None:
    """Let the pages of the mapped file of ``array`` go; they are read again when they are needed.

    The system may keep them, but they no longer count as memory of this process.
    """
    mapped = array.base.obj if isinstance(array.base, memoryview) else None
    if isinstance(mapped, mmap.mmap) and hasattr(mmap, "MADV_DONTNEED"):
        mapped.madvise(mmap.MADV_DONTNEED)


def _in_memory(file: BinaryIO, front: bytes) -> memoryview | None:
    """The file whose ``front`` was read, when it is small."""
    if os.fstat(file.fileno()).st_size >= _MAPPED_FROM:
        return None
    return memoryview(front + file.read())


def _checksum_of(file: BinaryIO) -> int:
    """The checksum of what follows in the file; read, not mapped, so that nothing of it stays resident."""
    checksum = 0
    while piece := file.read(_READ_AT_ONCE):
        checksum = zlib.crc32(piece, checksum)
    return checksum


def _padded(size: int) -> int:
    return -(-size // 8) * 8
