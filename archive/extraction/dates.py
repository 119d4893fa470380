"""When an article was published: stated, stated beside the text, or inferred; unknown stays None.

A date in the body is the article's own only if the text says so (اليوم، أمس, a dateline): years and
months of other events, past or to come, are never taken.
"""

import datetime
import re
from dataclasses import dataclass
from datetime import timedelta
from typing import NamedTuple

from archive.arabic.clitics import readings
from archive.arabic.numerals import ordinal
from archive.arabic.particles import word_set
from archive.extraction.calendar_dates import WrittenDate, dates_between, weekday_at
from archive.extraction.datelines import FoundDateline
from archive.extraction.document import Block, Document
from archive.extraction.facts import Span
from archive.extraction.knowledge import KnownMeeting
from archive.extraction.vocabulary import Vocabulary

# How many days before the article's own a word says.
_SHIFTS = {"اليوم": 0, "امس": 1, "الامس": 1, "غدا": -1, "غد": -1, "الغد": -1}
# The same in several words, beside أمس الأول.
_SHIFT_PHRASES = ((("اول", "من", "امس"), 2), (("اول", "امس"), 2), (("بعد", "غد"), -2))
_SHIFT_OPENINGS = frozenset(phrase[0] for phrase, _ in _SHIFT_PHRASES)
_ANNIVERSARY = frozenset({"ذكري", "الذكري", "لذكري", "بذكري"})
_PUBLISHED = frozenset({"نشر", "النشر", "نشرت", "تاريخ", "التاريخ"})
_FETCHED = frozenset({"الزياره", "الاطلاع", "الارشفه", "الاسترجاع", "استرجع", "الاقتباس", "نسخه", "الطباعه"})
_UPDATED = frozenset({"تحديث", "التحديث", "حدث", "تعديل"})
_LATER = frozenset({"المقبل", "القادم", "بحلول", "حتي", "موعد"})
_EXPECTED = word_set(
    "المقبل المقبله القادم القادمه المقرر المرتقب مرتقب مقرر المزمع سوف يجتمع تجتمع ينعقد يعقد تعقد "
    "تستضيف يستضيف يلتقي موعد غدا"
)
# A line of so many words is text.
_LONG = 12
# Lines at the beginning and the end of a file that may say when the page was published.
_HEAD, _TAIL = 12, 4
_TIME = re.compile(r"\d{1,2}:\d{2}")
# Anchors beyond the first so many say nothing new; the bound keeps the work linear.
_MOST = 200


class Anchor(NamedTuple):
    """A word that places the text in time: ``shift`` is the days from the event to the text."""

    first: int
    last: int
    shift: int | None
    weekday: int | None


@dataclass(frozen=True, slots=True)
class FoundDate:
    """``event`` is the day of the statement or event that the date was inferred from."""

    date: datetime.date
    basis: str
    confidence: float
    evidence: tuple[Span, ...]
    event: datetime.date | None = None


def find_anchors(document: Document, blocks: list[Block], vocabulary: Vocabulary) -> list[Anchor]:
    """اليوم، أمس، غدا and weekdays of the body, in order."""
    found: list[Anchor] = []
    for block in blocks:
        place = block.first
        while place < block.last:
            shift, words = _shift_at(document, place)
            day_place = place + words
            if shift is None and document.keys[place] in ("يوم", "مسا", "صباح"):
                day_place = place + 1
            weekday = None
            if day_place < block.last and (day_place == place or "\n" not in document.gap_before(day_place)):
                weekday = weekday_at(document, day_place, vocabulary)
            if shift is None and weekday is None:
                place += 1
                continue
            last = day_place + 1 if weekday is not None else place + max(1, words)
            found.append(Anchor(place, last, shift, weekday))
            place = last
    return found


def _shift_at(document: Document, place: int) -> tuple[int | None, int]:
    """The shift that the words from ``place`` say, and how many they are: أمس الأول، أول من أمس، بعد غد."""
    keys = document.keys
    shift = _shift(keys[place])
    if shift == 1 and keys[place + 1 : place + 2] == ("الاول",):
        return 2, 2
    for phrase, said in _SHIFT_PHRASES if keys[place] in _SHIFT_OPENINGS else ():
        if keys[place : place + len(phrase)] == phrase:
            return said, len(phrase)
    return shift, 0 if shift is None else 1


def _shift(key: str) -> int | None:
    for _, word in readings(key):
        if word in _SHIFTS:
            return _SHIFTS[word]
    return None


def stated_date(
    document: Document,
    datelines: list[FoundDateline],
    lines: list[Block],
    body: list[Block],
    anchors: list[Anchor],
    dates: list[WrittenDate],
) -> FoundDate | None:
    """The date that the file itself states: in a dateline, in a line of its own, or after اليوم."""
    for dateline in datelines:
        if dateline.written is not None and dateline.written.date is not None:
            span = document.slice(dateline.start, dateline.end)
            named = dateline.place is not None or dateline.outlet is not None
            return FoundDate(dateline.written.date, "explicit" if named else "furniture", 0.97, (span,))
    return _line_date(document, lines, body, anchors, dates) or _body_date(document, body, dates)


def _line_date(
    document: Document, lines: list[Block], body: list[Block], anchors: list[Anchor], dates: list[WrittenDate]
) -> FoundDate | None:
    """The date of a line that says little else: one that says published, else the one nearest to the text."""
    text = next((block.start for block in body if block.last - block.first >= _LONG), len(document.text))
    best: tuple[tuple[int, int, int], WrittenDate] | None = None
    for block in (*lines[:_HEAD], *lines[_HEAD:][-_TAIL:]):
        if block.last - block.first > 16:
            continue
        keys = document.keys[block.first : block.last]
        words = set(keys)
        if words & _FETCHED or words & _LATER:
            continue
        rank = 2 if words & _PUBLISHED else 0 if words & _UPDATED else 1
        for written in dates_between(dates, block.start, block.end):
            if written.date is not None:
                share = sum(
                    key.isdecimal() or written.first <= place < written.last
                    for place, key in enumerate(keys, block.first)
                )
                # Beside a time of day stands the article's date, without one often that of the page.
                timed = int(_TIME.search(document.text, block.start, block.end) is not None)
                near = -abs(text - block.start)
                if (share >= 0.3 * len(keys) or rank != 1) and (
                    best is None or (rank, timed, near) > best[0]
                ):
                    best = ((rank, timed, near), written)
                break
    if best is None or best[1].date is None:
        return None
    written, day = best[1], best[1].date
    if written.other is not None and _today_is(anchors, written.other) and not _today_is(anchors, day):
        day = written.other
    span = document.slice(written.start, written.end)
    return FoundDate(day, "furniture", 0.95 if best[0][0] else 0.7, (span,))


def _today_is(anchors: list[Anchor], day: datetime.date) -> bool:
    """Whether the text says of a day that it is the article's by its weekday: اليوم الثلاثاء، أمس الاثنين."""
    return any(
        anchor.shift is not None
        and anchor.weekday is not None
        and (day - timedelta(days=anchor.shift)).weekday() == anchor.weekday
        for anchor in anchors[:_MOST]
    )


def _body_date(document: Document, body: list[Block], dates: list[WrittenDate]) -> FoundDate | None:
    """«اليوم الاثنين 28 يونيو 2021»; a whole date without such a word is as often another event's."""
    for block in body:
        for written in dates_between(dates, block.start, block.end):
            day = written.date
            if day is None:
                continue
            before = document.keys[max(block.first, written.first - 2) : written.first]
            shift = next((value for key in reversed(before) if (value := _shift(key)) is not None), None)
            span = document.slice(written.start, written.end)
            if shift is not None:
                basis = "explicit" if shift == 0 else "relative"
                return FoundDate(day + timedelta(days=shift), basis, 0.9, (span,), day)
    return None


def anniversary_date(
    document: Document, blocks: list[Block], anchors: list[Anchor], vocabulary: Vocabulary
) -> FoundDate | None:
    """«أمس بمناسبة الذكرى الثانية لهزيمة …»: the anniversary of a dated event, and the day after it."""
    for block in blocks:
        for place in range(block.first, block.last):
            if not any(word in _ANNIVERSARY for _, word in readings(document.keys[place])):
                continue
            number = ordinal(list(document.keys[place + 1 : min(block.last, place + 4)]))
            if number is None:
                continue
            at = place + 1 + number[1]
            if at >= block.last:
                continue
            match = vocabulary.events.match_at(document.keys, at, block.last)
            if match is None:
                continue
            event = match.values[0].date
            day = _years_later(event, number[0])
            anchor = _nearest(anchors, place, block)
            if day is None or anchor is None or anchor.shift is None:
                continue
            first = min(anchor.first, place)
            evidence = (document.span(first, max(match.end, anchor.last)),)
            return FoundDate(day + timedelta(days=anchor.shift), "relative", 0.8, evidence, day)
    return None


def _years_later(day: datetime.date, years: int) -> datetime.date | None:
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return None


def _nearest(anchors: list[Anchor], place: int, block: Block) -> Anchor | None:
    inside = [
        anchor
        for anchor in anchors[:_MOST]
        if block.first <= anchor.first < block.last and abs(anchor.first - place) < 15
    ]
    return min(inside, key=lambda anchor: abs(anchor.first - place), default=None)


def event_date(
    document: Document, blocks: list[Block], anchors: list[Anchor], vocabulary: Vocabulary
) -> FoundDate | None:
    """A dated event told as the news of today or yesterday, its weekday agreeing."""
    for block in blocks:
        for match in vocabulary.events.find_all(document.keys, block.first, block.last):
            day = match.values[0].date
            end = match.end
            for anchor in anchors[:_MOST]:
                if not end - 12 <= anchor.first <= end + 4 or anchor.shift is None or anchor.weekday is None:
                    continue
                if anchor.weekday == day.weekday():
                    span = document.span(min(match.start, anchor.first), max(end, anchor.last))
                    return FoundDate(day + timedelta(days=anchor.shift), "event", 0.85, (span,), day)
    return None


def meeting_date(
    document: Document, meeting: KnownMeeting, anchors: list[Anchor], confidence: float
) -> FoundDate | None:
    """The day of the article from the meeting that it reports and the weekdays that it names."""
    days = [
        meeting.start + timedelta(days=step) for step in range(min(7, (meeting.end - meeting.start).days + 1))
    ]
    best: tuple[float, FoundDate] | None = None
    for anchor in anchors[:_MOST]:
        if anchor.weekday is None and (anchor.shift is None or anchor.shift < 0):
            continue
        if anchor.shift is None and _is_expected(document, anchor):
            continue
        for day in days:
            if anchor.weekday is not None and anchor.weekday != day.weekday():
                continue
            if anchor.weekday is None and len(days) > 1:
                continue
            certainty = (0.95 if anchor.shift is not None else 0.8) if anchor.weekday is not None else 0.6
            found = FoundDate(
                day + timedelta(days=anchor.shift or 0),
                "event",
                round(certainty * confidence, 2),
                (document.span(anchor.first, anchor.last),),
                day,
            )
            if best is None or certainty > best[0]:
                best = (certainty, found)
    return best[1] if best else None


def _is_expected(document: Document, anchor: Anchor) -> bool:
    """Whether a bare weekday is told of as to come: «سيعقد يوم الأربعاء»، «الأربعاء المقبل»."""
    start = anchor.first
    while start and anchor.first - start < 12 and "\n" not in document.gap_before(start):
        start -= 1
    before = document.keys[start : anchor.first]
    if _EXPECTED & set(document.keys[anchor.last : anchor.last + 2]):
        return True
    return any(key in _EXPECTED or _is_future(key) for key in before)


def _is_future(key: str) -> bool:
    """Whether a word is a verb with the س of the future: سيعقد، ستستضيف، وسيلتقي."""
    return any(len(word) > 4 and word.startswith(("سي", "ست", "سن")) for _, word in readings(key))


def opening_day(
    document: Document, datelines: list[FoundDateline], blocks: list[Block], dates: list[WrittenDate]
) -> WrittenDate | None:
    """A date that the dateline or the first paragraph writes with its day, with or without the year."""
    for dateline in datelines:
        if dateline.written is not None and dateline.written.day is not None:
            return dateline.written
    for block in blocks[:1]:
        for written in dates_between(dates, block.start, block.end):
            if written.day is not None:
                return written
    return None


def completed_date(
    document: Document, written: WrittenDate, meeting: KnownMeeting, datelines: list[FoundDateline]
) -> FoundDate | None:
    """The day in the dateline, or told as today, if it fits the meeting; a missing year is the meeting's."""
    before = document.keys[max(0, written.first - 3) : written.first]
    if not any(line.written is written for line in datelines) and not (
        written.weekday is not None or any(_shift(key) == 0 for key in before)
    ):
        return None
    day = written.date
    if day is None and written.year is None and written.day is not None:
        try:
            day = datetime.date(meeting.start.year, written.month, written.day)
        except ValueError:
            return None
    if day is None or not timedelta(0) <= day - meeting.start <= timedelta(days=5):
        return None
    return FoundDate(day, "event", 0.8, (document.slice(written.start, written.end),), meeting.start)
