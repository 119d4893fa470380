from collections.abc import Sequence
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.analysis import terms
from search.engine import merging
from search.engine.collocations import GAP
from search.engine.content import Content, Inverter
from search.engine.derivation import derive_arrays
from search.engine.documents import Document
from search.engine.merging import MOST_MERGED, Size, choose_merges, join, select
from tests.search.archives import Archive, Doc

WORDS = ("روما", "القارة", "القاره", "للقارة", "العَرَبِيّة", "ـــ", "a1", "\n\n", "\n")
TEXTS = st.lists(st.sampled_from(WORDS), max_size=30).map(" ".join)
DOCS = st.lists(
    st.builds(
        Doc,
        TEXTS,
        TEXTS.map(str.strip),
        st.sampled_from([None, date(2021, 6, 28)]),
        st.dictionaries(st.just("speaker"), st.lists(st.sampled_from("123"), max_size=2)),
    ),
    max_size=6,
)


def content_of(documents: Sequence[Document], before: Inverter | None = None) -> Content:
    inverter = Inverter(before)
    for document in documents:
        inverter.add(document)
    return inverter.content()


def numbered(docs: Sequence[Doc]) -> list[Document]:
    return [doc.document(number) for number, doc in enumerate(docs)]


def check_alike(one: Content, other: Content) -> None:
    (arrays, keys), (others, other_keys) = derive_arrays(one), derive_arrays(other)
    assert keys == other_keys
    assert arrays.keys() == others.keys()
    for name, array in arrays.items():
        assert np.array_equal(array, others[name]), name


@given(DOCS)
@settings(max_examples=50, deadline=None)
def test_stream_is_of_the_words_that_are_matched_with_their_gaps(docs: list[Doc]) -> None:
    content = content_of(numbered(docs))
    expected: list[tuple[str, str, str] | None] = []
    for doc in docs:
        before = None
        for term in terms(doc.text):
            if before is not None and term.position > before + 1:
                expected.append(None)
            before = term.position
            expected.append((term.stem, term.surface, term.exact))
        expected.append(None)
    found = [None if word == GAP else content.vocabulary[word] for word in content.stream.tolist()]
    assert found == expected
    assert content.title_lengths.tolist() == [len(doc.title_words) for doc in docs]


@given(DOCS, DOCS)
@settings(max_examples=30, deadline=None)
def test_inverter_that_remembers_words_does_the_same(docs: list[Doc], others: list[Doc]) -> None:
    before = Inverter()
    for document in numbered(docs):
        before.add(document)
    check_alike(content_of(numbered(others), before), content_of(numbered(others)))


@given(DOCS, st.integers(0, 6), st.sets(st.integers(0, 5)))
@settings(max_examples=50, deadline=None)
def test_joined_content_is_that_of_the_documents_together(
    docs: list[Doc], cut: int, dropped: set[int]
) -> None:
    documents = numbered(docs)
    wanted = np.array([number not in dropped for number in range(len(docs))], bool)
    parts = (slice(0, cut), slice(cut, None))
    joined = join([select(content_of(documents[part]), wanted[part]) for part in parts])
    check_alike(joined, content_of([each for each, kept in zip(documents, wanted, strict=True) if kept]))


@given(
    st.lists(st.dictionaries(st.integers(1, 6), st.none() | st.builds(Doc, TEXTS), max_size=3), max_size=5)
)
@settings(max_examples=25, deadline=None)
def test_merged_index_is_a_fresh_one(commits: list[dict[int, Doc | None]]) -> None:
    with TemporaryDirectory() as one, TemporaryDirectory() as other:
        merged, fresh = Archive(Path(one)), Archive(Path(other))
        for changes in commits:
            merged.commit({f"a.{number}": doc for number, doc in changes.items()})
        snapshot = merged.snapshot()
        living = snapshot.primary_keys[snapshot.live].tolist()
        assert sorted(living) == sorted(merged.current.values())
        if len(snapshot.leaves) == 1 and snapshot.live.all():
            pairs = zip(living, snapshot.articles.tolist(), strict=True)
            fresh.store.write_anew([merged.versions[key].entry(article) for key, article in pairs])
            found, expected = snapshot.leaves[0].columns, fresh.snapshot().leaves[0].columns
            for name in ("stream", "document_starts", "articles", "pairs", "trigram_counts", "surface_order"):
                assert np.array_equal(getattr(found, name), getattr(expected, name)), name
            assert list(found.exact) == list(expected.exact)
        for each in (merged, fresh):
            each.store.forget()


def sizes(*documents: int) -> list[Size]:
    return [Size(count, count * 300) for count in documents]


@pytest.mark.parametrize(
    ("segments", "brought", "chosen"),
    [
        ([50_000, 64, 3], 1, [1, 2]),  # the small ones always
        ([50_000, 65, 512], 1, []),
        ([65] * 7, 1, []),
        ([65] * 8, 1, list(range(8))),
        ([500] * 8, 1, [0, 1, 2, 3]),  # not more than MOST_MERGED together
        ([500] * 8, 4000, list(range(8))),  # but no more than it brings
        ([10], 0, []),  # nothing to merge it with
        ([10, 20], 0, [0, 1]),
        ([], 1, []),
    ],
)
def test_small_segments_are_merged_and_large_ones_once_there_are_many(
    segments: list[int], brought: int, chosen: list[int]
) -> None:
    assert choose_merges(sizes(*segments), *sizes(brought)) == chosen


def test_no_segment_is_merged_beyond_the_most_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(merging, "MOST_WORDS", 10_000)
    assert choose_merges(sizes(20, 10, 20), *sizes(1)) == [0, 1]


def test_many_saves_leave_few_segments() -> None:
    segments: list[Size] = []
    for _save in range(3000):
        chosen = choose_merges(segments, *sizes(1))
        merged = sum(segments[number].documents for number in chosen)
        assert merged <= MOST_MERGED
        kept = [size for number, size in enumerate(segments) if number not in chosen]
        segments = [*kept, *sizes(merged + 1)]
    assert len(segments) < 16
