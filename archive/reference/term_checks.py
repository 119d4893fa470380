"""Overlaps and gaps in the terms of office: who holds one office with whom, and when nobody does.

Two terms are of one office when the extraction takes their titles for one: the same role in the same
country or organisation, for the same country. Titles that differ in more than gender may be two offices
that the extraction confuses; that too is told. Announcement, oath and handover differ by up to a week,
which is tolerated, and more where a date is known to the month or the year only.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from itertools import combinations
from typing import NamedTuple

from archive.extraction.knowledge import Person, Term
from archive.extraction.offices import parse_title
from archive.extraction.phrases import phrase_key
from archive.extraction.vocabulary import Vocabulary
from archive.reference.findings import ERROR, NOTE, WARNING, Finding

TABLE = "termofoffice"
_WEEK = timedelta(days=7)
_YEAR = timedelta(days=365)
_UNSURE = {"day": timedelta(0), "month": timedelta(days=31), "year": timedelta(days=366)}

# Feminine adjectives that are more than the masculine with an ending.
_FEMININE = {"العليا": "الاعلي"}

Words = tuple[str, ...]
Office = tuple[Words, str | None, str | None]


class _Held(NamedTuple):
    person: Person
    term: Term
    title: Words
    slack: timedelta

    @property
    def start(self) -> date:
        return self.term.start or date.min

    @property
    def end(self) -> date:
        return self.term.end or date.max


def check_terms(
    people: Iterable[Person], precision: Mapping[str, str], vocabulary: Vocabulary
) -> Iterator[Finding]:
    """``precision`` says by a term's key how exactly its dates are known: day (default), month or year."""
    offices: dict[Office, list[_Held]] = {}
    for person in people:
        for term in person.terms:
            if term.start and term.end and term.end <= term.start:
                yield _finding(ERROR, "term_backwards", person.name_ar, term.start, term.end, term)
                continue
            title = parse_title(term.title_ar, vocabulary)
            if title is None:
                yield _finding(WARNING, "unknown_title", person.name_ar, None, None, term)
            words = _masculine(phrase_key(term.title_ar))
            role = _masculine(title.role) if title else words
            stated = title.country if title else None
            where = term.country or term.organisation or stated
            slack = _WEEK + _UNSURE.get(precision.get(term.key, "day"), timedelta(0))
            if title is None or not title.head.deputy:
                office = (role, where, stated or term.country)
                offices.setdefault(office, []).append(_Held(person, term, words, slack))
    for held in offices.values():
        held.sort(key=lambda item: (item.start, item.term.key))
        yield from _overlaps(held)
        yield from _gaps(held)


def _overlaps(held: list[_Held]) -> Iterator[Finding]:
    for first, second in combinations(held, 2):
        start, end = max(first.start, second.start), min(first.end, second.end)
        if end <= start or end - start <= max(first.slack, second.slack):
            continue
        severity = ERROR if first.term.sure and second.term.sure else WARNING
        if first.person.key != second.person.key:
            names = (first.person.name_ar, second.person.name_ar)
            one_title = first.title == second.title
            check = "two_holders" if one_title else "one_role"
            yield _finding(
                severity if one_title else WARNING, check, names, start, end, first.term, second.term
            )
        elif first.title == second.title:
            yield _finding(severity, "term_twice", first.person.name_ar, start, end, first.term, second.term)


def _gaps(held: list[_Held]) -> Iterator[Finding]:
    last: _Held | None = None
    for item in held:
        if (
            last is not None
            and last.term.sure
            and item.term.sure
            and item.term.start
            and last.term.end
            and item.start - last.end > _YEAR
        ):
            names = (last.person.name_ar, item.person.name_ar)
            yield _finding(NOTE, "office_gap", names, last.end, item.start, last.term, item.term)
        if last is None or item.end >= last.end:
            last = item


def _masculine(words: Words) -> Words:
    """The words by which titles are compared: those of a woman's as those of a man's."""
    return tuple(_FEMININE.get(word, word.removesuffix("ه")) for word in words)


def _finding(
    severity: str,
    check: str,
    names: str | tuple[str, str],
    start: date | None,
    end: date | None,
    *terms: Term,
) -> Finding:
    details = {
        "names": names,
        "title": terms[0].title_ar,
        "other": terms[-1].title_ar,
        "start": _day(start),
        "end": _day(end),
    }
    return Finding(severity, check, TABLE, tuple(term.key for term in terms), details)


def _day(day: date | None) -> str:
    return "…" if day in (None, date.min, date.max) else f"{day}"
