"""Dates written in a text, as they are written: full dates, months, years, weekdays.

Nothing here decides which of them is the article's own (see ``dates``).
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from archive.arabic.clitics import readings
from archive.arabic.months import AMBIGUOUS
from archive.extraction.document import Document
from archive.extraction.vocabulary import Vocabulary

_YEARS = range(1990, 2100)
_NUMERIC = re.compile(r"(?<!\d)(\d{1,4})\s?([/.\-])\s?(\d{1,2})\s?\2\s?(\d{1,4})(?!\d)")
_EASTERN = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")


class WrittenDate(NamedTuple):
    """A date in the text; ``day`` or ``year`` is None if not written, ``weekday`` likewise (Monday is 0)."""

    start: int
    end: int
    first: int
    last: int
    year: int | None
    month: int
    day: int | None
    weekday: int | None

    @property
    def date(self) -> date | None:
        """The day, if it is written whole and exists."""
        if self.year is None or self.day is None:
            return None
        try:
            return date(self.year, self.month, self.day)
        except ValueError:
            return None


def _number(key: str) -> int | None:
    return int(key) if key.isdecimal() and len(key) <= 4 else None


def weekday_at(document: Document, place: int, vocabulary: Vocabulary) -> int | None:
    """The weekday that a word names, with or without proclitics (والاثنين)."""
    for _, word in readings(document.keys[place]):
        if word in vocabulary.weekdays:
            return vocabulary.weekdays[word]
    return None


def _month_at(document: Document, place: int, vocabulary: Vocabulary) -> tuple[int, int] | None:
    """The month that begins at a word, ``(number, words)``: one word or two (تشرين الأول)."""
    keys = document.keys
    for prefix, word in readings(keys[place]):
        if len(prefix) > 1:
            continue
        if place + 1 < len(keys) and (number := vocabulary.months.get(f"{word} {keys[place + 1]}")):
            return number, 2
        if number := vocabulary.months.get(word):
            if prefix and word in AMBIGUOUS:
                continue
            return number, 1
    return None


def _bracketed_twin(document: Document, place: int, number: int, vocabulary: Vocabulary) -> int:
    """How many words the same month in its other name takes: يونيو/حزيران، نوفمبر (تشرين الثاني)."""
    if place >= len(document.words) or not any(sign in document.gap_before(place) for sign in "/(-–\\،"):
        return 0
    twin = _month_at(document, place, vocabulary)
    return twin[1] if twin is not None and twin[0] == number else 0


def written_dates(document: Document, vocabulary: Vocabulary) -> list[WrittenDate]:
    """All dates with at least a month, in the order of the text."""
    found: list[WrittenDate] = []
    keys, words = document.keys, document.words
    place = 0
    while place < len(keys):
        month = _month_at(document, place, vocabulary)
        if month is None:
            place += 1
            continue
        number, used = month
        first, last = place, place + used
        last += _bracketed_twin(document, last, number, vocabulary)
        day = _number(keys[first - 1]) if first else None
        ambiguous = used == 1 and any(word in AMBIGUOUS for _, word in readings(keys[place]))
        if day is not None and 1 <= day <= 31 and "\n" not in words[first].gap:
            first -= 1
        elif last < len(keys) and (after := _number(keys[last])) and after <= 31 and keys[place].isascii():
            day, last = after, last + 1
        else:
            day = None
        year = None
        for step in (0, 1):
            at = last + step
            if at < len(keys) and "\n" not in words[at].gap:
                value = _number(keys[at])
                if value in _YEARS and (step == 0 or keys[last] in ("عام", "سنه", "من", "لعام", "العام")):
                    year, last = value, at + 1
                    break
        if ambiguous and day is None and year is None:
            place += 1
            continue
        weekday = None
        before = first - 1
        if before >= 0 and keys[before] in ("في", "الموافق", "بتاريخ"):
            before -= 1
        if before >= 0 and "\n" not in words[before + 1].gap:
            weekday = weekday_at(document, before, vocabulary)
            if weekday is not None:
                first = before
        found.append(
            WrittenDate(words[first].start, words[last - 1].end, first, last, year, number, day, weekday)
        )
        place = last
    return sorted(found + _numeric_dates(document), key=lambda item: item.start)


def _numeric_dates(document: Document) -> list[WrittenDate]:
    """28/6/2021, 2021-06-28, 28.06.2021: day first unless the year is; a month above 12 is no date."""
    found = []
    for match in _NUMERIC.finditer(document.text.translate(_EASTERN)):
        first, month, last = (int(match.group(index)) for index in (1, 3, 4))
        year, day = (first, last) if first > 31 else (last, first)
        if month > 12 >= day >= 1 and year > 31:
            month, day = day, month
        if year in _YEARS and 1 <= month <= 12 and 1 <= day <= 31:
            places = document.place_at(match.start()), document.place_at(match.end())
            found.append(WrittenDate(match.start(), match.end(), *places, year, month, day, None))
    return found


def dates_between(dates: Sequence[WrittenDate], start: int, end: int) -> Sequence[WrittenDate]:
    """The dates (in order) that begin in ``start`` to before ``end``."""
    first = bisect_left(dates, start, key=lambda item: item.start)
    return dates[first : bisect_left(dates, end, key=lambda item: item.start)]
