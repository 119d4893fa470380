"""Which known person a name means: by who is in the article, by country and office, by the date."""

from collections.abc import Container
from datetime import date

from archive.arabic.given_names import GIVEN_NAMES
from archive.arabic.sounds import sound
from archive.extraction.knowledge import Person
from archive.extraction.noun_phrases import Mention
from archive.extraction.offices import in_office, offices_of, term_at
from archive.extraction.phrases import phrase_key
from archive.extraction.vocabulary import Vocabulary
from archive.extraction.voices import alike


def choose_person(
    mention: Mention,
    in_cast: Container[str],
    day: date | None,
    vocabulary: Vocabulary,
    *,
    single: bool,
) -> Person | None:
    """Who of those known by a name is meant here."""
    candidates = list({value.person.key: value for value in mention.named}.values())
    in_article = [value for value in candidates if value.person.key in in_cast]
    if in_article:
        return in_article[0].person
    fitting = [value for value in candidates if _fits(value.person, mention)]
    if mention.title is not None and (mention.country or mention.title.organisation):
        strong = [value for value in fitting if _holds(value.person, mention, vocabulary)]
        if strong:
            fitting = strong
    if len(fitting) > 1 and day is not None:
        fitting = [v for v in fitting if term_at(v.person, None, day, vocabulary)] or fitting
    if len(fitting) != 1:
        return None
    value = fitting[0]
    if not value.alone and single and mention.title is None:
        return None
    return value.person


def person_in_office(mention: Mention, named: Container[str], day: date | None) -> Person | None:
    """The one of those known by a shared word in office on ``day`` for a country that is ``named``."""
    if day is None:
        return None
    people = {value.person.key: value.person for value in mention.named}
    fitting = [
        person
        for person in people.values()
        if any(in_office(term, day) and (term.country or person.country) in named for term in person.terms)
    ]
    return fitting[0] if len(fitting) == 1 else None


def person_by_surname(words: list[str], mention: Mention, vocabulary: Vocabulary) -> Person | None:
    """Somebody known by the last words of a name whose first is spelt in a new way (أنطوني بلينكين)."""
    for at in range(1, len(words)):
        match = vocabulary.names.match_at(words, at, proclitics=False)
        if match is None or match.end != len(words):
            continue
        for value in match.values:
            person = value.person
            if person.kind != "person" or not _fits(person, mention):
                continue
            first = phrase_key(person.name_ar)[:1]
            whole = len(words) == 2 and len(words[0]) > 3 and words[0] in GIVEN_NAMES
            if whole and first and not alike(first[0], words[0]):
                # Somebody else of the same family name.
                continue
            if (first and alike(first[0], words[0])) or (
                mention.title is not None and _holds(person, mention, vocabulary)
            ):
                return person
    return None


def person_by_sound(words: list[str], mention: Mention, vocabulary: Vocabulary) -> Person | None:
    """Somebody whose full name is transcribed with other letters (بريت مكغورك، ينس شتولتنبرج)."""
    key = tuple(sound(word.replace("شت", "ست", 1)) for word in words)
    found = [person for person in vocabulary.sounding.get(key, ()) if _fits(person, mention)]
    if len(found) != 1:
        return None
    for known in phrases_of(found[0]):
        if len(known) == len(words) and all(map(alike, known, words)):
            return found[0]
    return None


def phrases_of(person: Person) -> list[tuple[str, ...]]:
    """The folded words of everything a person is called."""
    return [phrase_key(text) for text in (person.name_ar, *(variant.text for variant in person.variants))]


def _fits(person: Person, mention: Mention) -> bool:
    """Whether country and office of the mention do not speak against the person."""
    if mention.country is None or not person.terms:
        return True
    places = {term.country for term in person.terms} | {person.country}
    return mention.country in places or mention.country is None or places == {None}


def _holds(person: Person, mention: Mention, vocabulary: Vocabulary) -> bool:
    """Whether the person ever held the office of the mention."""
    assert mention.title is not None
    where = mention.country or mention.title.organisation
    if where is None:
        return False
    terms = offices_of(vocabulary).get((mention.title.role, where), [])
    return any(found.key == person.key for found, _ in terms)
