"""Reading a judged collection: what may be missing, and a sentence for whatever is wrong."""

import gzip
import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from search.judged_collection import CollectionError, Query, read_collection

FILES: dict[str, list[dict[str, Any]]] = {
    "docs.jsonl": [
        {"id": "d1", "title": "عنوان", "text": "نص أول", "date": "2021-06-28", "source": "x"},
        {"id": "d2", "title": None, "text": "نص ثان"},
        {"id": 3, "title": "", "text": "نص ثالث", "date": "20161210"},
        {"id": "d4", "text": "نص رابع", "date": "قريباً"},
    ],
    "queries.jsonl": [
        {"id": "q0", "text": "أول", "short": "أو"},
        {"id": "q1", "text": "ثان"},
        {"id": "q2", "text": "رابع"},
    ],
    "qrels.jsonl": [
        {"qid": "q0", "docid": "d1", "rel": 2, "source": "gold"},
        {"qid": "q0", "docid": 3, "rel": 0},
        {"qid": "q1", "docid": "d2", "rel": 1},
        {"qid": "q2", "docid": "d1", "rel": -1},
    ],
}


def write(folder: Path, **changed: str | bytes) -> Path:
    """The collection above, some of its files (named without their ending) with another content."""
    for name, rows in FILES.items():
        content = changed.get(name.split(".")[0], "\n".join(json.dumps(row) for row in rows))
        (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def test_documents_may_lack_title_and_date(tmp_path: Path) -> None:
    documents = read_collection(write(tmp_path)).documents
    assert [document.id for document in documents] == ["d1", "d2", "3", "d4"]
    assert [document.title for document in documents] == ["عنوان", "", "", ""]
    assert [document.date for document in documents] == [date(2021, 6, 28), None, date(2016, 12, 10), None]


def test_files_may_be_compressed(tmp_path: Path) -> None:
    plain = read_collection(write(tmp_path))
    for name in FILES:
        path = tmp_path / name
        (tmp_path / f"{name}.gz").write_bytes(gzip.compress(path.read_bytes()))
        path.unlink()
    assert read_collection(tmp_path) == plain


def test_halves_are_places_in_the_file_and_unjudged_queries_are_left_out(tmp_path: Path) -> None:
    collection = read_collection(write(tmp_path))
    assert [query.id for query in collection.asked()] == ["q0", "q1"]
    assert [query.id for query in collection.asked("even")] == ["q0"]
    assert [query.id for query in collection.asked("odd")] == ["q1"]


def test_short_queries_are_read_where_there_are_any(tmp_path: Path) -> None:
    queries = read_collection(write(tmp_path), "short").queries
    assert queries[:2] == [Query("q0", "أو", 0), Query("q1", "", 1)]


def test_byte_order_mark_blank_lines_and_surrogates_do_no_harm(tmp_path: Path) -> None:
    docs = '\ufeff{"id": "d1", "text": "\\ud800نص"}\n\n' + "\n".join(
        json.dumps(row) for row in FILES["docs.jsonl"][1:]
    )
    assert read_collection(write(tmp_path, docs=docs)).documents[0].text == "?نص"


@pytest.mark.parametrize(
    ("name", "content", "named"),
    [
        ("docs", "", "docs.jsonl"),
        ("docs", '{"id": "d1", "text": "نص"}\nnot json', "2"),
        ("docs", "[1, 2]", "1"),
        ("docs", "[" * 100_000, "1"),
        ("docs", '{"text": "نص"}', "id"),
        ("docs", '{"id": ["d1"], "text": "نص"}', "id"),
        ("docs", '{"id": "d1", "text": 7}', "text"),
        ("docs", '{"id": "d1"}\n{"id": "d1"}', "d1"),
        ("docs", b"\xff\xfe{}", "docs.jsonl"),
        ("queries", "\n\n", "queries.jsonl"),
        ("queries", '{"id": "q0", "text": " "}', "text"),
        ("queries", '{"id": "q0"}', "text"),
        ("qrels", '{"qid": "q9", "docid": "d1", "rel": 1}', "q9"),
        ("qrels", '{"qid": "q0", "docid": "d9", "rel": 1}', "d9"),
        ("qrels", '{"qid": "q0", "docid": "d1"}', "rel"),
        ("qrels", '{"qid": "q0", "docid": "d1", "rel": true}', "rel"),
        ("qrels", '{"qid": "q0", "docid": "d1", "rel": NaN}', "rel"),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, name: str, content: str | bytes, named: str) -> None:
    with pytest.raises(CollectionError) as error:
        read_collection(write(tmp_path, **{name: content}))
    assert named in str(error.value)


@pytest.mark.parametrize("name", FILES)
def test_missing_file_is_named(tmp_path: Path, name: str) -> None:
    (write(tmp_path) / name).unlink()
    with pytest.raises(CollectionError, match=re.escape(name)):
        read_collection(tmp_path)


def test_damaged_compression_is_a_sentence(tmp_path: Path) -> None:
    content = gzip.compress((write(tmp_path) / "docs.jsonl").read_bytes())
    (tmp_path / "docs.jsonl").unlink()
    (tmp_path / "docs.jsonl.gz").write_bytes(content[: len(content) // 2])
    with pytest.raises(CollectionError, match=r"docs\.jsonl\.gz"):
        read_collection(tmp_path)


@pytest.mark.parametrize("qrels", ['{"qid": "q0", "docid": "d1", "rel": 0}', ""])
def test_a_collection_without_an_answer_cannot_be_scored(tmp_path: Path, qrels: str) -> None:
    with pytest.raises(CollectionError):
        read_collection(write(tmp_path, qrels=qrels)).asked()


def test_a_half_without_an_answer_cannot_be_scored(tmp_path: Path) -> None:
    collection = read_collection(write(tmp_path, qrels='{"qid": "q0", "docid": "d1", "rel": 1}'))
    with pytest.raises(CollectionError):
        collection.asked("odd")
