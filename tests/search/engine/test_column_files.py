from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.engine.column_files import ColumnFileError, read_arrays, write_arrays

KINDS = st.sampled_from(["<u4", "<i4", "<i8", "|u1"])
ARRAYS = st.dictionaries(
    st.text("abc_", min_size=1, max_size=6),
    st.tuples(st.lists(st.integers(0, 255), max_size=9), KINDS).map(lambda each: np.array(*each)),
    max_size=4,
)
EXTRA = st.dictionaries(st.text(max_size=5), st.lists(st.text(max_size=5), max_size=3), max_size=2)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "some.columns"


@given(ARRAYS, EXTRA)
@settings(max_examples=50, deadline=None)
def test_what_was_written_is_read(
    tmp_path_factory: pytest.TempPathFactory, arrays: dict[str, np.ndarray], extra: dict[str, list[str]]
) -> None:
    path = tmp_path_factory.getbasetemp() / "round_trip.columns"
    write_arrays(path, arrays, extra)
    read, kept = read_arrays(path)
    assert kept == extra
    assert {name: (array.dtype, array.tolist()) for name, array in read.items()} == {
        name: (array.dtype, array.tolist()) for name, array in arrays.items()
    }


def test_arrays_are_read_only_and_aligned(path: Path) -> None:
    write_arrays(path, {"odd": np.zeros(3, np.uint8), "wide": np.arange(3, dtype=np.int64)}, {"a": "ب"})
    arrays, _extra = read_arrays(path)
    assert arrays["wide"].flags.aligned
    assert not arrays["wide"].flags.writeable


@pytest.mark.parametrize("extra", [{}, {"k": "1"}, {"k": "12"}, {"k": "ثلاثة"}], ids=len)
def test_any_altered_byte_is_noticed(path: Path, extra: dict[str, str]) -> None:
    """Wherever it is: in the front, the header, its padding or the arrays."""
    write_arrays(path, {"a": np.arange(5, dtype=np.uint32), "b": np.array([7], np.uint8)}, extra)
    content = path.read_bytes()
    unnoticed = []
    for place, byte in enumerate(content):
        for other in {byte ^ 1, byte ^ 8, byte ^ 128, (byte - 1) % 256, 32} - {byte}:
            path.write_bytes(content[:place] + bytes([other]) + content[place + 1 :])
            try:
                read_arrays(path)
            except ColumnFileError:
                continue
            unnoticed.append((place, byte, other))
    assert not unnoticed


def test_file_cut_short_or_grown_is_noticed(path: Path) -> None:
    write_arrays(path, {"a": np.arange(5, dtype=np.uint32)}, {})
    content = path.read_bytes()
    for changed in [*(content[:end] for end in range(len(content))), content + b"\0", b"x" * 40]:
        path.write_bytes(changed)
        with pytest.raises(ColumnFileError):
            read_arrays(path)


def test_missing_file_is_the_same_error(path: Path) -> None:
    with pytest.raises(ColumnFileError):
        read_arrays(path)


def test_file_is_replaced_whole(path: Path) -> None:
    """Who reads the old arrays keeps them; a write that fails leaves the old file and nothing beside it."""
    write_arrays(path, {"a": np.arange(3)}, {})
    before, _extra = read_arrays(path)
    write_arrays(path, {"a": np.arange(9)}, {})
    assert before["a"].tolist() == [0, 1, 2]
    with pytest.raises(TypeError):
        write_arrays(path, {"a": np.arange(4)}, {"no JSON": object()})
    assert read_arrays(path)[0]["a"].tolist() == list(range(9))
    assert [each.name for each in path.parent.iterdir()] == [path.name]


def test_write_that_the_disk_refuses_leaves_nothing_behind(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", refuse)
    with pytest.raises(OSError, match="No space"):
        write_arrays(path, {"a": np.arange(3)}, {})
    assert list(path.parent.iterdir()) == []
