from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.engine.damage import IndexDamagedError
from search.engine.durable_files import RecordError, decode_record, encode_record
from search.engine.manifests import (
    FileRecord,
    Manifest,
    SegmentRecord,
    check_file,
    manifest_stamp,
    read_manifest,
    record_of,
)

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda each: st.lists(each, max_size=3) | st.dictionaries(st.text(), each, max_size=3),
    max_leaves=8,
)


def manifest(number: int) -> Manifest:
    return Manifest(
        number,
        [SegmentRecord("MAIN_a", 9, (1, 4)), SegmentRecord("MAIN_b", 1, ())],
        {"MAIN_a.seg": FileRecord(100, 7), "MAIN_b.seg": FileRecord(5, 2**32 - 1)},
    )


@given(JSON)
def test_record_is_read_as_it_was_written(content: object) -> None:
    assert decode_record(encode_record(content)) == content


@given(JSON, st.data())
def test_altered_record_is_noticed(content: object, data: st.DataObject) -> None:
    written = bytearray(encode_record(content))
    written[data.draw(st.integers(0, len(written) - 1))] ^= data.draw(st.sampled_from([1, 2, 32, 128]))
    with pytest.raises(RecordError):
        decode_record(bytes(written))


def test_manifest_is_read_as_it_was_written(tmp_path: Path) -> None:
    manifest(3).write(tmp_path)
    assert read_manifest(tmp_path) == manifest(3)
    assert [path.name for path in tmp_path.iterdir()] == ["files.json"]


def test_manifest_that_is_missing_or_altered_is_damage(tmp_path: Path) -> None:
    folder = tmp_path / "generation-000001" / "articles"
    folder.mkdir(parents=True)
    with pytest.raises(IndexDamagedError, match=r"^generation-000001/articles/files\.json: missing$"):
        read_manifest(folder)
    (folder / "files.json").write_bytes(encode_record({"contents": 1}))
    with pytest.raises(IndexDamagedError, match="altered"):
        read_manifest(folder)


def test_stamp_differs_though_the_file_system_says_nothing(tmp_path: Path) -> None:
    """Two commits within one tick of a clock, the second in the place of a file removed before."""
    manifest(3).write(tmp_path)
    first = manifest_stamp(tmp_path)
    manifest(4).write(tmp_path)
    second = manifest_stamp(tmp_path)
    assert first
    assert second
    assert first[-1] != second[-1]


def test_there_is_no_stamp_without_a_manifest(tmp_path: Path) -> None:
    assert manifest_stamp(tmp_path) is None


def test_what_is_wrong_with_a_file_is_told(tmp_path: Path) -> None:
    path = tmp_path / "some"
    path.write_bytes(b"abc")
    record = record_of(path)
    assert check_file(path, record) == ""
    path.write_bytes(b"abd")
    assert check_file(path, record) == "altered"
    path.write_bytes(b"ab")
    assert check_file(path, record) == "size"
    path.unlink()
    assert check_file(path, record) == "missing"
    path.mkdir()
    assert check_file(path, FileRecord(path.stat().st_size, 1)) == "unreadable"
