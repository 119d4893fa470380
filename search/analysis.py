"""What is matched: the words of a text in three layers, each with its place.

The layers, from the strictest to the loosest: ``exact`` (the word as it is spelled), ``surface`` (spellings
of one word folded together) and ``stem`` (its written forms together). Every exact form has one surface and
every surface one stem. One analysis serves indexing, queries and highlighting, so what is found is what is
marked.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from archive.arabic.letters import COMBINING, INVISIBLE, TATWEEL
from archive.arabic.normalize import fold, unshape
from archive.arabic.words import segment
from search.vocabulary import stemmer

if TYPE_CHECKING:
    from whoosh.analysis import Token

# A blank line keeps phrases from reaching over it (headline and body).
_GAP = "\n\n"
GAP_LENGTH = 100
LAYERS = ("exact", "surface", "stem")
_NO_SPELLING = re.compile(f"[{COMBINING}{INVISIBLE}{TATWEEL}]+")


@lru_cache(maxsize=1 << 17)
def forms(written: str) -> tuple[str, str, str]:
    """The exact form, the surface and the stem of a written word."""
    exact = _NO_SPELLING.sub("", unshape(written)).casefold()
    surface = fold(exact)
    return exact, surface, stemmer().stem(surface) if surface else ""


class Term(NamedTuple):
    """A word as it is matched. ``start`` and ``end`` are code points of the text, half-open."""

    surface: str
    stem: str
    position: int
    start: int
    end: int
    exact: str


def term_of(surface: str) -> Term:
    """A folded word as a term that stands nowhere."""
    return Term(surface, forms(surface)[2], 0, 0, 0, surface)


class AnalysedText(str):
    """A text with its ``terms``, so that the layers of one document are analysed once."""

    terms: tuple[Term, ...]

    @classmethod
    def of(cls, text: str) -> "AnalysedText":
        analysed = cls(text)
        analysed.terms = tuple(terms(text))
        return analysed


def terms(text: str) -> Iterator[Term]:
    """The words of ``text`` that can be matched, in order; stop words are among them."""
    position, previous_end = 0, 0
    for written, start, end in segment(text):
        exact, surface, stem = forms(written)
        if not surface:
            continue
        if start - previous_end > 1 and text.find(_GAP, previous_end, start) >= 0:
            position += GAP_LENGTH
        yield Term(surface, stem, position, start, end, exact)
        position, previous_end = position + 1, end


class LayerAnalyzer:
    """A Whoosh analyzer that yields one of ``LAYERS`` of ``terms``.

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
    ) -> "Iterator[Token]":
        # A process that only reads starts sooner without Whoosh.
        from whoosh.analysis import Token

        token = Token(positions, chars, mode=mode, boost=1.0, stopped=False)
        for term in value.terms if isinstance(value, AnalysedText) else terms(value):
            token.text = getattr(term, self.layer)
            if positions:
                token.pos = start_pos + term.position
            if chars:
                token.startchar, token.endchar = start_char + term.start, start_char + term.end
            yield token
