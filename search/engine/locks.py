"""Locks between processes: held on a file, and gone with whoever held them."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from search.engine.damage import IndexBusyError

_BETWEEN_TRIES = 0.02


@contextmanager
def locked(path: Path, wait: float) -> Iterator[None]:
    """Hold the lock of a file, which is made if need be.

    Waits at most ``wait`` seconds, whatever becomes of the clock on the wall; then raises
    ``IndexBusyError``. Raises ``OSError`` when the file cannot be made.
    """
    # A process that only reads starts sooner without it.
    from whoosh.util.filelock import FileLock

    path.parent.mkdir(parents=True, exist_ok=True)
    lock = FileLock(str(path))
    until = time.monotonic() + wait
    while not lock.acquire():
        if time.monotonic() >= until:
            raise IndexBusyError(path.name)
        time.sleep(_BETWEEN_TRIES)
    try:
        yield
    finally:
        lock.release()


def is_locked(path: Path) -> bool:
    """Whether somebody, also this process, holds the lock of a file."""
    try:
        if path.exists():
            with locked(path, 0):
                return False
    except IndexBusyError:
        return True
    except OSError:  # it cannot be written, so nobody here can hold it
        return False
    return False
