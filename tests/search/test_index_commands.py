"""The commands that write the index: Haystack's three over ours, and the one that keeps it up to date."""

import signal
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command, get_commands
from django.db import OperationalError
from django.db.models import QuerySet

from archive.models import Article, Change
from search.engine.generations import CURRENT, LOCK, REBUILD_LOCK
from search.engine.locks import locked
from search.engine.store import IndexStore
from search.entries import index_store
from search.face import search
from search.management.commands import rebuild_index, run_indexer, update_index
from tests.search.conftest import article_of


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (rebuild_index, run_indexer, update_index):
        monkeypatch.setattr(module, "_LOCK_WAIT", 0)


def run(name: str, **options: object) -> str:
    """What a command prints."""
    out = StringIO()
    call_command(name, stdout=out, **options)
    return out.getvalue()


def held() -> set[int]:
    """The primary keys of the articles in the index."""
    snapshot = index_store().snapshot()
    return set(snapshot.primary_keys[snapshot.live].tolist())


@pytest.mark.parametrize("name", ["clear_index", "rebuild_index", "update_index"])
def test_ours_stand_before_those_of_haystack(name: str) -> None:
    assert get_commands()[name] == "search"


def test_rebuild_makes_a_new_generation_and_asks_nothing(empty_index: Path) -> None:
    article = article_of("كلمة زنجبيل")
    before = index_store().generation()
    assert run("rebuild_index")
    assert index_store().generation() != before
    assert held() == {article.pk}
    assert not Change.objects.exists()


def test_rebuild_beside_another_is_one_sentence(empty_index: Path) -> None:
    with locked(empty_index / REBUILD_LOCK, 0), pytest.raises(CommandError) as caught:
        run("rebuild_index")
    assert "\n" not in str(caught.value)


def test_rebuild_without_space_is_one_sentence(empty_index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_args: object, **_options: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(IndexStore, "rebuild", refuse)
    with pytest.raises(CommandError, match="No space left on device"):
        run("rebuild_index")
    assert index_store().is_current()


def test_update_writes_what_waits_into_the_generation_that_serves(empty_index: Path) -> None:
    article = article_of("كلمة زنجبيل")
    before = index_store().generation()
    assert run("update_index")
    assert index_store().generation() == before
    assert held() == {article.pk}


def test_update_builds_an_index_that_cannot_be_read(empty_index: Path) -> None:
    article = article_of("كلمة زنجبيل")
    (empty_index / CURRENT).unlink()
    assert run("update_index", verbosity=0) == ""
    assert held() == {article.pk}


def test_update_by_time_writes_articles_that_no_change_names(empty_index: Path) -> None:
    for number in range(2):
        article_of(f"كلمة {number}", rights="hidden")
    run("update_index", verbosity=0)
    QuerySet(Article).update(rights="")
    assert held() == set()
    run("update_index", age=1, verbosity=0)
    assert held() == set(Article.objects.values_list("pk", flat=True))


def test_update_that_leaves_changes_waiting_is_an_error(empty_index: Path) -> None:
    article_of("كلمة زنجبيل")
    with locked(empty_index / LOCK, 0), pytest.raises(CommandError):
        run("update_index")
    assert Change.objects.exists()


def test_clear_takes_the_index_away_and_the_archive_is_found_all_the_same(empty_index: Path) -> None:
    article_of("كلمة زنجبيل")
    assert run("clear_index", interactive=False)
    assert not index_store().is_usable()
    assert search("زنجبيل").total == 1


@pytest.mark.parametrize(("answer", "usable"), [("", True), ("n", True), ("y", False), ("نعم", False)])
def test_clear_asks(empty_index: Path, monkeypatch: pytest.MonkeyPatch, answer: str, usable: bool) -> None:
    monkeypatch.setattr("builtins.input", lambda _question: answer)
    run("clear_index")
    assert index_store().is_usable() is usable


def test_indexer_once_writes_what_waits_and_says_so(empty_index: Path) -> None:
    article = article_of("كلمة زنجبيل")
    assert len(run("run_indexer", once=True).splitlines()) == 1
    assert held() == {article.pk}
    assert run("run_indexer", once=True) == ""


def test_indexer_once_that_leaves_changes_waiting_is_an_error(empty_index: Path) -> None:
    article_of("كلمة زنجبيل")
    with locked(empty_index / LOCK, 0), pytest.raises(CommandError):
        run("run_indexer", once=True)


class Stopped:
    """An event that is set after some pauses, which take no time; after each ``work`` is done."""

    def __init__(self, pauses: int, work: Callable[[], object] = bool) -> None:
        self.left, self.work = pauses, work
        self.pauses: list[float] = []

    def is_set(self) -> bool:
        return self.left == 0

    def set(self) -> None:
        self.left = 0

    def wait(self, seconds: float) -> None:
        self.pauses.append(seconds)
        self.left -= 1
        self.work()


def run_until(stopped: Stopped, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    monkeypatch.setattr(run_indexer.threading, "Event", lambda: stopped)
    return run("run_indexer").splitlines()


def test_indexer_writes_what_comes_a_line_each_time(
    empty_index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = ["كلمة قرنفل", "كلمة زنجبيل"]
    stopped = Stopped(4, lambda: texts and article_of(texts.pop()))
    assert len(run_until(stopped, monkeypatch)) == 2
    assert stopped.pauses == [run_indexer.POLL_SECONDS] * 4
    assert len(held()) == 2


def test_indexer_waits_longer_and_longer_for_what_cannot_be_written(
    empty_index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    article_of("كلمة زنجبيل")
    monkeypatch.setattr(run_indexer, "drain_changes", lambda **_options: 0)
    stopped = Stopped(8)
    assert run_until(stopped, monkeypatch) == []
    assert stopped.pauses == [2, 4, 8, 16, 32, 60, 60, 60]


def test_indexer_outlives_a_database_that_is_away(empty_index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise OperationalError("the server is away")

    stopped = Stopped(2)
    monkeypatch.setattr(run_indexer, "renew_index", fail)
    assert run_until(stopped, monkeypatch) == []
    assert len(stopped.pauses) == 2


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_indexer_that_is_told_to_end_ends(
    empty_index: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    before = signal.getsignal(number)
    stopped = Stopped(1_000, lambda: signal.raise_signal(number))
    run_until(stopped, monkeypatch)
    assert len(stopped.pauses) == 1
    assert signal.getsignal(number) is before


def test_indexer_builds_an_index_that_cannot_be_read(
    empty_index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (empty_index / CURRENT).unlink()
    run_until(Stopped(1), monkeypatch)
    assert index_store().is_current()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("rebuild_index", {}),
        ("update_index", {}),
        ("clear_index", {"interactive": False}),
        ("run_indexer", {"once": True}),
    ],
)
def test_folder_that_cannot_be_used_is_one_sentence(
    index_folder: Path, name: str, options: dict[str, object]
) -> None:
    """The folder is a link to nothing, as when a disk is not mounted."""
    index_folder.symlink_to(index_folder.parent / "nowhere")
    with pytest.raises(CommandError) as caught:
        run(name, **options)
    assert str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("name", ["rebuild_index", "update_index", "run_indexer"])
def test_lost_database_is_one_sentence(empty_index: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_given: object, **_named: object) -> None:
        raise OperationalError("file is not a database")

    monkeypatch.setattr(QuerySet, "_fetch_all", refuse)
    monkeypatch.setattr(QuerySet, "count", refuse)
    monkeypatch.setattr(QuerySet, "exists", refuse)
    monkeypatch.setattr(QuerySet, "iterator", refuse)
    with pytest.raises(CommandError, match="file is not a database"):
        run(name, **({"once": True} if name == "run_indexer" else {}))
