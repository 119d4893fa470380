import io
import pickle
import struct
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC, open_dir

from search.engine.mapped import ViewFile, open_readers, read_contents, together
from search.engine.schema import article_schema
from search.engine.snapshot import INDEX_NAME
from tests.search.reference import Archive, Doc, archive_of


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
    generation = TOC._latest_generation(FileStorage(str(folder)), INDEX_NAME)
    return read_contents(folder, INDEX_NAME, generation, article_schema())


def test_mapped_segments_read_as_whoosh_reads_them(archive: Archive) -> None:
    folder = archive.store.folder
    toc = contents(folder)
    mapped = together(open_readers(FileStorage(str(folder)), toc.schema, toc.segments), toc.schema)
    stock = open_dir(str(folder)).reader()
    assert list(mapped.all_terms()) == list(stock.all_terms())
    for field, term in stock.all_terms():
        assert list(mapped.postings(field, term).all_ids()) == list(stock.postings(field, term).all_ids())
    assert mapped.doc_count() == stock.doc_count() == 2
    stock.close()


def test_contents_name_the_segments_with_what_is_deleted(archive: Archive) -> None:
    toc = contents(archive.store.folder)
    assert [segment.doc_count_all() for segment in toc.segments] == [2, 1]
    assert [sorted(segment.deleted_docs()) for segment in toc.segments] == [[1], []]


@pytest.mark.parametrize("segments", [0, 1, 2])
def test_any_number_of_segments_is_one_reader(archive: Archive, segments: int) -> None:
    folder = archive.store.folder
    toc = contents(folder)
    readers = open_readers(FileStorage(str(folder)), toc.schema, toc.segments[:segments])
    assert together(readers, toc.schema).doc_count_all() == (0, 2, 3)[segments]


def test_segment_that_cannot_be_mapped_is_an_error(archive: Archive) -> None:
    folder = archive.store.folder
    toc = contents(folder)
    next(folder.glob("*.seg")).write_bytes(b"")
    with pytest.raises(struct.error):
        open_readers(FileStorage(str(folder)), toc.schema, toc.segments)
