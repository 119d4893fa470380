"""The command over a small collection of our own, without a database."""

import io
import json
import math
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from archive.models import Article

DOCS = [
    {"id": "rome", "title": "", "text": "اجتمع الوزراء في روما لبحث الأزمة", "date": "2021-06-28"},
    {"id": "kabul", "title": "اجتماع في كابول", "text": "بحث الوفدان حال المدينة"},
    {"id": "bread", "title": "", "text": "الخبز والملح على المائدة"},
]
QUERIES = [
    {"id": "q0", "text": "أزمة روما", "short": "روما"},
    {"id": "q1", "text": "خبز على مائدة المدينة", "short": "الملح"},
    {"id": "q2", "text": "من اجتمع في كابول؟", "short": "كابول"},
    {"id": "q3", "text": "سؤال بلا جواب", "short": "سؤال"},
]
QRELS = [
    {"qid": "q0", "docid": "rome", "rel": 1},
    {"qid": "q1", "docid": "bread", "rel": 1},
    {"qid": "q1", "docid": "rome", "rel": 1},
    {"qid": "q2", "docid": "kabul", "rel": 2},
]


@pytest.fixture
def collection(tmp_path: Path) -> Path:
    folder = tmp_path / "collection"
    folder.mkdir()
    for name, rows in (("docs", DOCS), ("queries", QUERIES), ("qrels", QRELS)):
        lines = (json.dumps(row, ensure_ascii=False) for row in rows)
        (folder / f"{name}.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return folder


def run(*arguments: str | Path) -> str:
    out = io.StringIO()
    call_command("evaluate_search", *map(str, arguments), stdout=out, stderr=io.StringIO())
    return out.getvalue()


def test_json_is_all_that_is_printed_and_has_these_keys(collection: Path) -> None:
    report = json.loads(run(collection, "--json"))
    assert list(report) == [
        "mrr@10", "ndcg@10", "r@1", "r@5", "r@10", "r@100", "ms_per_query", "queries", "docs",
    ]  # fmt: skip
    assert (report["queries"], report["docs"]) == (3, 3)
    assert report["mrr@10"] == 1
    # q1 finds the bread, and the city of Kabul, but not Rome: 1 of 2, and 1 / (1 + 1/log2 3).
    assert report["r@100"] == pytest.approx(2.5 / 3, abs=1e-4)


def test_one_half_of_the_queries(collection: Path) -> None:
    report = json.loads(run(collection, "--json", "--queries", "odd"))
    second = 1 / math.log2(3)
    assert report["queries"] == 1
    assert report["ndcg@10"] == pytest.approx(1 / (1 + second), abs=1e-4)


def test_short_queries(collection: Path, tmp_path: Path) -> None:
    path = tmp_path / "run"
    run(collection, "--json", "--field", "short", "--run", path)
    assert [line.split()[:3] for line in path.read_text().splitlines()] == [
        ["q0", "rome", "1"],
        ["q1", "bread", "1"],
        ["q2", "kabul", "1"],
    ]


def test_run_lists_partial_matches_with_falling_scores(collection: Path, tmp_path: Path) -> None:
    path = tmp_path / "run"
    run(collection, "--run", path)
    rows = [line.split() for line in path.read_text().splitlines() if line.startswith("q1 ")]
    assert [(document, place) for _query, document, place, _score in rows] == [("bread", "1"), ("kabul", "2")]
    assert float(rows[0][3]) > float(rows[1][3]) > 0


def test_readable_report_says_what_was_left_out(collection: Path) -> None:
    out, error = io.StringIO(), io.StringIO()
    call_command("evaluate_search", str(collection), stdout=out, stderr=error)
    assert "mrr@10" in out.getvalue()
    assert "1" in error.getvalue()
    assert error.getvalue().count("\n") == 2, "in both languages"


@pytest.mark.django_db
def test_neither_the_archive_nor_the_live_index_changes(collection: Path, index_folder: Path) -> None:
    run(collection, "--json")
    assert not Article.objects.exists()
    assert not index_folder.exists()


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (("/nowhere/at/all",), "/nowhere/at/all"),
        (("{folder}", "--field", "title"), "title"),
        (("{folder}", "--queries", "third"), "third"),
        (("{folder}", "--run", "/nowhere/run"), "/nowhere/run"),
        (("{folder}/docs.jsonl",), "docs.jsonl"),
    ],
)
def test_bad_argument_is_a_sentence_in_both_languages(
    collection: Path, arguments: tuple[str, ...], named: str
) -> None:
    with pytest.raises(CommandError) as error:
        run(*(argument.format(folder=collection) for argument in arguments))
    message = str(error.value)
    assert named in message
    assert any("\u0600" <= letter <= "\u06ff" for letter in message)
    assert any("a" <= letter <= "z" for letter in message)


def test_bad_line_is_a_sentence_in_both_languages(collection: Path) -> None:
    (collection / "qrels.jsonl").write_text('{"qid": "q0", "docid": "nobody", "rel": 1}')
    with pytest.raises(CommandError) as error:
        run(collection, "--json")
    arabic, english = str(error.value).splitlines()
    assert "nobody" in arabic
    assert "nobody" in english
    assert arabic != english
