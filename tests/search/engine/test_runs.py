from pathlib import Path

import pytest

from search.analysis import Term, terms
from search.engine.postings import Leaf, Postings
from search.engine.runs import find_run
from tests.search.archives import Doc, archive_of


def run(text: str) -> list[Term]:
    return list(terms(text))


@pytest.fixture
def leaves(tmp_path: Path) -> list[Leaf]:
    """Documents 0 and 1 in one segment, 2 in the next."""
    archive = archive_of(
        tmp_path,
        [Doc("القارة القاره للقارة القارة", "قارة"), Doc("شيء آخر")],
        [Doc(f"القارة {'كلمة ' * 60} القاره في روما", "القاره في روما")],
    )
    return archive.snapshot().leaves


def times(found: Postings) -> dict[int, int]:
    """How often, by document."""
    return dict(zip(found.documents.tolist(), found.counts.tolist(), strict=True))


@pytest.mark.parametrize(
    ("text", "layer", "expected"),
    [
        ("القارة القاره", "surface", {0: 1}),
        ("القاره القارة", "exact", {}),
        ("القارة القاره", "exact", {0: 1}),
        ("القارة في روما", "surface", {2: 2}),
        ("في القاره", "surface", {}),  # in this order only
        ("قارة القارة", "surface", {}),  # from the title into the body
        ("كلمة كلمة", "surface", {2: 59}),  # every place where it begins
        ("القارة", "exact", {0: 2, 2: 1}),
        ("غائب روما", "surface", {}),
    ],
)
def test_run_is_found_in_order_without_gaps(
    leaves: list[Leaf], text: str, layer: str, expected: dict[int, int]
) -> None:
    assert times(find_run(leaves, run(text), layer=layer)) == expected


def test_titled_run_is_found_in_titles_alone(leaves: list[Leaf]) -> None:
    assert times(find_run(leaves, run("القاره في روما"), titled=True)) == {2: 1}


@pytest.mark.parametrize(
    ("text", "slop", "expected"),
    [
        ("القارة القارة", 0, {0: 1}),
        ("القارة القارة", 1, {0: 2}),  # from each beginning to the next
        ("للقارة القاره القارة", 9, {}),
        ("القاره روما", 1, {2: 2}),
        ("روما القاره", 50, {}),  # in this order only
        ("قارة للقارة", 50, {}),  # from the title into the body
        ("القارة في روما", 60, {2: 2}),
        ("القارة في روما", 61, {2: 3}),  # all that is between counts together
        ("في القارة روما", 61, {}),
        ("كلمة كلمة كلمة", 3, {2: 58}),  # every place where it begins
        ("القارة غائب", 5, {}),
        ("القارة", 5, {0: 3, 2: 3}),
    ],
)
def test_loose_run_lets_a_few_words_between(
    leaves: list[Leaf], text: str, slop: int, expected: dict[int, int]
) -> None:
    assert times(find_run(leaves, run(text), slop=slop)) == expected


def test_loose_run_is_found_in_a_layer_and_in_titles(leaves: list[Leaf]) -> None:
    assert times(find_run(leaves, run("قارة روما"), layer="stem", slop=1)) == {2: 2}
    assert times(find_run(leaves, run("القاره روما"), slop=1, titled=True)) == {2: 1}
