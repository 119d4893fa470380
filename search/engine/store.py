"""The folder of the two indexes: created, checked, locked and written by one writer at a time.

A commit puts the files of its segments on disk, then the table of contents of the articles, then that of the
quotations; whoever asks meanwhile reads of each index what was before or what is new. Files that nothing
names, left by a writer that was stopped, go with the next commit.
"""

import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from whoosh.filedb.filestore import FileStorage
from whoosh.util.filelock import try_for

from search.engine.documents import Entry
from search.engine.generations import publish, sweep, sync_folder
from search.engine.schema import ARTICLES, INDEXES, QUOTATIONS
from search.engine.snapshot import Snapshot, current_snapshot, forget_snapshot
from search.vocabulary import fingerprint

LOCK_WAIT = 2.0
_LOCK_FILE = "MAIN_WRITELOCK"
_FINGERPRINT_FILE = "fingerprint"


class IndexBusyError(Exception):
    """Another process held the writer's lock for longer than the wait."""


class IndexUnusableError(Exception):
    """There is no index, it cannot be read, or it was built by another analysis."""


class IndexStore:
    """The indexes in ``folder``; objects are cheap and hold nothing open."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def is_usable(self) -> bool:
        """Whether the indexes can be read and were built by the present analysis and schema."""
        try:
            for kind in INDEXES:
                self.snapshot(kind)
        except IndexUnusableError:
            return False
        return True

    def snapshot(self, kind: str = ARTICLES) -> Snapshot:
        """The latest generation of an index. Raises ``IndexUnusableError``."""
        try:
            if (self.folder / _FINGERPRINT_FILE).read_text() != fingerprint():
                raise IndexUnusableError("built by another analysis")
            return current_snapshot(self.folder / kind)
        except IndexUnusableError:
            raise
        except Exception as error:  # a damaged file surfaces as almost any exception
            raise IndexUnusableError(str(error)) from error

    def write(self, entries: Iterable[Entry], *, wait: float = LOCK_WAIT) -> None:
        """Replace everything that the indexes hold of the articles of ``entries``, durably.

        ``entries`` is consumed after the lock is held, so that what it reads is not older than what
        another writer has just written. Raises ``IndexBusyError`` and ``IndexUnusableError``; then
        the indexes are as they were.
        """
        with self._locked(wait):
            self._put(entries, {kind: self.snapshot(kind) for kind in INDEXES}, workers=0)

    def write_anew(self, entries: Iterable[Entry], *, wait: float = LOCK_WAIT, workers: int = 0) -> None:
        """Put ``entries`` in the place of everything, durably; readable indexes serve until then.

        With ``workers`` another process writes a part of the files.
        """
        with self._locked(wait):
            if not self.is_usable():
                self._clear()
            self._put(entries, {}, workers=workers)
            self._write_fingerprint()

    def _put(self, entries: Iterable[Entry], before: Mapping[str, Snapshot], *, workers: int) -> None:
        # A process that only reads starts sooner without what writes.
        from search.engine.batches import Batch
        from search.engine.building import other_process

        last: dict[int, int] = {}
        with other_process(workers) as pool:
            batches = {}
            for kind in INDEXES:
                (self.folder / kind).mkdir(exist_ok=True)
                batches[kind] = Batch(self.folder / kind, kind, pool)
            for number, entry in enumerate(entries):
                last[entry.article] = number
                for kind, documents in ((ARTICLES, entry.documents), (QUOTATIONS, entry.quotations)):
                    for document in documents:
                        batches[kind].add(document, number)
            segments = {kind: batch.segments(before.get(kind), last) for kind, batch in batches.items()}
        for kind, some in segments.items():
            if some is not None:
                publish(self.folder / kind, some)
        for kind, some in segments.items():
            if some is not None:
                sweep(self.folder / kind, some)

    @contextmanager
    def _locked(self, wait: float) -> Iterator[None]:
        self.folder.mkdir(parents=True, exist_ok=True)
        lock = FileStorage(str(self.folder)).lock(_LOCK_FILE)
        if not try_for(lock.acquire, timeout=wait, delay=0.02):
            raise IndexBusyError
        try:
            yield
        finally:
            lock.release()

    def _clear(self) -> None:
        for kind in INDEXES:
            forget_snapshot(self.folder / kind)
        for path in self.folder.iterdir():
            if path.name == _LOCK_FILE:
                continue
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            else:
                path.unlink()

    def _write_fingerprint(self) -> None:
        """In one step: whoever asks meanwhile reads the old one or the new one."""
        temporary = self.folder / f"{_FINGERPRINT_FILE}.new"
        with temporary.open("w") as file:
            file.write(fingerprint())
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(self.folder / _FINGERPRINT_FILE)
        sync_folder(self.folder)
