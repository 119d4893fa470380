"""The folder of the two indexes: locked, read, written by one writer at a time, and built anew beside itself.

A commit puts the files of its segments on disk, then the manifest of the articles, then that of the
quotations; whoever asks meanwhile reads of each index what was before or what is new. A rebuild writes
another generation and makes it the live one in one step (``search.engine.generations``). Files that nothing
names, left by a writer that was stopped, go with the next commit, a stopped build with the next one.
"""

from collections.abc import Callable, Collection, Iterable
from contextlib import ExitStack
from pathlib import Path

from search.engine.column_files import Array
from search.engine.damage import (
    MISSING,
    UNREADABLE,
    Damage,
    IndexBusyError,
    IndexDamagedError,
    IndexUnusableError,
)
from search.engine.documents import Entry
from search.engine.generations import (
    CURRENT,
    LOCK,
    REBUILD_LOCK,
    abandon_generation,
    begin_generation,
    finish_generation,
    live_folder,
    read_changed,
    read_current,
    read_generation,
    record_changed,
    remove_older,
)
from search.engine.locks import is_locked, locked
from search.engine.manifests import check_file, damage_of, read_manifest
from search.engine.schema import ARTICLES, INDEXES
from search.engine.snapshot import OpenedSnapshot, current_snapshot, forget_snapshot

__all__ = [
    "LOCK_WAIT",
    "Damage",
    "IndexBusyError",
    "IndexDamagedError",
    "IndexStore",
    "IndexUnusableError",
]

LOCK_WAIT = 2.0
# A build is not given up because somebody writes a large import just when it begins or is ready: seconds.
_PATIENCE = 120.0
# How often a build catches up without the writer's lock, so that it holds it for little at the end.
_ROUNDS = 3
_CHECKS = 20

CatchUp = Callable[[Collection[int]], Iterable[Entry]]


class IndexStore:
    """The indexes in ``folder``; objects are cheap and hold nothing open."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def is_usable(self) -> bool:
        """Whether the indexes can be read as they are."""
        try:
            for kind in INDEXES:
                self.snapshot(kind)
        except IndexUnusableError:
            return False
        return True

    def is_current(self) -> bool:
        """Whether the indexes can be read and were built by the present analysis."""
        try:
            return all(self.snapshot(kind).is_current for kind in INDEXES)
        except IndexUnusableError:
            return False

    def is_being_rebuilt(self) -> bool:
        """Whether somebody is building a generation."""
        return is_locked(self.folder / REBUILD_LOCK)

    def snapshot(self, kind: str = ARTICLES) -> OpenedSnapshot:
        """The latest commit to an index. Raises ``IndexUnusableError``."""
        try:
            return current_snapshot(self.folder, kind)
        except IndexUnusableError:
            raise
        except Exception as error:  # what the file system, and a file that is not ours, may raise
            raise IndexUnusableError(str(error)) from error

    def forget(self) -> None:
        """Drop what this process holds open, so that the next question opens it anew."""
        for kind in INDEXES:
            forget_snapshot(self.folder / kind)

    def generation(self) -> str:
        """The name of the live generation; nothing when there is none."""
        try:
            return live_folder(self.folder).name
        except (IndexUnusableError, OSError):
            return ""

    def index_folder(self, kind: str) -> Path:
        """Where the files of an index are. Raises ``IndexUnusableError``."""
        return live_folder(self.folder) / kind

    def size(self) -> int:
        """How many bytes the live generation takes; 0 when there is none."""
        total = 0
        for path in (self.folder / self.generation()).rglob("*") if self.generation() else ():
            try:
                total += path.stat().st_size if path.is_file() else 0
            except FileNotFoundError:  # a commit came between
                continue
        return total

    def damages(self) -> list[Damage]:
        """What was found wrong at opening, whether or not it keeps the indexes from answering."""
        found: list[Damage] = []
        for kind in INDEXES:
            try:
                found += self.snapshot(kind).damages
            except IndexDamagedError as error:
                found.append(error.damage)
            except IndexUnusableError:
                continue
        return list(dict.fromkeys(found))

    def check_files(self) -> list[Damage]:
        """What is wrong with the files of the live generation, every byte of which is read."""
        found: list[Damage] = []
        for _check in range(_CHECKS):
            before = self._state()
            found = self._damaged_files()
            if not found or self._state() == before:
                break
        return found

    def digests(self, kind: str = ARTICLES) -> tuple[Array, Array]:
        """The primary keys of what an index holds, and its digests. Raises ``IndexUnusableError``."""
        snapshot = self.snapshot(kind)
        return snapshot.primary_keys[snapshot.live], snapshot.digests[snapshot.live]

    def write(self, entries: Iterable[Entry], *, wait: float = LOCK_WAIT) -> None:
        """Replace everything that the indexes hold of the articles of ``entries``, durably.

        ``entries`` is consumed after the lock is held, so that what it reads is not older than what
        another writer has just written. A generation that is being built knows of the articles when this
        returns. Raises ``IndexBusyError``, ``IndexUnusableError`` and ``OSError`` (the disk is full, or
        refuses); then each of the indexes is as it was, or as it should be.
        """
        # A process that only reads starts sooner without what writes.
        from search.engine.writing import put

        with locked(self.folder / LOCK, wait):
            before = {kind: self.snapshot(kind) for kind in INDEXES}
            live = live_folder(self.folder)
            put(live, entries, before, announce=lambda articles: record_changed(self.folder, live, articles))
            remove_older(self.folder, live)

    def rebuild(
        self,
        entries: Callable[[], Iterable[Entry]],
        catch_up: CatchUp,
        *,
        wait: float = LOCK_WAIT,
        workers: int = 0,
    ) -> None:
        """Put ``entries()`` in the place of everything, durably; meanwhile all can be read and written.

        ``catch_up`` gives the entries of articles that were written after the build began, empty ones for
        those that are gone; it is called when there are some, the last time with the writer's lock held.
        With ``workers`` another process writes a part of the files. Raises ``IndexBusyError`` when
        somebody else builds, ``IndexDamagedError`` when what was written cannot be read, and ``OSError``;
        then the live generation is as it was.
        """
        with locked(self.folder / REBUILD_LOCK, wait), ExitStack() as switching:
            with locked(self.folder / LOCK, max(wait, _PATIENCE)):
                folder = begin_generation(self.folder)
            try:
                _build(folder, entries(), workers)
                done = 0
                for _round in range(_ROUNDS):
                    done = _follow(folder, catch_up, done)
                switching.enter_context(locked(self.folder / LOCK, max(wait, _PATIENCE)))
                _follow(folder, catch_up, done)
                finish_generation(self.folder, folder)
            except BaseException:
                abandon_generation(self.folder, folder)
                raise

    def write_anew(self, entries: Iterable[Entry], *, wait: float = LOCK_WAIT, workers: int = 0) -> None:
        """Put ``entries`` in the place of everything, durably, while nobody else can write.

        Readable indexes serve until then. Otherwise as ``rebuild``.
        """
        with locked(self.folder / REBUILD_LOCK, wait), locked(self.folder / LOCK, wait):
            folder = begin_generation(self.folder)
            try:
                _build(folder, entries, workers)
                finish_generation(self.folder, folder)
            except BaseException:
                abandon_generation(self.folder, folder)
                raise

    def _state(self) -> tuple[bytes, list[int | None]]:
        """What differs after a commit."""
        numbers: list[int | None] = []
        for kind in INDEXES:
            try:
                numbers.append(read_manifest(self.index_folder(kind)).contents)
            except (IndexUnusableError, OSError):
                numbers.append(None)
        try:
            return read_current(self.folder), numbers
        except OSError:
            return b"", numbers

    def _damaged_files(self) -> list[Damage]:
        try:
            folder = read_generation(self.folder).folder
        except IndexDamagedError as error:
            return [error.damage]
        except IndexUnusableError:
            return [Damage(CURRENT, MISSING)]
        except OSError:
            return [Damage(CURRENT, UNREADABLE)]
        found = []
        for kind in INDEXES:
            try:
                files = read_manifest(folder / kind).files
            except IndexDamagedError as error:
                found.append(error.damage)
                continue
            for name, expected in files.items():
                if what := check_file(folder / kind / name, expected, anew=True):
                    found.append(damage_of(folder / kind / name, what))
        return found


def _build(folder: Path, entries: Iterable[Entry], workers: int) -> None:
    """Write a generation and see that it holds what it was given. Raises ``IndexDamagedError``."""
    from search.engine.writing import put

    given = put(folder, entries, {}, workers=workers)
    for kind, count in given.items():
        snapshot = OpenedSnapshot(folder / kind)
        if snapshot.damages:
            raise IndexDamagedError(snapshot.damages[0])
        if snapshot.live.sum() != count:
            raise IndexUnusableError(f"{snapshot.live.sum()} of {count} documents were written")


def _follow(folder: Path, catch_up: CatchUp, done: int) -> int:
    """Write the articles in the journal from the byte ``done`` on; returns where it ends."""
    from search.engine.writing import put

    articles, end = read_changed(folder, done)
    if articles:
        put(folder, catch_up(articles), {kind: OpenedSnapshot(folder / kind) for kind in INDEXES})
    return end
