"""Which known person a name means: by who is in the article, by country and office, by the date."""

from collections.abc import Container
from datetime import date

from archive.extraction.knowledge import Person
from archive.extraction.noun_phrases import Mention
from archive.extraction.offices import offices_of, term_at
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
            if (first and alike(first[0], words[0])) or (
                mention.title is not None and _holds(person, mention, vocabulary)
            ):
                return person
    return None


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
