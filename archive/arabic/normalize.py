"""Normal forms of Arabic text: for keeping, for matching and for sorting.

``unshape`` is the only one whose result is kept; ``fold`` and ``sort_key`` are for comparison.
"""

import re
import unicodedata
from functools import lru_cache

from archive.arabic.letters import (
    COMBINING,
    FOLDED_LETTERS,
    INVISIBLE,
    TATWEEL,
    UNDECOMPOSED_FORMS,
    is_presentation_form,
    plain_digit,
)

_SHAPED = re.compile("[\ufb50-\ufdff\ufe70-\ufeff]")
_IGNORED = re.compile(f"[{COMBINING}{INVISIBLE}{TATWEEL}]+")
_SPACES = re.compile(r"\s+")
_LETTERS = str.maketrans(FOLDED_LETTERS)
_NOT_SORTED = re.compile(r"[^\w\s]+")


def unshape(text: str) -> str:
    """Replace presentation forms by the letters that they show; change nothing else.

    A form that Unicode does not decompose becomes U+FFFD, so that no character of the two blocks is
    ever kept (U+FEFF, a byte order mark inside the text, is dropped).
    """

    def letters(match: re.Match[str]) -> str:
        form = match.group()
        if form in UNDECOMPOSED_FORMS:
            return UNDECOMPOSED_FORMS[form]
        plain = unicodedata.normalize("NFKC", form)
        return "\ufffd" if any(map(is_presentation_form, plain)) else plain

    return _SHAPED.sub(letters, text)


def fold(text: str) -> str:
    """The form in which spellings of one word are equal; for matching only, never shown.

    Vowel signs, tatweel and invisible characters go; hamza seats, final ya, ta marbuta and Persian
    letters become one letter; digits become western; Latin letters lose case and accents.
    Spaces and punctuation stay. Idempotent.
    """
    # Only words are worth remembering; a cache of whole texts would hold an archive in memory.
    return _fold_word(text) if len(text) <= 40 else _fold(text)


def _fold(text: str) -> str:
    text = _IGNORED.sub("", unshape(text)).translate(_LETTERS)
    if not text.isascii():
        text = "".join(map(plain_digit, unicodedata.normalize("NFKD", text)))
        text = _IGNORED.sub("", text).translate(_LETTERS)
    return text.casefold()


_fold_word = lru_cache(maxsize=65536)(_fold)


def match_key(text: str) -> str:
    """``fold`` with runs of white space as one space and none at the ends: the key of a name."""
    return _SPACES.sub(" ", fold(text)).strip()


def sort_key(text: str) -> str:
    """The key that sorts names as an Arabic index does: hamza, signs and the first article ignored.

    An alef with a hamza is no article: ألمانيا stands under alef, الأردن under its second letter.
    """
    key = _NOT_SORTED.sub("", match_key(text)).strip()
    first, space, rest = key.partition(" ")
    written = _NOT_SORTED.sub("", _IGNORED.sub("", unshape(text))).lstrip()
    if first.startswith("ال") and len(first) > 4 and written.startswith(("ا", "ٱ")):
        first = first[2:]
    return first + space + rest
