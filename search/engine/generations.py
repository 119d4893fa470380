"""Generations of the indexes: folders beside each other, one of which is named as the live one.

A generation is built where no reader looks, and made live by replacing the file that names it. What writers
bring meanwhile to the live one, the one being built keeps a journal of.
"""

import os
import shutil
import zlib
from collections.abc import Collection
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from search.engine.damage import ALTERED, MISSING, Damage, IndexDamagedError, IndexUnusableError
from search.engine.durable_files import (
    RecordError,
    decode_record,
    encode_record,
    remove_if_possible,
    replace_file,
    sync_folder,
    write_file,
)
from search.vocabulary import fingerprint, format_digest

LOCK, REBUILD_LOCK = "lock", "rebuild-lock"
CURRENT, ABOUT, JOURNAL = "current", "about.json", "changed"
_PREFIX = "generation-"
# What indexes were called before there were generations.
_FORMERLY = ("articles", "quotations", "fingerprint", "MAIN_WRITELOCK")
_MOST_BYTES = 100


class Generation(NamedTuple):
    """A generation that was finished, and by what analysis and in what format it was built."""

    folder: Path
    fingerprint: str
    format: str


def read_current(root: Path) -> bytes:
    """What the file that names the live generation holds; nothing when there is none."""
    try:
        descriptor = os.open(root / CURRENT, os.O_RDONLY)
    except (FileNotFoundError, NotADirectoryError):
        return b""
    try:
        return os.read(descriptor, _MOST_BYTES)
    finally:
        os.close(descriptor)


def folder_named(root: Path, current: bytes) -> Path:
    """The folder that ``current`` (``read_current``) names. Raises ``IndexUnusableError``."""
    if not current and not (root / CURRENT).exists():
        raise IndexUnusableError("there is no index")
    name = current.split(b" ")[0]
    if current != _line(name):
        raise IndexDamagedError(Damage(CURRENT, ALTERED))
    return root / name.decode()


def live_folder(root: Path) -> Path:
    """The folder of the live generation. Raises ``IndexUnusableError``."""
    return folder_named(root, read_current(root))


def read_generation(root: Path) -> Generation:
    """The live generation, readable or not. Raises ``IndexUnusableError``."""
    folder = live_folder(root)
    path = folder / ABOUT
    try:
        record = decode_record(path.read_bytes())
        return Generation(folder, record["fingerprint"], record["format"])
    except (FileNotFoundError, NotADirectoryError) as error:
        raise IndexDamagedError(Damage(f"{folder.name}/{ABOUT}", MISSING)) from error
    except (RecordError, KeyError, TypeError) as error:
        raise IndexDamagedError(Damage(f"{folder.name}/{ABOUT}", ALTERED)) from error


def begin_generation(root: Path) -> Path:
    """A new folder with an empty journal; both locks are held. What a stopped build left goes."""
    numbers = [0, *_numbered(root)]
    _remove_others(root, _live_name(root))
    folder = root / f"{_PREFIX}{max(numbers) + 1:06}"
    try:
        folder.mkdir()
        write_file(folder / JOURNAL, b"")
        sync_folder(folder)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return folder


def finish_generation(root: Path, folder: Path) -> None:
    """Make a generation the live one, in one step and durably; both locks are held. Others go."""
    about = {
        "fingerprint": fingerprint(),
        "format": format_digest(),
        "built_at": datetime.now(UTC).isoformat(timespec="seconds"),
    }
    write_file(folder / ABOUT, encode_record(about))
    (folder / JOURNAL).unlink()
    sync_folder(folder)
    replace_file(root / CURRENT, _line(folder.name.encode()))
    _remove_others(root, folder.name)


def abandon_generation(root: Path, folder: Path) -> None:
    """Remove what was built, as far as the file system allows, unless it is live."""
    try:
        live = _live_name(root)
    except OSError:
        return
    if live != folder.name:
        shutil.rmtree(folder, ignore_errors=True)


def remove_older(root: Path, live: Path) -> None:
    """Remove generations before the live one, which a stopped build left; the writer's lock is held."""
    for number, folder in _numbered(root).items():
        if number < _number(live.name):
            shutil.rmtree(folder, ignore_errors=True)


def record_changed(root: Path, live: Path, articles: Collection[int]) -> None:
    """Put articles in the journals of generations that are being built, durably; the lock is held."""
    # A break comes first, for the last line may be of a writer that was stopped in the middle of it.
    lines = "".join(f"\n{article}" for article in articles).encode() + b"\n"
    for number, folder in _numbered(root).items():
        if number > _number(live.name):
            try:
                descriptor = os.open(folder / JOURNAL, os.O_WRONLY | os.O_APPEND)
            except FileNotFoundError:
                continue
            with os.fdopen(descriptor, "wb") as file:
                file.write(lines)
                file.flush()
                os.fsync(file.fileno())


def read_changed(folder: Path, start: int) -> tuple[list[int], int]:
    """The articles in the journal from the byte ``start`` on, each once, and where the next ones begin."""
    with (folder / JOURNAL).open("rb") as file:
        file.seek(start)
        content = file.read()
    end = content.rfind(b"\n") + 1
    return list(dict.fromkeys(int(line) for line in content[:end].split())), start + end


def _line(name: bytes) -> bytes:
    return b"%s %08x\n" % (name, zlib.crc32(name))


def _live_name(root: Path) -> str:
    """The name of the live generation; nothing when none is named rightly. Raises ``OSError``."""
    try:
        return live_folder(root).name
    except IndexUnusableError:
        return ""


def _remove_others(root: Path, kept: str) -> None:
    for folder in _numbered(root).values():
        if folder.name != kept:
            shutil.rmtree(folder, ignore_errors=True)
    for name in _FORMERLY:
        if (root / name).is_dir():
            shutil.rmtree(root / name, ignore_errors=True)
        else:
            remove_if_possible(root / name)


def _numbered(root: Path) -> dict[int, Path]:
    return {
        _number(path.name): path
        for path in root.iterdir()
        if path.name.startswith(_PREFIX) and path.name.removeprefix(_PREFIX).isdecimal()
    }


def _number(name: str) -> int:
    return int(name.removeprefix(_PREFIX))
