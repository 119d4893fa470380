from pathlib import Path

import pytest
from whoosh.filedb.filestore import FileStorage
from whoosh.index import open_dir
from whoosh.qparser import QueryParser

from search import store as store_module
from search.snapshot import Snapshot, current_snapshot
from search.store import IndexBusyError, IndexStore, IndexUnusableError

ONE = (
    "a.1",
    {"id": "a.1", "pk": 1, "stem": "التحالف في روما", "surface": "التحالف في روما", "speaker": ["7", "8"]},
)
TWO = ("a.2", {"id": "a.2", "pk": 2, "stem": "شكري", "surface": "شكري", "date": "2021-06-28"})


@pytest.fixture
def store(tmp_path: Path) -> IndexStore:
    store = IndexStore(tmp_path / "index")
    store.write_anew([ONE, TWO])
    return store


def keys(store: IndexStore) -> set[int]:
    snapshot = store.snapshot()
    return {snapshot.primary_keys[number] for number in snapshot.documents}


def test_entries_replace_and_remove(store: IndexStore) -> None:
    store.write(
        [("a.1", None), ("a.2", {**TWO[1], "date": "2017-03-22"}), ("a.3", {**ONE[1], "id": "a.3", "pk": 3})]
    )
    assert keys(store) == {2, 3}
    assert set(store.snapshot().dates.values()) == {"2017-03-22"}


def test_write_anew_leaves_only_what_it_was_given(store: IndexStore) -> None:
    store.write_anew([TWO])
    assert keys(store) == {2}


def test_snapshot_is_kept_until_a_commit(store: IndexStore) -> None:
    before = store.snapshot()
    assert store.snapshot() is before
    store.write([("a.1", None)])
    assert store.snapshot() is not before
    assert len(before.documents) == 2, "a snapshot never changes"


def test_stock_whoosh_reads_the_index(store: IndexStore) -> None:
    index = open_dir(str(store.folder))
    with index.searcher() as searcher:
        query = QueryParser("stem", index.schema).parse("تحالف")
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
    kept = {path for path in store.folder.resolve().iterdir() if path.name != "MAIN_WRITELOCK"}
    assert {*kept, store.folder.resolve()} <= set(synced)


def test_missing_folder_has_no_snapshot(tmp_path: Path) -> None:
    with pytest.raises(OSError):  # noqa: PT011 - whatever the file system says
        current_snapshot(tmp_path / "nowhere")


def test_writer_reads_the_shared_snapshot_inside_its_lock(
    store: IndexStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = []
    real = Snapshot.documents_of
    monkeypatch.setattr(
        Snapshot, "documents_of", lambda self, name: (held.append(self.lock.locked()), real(self, name))[1]
    )
    store.write([("a.1", None)])
    assert held == [True]


def test_snapshot_of_a_file_that_was_cut_short_is_not_used(store: IndexStore) -> None:
    before = store.snapshot()
    assert before.is_intact()
    damage_segment(store.folder)
    assert not before.is_intact()
    assert not store.is_usable()
