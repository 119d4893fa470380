"""Words that begin with letters or fit a pattern, and where they occur."""

import re
from collections.abc import Sequence

import numpy as np

from search.engine.column_files import Array
from search.engine.columns import Columns, Strings
from search.engine.postings import Leaf, Postings, Range, counted

# How many different words a star may stand for.
MAX_EXPANSIONS = 1000
# One letter in UTF-8.
_ANY_LETTER = rb"[^\n\x80-\xbf][\x80-\xbf]*+"
# After every letter of the Unicode's last plane.
_LAST = "\U0010ffff"


def find_prefix(
    leaves: Sequence[Leaf],
    letters: str,
    *,
    layer: str = "surface",
    titled: bool = False,
) -> tuple[Postings, bool]:
    """Where words begin with ``letters`` in a layer, and whether these are more than ``MAX_EXPANSIONS``.

    Then the commonest of each segment count. In the ``surface`` a stem may begin so too.
    """
    ranges = [
        [(number, number + 1) for number in columns.exact.beginning_with(letters)]
        if layer == "exact"
        else _beginning_with(columns, letters)
        for columns, _first in leaves
    ]
    return _found(leaves, ranges, titled)


def find_wildcard(
    leaves: Sequence[Leaf],
    pattern: str,
    *,
    layer: str = "surface",
    titled: bool = False,
) -> tuple[Postings, bool]:
    """Where words fit ``pattern`` in a layer (``*``: any letters or none, ``?``: one), as ``find_prefix``."""
    expression = _expression(pattern)
    ranges = [
        [(number, number + 1) for number in columns.exact.numbers_matching(expression)]
        if layer == "exact"
        else [columns.forms_of_surface(number) for number in columns.surfaces.numbers_matching(expression)]
        for columns, _first in leaves
    ]
    return _found(leaves, ranges, titled)


def _beginning_with(columns: Columns, letters: str) -> list[Range]:
    """The ranges of exact forms, one a surface, that begin with ``letters`` or whose stem does."""
    order = columns.surface_order
    surfaces = _Ordered(columns.surfaces, order)
    found = set(order[surfaces.first_from(letters) : surfaces.first_from(letters + _LAST)].tolist())
    stems = _Ordered(columns.stems)
    for stem in range(stems.first_from(letters), stems.first_from(letters + _LAST)):
        found.update(range(*columns.surfaces_of_stem(stem)))
    return [columns.forms_of_surface(number) for number in sorted(found)]


class _Ordered:
    """Strings in alphabetical order, or as ``order`` puts them."""

    def __init__(self, strings: Strings, order: Array | None = None) -> None:
        self._strings, self._order = strings, order

    def first_from(self, text: str) -> int:
        """The rank of the first string that is not before ``text``."""
        low, high = 0, len(self._strings)
        while low < high:
            middle = (low + high) // 2
            number = middle if self._order is None else int(self._order[middle])
            low, high = (middle + 1, high) if self._strings[number] < text else (low, middle)
        return low


def _expression(pattern: str) -> bytes:
    """What the bytes of the strings that fit ``pattern`` fit, and no others.

    The earliest place of what stands between two stars is as good as any other, so it is never tried again:
    a pattern of many stars takes no longer than one of few.
    """
    first, *others = (
        b"".join(_ANY_LETTER if letter == "?" else re.escape(letter.encode()) for letter in part)
        for part in pattern.split("*")
    )
    if not others:
        return first
    *middle, last = others
    return first + b"".join(rb"(?>[^\n]*?" + part + rb")" for part in middle) + rb"[^\n]*" + last


def _found(leaves: Sequence[Leaf], ranges: Sequence[Sequence[Range]], titled: bool) -> tuple[Postings, bool]:
    found, cut = [], False
    for (columns, first), some in zip(leaves, ranges, strict=True):
        if not some:
            continue
        kept = some
        if len(some) > MAX_EXPANSIONS:
            cut = True
            kept = sorted(some, key=lambda each: -columns.occurrence_count(*each))[:MAX_EXPANSIONS]
        places = columns.occurrences_of(np.array(kept, np.int64))
        documents = columns.documents_at(places)
        if titled:
            documents = documents[places < columns.title_ends[documents]]
        found.append(documents + first)
    return counted(found), cut
