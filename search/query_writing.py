"""From a tree back to a query: one that ``query_language.parse`` reads as the same tree."""

import re
from collections.abc import Sequence
from datetime import date

from search.query_operators import read_operator
from search.query_tokens import MARKS
from search.tree import All, Any, Dated, Named, Node, Not, Phrase, Prefix, Required, Titled, Wildcard, Word

_MARKS = re.compile(f"[{MARKS}]")


def written(root: All) -> str:
    """The canonical spelling of a tree; parsed, it gives the tree again, but for places in the query."""
    return _side_by_side(root.children)


def _side_by_side(nodes: Sequence[Node]) -> str:
    return " ".join(map(_term, nodes))


def _term(node: Node) -> str:
    """A node that may stand anywhere, before or after any other."""
    match node:
        case Word():
            return f"({node.written})" if read_operator(node.written) else node.written
        case Prefix() | Wildcard():
            return node.written
        case Phrase(text, _terms, slop):
            return _quoted(text) + (f"~{slop}" if slop else "")
        case Named():
            return f"{node.field}:{_quoted(node.name)}"
        case Titled():
            return f"title:({_inside(node.child)})"
        case Dated(None, last):
            return f"to:{_day(last)}"
        case Dated(first, None):
            return f"from:{_day(first)}"
        case Dated(first, last):
            return f"date:{_day(first)}..{_day(last)}"
        case Required():
            return f"+{_operand(node.child)}"
        case Not():
            return f"-{_operand(node.child)}"
        case Any() | All():
            return _operand(node)


def _operand(node: Node) -> str:
    """A node that a sign may stand before and an operator beside."""
    return f"({_inside(node)})" if isinstance(node, Any | All | Not | Required) else _term(node)


def _inside(node: Node) -> str:
    """A node that stands in parentheses alone."""
    match node:
        case Any():
            return " OR ".join(map(_operand, node.children))
        case All():
            return " AND ".join(map(_operand, node.children))
        case _:
            return _term(node)


def _quoted(text: str) -> str:
    return f'"{_MARKS.sub(" ", text)}"'


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
