"""Bringing the archive up to date before it is served."""

import pytest
from django.conf import settings
from django.core.management import CommandError
from whoosh.filedb.filestore import FileStorage

from config.preparation import bring_index_up_to_date
from search import indexing


def test_an_index_that_another_process_writes_is_one_sentence_in_both_languages(db, tmp_path, monkeypatch):
    monkeypatch.setitem(settings.HAYSTACK_CONNECTIONS["default"], "PATH", str(tmp_path))
    monkeypatch.setattr(indexing, "LOCK_WAIT", 0)
    lock = FileStorage(str(tmp_path)).lock("MAIN_WRITELOCK")
    assert lock.acquire()
    try:
        with pytest.raises(CommandError) as caught:
            bring_index_up_to_date()
    finally:
        lock.release()
    assert "Another process is writing the search index" in str(caught.value)
    assert "فهرس البحث" in str(caught.value)
    assert "\n" not in str(caught.value)
