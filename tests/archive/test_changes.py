"""The queue of changes: written in the transaction that makes them, announced once after it."""

import pytest
from django.db import connection, transaction

from archive.models import Article, Change, Country, NameVariant, Quotation, Speaker
from archive.models.changes import hold_announcements

heard = []


def listen() -> None:
    """What ``settings.ARCHIVE_AFTER_CHANGE`` names in these tests."""
    heard.append(Change.objects.count())


@pytest.fixture(autouse=True)
def listener(settings):
    heard.clear()
    settings.ARCHIVE_AFTER_CHANGE = f"{__name__}.listen"
    return heard


def queued():
    return set(Change.objects.values_list("subject", "object_id"))


def make_article(**values):
    return Article.objects.create(text="قال نعم ثم لا", title="عنوان", **values)


def make_and_fail():
    make_article()
    return 1 / 0


@pytest.mark.django_db
class TestQueue:
    def test_saving_and_deleting_a_row_queue_it(self):
        country = Country.objects.create(code="IT", name_ar="إيطاليا", name_en="Italy")
        assert queued() == {("country", "IT")}
        Change.objects.all().delete()
        country.delete()
        assert queued() == {("country", "IT")}

    def test_a_row_of_an_article_queues_the_article_too(self):
        article = make_article()
        Change.objects.all().delete()
        quotation = Quotation.objects.create(article=article, kind="direct", start=4, end=7)
        assert queued() == {("quotation", str(quotation.pk)), ("article", str(article.pk))}
        Change.objects.all().delete()
        pk = quotation.pk
        quotation.delete()
        assert queued() == {("quotation", str(pk)), ("article", str(article.pk))}

    def test_a_queryset_update_queues_every_row(self):
        articles = [make_article(), make_article()]
        Change.objects.all().delete()
        Article.objects.update(note="ملاحظة")
        assert queued() == {("article", str(article.pk)) for article in articles}

    def test_rows_moved_to_another_article_queue_both(self):
        one, other = make_article(), make_article()
        quotation = Quotation.objects.create(article=one, kind="direct", start=4, end=7)
        Change.objects.all().delete()
        Quotation.objects.update(article=other)
        assert queued() == {
            ("quotation", str(quotation.pk)),
            ("article", str(one.pk)),
            ("article", str(other.pk)),
        }

    def test_a_queryset_delete_queues_every_row(self):
        article = make_article()
        quotation = Quotation.objects.create(article=article, kind="direct", start=4, end=7)
        Change.objects.all().delete()
        article.quotations.all().delete()
        assert queued() == {("quotation", str(quotation.pk)), ("article", str(article.pk))}

    def test_bulk_create_queues_every_row(self):
        speaker = Speaker.objects.create(key="a", name_ar="أ")
        Change.objects.all().delete()
        rows = NameVariant.objects.bulk_create(NameVariant(speaker=speaker, text=text) for text in "اب")
        assert queued() == {("namevariant", str(row.pk)) for row in rows}

    def test_an_update_of_nothing_queues_nothing(self):
        Article.objects.filter(pk=0).update(note="ملاحظة")
        Article.objects.none().delete()
        assert queued() == set()


@pytest.mark.django_db(transaction=True)
class TestAnnouncement:
    def test_a_rollback_queues_and_announces_nothing(self, listener):
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            make_and_fail()
        assert queued() == set()
        assert listener == []

    def test_the_queue_stands_in_the_transaction_and_is_announced_once_after_it(self, listener):
        with transaction.atomic():
            make_article()
            make_article()
            assert len(queued()) == 2
            assert listener == []
        assert len(listener) == 1

    def test_a_single_save_is_announced_when_it_returns(self, listener):
        make_article()
        assert listener == [1]

    def test_held_announcements_are_made_once_at_the_end(self, listener):
        with hold_announcements():
            make_article()
            with hold_announcements():
                make_article()
            assert listener == []
        assert len(listener) == 1

    def test_held_announcements_are_made_after_a_failure_too(self, listener):
        with pytest.raises(ZeroDivisionError), hold_announcements():
            make_and_fail()
        assert len(listener) == 1

    def test_nothing_changed_is_not_announced(self, listener):
        with hold_announcements():
            pass
        assert listener == []

    def test_an_archive_without_a_search_only_queues(self, settings):
        settings.ARCHIVE_AFTER_CHANGE = ""
        make_article()
        assert len(queued()) == 1
        assert not connection.run_on_commit
