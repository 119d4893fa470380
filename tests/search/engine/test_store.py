import os
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest
from whoosh.codec.base import Segment
from whoosh.filedb.filestore import FileStorage
from whoosh.index import open_dir
from whoosh.qparser import QueryParser

from search.engine import store as store_module
from search.engine.snapshot import current_snapshot, make_columns
from search.engine.store import IndexBusyError, IndexStore, IndexUnusableError
from tests.search.reference import Doc

ONE = Doc("التحالف في روما", pk=1, keys={"speaker": ["7", "8"]}).entry("a.1")
TWO = Doc("شكري", pk=2, day=date(2021, 6, 28)).entry("a.2")
ARTICLES = [Doc("شكري", pk=number).entry(f"a.{number}") for number in range(1, 10)]
ROOT = Path(__file__).parents[2]


@pytest.fixture
def store(tmp_path: Path) -> IndexStore:
    store = IndexStore(tmp_path / "index")
    store.write_anew([ONE, TWO])
    return store


def keys(store: IndexStore) -> set[int]:
    snapshot = store.snapshot()
    return set(snapshot.primary_keys[snapshot.live].tolist())


def refuse_columns(folder: Path, segments: Sequence[Segment]) -> None:
    make_columns(folder, segments)
    raise MemoryError


def write_often(folder: str) -> None:
    """What another process does: twenty commits that leave the articles as they are."""
    store = IndexStore(Path(folder))
    for number in range(20):
        if number % 2:
            store.write([ARTICLES[number % 9]])
        else:
            store.write_anew(ARTICLES)


def test_reader_never_takes_a_commit_for_damage(store: IndexStore) -> None:
    """One process writes without pause while four threads of this one read."""
    store.write_anew(ARTICLES)
    program = (
        "import sys, django; django.setup(); "
        "from tests.search.engine.test_store import write_often; write_often(sys.argv[1])"
    )
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"}

    def read(_reader: int) -> int:
        asked = 0
        while writer.poll() is None:
            assert keys(store) == set(range(1, 10))
            asked += 1
        return asked

    with (
        subprocess.Popen([sys.executable, "-c", program, store.folder], cwd=ROOT, env=environment) as writer,
        ThreadPoolExecutor(4) as pool,
    ):
        assert all(pool.map(read, range(4)))
    assert writer.returncode == 0


def test_entries_replace_and_remove(store: IndexStore) -> None:
    day = date(2017, 3, 22)
    store.write([("a.1", None), Doc("شكري", pk=2, day=day).entry("a.2"), Doc("التحالف", pk=3).entry("a.3")])
    assert keys(store) == {2, 3}
    snapshot = store.snapshot()
    assert sorted(snapshot.dates[snapshot.live].tolist()) == [0, day.toordinal()]


def test_write_anew_leaves_only_what_it_was_given(store: IndexStore) -> None:
    store.write_anew([TWO])
    assert keys(store) == {2}


def test_snapshot_is_kept_until_a_commit(store: IndexStore) -> None:
    before = store.snapshot()
    assert store.snapshot() is before
    store.write([("a.1", None)])
    assert store.snapshot() is not before
    assert before.live.sum() == 2, "a snapshot never changes"


def test_stock_whoosh_reads_the_index(store: IndexStore) -> None:
    index = open_dir(str(store.folder))
    with index.searcher() as searcher:
        for field, asked in (("stem", "تحالف"), ("exact", '"التحالف في روما"'), ("speaker", "7")):
            query = QueryParser(field, index.schema).parse(asked)
            assert [hit["id"] for hit in searcher.search(query)] == ["a.1"]


def test_failed_write_leaves_the_index_as_it_was(store: IndexStore) -> None:
    def failing():
        yield ("a.1", None)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        store.write(failing())
    assert keys(store) == {1, 2}
    store.write([("a.1", None)])
    assert keys(store) == {2}


def test_commit_that_fails_over_the_columns_leaves_the_index_as_it_was_and_nothing_for_ever(
    store: IndexStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = {path.name for path in store.folder.iterdir()}
    with monkeypatch.context() as patch:
        patch.setattr(store_module, "make_columns", refuse_columns)
        with pytest.raises(MemoryError):
            store.write([("a.1", None), Doc("القارة", pk=3).entry("a.3")])
    assert keys(store) == {1, 2}
    left = {path.name for path in store.folder.iterdir()} - before
    assert len(left) == 2, "a segment and its columns"
    store.write([("a.1", None)])
    assert keys(store) == {2}
    assert not left & {path.name for path in store.folder.iterdir()}


def test_held_lock_is_waited_for_no_longer_than_asked(store: IndexStore) -> None:
    lock = FileStorage(str(store.folder)).lock("MAIN_WRITELOCK")
    assert lock.acquire()
    try:
        with pytest.raises(IndexBusyError):
            store.write([TWO], wait=0)
        assert keys(store) == {1, 2}, "readers do not wait"
    finally:
        lock.release()
    store.write([("a.2", None)], wait=0)
    assert keys(store) == {1}


def damage_nothing_there(folder: Path) -> None:
    for path in folder.iterdir():
        path.unlink()


def damage_table_of_contents(folder: Path) -> None:
    next(folder.glob("*.toc")).write_bytes(b"")


def damage_segment(folder: Path) -> None:
    next(folder.glob("*.seg")).write_bytes(b"x" * 10)


def damage_segment_missing(folder: Path) -> None:
    next(folder.glob("*.seg")).unlink()


def damage_fingerprint(folder: Path) -> None:
    (folder / "fingerprint").write_text("another analysis")


@pytest.mark.parametrize(
    "damage",
    [
        damage_nothing_there,
        damage_table_of_contents,
        damage_segment,
        damage_segment_missing,
        damage_fingerprint,
    ],
)
def test_damaged_index_is_noticed_and_can_be_written_anew(tmp_path: Path, damage) -> None:
    store = IndexStore(tmp_path / "index")
    store.write_anew([ONE, TWO])
    damage(store.folder)
    assert not store.is_usable()
    with pytest.raises(IndexUnusableError):
        store.write([TWO])
    store.write_anew([ONE])
    assert keys(store) == {1}


def test_commit_is_on_disk_before_write_returns(store: IndexStore, monkeypatch: pytest.MonkeyPatch) -> None:
    synced = []
    real = store_module.os.fsync
    monkeypatch.setattr(
        store_module.os, "fsync", lambda fd: (synced.append(Path(f"/proc/self/fd/{fd}").resolve()), real(fd))
    )
    store.write([("a.1", None)])
    # Columns are made anew when they are lost.
    kept = {
        path
        for path in store.folder.resolve().iterdir()
        if path.name != "MAIN_WRITELOCK" and path.suffix != ".columns"
    }
    assert {*kept, store.folder.resolve()} <= set(synced)


def test_missing_folder_has_no_snapshot(tmp_path: Path) -> None:
    with pytest.raises(OSError):  # noqa: PT011 - whatever the file system says
        current_snapshot(tmp_path / "nowhere")


def test_snapshot_of_a_file_that_was_cut_short_is_not_used(store: IndexStore) -> None:
    before = store.snapshot()
    assert before.is_intact()
    damage_segment(store.folder)
    assert not before.is_intact()
    assert not store.is_usable()
