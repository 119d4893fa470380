"""Generations of an index folder: the table of contents names what counts, and the rest is swept."""

import os
from collections.abc import Sequence
from pathlib import Path

from whoosh.codec.base import Segment
from whoosh.filedb.filestore import FileStorage, RamStorage
from whoosh.index import TOC

from search.engine.mapped import read_contents
from search.engine.schema import INDEX_NAME, index_schema


def latest_segments(folder: Path) -> list[Segment]:
    """The segments of the latest generation, the caller's own to change."""
    segments: list[Segment] = read_contents(folder, INDEX_NAME, _latest(folder)).segments
    return segments


def publish(folder: Path, segments: Sequence[Segment]) -> None:
    """Make ``segments``, whose files are on disk, the next generation: in one step and durably."""
    generation = _latest(folder) + 1
    name, memory = TOC._filename(INDEX_NAME, generation), RamStorage()
    TOC(index_schema(), list(segments), generation).write(memory, INDEX_NAME)
    temporary = folder / f"{name}.new"
    with temporary.open("wb") as file:
        file.write(memory.files[name])
        file.flush()
        os.fsync(file.fileno())
    sync_folder(folder)
    temporary.replace(folder / name)
    sync_folder(folder)


def sweep(folder: Path, segments: Sequence[Segment]) -> None:
    """Remove what does not belong to the latest generation: older ones, and what was never published."""
    kept = {segment.segment_id() for segment in segments}
    contents = TOC._filename(INDEX_NAME, _latest(folder))
    for path in folder.iterdir():
        if path.name != contents and path.name.split(".")[0] not in kept:
            path.unlink(missing_ok=True)


def sync_folder(folder: Path) -> None:
    """Wait until the names in a folder are on disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _latest(folder: Path) -> int:
    """The number of the latest generation; -1 when there is none."""
    number: int = TOC._latest_generation(FileStorage(str(folder)), INDEX_NAME)
    return number
