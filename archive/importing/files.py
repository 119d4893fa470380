"""Which files to import, and their bytes."""

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from archive.importing.problems import FileError, shown_path

MAX_BYTES = 2 * 2**20
SUFFIX = ".txt"
PATH_LENGTH = 1000


@dataclass(slots=True)
class Found:
    """``files`` in the order of import, as they were named; ``problems`` of paths that are no files.

    ``hidden`` and ``other`` count what was passed over in folders: names that begin with a dot, and
    files that are not ``.txt``.
    """

    files: list[Path] = field(default_factory=list)
    problems: list[FileError] = field(default_factory=list)
    hidden: int = 0
    other: int = 0


def find_files(paths: list[Path]) -> Found:
    """The files at ``paths``: files as named, folders with all that is in them, sorted by name.

    Links are followed, but no folder is walked twice, so one inside itself by a link ends. A file
    named twice counts once. In folders only ``.txt`` files are taken; a file named itself is taken
    whatever its name. A folder whose name ends in ``.txt`` is a problem, not walked.
    """
    found, walked, seen = Found(), set(), set()
    for path in paths:
        folders, problems = len(walked), len(found.problems)
        files = list(_walk(path, found, walked))
        if not files and len(walked) > folders and len(found.problems) == problems:
            found.problems.append(FileError("no_text_files", path))
        for file in files:
            place = comparable_path(file)
            if place not in seen:
                seen.add(place)
                found.files.append(file)
    return found


def _walk(path: Path, found: Found, walked: set[tuple[int, int]]) -> Iterator[Path]:
    try:
        status = path.stat()
    except FileNotFoundError:
        found.problems.append(FileError("dangling_link" if path.is_symlink() else "missing", path))
        return
    except (OSError, ValueError):
        found.problems.append(FileError("unreadable", path))
        return
    if not stat.S_ISDIR(status.st_mode):
        yield path
        return
    if path.suffix.lower() == SUFFIX:
        found.problems.append(FileError("folder", path))
        return
    if (status.st_dev, status.st_ino) in walked:
        return
    walked.add((status.st_dev, status.st_ino))
    try:
        entries = sorted(path.iterdir())
    except OSError:
        found.problems.append(FileError("unreadable", path))
        return
    for entry in entries:
        if entry.name.startswith("."):
            found.hidden += 1
        elif entry.suffix.lower() == SUFFIX or _is_folder(entry):
            yield from _walk(entry, found, walked)
        else:
            found.other += 1


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:
        return False


def comparable_path(path: Path) -> str:
    """The path by which a file is known again: absolute, links among its folders resolved.

    The file's own name is kept even if it is a link: what it points to may change, and is then new
    contents at the same path.
    """
    folder = os.path.realpath(path.parent)
    return shown_path(os.path.join(folder, path.name))[-PATH_LENGTH:]  # noqa: PTH118 - may not be UTF-8


def read_bytes(path: Path) -> bytes:
    """The whole contents of an ordinary file of at most ``MAX_BYTES``; raises ``FileError``."""
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise FileError("folder", path)
        if not stat.S_ISREG(status.st_mode):
            raise FileError("not_a_file", path)
        if status.st_size > MAX_BYTES:
            raise FileError("too_large", path, limit=MAX_BYTES // 2**20)
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except FileNotFoundError as error:
        raise FileError("dangling_link" if path.is_symlink() else "missing", path) from error
    except (OSError, ValueError) as error:
        raise FileError("unreadable", path) from error
    if len(content) > MAX_BYTES:
        raise FileError("too_large", path, limit=MAX_BYTES // 2**20)
    return content
