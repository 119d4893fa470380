"""What the comparison of the indexes with the database finds, and that mending mends it."""

from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from archive.models import Article, Change, Quotation, Source, Speaker
from search import checking
from search.checking import EXTRA, MISSING, STALE, Report, check_index, repair_index
from search.engine.documents import Document, Entry
from search.engine.schema import ARTICLES, QUOTATIONS
from search.engine.store import IndexStore
from search.entries import entries, index_store
from search.indexing import build_index, drain_changes
from tests.search.conftest import article_of, quotation_of

TEXT = "قال الوزير إن القرنفل يزهر"
WORDS = "القرنفل يزهر"


def forget_queue() -> None:
    """As if the changes had been lost."""
    Change.objects.all().delete()


def differences(report: Report) -> dict[tuple[str, str], list[int]]:
    """What is wrong, by index and sort, without what is empty."""
    sorts = [(kind, what) for kind in (ARTICLES, QUOTATIONS) for what in (MISSING, STALE, EXTRA)]
    return {sort: keys for sort in sorts if (keys := report.keys(*sort))}


@pytest.fixture
def quoted(empty_index: Path) -> Quotation:
    """A quotation of a known speaker in an article of a known outlet, both indexed."""
    source = Source.objects.create(key="elaph", name_ar="إيلاف")
    speaker = Speaker.objects.create(key="blinken", name_ar="أنتوني بلينكن")
    quotation = quotation_of(article_of(TEXT, source=source), WORDS, speaker=speaker)
    drain_changes()
    return quotation


def index_file(name: str) -> Path:
    """The one file of the articles' index whose name ends so."""
    [path] = (path for path in index_store().folder.rglob(f"*{name}") if ARTICLES in path.parts)
    return path


def test_index_that_was_drained_is_clean(quoted: Quotation) -> None:
    report = check_index()
    assert report.is_clean
    assert report.differences == ()
    assert report.checked == {ARTICLES: 1, QUOTATIONS: 1}


def test_article_that_was_never_indexed_is_missing(quoted: Quotation) -> None:
    article = article_of("كلمة")
    forget_queue()
    assert differences(check_index()) == {(ARTICLES, MISSING): [article.pk]}


def test_article_that_changed_unseen_is_stale(quoted: Quotation) -> None:
    Article.objects.update(title="عنوان آخر", title_basis="corrected")
    forget_queue()
    assert differences(check_index()) == {(ARTICLES, STALE): [quoted.article_id]}


def test_quotation_of_another_speaker_is_stale_with_its_article(quoted: Quotation) -> None:
    Quotation.objects.update(speaker=None)
    forget_queue()
    assert differences(check_index()) == {
        (ARTICLES, STALE): [quoted.article_id],
        (QUOTATIONS, STALE): [quoted.pk],
    }


def test_article_out_of_sight_is_in_excess_with_its_quotations(quoted: Quotation) -> None:
    Article.objects.update(rights="hidden")
    forget_queue()
    report = check_index()
    assert differences(report) == {(ARTICLES, EXTRA): [quoted.article_id], (QUOTATIONS, EXTRA): [quoted.pk]}
    assert report.checked == {ARTICLES: 0, QUOTATIONS: 0}


def test_document_that_is_there_twice_is_in_excess(quoted: Quotation) -> None:
    [entry] = entries([quoted.article_id])
    index_store().write([Entry(entry.article, [*entry.documents] * 2, entry.quotations)])
    assert differences(check_index()) == {(ARTICLES, EXTRA): [quoted.article_id]}


def test_document_that_is_filed_under_another_article_is_stale(quoted: Quotation) -> None:
    [entry] = entries([quoted.article_id])
    [said] = entry.quotations
    elsewhere = Document(said.primary_key, 999, said.text, said.title, said.date, said.keys)
    index_store().write([Entry(entry.article, entry.documents), Entry(999, (), [elsewhere])])
    assert differences(check_index()) == {(QUOTATIONS, STALE): [quoted.pk]}


@pytest.mark.parametrize("model", [Article, Source, Speaker], ids=["article", "source", "speaker"])
def test_what_waits_in_the_queue_is_no_fault(quoted: Quotation, model: type) -> None:
    Quotation.objects.update(speaker=None)
    subject = {Article: quoted.article_id, Source: quoted.article.source_id, Speaker: quoted.speaker_id}
    forget_queue()
    Change.objects.create(subject=model._meta.model_name, object_id=str(subject[model]))
    report = check_index()
    assert report.is_clean
    assert report.queued_keys(QUOTATIONS) == [quoted.pk]
    assert report.state.waiting == 1


def test_change_that_waits_excuses_no_other_article(quoted: Quotation) -> None:
    article = article_of("كلمة")
    forget_queue()
    Change.objects.create(subject="article", object_id=str(quoted.article_id))
    assert differences(check_index()) == {(ARTICLES, MISSING): [article.pk]}


Reading = Callable[[Iterable[int] | None], Iterator[Entry]]


def reading_while(work: Callable[[], object]) -> Reading:
    """``entries``, with work that is done before anything is read of the database."""

    def read(primary_keys: Iterable[int] | None) -> Iterator[Entry]:
        work()
        return entries(primary_keys)

    return read


def test_article_that_is_indexed_meanwhile_is_not_missing(
    quoted: Quotation, monkeypatch: pytest.MonkeyPatch
) -> None:
    def work() -> None:
        if not Article.objects.filter(title="جديدة").exists():
            article_of("كلمة", title="جديدة")
            drain_changes()

    monkeypatch.setattr(checking, "entries", reading_while(work))
    report = check_index()
    assert report.is_clean
    assert report.differences == ()


def test_fault_is_found_while_others_write_all_the_time(
    quoted: Quotation, monkeypatch: pytest.MonkeyPatch
) -> None:
    lost = article_of("كلمة")
    forget_queue()

    def work() -> None:
        article_of("كلمة أخرى")
        drain_changes()

    monkeypatch.setattr(checking, "entries", reading_while(work))
    assert differences(check_index()) == {(ARTICLES, MISSING): [lost.pk]}


def lose_an_article() -> None:
    article_of("كلمة")


def change_an_article() -> None:
    Article.objects.update(title="عنوان آخر", title_basis="corrected")


def hide_an_article() -> None:
    Article.objects.update(rights="hidden")


def delete_an_article() -> None:
    Article.objects.get().delete()


@pytest.mark.parametrize("lose", [lose_an_article, change_an_article, hide_an_article, delete_an_article])
def test_repair_brings_the_index_up_to_date(quoted: Quotation, lose: Callable[[], None]) -> None:
    lose()
    forget_queue()
    report = check_index()
    assert report.wrong
    repair_index(report)
    after = check_index()
    assert after.is_clean
    assert after.differences == ()
    assert after.state.waiting == 0


def test_repair_takes_out_what_is_there_twice(quoted: Quotation) -> None:
    [entry] = entries([quoted.article_id])
    index_store().write([Entry(entry.article, entry.documents, [*entry.quotations] * 2)])
    repair_index(check_index())
    assert check_index().differences == ()
    assert index_store().snapshot(QUOTATIONS).live.sum() == 1


def test_repair_drains_what_waits(quoted: Quotation) -> None:
    article_of("كلمة")
    repair_index(check_index())
    report = check_index()
    assert (report.differences, report.state.waiting) == ((), 0)


@pytest.mark.parametrize("ending", [".seg", ".toc", "files.json"])
def test_damaged_file_is_told_and_the_index_built_anew(quoted: Quotation, ending: str) -> None:
    path = index_file(ending)
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(bytes(content))
    report = check_index()
    assert [Path(damage.file).name for damage in report.files] == [path.name]
    assert not report.is_clean
    repair_index(report)
    assert check_index().is_clean


def test_missing_index_cannot_be_checked_and_is_built(quoted: Quotation, index_folder: Path) -> None:
    index_folder.rename(index_folder.with_name("elsewhere"))
    report = check_index()
    assert report.state.unusable
    assert not report.is_clean
    repair_index(report)
    assert check_index().is_clean


def test_index_of_an_earlier_version_is_told_and_built_anew(
    quoted: Quotation, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("search.engine.generations.fingerprint", lambda: "another")
        build_index()
    report = check_index()
    assert report.state.is_outdated
    assert not report.is_clean
    repair_index(report)
    assert check_index().is_clean


def test_change_that_waited_for_hours_is_not_clean(quoted: Quotation) -> None:
    Change.objects.create(subject="article", object_id=str(quoted.article_id))
    Change.objects.update(created_at=timezone.now() - timedelta(hours=5))
    report = check_index()
    assert not report.is_clean
    assert report.state.oldest_seconds >= 5 * 3600


def test_changes_that_the_disk_refuses_are_not_clean(
    quoted: Quotation, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_arguments: object, **_options: object) -> None:
        raise OSError("No space left on device")

    lost = article_of("كلمة")
    forget_queue()
    with monkeypatch.context() as patch:
        patch.setattr(IndexStore, "write", refused)
        repair_index(check_index())
        report = check_index()
        assert not report.is_clean
        assert report.queued_keys(ARTICLES) == [lost.pk]
        assert report.state.last_error
        assert "No space left on device" in report.state.last_error.detail
    drain_changes()
    assert check_index().is_clean


def test_clock_that_was_set_back_makes_no_age(quoted: Quotation) -> None:
    Change.objects.create(subject="article", object_id=str(quoted.article_id))
    Change.objects.update(created_at=timezone.now() + timedelta(days=3))
    report = check_index()
    assert report.is_clean
    assert report.state.oldest_seconds == 0
