"""Quotations as results, and what the face answers of both kinds alike."""

from datetime import date
from pathlib import Path
from random import Random

import pytest
from django.utils import translation
from django.utils.translation import gettext as _

from archive.models import Country, Quotation, Speaker
from search.engine.locks import locked
from search.engine.schema import INDEXES, KEY_FIELDS, QUOTATIONS
from search.face import MAX_LIMIT, MAX_OFFSET, Filters, consult, search
from search.indexing import drain_changes, index_store
from tests.search.conftest import article_of, quotation_of


@pytest.fixture
def sayings(empty_index: Path) -> dict[str, Quotation]:
    """What two ministers and somebody unnamed said in three articles."""
    countries = {
        code: Country.objects.create(code=code, name_ar=name, name_en=code)
        for code, name in (("US", "الولايات المتحدة"), ("IT", "إيطاليا"))
    }
    one, other = (
        Speaker.objects.create(key=key, name_ar=name, country=countries[code])
        for key, name, code in (("blinken", "أنتوني بلينكن", "US"), ("di-maio", "لويجي دي مايو", "IT"))
    )
    first = article_of("قال: زنجبيل وقرنفل. وقال: زنجبيل. وقيل قرفة", published_on=date(2021, 6, 28))
    second = article_of("ذكر زنجبيل الآخر وحده", published_on=date(2017, 3, 22))
    rows = {
        "both": quotation_of(first, "زنجبيل وقرنفل", speaker=one),
        "one": quotation_of(first, "زنجبيل. وقيل", speaker=other, kind="indirect"),
        "unnamed": quotation_of(first, "قرفة", kind="indirect"),
        "old": quotation_of(second, "زنجبيل الآخر", speaker=one),
    }
    drain_changes()
    return rows


def said(sayings: dict[str, Quotation], query: str, **options: object) -> list[str]:
    known = {quotation.pk: name for name, quotation in sayings.items()}
    return [known[hit.id] for hit in search(query, kind="quotations", **options).hits]


def test_quotations_are_found_by_their_own_words(sayings: dict[str, Quotation]) -> None:
    answer = search("زنجبيل", kind="quotations")
    assert (answer.kind, answer.total) == ("quotations", 3)
    assert {hit.kind for hit in answer.hits} == {"quotation"}
    assert {hit.quotation.pk for hit in answer.hits} == {sayings[name].pk for name in ("both", "one", "old")}
    assert all("<mark>زنجبيل</mark>" in hit.snippet for hit in answer.hits)
    assert said(sayings, "ذكر") == []


def test_what_somebody_said_of_something_is_one_query(sayings: dict[str, Quotation]) -> None:
    assert said(sayings, "زنجبيل", filters=Filters(speaker="blinken"), sort="newest") == ["both", "old"]
    assert said(sayings, "زنجبيل", filters=Filters(speaker="blinken"), sort="oldest") == ["old", "both"]
    assert said(sayings, "", filters=Filters(country="IT")) == ["one"]


def test_quotations_are_counted_by_every_facet(sayings: dict[str, Quotation]) -> None:
    facets = search("زنجبيل", kind="quotations").facets
    assert {name: [(each.value, each.count) for each in values] for name, values in facets.items()} == {
        "speaker": [("blinken", 2), ("di-maio", 1)],
        "country": [("US", 2), ("IT", 1)],
        "source": [],
        "meeting": [],
        "kind": [("direct", 2), ("indirect", 1)],
        "year": [("2021", 2), ("2017", 1)],
    }


def test_own_choice_does_not_shrink_a_facet_but_every_other(sayings: dict[str, Quotation]) -> None:
    facets = search("زنجبيل", kind="quotations", filters=Filters(speaker="di-maio")).facets
    assert [(each.value, each.count, each.chosen) for each in facets["speaker"]] == [
        ("blinken", 2, False),
        ("di-maio", 1, True),
    ]
    assert [(each.value, each.count) for each in facets["kind"]] == [("indirect", 1)]


def test_chosen_value_stays_listed_when_nothing_has_it(sayings: dict[str, Quotation]) -> None:
    filters = Filters(speaker="di-maio", kind="direct")
    facets = search("زنجبيل", kind="quotations", filters=filters).facets
    assert [(each.value, each.count) for each in facets["speaker"] if each.chosen] == [("di-maio", 0)]


def test_quotations_of_an_article_withdrawn_meanwhile_are_not_counted(
    sayings: dict[str, Quotation], empty_index: Path
) -> None:
    with locked(empty_index / "lock", wait=0):
        article = sayings["old"].article
        article.rights = "hidden"
        article.save()
        answer = search("زنجبيل", kind="quotations")
    assert _("Recent changes are not indexed yet, so the results may lack them.") in answer.notes
    assert (answer.total, len(answer.hits)) == (2, 2)
    assert [each.value for each in answer.facets["year"]] == ["2021"]


def test_quotations_with_some_of_the_words_follow(sayings: dict[str, Quotation]) -> None:
    answer = search("زنجبيل وقرنفل", kind="quotations")
    assert [hit.id for hit in answer.hits] == [sayings["both"].pk]
    assert {hit.quotation.pk for hit in answer.partial} == {sayings["one"].pk, sayings["old"].pk}


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("زرافة", "No quotation on record matches."),
        ("زنجبيل زرافة", "No quotation has all the words; these have the most."),
        ("قرفة وقرنفل", "No quotation has all the words; each of these has some of them."),
    ],
)
def test_notes_on_quotations_speak_of_quotations(
    sayings: dict[str, Quotation], query: str, sentence: str
) -> None:
    with translation.override("en"):
        assert search(query, kind="quotations").message.startswith(sentence)


def test_other_kind_is_counted_when_asked_for(sayings: dict[str, Quotation]) -> None:
    assert search("زنجبيل").totals == {}
    for kind in INDEXES:
        answer = search("زنجبيل", kind=kind, with_totals=True, limit=1)
        assert answer.totals == {"articles": 2, "quotations": 3}
        assert answer.total == answer.totals[kind]


def test_unknown_kind_is_articles(sayings: dict[str, Quotation]) -> None:
    answer = search("زنجبيل", kind="؟")
    assert (answer.kind, answer.total) == ("articles", 2)


@pytest.mark.parametrize("kind", INDEXES)
@pytest.mark.parametrize(
    "options",
    [
        {"offset": -5, "limit": -5},
        {"offset": 10**30},
        {"limit": 10**30},
        {"offset": MAX_OFFSET, "limit": MAX_LIMIT},
        {"sort": "؟", "histogram": "؟"},
        {"filters": Filters(kind="؟", speaker=["x"] * 500)},
        {"filters": Filters(date_from=date.max, date_to=date.min)},
        {"facet_values": 0},
    ],
)
def test_whatever_is_asked_is_answered(
    sayings: dict[str, Quotation], kind: str, options: dict[str, object]
) -> None:
    for query in ("", "زنجبيل", "غائبة"):
        answer = search(query, kind=kind, **options)
        assert answer.total or answer.message
        assert set(answer.as_json()["facets"]) == {*KEY_FIELDS, "year"}


@pytest.mark.parametrize(
    ("period", "counted"),
    [("", {}), ("year", {"2017": 1, "2021": 1}), ("month", {"2017-03": 1, "2021-06": 1})],
)
def test_histogram_counts_what_was_found_whatever_days_are_asked_for(
    sayings: dict[str, Quotation], period: str, counted: dict[str, int]
) -> None:
    filters = Filters(date_from=date(2021, 1, 1))
    answer = search("زنجبيل", filters=filters, histogram=period)
    assert (answer.total, answer.histogram, list(answer.histogram)) == (1, counted, sorted(counted))


@pytest.mark.parametrize("kind", INDEXES)
def test_consulting_finds_what_searching_shows(sayings: dict[str, Quotation], kind: str) -> None:
    options = {"kind": kind, "filters": Filters(speaker=("blinken", "di-maio")), "limit": 2, "offset": 1}
    answer, results = search("زنجبيل", **options), consult("زنجبيل", **options)
    assert results.total == answer.total
    assert [match.key for match in results.hits] == [hit.id for hit in answer.hits]
    assert results.facets["year"] == {each.value: each.count for each in answer.facets["year"]}


@pytest.mark.parametrize("pattern", ["*.seg", "*.columns"])
def test_damaged_index_of_quotations_is_built_anew_and_answers(
    sayings: dict[str, Quotation], empty_index: Path, pattern: str
) -> None:
    assert search("زنجبيل", kind="quotations").total == 3
    damaged = list(index_store().index_folder(QUOTATIONS).glob(pattern))
    for path in damaged:
        path.write_bytes(Random(7).randbytes(path.stat().st_size))
    answer = search("زنجبيل", kind="quotations")
    assert damaged
    assert (answer.total, answer.message) == (3, "")


@pytest.mark.parametrize(("kind", "queries"), [("articles", 9), ("quotations", 8)])
def test_a_page_costs_few_database_queries(
    sayings: dict[str, Quotation], kind: str, queries: int, django_assert_max_num_queries
) -> None:
    """The queue, the names (three times, once they are remembered), rows, quotations of articles, labels."""
    search("زنجبيل")
    with django_assert_max_num_queries(queries):
        search("زنجبيل", kind=kind, filters=Filters(speaker="blinken"), facet_values=8, with_totals=True)
