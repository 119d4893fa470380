"""The comparison on a small collection of our own, Lucene itself left out."""

import json
from argparse import ArgumentParser
from pathlib import Path

import pytest

from benchmarks import real_lucene, relevance

DOCS = ["اجتمع الوزراء في روما", "الخبز والملح على المائدة", "مدينة كابول القديمة", "سوق المدينة"]
QUERIES = ["وزراء روما", "خبز ومائدة", "كابول", "أسواق"]


@pytest.fixture
def collection(tmp_path: Path) -> Path:
    folder = tmp_path / "small"
    folder.mkdir()
    rows = {
        "docs": [{"id": f"d{place}", "text": text} for place, text in enumerate(DOCS)],
        "queries": [{"id": f"q{place}", "text": text} for place, text in enumerate(QUERIES)],
        "qrels": [{"qid": f"q{place}", "docid": f"d{place}", "rel": 1} for place in range(len(QUERIES))],
    }
    for name, lines in rows.items():
        (folder / f"{name}.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    return folder


@pytest.fixture(autouse=True)
def no_java(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))


def run(*arguments: str | Path, cache: Path) -> int:
    parser = ArgumentParser()
    relevance.add_arguments(parser)
    return relevance.main(parser.parse_args(list(map(str, arguments))), cache)


def test_without_java_lucene_is_missing(tmp_path: Path) -> None:
    with pytest.raises(real_lucene.LuceneMissingError, match="java"):
        real_lucene.rank(["نص"], ["نص"], 10, folder=tmp_path)


def test_report_has_every_engine_and_our_lead(
    collection: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(collection, "--json", cache=tmp_path) == 0
    printed = capsys.readouterr()
    (report,) = json.loads(printed.out)
    assert "left out" in printed.err
    assert list(report["engines"]) == [
        "Mahdar", "whitespace", "ISRI roots (Whoosh)", "Snowball", "Lucene, our rendering",
    ]  # fmt: skip
    ours, plain = report["engines"]["Mahdar"]["all"], report["engines"]["whitespace"]["all"]
    assert plain["mrr@10"] < ours["mrr@10"]
    assert plain["lead"] == pytest.approx(ours["mrr@10"] - plain["mrr@10"])
    assert plain["lead_at_least"] <= plain["lead"]


def test_table_has_a_line_for_every_engine(
    collection: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(collection, "--respelled", cache=tmp_path) == 0
    lines = capsys.readouterr().out.strip().splitlines()
    assert "one word respelled" in lines[0]
    assert len(lines) == 7


def test_bad_collection_is_a_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(tmp_path / "nowhere", cache=tmp_path) == 1
    assert "nowhere" in capsys.readouterr().err
