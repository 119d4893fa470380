"""The executor against plain loops over the same small articles."""

from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.analysis import terms
from search.compiling import compile_tree
from search.executor import count_facets, find, ordered
from search.query_language import parse
from search.snapshot import Snapshot, forget_snapshot
from search.store import IndexStore

WORDS = ["روما", "التحالف", "بلينكن", "داعش", "هذا"]
DATES = [None, "2017-03-22", "2021-03-24", "2021-06-28"]

articles = st.lists(
    st.tuples(
        st.lists(st.sampled_from(WORDS), min_size=1, max_size=8).map(" ".join),
        st.sampled_from(DATES),
        st.lists(st.sampled_from(["1", "2", "3"]), unique=True),
    ),
    max_size=6,
)
queries = st.sampled_from(
    [
        "روما",
        "روما داعش",
        "«روما داعش»",
        "روما غائب",
        "غائب",
        "«هذا روما» بلينكن",
        "تحالف «التحالف»",
        "غائب «روما»",
    ]
)


def document(number: int, text: str, date: str | None, speakers: list[str]) -> dict[str, object]:
    return {
        "id": f"a.{number}",
        "pk": number,
        "stem": text,
        "surface": text,
        "date": date,
        "speaker": speakers,
    }


def snapshot_of(rows: list[tuple[str, str | None, list[str]]], folder: str) -> Snapshot:
    """An index of two segments with one deleted document beside ``rows``."""
    store = IndexStore(Path(folder))
    entries = [(f"a.{number}", document(number, *row)) for number, row in enumerate(rows, 1)]
    store.write_anew([*entries[::2], ("a.99", document(99, "روما داعش هذا", None, ["1"]))])
    store.write([*entries[1::2], ("a.99", None)])
    return store.snapshot()


def has(text: str, clause: str) -> bool:
    words = [term.surface for term in terms(text)]
    wanted = [term.surface for term in terms(clause)]
    if clause.startswith("«"):
        return any(words[place : place + len(wanted)] == wanted for place in range(len(words)))
    return wanted[0] in words or wanted[0] in [term.stem for term in terms(text)]


@given(articles, queries, st.sampled_from(DATES), st.sampled_from(DATES))
@settings(max_examples=60, deadline=None)
def test_same_documents_as_plain_loops(
    rows: list[tuple[str, str | None, list[str]]], query: str, since: str | None, until: str | None
) -> None:
    clauses = compile_tree(parse(query).root, aliases={}, stop_words=())
    labels = [clause.label for clause in clauses]
    required = [label for label in labels if label.startswith("«")]
    optional = [label for label in labels if not label.startswith("«")]
    kept = {
        number: sum(has(text, label) for label in optional)
        for number, (text, date, _speakers) in enumerate(rows, 1)
        if all(has(text, label) for label in required)
        and (not (since or until) or (date is not None and (since or "") <= date <= (until or "9")))
    }
    most = max(kept.values(), default=0)
    expected = {number for number, had in kept.items() if had == most and (had or required)}
    with TemporaryDirectory() as folder:
        snapshot = snapshot_of(rows, folder)
        found = find(snapshot, clauses, among=snapshot.documents, date_from=since or "", date_to=until or "")
        keys = snapshot.primary_keys
        assert {keys[number] for number in found.scores} == expected
        assert all(score > 0 for score in found.scores.values())
        speakers = Counter(speaker for number in expected for speaker in rows[number - 1][2])
        years = Counter(rows[number - 1][1][:4] for number in expected if rows[number - 1][1])
        counts = count_facets(snapshot, found.scores)
        assert (counts["speaker"], counts["year"]) == (speakers, years)
        newest = [keys[number] for number in ordered(snapshot, found.scores, "newest")]
        dated = sorted(expected, key=lambda number: (rows[number - 1][1] is None, number))
        assert newest == sorted(dated, key=lambda number: rows[number - 1][1] or "", reverse=True)
        oldest = [keys[number] for number in ordered(snapshot, found.scores, "oldest")]
        assert oldest == sorted(expected, key=lambda number: (rows[number - 1][1] or "9", number))
        forget_snapshot(Path(folder))


@pytest.fixture
def ranked(tmp_path: Path) -> Snapshot:
    store = IndexStore(tmp_path)
    texts = ["التحالف في روما اليوم", "تحالف في روما اليوم", "للتحالف في روما اليوم", "شيء آخر تماما هنا"]
    store.write_anew(
        (f"a.{number}", document(number, text, None, [])) for number, text in enumerate(texts, 1)
    )
    return store.snapshot()


def test_exact_spelling_ranks_above_the_same_stem(ranked: Snapshot) -> None:
    clauses = compile_tree(parse("للتحالف").root, aliases={}, stop_words=())
    found = find(ranked, clauses, among=ranked.documents)
    best = ordered(ranked, found.scores, "relevance")
    assert [ranked.primary_keys[number] for number in best] == [3, 1, 2]


def test_words_let_go_are_those_that_not_all_have(ranked: Snapshot) -> None:
    clauses = compile_tree(parse("روما غائب").root, aliases={}, stop_words=())
    found = find(ranked, clauses, among=ranked.documents)
    assert found.let_go == ["غائب"]
    assert len(found.scores) == 3


def test_undated_matches_are_counted_when_dates_are_asked_for(ranked: Snapshot) -> None:
    clauses = compile_tree(parse("روما").root, aliases={}, stop_words=())
    found = find(ranked, clauses, among=ranked.documents, date_from="2021-01-01")
    assert (found.scores, found.undated) == ({}, 3)
