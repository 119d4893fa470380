"""A text as words in blocks (its lines), with the punctuation between them.

All positions named ``start`` and ``end`` are code points of the text, half-open; a *place* is the index
of a word in ``Document.words``.
"""

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from archive.arabic.normalize import fold
from archive.arabic.words import segment
from archive.extraction.facts import Span


class Word(NamedTuple):
    """A written word; ``key`` is its folded form, ``gap`` what stands between the word before and it."""

    text: str
    start: int
    end: int
    key: str
    gap: str


class Block(NamedTuple):
    """A line that is not blank: its characters without outer spaces, and its words ``first`` to ``last``."""

    start: int
    end: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Document:
    """The words of a text; ``places`` tells where each folded word stands."""

    text: str
    words: tuple[Word, ...]
    keys: tuple[str, ...]
    starts: tuple[int, ...]
    blocks: tuple[Block, ...]
    places: Mapping[str, tuple[int, ...]]

    def span(self, first: int, last: int) -> Span:
        """The span of the words ``first`` to before ``last``."""
        start, end = self.words[first].start, self.words[last - 1].end
        return Span(self.text[start:end], start, end)

    def slice(self, start: int, end: int) -> Span:
        """The span of the characters ``start`` to ``end``."""
        return Span(self.text[start:end], start, end)

    def place_at(self, position: int) -> int:
        """The place of the first word that starts at ``position`` or later."""
        return bisect_left(self.starts, position)

    def gap_before(self, place: int) -> str:
        """What stands between a word and the one before it (the end of the text counts as a new line)."""
        return self.words[place].gap if place < len(self.words) else "\n"


def read_document(text: str) -> Document:
    """Cut ``text`` into words and lines."""
    words: list[Word] = []
    before = 0
    for written, start, end in segment(text):
        words.append(Word(written, start, end, fold(written), text[before:start]))
        before = end
    starts = tuple(word.start for word in words)
    blocks: list[Block] = []
    position = 0
    for line in text.splitlines(keepends=True):
        content = line.strip()
        if content:
            start = position + line.index(content)
            end = start + len(content)
            blocks.append(Block(start, end, bisect_left(starts, start), bisect_left(starts, end)))
        position += len(line)
    keys = tuple(word.key for word in words)
    places: dict[str, list[int]] = {}
    for place, key in enumerate(keys):
        places.setdefault(key, []).append(place)
    found = {key: tuple(at) for key, at in places.items()}
    return Document(text, tuple(words), keys, starts, tuple(blocks), found)
