"""Who answers: the index while it can, else the database; and what starts a rebuild."""

import logging
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError
from django.utils import translation
from whoosh.reading import TermNotFound

from archive.models import Article, Change
from search import database_search, face, latest
from search.entries import index_store
from search.face import Answer, search
from search.indexing import build_index, drain_changes
from search.latest import ask_latest
from tests.search.conftest import article_of


@pytest.fixture
def article(empty_index: Path) -> Article:
    row = article_of("كلمة زنجبيل")
    drain_changes()
    return row


def damaged(times: int, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The index proves damaged in the middle of so many looks; returns the list that they are counted in."""
    real, looks = face.ask, []

    def ask(*args: Any) -> Any:
        looks.append(1)
        if len(looks) <= times:
            raise TermNotFound("damaged")
        return real(*args)

    monkeypatch.setattr(face, "ask", ask)
    return looks


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


def is_from_database(answer: Answer) -> bool:
    return "straight from the database" in answer.message


def test_index_that_is_whole_answers_by_itself(article: Article, rebuilds: list[str]) -> None:
    answer = search("زنجبيل")
    assert (answer.total, answer.message, rebuilds) == (1, "", [])


def test_database_answers_for_an_index_that_is_missing(
    article: Article, rebuilds: list[str], lose_index: Callable[[], None]
) -> None:
    lose_index()
    answer = search("زنجبيل")
    assert [hit.id for hit in answer.hits] == [article.pk]
    assert is_from_database(answer)
    assert len(rebuilds) == 1


def test_damage_that_a_fresh_snapshot_cures_is_not_told(
    article: Article, rebuilds: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    damaged(1, monkeypatch)
    answer = search("زنجبيل")
    assert (answer.total, answer.message, rebuilds) == (1, "", [])


def test_database_answers_for_an_index_that_stays_damaged(
    article: Article, rebuilds: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    damaged(2, monkeypatch)
    answer = search("زنجبيل")
    assert [hit.id for hit in answer.hits] == [article.pk]
    assert is_from_database(answer)
    assert rebuilds == ["TermNotFound: damaged"]


def test_index_that_is_rebuilt_at_once_answers(
    article: Article, lose_index: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    lose_index()
    monkeypatch.setattr(latest, "start_rebuild", lambda _reason: build_index() or True)
    answer = search("زنجبيل")
    assert (answer.total, answer.message) == (1, "")


def test_outdated_index_answers_and_is_rebuilt(
    article: Article, rebuilds: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("search.engine.snapshot.fingerprint", lambda: "of another version")
    index_store().forget()
    answer = search("زنجبيل")
    assert (answer.total, answer.message) == (1, "")
    assert rebuilds == ["it was built by another version"]


def test_index_that_survived_damage_answers_and_is_rebuilt(
    article: Article, rebuilds: list[str], empty_index: Path
) -> None:
    for path in empty_index.rglob("*.seg"):
        path.write_bytes(path.read_bytes()[:-1])
    answer = search("زنجبيل")
    assert (answer.total, answer.message) == (1, "")
    (reason,) = rebuilds
    assert ".seg" in reason


def test_changes_wait_for_the_rebuild_and_are_answered_meanwhile(
    article: Article, rebuilds: list[str], lose_index: Callable[[], None]
) -> None:
    lose_index()
    added = article_of("كلمة قرنفل")
    article.rights = "hidden"
    article.save()
    answer = search("كلمة")
    assert [hit.id for hit in answer.hits] == [added.pk]
    assert is_from_database(answer)
    assert "not indexed yet" not in answer.message
    assert Change.objects.exists()


def test_memory_is_given_back_once_the_index_answers(
    article: Article, rebuilds: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database_search, "_kept", (("before",), None))
    search("زنجبيل")
    assert database_search._kept is None


def test_error_of_the_database_is_passed_on(
    article: Article, lose_index: Callable[[], None], rebuilds: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone() -> None:
        raise OperationalError("gone")

    lose_index()
    monkeypatch.setattr(latest, "database_index", gone)
    with pytest.raises(OperationalError):
        search("زنجبيل")


def test_error_that_is_no_damage_is_logged_and_passed_on(
    article: Article, rebuilds: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    def look(_indexes: Any) -> None:
        raise ZeroDivisionError("ours")

    with caplog.at_level(logging.ERROR), pytest.raises(ZeroDivisionError):
        ask_latest(look)
    assert "ZeroDivisionError" in caplog.text
