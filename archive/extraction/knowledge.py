"""What the extraction knows of the world, handed in as plain data.

The archive builds it from the curators' tables; tests build small ones by hand. All text is as
written; whoever matches folds it (``archive.arabic.normalize``).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date


@dataclass(frozen=True, slots=True)
class Term:
    """A term of office. ``start`` inclusive, ``end`` exclusive, None = unknown or still in office."""

    key: str
    title_ar: str
    country: str | None
    organisation: str | None
    start: date | None
    end: date | None
    sure: bool


@dataclass(frozen=True, slots=True)
class Variant:
    """A spelling of a name. One that may not stand ``alone`` needs a title or a fuller mention."""

    text: str
    alone: bool


@dataclass(frozen=True, slots=True)
class Person:
    """A speaker that the reference data knows; ``kind`` is one of ``facts.SPEAKER_KINDS``."""

    key: str
    kind: str
    name_ar: str
    name_en: str
    country: str | None
    variants: tuple[Variant, ...]
    terms: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class CountryNames:
    """What a country is called. ``demonyms`` holds every nisba form, without the article."""

    code: str
    names: tuple[str, ...]
    demonyms: tuple[str, ...]
    capitals: tuple[str, ...]
    epithets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outlet:
    key: str
    kind: str
    names: tuple[str, ...]
    country: str | None


@dataclass(frozen=True, slots=True)
class KnownMeeting:
    """``start`` and ``end`` both inclusive. ``kind`` as in ``archive.models.Meeting.Kind``."""

    key: str
    kind: str
    cities: tuple[str, ...]
    country: str | None
    start: date
    end: date
    members: int | None
    sure: bool


@dataclass(frozen=True, slots=True)
class DatedEvent:
    """An event that dates an article by being mentioned; never more than evidence."""

    key: str
    date: date
    phrases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """A word or phrase of the curated lexicon; ``fixtures/reference/lexicon.json`` tells its attributes."""

    text: str
    attributes: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Knowledge:
    people: tuple[Person, ...] = ()
    countries: tuple[CountryNames, ...] = ()
    outlets: tuple[Outlet, ...] = ()
    meetings: tuple[KnownMeeting, ...] = ()
    events: tuple[DatedEvent, ...] = ()
    lexicon: Mapping[str, tuple[Entry, ...]] = field(default_factory=dict)


def without_people(knowledge: Knowledge) -> Knowledge:
    """The same without its persons; groups and organisations stay. The grammar alone must find who speaks."""
    return replace(knowledge, people=tuple(person for person in knowledge.people if person.kind != "person"))
