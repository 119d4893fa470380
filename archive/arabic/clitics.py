"""Proclitics: the one-letter words that Arabic writes together with the next one.

All functions take and give folded words (``archive.arabic.normalize.fold``).
Source of the order: conjunction (و ف), then preposition (ب ل ك), then the article; لل is ل + ال.
"""

from functools import lru_cache

CONJUNCTIONS = ("و", "ف")
PREPOSITIONS = ("ب", "ل", "ك")
ARTICLE = "ال"
_LONGEST = 40


def readings(key: str) -> tuple[tuple[str, str], ...]:
    """Every way to read ``key`` as proclitics and a word, ``(proclitics, word)``, the plainest first.

    The whole word comes first, so that وزير is a minister before it is «and a zir». The article stays
    with the word; a word of less than two letters is never left over.
    """
    # A run of letters longer than any word is nothing to remember.
    return _remembered(key) if len(key) <= _LONGEST else (("", key),)


@lru_cache(maxsize=65536)
def _remembered(key: str) -> tuple[tuple[str, str], ...]:
    found = [("", key)]
    starts = [("", key)]
    if key[:1] in CONJUNCTIONS and len(key) > 2:
        starts.append((key[0], key[1:]))
        found.append(starts[-1])
    for conjunction, rest in starts:
        if rest.startswith("لل") and len(rest) > 3:
            found.append((conjunction + "ل", ARTICLE + rest[2:]))
        if rest[:1] in PREPOSITIONS and len(rest) > 2:
            found.append((conjunction + rest[0], rest[1:]))
    return tuple(found)


def without_article(key: str) -> str:
    """``key`` without a leading article, if at least two letters remain."""
    return key[2:] if key.startswith(ARTICLE) and len(key) > 3 else key


def without_conjunction(key: str) -> str:
    """``key`` without a leading و or ف, if at least two letters remain."""
    return key[1:] if key[:1] in CONJUNCTIONS and len(key) > 2 else key


def is_definite(key: str) -> bool:
    """Whether the word carries the article, alone or after a proclitic (الوزير، للوزير، والوزير)."""
    return any(len(word) > 3 and word.startswith(ARTICLE) for _, word in readings(key))
