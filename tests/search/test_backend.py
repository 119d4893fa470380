from datetime import date, datetime
from pathlib import Path

import pytest
from django.core.management import call_command
from haystack.inputs import AutoQuery, Exact, Not, Raw
from haystack.query import SQ, SearchQuerySet

from archive.models import Article, Country
from search.face import search
from search.indexing import drain_changes
from tests.search.conftest import article_of


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


def test_haystack_commands_build_update_and_clear(articles: list[Article]) -> None:
    call_command("clear_index", interactive=False, verbosity=0)
    assert search("زنجبيل").total == 0
    call_command("update_index", verbosity=0)
    assert search("زنجبيل").total == 25
    call_command("rebuild_index", interactive=False, verbosity=0)
    assert search("زنجبيل").total == 25


def test_update_index_removes_what_is_gone(articles: list[Article]) -> None:
    Article.objects.filter(pk=articles[0].pk).delete()
    Article.objects.filter(pk=articles[1].pk).update(rights="hidden")
    call_command("update_index", remove=True, verbosity=0)
    assert SearchQuerySet().models(Article).count() == 23


def test_one_object_is_updated_and_removed(articles: list[Article]) -> None:
    from haystack import connections

    index = connections["default"].get_unified_index().get_index(Article)
    index.remove_object(articles[0])
    assert search("زنجبيل").total == 24
    index.update_object(articles[0])
    assert search("زنجبيل").total == 25
