from pathlib import Path

import pytest
from django.core.management import call_command
from haystack.query import SearchQuerySet

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


@pytest.mark.parametrize("ask", [lambda sqs: sqs.exclude(content="x"), lambda sqs: sqs.filter(author="x")])
def test_what_the_language_cannot_say_is_an_error_not_a_wrong_answer(articles: list[Article], ask) -> None:
    with pytest.raises(NotImplementedError):
        ask(SearchQuerySet().filter(content="زنجبيل")).count()


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
