"""Stock Whoosh reads what we write: beside an index that its own writer made of the same documents."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh import query
from whoosh.filedb.filestore import RamStorage
from whoosh.index import FileIndex, open_dir
from whoosh.reading import IndexReader

from search.engine import posting_lists, whoosh_files
from search.engine.column_files import read_arrays
from search.engine.schema import KEY_FIELDS, QUOTATIONS, identifier, index_schema
from tests.search.archives import Doc, archive_of

WORDS = ("روما", "القارة", "القاره", "للقارة", "في", "التحالف", "a1", "\n\n", "ب" * 130)
TEXTS = st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join).map(str.strip)
TITLES = st.lists(st.sampled_from(WORDS[:7]), max_size=4).map(" ".join)
KEYS = st.dictionaries(
    st.sampled_from(KEY_FIELDS), st.lists(st.sampled_from(["1", "12", "direct", "ع ب"]), max_size=3)
)
DAYS = st.sampled_from([None, date(2019, 3, 4), date(2021, 6, 28)])
DOCS = st.lists(st.builds(Doc, TEXTS, TITLES, DAYS, KEYS), min_size=1, max_size=9)


def stock(docs: Sequence[Doc], kind: str) -> FileIndex:
    """What the writer of Whoosh makes of the documents."""
    index = FileIndex.create(RamStorage(), index_schema(), "MAIN")
    writer = index.writer()
    for doc in docs:
        written = doc.document(doc.pk)
        fields: dict[str, Any] = {
            "id": identifier(kind, doc.pk),
            "pk": doc.pk,
            "article": doc.pk,
            "exact": written.text,
            "stem": written.text,
            "title": written.title,
            "date": doc.day.isoformat() if doc.day else None,
            **{name: list(dict.fromkeys(doc.keys[name])) for name in KEY_FIELDS if doc.keys.get(name)},
        }
        writer.add_document(**{name: value for name, value in fields.items() if value not in (None, "")})
    writer.commit()
    return index


def postings(reader: IndexReader, field: str, term: bytes) -> list[tuple[int, float, Any]]:
    """The documents of a term with weights, and the positions where there are some."""
    matcher = reader.postings(field, term)
    found = []
    while matcher.is_active():
        positions = matcher.value_as("positions") if field == "exact" else None
        found.append((matcher.id(), matcher.weight(), positions))
        matcher.next()
    return found


def check_alike(ours: IndexReader, theirs: IndexReader) -> None:
    assert list(ours.all_terms()) == list(theirs.all_terms())
    for field, term in theirs.all_terms():
        assert postings(ours, field, term) == postings(theirs, field, term)
        info, other = ours.term_info(field, term), theirs.term_info(field, term)
        for name in (
            "weight",
            "doc_frequency",
            "min_length",
            "max_length",
            "max_weight",
            "min_id",
            "max_id",
        ):
            assert getattr(info, name)() == getattr(other, name)(), (field, term, name)
    for number in range(theirs.doc_count_all()):
        assert ours.stored_fields(number) == theirs.stored_fields(number)
        for field in ("exact", "stem", "title"):
            # Of a field that no document has, Whoosh says 0; of one that this one lacks, None.
            assert (ours.doc_field_length(number, field) or 0) == (
                theirs.doc_field_length(number, field) or 0
            )
    for field in ("exact", "stem", "title"):
        assert ours.field_length(field) == theirs.field_length(field)


@given(DOCS)
@settings(max_examples=40, deadline=None)
def test_segment_holds_what_the_writer_of_whoosh_would_have_written(docs: list[Doc]) -> None:
    with TemporaryDirectory() as folder:
        archive = archive_of(Path(folder), docs)
        written = archive.documents(archive.snapshot())
        with open_dir(str(archive.folder)).reader() as ours, stock(written, archive.kind).reader() as theirs:
            check_alike(ours, theirs)
        archive.store.forget()


@given(DOCS, st.sampled_from([1, 2, 128]), st.booleans())
@settings(max_examples=40, deadline=None)
def test_columns_made_of_documents_are_those_made_of_the_files(
    docs: list[Doc], block: int, compressed: bool
) -> None:
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(posting_lists, "BLOCK", block)
        patch.setattr(posting_lists, "_COMPRESSED_FROM", 0 if compressed else 1 << 30)
        archive = archive_of(Path(folder), docs)
        (path,) = archive.folder.glob("*.columns")
        arrays, extra = read_arrays(path)
        path.unlink()
        assert archive.snapshot().count == len(docs)
        others, other_extra = read_arrays(path)
        archive.store.forget()
    assert extra == other_extra
    assert arrays.keys() == others.keys()
    for name, array in arrays.items():
        assert array.dtype == others[name].dtype, name
        assert np.array_equal(array, others[name]), name


QUERIES = [
    query.Term("exact", "روما"),
    query.Term("stem", "تحالف"),
    query.Term("title", "روما"),
    query.Term("speaker", "12"),
    query.Term("date", "2019-03-04"),
    query.Phrase("exact", ["في", "روما"]),
    query.Phrase("exact", ["روما", "روما"]),
    query.Prefix("exact", "ال"),
    query.And([query.Term("exact", "روما"), query.Term("exact", "في")]),
    query.Or([query.Term("exact", "روما"), query.Term("exact", "التحالف")]),
    query.And([query.Every(), query.Not(query.Term("exact", "روما"))]),
    query.TermRange("date", "2020-01-01", None),
]


@given(
    st.lists(st.lists(st.builds(Doc, TEXTS, TITLES, DAYS, KEYS), min_size=1, max_size=4), max_size=3),
    st.sets(st.integers(1, 12), max_size=4),
)
@settings(max_examples=25, deadline=None)
def test_stock_whoosh_finds_the_same_with_deletions_in_several_segments(
    commits: list[list[Doc]], deleted: set[int]
) -> None:
    with TemporaryDirectory() as folder:
        archive = archive_of(Path(folder), *commits)
        archive.commit({f"a.{number}": None for number in deleted})
        living = [archive.versions[key] for key in sorted(archive.current.values())]
        with (
            open_dir(str(archive.folder)).searcher() as ours,
            stock(living, archive.kind).searcher() as theirs,
        ):
            for asked in QUERIES:
                found, expected = (each.search(asked, limit=None) for each in (ours, theirs))
                assert {hit["id"] for hit in found} == {hit["id"] for hit in expected}, asked
        archive.store.forget()


def test_quotations_are_called_so(tmp_path: Path) -> None:
    archive = archive_of(tmp_path, [Doc("قال")], kind=QUOTATIONS)
    with open_dir(str(archive.folder)).searcher() as searcher:
        (hit,) = searcher.search(query.Term("exact", "قال"))
        assert hit["id"] == "archive.quotation.1"


def test_terms_are_written_chunk_after_chunk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    docs = [Doc("روما في القارة روما", "عنوان"), Doc("التحالف في روما")]
    monkeypatch.setattr(whoosh_files, "_WORDS_A_CHUNK", 2)
    archive = archive_of(tmp_path, docs)
    written = archive.documents(archive.snapshot())
    with open_dir(str(archive.folder)).reader() as ours, stock(written, archive.kind).reader() as theirs:
        check_alike(ours, theirs)


@pytest.mark.parametrize("times", [1, 199, 200, 201, 300])
def test_word_that_a_document_has_very_often_keeps_its_positions(tmp_path: Path, times: int) -> None:
    docs = [Doc("روما " * times + "\n\n" + "في " * 700 + "روما"), Doc("روما")]
    archive = archive_of(tmp_path, docs)
    written = archive.documents(archive.snapshot())
    with open_dir(str(archive.folder)).reader() as ours, stock(written, archive.kind).reader() as theirs:
        check_alike(ours, theirs)
