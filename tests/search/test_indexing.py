from datetime import date
from pathlib import Path

import pytest
from django.db import OperationalError

from archive.models import Article, Change, Source, Speaker
from archive.models.changes import hold_announcements
from search import entries as index_entries
from search import indexing, rebuilding
from search.engine import durable_files, store
from search.engine.damage import Damage
from search.engine.documents import Document, Entry
from search.engine.generations import CURRENT, LOCK
from search.engine.locks import locked
from search.entries import as_document
from search.face import search
from search.indexing import (
    build_index,
    drain_changes,
    index_is_usable,
    index_store,
    withdrawn_meanwhile,
)
from search.models import IndexEvent
from tests.search.conftest import article_of


def found(query: str) -> set[int]:
    return {hit.id for hit in search(query).hits}


def test_created_edited_and_deleted_articles_are_searchable_at_once(empty_index: Path) -> None:
    article = article_of("كلمة زنجبيل")
    assert drain_changes() > 0
    assert found("زنجبيل") == {article.pk}
    article.headline = article.title = "قرنفل"
    article.save()
    drain_changes()
    assert found("قرنفل") == {article.pk}
    article.delete()
    drain_changes()
    assert found("قرنفل") == set()
    assert not Change.objects.exists()


def test_nothing_queued_is_nothing_done(empty_index: Path) -> None:
    before = index_store().snapshot()
    assert drain_changes() == 0
    assert index_store().snapshot() is before


def test_changes_that_search_does_not_show_leave_the_index_alone(empty_index: Path) -> None:
    before = index_store().snapshot()
    Speaker.objects.create(key="blinken", name_ar="أنتوني بلينكن")
    assert drain_changes() == 1
    assert index_store().snapshot() is before


def test_hidden_articles_leave_and_come_back(empty_index: Path) -> None:
    article = article_of("كلمة زنجبيل")
    Article.objects.update(rights="hidden")
    drain_changes()
    assert found("زنجبيل") == set()
    Article.objects.update(rights="")
    drain_changes()
    assert found("زنجبيل") == {article.pk}


def test_hiding_an_outlet_hides_its_articles(empty_index: Path) -> None:
    source = Source.objects.create(key="elaph", name_ar="إيلاف")
    article_of("كلمة زنجبيل", source=source)
    drain_changes()
    source.rights = "hidden"
    source.save()
    drain_changes()
    assert found("زنجبيل") == set()
    assert not index_store().snapshot().live.any()


def test_furniture_is_not_searched(empty_index: Path) -> None:
    text = "كلمة المتن\nلم تشترك بعد"
    article_of(text, furniture=[{"start": 11, "end": len(text), "reason": "subscribe"}])
    Article.objects.update(body=[{"start": 0, "end": 10}])
    drain_changes()
    assert found("المتن")
    assert found("تشترك") == set()


def test_headline_is_searched_beside_the_body_and_no_phrase_joins_them(empty_index: Path) -> None:
    article = article_of(
        "بداية المتن", headline="نهاية العنوان", title="نهاية العنوان", title_basis="explicit"
    )
    drain_changes()
    assert found("نهاية بداية") == {article.pk}
    assert found("«العنوان بداية»") == set()


def test_text_with_markup_is_indexed_as_it_is_written(empty_index: Path) -> None:
    article = article_of("شركة AT&T و <b>نص</b>")
    drain_changes()
    assert found("«AT T»") == {article.pk}
    assert found("amp") == set()


def test_many_changes_are_drained_in_batches(empty_index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(indexing, "CHANGES_A_BATCH", 2)
    monkeypatch.setattr(index_entries, "ARTICLES_A_QUERY", 2)
    keys = {article_of(f"كلمة زنجبيل {number}").pk for number in range(5)}
    assert drain_changes() == 5
    assert found("زنجبيل") == keys


def test_changes_stay_queued_while_another_process_writes(empty_index: Path) -> None:
    article = article_of("كلمة زنجبيل")
    with locked(empty_index / LOCK, 0):
        assert drain_changes(wait=0) == 0
        assert Change.objects.exists()
        assert found("زنجبيل") == set()
    assert drain_changes() > 0
    assert found("زنجبيل") == {article.pk}


def test_changes_stay_queued_when_the_disk_refuses(
    empty_index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_args: object) -> None:
        raise OSError(28, "No space left on device")

    article = article_of("كلمة زنجبيل")
    with monkeypatch.context() as patch:
        patch.setattr(durable_files.os, "fsync", refuse)
        assert drain_changes() == 0
    assert Change.objects.exists()
    assert drain_changes() > 0
    assert found("زنجبيل") == {article.pk}


def test_change_made_while_the_writer_works_is_not_lost(
    empty_index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A row queued after the batch was read is not deleted with it."""
    article = article_of("كلمة زنجبيل")
    real = indexing.entries
    edits = iter(["كلمة قرنفل"])

    def entries_with_an_edit_behind(keys):
        yield from list(real(keys))
        for text in edits:
            Article.objects.filter(pk=article.pk).update(text=text, body=[{"start": 0, "end": len(text)}])

    monkeypatch.setattr(indexing, "entries", entries_with_an_edit_behind)
    drain_changes()
    assert found("قرنفل") == {article.pk}


def test_missing_index_is_built_by_the_first_question(index_folder: Path, db: None) -> None:
    article = article_of("كلمة زنجبيل")
    assert not index_is_usable()
    assert found("زنجبيل") == {article.pk}
    assert index_is_usable()
    assert not Change.objects.exists(), "what was built covers what was queued"


def test_unreadable_index_is_built_anew_by_the_next_change(empty_index: Path) -> None:
    first = article_of("كلمة زنجبيل")
    drain_changes()
    (empty_index / CURRENT).write_bytes(b"x")
    second = article_of("كلمة زنجبيل أيضا")
    drain_changes()
    assert found("زنجبيل") == {first.pk, second.pk}


def test_building_anew_gives_what_the_changes_gave(empty_index: Path) -> None:
    for number in range(4):
        article_of(f"كلمة زنجبيل {number}")
    drain_changes()
    before = found("زنجبيل")
    build_index()
    assert found("زنجبيل") == before


def test_save_is_searchable_when_the_transaction_is_committed(
    empty_index: Path, django_capture_on_commit_callbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True), hold_announcements():
        article = article_of("كلمة زنجبيل")
    with django_capture_on_commit_callbacks(execute=True):
        article.save()
    assert found("زنجبيل") == {article.pk}


def test_damage_that_only_the_writer_meets_is_mended(
    empty_index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def damaged(*_args: object, **_kwargs: object) -> None:
        raise EOFError

    article = article_of("كلمة زنجبيل")
    monkeypatch.setattr(store.IndexStore, "write", damaged)
    assert drain_changes() == 1
    assert found("زنجبيل") == {article.pk}


def test_database_that_fails_is_no_damage(empty_index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(keys: object) -> list[Entry]:
        if keys is None:
            return []
        raise OperationalError("database is locked")

    built: list[int] = []
    article_of("كلمة زنجبيل")
    monkeypatch.setattr(indexing, "entries", failing)
    monkeypatch.setattr(store.IndexStore, "rebuild", lambda *_args, **_options: built.append(1))
    assert drain_changes() == 0
    assert not built


def test_whatever_goes_wrong_the_committed_save_is_no_error(
    empty_index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_args: object) -> None:
        raise RuntimeError

    article_of("كلمة زنجبيل")
    for module in (indexing, rebuilding):
        monkeypatch.setattr(module, "entries", broken)
    assert drain_changes() == 0
    assert Change.objects.exists()


def test_corrected_title_is_searched_and_the_headline_still(empty_index: Path) -> None:
    article = article_of("كلمة", headline="زنجبيل", title="قرنفل", title_basis="corrected")
    drain_changes()
    assert found("قرنفل") == found("زنجبيل") == {article.pk}


def test_derived_title_is_not_indexed_beside_the_words_it_comes_from(empty_index: Path) -> None:
    article_of("كلمة", title="زنجبيل", title_basis="derived")
    drain_changes()
    assert found("زنجبيل") == set()


def test_subheadings_are_searched_in_their_place(empty_index: Path) -> None:
    text = "أول المتن\nعنوان فرعي\nآخر المتن"
    article = article_of(text, sections=[{"start": 10, "end": 20}])
    Article.objects.update(body=[{"start": 0, "end": 9}, {"start": 21, "end": len(text)}])
    drain_changes()
    assert found("«عنوان فرعي»") == {article.pk}
    assert Article.objects.get().body_text == text
    assert "<mark>فرعي</mark>" in search("فرعي").hits[0].snippet


def test_subheading_inside_a_paragraph_is_not_repeated(empty_index: Path) -> None:
    article = article_of("عنوان فرعي: متن", sections=[{"start": 0, "end": 10}])
    assert article.body_text == article.text


def test_what_was_queued_while_the_index_was_built_is_drained_after(
    empty_index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = article_of("كلمة زنجبيل")
    real = rebuilding.entries
    later: list[Article] = []

    def entries_with_an_article_behind(keys):
        yield from list(real(keys))
        if not later:
            later.append(article_of("كلمة زنجبيل"))

    monkeypatch.setattr(rebuilding, "entries", entries_with_an_article_behind)
    build_index()
    assert not Change.objects.exists()
    assert found("زنجبيل") == {first.pk, later[0].pk}


def test_no_more_than_asked_is_drained(empty_index: Path) -> None:
    for number in range(5):
        article_of(f"كلمة زنجبيل {number}")
    assert drain_changes(limit=3) == 3
    assert Change.objects.count() == 2


def test_document_has_what_was_prepared() -> None:
    prepared = {
        "id": "archive.article.7",
        "django_id": "7",
        "text": "عنوان\n\nالتحالف في روما",
        "title": "عنوان",
        "date": date(2021, 6, 28),
        "source": "3",
        "meeting": None,
        "speaker": ["1", "2"],
        "country": [],
        "kind": "direct",
    }
    assert as_document(prepared, 9) == Document(
        7,
        9,
        prepared["text"],
        "عنوان",
        date(2021, 6, 28),
        {"source": ["3"], "speaker": ["1", "2"], "kind": ["direct"]},
    )


def test_titles_are_counted_apart_from_the_body(empty_index: Path) -> None:
    """What the index takes for a title is the titles, not the words that follow them."""
    article_of("بداية المتن هنا", headline="نهاية العنوان", title="صدر العنوان", title_basis="explicit")
    drain_changes()
    (leaf,) = index_store().snapshot().leaves
    assert (leaf.columns.title_lengths.tolist(), leaf.columns.lead_lengths.tolist()) == ([4], [3])


@pytest.mark.parametrize(("many", "workers"), [(2, 1), (3, 0)])
def test_command_builds_a_large_index_with_a_second_process(
    empty_index: Path, monkeypatch: pytest.MonkeyPatch, many: int, workers: int
) -> None:
    asked = []
    monkeypatch.setattr(rebuilding, "MANY_ARTICLES", many)
    monkeypatch.setattr(
        store.IndexStore,
        "rebuild",
        lambda self, given, catch_up, *, wait, workers: asked.append((len(list(given())), workers)),
    )
    for number in range(2):
        article_of(f"كلمة زنجبيل {number}")
    build_index(progress=True)
    assert asked == [(2, workers)]


def test_no_bar_is_drawn_where_there_is_no_terminal(
    empty_index: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    article_of("كلمة زنجبيل")
    build_index(progress=True)
    assert capsys.readouterr().err == ""


def test_withdrawn_are_the_queued_that_nobody_may_see(empty_index: Path) -> None:
    source = Source.objects.create(key="elaph", name_ar="إيلاف")
    hidden, deleted, theirs, _shown = (
        article_of("كلمة"),
        article_of("كلمة"),
        article_of("كلمة", source=source),
        article_of("كلمة"),
    )
    drain_changes()
    gone = deleted.pk
    deleted.delete()
    Article.objects.filter(pk=hidden.pk).update(rights="hidden")
    Source.objects.update(rights="hidden")
    article_of("كلمة")
    assert withdrawn_meanwhile() == {hidden.pk, gone, theirs.pk}


def test_another_name_of_an_outlet_leaves_the_index_alone(empty_index: Path) -> None:
    source = Source.objects.create(key="elaph", name_ar="إيلاف")
    article_of("كلمة زنجبيل", source=source)
    article_of("كلمة قرنفل", source=source, rights="hidden")
    drain_changes()
    before = index_store().snapshot()
    source.name_ar = "صحيفة إيلاف"
    source.save()
    assert drain_changes() == 1
    assert index_store().snapshot() is before


def test_outlet_that_is_shown_again_brings_its_articles_back(empty_index: Path) -> None:
    source = Source.objects.create(key="elaph", name_ar="إيلاف", rights="hidden")
    article = article_of("كلمة زنجبيل", source=source)
    drain_changes()
    source.rights = "full"
    source.save()
    drain_changes()
    assert found("زنجبيل") == {article.pk}


def events() -> list[tuple[str, str]]:
    return list(IndexEvent.objects.order_by("pk").values_list("kind", "detail"))


def test_drains_and_their_errors_are_kept(empty_index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_args: object, **_options: object) -> None:
        raise OSError(28, "No space left on device")

    IndexEvent.objects.all().delete()
    article_of("كلمة")
    with monkeypatch.context() as patch:
        patch.setattr(store.IndexStore, "write", refuse)
        drain_changes()
    drain_changes()
    assert events() == [("failed", "OSError: [Errno 28] No space left on device"), ("drained", "1")]


def test_nothing_drained_leaves_no_event(empty_index: Path) -> None:
    IndexEvent.objects.all().delete()
    drain_changes()
    assert events() == []


def test_changes_wait_while_an_index_that_cannot_be_read_is_built_elsewhere(
    empty_index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reasons: list[str] = []
    article_of("كلمة")
    (empty_index / CURRENT).unlink()
    monkeypatch.setattr(indexing, "start_rebuild", lambda reason: bool(reasons.append(reason)))
    assert drain_changes() == 0
    assert Change.objects.count() == 1
    assert len(reasons) == 1


def test_changes_go_into_an_index_of_another_version_which_is_then_built_anew(
    empty_index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[bool] = []
    article_of("كلمة")
    monkeypatch.setattr(store.IndexStore, "is_current", lambda _self: False)
    monkeypatch.setattr(
        indexing, "start_rebuild", lambda _reason: bool(written.append(not Change.objects.exists()))
    )
    assert drain_changes() == 1
    assert written == [True]


def test_damage_that_does_not_keep_the_index_from_answering_is_mended(
    empty_index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reasons: list[str] = []
    article_of("كلمة")
    monkeypatch.setattr(store.IndexStore, "damages", lambda _self: [Damage("articles/x.seg", "altered")])
    monkeypatch.setattr(indexing, "start_rebuild", lambda reason: bool(reasons.append(reason)))
    drain_changes()
    assert reasons == ["damaged files: articles/x.seg (altered)"]
