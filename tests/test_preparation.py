"""Bringing the archive up to date before it is served."""

from pathlib import Path

import pytest
from django.conf import settings

from archive.models import Article, Change
from config.preparation import bring_index_up_to_date
from search import indexing, rebuilding
from search.engine.generations import REBUILD_LOCK
from search.engine.locks import locked
from search.engine.store import IndexStore
from search.entries import index_store


@pytest.fixture
def folder(db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setitem(settings.HAYSTACK_CONNECTIONS["default"], "PATH", str(tmp_path))
    return tmp_path


def test_a_missing_index_is_built(folder):
    Article.objects.create(title="عنوان", text="")
    bring_index_up_to_date()
    assert index_store().is_current()
    assert not Change.objects.exists()


def test_changes_that_wait_are_written(folder):
    bring_index_up_to_date()
    before = index_store().generation()
    Article.objects.create(title="عنوان", text="")
    bring_index_up_to_date()
    assert index_store().generation() == before
    assert not Change.objects.exists()


def test_an_index_of_another_version_serves_and_is_built_anew(folder, monkeypatch):
    reasons = []
    bring_index_up_to_date()
    monkeypatch.setattr(IndexStore, "is_current", lambda _self: False)
    monkeypatch.setattr(indexing, "start_rebuild", reasons.append)
    bring_index_up_to_date()
    assert reasons == ["it was built by another version"]


def test_an_index_that_another_process_builds_is_told_in_both_languages(folder, monkeypatch, capsys):
    monkeypatch.setattr(rebuilding, "LOCK_WAIT", 0)
    monkeypatch.setattr(indexing.build_index, "__kwdefaults__", {"progress": False, "wait": 0})
    with locked(folder / REBUILD_LOCK, 0):
        bring_index_up_to_date()
    told = "".join(capsys.readouterr())
    assert "Another process is building the search index" in told
    assert "فهرس البحث" in told
