"""Countries, cities and meetings by their other names: Turkey, Washington, Rome 2021."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from archive.arabic.clitics import without_article
from archive.models import Country, Meeting, MeetingVariant
from search.month_names import is_year
from search.names import Alternative, Name, Run, Spelling, other_spellings, phrase_of, spelling_of, unjoined

# An article that names a meeting's city is about the meeting when it appeared while the meeting was
# being announced, held or reported.
BEFORE_MEETING, AFTER_MEETING = timedelta(days=14), timedelta(days=30)
# «اجتماع واشنطن» is the name of many; the latest count.
MOST_MEETINGS = 12


class _Meeting(NamedTuple):
    pk: int
    city_ar: str
    city_en: str
    starts_on: date
    ends_on: date
    sure: bool


_MEETING = _Meeting._fields


@dataclass(frozen=True, slots=True)
class CountryNames:
    """What a country is called; ``demonyms`` are nisbas without the article."""

    code: str
    names: tuple[str, ...]
    name_en: str
    demonyms: tuple[str, ...]


def countries_in(run: Run) -> list[CountryNames]:
    """The countries of which a run has a word; two database queries at most."""
    said = {
        form
        for word in run.words
        for bare in unjoined(word.surface)
        for form in (bare, without_article(bare))
        if not bare.isascii() and len(form) > 2
    }
    names = run.keys if run.is_latin else frozenset()
    codes = [
        code
        for code, name_en, search_key in Country.objects.order_by().values_list(
            "code", "name_en", "search_key"
        )
        if not said.isdisjoint(_words(search_key)) or (names and phrase_of(name_en) in names)
    ]
    if not codes:
        return []
    rows = (
        Country.objects.filter(code__in=codes)
        .order_by("code")
        .values_list("code", "name_ar", "other_names", "name_en", "demonyms")
    )
    return [
        CountryNames(code, (name_ar, *other_names), name_en, tuple(demonyms))
        for code, name_ar, other_names, name_en, demonyms in rows
    ]


@lru_cache(maxsize=1024)
def _words(search_key: str) -> frozenset[str]:
    return frozenset(search_key.split())


def find_countries(run: Run, countries: Sequence[CountryNames]) -> Iterator[Name]:
    """The countries that a run names, in Arabic or English, by all their Arabic names."""
    called: dict[str, list[CountryNames]] = defaultdict(list)
    for country in countries:
        for key in dict.fromkeys(map(phrase_of, (*country.names, country.name_en))):
            called[key].append(country)
    for start, end, found in run.find(called):
        names = (spelling_of(name) for country in found for name in country.names)
        if others := other_spellings(run.spelling(start, end), names):
            yield Name(start, end, (), tuple(map(Alternative, others)))


def find_meetings(run: Run) -> Iterator[Name]:
    """The meetings and their cities that a run names; two database queries at most.

    A meeting is told by one of its names or by its city and year. Its Arabic city stands for it in the
    articles of those weeks, if its date is sure. An English city is exchanged for the Arabic one.
    """
    called: dict[str, dict[int, _Meeting]] = defaultdict(dict)
    cities: dict[str, dict[Spelling, None]] = defaultdict(dict)
    variants = MeetingVariant.objects.filter(key__in=run.keys).exclude(meeting__city_ar="")
    latest = variants.order_by("-meeting__starts_on", "meeting")
    fields = (f"meeting__{name}" for name in _MEETING)
    for key, *values in latest.values_list("key", *fields):
        called[key][values[0]] = _Meeting(*values)
    years = {int(word.surface) for word in run.words if is_year(word.surface)}
    if run.is_latin or years:
        meetings = Meeting.objects.exclude(city_ar="").order_by("-starts_on", "pk")
        if not run.is_latin:
            meetings = meetings.filter(starts_on__year__in=years)
        for meeting in map(_Meeting._make, meetings.values_list(*_MEETING)):
            for city in filter(None, map(phrase_of, (meeting.city_ar, meeting.city_en))):
                called[f"{city} {meeting.starts_on.year}"][meeting.pk] = meeting
            cities[phrase_of(meeting.city_en)][spelling_of(meeting.city_ar)] = None
    for start, end, named in run.find(called):
        dated = tuple(_in_its_weeks(meeting) for meeting in named.values() if meeting.sure)
        if dated:
            yield Name(start, end, (), dated[:MOST_MEETINGS])
    for start, end, spellings in run.find(cities):
        yield Name(start, end, (), tuple(map(Alternative, spellings)))


def _in_its_weeks(meeting: _Meeting) -> Alternative:
    return Alternative(
        spelling_of(meeting.city_ar),
        max(meeting.starts_on, date.min + BEFORE_MEETING) - BEFORE_MEETING,
        min(meeting.ends_on, date.max - AFTER_MEETING) + AFTER_MEETING,
    )
