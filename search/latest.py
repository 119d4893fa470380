"""Who answers: the latest generation of the index, and while it cannot be read the database."""

import logging
from collections.abc import Callable
from typing import Protocol, TypeVar

from archive.models import Change
from search.database_search import DatabaseIndex, database_index, forget_database
from search.engine.schema import ARTICLES
from search.engine.snapshot import Snapshot
from search.engine.store import IndexStore, IndexUnusableError
from search.entries import index_store
from search.indexing import drain_changes
from search.rebuilding import describe_error, start_rebuild

# A reader waits for no more changes to be written than these.
_DRAINED_AT_MOST = 500
_ATTEMPTS = 2

T = TypeVar("T")

logger = logging.getLogger(__name__)


class Indexes(Protocol):
    """What can be asked: a snapshot of either kind."""

    def snapshot(self, kind: str = ARTICLES) -> Snapshot: ...


def catch_up() -> bool:
    """Whether the index has all changes, after one try to write those that wait without waiting oneself."""
    if not Change.objects.exists():
        return True
    drain_changes(wait=0, limit=_DRAINED_AT_MOST)
    return not Change.objects.exists()


def ask_latest(look: Callable[[Indexes], T]) -> tuple[T, DatabaseIndex | None]:
    """What ``look`` finds in the latest generation; or in the database, and then what was made of that.

    An index that is missing, cannot be read or proves damaged on the way (almost any exception) is opened
    once more. If that does not help, a rebuild is started, and unless it is done when that returns, the
    database answers. An index that can be read but is out of date or damaged in part answers, and a rebuild
    is started. What ``look`` raises over the database too is passed on, and what the database raises.
    """
    store = index_store()
    reason = ""
    for _attempt in range(_ATTEMPTS):
        watched = _Watched(store)
        try:
            found = look(watched)
        except Exception as error:
            reason = _reason_of(error)
            store.forget()
        else:
            forget_database()
            if wanting := watched.wanting():
                start_rebuild(wanting)
            return found, None
    if start_rebuild(reason):
        try:
            return look(store), None
        except Exception as error:
            _reason_of(error)
            store.forget()
    index = database_index()
    return look(index), index


class _Watched:
    """A store of which is known what it gave: to ask the files once more would cost every question."""

    def __init__(self, store: IndexStore) -> None:
        self._store = store
        self._given: list[Snapshot] = []

    def snapshot(self, kind: str = ARTICLES) -> Snapshot:
        """The latest snapshot of the store. Raises ``IndexUnusableError``."""
        self._given.append(self._store.snapshot(kind))
        return self._given[-1]

    def wanting(self) -> str:
        """Why an index that answers should be built anew all the same; nothing if it should not."""
        damages = dict.fromkeys(damage for snapshot in self._given for damage in snapshot.damages)
        if damages:
            return f"damaged files: {', '.join(f'{damage.file} ({damage.what})' for damage in damages)}"
        if all(snapshot.is_current for snapshot in self._given):
            return ""
        return "it was built by another version"


def _reason_of(error: Exception) -> str:
    """The reason to rebuild that an exception is; one that the store did not foresee is logged whole."""
    if not isinstance(error, IndexUnusableError):
        logger.exception("The index is damaged.")
    return describe_error(error)
