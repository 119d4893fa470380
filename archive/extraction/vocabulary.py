"""The knowledge made ready for matching: indexes of folded words, built once for each ``Knowledge``."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from archive.arabic.months import MONTHS, WEEKDAYS
from archive.arabic.normalize import fold, match_key
from archive.arabic.sounds import sound
from archive.extraction.counted import CountedNouns, read_counted
from archive.extraction.knowledge import (
    CountryNames,
    DatedEvent,
    Entry,
    Knowledge,
    KnownMeeting,
    Outlet,
    Person,
)
from archive.extraction.phrases import PhraseIndex, phrase_key
from archive.extraction.verbs import VerbForm, attribute, verb_forms

# Spellings that fold to one of the commonest words (بان = بأن) say nothing.
_NOT_NAMES = frozenset({("بان",), ("ان",), ("من",), ("علي",), ("حتي",)})


_HEAD_FLAGS = ("deputy", "counterpart", "prefix", "general")
_REALMS = frozenset({"المملكه", "السلطنه"})


class Named(NamedTuple):
    """A spelling of somebody's or something's name."""

    person: Person
    alone: bool
    full: bool


class Place(NamedTuple):
    """How a phrase means a country; ``kind`` as in ``facts.Evidence``."""

    code: str
    kind: str


class TitleHead(NamedTuple):
    """A head noun of titles in one of its forms; ``lemma`` is the folded masculine singular.

    ``general``: the noun may mean any official (المسؤول، الدبلوماسي).
    """

    lemma: str
    gender: str
    number: str
    definite: bool
    deputy: bool
    counterpart: bool
    prefix: bool
    general: bool


class Group(NamedTuple):
    """A speaker that is not a person, from the lexicon."""

    name: str
    speaker: str
    kind: str
    gender: str
    number: str
    bare: bool
    document: bool
    unnamed: bool
    institution: bool


class Furnishing(NamedTuple):
    reason: str
    whole: bool


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Indexes over one ``Knowledge``. ``cues`` holds the single words of each kind, ``cue_phrases`` all."""

    knowledge: Knowledge
    people: Mapping[str, Person]
    names: PhraseIndex[Named]
    sounding: Mapping[tuple[str, ...], tuple[Person, ...]]
    places: PhraseIndex[Place]
    joined_places: Mapping[str, Place]
    not_places: PhraseIndex[bool]
    organisations: PhraseIndex[Entry]
    groups: PhraseIndex[Group]
    outlets: PhraseIndex[Outlet]
    cities: PhraseIndex[KnownMeeting]
    events: PhraseIndex[DatedEvent]
    furniture: PhraseIndex[Furnishing]
    furniture_labels: Mapping[str, Furnishing]
    furniture_signs: tuple[tuple[str, Furnishing], ...]
    cue_phrases: PhraseIndex[str]
    cues: Mapping[str, frozenset[str]]
    verbs: Mapping[str, tuple[VerbForm, ...]]
    titles: Mapping[str, TitleHead]
    title_parts: frozenset[str]
    institutions: frozenset[str]
    unnamed_heads: frozenset[str]
    country_codes: frozenset[str]
    same_titles: Mapping[tuple[str, ...], tuple[str, ...]]
    honorifics: frozenset[str]
    months: Mapping[str, int]
    month_openings: frozenset[str]
    weekdays: Mapping[str, int]
    name_breaks: frozenset[str]
    counted: CountedNouns

    def cue(self, kind: str) -> frozenset[str]:
        """The single words of a kind of cue."""
        return self.cues.get(kind, frozenset())


def _country_phrases(countries: Iterable[CountryNames]) -> Iterable[tuple[str, Place]]:
    for country in countries:
        for name in country.names:
            yield name, Place(country.code, "name")
        for demonym in country.demonyms:
            words = demonym.split()
            yield demonym, Place(country.code, "nisba")
            yield " ".join("ال" + word for word in words), Place(country.code, "nisba")
            yield "ال" + demonym, Place(country.code, "nisba")
        for capital in country.capitals:
            yield capital, Place(country.code, "capital")
        for epithet in {*country.epithets, *_realms(country)}:
            yield epithet, Place(country.code, "epithet")


def _joined_places(countries: Iterable[CountryNames]) -> dict[str, Place]:
    """Names of several words without their spaces, as pages lose them: الولاياتالمتحدة."""
    return {
        "".join(key): Place(country.code, "name")
        for country in countries
        for name in country.names
        if len(key := phrase_key(name)) > 1
    }


def _realms(country: CountryNames) -> Iterable[str]:
    """المملكة from المملكة المغربية, السلطنة from سلطنة عمان: short for whichever is spoken of."""
    own = {fold(name) for name in (*country.names, *country.demonyms)}
    for name in country.names:
        first, *rest = name.split()
        realm = first if first.startswith("ال") else "ال" + first
        if fold(realm) in _REALMS and any(
            fold(word.removeprefix("ال")) in own or fold(word) in own for word in rest
        ):
            yield realm


def _name_phrases(people: Iterable[Person]) -> Iterable[tuple[str, Named]]:
    for person in people:
        yield person.name_ar, Named(person, True, True)
        for variant in person.variants:
            if phrase_key(variant.text) in _NOT_NAMES:
                continue
            yield variant.text, Named(person, variant.alone, len(phrase_key(variant.text)) > 1)


def _sounding(people: Iterable[Person]) -> dict[tuple[str, ...], tuple[Person, ...]]:
    """Persons by the sounds of the words of each of their full names."""
    found: dict[tuple[str, ...], list[Person]] = {}
    for person in people:
        for text in {person.name_ar, *(variant.text for variant in person.variants)}:
            words = phrase_key(text)
            bearers = found.setdefault(tuple(map(sound, words)), [])
            if person.kind == "person" and len(words) > 1 and person not in bearers:
                bearers.append(person)
    return {key: tuple(bearers) for key, bearers in found.items() if bearers}


def _title_forms(entries: Iterable[Entry]) -> Iterable[tuple[str, TitleHead]]:
    for entry in entries:
        if entry.attributes.get("part") or entry.attributes.get("same_as"):
            continue
        own = fold(entry.text)
        lemma = fold(attribute(entry, "like")) or own
        forms = [(own, "m", "s"), (fold(attribute(entry, "feminine")), "f", "s")]
        plural, dual = fold(attribute(entry, "plural")), fold(attribute(entry, "dual"))
        forms += [(plural, "m", "p"), (dual, "m", "d")]
        if plural.endswith("ون"):
            forms.append((plural[:-2] + "ين", "m", "p"))
            forms.append((plural[:-1], "m", "p"))
        if dual.endswith("ا"):
            forms += [(dual[:-1] + "ي", "m", "d"), (dual + "ن", "m", "d"), (dual[:-1] + "ين", "m", "d")]
        for form, gender, number in forms:
            if not form:
                continue
            flags = tuple(bool(entry.attributes.get(flag)) for flag in _HEAD_FLAGS)
            for definite, text in ((False, form), (True, "ال" + form)):
                if form.startswith("ال"):
                    definite, text = True, form
                yield text, TitleHead(lemma, gender, number, definite, *flags)
        if entry.attributes.get("counterpart"):
            for base, gender in ((own, "m"), (fold(attribute(entry, "feminine"))[:-1] + "ت", "f")):
                for pronoun in ("ه", "ها", "هم", "هما"):
                    yield base + pronoun, TitleHead(lemma, gender, "s", True, False, True, False, False)


def _groups(entries: Iterable[Entry]) -> Iterable[tuple[str, Group]]:
    for entry in entries:
        flags = [bool(entry.attributes.get(flag)) for flag in ("bare", "document", "unnamed", "institution")]
        speaker, kind, gender, number = (
            attribute(entry, name) for name in ("speaker", "kind", "gender", "number")
        )
        yield entry.text, Group(entry.text, speaker, kind or "group", gender, number, *flags)


def _furniture(entries: Iterable[Entry]) -> Iterable[tuple[str, Furnishing]]:
    for entry in entries:
        reason = attribute(entry, "reason") or "noise"
        yield entry.text, Furnishing(reason, attribute(entry, "match") == "whole")


def _cities(meetings: Iterable[KnownMeeting]) -> Iterable[tuple[str, KnownMeeting]]:
    for meeting in meetings:
        for city in meeting.cities:
            yield city, meeting


def _numbers(entries: Iterable[Entry]) -> dict[str, int]:
    return {
        match_key(entry.text): number
        for entry in entries
        if isinstance(number := entry.attributes.get("number"), int)
    }


def _same_titles(entries: Iterable[Entry]) -> dict[tuple[str, ...], tuple[str, ...]]:
    """Offices by their other names; one that only a country uses so ends with its code."""
    return {
        (*phrase_key(entry.text), *filter(None, [attribute(entry, "country")])): phrase_key(same)
        for entry in entries
        if (same := attribute(entry, "same_as"))
    }


def _flagged(entries: Iterable[Entry], flag: str) -> frozenset[str]:
    return frozenset(fold(entry.text) for entry in entries if entry.attributes.get(flag))


def _firsts(entries: Iterable[Entry]) -> frozenset[str]:
    return frozenset(key[0] for entry in entries if (key := phrase_key(entry.text)))


def _event_phrases(events: Iterable[DatedEvent]) -> Iterable[tuple[str, DatedEvent]]:
    for event in events:
        for phrase in event.phrases:
            yield phrase, event


def build_vocabulary(knowledge: Knowledge) -> Vocabulary:
    """All indexes of ``knowledge``."""
    lexicon = knowledge.lexicon
    cues: dict[str, set[str]] = {}
    for entry in lexicon.get("cue", ()):
        key = phrase_key(entry.text)
        if len(key) == 1:
            cues.setdefault(attribute(entry, "kind"), set()).add(key[0])
    months = {**MONTHS, **_numbers(lexicon.get("month", ()))}
    titles = dict(_title_forms(lexicon.get("title", ())))
    verbs = verb_forms(lexicon.get("verb", ()))
    signs = [
        (match_key(text), furnishing)
        for text, furnishing in _furniture(lexicon.get("furniture", ()))
        if not phrase_key(text) or not text[:1].isalpha()
    ]
    return Vocabulary(
        knowledge=knowledge,
        people={person.key: person for person in knowledge.people},
        names=PhraseIndex.build(_name_phrases(knowledge.people)),
        sounding=_sounding(knowledge.people),
        places=PhraseIndex.build(_country_phrases(knowledge.countries)),
        joined_places=_joined_places(knowledge.countries),
        not_places=PhraseIndex.build(
            (entry.text, bool(entry.attributes.get("beside"))) for entry in lexicon.get("not_country", ())
        ),
        organisations=PhraseIndex.build(
            (entry.text, Entry(entry.text, dict(entry.attributes)))
            for entry in lexicon.get("organisation", ())
        ),
        groups=PhraseIndex.build(_groups(lexicon.get("group", ()))),
        outlets=PhraseIndex.build((name, outlet) for outlet in knowledge.outlets for name in outlet.names),
        cities=PhraseIndex.build(_cities(knowledge.meetings)),
        events=PhraseIndex.build(_event_phrases(knowledge.events)),
        furniture=PhraseIndex.build(_furniture(lexicon.get("furniture", ()))),
        furniture_labels={
            "".join(phrase_key(text)): furnishing
            for text, furnishing in _furniture(lexicon.get("furniture", ()))
        },
        furniture_signs=tuple(signs),
        cue_phrases=PhraseIndex.build(
            (entry.text, attribute(entry, "kind")) for entry in lexicon.get("cue", ())
        ),
        cues={kind: frozenset(words) for kind, words in cues.items()},
        verbs=verbs,
        titles=titles,
        title_parts=_flagged(lexicon.get("title", ()), "part"),
        institutions=_flagged(lexicon.get("group", ()), "institution"),
        unnamed_heads=_flagged(lexicon.get("group", ()), "unnamed"),
        country_codes=frozenset(country.code for country in knowledge.countries),
        same_titles=_same_titles(lexicon.get("title", ())),
        honorifics=frozenset(fold(entry.text) for entry in lexicon.get("honorific", ())),
        months=months,
        month_openings=frozenset(month.split()[0] for month in months),
        weekdays={**WEEKDAYS, **_numbers(lexicon.get("weekday", ()))},
        name_breaks=frozenset(verbs) | frozenset(titles) | _firsts(lexicon.get("group", ())),
        counted=read_counted(lexicon.get("counted", ())),
    )


_last: tuple[Knowledge, Vocabulary] | None = None


def vocabulary_of(knowledge: Knowledge) -> Vocabulary:
    """The vocabulary of ``knowledge``; the last one is kept, because an import asks for the same again."""
    global _last
    last = _last
    if last is None or last[0] is not knowledge:
        last = _last = (knowledge, build_vocabulary(knowledge))
    return last[1]
