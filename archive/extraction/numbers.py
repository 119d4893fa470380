"""Numbers as a text writes them: digits with their separators, words, ranges, and words like «more than».

What a number counts is found in ``figures``. Positions named ``start`` are code points of the text.
"""

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from archive.arabic.clitics import ARTICLE, readings, without_article
from archive.arabic.letters import COMBINING, INVISIBLE, TATWEEL
from archive.arabic.normalize import fold
from archive.arabic.numerals import ORDINALS, amount, is_number_word
from archive.extraction.document import Document

EXACT, ABOUT, OVER, UNDER, RANGE = "exact", "about", "over", "under", "range"

# What may stand before a number to say how exact it is.
_BEFORE = {
    ABOUT: (
        "نحو، حوالي، قرابة، زهاء، ما يقرب من، ما يقرب، يقرب من، ما يقارب من، ما يقارب، يقارب، تقارب، يناهز، "
        "تناهز، في حدود، بحدود، تقريبا، قريب من"
    ),
    OVER: (
        "أكثر من، أزيد من، أعلى من، ما يزيد على، ما يزيد عن، يزيد على، يزيد عن، تزيد على، تزيد عن، يفوق، "
        "تفوق، فوق، تجاوز، تجاوزت، يتجاوز، تتجاوز، تخطى، تخطت، يتخطى، تتخطى، تعدى، يتعدى، يربو على، "
        "تربو على، لا يقل عن، لا تقل عن، على الأقل"
    ),
    UNDER: (
        "أقل من، أدنى من، يقل عن، تقل عن، لا يتجاوز، لا تتجاوز، لم يتجاوز، لم تتجاوز، لا يزيد على، "
        "لا يزيد عن، لا تزيد على، لا تزيد عن، لا يتعدى، لا تتعدى، لا يتخطى، لا تتخطى، على الأكثر"
    ),
}
_AFTER = {
    ABOUT: "تقريبا",
    OVER: "على الأقل، أو أكثر، فأكثر، كحد أدنى، ونيف",
    UNDER: "على الأكثر، كحد أقصى، أو أقل",
}
# «تفوق في مجموعها 600 مليون»: the total stands between the verb and its number.
_TOTALS = frozenset(
    map(
        fold,
        [
            "مجموعها",
            "مجموعه",
            "مجموعهم",
            "عددها",
            "عدده",
            "عددهم",
            "عددهن",
            "قيمتها",
            "قيمته",
            "قيمة",
            "إجماليها",
            "إجماليه",
        ],
    )
)
_BETWEEN = frozenset({"بين"})
_POINT = "ر"  # the agencies' decimal sign
_OR, _TO, _FROM = "او", "الي", "من"
_CLITICS = re.compile("[وف]?[بلك]?(?:ال|ل)?")
_THOUSANDS = ("٬", ",", ".", "\u00a0", "\u202f", "\u2009", " ")
_DECIMAL = (".", ",", "٫", "،")
_DASHES = frozenset("-–—−")
_LONGEST = 15  # digits before the point: more are an account, not an amount
_WINDOW = 14  # words that a number in words may take, and more
_IGNORED = re.compile(f"[{COMBINING}{INVISIBLE}{TATWEEL}]")


class Written(NamedTuple):
    """A number from word ``first`` to before ``last``, which begins at ``start`` of the text.

    ``outer`` is the first word of what belongs to it before (a lone preposition, «more than»);
    ``definite`` says that it has the article; ``digits`` that it begins with digits.
    """

    first: int
    last: int
    start: int
    outer: int
    value: Decimal
    high: Decimal | None
    bound: str
    definite: bool
    digits: bool


def _phrases(table: dict[str, str]) -> dict[tuple[str, ...], str]:
    return {
        tuple(map(fold, phrase.split())): bound
        for bound, phrases in table.items()
        for phrase in phrases.split("، ")
    }


_BEFORE_PHRASES, _AFTER_PHRASES = _phrases(_BEFORE), _phrases(_AFTER)


def is_spaces(gap: str) -> bool:
    """Whether only blanks and invisible characters stand between two words, on one line."""
    return "\n" not in gap and not _IGNORED.sub("", gap).strip()


def is_digits(document: Document, place: int) -> bool:
    """Whether a word is written in digits alone, of any script."""
    word = document.words[place]
    return word.key[:1].isdecimal() and _IGNORED.sub("", word.text).isdecimal()


class _Literal(NamedTuple):
    """Digits up to before ``last``; ``plain`` is None where they are a clock, a date or unclear."""

    plain: str | None
    last: int


def _literal(document: Document, place: int, limit: int) -> _Literal:
    groups, marks = [document.keys[place]], []
    last = place + 1
    while last < limit and is_digits(document, last):
        mark = _IGNORED.sub("", document.gap_before(last))
        grouped = len(document.keys[last]) == 3 and len(groups[-1]) <= 3
        if len(mark) != 1 or mark in _DASHES or (mark.isspace() and (mark == "\n" or not grouped)):
            break
        groups.append(document.keys[last])
        marks.append(mark)
        last += 1
    return _Literal(_plain(groups, marks), last)


def _plain(groups: list[str], marks: list[str]) -> str | None:
    """``148.7`` from its groups of digits, or None where they are no number."""
    point = ""
    if marks and marks[-1] in _DECIMAL and (len(groups[-1]) != 3 or marks[-1] == "٫"):
        point, groups, marks = f".{groups[-1]}", groups[:-1], marks[:-1]
    if any(mark not in _THOUSANDS or mark != marks[0] for mark in marks):
        return None
    if marks and (len(groups[0]) > 3 or groups[0] == "0" or any(len(group) != 3 for group in groups[1:])):
        return None
    whole = "".join(groups)
    return whole + point[:10] if len(whole) <= _LONGEST else None


def _window(document: Document, place: int, limit: int) -> tuple[list[str], list[int]]:
    """The words from ``place`` as a number is read, and before which word of the text each ends."""
    words: list[str] = []
    ends: list[int] = []
    while place < limit and len(words) < _WINDOW:
        key = document.keys[place]
        if words and not is_spaces(document.gap_before(place)):
            break
        if is_digits(document, place):
            literal = _literal(document, place, limit)
            if literal.plain is None or (words and words[-1] != "و"):
                break
            words.append(literal.plain)
            place = literal.last
        elif key[:1].isdecimal() or (words and not key.startswith("و") and not is_number_word(key)):  # 10²
            break
        else:
            words.append(key)
            place += 1
        ends.append(place)
    return words, ends


class _Plain(NamedTuple):
    value: Decimal
    last: int
    scale: int
    clitics: str
    definite: bool


def _plain_number(document: Document, place: int, limit: int, *, joined: bool = True) -> _Plain | None:
    """The number that begins at a word, which may carry proclitics."""
    digits = is_digits(document, place)
    if not digits and not any(is_number_word(word) for _, word in readings(document.keys[place])):
        return None
    words, ends = _window(document, place, limit)
    if not words:
        return None
    if digits:
        found = amount(words, joined=joined)
        if found is None or _is_unclear(document, place, ends[0], found.scale, len(words[0])):
            return None
        return _Plain(found.value, ends[found.used - 1], found.scale, "", False)
    for clitics, first in readings(document.keys[place]):
        found = amount((first, *words[1:]), joined=joined)
        if found is not None:
            definite = first.startswith(ARTICLE) and amount((first[len(ARTICLE) :],)) is not None
            return _Plain(found.value, ends[found.used - 1], found.scale, clitics, definite)
    return None


def _is_unclear(document: Document, place: int, last: int, scale: int, length: int) -> bool:
    """«1.250 مليار» may be one and a quarter or more than a thousand: it is neither."""
    return last == place + 2 and scale >= 10**6 and len(document.keys[place + 1]) == 3 and length <= 6


def after_digits(document: Document, place: int, limit: int) -> int:
    """The place after the digits that begin at a word, their separators included; after any other word."""
    return _literal(document, place, limit).last if is_digits(document, place) else place + 1


def number_at(document: Document, place: int, first: int, limit: int) -> Written | None:
    """The number that begins at word ``place`` of the words ``first`` to before ``limit``."""
    number = _plain_number(document, place, limit)
    if number is None or _is_cut(document, place, first, limit, number):
        return None
    outer, definite = place, number.definite
    if place > first and _is_clitic(document, place - 1):
        outer -= 1
        definite = definite or document.keys[outer].endswith(("ال", "لل"))
    value, high, last = number.value, None, number.last
    bound = EXACT
    ranged = _range(document, place, outer, first, limit, number)
    if ranged is not None:
        value, high, last, outer = ranged
        bound = RANGE
    else:
        bound, outer = _bound_before(document, outer, first)
    start = start_after(document, place, len(number.clitics))
    digits = is_digits(document, place)
    return Written(place, last, start, outer, value, high, bound, definite, digits)


def _is_cut(document: Document, place: int, first: int, limit: int, number: _Plain) -> bool:
    """Whether the number is only a part of one: «5ر2» and «660 .9» (which comes first?), «1.250 مليار»."""
    keys = document.keys
    if is_digits(document, place):
        if place > first and is_digits(document, place - 1) and document.gap_before(place).endswith(_DECIMAL):
            return True
        after = after_digits(document, place, limit)
        return (after < limit and keys[after] == _POINT and not document.gap_before(after)) or (
            place > first and keys[place - 1] == _POINT and not document.gap_before(place)
        )
    before = place > first and is_digits(document, place - 1) and is_spaces(document.gap_before(place))
    if before and number.value >= 1000 and not number.clitics:
        return True
    return place > first and without_article(keys[place - 1]) in ORDINALS and number.clitics == "و"


def _is_clitic(document: Document, place: int) -> bool:
    """Whether a word is only what digits cannot carry: «بـ148», «الـ83», «الـ 28»."""
    gap = document.gap_before(place + 1)
    drawn = document.words[place].text.endswith(TATWEEL)
    return (not gap or (drawn and is_spaces(gap))) and _CLITICS.fullmatch(document.keys[place]) is not None


def start_after(document: Document, place: int, left: int) -> int:
    """Where a word begins behind its first ``left`` letters, its proclitics (وخمس: at خ)."""
    word = document.words[place]
    position = 0
    while left and position < len(word.text):
        left -= not _IGNORED.match(word.text[position])
        position += 1
    while position < len(word.text) and _IGNORED.match(word.text[position]):
        position += 1
    return word.start + (position if position < len(word.text) else 0)


def _range(
    document: Document, place: int, outer: int, first: int, limit: int, number: _Plain
) -> tuple[Decimal, Decimal, int, int] | None:
    """«بين 14 و18 ألف», «14-18 ألفا», «أربعة أو خمسة»: low, high, the end and the outer first word."""
    keys = document.keys
    before = keys[outer - 1] if outer > first and is_spaces(document.gap_before(outer)) else ""
    between = any(word in _BETWEEN for _, word in readings(before)) if before else False
    if between:
        number = _plain_number(document, place, limit, joined=False) or number
    at = number.last
    if at >= limit:
        return None
    gap = _IGNORED.sub("", document.gap_before(at))
    if between and keys[at].startswith("و"):
        second = _after_and(document, at, limit)
        outer -= 2 if outer - 2 >= first and keys[outer - 2] == "ما" else 1
    elif gap.strip() in _DASHES and "\n" not in gap and is_digits(document, at):
        second = _plain_number(document, at, limit)
        follows = document.gap_before(second.last).strip() if second else ""
        if follows in _DASHES or (outer > first and document.gap_before(place).strip() in _DASHES):
            return None
    elif keys[at] in (_OR, _TO) and at + 1 < limit and is_spaces(gap) and before != _FROM:
        second = _plain_number(document, at + 1, limit)
    else:
        return None
    if second is None:
        return None
    low = number.value
    if number.scale < second.scale and low * second.scale < second.value:
        low *= second.scale
    return (low, second.value, second.last, outer) if low < second.value else None


def _after_and(document: Document, at: int, limit: int) -> _Plain | None:
    if document.keys[at] == "و":
        return _plain_number(document, at + 1, limit) if at + 1 < limit else None
    return _plain_number(document, at, limit)


def _bound_before(document: Document, outer: int, first: int) -> tuple[str, int]:
    """How exact the words before say that the number is, and the first of them."""
    keys: Sequence[str] = document.keys
    low = max(first, outer - 6)
    while low < outer and not all(is_spaces(document.gap_before(at)) for at in range(low + 1, outer + 1)):
        low += 1
    found = _phrase_before(keys, low, outer)
    if found is None and outer - 1 >= low and keys[outer - 1] in _TOTALS:
        skipped = outer - 2 if outer - 2 >= low and keys[outer - 2] == "في" else outer - 1
        found = _phrase_before(keys, low, skipped)
    if found is None:
        return EXACT, outer
    return found


def _phrase_before(keys: Sequence[str], low: int, outer: int) -> tuple[str, int] | None:
    for length in (3, 2, 1):
        at = outer - length
        if at < low:
            continue
        for _, word in readings(keys[at]):
            bound = _BEFORE_PHRASES.get((word, *keys[at + 1 : outer]))
            if bound is not None:
                return bound, at
    return None


def bound_after(document: Document, place: int, limit: int) -> str:
    """How exact the words from ``place`` on say that the number before them is."""
    for length in (2, 1):
        words = document.keys[place : min(limit, place + length)]
        if len(words) == length and is_spaces(document.gap_before(place)):
            bound = _AFTER_PHRASES.get(tuple(words))
            if bound is not None:
                return bound
    return EXACT
