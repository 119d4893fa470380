"""What is remembered of the names: never more than the database knows now."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date

import pytest
from django.db import transaction

from archive.models import (
    Country,
    LexiconEntry,
    Meeting,
    MeetingVariant,
    NameVariant,
    Source,
    SourceVariant,
    Speaker,
    TermOfOffice,
    stamps,
)
from search import memory
from search.aliases import find_names
from search.analysis import terms
from search.meanings import named_keys, stop_words
from search.memory import Memory, remember

pytestmark = pytest.mark.django_db

PARTS = ("speakers", "sources", "countries", "meetings", "lexicon", "offices")


@pytest.fixture
def blinken() -> Speaker:
    speaker = Speaker.objects.create(key="blinken", name_ar="أنتوني بلينكن")
    NameVariant.objects.create(speaker=speaker, text="بلينكن")
    return speaker


def add(speaker: Speaker, text: str) -> NameVariant:
    return NameVariant.objects.create(speaker=speaker, text=text)


def spellings(query: str) -> set[str]:
    run = tuple(terms(query))
    return {" ".join(way.spelling) for name in find_names([run])[run] for way in name.alternatives}


def read_all() -> Memory:
    """The memory with all its parts."""
    read = remember()
    for part in PARTS:
        getattr(read, part)
    return read


def kept(before: Memory) -> set[str]:
    """The parts that are not read again."""
    after = remember()
    return {part for part in PARTS if getattr(after, part) is getattr(before, part)}


def test_nothing_is_read_again_when_nothing_has_changed(
    blinken: Speaker, django_assert_num_queries: Callable[..., AbstractContextManager[None]]
) -> None:
    before = read_all()
    with django_assert_num_queries(1):
        assert remember() is before


def test_new_spelling_acts_on_the_next_question(blinken: Speaker) -> None:
    assert spellings("بلينكن") == set()
    add(blinken, "بلنكن")
    assert spellings("بلينكن") == {"بلنكن"}


def test_spelling_that_is_taken_away_acts_no_more(blinken: Speaker) -> None:
    added = add(blinken, "بلنكن")
    assert spellings("بلينكن") == {"بلنكن"}
    added.delete()
    assert spellings("بلينكن") == set()


def test_spelling_that_was_rolled_back_acts_no_more(blinken: Speaker) -> None:
    with transaction.atomic():
        add(blinken, "بلنكن")
        assert spellings("بلينكن") == {"بلنكن"}
        transaction.set_rollback(True)
    assert spellings("بلينكن") == set()
    add(blinken, "بلنكان")
    assert spellings("بلينكن") == {"بلنكان"}


def test_process_that_was_asleep_while_stamps_were_removed_reads_again(
    blinken: Speaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    asleep = read_all()
    monkeypatch.setattr(stamps, "_KEPT", 1)
    add(blinken, "بلنكن")
    assert spellings("بلينكن") == {"بلنكن"}
    monkeypatch.setattr(memory, "_latest", asleep)
    assert spellings("بلينكن") == {"بلنكن"}


def test_deleted_speaker_holds_no_office_and_bears_no_name(blinken: Speaker) -> None:
    Country.objects.create(code="US", name_ar="أميركا", name_en="United States", demonyms=["أميركي"])
    TermOfOffice.objects.create(
        key="blinken--1",
        speaker=blinken,
        title_ar="وزير الخارجية الأميركي",
        country_id="US",
        starts_on=date(2021, 1, 26),
        sure=True,
    )
    assert spellings("وزير الخارجية الأميركي") == {"بلينكن"}
    blinken.delete()
    assert spellings("وزير الخارجية الأميركي") == spellings("بلينكن") == set()


@pytest.mark.parametrize(
    ("change", "read_again"),
    [
        (lambda: Source.objects.create(key="elaph", name_ar="إيلاف"), {"sources"}),
        (lambda: SourceVariant.objects.update(text="آخر"), {"sources"}),
        (lambda: Meeting.objects.update(sure=True), {"meetings"}),
        (lambda: MeetingVariant.objects.all().delete(), {"meetings"}),
        (lambda: Country.objects.get().save(), {"countries", "offices"}),
        (lambda: LexiconEntry.objects.all().delete(), {"lexicon", "offices"}),
        (lambda: TermOfOffice.objects.update(sure=True), {"offices"}),
        (lambda: Speaker.objects.update(needs_review=True), {"speakers", "offices"}),
        (lambda: NameVariant.objects.update(alone=False), {"speakers", "offices"}),
    ],
)
def test_change_makes_no_more_be_read_again_than_depends_on_it(
    blinken: Speaker, change: Callable[[], object], read_again: set[str]
) -> None:
    Country.objects.create(code="US", name_ar="أميركا", name_en="United States")
    TermOfOffice.objects.create(key="blinken--1", speaker=blinken, title_ar="وزير")
    LexiconEntry.objects.create(category="stop_word", text="في")
    paper = Source.objects.create(key="okaz", name_ar="عكاظ")
    SourceVariant.objects.create(source=paper, text="صحيفة عكاظ")
    rome = Meeting.objects.create(
        key="rome",
        kind="ministerial",
        name_ar="اجتماع روما",
        short_name_ar="روما",
        starts_on=date(2021, 6, 28),
        ends_on=date(2021, 6, 28),
    )
    MeetingVariant.objects.create(meeting=rome, text="لقاء روما")
    before = read_all()
    change()
    assert set(PARTS) - kept(before) == read_again


def test_every_stamp_makes_something_be_read_again() -> None:
    assert set().union(*memory.SUBJECTS.values()) == stamps.NAMED


def test_part_of_another_database_is_not_kept(blinken: Speaker, monkeypatch: pytest.MonkeyPatch) -> None:
    before = read_all()
    other = Memory("another", before.stamps)
    other.__dict__["lexicon"] = before.lexicon
    monkeypatch.setattr(memory, "_latest", other)
    assert remember().lexicon is not before.lexicon


def test_stop_word_counts_from_the_next_question(db: None) -> None:
    assert stop_words() == frozenset()
    LexiconEntry.objects.create(category="stop_word", text="إلى")
    assert stop_words() == {"الي"}


def test_new_row_is_named_by_the_next_filter(blinken: Speaker) -> None:
    pair = "source", "إيلاف"
    assert named_keys([pair])[pair][0] == frozenset()
    source = Source.objects.create(key="elaph", name_ar="إيلاف")
    assert named_keys([pair])[pair][0] == {str(source.pk)}


def test_no_field_costs_no_query(
    db: None, django_assert_num_queries: Callable[..., AbstractContextManager[None]]
) -> None:
    with django_assert_num_queries(0):
        assert named_keys([]) == {}
