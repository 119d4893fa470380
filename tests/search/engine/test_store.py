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

from search.engine import batches, building, content, generations, snapshot, writing
from search.engine.damage import Damage, IndexBusyError, IndexDamagedError, IndexUnusableError
from search.engine.documents import Document, Entry
from search.engine.locks import locked
from search.engine.schema import ARTICLES, INDEXES, QUOTATIONS
from search.engine.store import IndexStore
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
    index = open_dir(str(store.index_folder(ARTICLES)))
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


def test_commit_that_fails_over_its_files_leaves_the_index_as_it_was_and_nothing_beside_it(
    store: IndexStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = files(store)
    with monkeypatch.context() as patch:
        patch.setattr(building, "write_segment", refuse_segment)
        with pytest.raises(MemoryError):
            store.write([Entry(1), Doc("القارة", pk=3).entry(3)])
    assert keys(store) == {1, 2}
    assert files(store) == before


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
    with open_dir(str(store.index_folder(ARTICLES))).searcher() as searcher:
        assert len(searcher.search(Term("exact", "روما"), limit=None)) == 10


def test_what_a_stopped_build_left_is_swept(store: IndexStore) -> None:
    stray = store.index_folder(ARTICLES) / "MAIN_stray.seg"
    stray.write_bytes(b"x")
    store.write([Entry(1)])
    assert not stray.exists()


def test_held_lock_is_waited_for_no_longer_than_asked(store: IndexStore) -> None:
    lock = FileStorage(str(store.folder)).lock("lock")
    assert lock.acquire()
    try:
        with pytest.raises(IndexBusyError):
            store.write([TWO], wait=0)
        assert keys(store) == {1, 2}, "readers do not wait"
    finally:
        lock.release()
    store.write([Entry(2)], wait=0)
    assert keys(store) == {1}


def damage_nothing_there(store: IndexStore) -> None:
    shutil.rmtree(store.folder)


def damage_current(store: IndexStore) -> None:
    (store.folder / "current").write_text("generation-000002\n")


def damage_about(store: IndexStore) -> None:
    (store.index_folder(ARTICLES).parent / "about.json").write_bytes(b"")


def damage_manifest(store: IndexStore) -> None:
    (store.index_folder(QUOTATIONS) / "files.json").unlink()


def damage_both_files_of_a_segment(store: IndexStore) -> None:
    for pattern in ("*.seg", "*.columns"):
        next(store.index_folder(ARTICLES).glob(pattern)).write_bytes(b"x" * 10)


@pytest.mark.parametrize(
    "damage",
    [damage_nothing_there, damage_current, damage_about, damage_manifest, damage_both_files_of_a_segment],
)
def test_damaged_index_is_noticed_and_can_be_written_anew(store: IndexStore, damage) -> None:
    damage(store)
    assert not store.is_usable()
    assert store.check_files()
    with pytest.raises(IndexUnusableError):
        store.write([TWO])
    store.write_anew([ONE])
    assert keys(store) == {1}
    assert store.check_files() == store.damages() == []


@pytest.mark.parametrize("pattern", ["*.seg", "*.toc"])
def test_damage_to_what_is_not_asked_is_told_and_nothing_else(store: IndexStore, pattern: str) -> None:
    path = next(store.index_folder(ARTICLES).glob(pattern))
    path.unlink()
    assert keys(store) == {1, 2}
    assert store.damages() == [Damage(f"{store.generation()}/articles/{path.name}", "missing")]
    store.write([Entry(1)])
    assert keys(store) == {2}


def test_commit_is_on_disk_before_write_returns(store: IndexStore, monkeypatch: pytest.MonkeyPatch) -> None:
    synced = set()
    real = os.fsync
    monkeypatch.setattr("os.fsync", lambda fd: (synced.add(os.fstat(fd).st_ino), real(fd)))
    before = files(store)
    store.write([SAID, Doc("القارة", pk=3).entry(3)])
    fresh = files(store) - before
    assert {path.suffix for path in fresh} == {".seg", ".columns", ".toc"}
    manifests = [store.index_folder(kind) / "files.json" for kind in INDEXES]
    for path in (*fresh, *manifests, *(store.index_folder(kind) for kind in INDEXES)):
        assert path.stat().st_ino in synced, path


def test_missing_folder_has_no_snapshot(tmp_path: Path) -> None:
    with pytest.raises(IndexUnusableError):
        IndexStore(tmp_path / "nowhere").snapshot()


def test_snapshot_of_a_file_that_was_cut_short_is_not_used(store: IndexStore) -> None:
    before = store.snapshot()
    assert before.is_intact()
    damage_both_files_of_a_segment(store)
    assert not before.is_intact()
    assert not store.is_usable()


def test_rebuild_serves_and_is_written_until_it_is_ready(store: IndexStore) -> None:
    before, first = store.snapshot(), store.generation()
    caught_up: list[list[int]] = []

    def entries():
        assert store.is_being_rebuilt()
        yield ENTRIES[4]
        assert keys(store) == {1, 2}
        store.write([Entry(1), ENTRIES[6]])
        assert keys(store) == {2, 7}

    def catch_up(articles):
        caught_up.append(sorted(articles))
        return [ENTRIES[6], Entry(1)]

    store.rebuild(entries, catch_up)
    assert keys(store) == {5, 7}
    assert caught_up == [[1, 7]]
    assert before.live.sum() == 2
    assert not store.is_being_rebuilt()
    assert (first, store.generation()) == ("generation-000001", "generation-000002")
    assert {path.name for path in store.folder.iterdir()} == {
        "lock",
        "rebuild-lock",
        "current",
        "generation-000002",
    }
    assert {path.name for path in (store.folder / store.generation()).iterdir()} == {
        "about.json",
        "articles",
        "quotations",
    }


def test_what_is_written_while_a_rebuild_catches_up_is_caught_up_with_too(store: IndexStore) -> None:
    known = {1: ONE, 2: TWO}

    def entries():
        store.write([Entry(1)])
        return [ONE, TWO]

    def catch_up(articles):
        if 2 not in articles:
            store.write([replace(SAID, article=2)])
            known.update({2: SAID})
        known.update({1: Entry(1)})
        return [known[article] for article in articles]

    store.rebuild(entries, catch_up)
    assert (keys(store), keys(store, QUOTATIONS)) == ({2}, {20, 21})


def test_one_rebuild_at_a_time(store: IndexStore) -> None:
    def entries():
        with pytest.raises(IndexBusyError):
            store.rebuild(list, list, wait=0)
        return [ONE]

    store.rebuild(entries, list)
    assert keys(store) == {1}


def test_rebuild_that_fails_leaves_the_live_generation_and_nothing_beside_it(store: IndexStore) -> None:
    before = files(store)

    def entries():
        yield ONE
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        store.rebuild(entries, list)
    assert keys(store) == {1, 2}
    assert files(store) - before == set()


def test_rebuild_that_lost_a_document_does_not_become_live(
    store: IndexStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = batches.Batch.add

    def add(batch: batches.Batch, document: Document, entry: int) -> None:
        if document.primary_key != 2:
            real(batch, document, entry)

    monkeypatch.setattr(batches.Batch, "add", add)
    with pytest.raises(IndexUnusableError, match="1 of 2"):
        store.rebuild(lambda: [ONE, TWO], list)
    assert keys(store) == {1, 2}


def test_rebuild_that_the_disk_altered_does_not_become_live(
    store: IndexStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = writing.publish

    def altered(folder: Path, *others: object) -> None:
        real(folder, *others)
        for path in folder.glob("*.seg"):
            path.write_bytes(path.read_bytes()[:-1] + b"x")

    with monkeypatch.context() as patch:
        patch.setattr(writing, "publish", altered)
        with pytest.raises(IndexDamagedError, match="altered"):
            store.rebuild(lambda: [ONE], list)
    assert keys(store) == {1, 2}


def test_what_a_killed_rebuild_left_goes_with_the_next_one(store: IndexStore) -> None:
    left = store.folder / "generation-000007"
    left.mkdir()
    (left / "changed").write_bytes(b"\n12")
    store.write([TWO])
    assert (left / "changed").read_bytes() == b"\n12\n2\n"
    store.rebuild(lambda: [ONE], list)
    assert not left.exists()
    assert store.generation() == "generation-000008"


def test_generation_that_a_killed_switch_left_goes_with_the_next_write(store: IndexStore) -> None:
    store.write_anew([ONE])
    left = store.folder / "generation-000001"
    shutil.copytree(store.index_folder(ARTICLES).parent, left)
    store.write([TWO])
    assert not left.exists()


def test_index_of_before_there_were_generations_is_replaced(tmp_path: Path) -> None:
    for kind in INDEXES:
        (tmp_path / kind).mkdir()
    (tmp_path / "fingerprint").write_text("former")
    store = IndexStore(tmp_path)
    assert not store.is_usable()
    store.rebuild(lambda: [ONE], list)
    assert keys(store) == {1}
    assert not (tmp_path / "fingerprint").exists()
    assert not (tmp_path / ARTICLES).exists()


def test_index_of_another_analysis_serves_and_is_written(
    store: IndexStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (snapshot, generations):
        monkeypatch.setattr(module, "fingerprint", lambda: "another")
    store.forget()
    assert store.is_usable()
    assert not store.is_current()
    store.write([Doc("القارة", pk=3).entry(3)])
    assert keys(store) == {1, 2, 3}
    assert not store.is_current()
    store.rebuild(lambda: [ONE], list)
    assert store.is_current()


def test_columns_of_another_analysis_are_not_made_anew(
    store: IndexStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(snapshot, "fingerprint", lambda: "another")
    next(store.index_folder(ARTICLES).glob("*.columns")).unlink()
    with pytest.raises(IndexDamagedError):
        store.snapshot()


def test_words_of_another_analysis_are_merged_as_those_of_the_present_one(
    store: IndexStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else a word would be in a segment under two stems, which Whoosh's files cannot hold."""
    store.forget()
    with monkeypatch.context() as patch:
        patch.setattr(content, "forms", lambda written: (written, written, "جذع"))
        store.write_anew([ONE])
    monkeypatch.setattr(snapshot, "fingerprint", lambda: "another")
    store.forget()
    store.write([Doc("التحالف في روما", pk=2).entry(2)])
    (leaf,) = store.snapshot().leaves
    assert sorted(leaf.columns.exact) == sorted(["التحالف", "في", "روما"])
    with open_dir(str(store.index_folder(ARTICLES))).searcher() as searcher:
        assert len(searcher.search(Term("stem", "تحالف"))) == 2


def test_index_of_another_format_is_not_read(store: IndexStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(snapshot, "format_digest", lambda: "another")
    store.forget()
    assert not store.is_usable()
    assert not store.is_current()
    with pytest.raises(IndexUnusableError, match="format"):
        store.write([TWO])


def test_size_is_of_the_live_generation(store: IndexStore) -> None:
    folder = store.folder / store.generation()
    assert store.size() == sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    assert IndexStore(store.folder / "nowhere").size() == 0


def test_wait_for_the_lock_does_not_depend_on_the_clock(
    store: IndexStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("time.time", lambda: 0.0)
    with locked(store.folder / "lock", 0), pytest.raises(IndexBusyError):
        store.write([TWO], wait=0.01)
