"""Which known meeting a text is about: by its city, its kind, and whatever dates it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

from archive.arabic.clitics import readings
from archive.arabic.numerals import cardinal
from archive.arabic.particles import word_set
from archive.extraction.document import Block, Document
from archive.extraction.facts import Span
from archive.extraction.knowledge import KnownMeeting, Term
from archive.extraction.offices import in_office
from archive.extraction.vocabulary import Vocabulary

_MEETING_NOUNS = word_set(
    "اجتماع الاجتماع اجتماعا اجتماعات الاجتماعات اجتماعه اجتماعها اجتماعهم اجتماعي الاجتماعين موتمر "
    "الموتمر موتمرا قمه القمه محادثات المحادثات لقاء اللقاء اجتمعوا اجتمع يجتمع تجتمع بياني المجتمعين "
    "المجتمعون اعمال"
)
# «اجتمع بالجنرال» and «لقاء» are of two people unless ministers or states stand near.
_BILATERAL = frozenset({"اجتمع", "يجتمع", "تجتمع", "لقاء", "اللقاء", "محادثات", "المحادثات", "اعمال"})
_PRESS = frozenset({"صحفي", "صحافي", "الصحفي", "الصحافي", "صحفيا", "صحافيا"})
_CONFERENCE = frozenset({"موتمر", "الموتمر", "موتمرا"})
_HOSTING = word_set("احتضن يحتضن احتضنت تحتضن استضاف استضافت تستضيف يستضيف ستستضيف سيستضيف استضافه احتضان")
_DAESH = frozenset({"داعش", "الداعشي", "الجهاديين", "الجهاديون"})
_MINISTERS = frozenset({"وزراء", "وزرا", "الوزاري", "وزاري", "الوزاريه", "وزاريه", "الوزرا"})
_DEFENCE = frozenset({"دفاع", "الدفاع"})
_DIRECTORS = frozenset({"السياسيين", "السياسيون"})
_SMALL_GROUP = frozenset({"المصغره", "المصغر"})
_VIRTUAL = frozenset({"افتراضي", "افتراضيا", "الافتراضي", "المريي", "فيديو", "الفيديو", "بعد"})
_STATES = frozenset({"دوله", "دول", "عضوا", "عضو", "الاعضا", "اعضا", "الدول", "وزيرا"})
_STATE, _BAND = frozenset({"الدوله"}), frozenset({"تنظيم", "لتنظيم", "بتنظيم", "التنظيم"})
_PARTNERS = frozenset({"الشركا", "الشركاء", "شركا", "شركاء"})
_LOCATIVES = word_set("في بمدينه مدينه العاصمه بالعاصمه الايطاليه الاميركيه الامريكيه السعوديه")
_LATER = frozenset({"المقبل", "القادم", "المقبله", "القادمه", "خريف", "ربيع", "بحلول"})
_REACH, _AHEAD = 12, 8
# What a city counts less when no meeting is told of beside it.
_UNMET = 0.7
# The least score in a text that does not name the coalition.
_OF_OTHERS = 2.6
# How far an article may lie before and after the meeting that it reports.
_BEFORE, _AFTER = timedelta(days=14), timedelta(days=10)
_KIND_WEIGHT = {
    "ministerial": 1.0,
    "small_group_ministerial": 0.6,
    "defence_ministers": 0.0,
    "political_directors": -0.5,
    "conference": 0.2,
}


class Clues(NamedTuple):
    """What may tell meetings apart.

    ``day`` is a month and a day without a year; ``days`` are all dates (a year or None, a month, a day).
    """

    published: date | None
    day: tuple[int, int] | None
    days: frozenset[tuple[int | None, int, int]]
    weekdays: frozenset[int]
    members: frozenset[int]
    terms: tuple[tuple[Term, ...], ...]
    ministers: bool
    defence: bool
    directors: bool
    small_group: bool
    virtual: bool
    conference: bool
    coalition: bool


@dataclass(frozen=True, slots=True)
class MeetingFound:
    """``published_near`` says that the article's own stated date fits the meeting."""

    meeting: KnownMeeting
    city: str | None
    evidence: tuple[Span, ...]
    confidence: float


def speaks_of_coalition(document: Document, blocks: Iterable[Block], vocabulary: Vocabulary) -> bool:
    """Whether the text names the coalition."""
    for block in blocks:
        if "الايتلاف" in document.keys[block.first : block.last]:
            return True
        for match in vocabulary.groups.find_all(document.keys, block.first, block.last):
            group = match.values[0]
            if group.speaker.startswith("coalition") and (group.speaker == "coalition" or not group.bare):
                return True
    return False


def speaks_of_daesh(document: Document, blocks: Iterable[Block]) -> bool:
    """Whether the text speaks of Daesh, by whatever name."""
    for block in blocks:
        keys = document.keys[block.first : block.last]
        for index, key in enumerate(keys):
            if any(word in _DAESH for _, word in readings(key)):
                return True
            if key in _STATE and (
                keys[index + 1 : index + 2] == ("الاسلاميه",) or keys[max(0, index - 1)] in _BAND
            ):
                return True
    return False


def collect_clues(
    document: Document,
    blocks: list[Block],
    weekdays: frozenset[int],
    published: date | None,
    day: tuple[int, int] | None,
    days: frozenset[tuple[int | None, int, int]],
    terms: tuple[tuple[Term, ...], ...],
    *,
    coalition: bool,
) -> Clues:
    """The clues of a text; ``terms`` holds the terms of office of each person named in it."""
    written = {key for block in blocks for key in document.keys[block.first : block.last]}
    present = {word for key in written for _, word in readings(key)}
    ministers = bool(present & _MINISTERS)
    return Clues(
        published,
        day,
        days,
        weekdays,
        _numbers_of_states(document, blocks) if _STATES & written else frozenset(),
        terms,
        ministers,
        bool(present & _DEFENCE) and _ministers_of_defence(document, blocks),
        bool(present & _DIRECTORS),
        bool(present & _SMALL_GROUP),
        bool(present & (_VIRTUAL - {"بعد"})),
        bool(_CONFERENCE & set(document.keys[blocks[0].first : blocks[0].last])) if blocks else False,
        coalition,
    )


def _numbers_of_states(document: Document, blocks: list[Block]) -> frozenset[int]:
    """The numbers that stand beside states, members or ministers: 83 دولة."""
    found: set[int] = set()
    for block in blocks:
        keys = list(document.keys[block.first : block.last])
        for index in range(len(keys)):
            number = cardinal(keys[index : index + 2])
            if number and 20 <= number[0] <= 120:
                near = keys[max(0, index - 2) : index] + keys[index + number[1] : index + number[1] + 2]
                if _STATES & set(near):
                    found.add(number[0])
    return frozenset(found)


def _ministers_of_defence(document: Document, blocks: list[Block]) -> bool:
    for block in blocks:
        keys = document.keys[block.first : block.last]
        for before, after in pairwise(keys):
            if after in _DEFENCE and any(word in ("وزراء", "وزرا") for _, word in readings(before)):
                return True
    return False


def _near_day(meeting: KnownMeeting, day: tuple[int, int]) -> bool:
    """Whether an article of that month and day may report the meeting."""
    try:
        written = date(meeting.start.year, *day)
    except ValueError:
        return False
    return timedelta(days=-2) <= written - meeting.end <= timedelta(days=5)


def _score(meeting: KnownMeeting, clues: Clues) -> float:
    score = _KIND_WEIGHT.get(meeting.kind, 0.0)
    if clues.defence:
        score += 2.0 if meeting.kind == "defence_ministers" else -1.0
    elif meeting.kind == "defence_ministers":
        score -= 1.0
    if clues.conference and meeting.kind == "conference":
        score += 0.4
    if clues.directors:
        score += 0.6 if meeting.kind == "political_directors" else 0.0
    if clues.small_group:
        score += 0.5 if meeting.kind in ("small_group_ministerial", "political_directors") else 0.0
    if not clues.ministers and meeting.kind in ("ministerial", "small_group_ministerial"):
        score -= 0.5
    days = [meeting.start + timedelta(days=step) for step in range((meeting.end - meeting.start).days + 1)][
        :7
    ]
    if clues.weekdays:
        score += 1.5 if any(day.weekday() in clues.weekdays for day in days) else -1.0
    if clues.day is not None:
        score += 2.0 if _near_day(meeting, clues.day) else -1.5
    if any(
        (year or day.year, month, number) == (day.year, day.month, day.day)
        for year, month, number in clues.days
        for day in days
    ):
        score += 1.2
    if meeting.members is not None and clues.members:
        close = min(abs(meeting.members - number) for number in clues.members)
        score += 1.5 if close == 0 else (0.3 if close <= 2 else -0.7)
    if clues.terms:
        held = sum(any(in_office(term, meeting.start) for term in terms) for terms in clues.terms)
        score += 3.0 * held / len(clues.terms) - 1.5
    return score if meeting.sure else score - 0.3


def _is_met(document: Document, block: Block, first: int, last: int) -> bool:
    """Whether a meeting, and not a press conference or a talk of two, stands near the words of a city."""
    keys = document.keys
    start = max(block.first, first - _REACH)
    hosted = any(word in _HOSTING for key in keys[start:first] for _, word in readings(key))
    end = min(block.last, last + (_AHEAD if hosted else 4))
    words = [{word for _, word in readings(key)} for key in keys[start:end]]
    plural = any(word & (_MINISTERS | _STATES | _PARTNERS) for word in words)
    for index, word in enumerate(words):
        if not word & _MEETING_NOUNS or (
            keys[start + index + 1 : start + index + 2] and keys[start + index + 1] in _PRESS
        ):
            continue
        if plural or not word & _BILATERAL:
            return True
    return False


def _hosts(document: Document, block: Block, vocabulary: Vocabulary) -> list[tuple[int, str]]:
    """Countries that a sentence says to host a meeting: احتضن المغرب … الاجتماع."""
    found = []
    for place in range(block.first, min(block.last, block.first + 40)):
        if not any(word in _HOSTING for _, word in readings(document.keys[place])):
            continue
        for at in range(place + 1, min(block.last, place + 4)):
            match = vocabulary.places.match_at(document.keys, at, block.last, proclitics=False)
            near = set(document.keys[place : min(block.last, at + _REACH)])
            if match is not None and match.values[0].kind == "name" and near & _MEETING_NOUNS:
                found.append((at, match.values[0].code))
                break
    return found


def find_meeting(
    document: Document,
    blocks: list[Block],
    clues: Clues,
    datelines: Iterable[tuple[int, int]],
    vocabulary: Vocabulary,
) -> MeetingFound | None:
    """The meeting that the text reports, or None when no single one fits.

    ``datelines`` are spans of characters.
    """
    mentions: dict[str, list[tuple[int, int]]] = {}
    weights: dict[str, float] = {}
    known: dict[str, KnownMeeting] = {}
    datelines = list(datelines)
    held: set[str] = set()
    for block in blocks:
        for match in vocabulary.cities.find_all(document.keys, block.first, block.last):
            first, last = match.start, match.end
            met = _is_met(document, block, first, last)
            later = bool(_LATER & set(document.keys[last : min(block.last, last + 2)]))
            before = document.keys[first - 1] if first > block.first else ""
            there = match.proclitics == "ب" or before in _LOCATIVES or before in _MEETING_NOUNS
            weight = (1.2 if met else 0.8) if there else 0.3
            weight *= 0.2 if later else 1.0
            if any(start <= document.words[first].start < end for start, end in datelines):
                # Written from the place where the ministers meet.
                weight, met = 1.0, clues.ministers
            for meeting in match.values:
                known[meeting.key] = meeting
                mentions.setdefault(meeting.key, []).append((first, last))
                weights[meeting.key] = weights.get(meeting.key, 0.0) + weight
                if met:
                    held.add(meeting.key)
    for block in blocks[:2]:
        for place, code in _hosts(document, block, vocabulary):
            for meeting in vocabulary.knowledge.meetings:
                if meeting.country == code and meeting.cities:
                    known.setdefault(meeting.key, meeting)
                    mentions.setdefault(meeting.key, []).append((place, place + 1))
                    weights[meeting.key] = weights.get(meeting.key, 0.0) + 0.8
                    held.add(meeting.key)
    if clues.virtual and clues.coalition:
        for meeting in vocabulary.knowledge.meetings:
            if not meeting.cities or "virtual" in meeting.cities:
                known[meeting.key] = meeting
                weights[meeting.key] = 1.0
                held.add(meeting.key)
    ranked: list[tuple[float, KnownMeeting]] = []
    for key, meeting in known.items():
        if clues.published is not None and not (
            meeting.start - _BEFORE <= clues.published <= meeting.end + _AFTER
        ):
            continue
        near_bonus = 2.0 if clues.published is not None else 0.0
        unmet = 0.0 if key in held else _UNMET
        ranked.append((min(weights[key], 2.5) + _score(meeting, clues) + near_bonus - unmet, meeting))
    ranked.sort(key=lambda item: (-item[0], item[1].start))
    if not ranked or ranked[0][0] < 1.7:
        return None
    margin = ranked[0][0] - ranked[1][0] if len(ranked) > 1 else 2.0
    key = ranked[0][1].key
    if key not in held and (ranked[0][0] < 3 or margin < 1.5 or weights[key] < 0.8):
        return None
    if not clues.coalition and ranked[0][0] < _OF_OTHERS:
        return None
    if margin < 0.5 and not (clues.published and ranked[0][1].start <= clues.published <= ranked[0][1].end):
        return None
    best = ranked[0][1]
    places = sorted(mentions.get(best.key, ()))
    spans = tuple(document.span(first, last) for first, last in places[:3])
    city = best.cities[0] if best.cities else None
    return MeetingFound(best, city, spans, round(min(0.95, 0.6 + 0.1 * margin + 0.05 * len(places)), 2))
