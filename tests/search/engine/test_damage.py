"""Every file of an index damaged in turn: the right answer or none, and the damage is named."""

import os
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from search.engine import column_files, segments
from search.engine.collocations import GAP
from search.engine.documents import Entry
from search.engine.durable_files import Identity
from search.engine.schema import INDEXES, KEY_FIELDS
from search.engine.store import IndexStore, IndexUnusableError
from tests.search.archives import Doc, quick_writing


def entry(number: int, text: str) -> Entry:
    day, keys = date(2021, 6, number), {"speaker": [str(number)], "country": ["TR"]}
    article = Doc(text, "عنوان", day, keys, pk=number).document(number)
    said = Doc("قال " + text, day=day, keys=keys, pk=100 + number).document(number)
    return Entry(number, [article], [said])


ENTRIES = [entry(number, f"{word} في روما") for number, word in enumerate(("التحالف", "شكري", "القارة"), 1)]


def half(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def emptied(path: Path) -> None:
    path.write_bytes(b"")


def zeroed(path: Path) -> None:
    path.write_bytes(bytes(path.stat().st_size))


def flipped(place: Callable[[int], int]) -> Callable[[Path], None]:
    def flip(path: Path) -> None:
        content = bytearray(path.read_bytes())
        content[place(len(content))] ^= 1
        path.write_bytes(content)

    return flip


DAMAGES = {
    "truncated": half,
    "emptied": emptied,
    "zeroed": zeroed,
    "first byte": flipped(lambda _size: 0),
    "a byte inside": flipped(lambda size: size // 3),
    "last byte": flipped(lambda size: size - 1),
    "deleted": Path.unlink,
}


# ``make test-faults`` does all of them to every file.
SHARE = ("truncated", "zeroed", "a byte inside", "deleted")


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two segments of each index, one with a deleted document."""
    folder = tmp_path_factory.mktemp("sound") / "index"
    store = IndexStore(folder)
    with quick_writing() as patch:
        patch.setattr("search.engine.batches.choose_merges", lambda _segments, _brought: [])
        store.write_anew(ENTRIES[:2])
        store.write([ENTRIES[2], entry(1, "القارة")])
    return folder


def answer(store: IndexStore, kind: str) -> list[Any]:
    """All that an index says of what lives in it."""
    snapshot = store.snapshot(kind)
    told = []
    for leaf in snapshot.leaves:
        columns = leaf.columns
        keys: dict[int, list[tuple[str, str]]] = {}
        for field in KEY_FIELDS:
            for value, documents in columns.keyed_documents(field):
                for number in documents.tolist():
                    keys.setdefault(number, []).append((field, value))
        for number in range(columns.documents):
            if not snapshot.live[leaf.first + number]:
                continue
            words = columns.stream[slice(*columns.document_starts[number : number + 2])]
            told.append(
                (
                    int(columns.primary_keys[number]),
                    int(columns.articles[number]),
                    int(columns.dates[number]),
                    int(columns.digests[number]),
                    int(columns.title_lengths[number]),
                    [None if word == GAP else columns.exact[word] for word in words.tolist()],
                    keys.get(number),
                )
            )
    return told


@pytest.mark.parametrize("running", [True, False], ids=["running", "at the start"])
@pytest.mark.parametrize("damage", DAMAGES if os.environ.get("MAHDAR_FAULTS") else SHARE)
def test_damage_to_any_file_is_named_and_no_answer_is_wrong(
    sound: Path, tmp_path: Path, damage: str, running: bool
) -> None:
    right = {kind: answer(IndexStore(sound), kind) for kind in INDEXES}
    names = [
        path.relative_to(sound) for path in sound.rglob("*") if path.is_file() and "lock" not in path.name
    ]
    assert len(names) == 14
    unusable = set()
    for place, name in enumerate(names):
        store = IndexStore(tmp_path / str(place))
        shutil.copytree(sound, store.folder)
        if running:
            assert {kind: answer(store, kind) for kind in INDEXES} == right
        DAMAGES[damage](store.folder / name)
        assert [found.file for found in store.check_files()] == [name.as_posix()]
        if name.suffix != ".columns":
            assert not store.is_usable() or name.as_posix() in [found.file for found in store.damages()]
        for kind in INDEXES:
            try:
                assert answer(store, kind) == right[kind], name
            except IndexUnusableError:
                unusable.add(name.name)
        if not running:
            with quick_writing():
                store.rebuild(lambda: [entry(1, "القارة"), *ENTRIES[1:]], list)
            assert store.check_files() == store.damages() == []
            assert sorted(row[0] for row in answer(store, INDEXES[0])) == [1, 2, 3]
        store.forget()
    assert unusable == {"current", "about.json", "files.json"}


@pytest.mark.parametrize("damage", DAMAGES)
def test_columns_too_many_to_recover_are_not_answered_from(
    sound: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, damage: str
) -> None:
    """And mapped ones are not read beyond their end."""
    monkeypatch.setattr("search.engine.snapshot.MOST_RECOVERED", 0)
    monkeypatch.setattr(column_files, "_MAPPED_FROM", 0)
    store = IndexStore(tmp_path / "index")
    shutil.copytree(sound, store.folder)
    assert answer(store, INDEXES[0])
    path = next(store.index_folder(INDEXES[0]).glob(f"*.{segments.EXTENSION}"))
    DAMAGES[damage](path)
    with pytest.raises(IndexUnusableError, match=path.name):
        store.snapshot()
    assert [found.file.rpartition("/")[2] for found in store.damages()] == [path.name]
    assert answer(store, INDEXES[1])


def test_columns_without_a_sound_source_are_not_made_anew(sound: Path, tmp_path: Path) -> None:
    store = IndexStore(tmp_path / "index")
    shutil.copytree(sound, store.folder)
    folder = store.index_folder(INDEXES[0])
    segment = next(folder.glob("*.seg"))
    DAMAGES["a byte inside"](segment)
    segments.columns_path(folder, segment.stem).unlink()
    assert not store.is_usable()


def test_file_damaged_without_a_trace_is_found_by_the_full_check(
    sound: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As by a disk that loses what it holds: the file system says nothing."""
    store = IndexStore(tmp_path / "index")
    shutil.copytree(sound, store.folder)
    assert store.check_files() == []
    monkeypatch.setattr(
        "search.engine.manifests.identity_of", lambda path: Identity(0, 0, 0, path.stat().st_size)
    )
    path = next(store.index_folder(INDEXES[1]).glob("*.toc"))
    DAMAGES["a byte inside"](path)
    assert [found.what for found in store.check_files()] == ["altered"]
