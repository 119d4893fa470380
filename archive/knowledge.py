"""What the curators' tables know, as plain data for the extraction."""

from collections import defaultdict

from django.db.models import Prefetch

from archive.extraction.knowledge import (
    CountryNames,
    DatedEvent,
    Entry,
    Knowledge,
    KnownMeeting,
    Outlet,
    Person,
    Term,
    Variant,
)
from archive.models import Country, LexiconEntry, Meeting, NameVariant, Source, SourceVariant, Speaker
from archive.models import DatedEvent as DatedEventRow


def load_knowledge() -> Knowledge:
    """Everything that the extraction may know, in ten queries and a stable order.

    Speakers and outlets that an import made and nobody has confirmed (``needs_review``) are left
    out: what an article yields must not depend on the articles imported before it.
    """
    return Knowledge(
        people=_people(),
        countries=_countries(),
        outlets=_outlets(),
        meetings=_meetings(),
        events=_events(),
        lexicon=_lexicon(),
    )


def _people() -> tuple[Person, ...]:
    speakers = (
        Speaker.objects.filter(needs_review=False)
        .order_by("pk")
        .prefetch_related(
            Prefetch("variants", NameVariant.objects.order_by("pk")), "terms", "terms__organisation"
        )
    )
    return tuple(
        Person(
            key=speaker.key,
            kind=speaker.kind,
            name_ar=speaker.name_ar,
            name_en=speaker.name_en,
            country=speaker.country_id,
            variants=tuple(Variant(variant.text, variant.alone) for variant in speaker.variants.all()),
            terms=tuple(
                Term(
                    key=term.key,
                    title_ar=term.title_ar,
                    country=term.country_id,
                    organisation=term.organisation.key if term.organisation else None,
                    start=term.starts_on,
                    end=term.ends_on,
                    sure=term.sure,
                )
                for term in speaker.terms.all()
            ),
        )
        for speaker in speakers
    )


def _countries() -> tuple[CountryNames, ...]:
    return tuple(
        CountryNames(
            code=country.code,
            names=(country.name_ar, *country.other_names),
            demonyms=tuple(country.demonyms),
            capitals=tuple(country.capitals),
            epithets=tuple(country.epithets),
        )
        for country in Country.objects.order_by("code")
    )


def _outlets() -> tuple[Outlet, ...]:
    sources = (
        Source.objects.filter(needs_review=False)
        .order_by("pk")
        .prefetch_related(Prefetch("variants", SourceVariant.objects.order_by("pk")))
    )
    return tuple(
        Outlet(
            key=source.key,
            kind=source.kind,
            names=_distinct(source.name_ar, source.name_en, *(row.text for row in source.variants.all())),
            country=source.country_id,
        )
        for source in sources
    )


def _meetings() -> tuple[KnownMeeting, ...]:
    return tuple(
        KnownMeeting(
            key=meeting.key,
            kind=meeting.kind,
            cities=_distinct(meeting.city_ar, meeting.city_en),
            country=meeting.country_id,
            start=meeting.starts_on,
            end=meeting.ends_on,
            members=meeting.members,
            sure=meeting.sure,
        )
        for meeting in Meeting.objects.order_by("starts_on", "key")
    )


def _events() -> tuple[DatedEvent, ...]:
    return tuple(
        DatedEvent(key=event.key, date=event.date, phrases=tuple(event.phrases))
        for event in DatedEventRow.objects.order_by("date", "key")
    )


def _lexicon() -> dict[str, tuple[Entry, ...]]:
    entries: dict[str, list[Entry]] = defaultdict(list)
    for entry in LexiconEntry.objects.order_by("pk"):
        entries[entry.category].append(Entry(entry.text, entry.attributes))
    return {category: tuple(found) for category, found in entries.items()}


def _distinct(*names: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name in names if name))
