"""Stamps: whoever remembers names learns that one of them has changed."""

from datetime import date

import pytest
from django.db import transaction

from archive.models import (
    Article,
    Country,
    LexiconEntry,
    Meeting,
    MeetingVariant,
    NameVariant,
    Quotation,
    Source,
    SourceVariant,
    Speaker,
    Stamp,
    TermOfOffice,
    stamps,
)
from archive.models.stamps import read_stamps

pytestmark = pytest.mark.django_db

NAMED = {
    "country": Country,
    "lexiconentry": LexiconEntry,
    "meeting": Meeting,
    "meetingvariant": MeetingVariant,
    "namevariant": NameVariant,
    "source": Source,
    "sourcevariant": SourceVariant,
    "speaker": Speaker,
    "termofoffice": TermOfOffice,
}


@pytest.fixture
def rows(db):
    """A row of every model whose rows say what a name means."""
    speaker = Speaker.objects.create(key="blinken", name_ar="بلينكن")
    source = Source.objects.create(key="elaph", name_ar="إيلاف")
    meeting = Meeting.objects.create(
        key="rome",
        kind="ministerial",
        name_ar="اجتماع روما",
        short_name_ar="روما",
        starts_on=date(2021, 6, 28),
        ends_on=date(2021, 6, 28),
    )
    Country.objects.create(code="IT", name_ar="إيطاليا", name_en="Italy")
    LexiconEntry.objects.create(category="stop_word", text="في")
    MeetingVariant.objects.create(meeting=meeting, text="لقاء روما")
    NameVariant.objects.create(speaker=speaker, text="أنتوني بلينكن")
    SourceVariant.objects.create(source=source, text="ايلاف")
    TermOfOffice.objects.create(key="blinken--1", speaker=speaker, title_ar="وزير")


# What is deleted with a row of a subject is stamped too.
CASCADES = {
    "meeting": {"meetingvariant"},
    "source": {"sourcevariant"},
    "speaker": {"namevariant", "termofoffice"},
}


def changed(before):
    """The subjects stamped since ``before``."""
    after = read_stamps()
    return {subject for subject in after if after[subject] != before.get(subject)}


@pytest.mark.parametrize("subject", sorted(NAMED))
class TestEveryChangeOfANamedRow:
    def test_by_saving_it(self, rows, subject):
        before = read_stamps()
        NAMED[subject].objects.get().save()
        assert changed(before) == {subject}

    def test_by_deleting_it(self, rows, subject):
        before = read_stamps()
        NAMED[subject].objects.get().delete()
        assert changed(before) == {subject} | CASCADES.get(subject, set())

    def test_by_updating_a_queryset(self, rows, subject):
        key = "name_key" if hasattr(NAMED[subject], "name_key") else "key"
        before = read_stamps()
        NAMED[subject].objects.update(**{key: "x"})
        assert changed(before) == {subject}

    def test_by_updating_in_bulk(self, rows, subject):
        key = "name_key" if hasattr(NAMED[subject], "name_key") else "key"
        before = read_stamps()
        NAMED[subject].objects.bulk_update(NAMED[subject].objects.all(), [key])
        assert changed(before) == {subject}

    def test_by_deleting_a_queryset(self, rows, subject):
        before = read_stamps()
        NAMED[subject].objects.all().delete()
        assert subject in changed(before)


def test_rows_made_in_bulk_are_stamped(rows):
    before = read_stamps()
    NameVariant.objects.bulk_create([NameVariant(speaker=Speaker.objects.get(), text="آخر", key="اخر")])
    assert changed(before) == {"namevariant"}


def test_what_names_nothing_is_not_stamped(rows):
    before = read_stamps()
    article = Article.objects.create(text="قال نعم", title="عنوان")
    Quotation.objects.create(article=article, kind="direct", start=4, end=7)
    assert changed(before) == set()


def test_change_that_is_rolled_back_is_no_change(rows):
    before = read_stamps()
    with transaction.atomic():
        Speaker.objects.get().save()
        transaction.set_rollback(True)
    assert read_stamps() == before


def test_change_after_one_rolled_back_is_told_from_it(rows):
    with transaction.atomic():
        Speaker.objects.get().save()
        undone = read_stamps()
        transaction.set_rollback(True)
    Speaker.objects.get().save()
    assert changed(undone) == {"speaker"}


def test_older_stamps_of_a_subject_go_and_the_newest_stays(rows, monkeypatch):
    monkeypatch.setattr(stamps, "_KEPT", 1)
    others = Stamp.objects.exclude(subject="speaker").count()
    seen = []
    for _number in range(3):
        Speaker.objects.get().save()
        seen.append(Stamp.objects.get(subject="speaker").token)
    assert len(set(seen)) == 3
    assert Stamp.objects.exclude(subject="speaker").count() == others
