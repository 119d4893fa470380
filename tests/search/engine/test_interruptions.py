"""A writer stopped between any two things that it does to files: what was, or what was to be."""

import io
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from search.engine.documents import Entry
from search.engine.schema import ARTICLES, INDEXES, QUOTATIONS
from search.engine.store import IndexStore, IndexUnusableError
from tests.search.archives import Doc, quick_writing

# ``make test-faults`` stops them everywhere.
STEP = 1 if os.environ.get("MAHDAR_FAULTS") else 7
OPERATIONS = ("fsync", "replace", "open", "unlink", "mkdir", "rmdir")
State = tuple[frozenset[int], frozenset[int]]


class StoppedError(BaseException):
    """The process is no more."""


def entry(number: int, version: int) -> Entry:
    """A version of an article, told by the primary keys of its documents."""
    article = Doc("التحالف في روما", pk=10 * number + version).document(number)
    return Entry(number, [article], [Doc("قال", pk=1000 + 10 * number + version).document(number)])


def state_of(store: IndexStore) -> State:
    keys = (store.digests(kind)[0].tolist() for kind in (ARTICLES, QUOTATIONS))
    articles, quotations = (frozenset(each) for each in keys)
    return articles, frozenset(key - 1000 for key in quotations)


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("before") / "index"
    with quick_writing():
        IndexStore(folder).write_anew([entry(1, 1), entry(2, 1)])
    return folder


@contextmanager
def failing_at(number: int, error: BaseException, *, for_ever: bool) -> Iterator[list[str]]:
    """The call of this number to the file system fails; with ``for_ever`` all later ones too.

    Of a file that was to be put on disk then only the half is there. Yields what was called.
    """
    calls: list[str] = []

    def wrapped(name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **options: Any) -> Any:
            calls.append(name)
            if len(calls) == number or (for_ever and len(calls) > number):
                if name == "fsync" and len(calls) == number:
                    halve(args[0])
                raise error
            return None if name == "fsync" else real(*args, **options)

        return call

    with pytest.MonkeyPatch.context() as patch:
        for name in OPERATIONS:
            patch.setattr(os, name, wrapped(name, getattr(os, name)))
        patch.setattr(io, "open", wrapped("io.open", io.open))
        yield calls


def halve(descriptor: int) -> None:
    size = os.fstat(descriptor).st_size
    try:
        os.ftruncate(descriptor, size // 2)
    except OSError:  # a folder
        return


def write(store: IndexStore) -> None:
    store.write([entry(2, 2), entry(3, 1)])


def rebuild(store: IndexStore) -> None:
    """A build during which somebody writes."""
    written = {1: entry(1, 2), 2: entry(2, 2), 3: entry(3, 1)}

    def entries() -> Iterator[Entry]:
        yield entry(1, 2)
        write(store)
        yield entry(2, 1)

    store.rebuild(entries, lambda articles: [written[article] for article in articles])


OLD, WRITTEN, REBUILT = frozenset({11, 21}), frozenset({11, 22, 31}), frozenset({12, 22, 31})
WORK: dict[Callable[[IndexStore], None], tuple[frozenset[int], ...]] = {
    write: (OLD, WRITTEN),
    rebuild: (OLD, WRITTEN, REBUILT),
}


@pytest.mark.parametrize("work", WORK)
@pytest.mark.parametrize("killed", [True, False], ids=["killed", "refused"])
def test_writer_that_is_stopped_anywhere_leaves_what_was_or_what_was_to_be(
    before: Path, tmp_path: Path, work: Callable[[IndexStore], None], killed: bool
) -> None:
    error = StoppedError() if killed else OSError(28, "No space left on device")
    number, stopped, seen = 1 - STEP, True, set()
    while stopped:
        number += STEP
        store = IndexStore(tmp_path / str(number))
        shutil.copytree(before, store.folder)
        stopped = False
        with failing_at(number, error, for_ever=killed) as calls:
            try:
                work(store)
            except (StoppedError, OSError, IndexUnusableError):
                stopped = True
            stopped = stopped or len(calls) >= number
        store.forget()
        found = state_of(store)
        assert set(found) <= set(WORK[work]), (number, calls[-1])
        assert store.check_files() == [], (number, calls[-1])
        seen.update(found)
        with quick_writing():
            write(store)
            assert state_of(store) in ((WRITTEN, WRITTEN), (REBUILT, REBUILT)), (number, calls[-1])
            check_nothing_is_left(store)
            if work is rebuild:
                rebuild(store)
                assert state_of(store) == (REBUILT, REBUILT)
                assert [path.name for path in store.folder.glob("generation-*")] == [store.generation()]
        store.forget()
        shutil.rmtree(store.folder)
    assert number > 40
    assert seen == set(WORK[work])


def check_nothing_is_left(store: IndexStore) -> None:
    """Beside what a stopped build left, which goes with the next one, the folder is as a fresh one."""
    live = store.folder / store.generation()
    for kind in INDEXES:
        folder = live / kind
        segments = {path.stem for path in folder.glob("*.seg")}
        assert {path.name for path in folder.iterdir()} == {
            "files.json",
            next(folder.glob("*.toc")).name,
            *(f"{name}.seg" for name in segments),
            *(f"{name}.columns" for name in segments),
        }
    assert {path.name for path in live.iterdir()} == {"about.json", *INDEXES}
    assert all(path.name >= live.name for path in store.folder.glob("generation-*"))
