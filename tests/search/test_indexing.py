from datetime import date
from pathlib import Path

import pytest
from whoosh.filedb.filestore import FileStorage

from archive.models import Article, Change, Source, Speaker
from archive.models.changes import hold_announcements
from search import indexing
from search.analysis import terms
from search.engine import store
from search.engine.schema import KEY_FIELDS, article_schema
from search.face import search
from search.indexing import as_document, build_index, drain_changes, index_is_usable
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
    before = store.article_store().snapshot()
    assert drain_changes() == 0
    assert store.article_store().snapshot() is before


def test_changes_that_search_does_not_show_leave_the_index_alone(empty_index: Path) -> None:
    before = store.article_store().snapshot()
    Speaker.objects.create(key="blinken", name_ar="أنتوني بلينكن")
    assert drain_changes() == 1
    assert store.article_store().snapshot() is before


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
    assert not store.article_store().snapshot().live.any()


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
    monkeypatch.setattr(indexing, "ARTICLES_A_QUERY", 2)
    keys = {article_of(f"كلمة زنجبيل {number}").pk for number in range(5)}
    assert drain_changes() == 5
    assert found("زنجبيل") == keys


def test_changes_stay_queued_while_another_process_writes(empty_index: Path) -> None:
    article = article_of("كلمة زنجبيل")
    lock = FileStorage(str(empty_index)).lock("MAIN_WRITELOCK")
    assert lock.acquire()
    try:
        assert drain_changes(wait=0) == 0
        assert Change.objects.exists()
        assert found("زنجبيل") == set()
    finally:
        lock.release()
    assert drain_changes() > 0
    assert found("زنجبيل") == {article.pk}


def test_changes_stay_queued_when_the_disk_refuses(
    empty_index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_args: object) -> None:
        raise OSError(28, "No space left on device")

    article = article_of("كلمة زنجبيل")
    with monkeypatch.context() as patch:
        patch.setattr(store.os, "fsync", refuse)
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
    for path in empty_index.glob("*.toc"):
        path.write_bytes(b"x")
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


def test_whatever_goes_wrong_the_committed_save_is_no_error(
    empty_index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_args: object) -> None:
        raise RuntimeError

    article_of("كلمة زنجبيل")
    monkeypatch.setattr(indexing, "entries", broken)
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
    real = indexing.entries
    later: list[Article] = []

    def entries_with_an_article_behind(keys):
        yield from list(real(keys))
        if not later:
            later.append(article_of("كلمة زنجبيل"))

    monkeypatch.setattr(indexing, "entries", entries_with_an_article_behind)
    build_index()
    assert not Change.objects.exists()
    assert found("زنجبيل") == {first.pk, later[0].pk}


def test_no_more_than_asked_is_drained(empty_index: Path) -> None:
    for number in range(5):
        article_of(f"كلمة زنجبيل {number}")
    assert drain_changes(limit=3) == 3
    assert Change.objects.count() == 2


def test_document_has_the_fields_of_the_schema() -> None:
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
    }
    document = as_document(prepared)
    assert set(document) == set(article_schema().names())
    assert (document["id"], document["pk"], document["date"]) == ("archive.article.7", 7, "2021-06-28")
    assert (document["title"], document["exact"]) == ("عنوان", prepared["text"])
    assert {field: document[field] for field in KEY_FIELDS} == {
        "speaker": ["1", "2"],
        "country": [],
        "source": ["3"],
        "meeting": None,
    }


def test_document_is_analysed_once_for_all_layers() -> None:
    document = as_document({"id": "a.1", "django_id": "1", "text": "التحالف"})
    assert document["exact"] is document["stem"]
    assert document["exact"].terms == tuple(terms("التحالف"))


def test_titles_are_counted_apart_from_the_body(empty_index: Path) -> None:
    """What the index takes for a title is the titles, not the words that follow them."""
    article_of("بداية المتن هنا", headline="نهاية العنوان", title="صدر العنوان", title_basis="explicit")
    drain_changes()
    (leaf,) = store.article_store().snapshot().leaves
    assert (leaf.columns.title_lengths.tolist(), leaf.columns.lead_lengths.tolist()) == ([4], [3])
