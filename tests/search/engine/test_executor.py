"""The executor against plain loops (``tests.search.reference``) over the same small archives."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.analysis import Term, terms
from search.compiling import Lookup, compile_tree, word_runs
from search.engine import executor
from search.engine.executor import LAYERS, Found, count_facets, find, ordered, rank, rescore_best
from search.engine.plans import AnyPlan, Clause, NotPlan, RunPlan, Way, WordPlan
from search.engine.schema import KEY_FIELDS
from search.engine.snapshot import Snapshot, forget_snapshot
from search.names import Alternative, Name
from search.query_language import parse
from search.tree import All, Any, Dated, Named, Not, Phrase, Prefix, Required, Titled, Word
from tests.search.reference import Archive, Doc, answer, archive_of, evaluate, facets, in_order, second_look

# Spellings of few words, so that every layer, run and prefix occurs often.
WORDS = [
    *("التحالف", "تحالف", "للتحالف", "والتّحـالف", "روما", "رُوما", "لروما", "القارة", "القاره", "قارة"),
    *("أمريكا", "امريكا", "أميركا", "سوريا", "سورية", "السوريين", "بلينكن", "بلينكين", "وبلينكين"),
    *(
        "خزعبلق",
        "خزعبلقش",
        "خزعبلط",
        "خسعبلك",
        "غوغلاند",
        "جوجلند",
        "في",
        "من",
        "هذا",
        "Rome",
        "ROME",
        "٤٣٦",
        "436",
        "و",
    ),
]
STOP_WORDS = frozenset({"في", "من", "هذا"})
DAYS = [date(2017, 3, 22), date(2021, 3, 24), date(2021, 6, 28), date(2021, 6, 29)]
LETTERS = ["تحا", "رو", "بلين", "rom", "43", "سور", "غا"]
VALUES = ["1", "2", "3"]

texts = st.lists(st.sampled_from([*WORDS, ".", "\n", "\n\n"]), max_size=12).map(" ".join)
days = st.none() | st.sampled_from(DAYS)
docs = st.builds(
    Doc,
    body=texts,
    title=st.lists(st.sampled_from(WORDS), max_size=3).map(" ".join),
    day=days,
    keys=st.fixed_dictionaries(
        {"speaker": st.lists(st.sampled_from(VALUES), unique=True, max_size=3)},
        optional={field: st.sampled_from(VALUES).map(lambda value: [value]) for field in KEY_FIELDS[1:]},
    ),
)
commits = st.lists(
    st.dictionaries(st.sampled_from([f"a.{number}" for number in range(1, 6)]), st.none() | docs, max_size=5),
    max_size=4,
)

written = st.sampled_from(WORDS)
one_word = written.map(lambda text: Word(text, next(terms(text))))
run = st.lists(written, min_size=1, max_size=3).map(" ".join)
leaf = st.one_of(
    one_word,
    one_word,
    st.sampled_from(LETTERS).map(lambda letters: Prefix(f"{letters}*", letters)),
    run.map(lambda text: Phrase(text, tuple(terms(text)))),
    st.builds(Named, st.sampled_from(["minister", *KEY_FIELDS]), st.sampled_from(["بلينكن", "روما", "غائب"])),
    st.builds(Dated, days, days),
)
node = st.recursive(
    leaf,
    lambda child: st.one_of(
        child.map(Titled),
        child.map(Not),
        one_word.map(Required),
        st.lists(child, min_size=1, max_size=3).map(lambda children: Any(tuple(children))),
        st.lists(child, min_size=1, max_size=3).map(lambda children: All(tuple(children))),
    ),
    max_leaves=5,
)
root = st.tuples(st.lists(one_word, max_size=4), st.lists(node, max_size=2)).map(
    lambda parts: All((*parts[0], *parts[1]))
)
alternatives = st.builds(
    Alternative,
    st.lists(st.sampled_from(["بلينكين", "روما", "امريكا", "تحالف", "rome"]), min_size=1, max_size=2).map(
        tuple
    ),
    days,
    days,
)


@st.composite
def questions(draw: st.DrawFn) -> list[Clause]:
    """The clauses of a random tree with random names in it."""
    tree = draw(root)
    names: dict[tuple[Term, ...], Sequence[Name]] = {}
    for words in word_runs(tree):
        start = draw(st.integers(0, len(words) - 1))
        end = draw(st.integers(start + 1, min(start + 2, len(words))))
        others = draw(st.lists(alternatives, max_size=2))
        names[words] = [Name(start, end, (), tuple(others))] if others else []
    keys = {
        (field, name): draw(st.frozensets(st.sampled_from(VALUES), max_size=2))
        for field in ("minister", *KEY_FIELDS)
        for name in ("بلينكن", "روما")
    }
    stop_words = draw(st.sampled_from([frozenset[str](), STOP_WORDS]))
    return compile_tree(tree, Lookup(names, stop_words, keys), exact=draw(st.booleans()))


def of(scores: np.ndarray, documents: set[int]) -> dict[int, float]:
    return {number: float(scores[number]) for number in documents}


def compare(
    snapshot: Snapshot,
    docs: list[Doc],
    clauses: list[Clause],
    *,
    since: date | None = None,
    until: date | None = None,
    among: list[int] | None = None,
) -> None:
    """Everything that the executor says of a question, against the loops."""
    exact = any(clause.exact for clause in clauses)
    mask = None
    if among is not None:
        mask = np.zeros(len(docs), bool)
        mask[among] = True
    found = find(snapshot, clauses, among=mask, date_from=since, date_to=until, exact=exact)
    expected = answer(docs, clauses, among=among, date_from=since, date_to=until, exact=exact)
    seen = expected.counted | expected.partial
    assert set(np.flatnonzero(found.mask).tolist()) == expected.counted
    assert set(np.flatnonzero(found.partial).tolist()) == expected.partial
    assert found.let_go == expected.let_go
    assert found.undated == expected.undated
    assert of(found.layers, seen) == expected.layers
    assert of(found.scores, seen) == pytest.approx(expected.scores)
    assert {name: +counts for name, counts in count_facets(snapshot, found.mask).items()} == facets(
        docs, expected.counted
    )
    rescore_best(snapshot, found, clauses)
    words = [term for clause in clauses for term in clause.terms * clause.times]
    neighbours = [pair for clause in clauses for pair in clause.pairs]
    added = second_look(docs, seen, words, neighbours)
    assert of(found.scores, seen) == pytest.approx(
        {number: expected.scores[number] + added[number] for number in seen}
    )
    for sort in executor.SORTS:
        assert ordered(snapshot, found.mask, found.scores, sort).tolist() == in_order(
            docs, expected.counted, found.scores.tolist(), sort
        )


@given(commits, st.booleans(), st.lists(st.tuples(questions(), days, days), min_size=1, max_size=5))
@settings(max_examples=40, deadline=None)
def test_any_archive_is_searched_as_by_plain_loops(
    changes: list[dict[str, Doc | None]],
    merged: bool,
    asked: list[tuple[list[Clause], date | None, date | None]],
) -> None:
    """Any number of segments, deleted documents in them, documents without words, title or date."""
    with TemporaryDirectory() as folder:
        archive = Archive(Path(folder), merged=merged)
        for change in changes:
            archive.commit(change)
        snapshot = archive.store.snapshot()
        docs = archive.documents(snapshot)
        assert snapshot.live.tolist() == [doc.live for doc in docs]
        for clauses, since, until in asked:
            compare(snapshot, docs, clauses, since=since, until=until)
        forget_snapshot(Path(folder))


@pytest.fixture(scope="module")
def varied(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Snapshot, list[Doc]]]:
    """Forty documents in four segments, one of them all deleted."""
    archive = Archive(tmp_path_factory.mktemp("varied"), merged=False)
    for segment in range(4):
        archive.commit(
            {
                f"a.{number}": Doc(
                    body=" ".join(
                        WORDS[(number * 7 + step * (number % 5 + 1)) % len(WORDS)]
                        for step in range(number * 2)
                    ),
                    title=" ".join(WORDS[number % len(WORDS)] for _time in range(number % 3)),
                    day=None if number % 4 == 0 else DAYS[number % len(DAYS)],
                    keys={
                        "speaker": [value for value in VALUES if number % int(value)],
                        "country": [VALUES[number % 3]],
                        "source": [VALUES[number % 2]] if number % 5 else [],
                    },
                )
                for number in range(segment * 10, segment * 10 + 10)
            }
        )
    archive.commit({f"a.{number}": None for number in (*range(10, 20), 3, 25)})
    archive.commit({"a.5": Doc("روما القارة", "التحالف في روما")})
    snapshot = archive.store.snapshot()
    assert len(snapshot.leaves) == 5
    yield snapshot, archive.documents(snapshot)
    forget_snapshot(archive.store.folder)


@given(
    asked=questions(),
    since=days,
    until=days,
    among=st.none() | st.lists(st.integers(0, 40), unique=True, max_size=30).map(sorted),
)
@settings(max_examples=100, deadline=None)
def test_any_question_is_answered_as_by_plain_loops(
    varied: tuple[Snapshot, list[Doc]],
    asked: list[Clause],
    since: date | None,
    until: date | None,
    among: list[int] | None,
) -> None:
    compare(*varied, asked, since=since, until=until, among=among)


def clauses_of(query: str, *, exact: bool = False, stop_words: frozenset[str] = frozenset()) -> list[Clause]:
    return compile_tree(parse(query).root, Lookup(stop_words=stop_words), exact=exact)


def snapshot_of(folder: Path, *docs: Doc) -> Snapshot:
    """A snapshot of documents whose primary keys are 1, 2, …"""
    return archive_of(folder, docs).store.snapshot()


def keys(snapshot: Snapshot, mask: np.ndarray) -> list[int]:
    return snapshot.primary_keys[mask].tolist()


@pytest.mark.parametrize(
    ("query", "counted", "partial", "let_go"),
    [
        ("روما التحالف", [1], [2, 3], []),
        ("روما غائب", [1, 2], [], ["غائب"]),
        ("روما التحالف غائب", [1], [2, 3], ["غائب"]),  # those that have the most
        ("+روما التحالف غائب", [1], [], ["غائب"]),  # what must be there is not one of the words
        ("«روما غائب»", [], [], []),
        ("غائب مفقود", [], [], []),  # nothing to have the most of
        ("غائب «شيء آخر»", [4], [], ["غائب"]),  # what is required is enough
        ("-روما", [3, 4], [], []),
        ("", [1, 2, 3, 4], [], []),
    ],
)
def test_words_are_let_go_until_something_has_the_rest(
    tmp_path: Path, query: str, counted: list[int], partial: list[int], let_go: list[str]
) -> None:
    bodies = ["التحالف في روما", "روما اليوم", "التحالف اليوم", "شيء آخر"]
    snapshot = snapshot_of(tmp_path, *map(Doc, bodies))
    found = find(snapshot, clauses_of(query))
    assert (keys(snapshot, found.mask), keys(snapshot, found.partial)) == (counted, partial)
    assert found.let_go == let_go


def test_word_is_let_go_when_some_of_the_counted_lack_it(tmp_path: Path) -> None:
    snapshot = snapshot_of(tmp_path, Doc("روما اليوم"), Doc("التحالف اليوم"))
    found = find(snapshot, clauses_of("روما التحالف"))
    assert keys(snapshot, found.mask) == [1, 2]
    assert found.let_go == ["روما", "التحالف"]


def test_layer_is_the_farthest_that_a_word_needed(tmp_path: Path) -> None:
    bodies = ["إلى القارة", "الى القاره", "إلى قارة", "إلى القاره"]
    snapshot = snapshot_of(tmp_path, *map(Doc, bodies))
    found = find(snapshot, clauses_of("إلى القارة"))
    assert [LAYERS[layer] for layer in found.layers] == ["exact", "folded", "stemmed", "folded"]


def test_filters_need_no_layer(tmp_path: Path) -> None:
    snapshot = snapshot_of(tmp_path, Doc("روما"))
    found = find(snapshot, clauses_of("-غائب from:2000 OR -شيء"))
    assert [LAYERS[layer] for layer in found.layers] == [""]


def test_other_spelling_stands_in_only_on_its_days(tmp_path: Path) -> None:
    """An office is whoever held it; an article without a date has no holder."""
    snapshot = snapshot_of(
        tmp_path, Doc("بلينكن", day=DAYS[2]), Doc("بلينكن", day=DAYS[0]), Doc("بلينكن"), Doc("الوزير")
    )
    (asked,) = terms("الوزير")
    way = Way(tuple(terms("بلينكن")), DAYS[1].toordinal(), DAYS[2].toordinal())
    found = find(snapshot, [Clause("الوزير", False, WordPlan(asked, (way,)))])
    assert keys(snapshot, found.mask) == [1, 4]
    assert [LAYERS[layer] for layer in found.layers[found.mask]] == ["alias", "exact"]


def test_word_that_nobody_knows_or_wrote_is_taken_for_its_nearest(tmp_path: Path) -> None:
    snapshot = snapshot_of(tmp_path, Doc("خزعبلقش"), Doc("خزعبلق في روما"), Doc("روما"))
    found = find(snapshot, clauses_of("خزعبلط روما"))
    assert keys(snapshot, found.mask) == [2]
    assert found.similar == {"خزعبلط": ["خزعبلق"]}
    assert LAYERS[found.layers[1]] == "similar"


@pytest.mark.parametrize("query", ["خزعبلق", "روما", "«خزعبلط»", "خزعبل*"])
def test_word_that_is_there_or_known_and_a_phrase_are_taken_for_no_other(tmp_path: Path, query: str) -> None:
    snapshot = snapshot_of(tmp_path, Doc("خزعبلق"), Doc("رومات"))
    assert find(snapshot, clauses_of(query)).similar == {}


def test_exact_takes_a_word_for_no_other(tmp_path: Path) -> None:
    snapshot = snapshot_of(tmp_path, Doc("خزعبلق"))
    found = find(snapshot, clauses_of("خزعبلط", exact=True), exact=True)
    assert (keys(snapshot, found.mask), found.similar) == ([], {})


def test_strange_word_that_only_bodies_have_is_not_replaced_in_titles(tmp_path: Path) -> None:
    snapshot = snapshot_of(tmp_path, Doc("خزعبلق", "روما"))
    found = find(snapshot, clauses_of("title:خزعبلق"))
    assert (keys(snapshot, found.mask), found.similar) == ([], {})


def test_run_does_not_reach_from_the_title_into_the_body(tmp_path: Path) -> None:
    snapshot = snapshot_of(tmp_path, Doc("روما", "التحالف"), Doc("التحالف روما"), Doc("التحالف\n\nروما"))
    assert keys(snapshot, find(snapshot, clauses_of("«التحالف روما»")).mask) == [2]


def test_run_does_not_reach_from_one_document_into_the_next(tmp_path: Path) -> None:
    snapshot = snapshot_of(tmp_path, Doc("التحالف"), Doc("روما"))
    assert keys(snapshot, find(snapshot, clauses_of("«التحالف روما»")).mask) == []


def test_titled_word_is_found_in_titles_only(tmp_path: Path) -> None:
    snapshot = snapshot_of(tmp_path, Doc("روما", "التحالف"), Doc("التحالف", "روما"), Doc("التحالف"))
    assert keys(snapshot, find(snapshot, clauses_of("title:تحالف")).mask) == [1]


def test_exact_finds_a_word_only_as_it_is_spelled(tmp_path: Path) -> None:
    bodies = ["القارة", "القاره", "القـارَّة", "قارة"]  # signs and tatweel are no spelling
    snapshot = snapshot_of(tmp_path, *map(Doc, bodies))
    assert keys(snapshot, find(snapshot, clauses_of("القارة", exact=True), exact=True).mask) == [1, 3]
    assert keys(snapshot, find(snapshot, clauses_of("«القاره»", exact=True), exact=True).mask) == [2]


def test_star_that_stands_for_too_many_words_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(executor, "MAX_EXPANSIONS", 2)
    snapshot = snapshot_of(tmp_path, Doc("متن متن متن"), Doc("متنا متنا"), Doc("متنب"))
    found = find(snapshot, clauses_of("متن*"))
    assert keys(snapshot, found.mask) == [1, 2], "the commonest are looked for"
    assert found.expanded == ["متن"]


def test_star_within_bounds_is_not_told(tmp_path: Path) -> None:
    snapshot = snapshot_of(tmp_path, Doc("متن"), Doc("متنا"), Doc("للمتن"), Doc("أمتن"))
    found = find(snapshot, clauses_of("متن*"))
    assert (keys(snapshot, found.mask), found.expanded) == ([1, 2, 3], []), (
        "joined particles do not hide a word"
    )


def test_undated_matches_are_counted_when_dates_are_asked_for(tmp_path: Path) -> None:
    snapshot = snapshot_of(tmp_path, Doc("روما"), Doc("روما التحالف"), Doc("التحالف"))
    found = find(snapshot, clauses_of("روما"), date_from=date(2021, 1, 1))
    assert (keys(snapshot, found.mask), found.undated) == ([], 2)


def test_undated_articles_are_never_between_days_of_the_query(tmp_path: Path) -> None:
    snapshot = snapshot_of(tmp_path, Doc("روما"), Doc("روما", day=DAYS[0]))
    assert keys(snapshot, find(snapshot, clauses_of("روما to:2021-01-01")).mask) == [2]


def test_rank_puts_partial_matches_after_or_among_the_others_by_score(tmp_path: Path) -> None:
    snapshot = snapshot_of(tmp_path, Doc("روما التحالف"), Doc("روما اليوم"), Doc("شيء آخر"))
    ranked = rank(snapshot, clauses_of("روما التحالف"), 10)
    assert [snapshot.primary_keys[number] for number, _score in ranked] == [1, 2]
    assert [score for _number, score in ranked] == sorted((score for _number, score in ranked), reverse=True)
    assert rank(snapshot, clauses_of("روما التحالف"), 1) == ranked[:1]


def test_no_more_documents_than_the_bound_are_looked_at_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(executor, "RESCORED", 3)
    looked: list[int] = []
    real = executor.rescore

    def counting(snapshot: Snapshot, documents: np.ndarray, *asked: object) -> np.ndarray:
        looked.append(len(documents))
        return real(snapshot, documents, *asked)

    monkeypatch.setattr(executor, "rescore", counting)
    snapshot = snapshot_of(tmp_path, *(Doc(f"روما {'كلمة ' * number}") for number in range(8)), Doc("غيرها"))
    found = find(snapshot, clauses_of("روما"))
    before = found.scores.copy()
    rescore_best(snapshot, found, clauses_of("روما"))
    assert looked == [3]
    assert np.flatnonzero(found.scores != before).tolist() == [0, 1, 2], "the best of the first stage"


def test_partial_matches_are_looked_at_again_when_there_is_room(tmp_path: Path) -> None:
    snapshot = snapshot_of(tmp_path, Doc("روما التحالف"), Doc("روما اليوم"))
    found: Found = find(snapshot, clauses_of("روما التحالف"))
    before = found.scores.copy()
    rescore_best(snapshot, found, clauses_of("روما التحالف"))
    assert (found.scores > before).all()


def test_deleted_documents_are_neither_found_nor_counted(tmp_path: Path) -> None:
    archive = archive_of(
        tmp_path, [Doc("روما", keys={"speaker": ["1"]}), Doc("روما", keys={"speaker": ["1"]})]
    )
    archive.commit({"a.1": None})
    snapshot = archive.store.snapshot()
    found = find(snapshot, clauses_of("روما"))
    assert keys(snapshot, found.mask) == [2]
    assert keys(snapshot, find(snapshot, clauses_of("-غائب")).mask) == [2]
    assert count_facets(snapshot, found.mask)["speaker"] == {"1": 1}


def test_index_without_documents_answers_any_question(tmp_path: Path) -> None:
    snapshot = Archive(tmp_path).store.snapshot()
    clauses = clauses_of("روما «التحالف في» مت* -غائب from:2021 speaker:روما")
    found = find(snapshot, clauses, date_from=DAYS[0])
    rescore_best(snapshot, found, clauses)
    assert (len(found.mask), found.let_go, found.undated) == (0, [], 0)
    assert rank(snapshot, clauses, 5) == []
    assert not any(count_facets(snapshot, found.mask).values())


def test_any_takes_the_nearest_layer_of_what_is_there(tmp_path: Path) -> None:
    snapshot = snapshot_of(tmp_path, Doc("القاره"))
    plans = (
        RunPlan((Way(tuple(terms("القارة"))),)),
        WordPlan(next(terms("القاره"))),
        NotPlan(WordPlan(next(terms("غائب")))),
    )
    docs = [Doc("القاره", pk=1)]
    (held,) = evaluate(AnyPlan(plans), docs)
    found = find(snapshot, [Clause("", True, AnyPlan(plans))])
    assert LAYERS[found.layers[0]] == LAYERS[held.layer] == "exact"


def test_equals_by_relevance_are_ordered_by_date_then_key(tmp_path: Path) -> None:
    snapshot = snapshot_of(
        tmp_path, Doc("روما"), Doc("روما", day=DAYS[0]), Doc("روما", day=DAYS[1]), Doc("روما", day=DAYS[1])
    )
    found = find(snapshot, clauses_of("روما"))
    order = ordered(snapshot, found.mask, found.scores, "relevance")
    assert snapshot.primary_keys[order].tolist() == [3, 4, 2, 1]
