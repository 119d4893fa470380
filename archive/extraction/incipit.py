"""The opening words that name an article without a headline."""

from collections.abc import Iterable

from archive.arabic.words import segment
from archive.extraction.facts import Span

# Code points: two lines of a page's title, and a line of a list.
LENGTH = 110


def find_incipit(text: str, paragraphs: Iterable[tuple[int, int]], stated: Iterable[tuple[int, int]]) -> Span:
    """The first words of the first paragraph that has any, at most ``LENGTH`` code points long.

    ``stated`` are spans that name the outlet, the place or the date: those that stand at the head of
    the paragraph are its dateline and are passed over. Without a paragraph that has a word the text
    itself opens; one without any word gives an empty span.
    """
    for start, end in (*paragraphs, (0, len(text))):
        words = [(start + word.start, start + word.end) for word in segment(text[start:end])]
        if not words:
            continue
        for first, last in sorted(stated):
            if first <= words[0][0] < last:
                words = [word for word in words if word[0] >= last] or words
        begin = words[0][0]
        stop = start + len(text[start:end].rstrip())
        if stop - begin > LENGTH:
            whole = [last for _first, last in words if last - begin <= LENGTH]
            stop = whole[-1] if whole else begin + LENGTH
        return Span(text[begin:stop], begin, stop)
    return Span("", 0, 0)
