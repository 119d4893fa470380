"""One open view of the index per generation and process.

A snapshot never changes: a commit makes another generation, and the next question opens it. Whoosh's
readers share file positions, so one thread at a time works inside ``Snapshot.lock``.
"""

import threading
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path

from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC
from whoosh.scoring import BM25F
from whoosh.searching import Searcher

from search.mapped import open_reader, read_contents
from search.schema import article_schema

INDEX_NAME = "MAIN"
# No other setting wins everywhere (relevance notes).
B, K1 = 0.75, 1.2
_ATTEMPTS = 5

Stamp = tuple[str, int, int, int]


class Snapshot:
    """An immutable view of one generation; documents are numbers from 0, deleted ones are left out."""

    def __init__(self, folder: Path) -> None:
        storage = FileStorage(str(folder))
        generation = TOC._latest_generation(storage, INDEX_NAME)
        toc = read_contents(folder, INDEX_NAME, generation, article_schema())
        self.lock = threading.Lock()
        self._files = {path: _identity(path) for path in folder.glob(f"{INDEX_NAME}_*.seg")}
        self.reader = open_reader(storage, toc.schema, toc.segments)
        self.searcher = Searcher(self.reader, weighting=BM25F(B=B, K1=K1))
        self.documents = frozenset(self.reader.all_doc_ids())
        self._postings: dict[str, Mapping[str, frozenset[int]]] = {}

    def is_intact(self) -> bool:
        """Whether the mapped files are still as they were opened.

        Reading beyond the end of a map whose file was cut short would kill the process.
        """
        try:
            return all(_identity(path) == identity for path, identity in self._files.items())
        except OSError:
            return False

    def postings(self, field: str) -> Mapping[str, frozenset[int]]:
        """The documents of every value of a field of exact values."""
        if field not in self._postings:
            self._postings[field] = {
                term.decode(): frozenset(self.reader.postings(field, term).all_ids())
                for term in self.reader.lexicon(field)
            }
        return self._postings[field]

    @cached_property
    def dates(self) -> dict[int, str]:
        """The ISO date of every dated document."""
        return {document: date for date, found in self.postings("date").items() for document in found}

    @cached_property
    def primary_keys(self) -> list[int]:
        """The primary key of every document, deleted ones included."""
        if not self.documents:
            return []
        column = self.reader.column_reader("pk")
        return [column[document] for document in range(self.reader.doc_count_all())]

    def documents_of(self, identifier: str) -> list[int]:
        """The documents with this identifier (one, or none)."""
        if ("id", identifier) not in self.reader:
            return []
        return list(self.reader.postings("id", identifier).all_ids())


_open: dict[Path, tuple[Stamp, Snapshot]] = {}
_opening = threading.Lock()


def current_snapshot(folder: Path) -> Snapshot:
    """The snapshot of the latest generation in ``folder``.

    Raises whatever Whoosh and the file system raise when there is no index that can be read.
    """
    with _opening:
        for attempt in range(_ATTEMPTS):
            stamp = _stamp(folder)
            if folder in _open and _open[folder][0] == stamp and _open[folder][1].is_intact():
                return _open[folder][1]
            try:
                snapshot = Snapshot(folder)
            except OSError:
                # A commit between reading the table of contents and opening its segments.
                if attempt == _ATTEMPTS - 1 or _stamp(folder) == stamp:
                    raise
                continue
            _open[folder] = (stamp, snapshot)
            return snapshot
    raise FileNotFoundError(folder)


def forget_snapshot(folder: Path) -> None:
    """Drop what is open of ``folder``, so that the next question opens it anew."""
    with _opening:
        _open.pop(folder, None)


def _stamp(folder: Path) -> Stamp:
    """The name and identity of the latest table of contents."""
    generation = TOC._latest_generation(FileStorage(str(folder)), INDEX_NAME)
    path = folder / TOC._filename(INDEX_NAME, generation)
    return path.name, *_identity(path)


def _identity(path: Path) -> tuple[int, int, int]:
    status = path.stat()
    return status.st_ino, status.st_mtime_ns, status.st_size
