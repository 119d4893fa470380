"""What belongs to an index: its segments with their deleted documents, and every file with its checksum.

The manifest is what a commit replaces, in one step. Readers open what it names: the table of contents beside
it says the same to stock Whoosh, and nothing here depends on it.
"""

import os
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from search.engine.damage import ALTERED, MISSING, RESIZED, UNREADABLE, Damage, IndexDamagedError
from search.engine.durable_files import (
    Identity,
    RecordError,
    decode_record,
    encode_record,
    identity_of,
    replace_file,
)

MANIFEST = "files.json"
_READ_AT_ONCE = 1 << 20
_HEAD = 64

Stamp = tuple[int, int, int, int, bytes]


class FileRecord(NamedTuple):
    """How long a file is, in bytes, and the CRC-32 of them."""

    size: int
    checksum: int


class SegmentRecord(NamedTuple):
    """A segment: its name, its number of documents, and the numbers of those that are deleted."""

    name: str
    documents: int
    deleted: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Manifest:
    """One commit of an index; ``contents`` is the number of its table of contents."""

    contents: int
    segments: Sequence[SegmentRecord]
    files: Mapping[str, FileRecord]

    def write(self, folder: Path) -> None:
        """Make this what the index in ``folder`` holds; its files are on disk but for their names."""
        record = {
            "contents": self.contents,
            "segments": self.segments,
            "files": {name: self.files[name] for name in sorted(self.files)},
        }
        replace_file(folder / MANIFEST, encode_record(record))


def read_manifest(folder: Path) -> Manifest:
    """The manifest of the index in ``folder``. Raises ``IndexDamagedError``."""
    path = folder / MANIFEST
    try:
        record = decode_record(path.read_bytes())
        return Manifest(
            record["contents"],
            [SegmentRecord(name, count, tuple(deleted)) for name, count, deleted in record["segments"]],
            {name: FileRecord(*file) for name, file in record["files"].items()},
        )
    except (FileNotFoundError, NotADirectoryError) as error:
        raise IndexDamagedError(damage_of(path, MISSING)) from error
    except OSError as error:
        raise IndexDamagedError(damage_of(path, UNREADABLE)) from error
    except (RecordError, KeyError, TypeError, ValueError) as error:
        raise IndexDamagedError(damage_of(path, ALTERED)) from error


def manifest_stamp(folder: Path) -> Stamp | None:
    """What differs whenever the manifest does: its identity and its first bytes. None if there is none."""
    try:
        descriptor = os.open(folder / MANIFEST, os.O_RDONLY)
    except OSError:
        return None
    try:
        status = os.fstat(descriptor)
        head = os.read(descriptor, _HEAD)
    finally:
        os.close(descriptor)
    return status.st_ino, status.st_mtime_ns, status.st_ctime_ns, status.st_size, head


def record_of(path: Path) -> FileRecord:
    """The size and the checksum of a file as it is; it is read, not mapped, so nothing stays resident."""
    size = checksum = 0
    with path.open("rb") as file:
        while piece := file.read(_READ_AT_ONCE):
            size += len(piece)
            checksum = zlib.crc32(piece, checksum)
    return FileRecord(size, checksum)


# What this process has read of files, by their place; they are not read again while their identity stays.
_read: dict[Path, tuple[Identity, FileRecord]] = {}


def check_file(path: Path, expected: FileRecord, *, anew: bool = False) -> str:
    """What is wrong with a file (a word of ``damage``), or nothing.

    A file that was read before is read again when its identity is another one, or if ``anew``.
    """
    try:
        identity = identity_of(path)
        if identity is None:
            return MISSING
        if identity.size != expected.size:
            return RESIZED
        known = _read.get(path)
        if anew or known is None or known[0] != identity:
            known = _read[path] = identity, record_of(path)
    except FileNotFoundError:
        return MISSING
    except OSError:
        return UNREADABLE
    return "" if known[1] == expected else ALTERED


def forget_files(folder: Path, kept: Mapping[str, FileRecord]) -> None:
    """Forget what was read of files in a folder that are not among ``kept``."""
    for path in [path for path in list(_read) if path.parent == folder and path.name not in kept]:
        _read.pop(path, None)


def damage_of(path: Path, what: str) -> Damage:
    """The damage to a file of an index, by its place in the folder of the store."""
    return Damage("/".join(path.parts[-3:]), what)
