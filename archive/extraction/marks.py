"""Pairs of quotation marks, with repair of the damage that copying does to them.

Double marks of every shape („ “ ” " ″) are one family, because the press mixes them; guillemets, single
marks and round brackets are families of their own. Which way a mark faces is read from its neighbours
and, where they say nothing, from its shape.
"""

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from archive.extraction.facts import Diagnostic

_SIGNS = r"<<|>>|''|``|[«»“”„‟\"″＂‹›‘’‚'()]"
_MARK = re.compile(_SIGNS)
_WITH_DOUBLE_BRACKETS = re.compile(rf"\(\(|\)\)|{_SIGNS}")
_FAMILIES = {
    "double": '“”„‟"″＂',
    "guillemet": "«»",
    "single": "‘’‚‹›",
    "bracket": "()",
}
_FAMILY = {mark: family for family, marks in _FAMILIES.items() for mark in marks} | {
    "<<": "guillemet",
    ">>": "guillemet",
    "''": "double",
    "``": "double",
    "'": "apostrophe",
    "((": "brackets",
    "))": "brackets",
}
_LEFT = frozenset("«“„‟‹‘‚(") | {"<<", "``", "(("}
_RIGHT = frozenset("»”›’)") | {">>", "))"}
_OPENS_AFTER = frozenset('([{«“"„:،؛,;-–—/ـ.؟!…')
_POINTS = tuple(".،؛,:؟!")
_CLOSES_BEFORE = frozenset('.،؛,;:؟!?…)]}»”"-–—/')
# One-letter words that are written together with what follows, so that a mark may follow them.
_PROCLITIC = re.compile(r"(?:^|[\s«“\"(])[وفبلك]{1,2}(?:ـ|ال)?$")
_DEPTH = 8
_REMEMBERED = 24
# A full stop, a few words (وأضاف) and a mark: a new quotation begins, so the one before it has ended.
_NEXT_QUOTE = 60
_LONG = 20
# A mark alone opens or closes a quotation of at least so many words; its colon is at most so far away.
_TELLING = 5
_FAR = 600
_FULL_STOP = re.compile(r"[.!؟?](?=\s|$)")
# What says that the mark after it opens, though no blank stands between: إن" القوات …
_INTRODUCING = re.compile(r"(?:^|\s)و?(?:[أإا]نّ?|[أإا]نّ?ه|قال|وأضاف|وتابع|قائلا|قائلاً)$|:\s?$")
# «… "داعش"، واصفة إياه بأنه»: the writer goes on with a participle.
_MANNER = re.compile(r"\s?،\s(?:م\w{2,}|واصف|قائل|لافت|داعي|نافي|رافض)(?:ا|اً|ًا|ة|ه|ين)\s")
# The writer takes over again after a quotation that nothing closes.
_NARRATING = re.compile(
    r"،\sو(?:[أا]ضاف|تابع)\w*\s|[.!؟]\s*(?:و(?:[أا]ضاف|قال|تابع|[أا]كد|[أا]وضح|[أا]شار|شدد|لفت|ذكر|ختم|بي[نّ]|زاد|[أا]ردف|دعا|جدد)"
    r"|كما |من جه|من جان|بدور)"
)


class Pair(NamedTuple):
    """A marked span: ``start`` to ``end`` with its marks, ``inner_start`` to ``inner_end`` without.

    ``depth`` counts the pairs around it (brackets included); ``shared`` says that one of its marks was
    missing: it ends with a pair inside it, or (``open_ended``) with its sentence, or begins at a colon.
    """

    start: int
    inner_start: int
    inner_end: int
    end: int
    family: str
    depth: int
    shared: bool
    open_ended: bool = False


@dataclass(slots=True)
class _Open:
    start: int
    end: int
    family: str
    last_inside: tuple[int, int] | None = None
    inside: list[tuple[int, int, int]] = field(default_factory=list)


def _may_open(text: str, start: int, end: int, low: int, high: int) -> bool:
    before = text[start - 1] if start > low else " "
    after = text[end] if end < high else " "
    if not (after.isalnum() or after in '([«“"‘'):
        return False
    return (
        before.isspace()
        or before in _OPENS_AFTER
        or bool(_PROCLITIC.search(text[max(low, start - 6) : start]))
    )


def _may_close(text: str, start: int, end: int, low: int, high: int) -> bool:
    before = text[start - 1] if start > low else " "
    after = text[end] if end < high else " "
    return not before.isspace() and (after.isspace() or after in _CLOSES_BEFORE)


def _ends_phrase(text: str, end: int, high: int) -> bool:
    return end >= high or text[end].isspace() or text[end] in _CLOSES_BEFORE


def pair_marks(text: str, start: int, end: int) -> tuple[list[Pair], list[Diagnostic]]:
    """The pairs of the paragraph ``text[start:end]`` in order, and what was found wrong with its marks."""
    stack: list[_Open] = []
    pairs: list[Pair] = []
    strays: list[tuple[int, int]] = []
    unclosed: list[_Open] = []
    signs = _WITH_DOUBLE_BRACKETS if text.find("((", start, end) >= 0 else _MARK
    for match in signs.finditer(text, start, end):
        mark, family = match.group(), _FAMILY[match.group()]
        at, after = match.span()
        level = next((i for i in range(len(stack) - 1, -1, -1) if stack[i].family == family), None)
        opens, closes = _may_open(text, at, after, start, end), _may_close(text, at, after, start, end)
        if family == "apostrophe":
            # Between letters and before a blank it may be anything.
            if not (opens and not closes) and not (closes and level is not None):
                continue
            opening = opens and not closes
        elif level is None and family != "bracket" and _INTRODUCING.search(text, max(start, at - 9), at):
            opening = True
        elif mark in _LEFT:
            opening = not (level is not None and not opens and _ends_phrase(text, after, end))
            if family == "guillemet" and text[after : after + 1].isspace() and text[at - 1 : at].isspace():
                # « with blanks on either side: guillemets keep to their direction.
                opening = True
            if level is None and not opens and closes and family == "double":
                strays.append((at, after))
                continue
        elif mark in _RIGHT:
            # A mark that faces the wrong way: مؤتمر مراكش » كان مثمرا », and before the first has closed:
            # «… جنبا إلى جنب. وأضاف إن »طبيعة القتال …».
            blank = text[at - 1 : at].isspace()
            opening = not closes and (level is None or (opens and blank))
        elif level is None:
            # Before punctuation it closes something, be it of another kind.
            opening = opens or not (closes or text[after : after + 1] in _POINTS)
        else:
            opening = opens and not closes
        if opening:
            if len(stack) < _DEPTH:
                stack.append(_Open(at, after, family))
        elif level is None:
            if family in ("double", "guillemet"):
                strays.append((at, after))
        else:
            opened = stack[level]
            unclosed += stack[level + 1 :]
            del stack[level:]
            pairs.append(Pair(opened.start, opened.end, at, after, family, len(stack), False))
            for outer in stack:
                if outer.family == family:
                    outer.last_inside = (at, after)
                    if len(outer.inside) < _REMEMBERED:
                        outer.inside.append((opened.start, at, after))
    unclosed += stack
    return _repair(text, pairs, unclosed, strays, start, end)


def _repair(
    text: str,
    pairs: list[Pair],
    unclosed: list[_Open],
    strays: list[tuple[int, int]],
    low: int,
    end: int,
) -> tuple[list[Pair], list[Diagnostic]]:
    diagnostics: list[Diagnostic] = []
    used: set[int] = set()
    next_stray = 0
    for opened in sorted(unclosed, key=lambda item: item.start):
        if opened.family in ("bracket", "single", "apostrophe"):
            continue
        inside = _last_of_its_own(text, opened, end)
        if inside is not None and (inside[0] == inside[1] or _ends_phrase(text, inside[1], end)):
            pairs.append(Pair(opened.start, opened.end, inside[0], inside[1], opened.family, 0, True))
        elif inside is None:
            while next_stray < len(strays) and strays[next_stray][0] <= opened.end:
                next_stray += 1
            if next_stray < len(strays):
                first, last = strays[next_stray]
                used.add(next_stray)
                next_stray += 1
                pairs.append(Pair(opened.start, opened.end, first, last, opened.family, 0, False))
                diagnostics.append(Diagnostic("late_closer", first, last, "closed by a mark of another kind"))
                continue
            stop = _open_end(text, opened, end)
            if stop is not None:
                pairs.append(Pair(opened.start, opened.end, stop, stop, opened.family, 0, True, True))
        diagnostics.append(Diagnostic("unbalanced_quote", opened.start, opened.end, "never closed"))
    for index, (first, last) in enumerate(strays):
        if index in used:
            continue
        diagnostics.append(Diagnostic("unbalanced_quote", first, last, "closes nothing"))
        start = _colon_before(text, low, first)
        if start is not None:
            pairs.append(Pair(start, start, first, last, "double", 0, True))
    return _nested(pairs), diagnostics


def _nested(pairs: list[Pair]) -> list[Pair]:
    """The pairs in order, with their depth: one that seemed to lie in a pair never closed may lie in none."""
    around: list[int] = []
    found: list[Pair] = []
    for pair in sorted(pairs, key=lambda pair: (pair.start, -pair.end)):
        while around and around[-1] < pair.end:
            around.pop()
        found.append(pair._replace(depth=len(around)))
        around.append(pair.end)
    return found


def _last_of_its_own(text: str, opened: _Open, end: int) -> tuple[int, int] | None:
    """Where an unclosed quotation ends, judged by the pairs inside it; None if there are none.

    At the full stop before the next quotation; else with the first inner pair that a full stop follows;
    else with the last inner pair.
    """
    for start, at, after in opened.inside:
        if text[at - 1] in ".!؟":
            return at, after
        stop = text.rfind(".", max(opened.end, start - _NEXT_QUOTE), start)
        narrating = _NARRATING.search(text, opened.end, start)
        if narrating is not None:
            return narrating.start(), narrating.start()
        if stop > 0 and at - start >= _LONG:
            return stop, stop
        if text[after : after + 1] in (".", "!", "؟") or after >= end or _MANNER.match(text, after):
            return at, after
    return opened.last_inside


def _open_end(text: str, opened: _Open, end: int) -> int | None:
    """Where a quotation that nothing closes ends; None if only a few words follow its mark.

    With the paragraph, or before the writer's next «وأضاف»; before another mark like it, at the comma
    that brings that one in (…، مؤكدة «…).
    """
    match = _NARRATING.search(text, opened.end, end)
    stop = match.start() + 1 if match is not None else end
    if (again := _next_of_its_kind(text, opened, stop)) is not None:
        comma = max(text.rfind("،", opened.end, again), text.rfind(".", opened.end, again))
        if comma < 0 or again - comma > _NEXT_QUOTE // 2:
            return None
        stop = comma
    while stop > opened.end and text[stop - 1].isspace():
        stop -= 1
    return stop if len(text[opened.end : stop].split()) >= _TELLING else None


def _next_of_its_kind(text: str, opened: _Open, stop: int) -> int | None:
    return next(
        (
            match.start()
            for match in _MARK.finditer(text, opened.end, stop)
            if _FAMILY[match.group()] == opened.family
        ),
        None,
    )


def _colon_before(text: str, low: int, closer: int) -> int | None:
    """Where words begin that a mark closes and only a colon opens (قال: لا بد من …"), None if none do."""
    colon = text.rfind(":", max(low, closer - _FAR), closer)
    if colon < 0 or _FULL_STOP.search(text, colon, closer) or _MARK.search(text, colon, closer):
        return None
    start = colon + 1
    while start < closer and text[start].isspace():
        start += 1
    return start if len(text[start:closer].split()) >= _TELLING else None
