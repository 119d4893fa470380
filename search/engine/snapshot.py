"""One open view of the index per generation and process.

A snapshot never changes: a commit makes another generation, and the next question opens it, with the columns
that are open already of the segments that both have. What a question reads are arrays, which any number of
threads may share.
"""

import threading
from collections.abc import Collection
from functools import cached_property
from pathlib import Path

import numpy as np
from whoosh.codec.base import Segment
from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC

from search.engine.column_files import Array
from search.engine.columns import Columns
from search.engine.keys import KeyField, months_of
from search.engine.mapped import check_segment, read_contents
from search.engine.postings import Leaf, Lengths, PostingCache
from search.engine.schema import INDEX_NAME
from search.engine.segments import columns_path, open_columns

_ATTEMPTS = 20

Identity = tuple[int, int, int]
Stamp = tuple[str, int, int, int]


class Snapshot:
    """An immutable view of one generation.

    Documents are numbers from 0, deleted ones included; ``live`` is the mask of the others. ``dates`` are
    proleptic ordinals (0: no date), ``primary_keys`` those of the articles or quotations, ``articles`` those
    of their articles, all by document. ``before`` is a snapshot whose open columns may be taken over.
    """

    def __init__(self, folder: Path, before: "Snapshot | None" = None) -> None:
        storage = FileStorage(str(folder))
        toc = read_contents(folder, INDEX_NAME, TOC._latest_generation(storage, INDEX_NAME))
        self.leaves: list[Leaf] = []
        self._opened: dict[Path, tuple[Identity, Columns]] = {}
        self._files: dict[Path, Identity] = {}
        deleted: list[int] = []
        first = 0
        for segment in toc.segments:
            columns = self._open(folder, segment, before)
            self.leaves.append(Leaf(columns, first))
            deleted += [first + number for number in segment.deleted_docs()]
            first += columns.documents
        self.count = first
        self.live = np.ones(first, bool)
        self.live[deleted] = False
        self.dates = self._joined("dates", np.int32)
        self.primary_keys = self._joined("primary_keys", np.int64)
        self.articles = self._joined("articles", np.int64)
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
    def months(self) -> Array:
        """The month of every document (``keys.months_of``)."""
        return months_of(self.dates)

    @cached_property
    def pair_lengths(self) -> Lengths:
        """How many pairs of neighbouring words each document has, gaps not minded."""
        return Lengths(np.maximum(self.lengths["body"].values.astype(np.int64) - 1, 0))

    def key_field(self, field: str) -> KeyField:
        """The values of a field of keys in the live documents."""

        def build() -> KeyField:
            return KeyField(
                (
                    (value, documents + np.int64(leaf.first))
                    for leaf in self.leaves
                    for value, documents in leaf.columns.keyed_documents(field)
                ),
                self.live,
            )

        return self.cache.get(("keys", field), build)

    def having(self, field: str, values: Collection[str]) -> Array:
        """The mask of the documents that have one of ``values`` in a field of keys; not to be changed."""
        wanted = frozenset(values)
        return self.cache.get(("having", field, wanted), lambda: self.key_field(field).mask(wanted))

    def _open(self, folder: Path, segment: Segment, before: "Snapshot | None") -> Columns:
        written = folder / segment.make_filename(segment.COMPOUND_EXT)
        path = columns_path(folder, segment.segment_id())
        self._files[written] = _identity(written)
        held = before._opened.get(path) if before else None
        check_segment(written)
        if held and path.exists() and held[0] == _identity(path):
            columns = held[1]
        else:
            columns = open_columns(folder, segment)
        if path.exists():
            self._files[path] = _identity(path)
            self._opened[path] = self._files[path], columns
        return columns

    def _joined(self, name: str, kind: type) -> Array:
        parts = [getattr(leaf.columns, name) for leaf in self.leaves]
        return np.concatenate([np.zeros(0, kind), *parts]).astype(kind, copy=False)


_open: dict[Path, tuple[Stamp, Snapshot]] = {}
_opening = threading.Lock()


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
        held = _open.get(folder)
        snapshot = _held(folder, stamp) or Snapshot(folder, held[1] if held else None)
        _open[folder] = (stamp, snapshot)
        return snapshot


def _stamp(folder: Path) -> Stamp:
    """The name and identity of the latest table of contents."""
    generation = TOC._latest_generation(FileStorage(str(folder)), INDEX_NAME)
    path = folder / TOC._filename(INDEX_NAME, generation)
    return path.name, *_identity(path)


def _identity(path: Path) -> Identity:
    status = path.stat()
    return status.st_ino, status.st_mtime_ns, status.st_size
