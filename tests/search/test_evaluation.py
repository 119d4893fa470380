"""The metrics against examples worked by hand, the bounds that they keep, and ranking a small collection."""

import math
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search import evaluation
from search.evaluation import DEPTH, METRICS, mean, measure, rank_collection
from search.judged_collection import Document, Query

HALF = 1 / math.log2(3)  # the discount of the second rank

# What may be ranked and judged in the property tests: eight documents, some of them relevant.
NAMES = "abcdefgh"
rankings = st.permutations(NAMES).flatmap(lambda order: st.integers(0, 8).map(lambda end: order[:end]))
judged = st.dictionaries(st.sampled_from(NAMES), st.integers(0, 3), min_size=1).filter(
    lambda gains: any(gains.values())
)


@pytest.mark.parametrize(
    ("ranking", "gains", "expected"),
    [
        ("abc", {"a": 1}, {"mrr@10": 1, "ndcg@10": 1, "r@1": 1}),
        ("abc", {"b": 1}, {"mrr@10": 1 / 2, "ndcg@10": HALF, "r@1": 0, "r@5": 1}),
        ("abc", {"c": 1, "z": 1}, {"mrr@10": 1 / 3, "ndcg@10": 0.5 / (1 + HALF), "r@5": 1 / 2}),
        # gains 1 and 2 in the wrong order: (1 + 2·HALF) / (2 + HALF)
        ("ab", {"a": 1, "b": 2}, {"mrr@10": 1, "ndcg@10": (1 + 2 * HALF) / (2 + HALF), "r@1": 1 / 2}),
        # judged not relevant: neither the first relevant nor one to be found
        ("ab", {"a": 0, "b": 1}, {"mrr@10": 1 / 2, "ndcg@10": HALF, "r@1": 0, "r@5": 1}),
        ("abcdefghijk", {"j": 1}, {"mrr@10": 1 / 10, "ndcg@10": 1 / math.log2(11), "r@5": 0, "r@10": 1}),
        ("abcdefghijk", {"k": 1}, {"mrr@10": 0, "ndcg@10": 0, "r@10": 0, "r@100": 1}),
        ("", {"a": 1}, dict.fromkeys(METRICS, 0)),
    ],
)
def test_metrics_are_those_worked_by_hand(
    ranking: str, gains: dict[str, float], expected: dict[str, float]
) -> None:
    measured = measure(ranking, gains)
    assert {metric: measured[metric] for metric in expected} == pytest.approx(expected)


def test_the_ideal_of_ndcg_has_ten_places() -> None:
    gains = dict.fromkeys("abcdefghijkl", 1)
    assert measure("abcdefghij", gains)["ndcg@10"] == pytest.approx(1)


def test_mean_is_over_queries() -> None:
    found, missed = dict.fromkeys(METRICS, 1.0), dict.fromkeys(METRICS, 0.0)
    assert mean([found, missed, missed, found]) == dict.fromkeys(METRICS, 0.5)


@given(rankings, judged)
@settings(max_examples=100)
def test_metrics_stay_between_nothing_and_all(ranking: list[str], gains: dict[str, int]) -> None:
    measured = measure(ranking, gains)
    assert all(0 <= value <= 1 + 1e-9 for value in measured.values())
    assert measured["r@1"] <= measured["r@5"] <= measured["r@10"] <= measured["r@100"]


@given(judged)
@settings(max_examples=50)
def test_the_best_ranking_has_the_best_scores(gains: dict[str, int]) -> None:
    measured = measure(sorted(gains, key=gains.__getitem__, reverse=True), gains)
    assert (measured["mrr@10"], measured["ndcg@10"], measured["r@10"]) == pytest.approx((1, 1, 1))


@given(rankings.filter(lambda ranking: len(ranking) > 1), judged, st.data())
@settings(max_examples=100)
def test_a_better_document_moved_up_never_lowers_a_score(
    ranking: list[str], gains: dict[str, int], data: st.DataObject
) -> None:
    place = data.draw(st.integers(0, len(ranking) - 2))
    better = list(ranking)
    if gains.get(better[place], 0) < gains.get(better[place + 1], 0):
        better[place : place + 2] = reversed(better[place : place + 2])
    before, after = measure(ranking, gains), measure(better, gains)
    assert all(after[metric] >= before[metric] - 1e-9 for metric in METRICS)


def ranked(documents: list[Document], *texts: str) -> list[list[str]]:
    queries = [Query(f"q{place}", text, place) for place, text in enumerate(texts)]
    run = rank_collection(documents, queries)
    return [[document for document, _score in run.rankings[query.id]] for query in queries]


DOCUMENTS = [
    Document("rome", "", "اجتمع الوزراء في روما لبحث الأزمة", None),
    Document("kabul", "اجتماع في كابول", "بحث الوفدان حال المدينة", None),
    Document("bread", "", "الخبز والملح", None),
]


def test_partial_matches_are_ranked_after_whole_ones() -> None:
    (found,) = ranked(DOCUMENTS, "بحث الأزمة")
    assert found == ["rome", "kabul"]


def test_titles_are_found() -> None:
    (found,) = ranked(DOCUMENTS, "كابول")
    assert found == ["kabul"]


@pytest.mark.parametrize("query", ["", "؟!", "زلزال"])
def test_a_query_that_matches_nothing_finds_nothing(query: str) -> None:
    assert ranked(DOCUMENTS, query) == [[]]


def test_operators_and_quotation_marks_are_plain_words_and_signs() -> None:
    (found,) = ranked(DOCUMENTS, '"الملح والخبز" وزير:روما')
    assert set(found) == {"rome", "bread"}


def test_scores_fall_and_the_list_is_cut() -> None:
    many = [Document(f"d{number}", "", "سلام " * (1 + number % 7), None) for number in range(DEPTH + 20)]
    run = rank_collection(many, [Query("q", "سلام", 0)])
    scores = [score for _document, score in run.rankings["q"]]
    assert len(scores) == DEPTH
    assert scores == sorted(scores, reverse=True)


def test_the_scratch_index_is_removed_and_the_live_one_untouched(
    tmp_path: Path, index_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(evaluation.tempfile, "tempdir", str(tmp_path))
    ranked(DOCUMENTS, "روما")
    assert list(tmp_path.iterdir()) == []
    assert not index_folder.exists()
