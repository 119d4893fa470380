"""Reading Whoosh's segments without copying them.

Whoosh maps a compound segment into memory and then copies every file inside it into a ``BytesIO``
each time it is opened; a view of the map does the same work and costs nothing.
"""

import io
from collections.abc import Sequence
from functools import partial

from whoosh.codec.base import Segment
from whoosh.fields import Schema
from whoosh.filedb.compound import CompoundStorage
from whoosh.filedb.filestore import FileStorage
from whoosh.filedb.structfile import BufferFile
from whoosh.reading import SegmentReader


class ViewFile(io.RawIOBase):
    """A read-only binary file over a memory view."""

    def __init__(self, view: memoryview) -> None:
        self._view = view
        self._place = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def read(self, size: int | None = -1) -> bytes:
        end = len(self._view) if size is None or size < 0 else self._place + size
        found = bytes(self._view[self._place : end])
        self._place += len(found)
        return found

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        found = self.read(len(buffer))
        buffer[: len(found)] = found
        return len(found)

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        base = (0, self._place, len(self._view))[whence]
        self._place = max(0, base + offset)
        return self._place

    def tell(self) -> int:
        return self._place


class _MappedFile(BufferFile):  # type: ignore[misc]
    def __init__(self, buf: memoryview, name: str | None = None) -> None:
        super().__init__(b"", name=name)
        self._buf = buf
        self.file = ViewFile(buf)

    def subset(self, position: int, length: int, name: str | None = None) -> "_MappedFile":
        return _MappedFile(self._buf[position : position + length], name=name or self._name)


class _MappedStorage(CompoundStorage):  # type: ignore[misc]
    def open_file(self, name: str, *args: object, **kwargs: object) -> _MappedFile:
        offset, length = self.range(name)
        return _MappedFile(memoryview(self._source)[offset : offset + length], name=name)


def open_readers(storage: FileStorage, schema: Schema, segments: Sequence[Segment]) -> list[SegmentReader]:
    """Readers of ``segments`` (of a table of contents of one's own) with their files mapped."""
    for segment in segments:
        if segment.is_compound():
            segment.open_compound_file = partial(_open_segment, segment)
    return [SegmentReader(storage, schema, segment) for segment in segments]


def _open_segment(segment: Segment, storage: FileStorage) -> _MappedStorage:
    file = storage.open_file(segment.make_filename(segment.COMPOUND_EXT))
    try:
        return _MappedStorage(file)
    except BaseException:
        file.close()
        raise
