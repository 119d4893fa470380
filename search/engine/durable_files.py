"""Small files that are replaced in one step, are on disk afterwards, and prove themselves.

A *record* is a value of JSON beside its own checksum: ``{"crc32": …, "content": …}`` on one line. The
checksum comes first, so the first bytes of a record tell it from another one.
"""

import json
import os
import zlib
from pathlib import Path
from typing import Any, NamedTuple

_NEW = ".new"


class RecordError(Exception):
    """The file is there, but it is not a record, or not the one that was written."""


class Identity(NamedTuple):
    """What the file system says of a file. No write leaves it as it was: ``changed`` cannot be set."""

    inode: int
    modified: int
    changed: int
    size: int


def identity_of(path: Path) -> Identity | None:
    """The identity of a file; None when it is not there. Raises other ``OSError``."""
    try:
        status = path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    return Identity(status.st_ino, status.st_mtime_ns, status.st_ctime_ns, status.st_size)


def write_file(path: Path, content: bytes) -> None:
    """Write a file; on disk when it returns, but for its name (``sync_folder``)."""
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def replace_file(path: Path, content: bytes) -> None:
    """Put ``content`` in the place of a file in one step, durably with all other names in its folder."""
    temporary = path.with_name(f"{path.name}{_NEW}")
    try:
        write_file(temporary, content)
        sync_folder(path.parent)
        temporary.replace(path)
    except BaseException:
        remove_if_possible(temporary)
        raise
    sync_folder(path.parent)


def remove_if_possible(path: Path) -> None:
    """Remove a file, unless the file system refuses."""
    try:
        path.unlink(missing_ok=True)
    except OSError:
        return


def sync_folder(folder: Path) -> None:
    """Wait until the names in a folder are on disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def encode_record(content: Any) -> bytes:
    """The bytes of a record."""
    written = _canonical(content)
    return b'{"crc32": %d, "content": %s}\n' % (zlib.crc32(written), written)


def decode_record(written: bytes) -> Any:
    """The content of a record. Raises ``RecordError``."""
    try:
        content = json.loads(written)["content"]
    except (ValueError, KeyError, TypeError) as error:
        raise RecordError(str(error)) from error
    if encode_record(content) != written:
        raise RecordError("the checksum is of other content")
    return content


def _canonical(content: Any) -> bytes:
    return json.dumps(content, separators=(",", ":")).encode()
