"""How well search answers the queries of ``relevance.json`` over the five seeds: the floors hold."""

import json
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from search import analysis, names
from search.evaluation import mean, measure
from search.face import search
from search.indexing import build_index
from tests.search.conftest import SEEDS, SeedArchive

# Without it the run makes no test database for the fixture of the module.
pytestmark = pytest.mark.django_db

JUDGED: dict[str, Any] = json.loads(Path(__file__).with_name("relevance.json").read_text(encoding="utf-8"))
QUERIES: list[dict[str, Any]] = JUDGED["queries"]
FLOORS: dict[str, float] = JUDGED["floors"]


def rank_all(seeds: SeedArchive) -> dict[str, list[str]]:
    """For every query the seeds that a reader is shown, partial matches after the rest."""
    names = {article.pk: number for number, article in seeds.articles.items()}
    rankings = {}
    for row in QUERIES:
        answer = search(row["query"])
        rankings[row["query"]] = [names[hit.id] for hit in (*answer.hits, *answer.partial)]
    return rankings


def means(rankings: dict[str, list[str]]) -> dict[str, float]:
    reached = mean([measure(rankings[row["query"]], row["relevant"]) for row in QUERIES if row["relevant"]])
    return {metric: reached[metric] for metric in FLOORS}


@pytest.fixture(scope="module")
def rankings(imported_seeds: tuple[SeedArchive, Path], django_db_blocker: Any) -> dict[str, list[str]]:
    with django_db_blocker.unblock():
        return rank_all(imported_seeds[0])


def test_the_judged_set_is_well_formed() -> None:
    numbers = {path.name[:3] for path in SEEDS.glob("*.txt")}
    assert len({row["query"] for row in QUERIES}) == len(QUERIES) >= 60
    for row in QUERIES:
        assert row["relevant"].keys() <= numbers, row
        assert set(row["relevant"].values()) <= {1, 2}, row
        assert row["why"], row


def test_search_stays_above_the_floors(rankings: dict[str, list[str]]) -> None:
    reached = means(rankings)
    assert all(reached[metric] >= floor for metric, floor in FLOORS.items()), reached


def test_every_query_finds_an_answer_or_nothing(rankings: dict[str, list[str]]) -> None:
    """All but the known misses, which must be taken off the list when they are found."""
    wrong = []
    for row in QUERIES:
        found = set(rankings[row["query"]])
        right = found & row["relevant"].keys() if row["relevant"] else not found
        if not right:
            wrong.append(row["query"])
    assert wrong == [row["query"] for row in QUERIES if "missed" in row]


@pytest.fixture
def no_stems(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """An analysis whose stems are the words themselves."""
    monkeypatch.setattr(analysis, "stemmer", lambda: SimpleNamespace(stem=lambda word: word))
    remembered = (analysis.forms, names.spelling_of, names.stems_of)
    for cached in remembered:
        cached.cache_clear()
    yield
    for cached in remembered:
        cached.cache_clear()


def test_without_stems_search_falls_below_the_floors(seeds: SeedArchive, no_stems: None) -> None:
    build_index()
    reached = means(rank_all(seeds))
    assert all(reached[metric] < floor for metric, floor in FLOORS.items()), reached
