from datetime import date, datetime
from pathlib import Path

import pytest
from django.core.management import call_command
from haystack import connections
from haystack.inputs import AutoQuery, Exact, Not, Raw
from haystack.query import SQ, SearchQuerySet

from archive.models import Article, Country, Quotation, Speaker
from search import backend
from search.face import search
from search.indexing import drain_changes, index_store
from tests.search.conftest import article_of, quotation_of


@pytest.fixture
def articles(empty_index: Path) -> list[Article]:
    rows = [article_of(f"كلمة زنجبيل {number}") for number in range(25)]
    drain_changes()
    return rows


def test_search_query_set_counts_slices_and_loads(articles: list[Article]) -> None:
    found = SearchQuerySet().filter(content="زنجبيل")
    assert found.count() == 25
    assert len(found[7:19]) == 12
    assert {result.object for result in found} == set(articles)


def test_everything_is_listed_by_page(articles: list[Article]) -> None:
    everything = SearchQuerySet().models(Article)
    assert everything.count() == 25
    keys = [int(result.pk) for start in (0, 10, 20) for result in everything[start : start + 10]]
    assert sorted(keys) == [article.pk for article in articles]


def test_auto_query_and_several_filters_are_all_wanted(articles: list[Article]) -> None:
    assert SearchQuerySet().auto_query("زنجبيل كلمة").count() == 25
    assert SearchQuerySet().filter(content="زنجبيل").filter(content="3").count() == 1
    assert SearchQuerySet().auto_query('"زنجبيل 3"').count() == 1


def test_narrow_filters(articles: list[Article]) -> None:
    articles[0].country_links.create(
        country=Country.objects.create(code="TR", name_ar="تركيا", name_en="Turkey"), role="primary"
    )
    drain_changes()
    assert [result.object for result in SearchQuerySet().narrow("country:TR")] == [articles[0]]


@pytest.fixture
def said(empty_index: Path) -> dict[str, Quotation]:
    """Quotations of two speakers in two articles of 2017 and 2021; both speak in the later one."""
    turkey = Country.objects.create(code="TR", name_ar="تركيا", name_en="Turkey")
    first = Speaker.objects.create(key="first", name_ar="أحمد الأول", country=turkey)
    second = Speaker.objects.create(key="second", name_ar="سعيد الثاني")
    early = article_of("كلمة زنجبيل وقرنفل", published_on=date(2017, 3, 22))
    late = article_of("كلمة زنجبيل مع زعفران ثم نص طويل", published_on=date(2021, 6, 28))
    late.country_links.create(country=turkey, role="primary")
    rows = {
        "early": quotation_of(early, "زنجبيل وقرنفل", speaker=first),
        "late": quotation_of(late, "زنجبيل", speaker=first, kind="indirect"),
        "other": quotation_of(late, "زعفران", speaker=second),
    }
    drain_changes()
    return rows


def keys(found: SearchQuerySet) -> list[int]:
    return [int(result.pk) for result in found]


def test_models_choose_the_index(said: dict[str, Quotation]) -> None:
    found = SearchQuerySet().filter(content="زنجبيل")
    quotations = {said["early"].pk, said["late"].pk}
    articles = {said["early"].article_id, said["late"].article_id}
    assert set(keys(found.models(Quotation))) == quotations
    for both in (found, found.models(Article), found.models(Article, Quotation)):
        assert {result.object.pk for result in both} == articles
    assert {result.object for result in found.models(Quotation)} == {said["early"], said["late"]}


def test_other_models_are_not_found(said: dict[str, Quotation]) -> None:
    with pytest.warns(UserWarning, match="not registered"):
        found = SearchQuerySet().models(Speaker)
    assert found.count() == 0


def test_all_quotations_are_listed(said: dict[str, Quotation]) -> None:
    found = SearchQuerySet().models(Quotation)
    assert sorted(keys(found)) == sorted(each.pk for each in said.values())
    assert {result.id for result in found} == {f"archive.quotation.{each.pk}" for each in said.values()}


@pytest.mark.parametrize(
    ("narrows", "expected"),
    [
        (["speaker:first"], {"early", "late"}),
        (['speaker:"أحمد الأول"'], {"early", "late"}),
        (["speaker:أحمد الأول"], {"early", "late"}),
        (["kind:direct"], {"early", "other"}),
        (["speaker:first", "kind:indirect"], {"late"}),
        (["speaker:first OR speaker:second"], {"early", "late", "other"}),
        (['speaker:second OR speaker:"أحمد الأول"', "kind:direct"], {"early", "other"}),
        (["speaker:first", "speaker:second"], set()),
        (["speaker:first OR speaker:second", "speaker:first"], {"early", "late"}),
        (["country:TR"], {"early", "late"}),
        (["speaker:second OR country:TR"], {"early", "late", "other"}),
        (["kind:direct", "speaker:second OR country:TR"], {"early", "other"}),
        (["speaker:nobody"], set()),
        (["speaker:first", "speaker:nobody"], set()),
        (["speaker:first OR speaker:nobody"], {"early", "late"}),
        (["speaker:nobody OR country:TR"], {"early", "late"}),
    ],
)
def test_quotations_are_narrowed(said: dict[str, Quotation], narrows: list[str], expected: set[str]) -> None:
    found = SearchQuerySet().models(Quotation)
    for narrow in narrows:
        found = found.narrow(narrow)
    assert set(keys(found)) == {said[name].pk for name in expected}


def test_two_narrows_of_a_field_want_both_values(said: dict[str, Quotation]) -> None:
    found = SearchQuerySet().filter(content="كلمة").narrow("speaker:first").narrow("speaker:second")
    assert keys(found) == [said["late"].article_id]


@pytest.mark.parametrize("narrow", ["author:x", "first", "speaker:", 'speaker:""', "date:2021"])
def test_what_cannot_be_narrowed_to_is_an_error(said: dict[str, Quotation], narrow: str) -> None:
    with pytest.raises(NotImplementedError):
        SearchQuerySet().narrow(narrow).count()


def test_two_kinds_at_once_are_an_error(said: dict[str, Quotation]) -> None:
    with pytest.raises(NotImplementedError):
        SearchQuerySet().narrow("kind:direct").narrow("kind:indirect").count()


@pytest.mark.parametrize(
    ("order", "names"),
    [
        (["date"], ["early", "late"]),
        (["-date"], ["late", "early"]),
        (["-score"], ["late", "early"]),  # the shorter text
        (["score"], ["early", "late"]),
        (["date", "-score"], ["early", "late"]),
        (["-date", "score"], ["late", "early"]),
        (["title", "date"], ["early", "late"]),
    ],
)
def test_results_are_ordered(said: dict[str, Quotation], order: list[str], names: list[str]) -> None:
    found = SearchQuerySet().models(Quotation).filter(content="زنجبيل").order_by(*order)
    assert keys(found) == [said[name].pk for name in names]


def test_facets_are_counted(said: dict[str, Quotation]) -> None:
    found = SearchQuerySet().models(Quotation).filter(content="زنجبيل")
    for field in ("speaker", "country", "source", "kind", "year"):
        found = found.facet(field)
    assert found.facet_counts()["fields"] == {
        "speaker": [("first", 2)],
        "country": [("TR", 2)],
        "source": [],
        "kind": [("direct", 1), ("indirect", 1)],  # by their names in Arabic
        "year": [("2021", 1), ("2017", 1)],
    }


def test_facets_of_everything_are_counted(said: dict[str, Quotation]) -> None:
    found = SearchQuerySet().models(Article).facet("kind")
    assert found.facet_counts()["fields"] == {"kind": [("direct", 2), ("indirect", 1)]}


def test_facet_that_is_unknown_is_an_error(said: dict[str, Quotation]) -> None:
    with pytest.raises(NotImplementedError):
        SearchQuerySet().facet("author").count()


@pytest.mark.parametrize(
    ("first", "last", "by", "expected"),
    [
        (
            date(2017, 1, 1),
            date(2021, 12, 31),
            "year",
            [(datetime(2017, 1, 1), 1), (datetime(2021, 1, 1), 1)],
        ),
        (date(2018, 1, 1), date(2021, 1, 1), "year", [(datetime(2021, 1, 1), 1)]),
        (datetime(2017, 3, 30), datetime(2021, 5, 1), "month", [(datetime(2017, 3, 1), 1)]),
    ],
)
def test_dates_are_counted_by_period(
    said: dict[str, Quotation], first: date, last: date, by: str, expected: list[tuple[datetime, int]]
) -> None:
    found = SearchQuerySet().filter(content="زنجبيل").date_facet("date", first, last, by)
    assert found.facet_counts()["dates"] == {"date": expected}


@pytest.mark.parametrize(("by", "amount"), [("day", 1), ("year", 2)])
def test_dates_by_another_period_are_an_error(said: dict[str, Quotation], by: str, amount: int) -> None:
    found = SearchQuerySet().date_facet("date", date(2017, 1, 1), date(2021, 1, 1), by, amount)
    with pytest.raises(NotImplementedError):
        found.count()


@pytest.mark.parametrize("wanted", [slice(0, 7), slice(9, 10), slice(3, None), slice(20, 90), slice(40, 50)])
@pytest.mark.parametrize("words", ["زنجبيل", ""])
def test_slices_are_exactly_the_rows_asked_for(
    articles: list[Article], monkeypatch: pytest.MonkeyPatch, wanted: slice, words: str
) -> None:
    """Also where they are longer than what the face gives at once."""
    monkeypatch.setattr(backend, "MAX_LIMIT", 4)
    found = SearchQuerySet().filter(content=words) if words else SearchQuerySet().models(Article)
    every = [article.pk for article in articles]
    assert keys(found.order_by("date")[wanted]) == every[wanted]


@pytest.mark.parametrize(
    ("asked", "query"),
    [
        (SQ(content="روما 2021"), "روما 2021"),
        (SQ(text="روما"), "روما"),
        (SQ(content='"روما" OR -2021'), "روما (OR) 2021"),  # plain text has no operators
        (SQ(content=AutoQuery('"في روما" -2021 (')), '"في روما" -2021'),  # what a reader typed has
        (SQ(content=Raw("دولة:تركيا")), 'country:"تركيا"'),
        (SQ(content=Exact("في روما")), '"في روما"'),
        (SQ(content__exact="في روما"), '"في روما"'),
        (SQ(content=Not("في روما")), "-(في AND روما)"),
        (SQ(content__startswith="في تحال"), "في تحال*"),
        (SQ(content__in=["روما", "في باريس"]), "(روما OR (في AND باريس))"),
        (SQ(content="روما") & SQ(content="باريس"), "روما باريس"),
        (SQ(content="روما") | SQ(content="باريس"), "(روما OR باريس)"),
        (~SQ(content="روما"), "-روما"),
        (~(SQ(content="روما") | SQ(title="باريس")), "-(روما OR title:(باريس))"),
        (SQ(content="لندن") & (SQ(content="روما") | ~SQ(content="باريس")), "لندن (روما OR (-باريس))"),
        (SQ(title="روما 2021"), "title:(روما AND 2021)"),
        (SQ(speaker="بلينكن"), 'speaker:"بلينكن"'),
        (SQ(country__in=["TR", "EG"]), '(country:"TR" OR country:"EG")'),
        (SQ(date=date(2021, 6, 28)), "date:2021-06-28..2021-06-28"),
        (SQ(date=datetime(2021, 6, 28, 12)), "date:2021-06-28..2021-06-28"),
        (SQ(date="2021"), "date:2021-01-01..2021-12-31"),
        (SQ(date__gte=date(2021, 6, 28)), "from:2021-06-28"),
        (SQ(date__gt="2021-06-28"), "from:2021-06-29"),
        (SQ(date__lte=date(2021, 6, 28)), "to:2021-06-28"),
        (SQ(date__lt="2021"), "to:2020-12-31"),
        (SQ(date__range=("2017", "2021-06")), "date:2017-01-01..2021-06-30"),
        (SQ(content=""), "…"),  # no words find nothing; no filter at all lists everything
        (SQ(content="؟") & SQ(speaker="!"), "…"),
    ],
)
def test_filters_are_written_as_a_query(asked: SQ, query: str) -> None:
    assert SearchQuerySet().filter(asked).query.build_query() == query


def test_without_filters_the_query_is_empty() -> None:
    assert SearchQuerySet().all().query.build_query() == ""


@pytest.mark.parametrize(
    "asked", [SQ(author="روما"), SQ(content__endswith="روما"), SQ(speaker__gt="روما"), SQ(id=1)]
)
def test_what_the_language_cannot_say_is_an_error_not_a_wrong_answer(asked: SQ) -> None:
    with pytest.raises(NotImplementedError):
        SearchQuerySet().filter(asked).query.build_query()


def test_a_date_that_is_none_is_an_error() -> None:
    with pytest.raises(ValueError, match="not a date"):
        SearchQuerySet().filter(date="روما").query.build_query()


def test_either_and_without_are_found(articles: list[Article]) -> None:
    found = SearchQuerySet().filter(content="زنجبيل")
    assert found.exclude(content="3").count() == 24
    assert found.filter(SQ(content="3") | SQ(content="4")).count() == 2
    assert found.filter(date__gte=date(2021, 1, 1)).count() == 0


def test_update_index_removes_what_is_gone(articles: list[Article]) -> None:
    Article.objects.filter(pk=articles[0].pk).delete()
    Article.objects.filter(pk=articles[1].pk).update(rights="hidden")
    call_command("update_index", remove=True, verbosity=0)
    assert SearchQuerySet().models(Article).count() == 23


def test_one_object_is_updated_and_removed(articles: list[Article]) -> None:
    index = connections["default"].get_unified_index().get_index(Article)
    index.remove_object(articles[0])
    assert search("زنجبيل").total == 24
    index.update_object(articles[0])
    assert search("زنجبيل").total == 25


def test_an_update_of_everything_builds_anew(articles: list[Article]) -> None:
    before = index_store().generation()
    index = connections["default"].get_unified_index().get_index(Article)
    connections["default"].get_backend().update(index, articles)
    assert index_store().generation() != before
    assert search("زنجبيل").total == 25


def test_one_quotation_is_updated_and_removed(said: dict[str, Quotation]) -> None:
    index = connections["default"].get_unified_index().get_index(Quotation)
    index.remove_object(said["late"])
    assert set(keys(SearchQuerySet().models(Quotation))) == {said["early"].pk, said["other"].pk}
    index.update_object(said["late"])
    assert SearchQuerySet().models(Quotation).count() == 3


def test_removed_article_takes_its_quotations_along(said: dict[str, Quotation]) -> None:
    connections["default"].get_unified_index().get_index(Article).remove_object(said["late"].article)
    assert keys(SearchQuerySet().models(Quotation)) == [said["early"].pk]


def test_update_index_removes_quotations_that_are_gone(said: dict[str, Quotation]) -> None:
    with_change_unseen = Quotation.objects.filter(pk=said["late"].pk)
    with_change_unseen._raw_delete(with_change_unseen.db)
    call_command("update_index", remove=True, verbosity=0)
    assert set(keys(SearchQuerySet().models(Quotation))) == {said["early"].pk, said["other"].pk}


@pytest.mark.parametrize("models", [None, [Article], [Quotation]])
def test_what_is_cleared_is_taken_away_and_never_found_empty(
    said: dict[str, Quotation], models: list[type] | None
) -> None:
    connections["default"].get_backend().clear(models=models)
    assert not index_store().is_usable()
    assert search("زنجبيل").total == 2


def test_models_that_are_not_indexed_have_nothing_to_clear(said: dict[str, Quotation]) -> None:
    connections["default"].get_backend().clear(models=[Speaker])
    assert index_store().is_usable()
