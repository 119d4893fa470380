import io
import pickle
import struct
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC, open_dir

from search.engine.mapped import ViewFile, open_readers
from search.engine.schema import INDEX_NAME, index_schema
from tests.search.archives import Archive, Doc, archive_of


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


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    """Two segments, and a deleted document in the first."""
    archive = archive_of(tmp_path / "index", [Doc("في روما"), Doc("روما")], [Doc("التحالف في روما")])
    archive.commit({"a.2": None})
    return archive


def contents(folder: Path) -> TOC:
    return TOC.read(FileStorage(str(folder)), INDEX_NAME, schema=index_schema())


def test_mapped_segments_read_as_whoosh_reads_them(archive: Archive) -> None:
    folder = archive.folder
    mapped = open_readers(FileStorage(str(folder)), index_schema(), contents(folder).segments)
    with open_dir(str(folder)).reader() as stock:
        for (theirs, _first), ours in zip(stock.leaf_readers(), mapped, strict=True):
            assert list(ours.all_terms()) == list(theirs.all_terms())
            for field, term in theirs.all_terms():
                found = ours.postings(field, term).all_ids()
                assert list(found) == list(theirs.postings(field, term).all_ids())
            assert ours.doc_count() == theirs.doc_count() == 1


def test_contents_name_the_segments_with_what_is_deleted(archive: Archive) -> None:
    toc = contents(archive.folder)
    assert [segment.doc_count_all() for segment in toc.segments] == [2, 1]
    assert [sorted(segment.deleted_docs()) for segment in toc.segments] == [[1], []]


def test_segment_that_cannot_be_mapped_is_an_error(archive: Archive) -> None:
    folder = archive.folder
    toc = contents(folder)
    next(folder.glob("*.seg")).write_bytes(b"")
    with pytest.raises(struct.error):
        open_readers(FileStorage(str(folder)), toc.schema, toc.segments)
