"""What the lines of a file are: headline, deck, subheadings, paragraphs of the body, page furniture.

A headline may stand before the body or after it, once or several times; nothing else is assumed about
the order of lines.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from archive.arabic.normalize import match_key
from archive.extraction.calendar_dates import WrittenDate, dates_between
from archive.extraction.document import Block, Document
from archive.extraction.facts import Furniture, Headline, Paragraph, Span
from archive.extraction.vocabulary import Vocabulary

# A line of at most so many words may be a headline, a deck or a subheading.
_HEADLINE_WORDS = 28
_SECTION_WORDS = 9
_DATE_LINE_WORDS = 12
_SENTENCE_END = (".", "!", "؟", "?", "…", ":", "،", "؛")
_CLOSERS = "\"”“»)]’' \u200f\u200e"


@dataclass(slots=True)
class Layout:
    """The lines sorted out. ``paragraphs`` are the body's blocks; ``dated`` lines state when and where."""

    headline: Headline | None = None
    deck: Span | None = None
    sections: list[Span] = field(default_factory=list)
    body: list[Paragraph] = field(default_factory=list)
    paragraphs: list[Block] = field(default_factory=list)
    furniture: list[Furniture] = field(default_factory=list)
    lines: list[Block] = field(default_factory=list)


def _length(block: Block) -> int:
    return block.last - block.first


def _ends_sentence(document: Document, block: Block) -> bool:
    return document.text[block.start : block.end].rstrip(_CLOSERS).endswith(_SENTENCE_END)


def _is_text(document: Document, block: Block) -> bool:
    """Whether a line reads as running text rather than as a heading."""
    words = _length(block)
    return words >= _HEADLINE_WORDS or (words >= 6 and _ends_sentence(document, block))


def furniture_reason(document: Document, block: Block, vocabulary: Vocabulary) -> str | None:
    """Why a line is page furniture by its own words, or None."""
    words = _length(block)
    line = document.text[block.start : block.end]
    if not words or (words == 1 and len(document.words[block.first].key) < 2):
        return "noise"
    key = match_key(line[:80]).lstrip("\"'«“([#*-–•>» ")
    for sign, furnishing in vocabulary.furniture_signs:
        if key.startswith(sign):
            return furnishing.reason
    match = vocabulary.furniture.match_at(document.keys, block.first, block.last, proclitics=False)
    if match is None:
        return _labels_only(document, block, vocabulary)
    furnishing = match.values[0]
    whole = match.end == block.last
    if furnishing.whole and not whole:
        return _labels_only(document, block, vocabulary)
    if words > 40 and not whole:
        return None
    follows = document.gap_before(match.end) if not whole else ""
    if words > 12 and len(document.keys[block.first]) and not any(sign in follows for sign in ":؟?|"):
        return (
            furnishing.reason
            if match.end - match.start >= 2 and not _ends_sentence(document, block)
            else None
        )
    return furnishing.reason


def _labels_only(document: Document, block: Block, vocabulary: Vocabulary) -> str | None:
    """A line of nothing but furniture phrases (الرئيسية / سياسة), two of them perhaps glued together."""
    words = _length(block)
    place, reason = block.first, None
    while words <= 10 and place < block.last:
        match = vocabulary.furniture.match_at(document.keys, place, block.last)
        if match is None:
            reason = None
            break
        reason, place = match.values[0].reason, match.end
    if reason is not None or words > 6:
        return reason
    joined = "".join(document.keys[block.first : block.last])
    labels = vocabulary.furniture_labels
    for cut in range(3, min(len(joined), 60) - 2):
        if joined[:cut] in labels and joined[cut:] in labels:
            return labels[joined[:cut]].reason
    return None


def _is_date_line(document: Document, block: Block, dates: Sequence[WrittenDate]) -> bool:
    """Whether a line says when the page was published or changed, and little else."""
    if _length(block) > _DATE_LINE_WORDS or _is_text(document, block):
        return False
    written = [item for item in dates_between(dates, block.start, block.end) if item.date is not None]
    dated = sum(item.last - item.first for item in written)
    return bool(written) and 5 * dated >= 2 * _length(block)


def read_layout(document: Document, dates: Sequence[WrittenDate], vocabulary: Vocabulary) -> Layout:
    """Sort out the lines of ``document``; ``dates`` are all that are written in it."""
    layout = Layout()
    rest: list[Block] = []
    for block in document.blocks:
        reason = furniture_reason(document, block, vocabulary)
        if reason is None and _is_date_line(document, block, dates):
            reason = "nav"
        if reason is None:
            rest.append(block)
        else:
            layout.furniture.append(Furniture(block.start, block.end, reason))
    layout.lines = list(rest)
    rest = _take_headline(document, rest, layout, vocabulary)
    first_text = next((i for i, block in enumerate(rest) if _is_text(document, block)), len(rest))
    last_text = max((i for i, block in enumerate(rest) if _is_text(document, block)), default=len(rest))
    for index, block in enumerate(rest):
        span = document.slice(block.start, block.end)
        short = _length(block) <= _SECTION_WORDS and not _ends_sentence(document, block)
        if short and first_text < index < last_text:
            layout.sections.append(span)
            continue
        if short and index > last_text and _is_label(document, block):
            layout.furniture.append(Furniture(block.start, block.end, "nav"))
            continue
        layout.body.append(Paragraph(block.start, block.end, len(layout.body)))
        layout.paragraphs.append(block)
    layout.furniture.sort(key=lambda item: item.start)
    return layout


def _is_label(document: Document, block: Block) -> bool:
    return _length(block) <= 3 and not any(mark in document.text[block.start : block.end] for mark in ':«"“')


def _take_headline(
    document: Document, rest: list[Block], layout: Layout, vocabulary: Vocabulary
) -> list[Block]:
    """Find the headline among ``rest``; give back the other lines, without its copies and the deck."""
    keys = [" ".join(document.keys[block.first : block.last]) for block in rest]
    copies: dict[str, list[int]] = {}
    for index, key in enumerate(keys):
        copies.setdefault(key, []).append(index)
    chosen: int | None = None
    for places in copies.values():
        block = rest[places[0]]
        if len(places) > 1 and 3 <= _length(block) <= _HEADLINE_WORDS and not _is_text(document, block):
            chosen = places[0]
            break
    if chosen is None:
        chosen = _leading_headline(document, rest, vocabulary)
    if chosen is None:
        return rest
    block = rest[chosen]
    span = document.slice(block.start, block.end)
    layout.headline = Headline(span.text, span.start, span.end, "explicit")
    taken = set(copies[keys[chosen]])
    for index in sorted(taken - {chosen}):
        layout.furniture.append(Furniture(rest[index].start, rest[index].end, "repeat"))
    deck = chosen + 1
    if deck < len(rest) and deck not in taken and _is_deck(document, rest, deck, taken):
        layout.deck = document.slice(rest[deck].start, rest[deck].end)
        taken.add(deck)
    return [block for index, block in enumerate(rest) if index not in taken]


def _leading_headline(document: Document, rest: list[Block], vocabulary: Vocabulary) -> int | None:
    """The first line, if it is short, ends no sentence, and running text follows it."""
    for index, block in enumerate(rest[:4]):
        if _is_text(document, block):
            return None
        follows = any(_is_text(document, later) for later in rest[index + 1 : index + 6])
        line = document.text[block.start : block.end]
        digits = sum(character.isdigit() for character in line)
        if _names_outlet(document, block, vocabulary):
            continue
        if _length(block) >= 3 and follows and digits <= len(line) // 6:
            return index
    return None


def _names_outlet(document: Document, block: Block, vocabulary: Vocabulary) -> bool:
    """Whether a short line ends in an outlet's name: القامشلي - «الحياة»."""
    if _length(block) > 6:
        return False
    return any(
        match.end == block.last
        for match in vocabulary.outlets.find_all(document.keys, block.first, block.last, proclitics=False)
    )


def _is_deck(document: Document, rest: list[Block], index: int, taken: set[int]) -> bool:
    block = rest[index]
    if not 4 <= _length(block) < _HEADLINE_WORDS or _is_text(document, block):
        return False
    digits = sum(character.isdigit() for character in document.text[block.start : block.end])
    if digits > (block.end - block.start) // 6:
        return False
    return index + 1 in taken or index + 1 >= len(rest) or _is_text(document, rest[index + 1])
