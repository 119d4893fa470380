"""Asking the latest generation of the index: caught up with the database first, built anew when damaged."""

import logging
from collections.abc import Callable
from typing import TypeVar

from archive.models import Change
from search.engine.schema import INDEXES
from search.engine.snapshot import forget_snapshot
from search.engine.store import IndexStore, IndexUnusableError
from search.indexing import build_index, drain_changes, index_store

# A reader waits for no more changes to be written than these.
_DRAINED_AT_MOST = 500

T = TypeVar("T")

logger = logging.getLogger(__name__)


def catch_up() -> bool:
    """Whether the index has all changes, after one try to write those that wait without waiting oneself."""
    if not Change.objects.exists():
        return True
    drain_changes(wait=0, limit=_DRAINED_AT_MOST)
    return not Change.objects.exists()


def ask_latest(look: Callable[[IndexStore], T]) -> T:
    """What ``look`` finds in the latest generation.

    An index that is missing, cannot be read or proves damaged on the way (almost any exception) is
    opened once more and then built anew; what is raised after that is passed on.
    """
    store = index_store()
    for _attempt in range(2):
        try:
            return look(store)
        except IndexUnusableError as error:
            reason: Exception = error
        except Exception as error:
            logger.exception("The index is damaged.")
            reason = error
        for kind in INDEXES:
            forget_snapshot(store.folder / kind)
    logger.warning("The index is built anew: %s", reason)
    build_index()
    return look(store)
