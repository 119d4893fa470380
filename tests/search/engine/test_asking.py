"""The engine against plain loops (``tests.search.reference``) over the same small archives."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.analysis import Term, terms
from search.compiling import Lookup, compile_tree, word_runs
from search.engine import asking
from search.engine.asking import Request, ask, rank, rescore_best
from search.engine.executor import Found, find
from search.engine.orders import SORTS
from search.engine.plans import Clause
from search.engine.schema import KEY_FIELDS
from search.engine.snapshot import Snapshot
from search.names import Alternative, Name
from search.query_language import parse
from search.tree import All, Any, Dated, Named, Not, Phrase, Prefix, Required, Titled, Wildcard, Word
from tests.search.archives import Archive, Doc, archive_of
from tests.search.reference import Answered, answer, count_without_own, in_order, second_look

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
PATTERNS = ["*لف", "ر?ما", "*حا*", "ا?ري*", "r*e", "*مة"]
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
    st.sampled_from(PATTERNS).map(lambda pattern: Wildcard(pattern, pattern)),
    st.builds(lambda text, slop: Phrase(text, tuple(terms(text)), slop), run, st.integers(0, 3)),
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


def compare(snapshot: Snapshot, docs: list[Doc], request: Request) -> None:
    """Everything that the engine says of a question, against the loops."""
    expected = answer(docs, request)
    seen = expected.counted | expected.partial
    found = find(
        snapshot,
        request.clauses,
        filters=masks(docs, request),
        visible=np.array([doc.article not in request.hidden for doc in docs], bool),
        exact=request.exact,
    )
    assert set(found.documents.documents.tolist()) == expected.counted
    assert set(found.partial.documents.tolist()) == expected.partial
    assert found.let_go == expected.let_go
    assert found.undated == expected.undated
    assert layers_of(found) == expected.layers
    assert scores_of(found) == pytest.approx(expected.scores)
    rescore_best(snapshot, found, request.clauses)
    words = [term for clause in request.clauses for term in clause.terms * clause.times]
    neighbours = [pair for clause in request.clauses for pair in clause.pairs]
    added = second_look(docs, seen, words, neighbours)
    scores = {number: expected.scores[number] + added[number] for number in seen}
    assert scores_of(found) == pytest.approx(scores)
    scores = scores_of(found)
    for sort in SORTS:
        order = [docs[number].pk for number in in_order(docs, expected.counted, scores, sort)]
        rest = [docs[number].pk for number in in_order(docs, expected.partial, scores, "relevance")]
        asked = ask(snapshot, replace(request, sort=sort, limit=1000, most_partial=1000))
        assert asked.total == len(order)
        assert [match.key for match in asked.hits] == order
        shown = order and sort == "relevance" and not expected.let_go
        assert [match.key for match in asked.partial] == (rest if shown else [])
        page = replace(request, sort=sort, offset=2, limit=3)
        assert [match.key for match in ask(snapshot, page).hits] == order[2:5]
    counted = ask(snapshot, replace(request, histogram="month"))
    assert counted.facets == count_without_own(docs, request)
    assert counted.histogram == months(docs, answer(docs, replace(request, date_from=None, date_to=None)))


def masks(docs: list[Doc], request: Request) -> dict[str, np.ndarray]:
    """The filters of a request as masks."""
    found = {
        name: np.array([bool(values.intersection(doc.keys.get(name, ()))) for doc in docs], bool)
        for name, values in request.filters.items()
    }
    if request.date_from or request.date_to:
        first, last = request.date_from or date.min, request.date_to or date.max
        found["date"] = np.array([bool(doc.day and first <= doc.day <= last) for doc in docs], bool)
    return found


def months(docs: list[Doc], answered: Answered) -> dict[str, int]:
    found = sorted(day for number in answered.counted if (day := docs[number].day))
    return dict(Counter(f"{day:%Y-%m}" for day in found))


def scores_of(found: Found) -> dict[int, float]:
    return {
        number: score
        for each in (found.documents, found.partial)
        for number, score in zip(each.documents.tolist(), each.scores.tolist(), strict=True)
    }


def layers_of(found: Found) -> dict[int, int]:
    return {
        number: layer
        for each in (found.documents, found.partial)
        for number, layer in zip(each.documents.tolist(), each.layers.tolist(), strict=True)
    }


filters = st.dictionaries(
    st.sampled_from(KEY_FIELDS), st.frozensets(st.sampled_from(VALUES), max_size=2), max_size=2
)
requests = st.builds(
    Request,
    clauses=questions(),
    filters=filters | st.just({}),
    date_from=days,
    date_to=days,
    hidden=st.lists(st.integers(1, 20), max_size=3) | st.just(()),
).map(lambda asked: replace(asked, exact=any(clause.exact for clause in asked.clauses)))


@given(commits, st.booleans(), st.lists(requests, min_size=1, max_size=4))
@settings(max_examples=40, deadline=None)
def test_any_archive_is_searched_as_by_plain_loops(
    changes: list[dict[str, Doc | None]], merged: bool, asked: list[Request]
) -> None:
    """Any number of segments, deleted documents in them, documents without words, title or date."""
    with TemporaryDirectory() as folder:
        archive = Archive(Path(folder), merged=merged)
        for change in changes:
            archive.commit(change)
        snapshot = archive.store.snapshot()
        docs = archive.documents(snapshot)
        assert snapshot.live.tolist() == [doc.live for doc in docs]
        for request in asked:
            compare(snapshot, docs, request)
        archive.store.forget()


@pytest.fixture(scope="module")
def varied(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Snapshot, list[Doc]]]:
    """Thirty-one documents in four segments, with deleted ones in two; a fifth had nothing left."""
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
    assert len(snapshot.leaves) == 4
    yield snapshot, archive.documents(snapshot)
    archive.store.forget()


@given(asked=requests)
@settings(max_examples=100, deadline=None)
def test_any_question_is_answered_as_by_plain_loops(
    varied: tuple[Snapshot, list[Doc]], asked: Request
) -> None:
    compare(*varied, asked)


def clauses_of(query: str) -> list[Clause]:
    return compile_tree(parse(query).root, Lookup())


def snapshot_of(folder: Path, *docs: Doc) -> Snapshot:
    """A snapshot of documents whose primary keys are 1, 2, …"""
    return archive_of(folder, docs).store.snapshot()


def test_rank_puts_partial_matches_after_or_among_the_others_by_score(tmp_path: Path) -> None:
    snapshot = snapshot_of(tmp_path, Doc("روما التحالف"), Doc("روما اليوم"), Doc("شيء آخر"))
    ranked = rank(snapshot, clauses_of("روما التحالف"), 10)
    assert [snapshot.primary_keys[number] for number, _score in ranked] == [1, 2]
    assert [score for _number, score in ranked] == sorted((score for _number, score in ranked), reverse=True)
    assert rank(snapshot, clauses_of("روما التحالف"), 1) == ranked[:1]


def test_no_more_documents_than_the_bound_are_looked_at_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "RESCORED", 3)
    snapshot = snapshot_of(tmp_path, *(Doc(f"روما {'كلمة ' * number}") for number in range(8)), Doc("غيرها"))
    found = find(snapshot, clauses_of("روما"))
    before = found.documents.scores
    rescore_best(snapshot, found, clauses_of("روما"))
    assert np.flatnonzero(found.documents.scores != before).tolist() == [0, 1, 2], (
        "the best of the first stage"
    )


def test_partial_matches_are_looked_at_again_when_there_is_room(tmp_path: Path) -> None:
    snapshot = snapshot_of(tmp_path, Doc("روما التحالف"), Doc("روما اليوم"))
    found = find(snapshot, clauses_of("روما التحالف"))
    before = scores_of(found)
    rescore_best(snapshot, found, clauses_of("روما التحالف"))
    assert all(score > before[number] for number, score in scores_of(found).items())


def test_second_look_leaves_what_is_remembered_of_a_word(tmp_path: Path) -> None:
    """The scores of the first stage are kept for the next query."""
    snapshot = snapshot_of(tmp_path, Doc("روما التحالف"), Doc("روما"))
    first = ask(snapshot, Request(clauses_of("روما")))
    assert ask(snapshot, Request(clauses_of("روما"))) == first


def test_index_without_documents_answers_any_question(tmp_path: Path) -> None:
    snapshot = Archive(tmp_path).store.snapshot()
    clauses = clauses_of("روما «التحالف في»~2 مت* *ما -غائب from:2021 speaker:روما")
    found = ask(snapshot, Request(clauses, {"kind": frozenset({"direct"})}, DAYS[0], histogram="month"))
    assert (found.total, found.hits, found.partial, found.let_go, found.undated) == (0, [], [], [], 0)
    assert not any(found.facets.values())
    assert rank(snapshot, clauses, 5) == []


@pytest.mark.parametrize(
    ("offset", "limit", "keys"),
    [(0, 2, [3, 4]), (2, 2, [2, 1]), (3, 20, [1]), (4, 20, []), (10**9, 10**9, []), (0, 10**12, [3, 4, 2, 1]),
     (-5, 2, [3, 4]), (0, 0, []), (0, -1, [])],
)  # fmt: skip
def test_page_is_cut_from_the_order_wherever_it_begins(
    tmp_path: Path, offset: int, limit: int, keys: list[int]
) -> None:
    """What is equal by relevance is ordered by date, then by key."""
    snapshot = snapshot_of(
        tmp_path, Doc("روما"), Doc("روما", day=DAYS[0]), Doc("روما", day=DAYS[1]), Doc("روما", day=DAYS[1])
    )
    found = ask(snapshot, Request(clauses_of("روما"), offset=offset, limit=limit))
    assert ([match.key for match in found.hits], found.total) == (keys, 4)


def test_only_what_is_asked_for_is_counted(tmp_path: Path) -> None:
    snapshot = snapshot_of(tmp_path, Doc("روما", day=DAYS[0], keys={"speaker": ["1"]}))
    assert ask(snapshot, Request(facets=("speaker",))).facets == {"speaker": {"1": 1}}
    assert ask(snapshot, Request()).histogram == {}
    assert ask(snapshot, Request(histogram="year")).histogram == {"2017": 1}


def test_value_beside_the_one_chosen_has_the_count_that_choosing_it_gives(tmp_path: Path) -> None:
    snapshot = snapshot_of(
        tmp_path,
        Doc("روما", keys={"speaker": ["1"], "country": ["US"]}),
        Doc("روما", keys={"speaker": ["2"], "country": ["US"]}),
        Doc("روما", keys={"speaker": ["2"], "country": ["IQ"]}),
    )
    asked = Request(clauses_of("روما"), {"speaker": frozenset({"1"})})
    found = ask(snapshot, asked)
    assert (found.total, found.facets["speaker"]) == (1, {"1": 1, "2": 2})
    assert found.facets["country"] == {"US": 1}, "other facets count what was found"
    both = ask(snapshot, replace(asked, filters={"speaker": frozenset({"1", "2"})}))
    assert (both.total, both.facets["country"]) == (3, {"US": 2, "IQ": 1})


def test_field_that_no_document_has_lets_nothing_in(tmp_path: Path) -> None:
    snapshot = snapshot_of(tmp_path, Doc("روما"))
    assert ask(snapshot, Request(filters={"speaker": frozenset({"1"})})).total == 0
    assert ask(snapshot, Request(filters={"speaker": frozenset()})).total == 0


def test_of_one_word_a_nearer_layer_stands_before_any_score(tmp_path: Path) -> None:
    snapshot = snapshot_of(tmp_path, Doc("القاره " * 9), Doc(f"القارة {'كلمة ' * 90}"), Doc("قارة " * 9))
    asked = Request(clauses_of("القارة"), layered=True)
    assert [match.layer for match in ask(snapshot, asked).hits] == ["exact", "folded", "stemmed"]
    least = ask(snapshot, replace(asked, sort="least"))
    assert [match.layer for match in least.hits] == ["stemmed", "folded", "exact"]
