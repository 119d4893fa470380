"""What a ``SearchQuerySet`` is narrowed to: filters of the face, and for the rest a query."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from search import tree
from search.filters import FIELDS
from search.meanings import named_keys
from search.query_operators import single
from search.query_writing import written

# A field and its value, up to the end or to another pair that may hold instead.
_PAIR = re.compile(r"""\s*(\w+):\s*(?:"([^"]*)"|(.+?))\s*(?:\bOR\b(?=\s+\w+:)|$)""", re.DOTALL)

Choice = frozenset[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Narrowing:
    """``filters`` are values by field, one of which must stand in it; ``query`` must be found besides.

    With ``finds_nothing`` one of the conditions names nothing that the archive knows.
    """

    filters: dict[str, list[str]]
    query: str = ""
    finds_nothing: bool = False

    def __bool__(self) -> bool:
        return bool(self.filters or self.query or self.finds_nothing)


def read_narrowing(narrow_queries: Iterable[str]) -> Narrowing:
    """Read ``field:value`` or ``field:"a value"``, several of them joined by OR in each of the queries.

    The queries must hold together, also those about one field. Raises ``NotImplementedError`` for what no
    search can be narrowed to: another field, or both kinds of quotation.
    """
    filters: dict[str, list[str]] = {}
    others: list[Choice] = []
    for choice in _least(map(_read, narrow_queries)):
        fields = {field for field, _value in choice}
        if len(fields) == 1 and fields.isdisjoint(filters):
            filters[fields.pop()] = sorted(value for _field, value in choice)
        elif "kind" in fields:
            raise NotImplementedError("A search is narrowed to one kind of quotation, or to either.")
        else:
            others.append(choice)
    if not others:
        return Narrowing(filters)
    known = named_keys(pair for choice in others for pair in choice)
    named = [[tree.Named(*pair) for pair in sorted(choice) if known[pair][0]] for choice in others]
    if not all(named):
        return Narrowing(filters, finds_nothing=True)
    nodes = [tree.Any(tuple(either)) if len(either) > 1 else single(either) for either in named]
    return Narrowing(filters, written(tree.All(tuple(nodes))))


def _read(query: str) -> Choice:
    found, start = set(), 0
    while start < len(query):
        pair = _PAIR.match(query, start)
        value = (pair[2] or pair[3] or "").strip() if pair else ""
        if pair is None or not value or pair[1] not in FIELDS:
            raise NotImplementedError(f"A search cannot be narrowed to {query}.")
        found.add((pair[1], value))
        start = pair.end()
    return frozenset(found)


def _least(choices: Iterable[Choice]) -> list[Choice]:
    """In a steady order, without those that hold whenever another one does."""
    different = set(choices)
    least = [each for each in different if not any(other < each for other in different)]
    return sorted(least, key=sorted)
