"""One open view of the index per generation and process.

A snapshot never changes: a commit makes another generation, and the next question opens it. What a question
reads are arrays, which any number of threads may share; only ``documents_of``, which writers ask, goes
through Whoosh's reader, one thread at a time.
"""

import threading
from collections.abc import Collection, Sequence
from copy import copy
from functools import cached_property
from pathlib import Path

import numpy as np
from whoosh.codec.base import Segment
from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC

from search.engine.column_files import Array
from search.engine.columns import EXTENSION, open_columns
from search.engine.mapped import open_readers, read_contents, together
from search.engine.postings import Leaf, Lengths, PostingCache
from search.engine.schema import KEY_FIELDS, article_schema

INDEX_NAME = "MAIN"
_ATTEMPTS = 20

Stamp = tuple[str, int, int, int]


class Snapshot:
    """An immutable view of one generation.

    Documents are numbers from 0, deleted ones included; ``live`` is the mask of the others. ``dates`` are
    proleptic ordinals (0: no date) and ``primary_keys`` the articles', both by document.
    """

    def __init__(self, folder: Path) -> None:
        storage = FileStorage(str(folder))
        generation = TOC._latest_generation(storage, INDEX_NAME)
        toc = read_contents(folder, INDEX_NAME, generation, article_schema())
        readers = open_readers(storage, toc.schema, toc.segments)
        self._reader = together(readers, toc.schema)
        self._lock = threading.Lock()
        self.leaves: list[Leaf] = []
        deleted: list[int] = []
        first = 0
        for reader, segment in zip(readers, toc.segments, strict=True):
            columns = open_columns(columns_path(folder, segment.segment_id()), reader)
            self.leaves.append(Leaf(columns, first))
            deleted += [first + number for number in segment.deleted_docs()]
            first += columns.documents
        self._files = {path: _identity(path) for path in _mapped_files(folder, toc.segments)}
        self.count = first
        self.live = np.ones(first, bool)
        self.live[deleted] = False
        self.dates = self._joined("dates", np.int32)
        self.primary_keys = self._joined("primary_keys", np.int64)
        self.lengths = {
            "body": Lengths(self._joined("lengths", np.uint32)),
            "title": Lengths(self._joined("title_lengths", np.uint32)),
            "lead": Lengths(self._joined("lead_lengths", np.uint32)),
        }
        self.trigram_lengths = Lengths(self._joined("trigram_lengths", np.uint32))
        self.lead_trigram_lengths = Lengths(self._joined("lead_trigram_lengths", np.uint32))
        self.cache = PostingCache()

    def is_intact(self) -> bool:
        """Whether the mapped files are still as they were opened.

        Reading beyond the end of a map whose file was cut short would kill the process.
        """
        try:
            return all(_identity(path) == identity for path, identity in self._files.items())
        except OSError:
            return False

    @cached_property
    def keyed(self) -> dict[str, dict[str, Array]]:
        """For every field of keys, the documents (ascending, deleted ones left out) of every value."""
        found: dict[str, dict[str, list[Array]]] = {field: {} for field in KEY_FIELDS}
        for leaf in self.leaves:
            for field, values in found.items():
                for value, documents in leaf.columns.keyed_documents(field):
                    values.setdefault(value, []).append(documents + np.int64(leaf.first))
        return {
            field: {value: self._live(np.concatenate(parts)) for value, parts in values.items()}
            for field, values in found.items()
        }

    def having(self, field: str, values: Collection[str]) -> Array:
        """The mask of the documents that have one of ``values`` in a field of keys."""
        mask = np.zeros(self.count, bool)
        for value in values:
            if value in self.keyed[field]:
                mask[self.keyed[field][value]] = True
        return mask

    def documents_of(self, identifier: str) -> list[int]:
        """The documents with this identifier (one, or none)."""
        with self._lock:
            if ("id", identifier) not in self._reader:
                return []
            return list(self._reader.postings("id", identifier).all_ids())

    def _live(self, documents: Array) -> Array:
        return documents[self.live[documents]]

    def _joined(self, name: str, kind: type) -> Array:
        parts = [getattr(leaf.columns, name) for leaf in self.leaves]
        return np.concatenate([np.zeros(0, kind), *parts]).astype(kind, copy=False)


def columns_path(folder: Path, segment: str) -> Path:
    """Where the columns of a segment are kept; Whoosh removes the file with the segment."""
    return folder / f"{segment}.{EXTENSION}"


_open: dict[Path, tuple[Stamp, Snapshot]] = {}
_opening = threading.Lock()


def make_columns(folder: Path, segments: Sequence[Segment]) -> None:
    """Make the columns that ``segments`` do not have yet, for a writer about to publish these."""
    for segment in segments:
        path = columns_path(folder, segment.segment_id())
        if not path.exists():
            # A copy, for the reader changes it and the writer keeps it.
            (reader,) = open_readers(FileStorage(str(folder)), article_schema(), [copy(segment)])
            open_columns(path, reader)


def current_snapshot(folder: Path) -> Snapshot:
    """The snapshot of the latest generation in ``folder``.

    Raises whatever Whoosh and the file system raise when there is no index that can be read.
    """
    for attempt in range(_ATTEMPTS):
        try:
            return _held(folder, _stamp(folder)) or _opened(folder)
        except OSError:
            # A commit removes the files of the generation before it, also while they are being opened.
            if attempt == _ATTEMPTS - 1:
                raise
    raise FileNotFoundError(folder)


def forget_snapshot(folder: Path) -> None:
    """Drop what is open of ``folder``, so that the next question opens it anew."""
    with _opening:
        _open.pop(folder, None)


def _held(folder: Path, stamp: Stamp) -> Snapshot | None:
    held = _open.get(folder)
    return held[1] if held and held[0] == stamp and held[1].is_intact() else None


def _opened(folder: Path) -> Snapshot:
    """The snapshot that one thread opens while the others that need it wait."""
    with _opening:
        stamp = _stamp(folder)
        snapshot = _held(folder, stamp) or Snapshot(folder)
        _open[folder] = (stamp, snapshot)
        return snapshot


def _mapped_files(folder: Path, segments: Sequence[Segment]) -> list[Path]:
    """The files of ``segments`` alone: those of other generations come and go."""
    paths = [folder / segment.make_filename(segment.COMPOUND_EXT) for segment in segments]
    columns = [columns_path(folder, segment.segment_id()) for segment in segments]
    return [path for path in (*paths, *columns) if path.exists()]


def _stamp(folder: Path) -> Stamp:
    """The name and identity of the latest table of contents."""
    generation = TOC._latest_generation(FileStorage(str(folder)), INDEX_NAME)
    path = folder / TOC._filename(INDEX_NAME, generation)
    return path.name, *_identity(path)


def _identity(path: Path) -> tuple[int, int, int]:
    status = path.stat()
    return status.st_ino, status.st_mtime_ns, status.st_size
