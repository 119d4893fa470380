"""Dates as a reader types them, and the days that they name.

Digits of any script. Forms: 2021, 2021-06, 2021-06-28, 28/6/2021 (the day first), 6/2021, with - / or .
between the numbers; «28 حزيران 2021», «حزيران 2021», «حزيران/يونيو 2021», «نوفمبر (تشرين الثاني) 2014» with
the month names of ``archive.arabic.months``; June 2021, 28 June 2021, June 28, 2021. A range is two of them
with .. or … or – between (years also with -), or one of them with .. before or after it. The year is
always four digits: a shorter one could be anything.
"""

import calendar
import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from archive.arabic.letters import INVISIBLE
from archive.arabic.months import MONTHS
from archive.arabic.normalize import fold
from archive.arabic.words import segment

# No written range is longer, so reading one costs the same wherever it stands.
_LONGEST = 120
ENGLISH_MONTHS = {
    name[:length].casefold(): number
    for number, name in enumerate(calendar.month_name)
    if name
    for length in (3, 4, len(name))
    if length == len(name) or length == 3 or name == "September"
}
_MONTHS = MONTHS | ENGLISH_MONTHS

_HYPHENS = "-\u2010\u2011\u2212\ufe63\uff0d"
_SLASHES = "/\u2044\u2215\uff0f"
_DOTS = ".\uff0e"
_SEPARATORS = {sign: signs[0] for signs in (_HYPHENS, _SLASHES, _DOTS) for sign in signs}
_BESIDE_A_MONTH = re.compile(rf"[\s,،{_HYPHENS}{_SLASHES}{_DOTS}]*")
_OTHER_NAME = re.compile(rf"\s*(?:[{_HYPHENS}{_SLASHES}\u2013\\]|(\())\s*")
_RANGE = re.compile(rf"\s*(?:[{_DOTS}]{{2,}}|\u2026|[\u2013\u2014]|(?<=\s)[{_HYPHENS}](?=\s))\s*")
_OPEN_RANGE = re.compile(rf"\s*(?:[{_DOTS}]{{2,}}|\u2026)")
_HYPHEN = re.compile(f"[{_HYPHENS}]")
_SPACE = re.compile(rf"[\s{INVISIBLE}]*")


class Days(NamedTuple):
    """The days that are named, inclusive; None is an open side of a range.

    ``end`` is where the writing ends, in code points of the text that was read. ``turned`` is a range
    that is written backwards.
    """

    first: date | None
    last: date | None
    end: int
    turned: bool = False


class _Lexeme(NamedTuple):
    """A word or a number, folded, with what stands ``before`` it."""

    key: str
    before: str
    start: int
    end: int


class _Read(NamedTuple):
    """A date and the number of the lexeme after it."""

    first: date
    last: date
    following: int


def read_date(text: str, start: int = 0) -> Days | None:
    """The date that begins at ``start`` (white space aside); None if none does or it does not exist."""
    lexemes = _lexemes(text, start)
    found = _date(lexemes, 0)
    if found is None or not _SPACE.fullmatch(lexemes[0].before):
        return None
    return Days(found.first, found.last, lexemes[found.following - 1].end)


def read_range(text: str, start: int = 0) -> Days | None:
    """The range, or the single date, that begins at ``start``."""
    lexemes = _lexemes(text, start)
    found = _date(lexemes, 0)
    if found is None:
        return None
    if _OPEN_RANGE.fullmatch(lexemes[0].before.rstrip()):
        return Days(None, found.last, lexemes[found.following - 1].end)
    if not _SPACE.fullmatch(lexemes[0].before):
        return None
    end = lexemes[found.following - 1].end
    if found.following < len(lexemes):
        sign = lexemes[found.following].before
        years = found.following == 1 and len(lexemes[1].key) == 4
        if _RANGE.fullmatch(sign) or (years and _HYPHEN.fullmatch(sign)):
            other = _date(lexemes, found.following)
            if other is not None:
                turned = found.first > other.last
                early, late = (other, found) if turned else (found, other)
                return Days(early.first, late.last, lexemes[other.following - 1].end, turned)
    tail = _OPEN_RANGE.match(text, end)
    if tail is not None:
        return Days(found.first, None, tail.end())
    return Days(found.first, found.last, end)


def _lexemes(text: str, start: int) -> list[_Lexeme]:
    found, previous = [], start
    for word in segment(text[start : start + _LONGEST]):
        found.append(
            _Lexeme(
                fold(word.text), text[previous : start + word.start], start + word.start, start + word.end
            )
        )
        previous = start + word.end
    return found


def _date(lexemes: Sequence[_Lexeme], at: int) -> _Read | None:
    return next(_readings(lexemes, at), None)


def _readings(lexemes: Sequence[_Lexeme], at: int) -> Iterator[_Read]:
    """What a date that begins at a lexeme may be, the longest first."""
    yield from _in_words(lexemes, at)
    numbers = _numbers(lexemes, at)
    for parts in (numbers[:3], numbers[:2], numbers[:1]):
        days = _days(parts)
        if days is not None:
            yield _Read(*days, at + len(parts))


def _numbers(lexemes: Sequence[_Lexeme], at: int) -> list[str]:
    """Up to three numbers with the same sign between them."""
    found: list[str] = []
    sign = ""
    for lexeme in lexemes[at : at + 3]:
        joined = _SEPARATORS.get(lexeme.before, "")
        if not _is_number(lexeme.key) or (found and (not joined or (sign and joined != sign))):
            break
        sign = joined if found else ""
        found.append(lexeme.key)
    return found


def _days(parts: Sequence[str]) -> tuple[date, date] | None:
    """The first and last day of year, year and month or whole date, in either order."""
    if not parts:
        return None
    ordered = parts if len(parts[0]) == 4 else parts[::-1]
    if len(ordered[0]) != 4 or any(len(part) > 2 for part in ordered[1:]):
        return None
    return _span(*map(int, ordered))


def _in_words(lexemes: Sequence[_Lexeme], at: int) -> Iterator[_Read]:
    """A date with the name of a month; the day before it or, as in English, after it."""
    day = None
    place = at
    if _is_day(lexemes, at) and at + 1 < len(lexemes) and _BESIDE_A_MONTH.fullmatch(lexemes[at + 1].before):
        day, place = int(lexemes[at].key), at + 1
    named = _month(lexemes, place)
    if named is None:
        return
    month, place, before = named
    if day is None and _is_day(lexemes, place) and _BESIDE_A_MONTH.fullmatch(before):
        day, place = int(lexemes[place].key), place + 1
        before = lexemes[place].before if place < len(lexemes) else ""
    if place < len(lexemes) and _BESIDE_A_MONTH.fullmatch(before):
        year = lexemes[place].key
        days = _span(int(year), month, day) if _is_number(year) and len(year) == 4 else None
        if days is not None:
            yield _Read(*days, place + 1)


def _month(lexemes: Sequence[_Lexeme], at: int) -> tuple[int, int, str] | None:
    """A month, perhaps in two names: its number, the lexeme after it and what stands before that one."""
    named = _month_name(lexemes, at)
    if named is None:
        return None
    month, place = named
    before = lexemes[place].before if place < len(lexemes) else ""
    joined = _OTHER_NAME.fullmatch(before)
    if joined is not None:
        other = _month_name(lexemes, place)
        if other is not None and other[0] == month:
            place = other[1]
            before = lexemes[place].before if place < len(lexemes) else ""
            if joined.group(1):
                if not before.startswith(")"):
                    return None
                before = before[1:]
    return month, place, before


def _month_name(lexemes: Sequence[_Lexeme], at: int) -> tuple[int, int] | None:
    """The month whose name of one or two words begins at a lexeme, and the lexeme after it."""
    pair = lexemes[at : at + 2]
    if len(pair) == 2 and pair[1].before.isspace():
        month = _MONTHS.get(f"{pair[0].key} {pair[1].key}")
        if month is not None:
            return month, at + 2
    month = _MONTHS.get(pair[0].key) if pair else None
    return (month, at + 1) if month is not None else None


def _is_day(lexemes: Sequence[_Lexeme], at: int) -> bool:
    return at < len(lexemes) and _is_number(lexemes[at].key) and len(lexemes[at].key) <= 2


def _is_number(key: str) -> bool:
    return key.isascii() and key.isdecimal()


def _span(year: int, month: int | None = None, day: int | None = None) -> tuple[date, date] | None:
    """The first and last day of what is named; None for what no calendar has."""
    try:
        if month is None:
            return date(year, 1, 1), date(year, 12, 31)
        first = date(year, month, day or 1) if day != 0 else None
    except ValueError:
        return None
    if first is None or day:
        return (first, first) if first else None
    return first, date(year, month, calendar.monthrange(year, month)[1])
