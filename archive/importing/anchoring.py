"""Finding the same words again in a text that has changed.

An anchor is the words themselves and up to ``CONTEXT`` characters on either side. The words are
looked for as written, then word by word in their normal form (other spaces, signs or spellings of a
hamza do not hide them); of several places the one whose surroundings agree best is taken, and none
if two agree equally well: a correction on the wrong words is worse than a conflict.
"""

from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile

from archive.arabic.normalize import match_key
from archive.arabic.words import segment

CONTEXT = 40
# Words this long do not come twice by chance; shorter ones must agree in their surroundings too.
TELLING_LENGTH = 25
TELLING_CONTEXT = 8
# Words that come more often than this are not compared place by place, which would take for ever.
MOST_PLACES = 500


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
    places = _best_places(anchor, text)
    return places[0] if len(places) == 1 else None


def follow(start: int, end: int, old_text: str, text: str) -> tuple[int, int] | None:
    """Where ``old_text[start:end]`` stands in ``text``, or None if that is not certain.

    Words that come again with surroundings that agree as well are told apart by their order, if they
    come as often in both texts.
    """
    anchor = anchor_at(old_text, start, end)
    best = _best_places(anchor, text)
    if len(best) < 2:
        return best[0] if best else None
    before, now = (_places(anchor.words, searched) for searched in (old_text, text))
    place = now[before.index((start, end))] if len(before) == len(now) else None
    return place if place in best else None


def _best_places(anchor: Anchor, text: str) -> list[tuple[int, int]]:
    """The places, in the order of the text, at which words and surroundings agree best, if well enough."""
    whole = anchor.before + anchor.words + anchor.after
    first = text.find(whole)
    if first >= 0 and len(whole) - len(anchor.words) >= CONTEXT and text.find(whole, first + 1) < 0:
        start = first + len(anchor.before)
        return [(start, start + len(anchor.words))]
    places = _places(anchor.words, text)
    if len(places) > MOST_PLACES:
        return []
    scored = [(_agreement(anchor, text, *place), place) for place in places]
    best = max((score for score, _place in scored), default=0)
    if best < TELLING_CONTEXT and len(anchor.words) < TELLING_LENGTH and anchor.words != text:
        return []
    return [place for score, place in scored if score == best]


def _places(words: str, text: str) -> list[tuple[int, int]]:
    return _exact_places(words, text) or _folded_places(words, text)


def _exact_places(words: str, text: str) -> list[tuple[int, int]]:
    places, start = [], text.find(words) if words else -1
    while start >= 0:
        places.append((start, start + len(words)))
        start = text.find(words, start + 1)
    return places


def _folded_places(words: str, text: str) -> list[tuple[int, int]]:
    wanted = [match_key(word.text) for word in segment(words)]
    if not wanted:
        return []
    keys, spans = _folded_words(text)
    return [
        (spans[first][0], spans[first + len(wanted) - 1][1])
        for first, key in enumerate(keys)
        if key == wanted[0] and keys[first : first + len(wanted)] == wanted
    ]


@lru_cache(maxsize=1)
def _folded_words(text: str) -> tuple[list[str], list[tuple[int, int]]]:
    """The normal forms of a text's words and their spans: many anchors are looked for in one text."""
    words = list(segment(text))
    return [match_key(word.text) for word in words], [(word.start, word.end) for word in words]


def _agreement(anchor: Anchor, text: str, start: int, end: int) -> int:
    """How many characters next to the words agree, both sides together, in the normal form."""
    here = anchor_at(text, start, end)
    before = zip(reversed(match_key(anchor.before)), reversed(match_key(here.before)), strict=False)
    after = zip(match_key(anchor.after), match_key(here.after), strict=False)
    return sum(1 for side in (before, after) for _pair in takewhile(lambda pair: pair[0] == pair[1], side))
