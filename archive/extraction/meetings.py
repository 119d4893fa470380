"""Which known meeting a text is about: by its city, its kind, and whatever dates it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

from archive.arabic.clitics import readings
from archive.arabic.numerals import cardinal
from archive.extraction.document import Block, Document
from archive.extraction.facts import Span
from archive.extraction.knowledge import KnownMeeting, Term
from archive.extraction.vocabulary import Vocabulary

_MEETING_NOUNS = frozenset(
    {
        "اجتماع",
        "الاجتماع",
        "مؤتمر",
        "الموتمر",
        "موتمر",
        "اجتماعات",
        "الاجتماعات",
        "لقاء",
        "قمه",
        "اجتماعا",
        "اجتمع",
        "اجتمعوا",
    }
)
_MINISTERS = frozenset({"وزراء", "وزرا", "الوزاري", "وزاري", "الوزاريه", "وزاريه", "الوزرا"})
_DEFENCE = frozenset({"دفاع", "الدفاع"})
_DIRECTORS = frozenset({"السياسيين", "السياسيون"})
_SMALL_GROUP = frozenset({"المصغره", "المصغر"})
_VIRTUAL = frozenset({"افتراضي", "افتراضيا", "الافتراضي", "المريي", "فيديو", "الفيديو", "بعد"})
_STATES = frozenset({"دوله", "دول", "عضوا", "عضو", "الاعضا", "اعضا", "الدول", "وزيرا"})
_LOCATIVES = frozenset(
    {"في", "بمدينه", "مدينه", "العاصمه", "بالعاصمه", "الايطاليه", "الاميركيه", "الامريكيه", "السعوديه"}
)
_LATER = frozenset({"المقبل", "القادم", "المقبله", "القادمه", "خريف", "ربيع", "بحلول"})
# How far an article may lie before and after the meeting that it reports.
_BEFORE, _AFTER = timedelta(days=14), timedelta(days=10)
_WEEK = timedelta(days=7)
_KIND_WEIGHT = {
    "ministerial": 1.0,
    "small_group_ministerial": 0.6,
    "defence_ministers": 0.0,
    "political_directors": -0.5,
    "conference": 0.2,
}


class Clues(NamedTuple):
    """What may tell meetings apart; ``day`` is a month and a day without a year."""

    published: date | None
    day: tuple[int, int] | None
    weekdays: frozenset[int]
    members: frozenset[int]
    terms: tuple[tuple[Term, ...], ...]
    ministers: bool
    defence: bool
    directors: bool
    small_group: bool
    virtual: bool


@dataclass(frozen=True, slots=True)
class MeetingFound:
    """``published_near`` says that the article's own stated date fits the meeting."""

    meeting: KnownMeeting
    city: str | None
    evidence: tuple[Span, ...]
    confidence: float


def speaks_of_coalition(document: Document, blocks: Iterable[Block], vocabulary: Vocabulary) -> bool:
    """Whether the text speaks of the coalition at all."""
    for block in blocks:
        for match in vocabulary.groups.find_all(document.keys, block.first, block.last):
            if match.values[0].speaker.startswith("coalition") and match.values[0].name != "الوزراء":
                return True
    return False


def collect_clues(
    document: Document,
    blocks: list[Block],
    weekdays: frozenset[int],
    published: date | None,
    day: tuple[int, int] | None,
    terms: tuple[tuple[Term, ...], ...],
) -> Clues:
    """The clues of a text; ``terms`` holds the terms of office of each person named in it."""
    members: set[int] = set()
    present: set[str] = set()
    for block in blocks:
        keys = list(document.keys[block.first : block.last])
        for index, key in enumerate(keys):
            for _, word in readings(key):
                present.add(word)
            number = cardinal(keys[index : index + 2])
            if number and 20 <= number[0] <= 120:
                near = keys[max(0, index - 2) : index] + keys[index + number[1] : index + number[1] + 2]
                if _STATES & set(near):
                    members.add(number[0])
    ministers = bool(present & _MINISTERS)
    return Clues(
        published,
        day,
        weekdays,
        frozenset(members),
        terms,
        ministers,
        bool(present & _DEFENCE) and _ministers_of_defence(document, blocks),
        bool(present & _DIRECTORS),
        bool(present & _SMALL_GROUP),
        bool(present & (_VIRTUAL - {"بعد"})),
    )


def _ministers_of_defence(document: Document, blocks: list[Block]) -> bool:
    for block in blocks:
        keys = document.keys[block.first : block.last]
        for before, after in pairwise(keys):
            if after in _DEFENCE and any(word in ("وزراء", "وزرا") for _, word in readings(before)):
                return True
    return False


def _in_office(terms: tuple[Term, ...], day: date) -> bool:
    return any(
        (term.start is None or term.start - _WEEK <= day) and (term.end is None or day < term.end + _WEEK)
        for term in terms
    )


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
    if meeting.members is not None and clues.members:
        close = min(abs(meeting.members - number) for number in clues.members)
        score += 1.5 if close == 0 else (0.3 if close <= 2 else -0.7)
    if clues.terms:
        held = sum(_in_office(terms, meeting.start) for terms in clues.terms)
        score += 3.0 * held / len(clues.terms) - 1.5
    return score if meeting.sure else score - 0.3


def find_meeting(
    document: Document, blocks: list[Block], clues: Clues, vocabulary: Vocabulary
) -> MeetingFound | None:
    """The meeting that the text reports, or None when no single one fits."""
    mentions: dict[str, list[tuple[int, int]]] = {}
    weights: dict[str, float] = {}
    known: dict[str, KnownMeeting] = {}
    for block in blocks:
        for match in vocabulary.cities.find_all(document.keys, block.first, block.last):
            first, last = match.start, match.end
            near = set(document.keys[max(block.first, first - 12) : min(block.last, last + 3)])
            later = bool(_LATER & set(document.keys[last : min(block.last, last + 2)]))
            before = document.keys[first - 1] if first > block.first else ""
            there = match.proclitics == "ب" or before in _LOCATIVES or before in _MEETING_NOUNS
            weight = (1.2 if near & _MEETING_NOUNS else 0.8) if there else 0.3
            weight *= 0.2 if later else 1.0
            for meeting in match.values:
                known[meeting.key] = meeting
                mentions.setdefault(meeting.key, []).append((first, last))
                weights[meeting.key] = weights.get(meeting.key, 0.0) + weight
    if clues.virtual:
        for meeting in vocabulary.knowledge.meetings:
            if not meeting.cities or "virtual" in meeting.cities:
                known[meeting.key] = meeting
                weights[meeting.key] = 1.0
    ranked: list[tuple[float, KnownMeeting]] = []
    for key, meeting in known.items():
        if clues.published is not None and not (
            meeting.start - _BEFORE <= clues.published <= meeting.end + _AFTER
        ):
            continue
        near_bonus = 2.0 if clues.published is not None else 0.0
        ranked.append((min(weights[key], 2.5) + _score(meeting, clues) + near_bonus, meeting))
    ranked.sort(key=lambda item: (-item[0], item[1].start))
    if not ranked or ranked[0][0] < 1.5:
        return None
    margin = ranked[0][0] - ranked[1][0] if len(ranked) > 1 else 2.0
    if margin < 0.5 and not (clues.published and ranked[0][1].start <= clues.published <= ranked[0][1].end):
        return None
    best = ranked[0][1]
    places = sorted(mentions.get(best.key, ()))
    spans = tuple(document.span(first, last) for first, last in places[:3])
    city = best.cities[0] if best.cities else None
    return MeetingFound(best, city, spans, round(min(0.95, 0.6 + 0.1 * margin + 0.05 * len(places)), 2))
