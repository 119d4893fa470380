"""Words of a text with their offsets.

A word is a run of letters of one kind (Arabic, or any other letters and digits). Vowel signs, tatweel
and invisible controls belong to the word that they stand in, so العَرَبِيّة and التحـالف are one word each.
A digit beside an Arabic letter begins another word («في28يونيو» is three words).
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from archive.arabic.letters import ARABIC, COMBINING, INVISIBLE

_INSIDE = COMBINING + INVISIBLE
_OTHER = f"[^\\W_{ARABIC}]"
_WORD = re.compile(
    "|".join(f"{one}+(?:[{_INSIDE}]+{one}+)*[{COMBINING}]*" for one in (f"[{ARABIC}]", _OTHER))
)


class Word(NamedTuple):
    """A written word and its place: code points of the text, half-open."""

    text: str
    start: int
    end: int


def segment(text: str) -> Iterator[Word]:
    """The words of ``text`` in order; linear in its length."""
    for match in _WORD.finditer(text):
        yield Word(match.group(), *match.span())
