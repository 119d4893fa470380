"""Sentences of a paragraph and its marked spans, in words.

A full stop inside quotation marks ends no sentence, unless the marks close with it and no comma follows.
"""

from typing import NamedTuple

from archive.extraction.document import Block, Document
from archive.extraction.facts import Diagnostic
from archive.extraction.marks import Pair, pair_marks

_TERMINATORS = frozenset(".!؟?…")
# A full stop in brackets so short stands in an abbreviation (زد.دي.إف).
_ASIDE = 5
_GOES_ON = frozenset("،,:؛;")


class Marked(NamedTuple):
    """A pair of quotation marks and its words, ``first`` to before ``last``."""

    pair: Pair
    first: int
    last: int

    @property
    def size(self) -> int:
        """How many words are marked."""
        return self.last - self.first


class Sentence(NamedTuple):
    """Words ``first`` to before ``last`` of one paragraph."""

    first: int
    last: int
    paragraph: int


class Passage(NamedTuple):
    """A paragraph: its sentences, its quotation marks (outermost first) and its brackets."""

    block: Block
    sentences: tuple[Sentence, ...]
    marked: tuple[Marked, ...]
    brackets: tuple[Marked, ...]
    diagnostics: tuple[Diagnostic, ...]


def read_passage(document: Document, block: Block, paragraph: int) -> Passage:
    """Cut one paragraph into sentences and marked spans."""
    pairs, diagnostics = pair_marks(document.text, block.start, block.end)
    marked: list[Marked] = []
    brackets: list[Marked] = []
    for pair in pairs:
        span = Marked(pair, document.place_at(pair.inner_start), document.place_at(pair.inner_end))
        if span.last > span.first:
            (brackets if pair.family == "bracket" else marked).append(span)
    inside: set[int] = set()
    reach = block.first
    for span in marked:
        inside.update(range(max(span.first + 1, reach), span.last))
        reach = max(reach, span.last)
    for bracket in brackets:
        if bracket.size <= _ASIDE:
            inside.update(range(bracket.first + 1, bracket.last))
    closing = {span.last: span for span in marked}
    sentences: list[Sentence] = []
    first = block.first
    for place in range(block.first + 1, block.last):
        if place not in inside and _ends_before(document, place, closing.get(place)):
            sentences.append(Sentence(first, place, paragraph))
            first = place
    if block.last > first:
        sentences.append(Sentence(first, block.last, paragraph))
    return Passage(block, tuple(sentences), tuple(marked), tuple(brackets), tuple(diagnostics))


def _ends_before(document: Document, place: int, closed: Marked | None) -> bool:
    gap = document.words[place].gap
    if _TERMINATORS.isdisjoint(gap):
        return False
    before, after = document.words[place - 1], document.words[place]
    if gap == ".":
        return not (before.key.isdecimal() and after.key.isdecimal()) and len(before.key) > 1
    if gap.strip() == "." and len(before.key) == 1 and not before.key.isdecimal():
        return False
    if closed is not None:
        outside = document.text[closed.pair.end : after.start]
        return _GOES_ON.isdisjoint(outside)
    return True
