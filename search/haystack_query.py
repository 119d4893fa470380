"""From the filters of a ``SearchQuerySet`` to a query of our own language."""

from datetime import date, datetime, timedelta
from typing import Any

from haystack.backends import BaseSearchQuery, SearchNode
from haystack.inputs import AutoQuery, BaseInput, Exact, Not, Raw

from search import tree
from search.analysis import terms
from search.query_dates import read_date
from search.query_language import SHORTEST_PREFIX, parse, parse_plain
from search.query_operators import single
from search.query_writing import written
from search.tree import Dated, Named, Node, Phrase, Prefix, Titled, Word

_CONTENTS = ("content", "text")
_NAMES = ("minister", "speaker", "country", "source", "meeting")
_IN_WORDS = ("content", "contains", "exact", "startswith", "fuzzy", "in")
_AS_NAMED = ("content", "contains", "exact", "in")
_IN_TIME = ("content", "contains", "exact", "in", "gt", "gte", "lt", "lte", "range")
_DAY = timedelta(days=1)
_NOTHING = tree.All(())
# A query without a word finds nothing; an empty one lists everything.
_NO_WORDS = "…"


class MahdarSearchQuery(BaseSearchQuery):
    """Writes a ``SearchQuerySet`` as a query: AND, OR, NOT and the fields of the language.

    ``content``, ``text`` and ``title`` take words (``startswith`` makes the last one a prefix, ``exact`` a
    phrase); ``AutoQuery`` and ``Raw`` are read as a reader's query. ``minister``, ``speaker``, ``country``,
    ``source`` and ``meeting`` take names, ``date`` takes days. What the language has no words for
    (another field, ``endswith``) raises ``NotImplementedError``.
    """

    def build_query(self) -> str:
        node = _node(self.query_filter)
        query = written(node if isinstance(node, tree.All) else tree.All((node,)))
        return query or (_NO_WORDS if self.query_filter else "")


def _node(asked: SearchNode) -> Node:
    either = asked.connector == SearchNode.OR
    children: list[Node] = []
    for child in asked.children:
        node = _node(child) if isinstance(child, SearchNode) else _condition(asked, *child)
        if isinstance(node, tree.All) and not either:
            children += node.children
        elif node != _NOTHING:
            children.append(node)
    node = tree.Any(tuple(children)) if either and len(children) > 1 else single(children)
    return tree.Not(node) if asked.negated and children else node


def _condition(asked: SearchNode, expression: str, value: Any) -> Node:
    field, lookup = asked.split_expression(expression)
    if field in (*_CONTENTS, "title") and lookup in _IN_WORDS:
        read = _words
    elif field in _NAMES and lookup in _AS_NAMED:
        read = _name
    elif field == "date" and lookup in _IN_TIME:
        read = _days
    else:
        raise NotImplementedError(f"The query language cannot say {expression}.")
    if lookup == "in":
        ways = [read(field, "content", one) for one in value]
        node = tree.Any(tuple(ways)) if len(ways) > 1 else single(ways)
    else:
        node = read(field, lookup, value)
    return Titled(node) if field == "title" and node != _NOTHING else node


def _words(field: str, lookup: str, value: Any) -> Node:
    text = str(value)
    if isinstance(value, Not):
        node = single(parse_plain(text).root.children)
        return tree.Not(node) if node != _NOTHING else node
    nodes: list[Node]
    if isinstance(value, Raw | AutoQuery):
        nodes = list(parse(text).root.children)
    elif isinstance(value, Exact) or lookup == "exact":
        phrase = tuple(terms(text))
        nodes = [Phrase(text, phrase)] if phrase else []
    else:
        nodes = list(parse_plain(text).root.children)
        if lookup == "startswith" and nodes:
            nodes[-1] = _prefix(nodes[-1])
    return single(nodes)


def _prefix(node: Node) -> Node:
    if isinstance(node, Word) and len(node.term.surface) >= SHORTEST_PREFIX:
        return Prefix(f"{node.written}*", node.term.surface)
    return node


def _name(field: str, lookup: str, value: Any) -> Node:
    text = str(value)
    return Named(field, text) if any(terms(text)) else _NOTHING


def _days(field: str, lookup: str, value: Any) -> Node:
    if lookup == "range":
        first, last = value
        return Dated(_day(first)[0], _day(last)[1])
    first, last = _day(value)
    return {
        "gt": Dated(last + _DAY, None),
        "gte": Dated(first, None),
        "lt": Dated(None, first - _DAY),
        "lte": Dated(None, last),
    }.get(lookup, Dated(first, last))


def _day(value: Any) -> tuple[date, date]:
    """The first and last day of a value: a date, a moment, or text that names a day, a month or a year."""
    if isinstance(value, BaseInput):
        value = value.query_string
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return value, value
    found = read_date(str(value))
    if found is None or found.first is None or found.last is None:
        raise ValueError(f"{value!r} is not a date.")
    return found.first, found.last
