import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from whoosh.filedb.filestore import FileStorage
from whoosh.index import open_dir
from whoosh.qparser import QueryParser
from whoosh.query import Term

from search.engine import batches, building
from search.engine.documents import Entry
from search.engine.schema import ARTICLES, INDEXES, QUOTATIONS
from search.engine.snapshot import current_snapshot
from search.engine.store import IndexBusyError, IndexStore, IndexUnusableError
from search.engine.whoosh_files import write_segment
from tests.search.archives import Doc

ONE = Doc("التحالف في روما", pk=1, keys={"speaker": ["7", "8"]}).entry(1)
TWO = Doc("شكري", pk=2, day=date(2021, 6, 28)).entry(2)
SAID = replace(TWO, quotations=[Doc("قال", pk=20).document(2), Doc("وأكد", pk=21).document(2)])
ENTRIES = [Doc("شكري", pk=number).entry(number) for number in range(1, 10)]
ROOT = Path(__file__).parents[3]


@pytest.fixture
def store(tmp_path: Path) -> IndexStore:
    store = IndexStore(tmp_path / "index")
    store.write_anew([ONE, TWO])
    return store


def keys(store: IndexStore, kind: str = ARTICLES) -> set[int]:
    snapshot = store.snapshot(kind)
    return set(snapshot.primary_keys[snapshot.live].tolist())


def files(store: IndexStore) -> set[Path]:
    return {path for path in store.folder.rglob("*") if path.is_file()}


def refuse_segment(folder: Path, *others: object) -> None:
    write_segment(folder, *others)
    raise MemoryError


def write_often(folder: str) -> None:
    """What another process does: twenty commits that leave the articles as they are."""
    store = IndexStore(Path(folder))
    for number in range(20):
        if number % 2:
            store.write([ENTRIES[number % 9]])
        else:
            store.write_anew(ENTRIES)


def test_reader_never_takes_a_commit_for_damage(store: IndexStore) -> None:
    """One process writes without pause while four threads of this one read."""
    store.write_anew(ENTRIES)
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
    store.write([Entry(1), Doc("شكري", pk=2, day=day).entry(2), Doc("التحالف", pk=3).entry(3)])
    assert keys(store) == {2, 3}
    snapshot = store.snapshot()
    assert sorted(snapshot.dates[snapshot.live].tolist()) == [0, day.toordinal()]


def test_write_anew_leaves_only_what_it_was_given(store: IndexStore) -> None:
    store.write_anew([TWO])
    assert keys(store) == {2}


def test_snapshot_is_kept_until_a_commit(store: IndexStore) -> None:
    before = store.snapshot()
    assert store.snapshot() is before
    store.write([Entry(1)])
    assert store.snapshot() is not before
    assert before.live.sum() == 2, "a snapshot never changes"


def test_stock_whoosh_reads_the_index(store: IndexStore) -> None:
    index = open_dir(str(store.folder / ARTICLES))
    with index.searcher() as searcher:
        for field, asked in (("stem", "تحالف"), ("exact", '"التحالف في روما"'), ("speaker", "7")):
            query = QueryParser(field, index.schema).parse(asked)
            assert [hit["id"] for hit in searcher.search(query)] == ["archive.article.1"]


def test_failed_write_leaves_the_index_as_it_was(store: IndexStore) -> None:
    def failing():
        yield Entry(1)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        store.write(failing())
    assert keys(store) == {1, 2}
    store.write([Entry(1)])
    assert keys(store) == {2}


def test_commit_that_fails_over_its_files_leaves_the_index_as_it_was_and_nothing_for_ever(
    store: IndexStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = files(store)
    with monkeypatch.context() as patch:
        patch.setattr(building, "write_segment", refuse_segment)
        with pytest.raises(MemoryError):
            store.write([Entry(1), Doc("القارة", pk=3).entry(3)])
    assert keys(store) == {1, 2}
    left = files(store) - before
    assert {path.suffix for path in left} == {".seg", ".columns"}
    store.write([Entry(1)])
    assert keys(store) == {2}
    assert not left & files(store)


def test_quotations_are_replaced_and_removed_with_their_article(store: IndexStore) -> None:
    store.write([SAID])
    assert keys(store, QUOTATIONS) == {20, 21}
    assert store.snapshot(QUOTATIONS).articles.tolist() == [2, 2]
    store.write([replace(SAID, quotations=SAID.quotations[:1])])
    assert keys(store, QUOTATIONS) == {20}
    store.write([Entry(2)])
    assert (keys(store), keys(store, QUOTATIONS)) == ({1}, set())


def test_index_without_changes_keeps_its_generation(store: IndexStore) -> None:
    store.write([SAID])
    before = store.snapshot(QUOTATIONS)
    store.write([ONE])
    assert store.snapshot(QUOTATIONS) is before


@pytest.mark.parametrize("most", [1, 4, 1000])
def test_of_an_article_that_comes_twice_the_last_entry_counts(
    store: IndexStore, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    """Also when the first was written already, in a segment of its own."""
    monkeypatch.setattr(batches, "MOST_WORDS", most)
    first, last = Doc("القارة", pk=3).entry(3), Doc("روما", pk=4).entry(3)
    store.write([first, ONE, last, Doc("القارة", pk=5).entry(5), Entry(5)])
    assert keys(store) == {1, 2, 4}
    store.write_anew([first, TWO, last])
    assert keys(store) == {2, 4}


@pytest.mark.parametrize("workers", [0, 1])
def test_large_build_makes_segments_of_bounded_size(
    store: IndexStore, monkeypatch: pytest.MonkeyPatch, workers: int
) -> None:
    monkeypatch.setattr(batches, "MOST_WORDS", 30)
    store.write_anew((Doc("روما " * 10, pk=number).entry(number) for number in range(10)), workers=workers)
    assert [leaf.columns.documents for leaf in store.snapshot().leaves] == [3, 3, 3, 1]
    assert keys(store) == set(range(10))
    with open_dir(str(store.folder / ARTICLES)).searcher() as searcher:
        assert len(searcher.search(Term("exact", "روما"), limit=None)) == 10


def test_what_a_stopped_build_left_is_swept(store: IndexStore) -> None:
    stray = store.folder / ARTICLES / "MAIN_stray.seg"
    stray.write_bytes(b"x")
    store.write([Entry(1)])
    assert not stray.exists()


def test_held_lock_is_waited_for_no_longer_than_asked(store: IndexStore) -> None:
    lock = FileStorage(str(store.folder)).lock("MAIN_WRITELOCK")
    assert lock.acquire()
    try:
        with pytest.raises(IndexBusyError):
            store.write([TWO], wait=0)
        assert keys(store) == {1, 2}, "readers do not wait"
    finally:
        lock.release()
    store.write([Entry(2)], wait=0)
    assert keys(store) == {1}


def damage_nothing_there(folder: Path) -> None:
    shutil.rmtree(folder)


def damage_table_of_contents(folder: Path) -> None:
    next(folder.glob("articles/*.toc")).write_bytes(b"")


def damage_segment(folder: Path) -> None:
    next(folder.glob("articles/*.seg")).write_bytes(b"x" * 10)


def damage_segment_missing(folder: Path) -> None:
    next(folder.glob("articles/*.seg")).unlink()


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
    synced = set()
    real = os.fsync
    monkeypatch.setattr("os.fsync", lambda fd: (synced.add(os.fstat(fd).st_ino), real(fd)))
    before = files(store)
    store.write([SAID, Doc("القارة", pk=3).entry(3)])
    fresh = files(store) - before
    assert {path.suffix for path in fresh} == {".seg", ".columns", ".toc"}
    for path in (*fresh, *(store.folder / kind for kind in INDEXES)):
        assert path.stat().st_ino in synced, path


def test_missing_folder_has_no_snapshot(tmp_path: Path) -> None:
    with pytest.raises(OSError):  # noqa: PT011 - whatever the file system says
        current_snapshot(tmp_path / "nowhere")


def test_snapshot_of_a_file_that_was_cut_short_is_not_used(store: IndexStore) -> None:
    before = store.snapshot()
    assert before.is_intact()
    damage_segment(store.folder)
    assert not before.is_intact()
    assert not store.is_usable()
