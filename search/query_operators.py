"""What joins the terms of a query: و, أو and ليس, AND, OR and NOT, or nothing at all."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from archive.arabic.normalize import match_key
from search.query_tokens import Token
from search.tree import All, Any, Dated, Named, Node, Not, Titled, Word

_OPERATORS = {
    "AND": (False, False),
    "OR": (True, False),
    "NOT": (False, True),
    match_key("و"): (False, False),
    match_key("أو"): (True, False),
    match_key("ليس"): (False, True),
    match_key("وليس"): (False, True),
}


@dataclass(frozen=True, slots=True)
class Plain:
    """A token that is explicit only inside parentheses."""

    token: Token


@dataclass(frozen=True, slots=True)
class Operand:
    """What operators join; ``whole`` if its words may not be let go when nothing joins it."""

    nodes: Sequence[Node]
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Operator:
    """A word that may join its neighbours."""

    token: Token
    either: bool
    negated: bool


Element = Plain | Operand | Operator


def read_operator(text: str) -> tuple[bool, bool] | None:
    """Whether a word means "or", and whether it means "not"; None if it is no operator."""
    return _OPERATORS.get(text) or _OPERATORS.get(match_key(text))


def active(elements: Sequence[Element], inside: bool) -> Iterator[Element]:
    """The elements, with operators that join nothing as plain words, and "and not" as one operator.

    Before a field "not" excludes also where there is nothing to join: no headline has a field.
    """

    def joinable(place: int) -> bool:
        return place < len(elements) and isinstance(elements[place], (Plain, Operand) if inside else Operand)

    place, joined = 0, False
    while place < len(elements):
        element, width = elements[place], 1
        if isinstance(element, Operator):
            if not element.negated and _is_not(elements[place + 1 : place + 2]):
                width = 2
            negated = element.negated or width == 2
            if joined and joinable(place + width):
                element = Operator(element.token, element.either, negated)
            elif negated and (field := _field(elements[place + width : place + width + 1])):
                element, width = Operand((Not(field),)), width + 1
            else:
                element, width = Plain(element.token), 1
        yield element
        joined = isinstance(element, Operand) or (inside and isinstance(element, Plain))
        place += width


def _is_not(elements: Sequence[Element]) -> bool:
    return any(isinstance(element, Operator) and element.negated for element in elements)


def _field(elements: Sequence[Element]) -> Node | None:
    """The field that the only one of ``elements`` is."""
    for element in elements:
        if isinstance(element, Operand) and isinstance(element.nodes[0], Named | Dated | Titled):
            return single(element.nodes)
    return None


def joined_nodes(elements: Iterable[Operand | Operator]) -> Iterator[Node]:
    """The nodes of a level whose every operator stands between two terms."""
    chains: list[list[tuple[Operator | None, Operand]]] = []
    operator = None
    for element in elements:
        if isinstance(element, Operator):
            operator = element
        elif operator:
            chains[-1].append((operator, element))
            operator = None
        else:
            chains.append([(None, element)])
    for chain in chains:
        first = chain[0][1]
        if len(chain) > 1:
            yield from _spliced(_joined(chain))
        elif first.whole:
            yield from _spliced(single(first.nodes))
        else:
            yield from first.nodes


def _joined(chain: Sequence[tuple[Operator | None, Operand]]) -> Node:
    """One node of terms and the operators before them: not binds closest, then and, then or."""
    ways: list[list[Node]] = [[]]
    for operator, term in chain:
        node = single(term.nodes)
        if operator and operator.either:
            ways.append([])
        ways[-1] += [Not(node)] if operator and operator.negated else _spliced(node)
    alternatives = [single(way) for way in ways]
    return alternatives[0] if len(alternatives) == 1 else Any(tuple(alternatives))


def single(nodes: Sequence[Node]) -> Node:
    """One node that means all of them."""
    return nodes[0] if len(nodes) == 1 else All(tuple(nodes))


def _spliced(node: Node) -> Sequence[Node]:
    """The children of an ``All`` that stand as well beside it: without words, which might be let go there."""
    if isinstance(node, All) and not any(isinstance(child, Word) for child in node.children):
        return node.children
    return [node]
