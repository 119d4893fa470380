"""Dates written in a text, as they are written: full dates, months, years, weekdays.

Nothing here decides which of them is the article's own (see ``dates``). Dates of the Islamic calendar are
recognised so that nothing else is made of them; they are not converted, because the calendars in use differ
by a day.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from archive.arabic.clitics import readings
from archive.arabic.months import AMBIGUOUS, HIJRI_MONTHS
from archive.arabic.numerals import ordinal
from archive.extraction.document import Document
from archive.extraction.vocabulary import Vocabulary

_YEARS = range(1990, 2100)
_NUMERIC = re.compile(r"(?<!\d)(\d{1,4})\s?([/.\-])\s?(\d{1,2})\s?\2\s?(\d{1,4})(?!\d)")
_EASTERN = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_OF_YEAR = frozenset({"عام", "سنه", "من", "لعام", "العام", "لسنه"})
_LINKS = frozenset({"في", "الموافق", "بتاريخ"})
_AMERICAN_TIME = re.compile(r"[\s,،|\-]*\d{1,2}:\d{2}(?::\d{2})?\s*[AP]M\b", re.IGNORECASE)


class WrittenDate(NamedTuple):
    """A date in the text; ``day`` or ``year`` is None if not written, ``weekday`` likewise (Monday is 0).

    ``other`` is the day that 2/10/2026 means where the month is written first, if that could be.
    """

    start: int
    end: int
    first: int
    last: int
    year: int | None
    month: int
    day: int | None
    weekday: int | None
    other: date | None = None

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
        if word not in vocabulary.month_openings or len(prefix) > 1:
            continue
        if place + 1 < len(keys) and (number := vocabulary.months.get(f"{word} {keys[place + 1]}")):
            return number, 2
        if number := vocabulary.months.get(word):
            if prefix and word in AMBIGUOUS:
                continue
            return number, 1
    return None


def _twins(document: Document, place: int, number: int, vocabulary: Vocabulary) -> int:
    """How many words the same month in its other names takes: يونيو/حزيران، نوفمبر (تشرين الثاني)."""
    at = place
    while at < len(document.words) and "\n" not in document.gap_before(at):
        twin = _month_at(document, at, vocabulary)
        if twin is None or twin[0] != number:
            break
        at += twin[1]
    return at - place


def _day_before(document: Document, month: int) -> tuple[int, int] | None:
    """The day written before the month at a word, ``(day, first word)``: 28, 11 من، الثامن والعشرين من."""
    keys, words = document.keys, document.words
    last = month
    if last and keys[last - 1] == "من" and "\n" not in words[last].gap:
        last -= 1
    day = _number(keys[last - 1]) if last and "\n" not in words[last].gap else None
    if day is not None:
        return (day, last - 1) if 1 <= day <= 31 else None
    for size in (2, 1) if last < month else ():
        first = last - size
        if first >= 0 and not any("\n" in words[place].gap for place in range(first + 1, last)):
            number = ordinal(list(keys[first:last]))
            if number is not None and number[1] == size and number[0] <= 31:
                return number[0], first
    return None


def _year_at(document: Document, place: int) -> tuple[int, int] | None:
    """The year written at a word or after a word like عام, ``(year, end)``."""
    keys, words = document.keys, document.words
    for step in (0, 1):
        at = place + step
        if at < len(keys) and "\n" not in words[at].gap:
            value = _number(keys[at])
            if value is not None and value in _YEARS and (step == 0 or keys[place] in _OF_YEAR):
                return value, at + 1
    return None


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
        last += _twins(document, last, number, vocabulary)
        ambiguous = last == place + 1 and any(word in AMBIGUOUS for _, word in readings(keys[place]))
        day = year = None
        before = _day_before(document, place)
        after = _number(keys[last]) if last < len(keys) and "\n" not in words[last].gap else None
        earlier = _number(keys[place - 1]) if place and "\n" not in words[place].gap else None
        if before is not None:
            day, first = before
        elif after is not None and after <= 31 and (keys[place].isascii() or earlier in _YEARS):
            # June 28, 2021; 2022 ماي 11.
            day, last = after, last + 1
            if earlier in _YEARS:
                year, first = earlier, place - 1
        if year is None and (named := _year_at(document, last)) is not None:
            year, last = named
        if ambiguous and day is None and year is None:
            place += 1
            continue
        weekday, first = _weekday_before(document, first, vocabulary)
        found.append(
            WrittenDate(words[first].start, words[last - 1].end, first, last, year, number, day, weekday)
        )
        place = last
    return sorted(found + _numeric_dates(document, vocabulary), key=lambda item: item.start)


def _weekday_before(document: Document, first: int, vocabulary: Vocabulary) -> tuple[int | None, int]:
    """The weekday before the date at a word, and where the date begins with it."""
    before = first - 1
    if before >= 0 and document.keys[before] in _LINKS and "\n" not in document.gap_before(first):
        before -= 1
    if before >= 0 and "\n" not in document.gap_before(before + 1):
        weekday = weekday_at(document, before, vocabulary)
        if weekday is not None:
            return weekday, before
    return None, first


def _numeric_dates(document: Document, vocabulary: Vocabulary) -> list[WrittenDate]:
    """28/6/2021, 2021-06-28, 28.06.2021: day first unless the year is; a month above 12 is no date."""
    found = []
    text = document.text.translate(_EASTERN)
    for match in _NUMERIC.finditer(text):
        head, month, tail = (int(match.group(index)) for index in (1, 3, 4))
        year, day = (head, tail) if head > 31 else (tail, head)
        # 2/10/2026 7:25 PM, without zeros: as American programs write it, the month first.
        american = "0" not in (match.group(1)[0], match.group(3)[0]) and _AMERICAN_TIME.match(
            text, match.end()
        )
        if month > 12 >= day >= 1 or (american and head <= 12):
            month, day = day, month
        if year in _YEARS and 1 <= month <= 12 and 1 <= day <= 31:
            first, last = document.place_at(match.start()), document.place_at(match.end())
            weekday, first = _weekday_before(document, first, vocabulary)
            start = document.words[first].start
            other = date(year, day, month) if head <= 12 and day <= 12 and day != month else None
            found.append(WrittenDate(start, match.end(), first, last, year, month, day, weekday, other))
    return found


def hijri_at(document: Document, place: int) -> int | None:
    """The end of a date of the Islamic calendar that begins at a word: 19 ذو القعدة 1444 هـ، 20/11/1444هـ."""
    keys = document.keys
    at = place
    if at < len(keys) and keys[at].isdecimal():
        at += 1
    month = next(
        (
            size
            for size in (2, 1)
            if " ".join(keys[at : at + size]) in HIJRI_MONTHS and at + size <= len(keys)
        ),
        None,
    )
    if month is not None:
        at += month
    else:
        while at < min(len(keys), place + 3) and keys[at].isdecimal():
            at += 1
        if at - place != 3 or not any(1300 <= (_number(key) or 0) <= 1600 for key in keys[place:at]):
            return None
        return at + 1 if at < len(keys) and keys[at] == "ه" else at
    if at < len(keys) and keys[at].isdecimal():
        at += 1
    if at < len(keys) and keys[at] in ("ه", "هجري", "هجريه"):
        at += 1
    return at


def dates_between(dates: Sequence[WrittenDate], start: int, end: int) -> Sequence[WrittenDate]:
    """The dates (in order) that begin in ``start`` to before ``end``."""
    first = bisect_left(dates, start, key=lambda item: item.start)
    return dates[first : bisect_left(dates, end, key=lambda item: item.start)]
