"""From what a reader types to a tree. Any Unicode text is a valid query.

Words stand for themselves. Words between quotation marks of any style are a phrase: "…" “…” „…“ «…»
‹…› ＂…＂ and mixtures of them (“…" is common in the press); one word in marks is wanted as it is spelled.
A mark without its partner is ignored, and so is every other sign.
"""

import re
from dataclasses import dataclass

from search.analysis import terms
from search.tree import All, Node, Phrase, Word

MAX_LENGTH = 1000
MAX_WORDS = 64

_STRAIGHT = '"＂″‟'
_OPENING = "“„«‹〝❝" + _STRAIGHT
_CLOSING = "”“»›〞〟❞" + _STRAIGHT
_QUOTED = re.compile(f"[{_OPENING}{_CLOSING}]([^{_OPENING}{_CLOSING}]+)[{_OPENING}{_CLOSING}]")
_SURROGATES = re.compile("[\ud800-\udfff\x00]")


@dataclass(frozen=True, slots=True)
class Parsed:
    """The tree, and whether the query was cut at ``MAX_LENGTH`` characters or ``MAX_WORDS`` words."""

    root: All
    shortened: bool


def storable(text: str) -> str:
    """``text`` without what no database takes: lone surrogates and NUL become spaces."""
    return _SURROGATES.sub(" ", text)


def parse(query: str) -> Parsed:
    """The tree of ``query``; linear in its length."""
    text = storable(query[:MAX_LENGTH])
    shortened = len(query) > MAX_LENGTH
    children: list[Node] = []
    room = MAX_WORDS
    end = 0
    for match in _QUOTED.finditer(text):
        children += _words(text[end : match.start()])
        children += _phrase(match.group(1))
        end = match.end()
    children += _words(text[end:])
    kept: list[Node] = []
    for child in children:
        room -= len(child.terms) if isinstance(child, Phrase) else 1
        if room < 0:
            shortened = True
            break
        kept.append(child)
    return Parsed(All(tuple(kept)), shortened)


def _words(text: str) -> list[Node]:
    return [Word(text[term.start : term.end], term) for term in terms(text)]


def _phrase(text: str) -> list[Node]:
    found = tuple(terms(text))
    return [Phrase(text.strip(), found)] if found else []
