"""The dateline that a text begins with: places, dates and outlets before the first sentence, or in a line
of their own (أربيل - 12 كانون الثاني 2021 -، روما (رويترز) -، لندن: «الشرق الأوسط»، بغداد/ شفق نيوز/).
"""

from collections.abc import Sequence
from typing import NamedTuple

from archive.arabic.clitics import readings
from archive.arabic.particles import word_set
from archive.extraction.calendar_dates import WrittenDate, dates_between, hijri_at, weekday_at
from archive.extraction.document import Block, Document
from archive.extraction.facts import FoundOutlet
from archive.extraction.knowledge import Outlet
from archive.extraction.vocabulary import Vocabulary

_SEPARATORS = frozenset("-–—ـ:/\\|")
_EDGES = _SEPARATORS | frozenset('()[]{}«»“”"،,؛·•')
_MARKS = frozenset('«»“”"')
_HARD = _SEPARATORS | frozenset("()[]{}")
_OPENERS = frozenset('(«“"/[{')
_SENTENCE = frozenset(".؟!؛")
# Words between the items that say nothing themselves.
_GLUE = word_set(
    "في من خاص وكالات الوكالات متابعات مراسل عواصم وفي ووكالات بتاريخ الموافق م ه رصد ت بتوقيت غرينتش "
    "gmt العدد رقم موافق الساعه اخر تحديث نشر النشر تاريخ بوقت محلي المحلي والوكالات"
)
_BYLINES = word_set(
    "كتب كتبت بقلم اعداد تقرير ترجمه تحرير حاوره حاورته مراسلنا مراسلتنا موفدنا مبعوثنا اعد اعدها اعده خاص"
)
# Words that only names of outlets hold.
_OUTLET_WORDS = word_set(
    "نيوز برس تايمز اونلاين ميديا وكاله صحيفه جريده موقع شبكه قناه اخبار الاخبار الاخباريه الاخباري "
    "بوابه تلفزيون راديو اذاعه مجله للانباء انباء مباشر اليوم بوست تي"
)
_HEAD_WORDS, _LINE_WORDS, _NAME_WORDS = 20, 18, 5


class FoundDateline(NamedTuple):
    """A dateline; ``end`` is where the sentence itself begins, ``last`` its first word.

    ``whole``: it fills its line. ``written`` and ``weekday`` (Monday is 0) are None if not written.
    """

    start: int
    end: int
    last: int
    place: str | None
    country: str | None
    written: WrittenDate | None
    weekday: int | None
    outlet: FoundOutlet | None
    whole: bool


class _Item(NamedTuple):
    """What the words ``first`` to before ``last`` of a dateline are; a ``name`` is unknown or a byline."""

    kind: str
    first: int
    last: int
    country: str | None = None
    outlet: Outlet | None = None
    written: WrittenDate | None = None
    weekday: int | None = None


def known_outlet(document: Document, outlet: Outlet, first: int, last: int) -> FoundOutlet:
    """The outlet that the words ``first`` to before ``last`` name."""
    return FoundOutlet(outlet.names[0], outlet.key, document.span(first, last), 0.9)


def is_byline(document: Document, block: Block) -> bool:
    """Whether a line only names who wrote, translated or edited the text."""
    words = block.last - block.first
    if not 2 <= words <= 9 or document.text[block.start : block.end].endswith((".", ":")):
        return False
    first, gap = document.keys[block.first], document.gap_before(block.first + 1)
    if first in _BYLINES:
        return any(sign in _SEPARATORS for sign in gap) or (first in ("كتب", "كتبت", "بقلم") and words <= 4)
    return first == "من" and words <= 6


def read_dateline(
    document: Document, block: Block, dates: Sequence[WrittenDate], vocabulary: Vocabulary
) -> FoundDateline | None:
    """The dateline that a line begins with or is, or None."""
    if block.first == block.last:
        return None
    items, at = _read_items(document, block, dates, vocabulary)
    kinds = {item.kind for item in items}
    if not kinds & {"place", "country", "date", "outlet", "name"}:
        return None
    if at >= block.last:
        whole = _fills_line(document, block, items, kinds)
        return _resolve(document, block, items, block.end, block.last, True) if whole else None
    while items and items[-1].kind == "name" and not _separated(document.gap_before(items[-1].last)):
        at = items.pop().first
    if not items or not _ends_here(document, items, at):
        return None
    known = {item.kind for item in items} & {"place", "date", "outlet"}
    signed = {"country", "name"} <= {item.kind for item in items} or _is_city_and_outlet(
        document, items, vocabulary
    )
    if not known and not signed:
        return None
    if known == {"date"} and ":" in document.text[block.start : document.words[at].start]:
        # A programme's heading, or a day's: «دوري الأبطال: السبت 11 مارس 2017».
        return None
    start = document.words[at].start
    gap = document.words[at].gap
    signs = max((gap.rfind(sign) for sign in (*_SEPARATORS, ")", ".", "]", "}")), default=-1)
    end = start - len(gap) + signs + 1 if signs >= 0 else start
    return _resolve(document, block, items, end, at, False)


def _is_city_and_outlet(document: Document, items: list[_Item], vocabulary: Vocabulary) -> bool:
    """«برشلونة - «الخليج»:», neither of them known: a word or two, a marked name, a separator after it."""
    if [item.kind for item in items] != ["name", "name"] or ":" in document.gap_before(items[1].first):
        return False
    first, second = items
    person = vocabulary.names.match_at(document.keys, first.first, first.last, proclitics=False)
    titled = document.keys[first.first] in vocabulary.titles
    short = first.last - first.first <= 2 and second.last - second.first <= 2
    return short and person is None and not titled and _in_marks(document, second)


def _separated(gap: str) -> bool:
    return any(sign in _SEPARATORS for sign in gap)


def _read_items(
    document: Document, block: Block, dates: Sequence[WrittenDate], vocabulary: Vocabulary
) -> tuple[list[_Item], int]:
    """The items from the beginning of the line, and the word at which something else begins."""
    limit = min(block.last, block.first + _HEAD_WORDS)
    by_place = {item.first: item for item in dates_between(dates, block.start, block.end)}
    items: list[_Item] = []
    at = block.first
    while at < limit:
        item = _item_at(document, block, at, limit, items, by_place, vocabulary)
        if item is None:
            break
        items.append(item)
        at = item.last
    while items and items[-1].kind == "glue" and at < block.last and not _separated(document.gap_before(at)):
        at = items.pop().first
    return items, at


def _item_at(
    document: Document,
    block: Block,
    at: int,
    limit: int,
    items: list[_Item],
    by_place: dict[int, WrittenDate],
    vocabulary: Vocabulary,
) -> _Item | None:
    keys = document.keys
    if at in by_place:
        return _Item("date", at, by_place[at].last, written=by_place[at])
    if (end := hijri_at(document, at)) is not None and end <= limit:
        return _Item("hijri", at, end)
    named = vocabulary.outlets.match_at(keys, at, limit)
    if named is not None and named.proclitics in ("", "و") and _stands_alone(document, block, at, named.end):
        return _Item("outlet", at, named.end, outlet=named.values[0])
    match = vocabulary.places.match_at(keys, at, limit, proclitics=False)
    if match is not None and match.values[0].kind in ("name", "capital"):
        kind = "country" if match.values[0].kind == "name" else "place"
        city = vocabulary.cities.match_at(keys, at, match.end, proclitics=False)
        return _Item("place" if city else kind, at, match.end, country=match.values[0].code)
    if (city := vocabulary.cities.match_at(keys, at, limit, proclitics=False)) is not None:
        return _Item("place", at, city.end, country=city.values[0].country)
    if (day := weekday_at(document, at, vocabulary)) is not None:
        return _Item("weekday", at, at + 1, weekday=day)
    if keys[at] in _GLUE or keys[at].isdecimal() or not keys[at]:
        return _Item("glue", at, at + 1)
    gap = document.gap_before(at)
    marked = (
        any(sign in _MARKS for sign in gap) and items and items[-1].kind in ("place", "date", "glue", "name")
    )
    after_glue = items and items[-1].kind == "glue" and keys[at - 1] in ("من", "خاص")
    if at == block.first or marked or after_glue or any(sign in _HARD for sign in gap):
        return _name_at(document, block, at, vocabulary)
    return None


def _name_at(document: Document, block: Block, at: int, vocabulary: Vocabulary) -> _Item | None:
    """An unknown name or a byline: a few words up to the next separator or the end of the line."""
    end = at
    while end < block.last and end - at <= _NAME_WORDS:
        gap = document.gap_before(end)
        if end > at:
            if any(sign in _HARD or sign in _MARKS for sign in gap):
                break
            if any(sign in _SENTENCE for sign in gap):
                return None
            if "،" in gap or "," in gap:
                # دبي، الإمارات: a place and its country; nothing longer.
                return _Item("name", at, end) if at == block.first and end - at <= 2 else None
        if document.keys[end] not in _BYLINES and any(
            word in vocabulary.verbs for _, word in readings(document.keys[end])
        ):
            return None
        end += 1
    return _Item("name", at, end) if end - at <= _NAME_WORDS else None


def _stands_alone(document: Document, block: Block, first: int, last: int) -> bool:
    """Whether an outlet's name, perhaps an ordinary word, has an edge after it."""
    return (
        last >= block.last
        or any(sign in _EDGES or sign == "." for sign in document.gap_before(last))
        or (first > block.first and document.keys[first - 1] in ("م", "ه"))
    )


def _fills_line(document: Document, block: Block, items: list[_Item], kinds: set[str]) -> bool:
    """Whether the items of a whole line are a dateline: not a date alone, and no heading."""
    words = block.last - block.first
    if words > _LINE_WORDS or document.text[block.start : block.end].rstrip().endswith((".", "!", "؟", "…")):
        return False
    names = [item for item in items if item.kind == "name"]
    named = sum(item.last - item.first for item in names)
    slashed = "/" in document.text[block.start : block.end]
    if "date" in kinds and kinds & {"place", "outlet", "country"}:
        return named <= 7
    if named > 6 or len(names) > 2:
        return False
    if any(document.keys[item.first] in _BYLINES for item in names):
        return bool(kinds & {"place", "outlet"})
    if "outlet" in kinds:
        bracketed = len(items) > 1 and "(" in document.gap_before(items[1].first)
        return len(items) > 1 and (
            items[0].kind in ("place", "country", "outlet") or slashed or (bracketed and words <= 4)
        )
    if "place" in kinds and names:
        edge = items[1].first if len(items) > 1 else block.last
        parted = _separated(document.gap_before(edge)) and ":" not in document.gap_before(edge)
        last = items[-1]
        signed = last.kind == "name" and (_in_marks(document, last) or _like_outlet(document, last))
        return (signed and _separated(document.gap_before(edge))) or (parted and named <= 3 and words <= 5)
    return slashed and len(names) == 2 and named <= 4 and _like_outlet(document, names[0])


def _ends_here(document: Document, items: list[_Item], at: int) -> bool:
    """Whether the sentence begins at a word: a separator or a bracket stands before it, or م واس."""
    gap = document.gap_before(at)
    last = items[-1]
    if _separated(gap):
        return True
    if last.kind == "outlet" and any(sign in gap for sign in ".)]}"):
        return True
    if last.kind == "outlet" and ":" in document.gap_before(last.first) and _in_marks(document, last):
        # دبي: «الخليج» نظمت …
        return True
    if last.kind == "date" and not gap:
        # A date glued to the sentence by whoever took the page apart: ٢٠١٤أكدت.
        return True
    # Official agencies write no sign: باريس 15 سبتمبر 2014 م واس تعهد …
    return last.kind == "outlet" and any(item.kind == "date" for item in items)


def _in_marks(document: Document, item: _Item) -> bool:
    gap = document.gap_before(item.first).rstrip()
    after = document.gap_before(item.last).lstrip()
    pairs = {"(": ")", "«": "»", "“": '”“"', '"': '"', "[": "]", "/": "/"}
    return bool(gap) and gap[-1] in _OPENERS and after[:1] in tuple(pairs.get(gap[-1], ""))


def _like_outlet(document: Document, item: _Item) -> bool:
    keys = document.keys[item.first : item.last]
    return any(key in _OUTLET_WORDS or key == "24" for key in keys) and keys[0] not in _BYLINES


def _resolve(
    document: Document, block: Block, items: list[_Item], end: int, last: int, whole: bool
) -> FoundDateline:
    written = next((item.written for item in items if item.kind == "date"), None)
    weekday = next((item.weekday for item in items if item.kind == "weekday"), None)
    place = next((item for item in items if item.kind == "place"), None) or next(
        (item for item in items if item.kind == "country"), None
    )
    names = [
        item
        for item in items
        if item.kind == "name" and not _BYLINES & set(document.keys[item.first : item.last])
    ]
    outlets = [item for item in items if item.kind == "outlet"]
    # A paper that prints agencies' news stands before them or between brackets; the first is the publisher.
    outlet = next(
        (known_outlet(document, item.outlet, item.first, item.last) for item in outlets if item.outlet), None
    )
    if outlet is None:
        unknown = next(
            (item for item in names if _like_outlet(document, item) or _in_marks(document, item)), None
        )
        if unknown is None and names and names[0].first == block.first and (place or written):
            unknown = names[0] if names[0].last - names[0].first >= 2 else None
        if unknown is not None:
            span = document.span(unknown.first, unknown.last)
            outlet = FoundOutlet(span.text, None, span, 0.7)
            names.remove(unknown)
    name = document.span(place.first, place.last).text if place else None
    country = place.country if place else None
    first = names[0] if names and names[0].first == block.first else None
    if first is None and names and place is None and outlet is not None and outlet.key is None:
        first = names[0]
    unplaced = place is None or (first is not None and place.kind == "country" and place.first == first.last)
    told = (
        first is not None
        and ":" in document.gap_before(first.last)
        and (outlet is None or outlet.key is None)
    )
    if first is not None and unplaced and first.last - first.first <= 2 and (outlet or written) and not told:
        # هانوفر - 4 مايو 2019 -، دبي، الإمارات (CNN): a place that nobody told us of.
        name = document.span(first.first, first.last).text
    return FoundDateline(block.start, end, last, name, country, written, weekday, outlet, whole)
