from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from search.analysis import terms
from search.compiling import Lookup, compile_tree
from search.engine.asking import rank
from search.engine.plans import Clause
from search.engine.ranking import RESCORED, bm25
from search.engine.snapshot import forget_snapshot
from search.names import Alternative, Name
from search.query_language import parse
from tests.search.archives import Doc, archive_of

FILLER = "اجتماع الدول اليوم هناك بين كثير"


def clauses_of(query: str, *alternatives: str) -> list[Clause]:
    """The clauses of a query whose first word has other spellings."""
    root = parse(query).root
    run = tuple(terms(query))
    names = {run: [Name(0, 1, (), tuple(Alternative((each,)) for each in alternatives))]}
    return compile_tree(root, Lookup(names if alternatives else {}))


def ranked(folder: Path, query: str, *docs: Doc, alternatives: tuple[str, ...] = ()) -> list[int]:
    """The places (from 0) of ``docs`` in the order of their rank; other articles stand beside them."""
    others = [Doc(f"{FILLER} {'شيء ' * number}") for number in range(5)]
    snapshot = archive_of(folder, [*docs, *others]).snapshot()
    found = rank(snapshot, clauses_of(query, *alternatives), 100)
    keys = [int(snapshot.primary_keys[number]) - 1 for number, _score in found]
    return [key for key in keys if key < len(docs)]


def test_nearer_layers_rank_higher(tmp_path: Path) -> None:
    docs = [Doc(f"{word} {FILLER}") for word in ("بلينكين", "قارة", "القاره", "القارة")]
    assert ranked(tmp_path, "القارة", *docs, alternatives=("بلينكين",)) == [3, 2, 1, 0]


def test_word_in_the_title_counts_more(tmp_path: Path) -> None:
    docs = [Doc(f"{'كلمة ' * 60} روما", "شيء آخر"), Doc(f"{'كلمة ' * 60} شيء", "روما أخرى")]
    assert ranked(tmp_path, "روما", *docs) == [1, 0]


def test_word_in_the_lead_counts_more(tmp_path: Path) -> None:
    docs = [Doc(f"{'كلمة ' * 60} روما"), Doc(f"روما {'كلمة ' * 60}")]
    assert ranked(tmp_path, "روما", *docs) == [1, 0]


def test_more_occurrences_count_more_in_equally_long_articles(tmp_path: Path) -> None:
    docs = [Doc("روما كلمة كلمة كلمة"), Doc("روما روما كلمة كلمة")]
    assert ranked(tmp_path, "روما", *docs) == [1, 0]


def test_shorter_article_counts_more(tmp_path: Path) -> None:
    docs = [Doc(f"روما {FILLER * 3}"), Doc(f"روما {FILLER}")]
    assert ranked(tmp_path, "روما", *docs) == [1, 0]


def test_rarer_word_counts_more(tmp_path: Path) -> None:
    docs = [Doc(f"هناك {'كلمة ' * 5}"), Doc(f"روما {'كلمة ' * 5}")]
    assert ranked(tmp_path, "هناك روما", *docs) == [1, 0]


def test_word_that_the_query_repeats_counts_each_time(tmp_path: Path) -> None:
    docs = [Doc(f"بيروت {FILLER}"), Doc(f"روما {FILLER}")]
    assert ranked(tmp_path, "روما روما بيروت", *docs) == [1, 0]


def test_trigrams_bring_a_name_nearer_that_is_spelled_otherwise(tmp_path: Path) -> None:
    """No list knows the two spellings, and no stem joins them."""
    docs = [Doc("روما زيلينسكى قال"), Doc("روما زاكروسكي قال"), Doc("روما غيرهما قال")]
    assert ranked(tmp_path, "روما زيلنسكي", *docs)[0] == 0


def test_words_side_by_side_count_more(tmp_path: Path) -> None:
    docs = [Doc("روما هناك كلمة في اجتماع"), Doc("هناك اجتماع روما كلمة في")]
    assert ranked(tmp_path, "اجتماع روما", *docs) == [1, 0]


def test_stop_words_between_count_as_neighbours(tmp_path: Path) -> None:
    docs = [Doc("روما اجتماع في"), Doc("اجتماع في روما")]
    assert ranked(tmp_path, "اجتماع في روما", *docs) == [1, 0]


def test_score_grows_with_counts_and_falls_with_length_and_commonness() -> None:
    def score(count: int = 1, length: int = 10, found: int = 1) -> float:
        return float(bm25(np.array([count]), np.array([length]), 10.0, found, 100)[0])

    assert score(count=2) > score()
    assert score(count=100) < 2.2 * score() / 1.0
    assert score(length=20) < score()
    assert score(found=50) < score()
    assert score(found=100) > 0, "a word of every article still counts"


def test_score_in_an_archive_without_words_is_finite() -> None:
    assert np.isfinite(bm25(np.array([0]), np.array([0]), 0.0, 0, 1)).all()


def test_bounded_rank_gives_the_best(tmp_path: Path) -> None:
    docs = [Doc("روما " + "كلمة " * number) for number in range(RESCORED + 5)]
    snapshot = archive_of(tmp_path, docs).snapshot()
    best = rank(snapshot, clauses_of("روما"), 3)
    assert [int(snapshot.primary_keys[number]) for number, _score in best] == [1, 2, 3]


TEXTS = st.lists(st.sampled_from(["روما", "بيروت", "القارة", "في"]), max_size=6).map(" ".join)


@given(st.lists(st.builds(Doc, TEXTS, TEXTS), max_size=6), TEXTS)
@settings(max_examples=30, deadline=None)
def test_any_archive_can_be_ranked(docs: list[Doc], query: str) -> None:
    """Scores are finite and positive, the best first, and every article is there once."""
    with TemporaryDirectory() as folder:
        snapshot = archive_of(Path(folder), docs[:2], docs[2:]).snapshot()
        found = rank(snapshot, clauses_of(query), 10) if query else []
        scores = [score for _number, score in found]
        assert all(np.isfinite(score) and score > 0 for score in scores)
        assert scores == sorted(scores, reverse=True)
        assert len({number for number, _score in found}) == len(found)
        forget_snapshot(Path(folder))


def test_archive_of_titles_alone_is_ranked(tmp_path: Path) -> None:
    """No article has a lead, so that there is no mean length of one."""
    snapshot = archive_of(tmp_path, [Doc("", "التحالف"), Doc("", "التحالف")]).snapshot()
    assert len(rank(snapshot, clauses_of("التحالف"), 10)) == 2


def test_archive_of_single_words_is_ranked(tmp_path: Path) -> None:
    """No article has a pair."""
    snapshot = archive_of(tmp_path, [Doc("التحالف")] * 2).snapshot()
    assert len(rank(snapshot, clauses_of("التحالف في روما اليوم"), 10)) == 2
