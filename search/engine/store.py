"""The index folder: created, checked, locked and written by one writer at a time."""

import os
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import haystack
from whoosh.codec.base import Segment
from whoosh.filedb.filestore import FileStorage
from whoosh.index import FileIndex
from whoosh.util.filelock import try_for
from whoosh.writing import CLEAR, SegmentWriter

from search.engine.schema import article_schema
from search.engine.snapshot import INDEX_NAME, Snapshot, current_snapshot, forget_snapshot, make_columns
from search.vocabulary import fingerprint

LOCK_WAIT = 2.0
_LOCK_FILE = f"{INDEX_NAME}_WRITELOCK"
_FINGERPRINT_FILE = "fingerprint"
_WRITER_MEMORY_MB = 64

Entry = tuple[str, dict[str, Any] | None]


class IndexBusyError(Exception):
    """Another process held the writer's lock for longer than the wait."""


class IndexUnusableError(Exception):
    """There is no index, it cannot be read, or it was built by another analysis."""


class IndexStore:
    """The index in ``folder``; objects are cheap and hold nothing open."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def is_usable(self) -> bool:
        """Whether the index can be read and was built by the present analysis and schema."""
        try:
            self.snapshot()
        except IndexUnusableError:
            return False
        return True

    def snapshot(self) -> Snapshot:
        """The latest generation. Raises ``IndexUnusableError``."""
        try:
            if (self.folder / _FINGERPRINT_FILE).read_text() != fingerprint():
                raise IndexUnusableError("built by another analysis")
            return current_snapshot(self.folder)
        except IndexUnusableError:
            raise
        except Exception as error:  # a damaged file surfaces as almost any exception
            raise IndexUnusableError(str(error)) from error

    def write(self, entries: Iterable[Entry], *, wait: float = LOCK_WAIT) -> None:
        """Replace the documents of ``entries`` (unique identifiers; None removes), durably.

        ``entries`` is consumed after the lock is held, so that what it reads is not older than what
        another writer has just written. Raises ``IndexBusyError`` and ``IndexUnusableError``; then
        the index is as it was.
        """
        with self._locked(wait):
            snapshot = self.snapshot()
            with self._writing() as writer:
                for identifier, document in entries:
                    for number in snapshot.documents_of(identifier):
                        writer.delete_document(number)
                    if document is not None:
                        writer.add_document(**document)
                self._commit(writer)
            self._sync()

    def write_anew(self, entries: Iterable[Entry], *, wait: float = LOCK_WAIT) -> None:
        """Put ``entries`` in the place of everything, durably; a readable index serves until then."""
        with self._locked(wait):
            if not self.is_usable():
                self._create()
            with self._writing() as writer:
                for _identifier, document in entries:
                    if document is not None:
                        writer.add_document(**document)
                self._commit(writer, mergetype=CLEAR)
            self._write_fingerprint()
            self._sync()

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

    @contextmanager
    def _writing(self) -> Iterator[SegmentWriter]:
        index = FileIndex(FileStorage(str(self.folder)), schema=article_schema(), indexname=INDEX_NAME)
        writer = SegmentWriter(index, _lk=False, limitmb=_WRITER_MEMORY_MB)
        try:
            yield writer
        finally:
            if not writer.is_closed:
                writer.cancel()

    def _commit(self, writer: SegmentWriter, **options: Any) -> None:
        """Commit, with the columns made before the table of contents names the new segment.

        So nobody who asks has to make them or wait for them.
        """
        publish = writer._commit_toc

        def publish_with_columns(segments: Sequence[Segment]) -> None:
            make_columns(self.folder, segments)
            publish(segments)

        writer._commit_toc = publish_with_columns
        writer.commit(**options)

    def _create(self) -> None:
        forget_snapshot(self.folder)
        for path in self.folder.iterdir():
            if path.name == _LOCK_FILE:
                continue
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            else:
                path.unlink()
        FileIndex.create(FileStorage(str(self.folder)), article_schema(), INDEX_NAME)

    def _write_fingerprint(self) -> None:
        """In one step: whoever asks meanwhile reads the old one or the new one."""
        temporary = self.folder / f"{_FINGERPRINT_FILE}.new"
        temporary.write_text(fingerprint())
        temporary.replace(self.folder / _FINGERPRINT_FILE)

    def _sync(self) -> None:
        """Wait until the files of the index, and the folder that lists them, are on disk."""
        for path in (*self.folder.iterdir(), self.folder):
            if path.name == _LOCK_FILE:
                continue
            try:
                descriptor = os.open(path, os.O_RDONLY)
            except FileNotFoundError:  # columns that a reader has just finished
                continue
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)


def article_store(using: str = "default") -> IndexStore:
    """The store of a Haystack connection (its ``PATH``)."""
    return IndexStore(Path(haystack.connections[using].options["PATH"]))
