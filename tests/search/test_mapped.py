import io
import pickle

from hypothesis import given
from hypothesis import strategies as st

from search.mapped import ViewFile


@given(
    st.binary(max_size=60),
    st.lists(st.tuples(st.integers(-5, 70), st.integers(0, 2), st.integers(-1, 20)), max_size=8),
)
def test_reads_as_a_copy_would(content: bytes, steps: list[tuple[int, int, int]]) -> None:
    ours, theirs = ViewFile(memoryview(content)), io.BytesIO(content)
    for offset, whence, size in steps:
        if whence == 0 and offset < 0:
            continue
        assert ours.seek(offset, whence) == theirs.seek(offset, whence)
        assert ours.read(size) == theirs.read(size)
        assert ours.tell() == theirs.tell()


def test_pickles_can_be_loaded_from_it() -> None:
    content = pickle.dumps({"a": [1, 2]}) + pickle.dumps("next")
    file = ViewFile(memoryview(content))
    assert pickle.load(file) == {"a": [1, 2]}
    assert pickle.load(file) == "next"
