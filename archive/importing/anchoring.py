"""Finding the same words again in a text that has changed.

An anchor is the words themselves and up to ``CONTEXT`` characters on either side. The words are
looked for as written, then word by word in their normal form (other spaces, signs or spellings of a
hamza do not hide them); of several places the one whose surroundings agree best is taken, and none
if two agree equally well: a correction on the wrong words is worse than a conflict.
"""

from dataclasses import dataclass
from itertools import takewhile

from archive.arabic.normalize import match_key
from archive.arabic.words import segment

CONTEXT = 40
# Words this long do not come twice by chance; shorter ones must agree in their surroundings too.
TELLING_LENGTH = 25
TELLING_CONTEXT = 8


@dataclass(frozen=True, slots=True)
class Anchor:
    words: str
    before: str
    after: str


def anchor_at(text: str, start: int, end: int) -> Anchor:
    """The anchor of ``text[start:end]``."""
    return Anchor(text[start:end], text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT])


def locate(anchor: Anchor, text: str) -> tuple[int, int] | None:
    """Where the anchored words stand in ``text`` as (start, end), or None if that is not certain."""
    places = _exact_places(anchor.words, text) or _folded_places(anchor.words, text)
    if not places:
        return None
    scored = sorted(((_agreement(anchor, text, *place), place) for place in places), reverse=True)
    best, place = scored[0]
    if len(scored) > 1 and scored[1][0] == best:
        return None
    if best < TELLING_CONTEXT and len(anchor.words) < TELLING_LENGTH and anchor.words != text:
        return None
    return place


def _exact_places(words: str, text: str) -> list[tuple[int, int]]:
    places, start = [], text.find(words) if words else -1
    while start >= 0:
        places.append((start, start + len(words)))
        start = text.find(words, start + 1)
    return places


def _folded_places(words: str, text: str) -> list[tuple[int, int]]:
    wanted = [match_key(word.text) for word in segment(words)]
    present = list(segment(text))
    keys = [match_key(word.text) for word in present]
    if not wanted:
        return []
    return [
        (present[first].start, present[first + len(wanted) - 1].end)
        for first, key in enumerate(keys)
        if key == wanted[0] and keys[first : first + len(wanted)] == wanted
    ]


def _agreement(anchor: Anchor, text: str, start: int, end: int) -> int:
    """How many characters next to the words agree, both sides together, in the normal form."""
    here = anchor_at(text, start, end)
    before = zip(reversed(match_key(anchor.before)), reversed(match_key(here.before)), strict=False)
    after = zip(match_key(anchor.after), match_key(here.after), strict=False)
    return sum(1 for side in (before, after) for _pair in takewhile(lambda pair: pair[0] == pair[1], side))
