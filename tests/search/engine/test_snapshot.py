from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from search.compiling import Lookup, compile_tree
from search.engine import snapshot as snapshot_module
from search.engine.columns import EXTENSION
from search.engine.executor import find
from search.engine.snapshot import Snapshot, columns_path, current_snapshot, forget_snapshot
from search.query_language import parse
from tests.search.reference import Archive, Doc, archive_of

DAY = date(2021, 6, 28)


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    """Two segments; a.1 was replaced by the second commit, a.2 deleted."""
    archive = archive_of(
        tmp_path, [Doc("روما", "عنوان", DAY, {"speaker": ["1"]}), Doc("متن"), Doc("في روما")]
    )
    archive.commit({"a.1": Doc("القارة", day=DAY, keys={"speaker": ["1", "2"]}), "a.2": None})
    return archive


def test_documents_are_numbered_over_the_segments_deleted_ones_included(archive: Archive) -> None:
    snapshot = archive.store.snapshot()
    assert [leaf.first for leaf in snapshot.leaves] == [0, 3]
    assert snapshot.primary_keys.tolist() == [1, 2, 3, 4]
    assert snapshot.live.tolist() == [False, False, True, True]
    assert snapshot.dates.tolist() == [DAY.toordinal(), 0, 0, DAY.toordinal()]
    assert snapshot.count == 4


def test_lengths_are_counted_in_words_by_part(archive: Archive) -> None:
    lengths = archive.store.snapshot().lengths
    assert {part: each.values.tolist() for part, each in lengths.items()} == {
        "body": [2, 1, 2, 1],
        "title": [1, 0, 0, 0],
        "lead": [1, 1, 2, 1],
    }
    assert lengths["body"].average == 1.5


def test_keys_list_documents_without_the_deleted(archive: Archive) -> None:
    snapshot = archive.store.snapshot()
    assert {value: rows.tolist() for value, rows in snapshot.keyed["speaker"].items()} == {"1": [3], "2": [3]}
    assert snapshot.keyed["meeting"] == {}


def test_having_is_true_of_documents_with_any_of_the_values(archive: Archive) -> None:
    snapshot = archive.store.snapshot()
    assert np.flatnonzero(snapshot.having("speaker", {"2", "7"})).tolist() == [3]
    assert not snapshot.having("speaker", set()).any()
    assert not snapshot.having("country", {"1"}).any()


@pytest.mark.parametrize(("identifier", "documents"), [("a.1", [3]), ("a.2", []), ("a.3", [2]), ("a.9", [])])
def test_document_of_an_identifier_is_the_one_that_lives(
    archive: Archive, identifier: str, documents: list[int]
) -> None:
    assert archive.store.snapshot().documents_of(identifier) == documents


def test_snapshot_is_the_same_until_a_commit(archive: Archive) -> None:
    before = archive.store.snapshot()
    assert archive.store.snapshot() is before
    archive.commit({"a.3": None})
    after = archive.store.snapshot()
    assert after is not before
    assert (before.live.sum(), after.live.sum()) == (2, 1)


def test_forgotten_snapshot_is_opened_anew(archive: Archive) -> None:
    before = archive.store.snapshot()
    forget_snapshot(archive.store.folder)
    assert archive.store.snapshot() is not before


@pytest.mark.parametrize("extension", ["seg", EXTENSION])
def test_snapshot_is_not_intact_when_a_mapped_file_changed(archive: Archive, extension: str) -> None:
    """To read beyond the end of a map would kill the process."""
    snapshot = archive.store.snapshot()
    path = next(archive.store.folder.glob(f"*.{extension}"))
    path.write_bytes(path.read_bytes()[:100])
    assert not snapshot.is_intact()


def test_snapshot_is_not_intact_when_a_mapped_file_is_gone(archive: Archive) -> None:
    snapshot = archive.store.snapshot()
    next(archive.store.folder.glob(f"*.{EXTENSION}")).unlink()
    assert not snapshot.is_intact()
    assert archive.store.snapshot().is_intact(), "what can be made anew is"


def test_files_of_other_segments_do_not_matter(archive: Archive) -> None:
    """A commit leaves and removes those of the generation before it and of the one to come."""
    stray = archive.store.folder / "MAIN_stray.seg"
    stray.write_bytes(b"x")
    forget_snapshot(archive.store.folder)
    snapshot = archive.store.snapshot()
    stray.unlink()
    assert snapshot.is_intact()


def test_segment_without_columns_gets_them_beside_it(archive: Archive) -> None:
    folder = archive.store.folder
    segments = {path.stem for path in folder.glob("*.seg")}
    assert len(segments) == 2
    assert all(columns_path(folder, segment).exists() for segment in segments)


def test_opening_is_tried_again_when_a_commit_came_between(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = archive.store.folder
    forget_snapshot(folder)
    real = snapshot_module.read_contents
    calls = []

    def overtaken(*asked: object) -> object:
        calls.append(asked)
        if len(calls) == 1:
            archive.commit({"a.3": None})
            raise FileNotFoundError
        return real(*asked)

    monkeypatch.setattr(snapshot_module, "read_contents", overtaken)
    # The commit opens snapshots itself, so it must not wait for the one being opened here.
    monkeypatch.setattr(archive.store, "snapshot", lambda: Snapshot(folder))
    assert current_snapshot(folder).live.sum() == 1


def test_table_of_contents_that_went_after_it_was_listed_is_looked_for_again(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = snapshot_module.TOC._latest_generation
    calls = []

    def overtaken(*asked: object) -> int:
        calls.append(asked)
        return real(*asked) - (len(calls) == 1)

    before = archive.store.snapshot()
    monkeypatch.setattr(snapshot_module.TOC, "_latest_generation", overtaken)
    assert current_snapshot(archive.store.folder) is before
    assert len(calls) == 2


def test_folder_without_an_index_cannot_be_opened(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        current_snapshot(tmp_path)


def test_threads_share_one_snapshot(archive: Archive) -> None:
    forget_snapshot(archive.store.folder)
    clauses = compile_tree(parse("روما «في روما» القارة").root, Lookup())

    def ask(_number: int) -> tuple[int, list[float]]:
        snapshot = current_snapshot(archive.store.folder)
        return id(snapshot), find(snapshot, clauses).scores.tolist()

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(ask, range(32)))
    assert all(answer == answers[0] for answer in answers)
