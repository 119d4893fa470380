"""Arabic number words: cardinals up to the trillions, ordinals as far as dates need them.

Everything takes folded words. Sources: the counting rules of any grammar of modern standard Arabic;
both the nominative and the oblique endings are listed, because the press uses both.
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from archive.arabic.clitics import without_article
from archive.arabic.normalize import fold

_UNITS = {
    1: "واحد واحدة أحد إحدى",
    2: "اثنان اثنين اثنتان اثنتين اثنا اثني اثنتا اثنتي",
    3: "ثلاثة ثلاث",
    4: "أربعة أربع",
    5: "خمسة خمس",
    6: "ستة ست",
    7: "سبعة سبع",
    8: "ثمانية ثماني ثمان",
    9: "تسعة تسع",
    10: "عشرة عشر",
    20: "عشرون عشرين",
    30: "ثلاثون ثلاثين",
    40: "أربعون أربعين",
    50: "خمسون خمسين",
    60: "ستون ستين",
    70: "سبعون سبعين",
    80: "ثمانون ثمانين",
    90: "تسعون تسعين",
    100: "مئة مائة",
}
_ORDINALS = {
    1: "أول أولى حادي حادية",
    2: "ثاني ثانية",
    3: "ثالث ثالثة",
    4: "رابع رابعة",
    5: "خامس خامسة",
    6: "سادس سادسة",
    7: "سابع سابعة",
    8: "ثامن ثامنة",
    9: "تاسع تاسعة",
    10: "عاشر عاشرة",
}
_ROUND_HUNDREDS = {
    2: "مئتان مئتين مئتا مئتي مائتان مائتين مائتا مائتي",
    3: "ثلاث",
    4: "أربع",
    5: "خمس",
    6: "ست",
    7: "سبع",
    8: "ثمان ثماني",
    9: "تسع",
}
# Singular, plural and dual of each scale word; the accusative of the singular follows a number.
_SCALES = {
    10**3: ("ألف", "آلاف", "ألفان ألفين ألفي ألفا"),
    10**6: ("مليون", "ملايين", "مليونان مليونين مليوني مليونا"),
    10**9: ("مليار بليون", "مليارات بلايين بليارات", "ملياران مليارين ملياري مليارا بليونان بليونين بليوني"),
    10**12: ("تريليون ترليون", "تريليونات ترليونات", "تريليونان تريليونين تريليوني"),
}
CARDINALS: dict[str, int] = {fold(word): value for value, words in _UNITS.items() for word in words.split()}
ORDINALS: dict[str, int] = {fold(word): value for value, words in _ORDINALS.items() for word in words.split()}

_HUNDRED = frozenset(map(fold, ("مئة", "مائة", "مية")))
_HUNDREDS: dict[str, int] = dict.fromkeys(_HUNDRED, 100) | {
    fold(word) if unit == 2 else fold(word) + hundred: 100 * unit
    for unit, words in _ROUND_HUNDREDS.items()
    for word in words.split()
    for hundred in _HUNDRED
}
_SINGULARS = {fold(word): size for size, (one, _, _) in _SCALES.items() for word in one.split()}
_DUALS = {fold(word): size for size, (_, _, two) in _SCALES.items() for word in two.split()}
_MULTIPLES = {
    **_SINGULARS,
    **{word + "ا": size for word, size in _SINGULARS.items()},
    **{fold(word): size for size, (_, many, _) in _SCALES.items() for word in many.split()},
}
_PARTS = {fold("نصف"): Decimal("0.5"), fold("ربع"): Decimal("0.25")}
_WORDS = frozenset().union(CARDINALS, _HUNDREDS, _MULTIPLES, _DUALS, _PARTS)


def cardinal(words: list[str]) -> tuple[int, int] | None:
    """The number that ``words`` begin with, as ``(value, words used)``; None if they begin with none.

    Digits count (of any script, once folded), and tens joined by و («ثلاث وثمانين» = 83).
    """
    if not words:
        return None
    first = without_article(words[0])
    if first.isdecimal() and len(first) <= 9:
        return int(first), 1
    value = CARDINALS.get(first)
    if value is None:
        return None
    following = words[1] if len(words) > 1 else ""
    if value < 10 and following in ("عشر", "عشره"):
        return value + 10, 2
    tens = CARDINALS.get(without_article(following[1:])) if following.startswith("و") else None
    if tens is not None and value < 10 <= tens < 100 and tens != 10:
        return value + tens, 2
    return value, 1


def ordinal(words: list[str]) -> tuple[int, int] | None:
    """The ordinal that ``words`` begin with, as ``(value, words used)``; None if they begin with none.

    الأول … العاشر، الحادي عشر … التاسع عشر، الثامن والعشرين; the article may be missing.
    """
    if not words:
        return None
    value = ORDINALS.get(without_article(words[0]))
    if value is None:
        return None
    following = words[1] if len(words) > 1 else ""
    if following in ("عشر", "عشره"):
        return value + 10, 2
    tens = CARDINALS.get(without_article(following[1:])) if following.startswith("و") else None
    if tens is not None and value < 10 and tens % 10 == 0 and 20 <= tens <= 90:
        return value + tens, 2
    return value, 1


class Amount(NamedTuple):
    """A number in words or digits: its value and how many words of the text it takes.

    ``scale`` is the size of its last part (1000 for «3 ملايين و200 ألف», 1 for «83»).
    """

    value: Decimal
    used: int
    scale: int


def amount(words: Sequence[str], *, joined: bool = True) -> Amount | None:
    """The whole number that ``words`` begin with, with its scale words; None if they begin with none.

    «ثلاث وثمانون», «مئة وخمسون ألفا», «3 ملايين و200 ألف», «مليون ونصف المليون», «مليونا» (two million).
    Digits are written plainly (``148.7``); a و before digits is a word of its own. Plural scale words
    alone (ملايين، آلاف) are no number. ``joined`` says whether smaller numbers joined by و belong to it.
    """
    group = _group(words, 0)
    if group is None:
        return None
    value, place, scale = group
    while joined and scale > 1:
        halves = _halves(words, place, scale)
        if halves is not None:
            value, place = value + halves[0], halves[1]
            break
        following = _after_and(words, place)
        rest = _group(following.words, 0) if following else None
        if following is None or rest is None or rest[0] >= scale:
            break
        value += rest[0]
        place = following.place + rest[1] - 1
        scale = rest[2]
    return Amount(value, place, scale)


def is_number_word(word: str) -> bool:
    """Whether a word may be part of a number in words (عشر, ألف, الثلاثة), without a joined و."""
    return word in _WORDS or without_article(word) in _WORDS


class _Following(NamedTuple):
    """What comes after و: the words without it, and where the first of them ends in the whole."""

    words: Sequence[str]
    place: int


def _after_and(words: Sequence[str], place: int) -> _Following | None:
    if place >= len(words) or not words[place].startswith("و"):
        return None
    if words[place] == "و":
        return _Following(words[place + 1 :], place + 2) if place + 1 < len(words) else None
    return _Following((words[place][1:], *words[place + 1 :]), place + 1)


def _bare(word: str) -> str:
    """The word without the article, which the letters of ألف only look like."""
    return word if word in _MULTIPLES or word in _DUALS else without_article(word)


def _digits(word: str) -> Decimal | None:
    whole, point, part = word.partition(".")
    if not (whole.isascii() and whole.isdecimal()) or (point and not (part.isascii() and part.isdecimal())):
        return None
    return Decimal(word)


def _group(words: Sequence[str], place: int) -> tuple[Decimal, int, int] | None:
    """A number below a thousand, or digits, with the scale words after it: value, next place, scale."""
    if place >= len(words):
        return None
    small = _small(words, place)
    word = _bare(words[place])
    scale = 1
    if small is not None:
        value, place = small
    elif word in _SINGULARS:
        scale = _SINGULARS[word]
        value, place = Decimal(scale), place + 1
    elif word in _DUALS:
        scale = _DUALS[word]
        value, place = Decimal(2 * scale), place + 1
    elif word in _PARTS and place + 1 < len(words) and _bare(words[place + 1]) in _SINGULARS:
        whole = _SINGULARS[_bare(words[place + 1])]
        return _PARTS[word] * whole, place + 2, 1
    else:
        return None
    while place < len(words) and (size := _MULTIPLES.get(_bare(words[place]), 0)) > scale:
        value *= size
        scale = max(size, scale * size)
        place += 1
    return value, place, scale


def _halves(words: Sequence[str], place: int, scale: int) -> tuple[Decimal, int] | None:
    """«ونصف» and «ونصف المليون» after a scale word: the value and the next place."""
    following = _after_and(words, place)
    if following is None or not following.words or _bare(following.words[0]) not in _PARTS:
        return None
    place = following.place
    if place < len(words) and _SINGULARS.get(_bare(words[place])) == scale:
        place += 1
    return _PARTS[_bare(following.words[0])] * scale, place


def _small(words: Sequence[str], place: int) -> tuple[Decimal, int] | None:
    """Digits, or number words below a thousand: value and next place."""
    digits = _digits(words[place])
    if digits is not None:
        return digits, place + 1
    first = _bare(words[place])
    hundreds = _HUNDREDS.get(first)
    unit = CARDINALS.get(first)
    if hundreds is None and unit is not None and 3 <= unit <= 9 and place + 1 < len(words):
        hundreds = 100 * unit if words[place + 1] in _HUNDRED else None
        place += hundreds is not None
    if hundreds is None:
        below = _below_hundred(words, place)
        return (Decimal(below[0]), below[1]) if below else None
    place += 1
    following = _after_and(words, place)
    if following is not None and following.words:
        digits = _digits(following.words[0])
        if digits is not None and digits < 100:
            return hundreds + digits, following.place
        below = _below_hundred(following.words, 0)
        if below is not None:
            return Decimal(hundreds + below[0]), following.place + below[1] - 1
    return Decimal(hundreds), place


def _below_hundred(words: Sequence[str], place: int) -> tuple[int, int] | None:
    value = CARDINALS.get(_bare(words[place]))
    if value is None or value >= 100:
        return None
    place += 1
    if value < 10:
        if place < len(words) and words[place] in ("عشر", "عشره"):
            return value + 10, place + 1
        following = _after_and(words, place)
        tens = CARDINALS.get(_bare(following.words[0])) if following and following.words else None
        if following is not None and tens is not None and 20 <= tens <= 90:
            return value + tens, following.place
    return value, place
