"""What stands in for an index that cannot be read: the same columns, made in memory from the database.

The documents are those that an index would be given, and they go through the same analysis into the same
engine: what is found, counted and said is what a fresh index would say. A process keeps them until something
that search sees has changed.
"""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from itertools import chain
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import Count, Max, Sum

from archive.models import Article, Change
from archive.models.stamps import read_stamps
from search.engine.columns import Columns
from search.engine.content import Inverter
from search.engine.derivation import derive_arrays
from search.engine.postings import Leaf
from search.engine.schema import ARTICLES, QUOTATIONS
from search.engine.snapshot import Snapshot
from search.entries import entries
from search.models import IndexEvent

# Of the time there is, the part in which rows are read; making the columns takes the rest and less.
_READING = 0.9

_WRITTEN = (IndexEvent.Kind.DRAINED, IndexEvent.Kind.REBUILT)

Stamp = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class DatabaseIndex:
    """Both indexes as the database has them; ``read`` is how many of its ``articles`` they hold."""

    snapshots: dict[str, Snapshot]
    read: int
    articles: int

    @property
    def is_whole(self) -> bool:
        """Whether every published article is in it."""
        return self.read == self.articles

    def snapshot(self, kind: str = ARTICLES) -> Snapshot:
        """The snapshot of one kind, as a store gives it."""
        return self.snapshots[kind]


def _snapshot_of(inverter: Inverter) -> Snapshot:
    """A snapshot of all documents of ``inverter``."""
    if not len(inverter):
        return Snapshot(())
    arrays, values = derive_arrays(inverter.content())
    return Snapshot((Leaf(Columns(arrays, {"keys": values}), 0),))


def read_database(seconds: float, clock: Callable[[], float] = time.monotonic) -> DatabaseIndex:
    """The indexes of the published articles, the newest first for as long as ``seconds`` allow.

    One article at least is read, so that there is an answer. Raises what the database raises.
    """
    until = clock() + seconds * _READING
    newest = list(Article.objects.published().values_list("pk", flat=True))
    written = {ARTICLES: Inverter(), QUOTATIONS: Inverter()}
    read = 0
    for entry in entries(newest):
        for document in entry.documents:
            written[ARTICLES].add(document)
        for document in entry.quotations:
            written[QUOTATIONS].add(document)
        read += 1
        if clock() >= until:
            break
    snapshots = {kind: _snapshot_of(inverter) for kind, inverter in written.items()}
    return DatabaseIndex(snapshots, read, len(newest))


_kept: tuple[Stamp, DatabaseIndex] | None = None
_reading = threading.Lock()


def database_index() -> DatabaseIndex:
    """The indexes as this connection sees the database now.

    Read anew only after a change, by one thread while the others that need them wait; a few small database
    queries else. ``settings.SEARCH_FALLBACK_SECONDS`` bounds the reading.
    """
    global _kept
    with _reading:
        # Before the rows: what changes while they are read makes the next question read them again.
        stamp = _stamp()
        kept = _kept
        if kept is not None and kept[0] == stamp:
            return kept[1]
        index = read_database(settings.SEARCH_FALLBACK_SECONDS)
        # What is not committed may be undone, and its number in the queue given to another change.
        _kept = None if connection.in_atomic_block else (stamp, index)
        return index


def forget_database() -> None:
    """Drop what is kept: the index answers again, and the memory is better used."""
    global _kept
    _kept = None


def _stamp() -> Stamp:
    """What differs once anything that search sees has changed.

    A change is in the queue from its own transaction on, and leaves it in the transaction that says what
    was written: either way something here is another.
    """
    queue = Change.objects.order_by().aggregate(Count("pk"), Sum("pk"))
    written = IndexEvent.objects.filter(kind__in=_WRITTEN).order_by().aggregate(Max("pk"))
    articles = Article.objects.order_by().aggregate(Count("pk"), Max("pk"), Max("updated_at"))
    values = chain(queue.values(), written.values(), articles.values())
    return str(connection.settings_dict["NAME"]), *values, *sorted(read_stamps().items())
