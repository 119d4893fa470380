"""Marking what was found, and choosing the passage to show.

The analysis is that of matching, so what matched is what is marked. Marks go around whole written
words: a mark inside a word would break the joining of its letters. Taking the tags out of the result
and the escapes back gives the text as it was.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

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
    stems: dict[str, set[int]] = {}
    spellings: dict[str, list[tuple[tuple[str, ...], int]]] = {}
    prefixes: list[tuple[str, int]] = []
    for number, clause in enumerate(clauses):
        for stem in clause.stems:
            stems.setdefault(stem, set()).add(number)
        for spelling in clause.spellings:
            spellings.setdefault(spelling[0], []).append((spelling, number))
        prefixes += [(prefix, number) for prefix in clause.prefixes]
    by_word: dict[int, set[int]] = {}
    for place, term in enumerate(words):
        form = term.exact if exact else term.surface
        answered = set(stems.get(term.stem, ()))
        answered.update(
            number
            for prefix, number in prefixes
            if form.startswith(prefix) or (not exact and term.stem.startswith(prefix))
        )
        if answered:
            by_word.setdefault(place, set()).update(answered)
        for spelling, number in spellings.get(form, ()):
            if _stands_at(spelling, words, place, exact):
                for inside in range(place, place + len(spelling)):
                    by_word.setdefault(inside, set()).add(number)
    return [
        Mark(words[place].start, words[place].end, frozenset(numbers))
        for place, numbers in sorted(by_word.items())
    ]


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


def _stands_at(spelling: tuple[str, ...], words: Sequence[Term], place: int, exact: bool) -> bool:
    if place + len(spelling) > len(words):
        return False
    run = words[place : place + len(spelling)]
    return all(
        (word.exact if exact else word.surface) == form and word.position == run[0].position + step
        for step, (word, form) in enumerate(zip(run, spelling, strict=True))
    )


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
