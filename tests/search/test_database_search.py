"""Reading the database in the index's stead: what of it, for how long, and how often."""

import threading
from collections.abc import Callable
from datetime import date
from itertools import count
from types import SimpleNamespace
from typing import Any

import pytest
from django.utils import translation

from archive.models import Article, Change, Source, Speaker
from search import database_search
from search.database_search import database_index, forget_database, read_database
from search.engine.schema import ARTICLES, INDEXES, QUOTATIONS
from search.face import search
from search.models import IndexEvent
from tests.search.conftest import article_of, quotation_of

FOR_EVER = 1e9


def keys(kind: str = ARTICLES, seconds: float = FOR_EVER, **options: Any) -> list[int]:
    """The primary keys of what is read of the database, in order."""
    return read_database(seconds, **options).snapshot(kind).primary_keys.tolist()


def test_nothing_out_of_sight_is_read(db: None) -> None:
    shown = article_of("كلمة زنجبيل")
    hidden = Source.objects.create(key="elaph", name_ar="إيلاف", rights="hidden")
    article_of("كلمة زنجبيل", rights="hidden")
    quotation_of(article_of("كلمة زنجبيل", source=hidden), "زنجبيل")
    quotation_of(shown, "كلمة", review="rejected")
    said = quotation_of(shown, "زنجبيل")
    assert (keys(), keys(QUOTATIONS)) == ([shown.pk], [said.pk])


def test_empty_archive_is_read_whole(db: None) -> None:
    index = read_database(FOR_EVER)
    assert index.is_whole
    assert [index.snapshot(kind).count for kind in INDEXES] == [0, 0]


@pytest.fixture
def three_days(db: None) -> list[Article]:
    """Articles of one day after another, and one without a date."""
    return [
        article_of("كلمة زنجبيل", published_on=date(2021, 1, number) if number else None)
        for number in range(4)
    ]


def test_newest_are_read_for_as_long_as_there_is_time(three_days: list[Article]) -> None:
    ticks = count()
    index = read_database(2.5, clock=lambda: float(next(ticks)))
    newest = [three_days[3].pk, three_days[2].pk, three_days[1].pk]
    assert index.snapshot().primary_keys.tolist() == newest
    assert (index.read, index.articles, index.is_whole) == (3, 4, False)


def test_one_article_is_read_though_there_is_no_time(three_days: list[Article]) -> None:
    assert keys(seconds=0) == [three_days[3].pk]


def test_rows_are_read_once_while_nothing_changes(three_days: list[Article], committed: None) -> None:
    assert database_index() is database_index()


CHANGES: dict[str, Callable[[Article], object]] = {
    "a save": lambda article: article.save(),
    "an update": lambda article: Article.objects.filter(pk=article.pk).update(title="عنوان آخر"),
    "an article more": lambda article: article_of("كلمة قرنفل"),
    "an article less": lambda article: article.delete(),
    "a quotation": lambda article: quotation_of(article, "زنجبيل"),
    "a country of a speaker": lambda article: Speaker.objects.create(key="zaid", name_ar="زيد"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_rows_are_read_again_after_a_change(
    three_days: list[Article], committed: None, change: Callable[[Article], object]
) -> None:
    before = database_index()
    change(three_days[0])
    assert database_index() is not before


def test_rows_are_read_again_after_a_change_that_another_process_drained(
    three_days: list[Article], committed: None
) -> None:
    Change.objects.all().delete()
    before = database_index()
    IndexEvent.objects.create(kind=IndexEvent.Kind.DRAINED)
    assert database_index() is not before


def test_failure_to_build_is_no_reason_to_read_again(three_days: list[Article], committed: None) -> None:
    before = database_index()
    IndexEvent.objects.create(kind=IndexEvent.Kind.FAILED)
    assert database_index() is before


def test_what_is_not_committed_is_not_kept(three_days: list[Article]) -> None:
    forget_database()
    assert database_index() is not database_index()


def test_change_while_rows_are_read_makes_them_be_read_again(
    three_days: list[Article], committed: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = database_search.read_database

    def overtaken(*args: Any) -> Any:
        index = read(*args)
        three_days[0].save()
        return index

    monkeypatch.setattr(database_search, "read_database", overtaken)
    before = database_index()
    monkeypatch.setattr(database_search, "read_database", read)
    assert database_index() is not before


def test_one_thread_reads_for_all(committed: None, monkeypatch: pytest.MonkeyPatch) -> None:
    reading, waiting = threading.Event(), threading.Event()
    read: list[float] = []

    def slowly(seconds: float) -> Any:
        read.append(seconds)
        reading.set()
        assert waiting.wait(60)
        return SimpleNamespace()

    monkeypatch.setattr(database_search, "read_database", slowly)
    monkeypatch.setattr(database_search, "_stamp", lambda: ("as it was",))
    found: list[Any] = []
    threads = [threading.Thread(target=lambda: found.append(database_index())) for _ in range(4)]
    threads[0].start()
    assert reading.wait(60)
    for thread in threads[1:]:
        thread.start()
    waiting.set()
    for thread in threads:
        thread.join()
    assert len(read) == 1
    assert len({id(each) for each in found}) == 1
    assert len(found) == 4


def test_notice_says_how_many_articles_the_answer_covers(
    three_days: list[Article], lose_index: Callable[[], None], settings: Any
) -> None:
    settings.SEARCH_FALLBACK_SECONDS = 0
    lose_index()
    with translation.override("en"):
        answer = search("زنجبيل")
    assert [hit.id for hit in answer.hits] == [three_days[3].pk]
    assert answer.notes == [
        "The index is being built; this answer comes straight from the database,"
        " and from its newest article only."
    ]


def test_notice_is_in_arabic(three_days: list[Article], lose_index: Callable[[], None]) -> None:
    lose_index()
    answer = search("زنجبيل")
    assert (answer.total, answer.message) == (
        4,
        "الفهرس قيد البناء؛ الجواب من قاعدة البيانات مباشرةً.",
    )
