"""Pairs of quotation marks, with repair of the damage that copying does to them.

Double marks of every shape („ “ ” " ″) are one family, because the press mixes them; guillemets, single
marks and round brackets are families of their own. Which way a mark faces is read from its neighbours
and, where they say nothing, from its shape.
"""

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from archive.extraction.facts import Diagnostic

_MARK = re.compile(r"<<|>>|''|``|[«»“”„‟\"″＂‹›‘’‚()]")
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
}
_LEFT = frozenset("«“„‟‹‘‚(") | {"<<", "``"}
_RIGHT = frozenset("»”›’)") | {">>"}
_OPENS_AFTER = frozenset('([{«“"„:،؛,;-–—/ـ.؟!…')
_CLOSES_BEFORE = frozenset('.،؛,;:؟!?…)]}»”"-–—/')
# One-letter words that are written together with what follows, so that a mark may follow them.
_PROCLITIC = re.compile(r"(?:^|[\s«“\"(])[وفبلك]{1,2}(?:ـ|ال)?$")
_DEPTH = 8
_REMEMBERED = 24
# A full stop, a few words (وأضاف) and a mark: a new quotation begins, so the one before it has ended.
_NEXT_QUOTE = 60
_LONG = 20


class Pair(NamedTuple):
    """A marked span: ``start`` to ``end`` with its marks, ``inner_start`` to ``inner_end`` without.

    ``depth`` counts the pairs around it (brackets included); ``shared`` says that its closing mark was
    missing and that it ends with a pair inside it.
    """

    start: int
    inner_start: int
    inner_end: int
    end: int
    family: str
    depth: int
    shared: bool


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
    for match in _MARK.finditer(text, start, end):
        mark, family = match.group(), _FAMILY[match.group()]
        at, after = match.span()
        level = next((i for i in range(len(stack) - 1, -1, -1) if stack[i].family == family), None)
        opens, closes = _may_open(text, at, after, start, end), _may_close(text, at, after, start, end)
        if mark in _LEFT:
            opening = not (level is not None and not opens and _ends_phrase(text, after, end))
            if level is None and not opens and closes and family == "double":
                strays.append((at, after))
                continue
        elif mark in _RIGHT:
            opening = level is None and opens and not closes
        elif level is None:
            opening = opens or not closes
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
    return _repair(text, pairs, unclosed, strays, end)


def _repair(
    text: str, pairs: list[Pair], unclosed: list[_Open], strays: list[tuple[int, int]], end: int
) -> tuple[list[Pair], list[Diagnostic]]:
    diagnostics: list[Diagnostic] = []
    used: set[int] = set()
    next_stray = 0
    for opened in sorted(unclosed, key=lambda item: item.start):
        if opened.family in ("bracket", "single"):
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
        diagnostics.append(Diagnostic("unbalanced_quote", opened.start, opened.end, "never closed"))
    diagnostics += [
        Diagnostic("unbalanced_quote", first, last, "closes nothing")
        for index, (first, last) in enumerate(strays)
        if index not in used
    ]
    pairs.sort(key=lambda pair: (pair.start, -pair.end))
    return pairs, diagnostics


def _last_of_its_own(text: str, opened: _Open, end: int) -> tuple[int, int] | None:
    """Where an unclosed quotation ends, judged by the pairs inside it; None if there are none.

    At the full stop before the next quotation; else with the first inner pair that a full stop follows;
    else with the last inner pair.
    """
    for start, at, after in opened.inside:
        stop = text.rfind(".", max(opened.end, start - _NEXT_QUOTE), start)
        if stop > 0 and at - start >= _LONG:
            return stop, stop
        if text[after : after + 1] in (".", "!", "؟") or after >= end:
            return at, after
    return opened.last_inside
