"""What can be wrong with an index, and how it is told."""

from typing import NamedTuple

MISSING, RESIZED, ALTERED, UNREADABLE = "missing", "size", "altered", "unreadable"


class Damage(NamedTuple):
    """A file that is not what was written; ``what`` is one of the words above.

    ``file`` is its place in the folder of the store, with ``/`` between the names.
    """

    file: str
    what: str


class IndexBusyError(Exception):
    """Another process held the lock for longer than the wait."""


class IndexUnusableError(Exception):
    """There is no index, it cannot be read, or it is of another format."""


class IndexDamagedError(IndexUnusableError):
    """A file without which nothing can be answered is not what was written."""

    def __init__(self, damage: Damage) -> None:
        super().__init__(f"{damage.file}: {damage.what}")
        self.damage = damage
