from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from search.compiling import Lookup, compile_tree
from search.engine import manifests
from search.engine import snapshot as snapshot_module
from search.engine.asking import Match, Request, ask
from search.engine.damage import IndexUnusableError
from search.engine.schema import ARTICLES, QUOTATIONS
from search.engine.segments import EXTENSION, columns_path
from search.engine.snapshot import OpenedSnapshot, current_snapshot
from search.query_language import parse
from tests.search.archives import Archive, Doc, archive_of

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
    snapshot = archive.snapshot()
    assert [leaf.first for leaf in snapshot.leaves] == [0, 3]
    assert snapshot.primary_keys.tolist() == [1, 2, 3, 4]
    assert snapshot.live.tolist() == [False, False, True, True]
    assert snapshot.dates.tolist() == [DAY.toordinal(), 0, 0, DAY.toordinal()]
    assert snapshot.count == 4


def test_lengths_are_counted_in_words_by_part(archive: Archive) -> None:
    lengths = archive.snapshot().lengths
    assert {part: each.values.tolist() for part, each in lengths.items()} == {
        "body": [2, 1, 2, 1],
        "title": [1, 0, 0, 0],
        "lead": [1, 1, 2, 1],
    }
    assert lengths["body"].average == 1.5


def test_key_fields_leave_deleted_documents_out(archive: Archive) -> None:
    snapshot = archive.snapshot()
    assert snapshot.key_field("speaker").counts(snapshot.live) == {"1": 1, "2": 1}
    assert snapshot.key_field("meeting").counts(snapshot.live) == {}


def test_having_is_true_of_documents_with_any_of_the_values(archive: Archive) -> None:
    snapshot = archive.snapshot()
    assert np.flatnonzero(snapshot.having("speaker", {"2", "7"})).tolist() == [3]
    assert not snapshot.having("speaker", set()).any()
    assert not snapshot.having("country", {"1"}).any()


def test_documents_know_their_articles(archive: Archive) -> None:
    assert archive.snapshot().articles.tolist() == [1, 2, 3, 1]


def test_snapshot_takes_over_the_open_columns_of_the_one_before(archive: Archive) -> None:
    before = archive.snapshot()
    archive.commit({"a.9": Doc("التحالف")})
    after = archive.snapshot()
    assert [leaf.columns for leaf in after.leaves[:2]] == [leaf.columns for leaf in before.leaves]
    assert len(after.leaves) == 3


def test_columns_that_changed_are_not_taken_over(archive: Archive) -> None:
    before = archive.snapshot()
    path = columns_path(archive.folder, f"{next(archive.folder.glob('*.columns')).stem}")
    path.unlink()
    after = archive.snapshot()
    kept = {id(leaf.columns) for leaf in after.leaves} & {id(leaf.columns) for leaf in before.leaves}
    assert len(kept) == 1


def test_snapshot_is_the_same_until_a_commit(archive: Archive) -> None:
    before = archive.snapshot()
    assert archive.snapshot() is before
    archive.commit({"a.3": None})
    after = archive.snapshot()
    assert after is not before
    assert (before.live.sum(), after.live.sum()) == (2, 1)


def test_forgotten_snapshot_is_opened_anew(archive: Archive) -> None:
    before = archive.snapshot()
    archive.store.forget()
    assert archive.snapshot() is not before


@pytest.mark.parametrize("extension", ["seg", EXTENSION])
def test_snapshot_is_not_intact_when_a_mapped_file_changed(archive: Archive, extension: str) -> None:
    """To read beyond the end of a map would kill the process."""
    snapshot = archive.snapshot()
    path = next(archive.folder.glob(f"*.{extension}"))
    path.write_bytes(path.read_bytes()[:100])
    assert not snapshot.is_intact()


def test_snapshot_is_not_intact_when_a_mapped_file_is_gone(archive: Archive) -> None:
    snapshot = archive.snapshot()
    next(archive.folder.glob(f"*.{EXTENSION}")).unlink()
    assert not snapshot.is_intact()
    assert archive.snapshot().is_intact(), "what can be made anew is"


def test_files_of_other_segments_do_not_matter(archive: Archive) -> None:
    """A commit leaves and removes those of the generation before it and of the one to come."""
    stray = archive.folder / "MAIN_stray.seg"
    stray.write_bytes(b"x")
    archive.store.forget()
    snapshot = archive.snapshot()
    stray.unlink()
    assert snapshot.is_intact()


def test_segment_without_columns_gets_them_beside_it(archive: Archive) -> None:
    folder = archive.folder
    segments = {path.stem for path in folder.glob("*.seg")}
    assert len(segments) == 2
    assert all(columns_path(folder, segment).exists() for segment in segments)


def test_opening_is_tried_again_when_a_commit_came_between(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive.store.forget()
    real = snapshot_module.read_manifest
    calls = []

    def overtaken(folder: Path) -> object:
        manifest = real(folder)
        calls.append(folder)
        if len(calls) == 1:
            archive.commit({"a.3": None})
        return manifest

    monkeypatch.setattr(snapshot_module, "read_manifest", overtaken)
    index = archive.folder
    # The commit opens snapshots itself, so it must not wait for the one being opened here.
    monkeypatch.setattr(archive.store, "snapshot", lambda kind: OpenedSnapshot(index.parent / kind))
    assert current_snapshot(archive.store.folder, ARTICLES).live.sum() == 1


def test_file_that_a_commit_swept_while_it_was_opened_is_no_damage(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive.store.forget()
    index, real = archive.folder, snapshot_module.check_file
    calls = []

    def overtaken(path: Path, expected: object) -> str:
        calls.append(path)
        if len(calls) == 1:
            # The commit opens snapshots itself, so it must not wait for the one being opened here.
            monkeypatch.setattr(archive.store, "snapshot", lambda kind: OpenedSnapshot(index.parent / kind))
            archive.commit({"a.3": None})
        return real(path, expected)

    monkeypatch.setattr(snapshot_module, "check_file", overtaken)
    snapshot = current_snapshot(archive.store.folder, ARTICLES)
    assert snapshot.damages == []
    assert snapshot.live.sum() == 1


def test_opening_is_tried_again_when_another_generation_became_the_live_one(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive.store.forget()
    real = snapshot_module.read_generation
    calls = []

    def overtaken(root: Path) -> object:
        generation = real(root)
        calls.append(root)
        if len(calls) == 1:
            archive.store.write_anew([])
        return generation

    monkeypatch.setattr(snapshot_module, "read_generation", overtaken)
    assert current_snapshot(archive.store.folder, ARTICLES).count == 0
    assert len(calls) == 2


def test_folder_without_an_index_cannot_be_opened(tmp_path: Path) -> None:
    with pytest.raises(IndexUnusableError):
        current_snapshot(tmp_path, ARTICLES)


@pytest.mark.parametrize("name", ["files.json", "about.json", "current"])
def test_snapshot_is_not_used_while_what_names_its_files_is_gone(archive: Archive, name: str) -> None:
    before = archive.snapshot()
    (path,) = [path for path in archive.store.folder.rglob(name) if QUOTATIONS not in path.parts]
    content = path.read_bytes()
    path.unlink()
    with pytest.raises(IndexUnusableError):
        archive.snapshot()
    path.write_bytes(content)
    assert archive.snapshot().primary_keys.tolist() == before.primary_keys.tolist()


def test_file_that_was_checked_is_read_again_only_when_it_is_another_one(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive.store.forget()
    archive.snapshot()
    read = []
    real = manifests.record_of
    monkeypatch.setattr(manifests, "record_of", lambda path: (read.append(path), real(path))[1])
    archive.store.forget()
    archive.snapshot()
    assert read == []
    path = next(archive.folder.glob("*.seg"))
    path.write_bytes(path.read_bytes())
    archive.snapshot()
    assert read == [path]


def test_digests_are_those_of_the_documents(archive: Archive) -> None:
    snapshot = archive.snapshot()
    expected = [archive.versions[key].document(archive.versions[key].article).digest for key in (1, 2, 3, 4)]
    assert snapshot.digests.tolist() == expected
    keys, digests = archive.store.digests()
    assert (keys.tolist(), digests.tolist()) == ([3, 4], expected[2:])


def test_threads_share_one_snapshot(archive: Archive) -> None:
    archive.store.forget()
    clauses = compile_tree(parse("روما «في روما» القارة").root, Lookup())

    def answer(_number: int) -> tuple[int, list[Match]]:
        snapshot = archive.snapshot()
        return id(snapshot), ask(snapshot, Request(clauses)).hits

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(answer, range(32)))
    assert all(answer == answers[0] for answer in answers)
