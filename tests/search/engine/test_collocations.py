from collections import Counter
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.engine.collocations import expand, starts_of, trigrams
from search.engine.schema import ARTICLES
from search.engine.snapshot import Snapshot, forget_snapshot
from tests.search.archives import Doc, archive_of

TEXTS = st.lists(st.sampled_from(["بن", "روما", "رومي", "في", "القاره", "\n\n"]), max_size=60).map(" ".join)


@pytest.mark.parametrize(
    ("surface", "expected"),
    [
        ("بن", ["#بن", "بن#"]),
        ("و", ["#و#"]),  # a word of one letter still has one
        ("روما", ["#رو", "روم", "وما", "ما#"]),
        ("ببببب", ["#بب", "ببب", "ببب", "ببب", "بب#"]),  # as often as it occurs
    ],
)
def test_trigrams_are_of_one_word_between_its_bounds(surface: str, expected: list[str]) -> None:
    assert trigrams(surface) == expected


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 5)), max_size=8))
def test_ranges_are_expanded_one_after_another(ranges: list[tuple[int, int]]) -> None:
    starts = np.array([start for start, _length in ranges], np.uint32)
    ends = np.array([start + length for start, length in ranges], np.uint32)
    assert expand(starts, ends).tolist() == [
        number for start, length in ranges for number in range(start, start + length)
    ]


@given(st.lists(st.integers(0, 9), max_size=8))
def test_neighbours_begin_where_the_one_before_ends(lengths: list[int]) -> None:
    starts = starts_of(lengths).tolist()
    assert starts[0] == 0
    assert [end - start for start, end in pairwise(starts)] == lengths


def indexed(folder: str, docs: list[Doc]) -> tuple[Snapshot, list[Doc]]:
    archive = archive_of(Path(folder), docs)
    snapshot = archive.snapshot()
    return snapshot, archive.documents(snapshot)


@given(
    st.lists(st.builds(Doc, TEXTS, st.sampled_from(["", "روما", "روما في القاره"])), min_size=1, max_size=5)
)
@settings(max_examples=25, deadline=None)
def test_pairs_and_trigrams_are_counted_by_document(docs: list[Doc]) -> None:
    with TemporaryDirectory() as folder:
        snapshot, docs = indexed(folder, docs)
        (leaf,) = snapshot.leaves
        columns = leaf.columns
        pairs = Counter(
            pair
            for doc in docs
            for pair in {
                (left.stem, right.stem)
                for left, right in pairwise(doc.words)
                if right.position == left.position + 1
            }
        )
        stems = columns.stems
        found = {
            (stems[key // len(stems)], stems[key % len(stems)]): count
            for key, count in zip(columns.pairs.tolist(), columns.pair_counts.tolist(), strict=True)
        }
        assert found == {pair: count for pair, count in pairs.items() if count > 1}
        for counts, lengths, words in (
            (columns.trigram_counts, columns.trigram_lengths, [doc.words for doc in docs]),
            (columns.lead_trigram_counts, columns.lead_trigram_lengths, [doc.lead for doc in docs]),
        ):
            spelled = [[gram for word in each for gram in trigrams(word.surface)] for each in words]
            assert lengths.tolist() == [len(each) for each in spelled]
            expected = Counter(gram for each in spelled for gram in set(each))
            assert {name: counts[number] for number, name in enumerate(columns.trigrams)} == {
                name: expected[name] for name in columns.trigrams
            }
        forget_snapshot(Path(folder, ARTICLES))


def test_documents_are_counted_across_chunks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("search.engine.collocations._DOCUMENTS_A_CHUNK", 2)
    snapshot, _docs = indexed(str(tmp_path), [Doc("روما روما")] * 5)
    columns = snapshot.leaves[0].columns
    assert columns.trigram_counts[columns.trigrams.find("روم")] == 5
