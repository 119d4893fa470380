"""Arabic number words, as far as dates, anniversaries and counts of states need them.

Everything takes folded words. Sources: the counting rules of any grammar of modern standard Arabic;
both the nominative and the oblique endings are listed, because the press uses both.
"""

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
CARDINALS: dict[str, int] = {fold(word): value for value, words in _UNITS.items() for word in words.split()}
ORDINALS: dict[str, int] = {fold(word): value for value, words in _ORDINALS.items() for word in words.split()}


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
