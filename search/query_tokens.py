"""The signs of a query: words, quoted words, parentheses and names of fields, each with its place.

What has no partner (a quotation mark, a parenthesis) and what lies beyond the bounds is not among them.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum

from archive.arabic.letters import COMBINING
from archive.arabic.normalize import match_key
from search.analysis import Term, terms
from search.query_wildcards import SIGNS as LETTER_SIGNS

MAX_LENGTH = 1000
MAX_WORDS = 64
MAX_DEPTH = 8

_FIELD_NAMES = {
    "minister": ("وزير", "minister"),
    "country": ("دولة", "بلد", "country"),
    "source": ("مصدر", "منبر", "source", "outlet"),
    "meeting": ("اجتماع", "meeting"),
    "speaker": ("قائل", "متكلم", "متحدث", "speaker"),
    "title": ("عنوان", "title"),
    "from": ("من", "from"),
    "to": ("إلى", "to"),
    "date": ("تاريخ", "date"),
}
FIELDS = {match_key(name): field for field, names in _FIELD_NAMES.items() for name in names}

_SURROGATES = re.compile("[\ud800-\udfff\x00]")
# They come with text copied from right-to-left pages, and would stand between a sign and its word.
_DIRECTIONS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")

_SIGNS = dict.fromkeys("+＋﹢", "+") | dict.fromkeys("-\u2010\u2011−﹣－", "-")
_OPENING, _CLOSING = "(（﹙", ")）﹚"
_STRAIGHT, _CURLY, _ANGLED = '"＂', "“”„‟″❝❞〝〞", "«»‹›"
MARKS = _STRAIGHT + _CURLY + _ANGLED
_SINGLE = "'＇‘’‚‛`"
# Which marks may close what a mark opens, the likeliest first: the press mixes them, and turns them round.
_PARTNERS: dict[str, Sequence[str]] = dict.fromkeys(_STRAIGHT + _CURLY, (_STRAIGHT + _CURLY, MARKS))
_PARTNERS |= {mark: (other, _ANGLED, MARKS) for mark, other in zip(_ANGLED, "»«›‹", strict=True)}
_CLOSED_BY = {mark: [re.compile(f"[{marks}]") for marks in partners] for mark, partners in _PARTNERS.items()}
# A single mark is an apostrophe too: it opens before a word and closes after one.
_SINGLE_QUOTED = re.compile(f"[{_SINGLE}](?=\\S)[^{MARKS}{_OPENING}{_CLOSING}\n]*?\\S[{_SINGLE}](?!\\w)")
_CHUNK = re.compile(f"[^\\s{MARKS}{re.escape(_OPENING + _CLOSING)}]+")
_FIELD = re.compile("([^:：﹕]{1,30})[:：﹕]")
# How far apart the words of a phrase may stand, in digits of any script right after its closing mark.
_SLOP = re.compile(r"[~～∼˜](\d+)(?!\w)")
_ATTACHABLE = re.compile(
    f"[\\w{COMBINING}{MARKS}{_SINGLE}{re.escape(_OPENING)}]|[{LETTER_SIGNS}]+[\\w{COMBINING}]"
)


class Kind(Enum):
    WORDS = "words"
    QUOTED = "quoted"
    OPEN = "open"
    CLOSE = "close"
    FIELD = "field"


@dataclass(frozen=True, slots=True)
class Token:
    """A sign of the query with the words in it; the place does not hold the ``sign`` (+ or -) before it.

    ``start`` and ``end`` are code points of the scanned text, half-open, quotation marks and the colon
    of a field among them. ``slop`` is the number after a quoted token as it was written, behind its end.
    """

    kind: Kind
    start: int
    end: int
    sign: str = ""
    field: str = ""
    slop: int = 0
    terms: tuple[Term, ...] = ()


@dataclass(frozen=True, slots=True)
class Scanned:
    """``tokens`` of ``text``; parentheses are balanced, and every other token has at least a word."""

    text: str
    tokens: list[Token]
    shortened: bool
    too_deep: bool


def storable(text: str) -> str:
    """``text`` without what no database takes: lone surrogates and NUL become spaces."""
    return _SURROGATES.sub(" ", text)


def bounded(query: str) -> tuple[str, bool]:
    """The first ``MAX_LENGTH`` characters, without the word that is cut there, and whether any was cut."""
    text = query[:MAX_LENGTH]
    cut = len(query) > MAX_LENGTH
    if cut and not query[MAX_LENGTH].isspace():
        *whole, part = re.split(r"(?<=\s)(?=\S+$)", text, maxsplit=1)
        text = "".join(whole) or part
    return _DIRECTIONS.sub("", storable(text)), cut


def scan(query: str) -> Scanned:
    """The tokens of ``query``, at most ``MAX_WORDS`` words in ``MAX_DEPTH`` parentheses."""
    text, shortened = bounded(query)
    balanced, too_deep = _balance(_raw_tokens(text))
    words = list(terms(text))
    limit = words[MAX_WORDS].start if len(words) > MAX_WORDS else len(text)
    starts = [word.start for word in words[:MAX_WORDS]]
    tokens = []
    for token in balanced:
        if token.kind in (Kind.OPEN, Kind.CLOSE):
            tokens.append(token)
            continue
        within = words[bisect_left(starts, token.start) : bisect_left(starts, token.end)]
        if within:
            tokens.append(replace(token, end=min(token.end, limit), terms=tuple(within)))
    return Scanned(text, tokens, shortened or limit < len(text), too_deep)


def _raw_tokens(text: str) -> list[Token]:
    tokens: list[Token] = []
    place, sign, free = 0, "", True
    while place < len(text):
        character = text[place]
        if character.isspace():
            place, sign, free = place + 1, "", True
            continue
        if free and not sign and character in _SIGNS and _ATTACHABLE.match(text, place + 1):
            place, sign = place + 1, _SIGNS[character]
            continue
        kind, end, field = _next(text, place, free)
        slop = _SLOP.match(text, end) if kind is Kind.QUOTED else None
        if kind is not None:
            tokens.append(Token(kind, place, end, sign, field, int(slop.group(1)) if slop else 0))
        end = slop.end() if slop else end
        # Another sign or single mark may follow at once only where a word may begin.
        place, sign, free = end, "", kind in (Kind.OPEN, Kind.FIELD)
    return tokens


def _next(text: str, place: int, free: bool) -> tuple[Kind | None, int, str]:
    """What stands at a place that is no space: its kind (None if it means nothing), its end, its field."""
    character = text[place]
    if character in _OPENING:
        return Kind.OPEN, place + 1, ""
    if character in _CLOSING:
        return Kind.CLOSE, place + 1, ""
    if character in MARKS:
        end = _partner(text, place)
        return (Kind.QUOTED, end, "") if end else (None, place + 1, "")
    if free and (quoted := _SINGLE_QUOTED.match(text, place)):
        return Kind.QUOTED, quoted.end(), ""
    chunk = _CHUNK.match(text, place)
    assert chunk is not None  # every character is a space, a mark, a parenthesis or in a chunk
    named = _FIELD.match(chunk.group())
    if named and (field := FIELDS.get(match_key(named.group(1)))):
        return Kind.FIELD, place + named.end(), field
    return Kind.WORDS, chunk.end(), ""


def _partner(text: str, place: int) -> int:
    """The end of what a quotation mark opens; 0 if nothing closes it or nothing is between."""
    for marks in _CLOSED_BY[text[place]]:
        closing = marks.search(text, place + 1)
        if closing:
            return closing.end() if closing.start() > place + 1 else 0
    return 0


def _balance(tokens: list[Token]) -> tuple[list[Token], bool]:
    """The tokens without parentheses that have no partner or stand too deep, and whether any stood so."""
    opened: list[int] = []
    paired: set[int] = set()
    too_deep = False
    for index, token in enumerate(tokens):
        if token.kind is Kind.OPEN:
            opened.append(index)
        elif token.kind is Kind.CLOSE and opened:
            if len(opened) <= MAX_DEPTH:
                paired |= {opened[-1], index}
            else:
                too_deep = True
            opened.pop()
    return [
        token
        for index, token in enumerate(tokens)
        if token.kind not in (Kind.OPEN, Kind.CLOSE) or index in paired
    ], too_deep
