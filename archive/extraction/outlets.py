"""The dateline at the head of the text, the outlet that publishes it, the sources that it cites."""

from dataclasses import replace
from typing import NamedTuple

from archive.arabic.clitics import readings, without_conjunction
from archive.extraction.calendar_dates import WrittenDate, dates_between, weekday_at
from archive.extraction.document import Block, Document
from archive.extraction.facts import CitedSource, FoundOutlet, Span
from archive.extraction.knowledge import Outlet
from archive.extraction.layout import Layout
from archive.extraction.vocabulary import Vocabulary

_SEPARATORS = frozenset("-–—:/|")
_GLUE = frozenset(
    {
        "في",
        "من",
        "خاص",
        "وكالات",
        "الوكالات",
        "متابعات",
        "مراسل",
        "عواصم",
        "وفي",
        "ووكالات",
        "بتاريخ",
        "الموافق",
    }
)
_HEAD_WORDS = 14
# Nouns before the name of an outlet, and the kind of source that they say.
_SOURCE_NOUNS = {
    "وكاله": "agency",
    "وكالات": "agency",
    "وكالتا": "agency",
    "صحيفه": "paper",
    "جريده": "paper",
    "مجله": "paper",
    "قناه": "tv",
    "فضاييه": "tv",
    "تلفزيون": "tv",
    "التلفزيون": "tv",
    "شبكه": "tv",
    "اذاعه": "tv",
    "موقع": "site",
    "مواقع": "site",
    "منصه": "site",
    "بوابه": "site",
}
_KINDS = {
    "agency": "agency",
    "paper": "paper",
    "newspaper": "paper",
    "tv": "tv",
    "broadcaster": "tv",
    "radio": "tv",
}
_OPENERS = "\"«“(”'‘"


class FoundDateline(NamedTuple):
    """A dateline; ``end`` is where the sentence itself begins. ``written`` is its date, if it has one."""

    start: int
    end: int
    last: int
    place: str | None
    country: str | None
    written: WrittenDate | None
    weekday: int | None
    outlet: FoundOutlet | None


def _separated(gap: str) -> bool:
    return any(sign in _SEPARATORS for sign in gap)


def read_dateline(
    document: Document, block: Block, dates: list[WrittenDate], vocabulary: Vocabulary
) -> FoundDateline | None:
    """The dateline that a paragraph begins with: places, dates and outlets up to a dash or a colon."""
    limit = min(block.last, block.first + _HEAD_WORDS)
    by_place = {item.first: item for item in dates_between(dates, block.start, block.end)}
    found = _read_head(document, block, block.first, limit, by_place, vocabulary)
    if found is not None:
        return found
    name_end = _unknown_outlet(document, block, limit)
    if name_end is None:
        return None
    found = _read_head(document, block, name_end, limit, by_place, vocabulary)
    if found is None or (found.place is None and found.written is None):
        return None
    span = document.span(block.first, name_end)
    return found._replace(outlet=found.outlet or FoundOutlet(span.text, None, span, 0.7))


def _read_head(
    document: Document,
    block: Block,
    first: int,
    limit: int,
    by_place: dict[int, WrittenDate],
    vocabulary: Vocabulary,
) -> FoundDateline | None:
    """Places, dates and outlets from the word ``first`` up to a dash or a colon."""
    at = first
    place = country = written = weekday = None
    outlet: FoundOutlet | None = None
    end: int | None = None
    known = False
    while at < limit:
        step = at + 1
        if at > first and _separated(document.gap_before(at)) and known:
            end = at
        if at in by_place:
            written, step, known = by_place[at], by_place[at].last, True
        elif named := vocabulary.outlets.match_at(document.keys, at, limit):
            outlet = _known_outlet(document, named.values[0], named.start, named.end)
            step, known = named.end, True
        elif match := vocabulary.places.match_at(document.keys, at, limit, proclitics=False):
            if match.values[0].kind == "nisba":
                break
            place, country, step, known = (
                document.span(at, match.end).text,
                match.values[0].code,
                match.end,
                True,
            )
        elif city := vocabulary.cities.match_at(document.keys, at, limit, proclitics=False):
            place, country, step, known = (
                document.span(at, city.end).text,
                city.values[0].country,
                city.end,
                True,
            )
        elif (day := weekday_at(document, at, vocabulary)) is not None:
            weekday = day
        elif document.keys[at] not in _GLUE:
            break
        at = step
    if end is None and known and at < block.last and _separated(document.gap_before(at)):
        end = at
    if end is None:
        return None
    finish = document.words[end].start
    gap = document.words[end].gap
    finish -= len(gap) - max(gap.rfind(sign) for sign in _SEPARATORS) - 1
    return FoundDateline(block.start, finish, end, place, country, written, weekday, outlet)


def _unknown_outlet(document: Document, block: Block, limit: int) -> int | None:
    """The end of up to five words before the first dash, perhaps an outlet's name; None if there is none."""
    for at in range(block.first + 1, min(limit, block.first + 6)):
        gap = document.gap_before(at)
        if any(sign in gap for sign in "-–—") and at - block.first >= 2:
            return at
        if any(sign in gap for sign in ".،؛:\n"):
            return None
    return None


def _known_outlet(document: Document, outlet: Outlet, first: int, last: int) -> FoundOutlet:
    return FoundOutlet(outlet.names[0], outlet.key, document.span(first, last), 0.9)


def find_outlet(
    document: Document, layout: Layout, datelines: list[FoundDateline], vocabulary: Vocabulary
) -> FoundOutlet | None:
    """The outlet that publishes the text, as its datelines or a line of its own name it."""
    for dateline in datelines:
        if dateline.outlet is not None:
            return dateline.outlet
    for block in (*layout.lines[:3], *layout.lines[-3:]):
        words = block.last - block.first
        if 0 < words <= 6:
            match = vocabulary.outlets.match_at(document.keys, block.first, block.last)
            if match is None and words > 1 and document.keys[block.first] in ("المصدر", "خاص", "كتب"):
                match = vocabulary.outlets.match_at(document.keys, block.first + 1, block.last)
            if match is not None and match.end == block.last:
                return _known_outlet(document, match.values[0], match.start, match.end)
    return None


def find_cited_sources(
    document: Document, blocks: list[Block], outlet: FoundOutlet | None, vocabulary: Vocabulary
) -> list[CitedSource]:
    """Outlets and agencies that the text quotes from: a known name, or a marked one after its noun."""
    found: list[CitedSource] = []
    own = outlet.evidence.start if outlet else -1
    for block in blocks:
        place = block.first
        while place < block.last:
            source = _source_at(document, place, block.last, vocabulary)
            if source is None or source[0].start == own:
                place += 1
                continue
            cited, place = source
            nisba = vocabulary.places.match_at(document.keys, place, block.last, proclitics=False)
            if nisba is not None and nisba.values[0].kind == "nisba" and not _interrupted(document, place):
                # صحيفة "Il Messaggero" الإيطالية: its country belongs to the phrase.
                place = nisba.end
                cited = replace(cited, end=document.words[place - 1].end)
            found.append(cited)
    return found


def _source_at(
    document: Document, place: int, last: int, vocabulary: Vocabulary
) -> tuple[CitedSource, int] | None:
    kind = next(
        (_SOURCE_NOUNS[word] for _, word in readings(document.keys[place]) if word in _SOURCE_NOUNS), None
    )
    name = place + 1 if kind else place
    if name >= last:
        return None
    match = vocabulary.outlets.match_at(document.keys, name, last)
    if match is None and kind:
        match = vocabulary.outlets.match_at(document.keys, place, last)
    if match is not None:
        outlet = match.values[0]
        marked = document.gap_before(name)[-1:] in _OPENERS and document.gap_before(name)[-1:] != ""
        if kind is None and not (marked or _after_source_word(document, place)):
            return None
        span = document.span(place, match.end)
        return _cited(document, outlet.names[0], kind or _KINDS.get(outlet.kind, "site"), span), match.end
    if kind and document.gap_before(name).strip(" ") in tuple(_OPENERS):
        end = name
        while end < last and end - name < 6 and (end == name or document.gap_before(end).strip(" ") == ""):
            end += 1
        title = document.span(name, end)
        return _cited(document, title.text, kind, document.span(place, end)), end
    return None


def _interrupted(document: Document, place: int) -> bool:
    return any(sign in document.gap_before(place) for sign in "،,:؛.\n")


def _after_source_word(document: Document, place: int) -> bool:
    before = document.keys[place - 1] if place else ""
    return without_conjunction(before) in (
        "عن",
        "بحسب",
        "حسب",
        "وفق",
        "وفقا",
        "لـ",
        "نقلت",
        "ذكرت",
        "افادت",
        "نقل",
    )


def _cited(document: Document, name: str, kind: str, span: Span) -> CitedSource:
    end = span.end
    if end < len(document.text) and document.text[end] in '"»”)’':
        end += 1
    return CitedSource(name, kind, span.start, end)
