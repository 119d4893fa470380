"""What is found, and what is let go, told apart and counted on the way."""

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from search.analysis import terms
from search.compiling import Lookup, compile_tree
from search.engine import expansions
from search.engine.executor import DATE, Found, find
from search.engine.matching import LAYERS, Matched
from search.engine.plans import AnyPlan, Clause, NotPlan, RunPlan, Way, WildcardPlan, WordPlan
from search.engine.snapshot import Snapshot
from search.query_language import parse
from tests.search.archives import Doc, archive_of
from tests.search.reference import evaluate

DAYS = [date(2017, 3, 22), date(2021, 3, 24), date(2021, 6, 28), date(2021, 6, 29)]


def clauses_of(query: str, *, exact: bool = False, stop_words: frozenset[str] = frozenset()) -> list[Clause]:
    return compile_tree(parse(query).root, Lookup(stop_words=stop_words), exact=exact)


def snapshot_of(folder: Path, *docs: Doc) -> Snapshot:
    """A snapshot of documents whose primary keys are 1, 2, …"""
    return archive_of(folder, docs).store.snapshot()


def keys(snapshot: Snapshot, found: Matched) -> list[int]:
    """The primary keys of what was found."""
    return snapshot.primary_keys[found.documents].tolist()


def layers(found: Found) -> list[str]:
    """The layers of the documents that were found, in the order of the documents."""
    return [LAYERS[layer] for layer in found.documents.layers]


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
    assert (keys(snapshot, found.documents), keys(snapshot, found.partial)) == (counted, partial)
    assert found.let_go == let_go


def test_word_is_let_go_when_some_of_the_counted_lack_it(tmp_path: Path) -> None:
    snapshot = snapshot_of(tmp_path, Doc("روما اليوم"), Doc("التحالف اليوم"))
    found = find(snapshot, clauses_of("روما التحالف"))
    assert keys(snapshot, found.documents) == [1, 2]
    assert found.let_go == ["روما", "التحالف"]


def test_layer_is_the_farthest_that_a_word_needed(tmp_path: Path) -> None:
    bodies = ["إلى القارة", "الى القاره", "إلى قارة", "إلى القاره"]
    snapshot = snapshot_of(tmp_path, *map(Doc, bodies))
    found = find(snapshot, clauses_of("إلى القارة"))
    assert layers(found) == ["exact", "folded", "stemmed", "folded"]


def test_filters_need_no_layer(tmp_path: Path) -> None:
    snapshot = snapshot_of(tmp_path, Doc("روما"))
    found = find(snapshot, clauses_of("-غائب from:2000 OR -شيء"))
    assert layers(found) == [""]


def test_other_spelling_stands_in_only_on_its_days(tmp_path: Path) -> None:
    """An office is whoever held it; an article without a date has no holder."""
    snapshot = snapshot_of(
        tmp_path, Doc("بلينكن", day=DAYS[2]), Doc("بلينكن", day=DAYS[0]), Doc("بلينكن"), Doc("الوزير")
    )
    (asked,) = terms("الوزير")
    way = Way(tuple(terms("بلينكن")), DAYS[1].toordinal(), DAYS[2].toordinal())
    found = find(snapshot, [Clause("الوزير", False, WordPlan(asked, (way,)))])
    assert keys(snapshot, found.documents) == [1, 4]
    assert layers(found) == ["alias", "exact"]


def test_word_that_nobody_knows_or_wrote_is_taken_for_its_nearest(tmp_path: Path) -> None:
    snapshot = snapshot_of(tmp_path, Doc("خزعبلقش"), Doc("خزعبلق في روما"), Doc("روما"))
    found = find(snapshot, clauses_of("خزعبلط روما"))
    assert keys(snapshot, found.documents) == [2]
    assert found.similar == {"خزعبلط": ["خزعبلق"]}
    assert layers(found) == ["similar"]


@pytest.mark.parametrize("query", ["خزعبلق", "روما", "«خزعبلط»", "خزعبل*"])
def test_word_that_is_there_or_known_and_a_phrase_are_taken_for_no_other(tmp_path: Path, query: str) -> None:
    snapshot = snapshot_of(tmp_path, Doc("خزعبلق"), Doc("رومات"))
    assert find(snapshot, clauses_of(query)).similar == {}


def test_exact_takes_a_word_for_no_other(tmp_path: Path) -> None:
    snapshot = snapshot_of(tmp_path, Doc("خزعبلق"))
    found = find(snapshot, clauses_of("خزعبلط", exact=True), exact=True)
    assert (keys(snapshot, found.documents), found.similar) == ([], {})


def test_strange_word_that_only_bodies_have_is_not_replaced_in_titles(tmp_path: Path) -> None:
    snapshot = snapshot_of(tmp_path, Doc("خزعبلق", "روما"))
    found = find(snapshot, clauses_of("title:خزعبلق"))
    assert (keys(snapshot, found.documents), found.similar) == ([], {})


def test_run_does_not_reach_from_the_title_into_the_body(tmp_path: Path) -> None:
    snapshot = snapshot_of(tmp_path, Doc("روما", "التحالف"), Doc("التحالف روما"), Doc("التحالف\n\nروما"))
    assert keys(snapshot, find(snapshot, clauses_of("«التحالف روما»")).documents) == [2]


def test_run_does_not_reach_from_one_document_into_the_next(tmp_path: Path) -> None:
    snapshot = snapshot_of(tmp_path, Doc("التحالف"), Doc("روما"))
    assert keys(snapshot, find(snapshot, clauses_of("«التحالف روما»")).documents) == []


def test_titled_word_is_found_in_titles_only(tmp_path: Path) -> None:
    snapshot = snapshot_of(tmp_path, Doc("روما", "التحالف"), Doc("التحالف", "روما"), Doc("التحالف"))
    assert keys(snapshot, find(snapshot, clauses_of("title:تحالف")).documents) == [1]


def test_exact_finds_a_word_only_as_it_is_spelled(tmp_path: Path) -> None:
    bodies = ["القارة", "القاره", "القـارَّة", "قارة"]  # signs and tatweel are no spelling
    snapshot = snapshot_of(tmp_path, *map(Doc, bodies))
    assert keys(snapshot, find(snapshot, clauses_of("القارة", exact=True), exact=True).documents) == [1, 3]
    assert keys(snapshot, find(snapshot, clauses_of("«القاره»", exact=True), exact=True).documents) == [2]


def test_star_that_stands_for_too_many_words_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(expansions, "MAX_EXPANSIONS", 2)
    snapshot = snapshot_of(tmp_path, Doc("متن متن متن"), Doc("متنا متنا"), Doc("متنب"))
    found = find(snapshot, clauses_of("متن*"))
    assert keys(snapshot, found.documents) == [1, 2], "the commonest are looked for"
    assert found.expanded == ["متن"]


def test_star_within_bounds_is_not_told(tmp_path: Path) -> None:
    snapshot = snapshot_of(tmp_path, Doc("متن"), Doc("متنا"), Doc("للمتن"), Doc("أمتن"))
    found = find(snapshot, clauses_of("متن*"))
    assert (keys(snapshot, found.documents), found.expanded) == ([1, 2, 3], []), (
        "joined particles do not hide a word"
    )


def test_undated_matches_are_counted_when_dates_are_asked_for(tmp_path: Path) -> None:
    snapshot = snapshot_of(tmp_path, Doc("روما"), Doc("روما التحالف"), Doc("التحالف"))
    found = find(snapshot, clauses_of("روما"), filters={DATE: snapshot.dates > date(2021, 1, 1).toordinal()})
    assert (keys(snapshot, found.documents), found.undated) == ([], 2)


def test_undated_articles_are_never_between_days_of_the_query(tmp_path: Path) -> None:
    snapshot = snapshot_of(tmp_path, Doc("روما"), Doc("روما", day=DAYS[0]))
    assert keys(snapshot, find(snapshot, clauses_of("روما to:2021-01-01")).documents) == [2]


def test_deleted_documents_are_neither_found_nor_counted(tmp_path: Path) -> None:
    archive = archive_of(
        tmp_path, [Doc("روما", keys={"speaker": ["1"]}), Doc("روما", keys={"speaker": ["1"]})]
    )
    archive.commit({"a.1": None})
    snapshot = archive.store.snapshot()
    found = find(snapshot, clauses_of("روما"))
    assert keys(snapshot, found.documents) == [2]
    assert keys(snapshot, find(snapshot, clauses_of("-غائب")).documents) == [2]


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
    assert layers(found) == [LAYERS[held.layer]] == ["exact"]


def test_filter_is_left_out_of_what_is_outside_it(tmp_path: Path) -> None:
    snapshot = snapshot_of(tmp_path, Doc("روما"), Doc("روما بيروت"), Doc("بيروت"))
    filters = {"speaker": np.array([True, False, True]), "country": np.array([True, True, False])}
    found = find(snapshot, clauses_of("روما"), filters=filters)
    assert keys(snapshot, found.documents) == [1]
    assert {name: keys(snapshot, each) for name, each in found.outside.items()} == {
        "speaker": [1, 2],
        "country": [1],
    }


def test_words_are_let_go_anew_without_a_filter(tmp_path: Path) -> None:
    """Whoever takes the filter away sees what the search without it finds."""
    snapshot = snapshot_of(tmp_path, Doc("روما"), Doc("روما بيروت"))
    found = find(snapshot, clauses_of("روما بيروت"), filters={"speaker": np.array([True, False])})
    assert (keys(snapshot, found.documents), found.let_go) == ([1], ["بيروت"])
    assert keys(snapshot, found.outside["speaker"]) == [2]


def test_words_of_a_loose_phrase_may_have_others_between_them(tmp_path: Path) -> None:
    bodies = ["روما في بيروت", "روما هنا في بيروت", "بيروت روما", "روما\n\nبيروت", "روما بيروت"]
    snapshot = snapshot_of(tmp_path, *map(Doc, bodies))
    (first, last) = (next(terms(word)) for word in ("روما", "بيروت"))

    def found(slop: int) -> list[int]:
        plan = RunPlan((Way((first, last)),), slop=slop)
        return keys(snapshot, find(snapshot, [Clause("", True, plan)]).documents)

    assert [found(slop) for slop in (0, 1, 2, 50)] == [[5], [1, 5], [1, 2, 5], [1, 2, 5]]


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        ("بل?نكن", [1]),
        ("بلينك*", [1, 2]),  # any letters or none
        ("*ك?ن", [2]),
        ("*", [1, 2, 3]),
        ("بلينكن", [1]),
        ("?", []),
    ],
)
def test_pattern_stands_for_whole_words(tmp_path: Path, pattern: str, found: list[int]) -> None:
    snapshot = snapshot_of(tmp_path, Doc("بلينكن"), Doc("بلينكين"), Doc("روما"))
    clause = Clause("", True, WildcardPlan(pattern))
    assert keys(snapshot, find(snapshot, [clause]).documents) == found


def test_what_is_nearly_a_word_counts_only_where_the_word_is_not_asked_alone(tmp_path: Path) -> None:
    """In an OR each word stands for itself."""
    snapshot = snapshot_of(tmp_path, Doc("روما غوغلاند"), Doc("روما جوجلند"), Doc("جوجلند"))
    either = find(snapshot, clauses_of("(روما OR غوغلاند)"))
    plain = find(snapshot, clauses_of("(روما OR غائب)"))
    assert either.documents.scores[1] == pytest.approx(plain.documents.scores[1])
