"""Words in which signs stand for letters: ``*`` for any of them or none, ``?`` for exactly one.

Signs of a keyboard of any script. Question marks at the end of a word are punctuation, and so is a sign
between letters of two kinds (``archive.arabic.words``), where two words meet.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from archive.arabic.letters import ARABIC, COMBINING, INVISIBLE
from search.analysis import forms

STARS, QUESTION_MARKS = "*＊٭✱", "?؟？"
SIGNS = STARS + QUESTION_MARKS

_INSIDE = COMBINING + INVISIBLE + SIGNS
_OTHER = f"[^\\W_{ARABIC}]"
_PIECE = re.compile(
    f"[{_INSIDE}]+(?:[{ARABIC}][{ARABIC}{_INSIDE}]*|(?:{_OTHER}|[{_INSIDE}])+)?"
    f"|[{ARABIC}][{ARABIC}{_INSIDE}]*|{_OTHER}(?:{_OTHER}|[{_INSIDE}])*"
)
_LAST_SIGNS = re.compile(f"[{SIGNS}][{_INSIDE}]*$")
_LAST_QUESTION_MARKS = re.compile(f"[{QUESTION_MARKS}][{COMBINING}{INVISIBLE}{QUESTION_MARKS}]*$")
_RUN_WITH_STAR = re.compile(r"\?*\*[*?]*")
_PLAIN = str.maketrans(dict.fromkeys(STARS, "*") | dict.fromkeys(QUESTION_MARKS, "?"))


class Piece(NamedTuple):
    """Letters of one kind and the signs among them; ``written`` is without punctuation, its signs plain.

    ``start`` and ``end`` are code points of the text, half-open, what is punctuation among them.
    """

    written: str
    start: int
    end: int

    @property
    def has_signs(self) -> bool:
        return "*" in self.written or "?" in self.written


def read_pieces(text: str, start: int, end: int) -> Iterator[Piece]:
    """The pieces that begin from ``start`` to ``end``; what goes on behind ``end`` has no signs."""
    for match in _PIECE.finditer(text, start):
        if match.start() >= end:
            return
        written = match.group()
        if match.end() > end:
            written = ""
        elif _is_letter(text[match.end() : match.end() + 1]):
            written = _LAST_SIGNS.sub("", written)
        written = _LAST_QUESTION_MARKS.sub("", written).translate(_PLAIN)
        yield Piece(_shortest(written), *match.span())


def folded_pattern(written: str) -> str:
    """The pattern that surfaces fit."""
    return _shortest(forms(written)[1])


def exact_pattern(written: str) -> str:
    """The pattern that exact forms fit."""
    return _shortest(forms(written)[0])


def letters_of(pattern: str) -> str:
    """What is no sign in a pattern."""
    return pattern.replace("*", "").replace("?", "")


def _is_letter(character: str) -> bool:
    return bool(re.match(r"[^\W_]", character))


def _shortest(pattern: str) -> str:
    """The pattern with one star, behind the question marks, where several signs with a star meet."""
    return _RUN_WITH_STAR.sub(lambda run: "?" * run.group().count("?") + "*", pattern)
