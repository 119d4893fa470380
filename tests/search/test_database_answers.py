"""The database's answers: what is found, counted and said is what a fresh index says."""

import json
from collections.abc import Callable
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation

from search.engine.asking import Results
from search.engine.schema import INDEXES
from search.face import MAX_LIMIT, Answer, Filters, consult, search
from search.help import RULES
from tests.search.conftest import SeedArchive

JUDGED = json.loads((Path(__file__).parent / "relevance.json").read_text(encoding="utf-8"))["queries"]
QUERIES = {(row["query"], False) for row in JUDGED} | {
    (query, example.exact)
    for rule in RULES
    for example in rule.examples
    for query in (example.query, example.english)
    if query
}


def found(results: Results) -> dict[str, Any]:
    """What was found, its order and scores aside."""
    return {field.name: getattr(results, field.name) for field in fields(results)} | {
        "hits": {(match.key, match.layer) for match in results.hits},
        "partial": {match.key for match in results.partial},
    }


def told(answer: Answer) -> dict[str, Any]:
    """What an answer says, its order and scores aside, and without that the database gives it."""
    return {
        "hits": {(hit.id, hit.layer, hit.snippet) for hit in answer.hits},
        "partial": {(hit.id, hit.snippet) for hit in answer.partial},
        "total": answer.total,
        "totals": answer.totals,
        "facets": answer.facets,
        "histogram": answer.histogram,
        "let_go": answer.let_go,
        "speakers": answer.speakers,
        "notes": [note for note in answer.notes if "straight from the database" not in note],
    }


@pytest.mark.parametrize("kind", INDEXES)
def test_every_query_finds_what_it_finds_in_a_fresh_index(
    seeds: SeedArchive, committed: None, lose_index: Callable[[], None], rebuilds: list[str], kind: str
) -> None:
    def ask_all() -> dict[tuple[str, bool], dict[str, Any]]:
        return {
            (query, exact): found(consult(query, exact=exact, kind=kind, limit=MAX_LIMIT))
            for query, exact in QUERIES
        }

    from_index = ask_all()
    assert rebuilds == []
    lose_index()
    from_database = ask_all()
    assert len(rebuilds) > 0
    for query, results in from_index.items():
        assert from_database[query] == results, query
    assert sum(results["total"] for results in from_index.values()) > len(QUERIES)


@pytest.mark.parametrize("kind", INDEXES)
@pytest.mark.parametrize(
    "question",
    [
        {"query": "بلينكن روما"},
        {"query": "القارة غائبة كذلك"},
        {"query": "+زرافة"},
        {"filters": Filters(country="TR")},
        {"filters": Filters(speaker="بلينكن"), "query": "داعش"},
        {"filters": Filters(meeting="روما 2021", kind="direct")},
        {"filters": Filters(source=["إيلاف", "غيرها"])},
        {"filters": Filters(date_from=date(2021, 6, 28))},
        {"filters": Filters(date_to=date(2017, 12, 31), country=["US", "IT"])},
    ],
    ids=str,
)
def test_answer_says_what_that_of_a_fresh_index_says(
    seeds: SeedArchive, lose_index: Callable[[], None], kind: str, question: dict[str, Any]
) -> None:
    asked = {"query": "", "kind": kind, "limit": MAX_LIMIT, "histogram": "month", "with_totals": True}
    with translation.override("en"):
        from_index = search(**asked | question)
        lose_index()
        from_database = search(**asked | question)
    assert told(from_database) == told(from_index)
    assert from_database.notes != from_index.notes
