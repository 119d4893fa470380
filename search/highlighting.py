"""Marking what was found, and choosing the passage to show.

The analysis is that of matching, so what matched is what is marked. Marks go around whole written
words: a mark inside a word would break the joining of its letters. Taking the tags out of the result
and the escapes back gives the text as it was.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fnmatch import translate
from html import escape
from itertools import chain

from search.analysis import Term, terms
from search.engine.plans import Clause

PASSAGE_WORDS = 40


@dataclass(frozen=True, slots=True)
class Mark:
    """A found word of a text (code points, half-open) and the numbers of the clauses it answers."""

    start: int
    end: int
    clauses: frozenset[int]


def find_marks(words: Sequence[Term], clauses: Sequence[Clause]) -> list[Mark]:
    """The words of a text that answer a clause, in order."""
    exact = any(clause.exact for clause in clauses)
    written = [term.exact if exact else term.surface for term in words]
    by_word: dict[int, set[int]] = {}
    for place, number in chain(
        _single_words(words, written, clauses, exact),
        _runs(words, written, clauses),
        _loose_runs(words, written, clauses),
    ):
        by_word.setdefault(place, set()).add(number)
    return [
        Mark(words[place].start, words[place].end, frozenset(numbers))
        for place, numbers in sorted(by_word.items())
    ]


def _single_words(
    words: Sequence[Term], written: Sequence[str], clauses: Sequence[Clause], exact: bool
) -> Iterator[tuple[int, int]]:
    """The places of words by their stem, their beginning or a pattern, and the clause of each."""
    stems: dict[str, set[int]] = {}
    for number, clause in enumerate(clauses):
        for stem in clause.stems:
            stems.setdefault(stem, set()).add(number)
    prefixes = [(prefix, number) for number, clause in enumerate(clauses) for prefix in clause.prefixes]
    patterns = [
        (re.compile(translate(pattern)), number)
        for number, clause in enumerate(clauses)
        for pattern in clause.patterns
    ]
    for place, (term, form) in enumerate(zip(words, written, strict=True)):
        for number in stems.get(term.stem, ()):
            yield place, number
        for prefix, number in prefixes:
            if form.startswith(prefix) or (not exact and term.stem.startswith(prefix)):
                yield place, number
        for pattern, number in patterns:
            if pattern.match(form):
                yield place, number


def _runs(
    words: Sequence[Term], written: Sequence[str], clauses: Sequence[Clause]
) -> Iterator[tuple[int, int]]:
    """The places of the words of spellings that stand side by side, and the clause of each."""
    spellings: dict[str, list[tuple[tuple[str, ...], int]]] = {}
    for number, clause in enumerate(clauses):
        for spelling in clause.spellings:
            spellings.setdefault(spelling[0], []).append((spelling, number))
    for place, form in enumerate(written):
        for spelling, number in spellings.get(form, ()):
            last = place + len(spelling) - 1
            if (
                last < len(words)
                and words[last].position - words[place].position == last - place
                and tuple(written[place : last + 1]) == spelling
            ):
                for inside in range(place, last + 1):
                    yield inside, number


def _loose_runs(
    words: Sequence[Term], written: Sequence[str], clauses: Sequence[Clause]
) -> Iterator[tuple[int, int]]:
    """The places of the words of loose spellings where these stand near enough, and the clause of each."""
    present = set(written)
    for number, clause in enumerate(clauses):
        for spelling, slop in clause.loose:
            if present.issuperset(spelling):
                for place in _near_enough(words, written, spelling, slop):
                    yield place, number


def _near_enough(
    words: Sequence[Term], written: Sequence[str], spelling: Sequence[str], slop: int
) -> Iterator[int]:
    """The places of the words of a spelling where they stand in order and at most ``slop`` others between."""
    positions = [term.position for term in words]
    first = _nearest_ends(positions, written, spelling)
    # From the other end the same: positions fall, so they are turned round.
    last = _nearest_ends([-each for each in reversed(positions)], written[::-1], spelling[::-1])
    for place, form in enumerate(written):
        for step, word in enumerate(spelling):
            if form == word:
                began = first.get((place, step))
                ended = last.get((len(written) - 1 - place, len(spelling) - 1 - step))
                if began is not None and ended is not None and -ended - began < len(spelling) + slop:
                    yield place
                    break


def _nearest_ends(
    positions: Sequence[int], written: Sequence[str], spelling: Sequence[str]
) -> dict[tuple[int, int], int]:
    """By place and by the number of the word of the spelling that stands there: the nearest position at which
    the words of the spelling up to it begin. A word before which the others are not has none."""
    steps: dict[str, list[int]] = {}
    for step in reversed(range(len(spelling))):
        steps.setdefault(spelling[step], []).append(step)
    nearest: dict[int, int] = {}
    found: dict[tuple[int, int], int] = {}
    for place, (position, form) in enumerate(zip(positions, written, strict=True)):
        for step in steps.get(form, ()):
            began = nearest.get(step - 1) if step else position
            if began is not None:
                found[place, step] = nearest[step] = began
    return found


def mark_up(text: str, marks: Sequence[Mark], start: int = 0, end: int | None = None) -> str:
    """HTML of ``text[start:end]``, escaped, with a ``<mark>`` around every mark inside it."""
    end = len(text) if end is None else end
    parts = []
    for mark in marks:
        if start <= mark.start and mark.end <= end:
            parts += [
                escape(text[start : mark.start]),
                "<mark>",
                escape(text[mark.start : mark.end]),
                "</mark>",
            ]
            start = mark.end
    return "".join([*parts, escape(text[start:end])])


def highlight(text: str, clauses: Sequence[Clause]) -> str:
    """HTML of the whole ``text`` with every found word marked."""
    return mark_up(text, find_marks(list(terms(text)), clauses))


def best_passage(text: str, clauses: Sequence[Clause]) -> str:
    """HTML of the passage of ``text`` that answers most clauses, most closely.

    A passage is at most ``PASSAGE_WORDS`` words of one paragraph, and begins where a sentence does if it
    can. Without anything to mark it is the opening.
    """
    best: tuple[tuple[int, int], list[Mark], int, int] | None = None
    start = 0
    for paragraph in text.split("\n"):
        words = [term._replace(start=term.start + start, end=term.end + start) for term in terms(paragraph)]
        start += len(paragraph) + 1
        if not words:
            continue
        marks = find_marks(words, clauses)
        first, last, worth = _best_window(text, words, marks)
        if best is None or worth > best[0]:
            best = worth, marks, *_cut(text, words, first, last)
    if best is None:
        return ""
    _worth, marks, start, end = best
    return mark_up(text, marks, start, end)


def _best_window(text: str, words: Sequence[Term], marks: Sequence[Mark]) -> tuple[int, int, tuple[int, int]]:
    """First and last word of the window that answers most clauses, then has most marks; its worth."""
    if not marks:
        return 0, min(PASSAGE_WORDS, len(words)) - 1, (0, 0)
    place_of = {term.start: place for place, term in enumerate(words)}
    places = [place_of[mark.start] for mark in marks]
    best, chosen = (0, 0), (0, 0)
    right = 0
    for left in range(len(marks)):
        right = max(right, left)
        while right + 1 < len(marks) and places[right + 1] - places[left] < PASSAGE_WORDS:
            right += 1
        inside = marks[left : right + 1]
        worth = (len(frozenset().union(*(mark.clauses for mark in inside))), len(inside))
        if worth > best:
            best, chosen = worth, (places[left], places[right])
    spare = PASSAGE_WORDS - (chosen[1] - chosen[0] + 1)
    first = max(0, chosen[0] - spare // 2)
    for place in range(chosen[0], first - 1, -1):
        if place == 0 or any(sign in text[words[place - 1].end : words[place].start] for sign in ".؟!؛:"):
            first = place
            break
    return first, min(len(words), first + PASSAGE_WORDS) - 1, best


def _cut(text: str, words: Sequence[Term], first: int, last: int) -> tuple[int, int]:
    """The offsets of a run of words with the signs that touch it."""
    start, end = words[first].start, words[last].end
    lowest = words[first - 1].end if first else 0
    highest = words[last + 1].start if last + 1 < len(words) else len(text)
    while start > lowest and not text[start - 1].isspace():
        start -= 1
    while end < highest and not text[end].isspace():
        end += 1
    return start, end
