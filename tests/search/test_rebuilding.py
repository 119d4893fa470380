"""Building the indexes anew: by itself, at once or in a process of its own, and not over and over."""

import subprocess
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import DatabaseError
from django.utils import timezone

from archive.models import Article, Change
from search import models, rebuilding
from search.engine.generations import CURRENT, REBUILD_LOCK
from search.engine.locks import locked
from search.engine.store import IndexBusyError, IndexStore
from search.entries import index_store
from search.indexing import drain_changes
from search.models import IndexEvent, record_event
from search.rebuilding import BUILT_AT_ONCE, RETRY_SECONDS, start_rebuild, write_generation
from tests.search.conftest import article_of


def kinds() -> list[str]:
    return list(IndexEvent.objects.order_by("pk").values_list("kind", flat=True))


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """The clocks of this process (seconds) and of the wall, which stand still unless they are moved."""
    clock = SimpleNamespace(seconds=0.0, now=timezone.now())
    monkeypatch.setattr(rebuilding, "monotonic", lambda: clock.seconds)
    monkeypatch.setattr(rebuilding, "now", lambda: clock.now)
    return clock


@pytest.fixture
def started(index_folder: Path, db: None, settings: Any, monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The commands that are started as processes of their own, though the archive is empty."""
    commands: list[list[str]] = []

    def start(command: list[str], **_options: object) -> SimpleNamespace:
        commands.append(command)
        return SimpleNamespace(wait=lambda: 0)

    settings.ARCHIVE_REBUILD = "process"
    monkeypatch.setattr(rebuilding, "BUILT_AT_ONCE", -1)
    monkeypatch.setattr(subprocess, "Popen", start)
    return commands


def refuse(*_args: object, **_options: object) -> None:
    raise OSError(28, "No space left on device")


def test_small_archive_is_built_at_once(index_folder: Path, db: None, settings: Any) -> None:
    settings.ARCHIVE_REBUILD = "process"
    article_of("كلمة زنجبيل")
    assert start_rebuild("it is missing")
    assert index_store().is_current()
    assert index_store().snapshot().live.sum() == 1
    assert not Change.objects.exists(), "what was built covers what was queued"
    assert kinds() == ["started", "rebuilt"]


def test_large_archive_is_built_by_a_process_of_its_own(
    index_folder: Path, started: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rebuilding, "BUILT_AT_ONCE", BUILT_AT_ONCE)
    Article.objects.bulk_create(Article(title="عنوان", text="") for _number in range(BUILT_AT_ONCE + 1))
    assert not start_rebuild("it is missing")
    ((_python, manage, *words),) = started
    assert Path(manage).name == "manage.py"
    assert Path(manage).exists()
    assert words == ["rebuild_index", "--noinput"]
    assert IndexEvent.objects.get().detail == "it is missing"


def test_no_process_is_started_while_another_builds(index_folder: Path, started: list[list[str]]) -> None:
    with locked(index_folder / REBUILD_LOCK, 0):
        assert not start_rebuild("it is missing")
    assert started == []


def test_process_is_started_once_a_minute_at_most(started: list[list[str]], clock: SimpleNamespace) -> None:
    start_rebuild("it is missing")
    clock.seconds = RETRY_SECONDS - 1
    clock.now += timedelta(seconds=RETRY_SECONDS - 1)
    start_rebuild("it is missing")
    assert len(started) == 1
    clock.seconds += 1
    clock.now += timedelta(seconds=2)
    start_rebuild("it is missing")
    assert len(started) == 2


def test_process_that_another_has_just_started_is_not_started_again(
    started: list[list[str]], clock: SimpleNamespace
) -> None:
    record_event(IndexEvent.Kind.STARTED, "it is missing")
    clock.now += timedelta(seconds=RETRY_SECONDS - 1)
    start_rebuild("it is missing")
    assert started == []


def test_clock_that_was_set_back_keeps_nothing_from_being_built(
    started: list[list[str]], clock: SimpleNamespace
) -> None:
    record_event(IndexEvent.Kind.STARTED, "it is missing")
    clock.now -= timedelta(days=365)
    start_rebuild("it is missing")
    assert len(started) == 1


def test_what_failed_is_recorded_and_not_tried_again_at_once(
    index_folder: Path, db: None, clock: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(IndexStore, "rebuild", refuse)
        assert not start_rebuild("it is missing")
    assert kinds() == ["started", "failed"]
    assert "No space left on device" in IndexEvent.objects.first().detail
    assert not start_rebuild("it is missing")
    clock.seconds = RETRY_SECONDS + 1
    clock.now += timedelta(seconds=RETRY_SECONDS + 1)
    assert start_rebuild("it is missing")


def test_what_was_built_and_is_damaged_again_is_built_again(empty_index: Path) -> None:
    for _time in range(3):
        (empty_index / CURRENT).unlink()
        assert start_rebuild("it is missing")
    assert index_store().is_current()


def test_damaged_files_are_recorded(empty_index: Path) -> None:
    (empty_index / CURRENT).write_bytes(b"x")
    start_rebuild("it is damaged")
    damaged = IndexEvent.objects.get(kind="damaged")
    assert CURRENT in damaged.detail


def test_failed_build_leaves_what_serves_and_the_queue(
    empty_index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    article_of("كلمة زنجبيل")
    before = index_store().generation()
    monkeypatch.setattr(IndexStore, "rebuild", refuse)
    with pytest.raises(OSError, match="No space"):
        write_generation()
    assert index_store().generation() == before
    assert Change.objects.exists()


def test_build_beside_another_is_no_failure(empty_index: Path) -> None:
    IndexEvent.objects.all().delete()
    with locked(empty_index / REBUILD_LOCK, 0), pytest.raises(IndexBusyError):
        write_generation(wait=0)
    assert kinds() == []


def test_change_drained_while_the_index_is_built_is_in_what_was_built(
    empty_index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = article_of("كلمة زنجبيل")
    real = rebuilding.entries
    edits = iter(["كلمة قرنفل"])

    def entries_with_an_edit_behind(keys):
        yield from list(real(keys))
        for text in edits:
            Article.objects.filter(pk=first.pk).update(text=text, body=[{"start": 0, "end": len(text)}])
            drain_changes()

    monkeypatch.setattr(rebuilding, "entries", entries_with_an_edit_behind)
    built = index_store().generation()
    write_generation()
    assert index_store().generation() != built
    stored = index_store().snapshot()
    assert not Change.objects.exists()
    digests = dict(zip(*(array.tolist() for array in index_store().digests()), strict=True))
    (document,) = next(iter(real([first.pk]))).documents
    assert digests == {first.pk: document.digest}
    assert stored.live.sum() == 1


def test_event_that_repeats_the_last_takes_its_place(db: None) -> None:
    for detail in ("1", "2"):
        record_event(IndexEvent.Kind.DRAINED, detail)
    first = IndexEvent.objects.get()
    assert first.detail == "2"
    for detail in ("x", "x", "y"):
        record_event(IndexEvent.Kind.FAILED, detail)
    assert kinds() == ["drained", "failed", "failed"]
    record_event(IndexEvent.Kind.DRAINED, "2")
    assert IndexEvent.objects.first().pk > first.pk


def test_only_the_last_events_are_kept(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(models, "EVENTS_KEPT", 3)
    for number in range(5):
        record_event(IndexEvent.Kind.FAILED, str(number))
    assert list(IndexEvent.objects.values_list("detail", flat=True)) == ["4", "3", "2"]


def test_database_that_refuses_an_event_stops_nothing(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse_row(**_values: object) -> None:
        raise DatabaseError("the disk is full")

    monkeypatch.setattr(IndexEvent.objects, "create", refuse_row)
    record_event(IndexEvent.Kind.FAILED, "x")
    assert kinds() == []


def test_event_says_what_it_is() -> None:
    assert str(IndexEvent(kind="failed", detail="x")).endswith(": x")
    assert str(IndexEvent(kind="rebuilt")) == str(IndexEvent.Kind.REBUILT.label)
