"""What the extraction is told of the world."""

from datetime import date

import pytest

from archive.extraction.knowledge import Variant
from archive.knowledge import load_knowledge
from archive.models import (
    Country,
    DatedEvent,
    LexiconEntry,
    Meeting,
    NameVariant,
    Source,
    SourceVariant,
    Speaker,
    TermOfOffice,
)
from archive.reference import load_reference

pytestmark = pytest.mark.django_db


def test_an_empty_archive_knows_nothing():
    knowledge = load_knowledge()
    assert (knowledge.people, knowledge.countries, dict(knowledge.lexicon)) == ((), (), {})


def test_rows_become_plain_data():
    country = Country.objects.create(
        code="IT",
        name_ar="إيطاليا",
        name_en="Italy",
        other_names=["ايطاليه"],
        demonyms=["إيطالي"],
        capitals=["روما"],
    )
    nato = Speaker.objects.create(key="nato", kind="organisation", name_ar="الناتو")
    speaker = Speaker.objects.create(
        key="di-maio", name_ar="لويجي دي مايو", name_en="Luigi Di Maio", country=country
    )
    NameVariant.objects.create(speaker=speaker, text="لويجي دي مايو")
    NameVariant.objects.create(speaker=speaker, text="مايو", alone=False)
    TermOfOffice.objects.create(
        key="t", speaker=speaker, title_ar="مبعوث", organisation=nato, starts_on=date(2020, 1, 1), sure=True
    )
    source = Source.objects.create(
        key="il", name_ar="إل ميساجيرو", name_en="Il Messaggero", kind="paper", country=country
    )
    SourceVariant.objects.create(source=source, text="Il Messaggero")
    Meeting.objects.create(
        key="rome-2021",
        kind="ministerial",
        name_ar="اجتماع",
        short_name_ar="روما 2021",
        city_ar="روما",
        city_en="Rome",
        country=country,
        starts_on=date(2021, 6, 28),
        ends_on=date(2021, 6, 28),
        members=83,
    )
    DatedEvent.objects.create(key="e", name_ar="حدث", date=date(2019, 3, 23), phrases=["سقوط"])
    LexiconEntry.objects.create(category="verb", text="قال", attributes={"a": 1})

    knowledge = load_knowledge()

    person = next(person for person in knowledge.people if person.key == "di-maio")
    assert person.variants == (Variant("لويجي دي مايو", True), Variant("مايو", False))
    assert person.country == "IT"
    (term,) = person.terms
    assert (term.organisation, term.country, term.start, term.end, term.sure) == (
        "nato",
        None,
        date(2020, 1, 1),
        None,
        True,
    )
    (italy,) = knowledge.countries
    assert (italy.names, italy.demonyms, italy.capitals) == (("إيطاليا", "ايطاليه"), ("إيطالي",), ("روما",))
    assert knowledge.outlets[0].names == ("إل ميساجيرو", "Il Messaggero")
    assert (knowledge.meetings[0].cities, knowledge.meetings[0].members) == (("روما", "Rome"), 83)
    assert knowledge.events[0].phrases == ("سقوط",)
    assert knowledge.lexicon["verb"][0].attributes == {"a": 1}


def test_what_an_import_guessed_is_not_knowledge():
    """Else an article would yield something else for the articles imported before it."""
    Speaker.objects.create(key="new", name_ar="اسم جديد", needs_review=True)
    Source.objects.create(key="new", name_ar="منبر جديد", needs_review=True)
    knowledge = load_knowledge()
    assert (knowledge.people, knowledge.outlets) == ((), ())


def test_a_curators_change_is_knowledge_at_once():
    load_reference()
    NameVariant.objects.create(speaker=Speaker.objects.get(key="blinken"), text="بلينكنغ")
    blinken = next(person for person in load_knowledge().people if person.key == "blinken")
    assert Variant("بلينكنغ", True) in blinken.variants


def test_everything_is_read_in_few_queries(django_assert_max_num_queries):
    load_reference()
    with django_assert_max_num_queries(10):
        first = load_knowledge()
    assert load_knowledge() == first
    assert len(first.people) > 528
    assert {"verb", "title", "stop_word"} <= set(first.lexicon)
