"""One open view of an index per commit and process.

A snapshot never changes: a commit makes another one, and the next question opens it, with the columns that
are open already of the segments that both have. What a question reads are arrays, which any number of threads
may share. At opening every file is checked against the manifest, unless this process has checked it; with
each question only whether the files are still the same ones.
"""

import threading
from collections.abc import Collection, Sequence
from functools import cached_property
from itertools import count
from pathlib import Path
from typing import NamedTuple

import numpy as np

from search.engine.column_files import Array, ColumnFileError, release
from search.engine.columns import Columns
from search.engine.damage import ALTERED, Damage, IndexDamagedError, IndexUnusableError
from search.engine.durable_files import Identity, identity_of
from search.engine.generations import ABOUT, folder_named, read_current, read_generation
from search.engine.keys import KeyField, months_of
from search.engine.manifests import (
    SegmentRecord,
    check_file,
    damage_of,
    forget_files,
    manifest_stamp,
    read_manifest,
)
from search.engine.manifests import Stamp as ManifestStamp
from search.engine.postings import Leaf, Lengths, PostingCache
from search.engine.segments import (
    MOST_RECOVERED,
    columns_path,
    read_columns,
    recover_columns,
    whoosh_path,
)
from search.vocabulary import fingerprint, format_digest

_ATTEMPTS = 20
_QUESTIONS_A_RELEASE = 8


class Snapshot:
    """An immutable view of one commit to an index: what questions are asked of.

    Documents are numbers from 0, deleted ones included; ``live`` is the mask of the others. ``dates`` are
    proleptic ordinals (0: no date), ``primary_keys`` those of the articles or quotations, ``articles`` those
    of their articles, all by document. ``is_current`` tells whether the present analysis made the index;
    ``damages`` are those of files without which all can be answered.
    """

    is_current = True

    def __init__(
        self, leaves: Sequence[Leaf], deleted: Sequence[int] = (), damages: Sequence[Damage] = ()
    ) -> None:
        self.leaves = list(leaves)
        self.damages = list(damages)
        self.count = sum(leaf.columns.documents for leaf in leaves)
        self.live = np.ones(self.count, bool)
        self.live[list(deleted)] = False
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
        self._questions = count(1)

    def count_question(self) -> None:
        """Called with every question; now and then what was read of mapped files is let go."""
        if next(self._questions) % _QUESTIONS_A_RELEASE == 0:
            for leaf in self.leaves:
                release(leaf.columns.stream)

    def is_intact(self) -> bool:
        """Whether all is still as it was opened."""
        return True

    @cached_property
    def digests(self) -> Array:
        """The digests of the documents (``documents.digest_of``)."""
        return self._joined("digests", np.int64)

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

    def _joined(self, name: str, kind: type) -> Array:
        parts = [getattr(leaf.columns, name) for leaf in self.leaves]
        return np.concatenate([np.zeros(0, kind), *parts]).astype(kind, copy=False)


class OpenedSnapshot(Snapshot):
    """The snapshot of the index in ``folder``.

    ``before`` is one whose open columns may be taken over; only of a current index are lost columns made
    anew. Raises ``IndexDamagedError``.
    """

    def __init__(
        self, folder: Path, before: "OpenedSnapshot | None" = None, *, is_current: bool = True
    ) -> None:
        self.manifest = read_manifest(folder)
        self.is_current = is_current
        self.damages = []
        self._folder = folder
        self._opened: dict[Path, tuple[Identity | None, Columns]] = {}
        self._files: dict[Path, Identity | None] = {}
        leaves: list[Leaf] = []
        deleted: list[int] = []
        first = 0
        for segment in self.manifest.segments:
            columns = self._open(segment, before)
            leaves.append(Leaf(columns, first))
            deleted += [first + number for number in segment.deleted]
            first += columns.documents
        for name in self.manifest.files:
            if folder / name not in self._files:
                self._note(folder / name)
        forget_files(folder, self.manifest.files)
        super().__init__(leaves, deleted, self.damages)

    def is_intact(self) -> bool:
        """Whether the files are still the ones that were opened.

        Reading beyond the end of a map whose file was cut short would kill the process.
        """
        try:
            return all(identity_of(path) == identity for path, identity in self._files.items())
        except OSError:
            return False

    def _open(self, segment: SegmentRecord, before: "OpenedSnapshot | None") -> Columns:
        path = columns_path(self._folder, segment.name)
        source, damage = self._note(whoosh_path(self._folder, segment.name)), self._look_at(path)
        held = before._opened.get(path) if before else None
        if held and held[0] == self._files[path]:
            columns = held[1]
        elif not damage:
            columns = self._read(path, segment)
        elif self.is_current and not source and segment.documents <= MOST_RECOVERED:
            columns = recover_columns(self._folder, segment.name, segment.documents)
            damage = self._look_at(path)
        else:
            raise IndexDamagedError(damage_of(path, damage))
        if damage:
            self.damages.append(damage_of(path, damage))
        self._opened[path] = self._files[path], columns
        return columns

    def _read(self, path: Path, segment: SegmentRecord) -> Columns:
        try:
            return read_columns(path, segment.name, segment.documents, checked=True)
        except ColumnFileError as error:
            raise IndexDamagedError(damage_of(path, ALTERED)) from error

    def _note(self, path: Path) -> str:
        """What is wrong with a file that can be done without, told among the damages."""
        damage = self._look_at(path)
        if damage:
            self.damages.append(damage_of(path, damage))
        return damage

    def _look_at(self, path: Path) -> str:
        """What is wrong with a file; its identity is kept, taken before it is read."""
        self._files[path] = identity_of(path)
        return check_file(path, self.manifest.files[path.name])


class _Stamp(NamedTuple):
    """What differs whenever another commit, or another generation, is there to be read."""

    current: bytes
    about: Identity | None
    manifest: ManifestStamp | None


_open: dict[Path, tuple[_Stamp, OpenedSnapshot]] = {}
_opening = threading.Lock()


def current_snapshot(root: Path, kind: str) -> OpenedSnapshot:
    """The snapshot of the index ``kind`` in the live generation of the store in ``root``.

    Raises ``IndexUnusableError`` and ``OSError``.
    """
    for attempt in range(_ATTEMPTS):
        stamp = _stamp(root, kind)
        try:
            return _held(root / kind, stamp) or _opened(root, kind)
        except (IndexUnusableError, OSError):
            # A commit removes files of the one before it, a switch all of them, also while they are opened.
            if attempt == _ATTEMPTS - 1 or _stamp(root, kind) == stamp:
                raise
    raise FileNotFoundError(root)


def forget_snapshot(index: Path) -> None:
    """Drop what is open of an index, so that the next question opens it anew.

    ``index`` is the folder of the store and the kind of the index in one path.
    """
    with _opening:
        _open.pop(index, None)


def _held(index: Path, stamp: _Stamp) -> OpenedSnapshot | None:
    held = _open.get(index)
    return held[1] if held and held[0] == stamp and held[1].is_intact() else None


def _opened(root: Path, kind: str) -> OpenedSnapshot:
    """The snapshot that one thread opens while the others that need it wait."""
    index = root / kind
    with _opening:
        stamp = _stamp(root, kind)
        snapshot = _held(index, stamp)
        if snapshot is None:
            held = _open.get(index)
            generation = read_generation(root)
            if generation.format != format_digest():
                raise IndexUnusableError("the index is of another format")
            snapshot = OpenedSnapshot(
                generation.folder / kind,
                held[1] if held else None,
                is_current=generation.fingerprint == fingerprint(),
            )
            if snapshot.damages and _stamp(root, kind) != stamp:
                raise FileNotFoundError(f"a commit to {index} came between")
            _open[index] = stamp, snapshot
        return snapshot


def _stamp(root: Path, kind: str) -> _Stamp:
    current = read_current(root)
    try:
        folder = folder_named(root, current)
    except IndexUnusableError:
        return _Stamp(current, None, None)
    return _Stamp(current, identity_of(folder / ABOUT), manifest_stamp(folder / kind))
