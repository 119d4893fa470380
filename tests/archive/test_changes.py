"""The queue of changes: written in the transaction that makes them, announced once after it."""

import pytest
from django.contrib import messages
from django.core import serializers
from django.core.management import call_command
from django.db import connection, transaction
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext

from archive.admin.waiting import WaitingChangesMiddleware
from archive.models import (
    Article,
    ArticleCountry,
    Change,
    Country,
    Meeting,
    NameVariant,
    Quotation,
    Source,
    SourceVariant,
    Speaker,
    TermOfOffice,
)
from archive.models.changes import announce_changes, hear_announcements, hold_announcements

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


def articles():
    """The primary keys of the queued articles."""
    return {int(pk) for subject, pk in queued() if subject == "article"}


def make_article(**values):
    return Article.objects.create(text="قال نعم ثم لا", title="عنوان", **values)


def make_and_fail():
    make_article()
    return 1 / 0


def delete_and_fail(row):
    row.delete()
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

    def test_bulk_update_queues_every_row(self):
        speakers = [Speaker.objects.create(key=key, name_ar=key) for key in "اب"]
        Change.objects.all().delete()
        for speaker in speakers:
            speaker.role_ar = "وزير"
        Speaker.objects.bulk_update(speakers, ["role_ar"])
        assert queued() == {("speaker", str(speaker.pk)) for speaker in speakers}

    def test_bulk_update_that_moves_rows_queues_both_articles(self):
        one, other = make_article(), make_article()
        quotation = Quotation.objects.create(article=one, kind="direct", start=4, end=7)
        Change.objects.all().delete()
        quotation.article = other
        Quotation.objects.bulk_update([quotation], ["article"])
        assert articles() == {one.pk, other.pk}

    @pytest.mark.parametrize("conflicts", ["ignore_conflicts", "update_conflicts"])
    def test_rows_that_may_be_in_conflict_are_refused_since_search_could_not_be_told(self, conflicts):
        speaker = Speaker.objects.create(key="a", name_ar="أ")
        with pytest.raises(NotImplementedError):
            NameVariant.objects.bulk_create([NameVariant(speaker=speaker, text="ب")], **{conflicts: True})
        assert not NameVariant.objects.exists()

    def test_a_row_saved_with_another_article_queues_both(self):
        one, other = make_article(), make_article()
        quotation = Quotation.objects.create(article=one, kind="direct", start=4, end=7)
        Change.objects.all().delete()
        quotation.article = other
        quotation.save()
        assert articles() == {one.pk, other.pk}

    def test_a_row_of_a_fixture_queues_what_it_touches(self):
        one, other = make_article(), make_article()
        quotation = Quotation.objects.create(article=one, kind="direct", start=4, end=7)
        fixture = serializers.serialize("json", [quotation]).replace(
            f'"article": {one.pk}', f'"article": {other.pk}'
        )
        Change.objects.all().delete()
        for loaded in serializers.deserialize("json", fixture):
            loaded.save()
        assert queued() == {
            ("quotation", str(quotation.pk)),
            ("article", str(one.pk)),
            ("article", str(other.pk)),
        }

    def test_the_command_that_loads_fixtures_queues_their_rows(self, tmp_path):
        country = Country.objects.create(code="IT", name_ar="إيطاليا", name_en="Italy")
        path = tmp_path / "countries.json"
        path.write_text(serializers.serialize("json", [country]))
        Change.objects.all().delete()
        call_command("loaddata", str(path), verbosity=0)
        assert queued() == {("country", "IT")}

    @pytest.mark.parametrize(
        "delete", [lambda row: row.delete(), lambda row: type(row).objects.all().delete()]
    )
    def test_rows_deleted_with_another_are_queued(self, delete):
        article = make_article()
        quotation = Quotation.objects.create(article=article, kind="direct", start=4, end=7)
        country = Country.objects.create(code="IT", name_ar="إيطاليا", name_en="Italy")
        link = ArticleCountry.objects.create(article=article, country=country, role="primary")
        expected = {
            ("article", str(article.pk)),
            ("quotation", str(quotation.pk)),
            ("articlecountry", str(link.pk)),
        }
        Change.objects.all().delete()
        delete(article)
        assert queued() == expected

    def test_names_and_offices_deleted_with_a_speaker_are_queued(self):
        speaker = Speaker.objects.create(key="a", name_ar="أ")
        variant = NameVariant.objects.create(speaker=speaker, text="ا")
        term = TermOfOffice.objects.create(key="a--1", speaker=speaker, title_ar="وزير")
        expected = {
            ("speaker", str(speaker.pk)),
            ("namevariant", str(variant.pk)),
            ("termofoffice", str(term.pk)),
        }
        Change.objects.all().delete()
        speaker.delete()
        assert queued() == expected

    def test_a_deletion_that_is_undone_leaves_nothing_behind_for_the_next(self):
        source, country = Source.objects.create(key="a", name_ar="أ"), Country.objects.create(code="IT")
        Change.objects.all().delete()
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            delete_and_fail(source)
        country.delete()
        assert queued() == {("country", "IT")}

    @pytest.mark.parametrize(
        "write",
        [
            lambda article, country: article.countries.add(country, through_defaults={"role": "primary"}),
            lambda article, country: article.countries.set([country], through_defaults={"role": "primary"}),
            lambda article, country: country.articles.add(article, through_defaults={"role": "primary"}),
            lambda article, country: article.country_links.create(country=country, role="primary"),
        ],
    )
    def test_countries_given_to_an_article_queue_it(self, write):
        article, country = make_article(), Country.objects.create(code="IT", name_ar="إ", name_en="Italy")
        Change.objects.all().delete()
        write(article, country)
        assert articles() == {article.pk}

    @pytest.mark.parametrize(
        "write",
        [
            lambda article, country: article.countries.remove(country),
            lambda article, country: article.countries.clear(),
            lambda article, country: article.countries.set([]),
            lambda article, country: country.articles.clear(),
            lambda article, country: article.country_links.all().delete(),
            lambda article, country: article.country_links.update(role="incidental"),
        ],
    )
    def test_countries_taken_from_an_article_queue_it(self, write):
        article, country = make_article(), Country.objects.create(code="IT", name_ar="إ", name_en="Italy")
        ArticleCountry.objects.create(article=article, country=country, role="primary")
        Change.objects.all().delete()
        write(article, country)
        assert articles() == {article.pk}

    @pytest.mark.parametrize("model", [Source, Meeting])
    @pytest.mark.parametrize("method", ["add", "remove", "clear", "set"])
    def test_articles_given_to_and_taken_from_an_outlet_or_a_meeting_are_queued(self, model, method):
        article = make_article()
        values = {"starts_on": "2021-06-28", "ends_on": "2021-06-28"} if model is Meeting else {}
        owner = model.objects.create(key="a", name_ar="أ", **values)
        if method in ("remove", "clear"):
            owner.articles.add(article)
        Change.objects.all().delete()
        arguments = {"add": [article], "remove": [article], "clear": [], "set": [[article]]}[method]
        getattr(owner.articles, method)(*arguments)
        assert articles() == {article.pk}

    def test_rows_made_or_found_by_a_query_are_queued(self):
        Source.objects.get_or_create(key="a", defaults={"name_ar": "أ"})
        source, _created = Source.objects.update_or_create(key="a", defaults={"name_ar": "إ"})
        source.variants.update_or_create(text="ا")
        variant = SourceVariant.objects.get()
        assert queued() == {("source", str(source.pk)), ("sourcevariant", str(variant.pk))}
        assert Change.objects.filter(subject="source").count() == 2

    def test_more_rows_than_a_query_takes_are_queued(self):
        Speaker.objects.bulk_create(Speaker(key=f"a{number}", name_ar="أ") for number in range(1_200))
        Change.objects.all().delete()
        Speaker.objects.update(role_ar="وزير")
        assert Change.objects.count() == 1_200

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

    def test_announcements_are_heard_by_who_listens(self):
        with hear_announcements() as heard:
            assert not heard
            make_article()
        assert heard
        with hear_announcements() as heard:
            announced_elsewhere = Change.objects.exists()
        assert announced_elsewhere
        assert not heard


@pytest.fixture
def told(monkeypatch):
    """What a curator was told."""
    sentences = []
    monkeypatch.setattr(messages, "warning", lambda _request, sentence: sentences.append(sentence))
    return sentences


@pytest.mark.django_db
class TestMessage:
    """Changes that search has not taken in when the answer is ready."""

    def answer(self, rf, work, method="post"):
        def respond(_request):
            work()
            return HttpResponse()

        return WaitingChangesMiddleware(respond)(getattr(rf, method)("/"))

    def change(self):
        Change.objects.create(subject="article", object_id="1")
        announce_changes()

    def test_is_given_when_they_wait(self, rf, told):
        assert self.answer(rf, self.change).status_code == 200
        assert len(told) == 1

    def test_is_not_given_when_none_waits(self, rf, told):
        self.answer(rf, lambda: (self.change(), Change.objects.all().delete()))
        assert told == []

    def test_is_not_given_to_who_changed_nothing(self, rf, told):
        self.change()
        self.answer(rf, lambda: None)
        assert told == []

    def test_is_not_given_to_who_only_reads(self, rf, told):
        self.answer(rf, self.change, method="get")
        assert told == []


@pytest.mark.django_db(transaction=True)
def test_curator_whose_change_waits_reads_so_on_the_next_page(admin_client):
    source = Source.objects.create(key="elaph", name_ar="إيلاف")
    address = reverse("admin:archive_source_changelist")
    sent = {"action": "hide", "_selected_action": [source.pk]}
    page = admin_client.post(address, sent, follow=True)
    told = [message.message for message in page.context["messages"]]
    assert gettext("The change is saved and queued for search, which shows it soon.") in told
    assert Change.objects.exists()
