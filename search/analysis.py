"""What is matched: the words of a text in two layers, each with its place.

One analysis serves indexing, queries and highlighting, so what is found is what is marked.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

from whoosh.analysis import Token

from archive.arabic.normalize import fold
from archive.arabic.words import segment
from search.vocabulary import stemmer

# A blank line keeps phrases from reaching over it (headline and body).
_GAP = "\n\n"
GAP_LENGTH = 100


class Term(NamedTuple):
    """A word as it is matched. ``start`` and ``end`` are code points of the text, half-open."""

    surface: str
    stem: str
    position: int
    start: int
    end: int


def terms(text: str) -> Iterator[Term]:
    """The words of ``text`` that can be matched, in order; stop words are among them."""
    stem = stemmer().stem
    position, previous_end = 0, 0
    for word in segment(text):
        surface = fold(word.text)
        if not surface:
            continue
        if text.find(_GAP, previous_end, word.start) >= 0:
            position += GAP_LENGTH
        yield Term(surface, stem(surface), position, word.start, word.end)
        position, previous_end = position + 1, word.end


class LayerAnalyzer:
    """A Whoosh analyzer that yields one layer, ``surface`` or ``stem``, of ``terms``.

    It holds nothing but the layer's name, because Whoosh pickles it into every index.
    """

    def __init__(self, layer: str) -> None:
        self.layer = layer

    def __eq__(self, other: object) -> bool:
        return isinstance(other, LayerAnalyzer) and other.layer == self.layer

    def __hash__(self) -> int:
        return hash(self.layer)

    def __call__(
        self,
        value: str,
        positions: bool = False,
        chars: bool = False,
        start_pos: int = 0,
        start_char: int = 0,
        mode: str = "",
        **_unused: Any,
    ) -> Iterator[Token]:
        token = Token(positions, chars, mode=mode, boost=1.0, stopped=False)
        for term in terms(value):
            token.text = getattr(term, self.layer)
            if positions:
                token.pos = start_pos + term.position
            if chars:
                token.startchar, token.endchar = start_char + term.start, start_char + term.end
            yield token
