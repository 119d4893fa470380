"""Who held an office when: the terms of office of the reference data, found by office and country."""

from collections.abc import Mapping
from datetime import date, timedelta

from archive.extraction.document import read_document
from archive.extraction.knowledge import Person, Term
from archive.extraction.titles import Title, read_title
from archive.extraction.vocabulary import Vocabulary

# Announcement, oath and handover differ by up to a week.
_WEEK = timedelta(days=7)

Offices = Mapping[tuple[tuple[str, ...], str | None], list[tuple[Person, Term]]]


def parse_title(text: str, vocabulary: Vocabulary) -> Title | None:
    """The title that ``text`` states, None if it begins with no head noun."""
    document = read_document(text)
    return read_title(document, 0, len(document.words), vocabulary) if document.words else None


def _build(vocabulary: Vocabulary) -> Offices:
    offices: dict[tuple[tuple[str, ...], str | None], list[tuple[Person, Term]]] = {}
    for person in vocabulary.knowledge.people:
        for term in person.terms:
            title = parse_title(term.title_ar, vocabulary)
            if title is not None:
                where = term.country or term.organisation or title.country
                offices.setdefault((title.role, where), []).append((person, term))
    return offices


_last: tuple[Vocabulary, Offices] | None = None


def offices_of(vocabulary: Vocabulary) -> Offices:
    """All terms by ``(office, country or organisation)``; the last vocabulary's are kept."""
    global _last
    last = _last
    if last is None or last[0] is not vocabulary:
        last = _last = (vocabulary, _build(vocabulary))
    return last[1]


def in_office(term: Term, day: date, slack: timedelta = _WEEK) -> bool:
    """Whether the term covers ``day``, give or take ``slack``."""
    return (term.start is None or term.start - slack <= day) and (term.end is None or day < term.end + slack)


def holders(
    role: tuple[str, ...], where: str | None, day: date | None, vocabulary: Vocabulary
) -> list[tuple[Person, Term]]:
    """Who held the office at ``day``: those surely in office, else those within a week of it."""
    if day is None or where is None:
        return []
    terms = offices_of(vocabulary).get((role, where), [])
    exact = [item for item in terms if in_office(item[1], day, timedelta(0))]
    return exact or [item for item in terms if in_office(item[1], day)]


def term_at(
    person: Person, role: tuple[str, ...] | None, day: date | None, vocabulary: Vocabulary
) -> Term | None:
    """The person's term at ``day``, the one of that office if there are several; None if none covers it."""
    if day is None:
        return None
    terms = [term for term in person.terms if in_office(term, day)]
    if role and len(terms) > 1:
        for term in terms:
            title = parse_title(term.title_ar, vocabulary)
            if title is not None and title.role == role:
                return term
    return terms[0] if terms else None
