from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from search.analysis import terms
from search.engine.second_look import rescore
from search.engine.snapshot import Snapshot
from tests.search.archives import Doc, archive_of
from tests.search.reference import second_look


@pytest.fixture
def snapshot(tmp_path: Path) -> Snapshot:
    return archive_of(tmp_path, [Doc("روما بيروت"), Doc("")], [Doc("بيروت")]).snapshot()


def test_second_look_at_nothing_adds_nothing(snapshot: Snapshot) -> None:
    words = list(terms("روما"))
    assert rescore(snapshot, np.array([0, 1, 2]), [], []).tolist() == [0, 0, 0]
    assert rescore(snapshot, np.array([], int), words, []).tolist() == []


def test_second_look_follows_the_order_of_its_documents(snapshot: Snapshot) -> None:
    words = list(terms("روما بيروت"))
    pairs = [(words[0].stem, words[1].stem)]
    forward = rescore(snapshot, np.array([0, 1, 2]), words, pairs)
    assert rescore(snapshot, np.array([2, 0, 1]), words, pairs) == pytest.approx(forward[[2, 0, 1]])
    assert forward[0] > forward[2] > forward[1] == 0


def test_words_and_pairs_of_no_document_add_nothing(snapshot: Snapshot) -> None:
    words = list(terms("غظظ ثذذ"))
    added = rescore(snapshot, np.array([0, 1, 2]), words, [(words[0].stem, words[1].stem)])
    assert added.tolist() == [0, 0, 0]


@pytest.mark.parametrize("query", ["روما اليوم", "في روما", "روما في روما في", "اليوم غائب"])
def test_second_look_counts_as_plain_loops_do(tmp_path: Path, query: str) -> None:
    """Of pairs that one document of a segment has, that two have, and that none has."""
    archive = archive_of(
        tmp_path,
        [Doc("في روما اليوم", "روما"), Doc("في روما"), Doc("روما كلمة اليوم")],
        [Doc("روما اليوم " + "كلمة " * 50 + "في روما")],
    )
    snapshot = archive.snapshot()
    words = list(terms(query))
    pairs = [(left.stem, right.stem) for left, right in pairwise(words)]
    for documents in ([0, 1, 2, 3], [3, 1]):
        added = rescore(snapshot, np.array(documents), words, pairs)
        expected = second_look(archive.documents(snapshot), documents, words, pairs)
        assert dict(zip(documents, added.tolist(), strict=True)) == pytest.approx(expected)
