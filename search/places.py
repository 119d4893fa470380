"""Countries, cities and meetings by their other names: Turkey, Washington, Rome 2021."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from archive.arabic.clitics import without_article
from archive.models import Country, Meeting, MeetingVariant
from archive.typed_names import is_latin, latin_keys, typed_keys, typed_numbers, words_key
from search.names import Alternative, Name, Run, Spelling, other_spellings, phrase_of, spelling_of, unjoined

# An article that names a meeting's city is about the meeting when it appeared while the meeting was
# being announced, held or reported.
BEFORE_MEETING, AFTER_MEETING = timedelta(days=14), timedelta(days=30)
# «اجتماع واشنطن» is the name of many; the latest count.
MOST_MEETINGS = 12


@dataclass(frozen=True, slots=True)
class CountryNames:
    """What a country is called; ``demonyms`` are nisbas without the article."""

    code: str
    names: tuple[str, ...]
    name_en: str
    demonyms: tuple[str, ...]


class Countries:
    """The countries by their names, as plain data."""

    def __init__(self) -> None:
        """Read the table; one database query."""
        self._rows: dict[str, CountryNames] = {}
        self._said: dict[str, set[str]] = defaultdict(set)
        self._english: dict[str, set[str]] = defaultdict(set)
        self._names: dict[str, set[str]] = defaultdict(set)
        self._nisbas: dict[str, set[str]] = defaultdict(set)
        self._latin: dict[str, set[str]] = defaultdict(set)
        rows = Country.objects.order_by("code").values_list(
            "code", "name_ar", "other_names", "name_en", "demonyms", "search_key"
        )
        for code, name_ar, other_names, name_en, demonyms, search_key in rows:
            self._rows[code] = CountryNames(code, (name_ar, *other_names), name_en, tuple(demonyms))
            self._english[phrase_of(name_en)].add(code)
            for names, phrases in (
                (self._said, search_key.split()),
                (self._names, map(words_key, (name_ar, *other_names))),
                (self._nisbas, map(words_key, demonyms)),
                (self._latin, (key.replace(" ", "") for key in latin_keys(name_en))),
            ):
                for phrase in phrases:
                    names[phrase].add(code)

    def said_in(self, run: Run) -> list[CountryNames]:
        """The countries of which a run has a word, in the order of their codes."""
        said = {
            form
            for word in run.words
            for bare in unjoined(word.surface)
            for form in (bare, without_article(bare))
            if not bare.isascii() and len(form) > 2
        }
        codes = _together(self._said, said)
        if run.is_latin:
            codes |= _together(self._english, run.keys)
        return [self._rows[code] for code in sorted(codes)]

    def meant_by(self, texts: Iterable[str]) -> dict[str, set[str]]:
        """The ISO codes that each text means: that which it is, or else of all that it names.

        By a name in either language, in any case, with the article or without it, or by a nisba that is no
        name.
        """
        return {text: self._meant(text) for text in texts}

    def _meant(self, text: str) -> set[str]:
        if (code := text.strip().upper()) in self._rows:
            return {code}
        keys = typed_keys(text)
        if is_latin("".join(keys)):
            return _together(self._latin, {key.replace(" ", "") for key in keys})
        return _together(self._names, keys) or _together(self._nisbas, keys)


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


class Meetings:
    """The meetings by their names, cities and years, as plain data."""

    def __init__(self) -> None:
        """Read the tables; two database queries.

        In a query a meeting is told by one of its variants or by its city and year, in a field by less.
        """
        self._weeks: dict[int, Alternative] = {}
        self._told: dict[str, dict[int, None]] = defaultdict(dict)
        self._cities: dict[str, dict[Spelling, None]] = defaultdict(dict)
        self._keys: dict[str, int] = {}
        self._called: dict[str, set[int]] = defaultdict(set)
        self._held: dict[str, set[int]] = defaultdict(set)
        latest = "-starts_on", "pk"
        names = "name_ar", "short_name_ar", "name_en"
        fields = "pk", "key", "city_ar", "city_en", "starts_on", "ends_on", "sure", *names
        rows = list(Meeting.objects.order_by(*latest).values_list(*fields))
        variants: dict[int, list[str]] = defaultdict(list)
        for pk, key in MeetingVariant.objects.order_by().values_list("meeting", "key"):
            variants[pk].append(key)
        for pk, key, city_ar, city_en, starts_on, ends_on, sure, *called in rows:
            self._keys[key] = pk
            for name in (*map(words_key, called), *variants[pk]):
                self._called[name].add(pk)
            cities = list(map(words_key, (city_ar, city_en, city_en.removesuffix(" City"))))
            year = str(starts_on.year)
            for name in (year, *cities, *(f"{city} {year}" for city in cities)):
                self._held[name].add(pk)
            if not city_ar:
                continue
            if sure:
                self._weeks[pk] = _in_its_weeks(spelling_of(city_ar), starts_on, ends_on)
            for name in variants[pk]:
                self._told[name][pk] = None
            self._cities[phrase_of(city_en)][spelling_of(city_ar)] = None
        for pk, _key, city_ar, city_en, starts_on, *_rest in rows:
            for city in filter(None, map(phrase_of, (city_ar, city_en) if city_ar else ())):
                self._told[f"{city} {starts_on.year}"][pk] = None

    def find(self, run: Run) -> Iterator[Name]:
        """The meetings and their cities that a run names.

        A meeting's Arabic city stands for it in the articles of those weeks, if its date is sure. An English
        city is exchanged for the Arabic one.
        """
        for start, end, named in run.find(self._told):
            dated = tuple(self._weeks[pk] for pk in named if pk in self._weeks)
            if dated:
                yield Name(start, end, (), dated[:MOST_MEETINGS])
        for start, end, spellings in run.find(self._cities):
            yield Name(start, end, (), tuple(map(Alternative, spellings)))

    def meant_by(self, texts: Iterable[str]) -> dict[str, set[int]]:
        """The primary keys that each text means: the row whose key or number it is, or else all it names.

        By a name or a variant, or else by the city, the year or both.
        """
        return {text: self._meant(text) for text in texts}

    def _meant(self, text: str) -> set[int]:
        found = {pk for pk in typed_numbers([text]) if pk in self._keys.values()}
        if text in self._keys:
            found.add(self._keys[text])
        keys = typed_keys(text)
        return found or _together(self._called, keys) or _together(self._held, keys)


def _in_its_weeks(city: Spelling, starts_on: date, ends_on: date) -> Alternative:
    return Alternative(
        city,
        max(starts_on, date.min + BEFORE_MEETING) - BEFORE_MEETING,
        min(ends_on, date.max - AFTER_MEETING) + AFTER_MEETING,
    )


def _together(known: Mapping[str, set[Any]], names: Iterable[str]) -> set[Any]:
    """All that ``names`` mean in ``known``."""
    return set().union(*(known[name] for name in names if name in known))
