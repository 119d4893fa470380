import os
from pathlib import Path

import pytest

from search.engine.damage import IndexDamagedError, IndexUnusableError
from search.engine.generations import (
    abandon_generation,
    begin_generation,
    finish_generation,
    live_folder,
    read_changed,
    read_generation,
    record_changed,
)
from search.vocabulary import fingerprint, format_digest


def finished(root: Path) -> Path:
    folder = begin_generation(root)
    finish_generation(root, folder)
    return folder


def test_generation_is_live_once_it_is_finished(tmp_path: Path) -> None:
    folder = begin_generation(tmp_path)
    with pytest.raises(IndexUnusableError):
        live_folder(tmp_path)
    finish_generation(tmp_path, folder)
    assert live_folder(tmp_path) == folder
    assert read_generation(tmp_path) == (folder, fingerprint(), format_digest())


def test_generations_are_numbered_on_whatever_is_left(tmp_path: Path) -> None:
    first = finished(tmp_path)
    (tmp_path / "generation-000041").mkdir()
    (tmp_path / "generation-of-somebody").mkdir()
    second = finished(tmp_path)
    assert (first.name, second.name) == ("generation-000001", "generation-000042")
    assert {path.name for path in tmp_path.iterdir()} == {"current", second.name, "generation-of-somebody"}


def test_name_of_the_live_generation_proves_itself(tmp_path: Path) -> None:
    """Else a flipped bit would bring back a generation that was left behind."""
    finished(tmp_path)
    path = tmp_path / "current"
    content = path.read_bytes()
    for place in range(len(content)):
        path.write_bytes(content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :])
        with pytest.raises(IndexDamagedError):
            live_folder(tmp_path)
        path.write_bytes(content[:place])
        with pytest.raises(IndexDamagedError):
            live_folder(tmp_path)


def test_journal_is_read_from_where_it_was_read_to(tmp_path: Path) -> None:
    live = finished(tmp_path)
    building = begin_generation(tmp_path)
    record_changed(tmp_path, live, [3, 1])
    articles, end = read_changed(building, 0)
    assert articles == [3, 1]
    record_changed(tmp_path, live, [1, 2])
    assert read_changed(building, end)[0] == [1, 2]
    assert read_changed(building, 0)[0] == [3, 1, 2]


def test_line_that_a_writer_did_not_finish_spoils_no_other(tmp_path: Path) -> None:
    live = finished(tmp_path)
    building = begin_generation(tmp_path)
    record_changed(tmp_path, live, [12])
    with (building / "changed").open("ab") as journal:
        journal.write(b"\n3")
    assert read_changed(building, 0)[0] == [12], "it may be the beginning of another number"
    record_changed(tmp_path, live, [45])
    assert read_changed(building, 0)[0] == [12, 3, 45]


def test_journal_is_on_disk_when_it_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    live = finished(tmp_path)
    building = begin_generation(tmp_path)
    synced = []
    monkeypatch.setattr("os.fsync", lambda descriptor: synced.append(os.fstat(descriptor).st_ino))
    record_changed(tmp_path, live, [1])
    assert synced == [(building / "changed").stat().st_ino]


def test_finished_generation_has_no_journal(tmp_path: Path) -> None:
    live = finished(tmp_path)
    record_changed(tmp_path, live, [1])
    assert [path.name for path in live.iterdir()] == ["about.json"]


def test_live_generation_is_not_abandoned(tmp_path: Path) -> None:
    live = finished(tmp_path)
    abandon_generation(tmp_path, live)
    assert live_folder(tmp_path).exists()
    building = begin_generation(tmp_path)
    abandon_generation(tmp_path, building)
    assert not building.exists()


@pytest.mark.parametrize("content", [b"", b"{}", b"[]", b'{"crc32": 1, "content": {}}\n'])
def test_altered_description_of_a_generation_is_damage(tmp_path: Path, content: bytes) -> None:
    folder = finished(tmp_path)
    (folder / "about.json").write_bytes(content)
    with pytest.raises(IndexDamagedError, match=r"about\.json: altered"):
        read_generation(tmp_path)
