"""An article's text as it is read: its paragraphs, with the words that somebody said marked in place.

Pure: text and offsets in, tokens out. Offsets count code points of the article's canonical text and
are half-open. A mark never begins or ends inside a word, since a tag there would cut joined letters:
it is widened to whole words. Marks may nest; marks that cross are cut into pieces that nest.
"""

import heapq
from bisect import bisect_left, bisect_right
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from archive.arabic.words import segment

Span = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Mark:
    """Words to mark: ``kind`` says how, ``ref`` is what the page knows them by."""

    start: int
    end: int
    kind: str
    ref: Hashable


@dataclass(frozen=True, slots=True)
class Open:
    """Here the words of ``mark`` begin, or (not ``first``) go on after a break."""

    mark: Mark
    first: bool


@dataclass(frozen=True, slots=True)
class Close:
    """Here the innermost open mark ends."""

    mark: Mark


Token = str | Open | Close


@dataclass(frozen=True, slots=True)
class Turn:
    """A paragraph, or a subheading (``heading``), as tokens; ``refs`` are its marks in order."""

    start: int
    end: int
    heading: bool
    tokens: tuple[Token, ...]
    refs: tuple[Hashable, ...]


def mark_up(
    text: str, start: int, end: int, marks: Iterable[Mark], seen: set[Hashable] | None = None
) -> tuple[Token, ...]:
    """``text[start:end]`` with its marks as well nested tokens.

    The strings among the tokens, joined, are ``text[start:end]``. ``seen`` holds the refs that were
    opened before and is added to. Of two marks on the same words the first given is the outer one.
    """
    seen = set() if seen is None else seen
    words = [(word.start + start, word.end + start) for word in segment(text[start:end])]
    queue = []
    for order, mark in enumerate(marks):
        left, right = max(mark.start, start), min(mark.end, end)
        if left < right:
            left, right = _whole_words(words, left, right)
            queue.append((left, -right, order, mark))
    heapq.heapify(queue)

    tokens: list[Token] = []
    stack: list[tuple[int, Mark]] = []
    at = start

    def write(upto: int) -> None:
        nonlocal at
        if at < upto:
            tokens.append(text[at:upto])
            at = upto

    def close(upto: int) -> None:
        while stack and stack[-1][0] <= upto:
            right, mark = stack.pop()
            write(right)
            tokens.append(Close(mark))

    while queue:
        left, right, order, mark = heapq.heappop(queue)
        right = -right
        close(left)
        if stack and right > stack[-1][0]:
            heapq.heappush(queue, (stack[-1][0], -right, order, mark))
            right = stack[-1][0]
        write(left)
        tokens.append(Open(mark, mark.ref not in seen))
        seen.add(mark.ref)
        stack.append((right, mark))
    close(end)
    write(end)
    return tuple(tokens)


def transcript(
    text: str, body: Sequence[Span], sections: Sequence[Span], marks: Sequence[Mark]
) -> list[Turn]:
    """The turns of an article in reading order: the paragraphs of ``body`` and the ``sections``.

    A section is a subheading; one that covers part of a paragraph only is left in the paragraph.
    The text of the paragraphs is the body, nothing more and nothing less.
    """
    headings = {(span["start"], span["end"]) for span in sections}
    blocks = _with_headings({(span["start"], span["end"]) for span in body}, headings)
    # Soonest last, so that each mark is taken off once.
    waiting = sorted(marks, key=lambda mark: (mark.start, -mark.end))[::-1]
    reached: list[Mark] = []
    seen: set[Hashable] = set()
    turns = []
    for left, right in blocks:
        while waiting and waiting[-1].start < right:
            reached.append(waiting.pop())
        reached = [mark for mark in reached if left < mark.end]
        touching = [mark for mark in reached if mark.start < right]
        tokens = mark_up(text, left, right, touching, seen)
        refs = dict.fromkeys(token.mark.ref for token in tokens if isinstance(token, Open))
        turns.append(Turn(left, right, (left, right) in headings, tokens, tuple(refs)))
    return turns


def _with_headings(blocks: set[tuple[int, int]], headings: set[tuple[int, int]]) -> list[tuple[int, int]]:
    """The blocks in order, with those headings that overlap neither a block nor the heading before."""
    ordered = sorted(blocks)
    reach = list(accumulate((right for _left, right in ordered), max, initial=0))
    added, upto = [], 0
    for left, right in sorted(headings - blocks):
        before = bisect_left(ordered, (right,))
        if max(reach[before], upto) <= left:
            added.append((left, right))
            upto = right
    return sorted([*ordered, *added])


def plain_text(tokens: Iterable[Token]) -> str:
    """The words alone, without the marks."""
    return "".join(token for token in tokens if isinstance(token, str))


def excerpt(text: str, body: Sequence[Span], words: int) -> tuple[list[dict[str, int]], bool]:
    """The paragraphs that hold the first ``words`` words of the body, and whether more follows.

    The last paragraph ends with the last word that fits; no word is cut.
    """
    shown: list[dict[str, int]] = []
    left = words
    for span in body:
        if left <= 0:
            return shown, True
        ends = [word.end for word in segment(text[span["start"] : span["end"]])]
        if len(ends) > left:
            return [*shown, {"start": span["start"], "end": span["start"] + ends[left - 1]}], True
        shown.append({"start": span["start"], "end": span["end"]})
        left -= len(ends)
    return shown, False


def shorten(text: str, limit: int) -> str:
    """``text`` when it has at most ``limit`` characters, else its first whole words and an ellipsis."""
    if len(text) <= limit:
        return text
    ends = [word.end for word in segment(text[: limit + 1]) if word.end < limit]
    return (text[: ends[-1]] if ends else text[: limit - 1]) + "…"


def measure(body: Sequence[Span], spans: Iterable[tuple[int, int]]) -> list[tuple[float, float]]:
    """Where each of ``spans`` lies in the body, as (from, length), shares of the body's length.

    What stands between the paragraphs does not count, so that the body runs from 0 to 1. The
    paragraphs do not overlap.
    """
    paragraphs = sorted((span["start"], span["end"]) for span in body)
    sums = list(accumulate((right - left for left, right in paragraphs), initial=0))
    total = sums[-1] or 1

    def before(offset: int) -> int:
        index = bisect_right(paragraphs, offset, key=lambda paragraph: paragraph[0])
        if not index:
            return 0
        left, right = paragraphs[index - 1]
        return sums[index - 1] + min(offset, right) - left

    return [(before(start) / total, (before(end) - before(start)) / total) for start, end in spans]


def _whole_words(words: Sequence[tuple[int, int]], left: int, right: int) -> tuple[int, int]:
    """``[left, right)`` widened so that neither end is inside one of ``words``."""
    for begins, ends in _around(words, left):
        if begins < left < ends:
            left = begins
    for begins, ends in _around(words, right):
        if begins < right < ends:
            right = ends
    return left, right


def _around(words: Sequence[tuple[int, int]], offset: int) -> Iterator[tuple[int, int]]:
    """The word that begins at or before ``offset``, if there is one."""
    index = bisect_right(words, (offset, offset))
    if index:
        yield words[index - 1]
