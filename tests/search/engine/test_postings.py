from pathlib import Path

import numpy as np
import pytest

from search.analysis import Term, terms
from search.engine import postings
from search.engine.postings import (
    Leaf,
    Lengths,
    PostingCache,
    Postings,
    WordPostings,
    counted,
    find_word,
)
from tests.search.archives import Doc, archive_of


def word(text: str) -> Term:
    (term,) = terms(text)
    return term


def times(found: WordPostings, part: str) -> dict[int, int]:
    """How often, by document that has it in this part at all."""
    counts = getattr(found, part)
    return {
        number: count
        for number, count in zip(found.documents.tolist(), counts.tolist(), strict=True)
        if count
    }


@pytest.fixture
def leaves(tmp_path: Path) -> list[Leaf]:
    """Documents 0 and 1 in one segment, 2 in the next."""
    archive = archive_of(
        tmp_path,
        [Doc("القارة القاره للقارة القارة", "قارة"), Doc("شيء آخر")],
        [Doc(f"القارة {'كلمة ' * 60} القاره في روما", "القاره في روما")],
    )
    return archive.snapshot().leaves


def test_word_is_counted_by_layer(leaves: list[Leaf]) -> None:
    found = find_word(leaves, word("القارة"))
    assert times(found, "exact") == {0: 2, 2: 1}
    assert times(found, "surface") == {0: 3, 2: 3}
    assert times(found, "stem") == {0: 5, 2: 3}


def test_word_is_counted_in_title_and_lead(leaves: list[Leaf]) -> None:
    """The lead is the first words of the body; what comes after it counts in the whole alone."""
    found = find_word(leaves, word("القارة"))
    assert times(found, "title") == {0: 1, 2: 1}
    assert times(found, "lead") == {0: 4, 2: 1}


def test_titled_word_is_counted_in_titles_alone(leaves: list[Leaf]) -> None:
    found = find_word(leaves, word("القارة"), titled=True)
    assert times(found, "exact") == {}
    assert times(found, "surface") == {2: 1}
    assert times(found, "stem") == times(found, "title") == {0: 1, 2: 1}
    assert times(found, "lead") == {}


def test_word_that_is_nowhere_has_no_postings(leaves: list[Leaf]) -> None:
    found = find_word(leaves, word("غائب"))
    assert len(found.documents) == 0


def test_word_without_segments_has_no_postings() -> None:
    assert times(find_word([], word("القارة")), "stem") == {}


@pytest.mark.parametrize("documents", [[], [5], [3, 3, 4], [0, 1_000_000, 1_000_000], list(range(100)) * 2])
def test_occurrences_are_counted_by_document(documents: list[int]) -> None:
    found = counted([np.array(documents, np.int64)])
    assert found.documents.tolist() == sorted(set(documents))
    assert found.counts.tolist() == [documents.count(document) for document in sorted(set(documents))]


@pytest.mark.parametrize(("lengths", "average"), [([], 0), ([0, 0], 0), ([1, 2], 1.5), ([0, 1, 0, 2], 1.5)])
def test_average_length_is_that_of_the_documents_that_have_the_part(
    lengths: list[int], average: float
) -> None:
    assert Lengths(np.array(lengths, np.uint32)).average == average


def sized(size: int) -> Postings:
    return Postings(np.zeros(size // 8, np.int64), np.zeros(0, np.int64))


def test_what_was_looked_up_is_kept() -> None:
    cache, made = PostingCache(), []
    for _time in range(2):
        assert cache.get("a", lambda: made.append(1) or sized(8)).nbytes == 8
    assert made == [1]


def test_cache_counts_what_is_nowhere_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postings, "CACHE_BYTES", 100_000)
    cache = PostingCache()
    for number in range(1000):
        cache.get((("w",) * 5, str(number)), lambda: sized(0))
    assert len(cache._kept) < 100


def test_cache_drops_what_was_longest_not_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postings, "CACHE_BYTES", 100)
    monkeypatch.setattr(postings, "_ENTRY_BYTES", 0)
    cache = PostingCache()
    made: list[str] = []

    def ask(key: str, size: int = 40) -> None:
        cache.get(key, lambda: made.append(key) or sized(size))

    for key in ("a", "b", "a", "c", "a", "b"):
        ask(key)
    assert made == ["a", "b", "c", "b"]
    ask("huge", 800)  # more than the bound: given, not kept
    ask("huge", 800)
    assert made[-2:] == ["huge", "huge"]
    ask("a")
    assert made[-1] == "a"


def test_what_cannot_be_made_is_not_kept() -> None:
    cache = PostingCache()

    def fail() -> Postings:
        raise OSError

    with pytest.raises(OSError):  # noqa: PT011 - whatever it raises
        cache.get("a", fail)
    assert cache.get("a", lambda: sized(8)).nbytes == 8
