import fnmatch
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.engine import expansions
from search.engine.expansions import _expression, find_prefix, find_wildcard
from search.engine.postings import Leaf, Postings
from tests.search.archives import Doc, archive_of


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


def test_prefix_counts_every_word_that_begins_so(leaves: list[Leaf]) -> None:
    found, cut = find_prefix(leaves, "القار")
    assert (times(found), cut) == ({0: 3, 2: 3}, False)
    found, _cut = find_prefix(leaves, "قار")
    assert times(found) == {0: 5, 2: 3}, "also behind joined particles"


def test_prefix_of_too_many_words_takes_the_commonest(
    leaves: list[Leaf], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(expansions, "MAX_EXPANSIONS", 1)
    found, cut = find_prefix(leaves, "قار")
    assert (times(found), cut) == ({0: 3, 2: 3}, True)


def test_prefix_of_nothing_finds_nothing(leaves: list[Leaf]) -> None:
    found, cut = find_prefix(leaves, "غائ")
    assert (times(found), cut) == ({}, False)


def test_exact_prefix_counts_exact_forms(leaves: list[Leaf]) -> None:
    found, _cut = find_prefix(leaves, "القارة", layer="exact")
    assert times(found) == {0: 2, 2: 1}


@pytest.mark.parametrize(
    ("pattern", "layer", "expected"),
    [
        ("ال?ار?", "surface", {0: 3, 2: 3}),
        ("*قار*", "surface", {0: 5, 2: 3}),
        ("ل*ه", "surface", {0: 1}),
        ("*قارة", "exact", {0: 4, 2: 1}),
        ("?قارة", "surface", {}),  # one letter, and surfaces end in ه
        ("ق*", "surface", {0: 1}),
        ("ر??ا", "surface", {2: 2}),
        ("[ا-ي]*", "surface", {}),  # nothing but the two signs has a meaning
    ],
)
def test_pattern_counts_every_word_that_fits_it(
    leaves: list[Leaf], pattern: str, layer: str, expected: dict[int, int]
) -> None:
    found, cut = find_wildcard(leaves, pattern, layer=layer)
    assert (times(found), cut) == (expected, False)


def test_titled_pattern_counts_titles_alone(leaves: list[Leaf]) -> None:
    assert times(find_wildcard(leaves, "*قار*", titled=True)[0]) == {0: 1, 2: 1}


def test_pattern_of_too_many_words_takes_the_commonest(
    leaves: list[Leaf], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(expansions, "MAX_EXPANSIONS", 1)
    found, cut = find_wildcard(leaves, "*قار*")
    assert (times(found), cut) == ({0: 3, 2: 3}, True)


def test_sign_stands_for_one_letter_of_any_alphabet(tmp_path: Path) -> None:
    leaves = archive_of(tmp_path, [Doc("روما rome café 𐤀𐤁𐤀")]).snapshot().leaves
    for pattern in ("ر?ما", "r?me", "caf?", "𐤀?𐤀"):
        assert times(find_wildcard(leaves, pattern)[0]) == {0: 1}, pattern


@given(
    st.text("ab*?é", max_size=6), st.lists(st.text("abéc", min_size=1, max_size=5), min_size=1, max_size=8)
)
def test_pattern_fits_what_it_fits_letter_by_letter(pattern: str, words: list[str]) -> None:
    expression = re.compile(_expression(pattern))
    fitting = re.compile(fnmatch.translate(pattern))
    assert [bool(expression.fullmatch(word.encode())) for word in words] == [
        bool(fitting.match(word)) for word in words
    ]


def test_pattern_of_many_stars_is_soon_known_not_to_fit(tmp_path: Path) -> None:
    """Trying every way would take longer than a test may."""
    leaves = archive_of(tmp_path, [Doc("ه" * 40)]).snapshot().leaves
    assert times(find_wildcard(leaves, "ه*" * 12 + "ب")[0]) == {}
