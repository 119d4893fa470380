"""What the lines of a file are: headline, deck, subheadings, datelines, body, page furniture.

A headline may stand before the body or after it, once or several times; nothing else is assumed about
the order of lines.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from archive.extraction.calendar_dates import WrittenDate
from archive.extraction.datelines import FoundDateline, is_byline, read_dateline
from archive.extraction.document import Block, Document
from archive.extraction.facts import Furniture, Headline, Paragraph, Span
from archive.extraction.furniture import (
    ends_sentence,
    furniture_reason,
    is_credited,
    is_date_line,
    is_name_alone,
    is_posed,
)
from archive.extraction.vocabulary import Vocabulary

# A line of at most so many words may be a headline, a deck or a subheading.
_HEADLINE_WORDS = 28
# One that stands but once, and whose words no sign divides, is shorter: else it is an opening without a stop.
_PLAIN_WORDS = 16
_HEADLINE_SIGNS = (":", "..", "…", "!", "؟", "?", "/", "|", "«", "“", '"', "-", "–")
_SECTION_WORDS = 9
_LINK_WORDS = 16
_TEXT_WORDS = 12
_TAG_WORDS = 4
_ROW = 3
# Datelines stand among the first lines.
_DATELINES = 8
_BULLETS = "-–•*·"


@dataclass(slots=True)
class Layout:
    """The lines sorted out. ``paragraphs`` are the body's; ``lines`` all that is no furniture by itself."""

    headline: Headline | None = None
    deck: Span | None = None
    sections: list[Span] = field(default_factory=list)
    body: list[Paragraph] = field(default_factory=list)
    paragraphs: list[Block] = field(default_factory=list)
    furniture: list[Furniture] = field(default_factory=list)
    lines: list[Block] = field(default_factory=list)
    datelines: list[FoundDateline] = field(default_factory=list)


def _length(block: Block) -> int:
    return block.last - block.first


def _is_text(document: Document, block: Block) -> bool:
    """Whether a line reads as running text rather than as a heading."""
    words = _length(block)
    return words >= _HEADLINE_WORDS or (words >= 6 and ends_sentence(document, block))


def _ends_in_stop(document: Document, block: Block) -> bool:
    return document.text[block.start : block.end].rstrip("\"”“»)]’' ").endswith((".", "،", "؛"))


def _may_be_headline(document: Document, block: Block) -> bool:
    """A headline may ask or exclaim, but ends in no full stop."""
    line = document.text[block.start : block.end].rstrip()
    return _length(block) <= _HEADLINE_WORDS and (
        not _is_text(document, block) or line.endswith(("!", "؟", "?", "…"))
    )


def read_layout(document: Document, dates: Sequence[WrittenDate], vocabulary: Vocabulary) -> Layout:
    """Sort out the lines of ``document``; ``dates`` are all that are written in it."""
    layout = Layout()
    rest = _take_furniture(document, dates, layout, vocabulary)
    layout.lines = list(rest)
    lead = {}
    for block in rest[:_DATELINES]:
        found = read_dateline(document, block, dates, vocabulary)
        if found is None:
            continue
        if (
            found.whole
            or _is_text(document, block)
            or ((found.outlet or found.written) and _length(block) >= _TEXT_WORDS)
        ):
            lead[block.start] = found
    layout.datelines = list(lead.values())
    apart = {start for start, found in lead.items() if found.whole}
    apart |= {block.start for block in rest if is_byline(document, block)}
    rest = _take_headline(document, rest, layout, apart, lead.keys() - apart, vocabulary)
    texts = [index for index, block in enumerate(rest) if _is_text(document, block)]
    first_text = next(iter(texts), len(rest))
    last_text = texts[-1] if texts else len(rest)
    listed = last_text < len(rest) and document.text.endswith(":", 0, rest[last_text].end)
    tail = set() if listed else _trailing_links(document, rest, last_text, apart)
    for index, block in enumerate(rest):
        span = document.slice(block.start, block.end)
        short = _length(block) <= _SECTION_WORDS and (
            not ends_sentence(document, block)
            or (span.text.endswith("؟") and ":" not in span.text and _is_alone(document, rest, index))
        )
        if block.start in apart:
            pass
        elif index in tail:
            layout.furniture.append(Furniture(block.start, block.end, "related"))
            continue
        elif _is_caption(document, block, index < first_text, vocabulary):
            layout.furniture.append(Furniture(block.start, block.end, "caption"))
            continue
        elif short and first_text < index < last_text and not _in_list(document, rest, index):
            layout.sections.append(span)
            continue
        elif short and index > last_text and not listed and _is_label(document, block):
            layout.furniture.append(Furniture(block.start, block.end, "nav"))
            continue
        layout.body.append(Paragraph(block.start, block.end, len(layout.body)))
        layout.paragraphs.append(block)
    layout.furniture.sort(key=lambda item: item.start)
    return layout


def _take_furniture(
    document: Document, dates: Sequence[WrittenDate], layout: Layout, vocabulary: Vocabulary
) -> list[Block]:
    """The lines that are no furniture by their own words, nor links under a heading that announces links."""
    rest: list[Block] = []
    links = begun = False
    for block in document.blocks:
        reason = furniture_reason(document, block, vocabulary)
        if reason is not None:
            links = begun and reason == "related" and _announces(document, block, vocabulary)
        elif is_date_line(document, block, dates):
            found = read_dateline(document, block, dates, vocabulary)
            reason = None if found is not None and found.whole else "noise"
        elif links and _length(block) <= _LINK_WORDS and not _ends_in_stop(document, block):
            reason = "related"
        else:
            links = False
            begun = begun or _is_text(document, block)
        if reason is None:
            rest.append(block)
        else:
            layout.furniture.append(Furniture(block.start, block.end, reason))
    return rest


def _announces(document: Document, block: Block, vocabulary: Vocabulary) -> bool:
    """Whether a line of furniture only announces links: اقرأ أيضًا، موضوعات متعلقة:."""
    match = vocabulary.furniture.match_at(document.keys, block.first, block.last, proclitics=False)
    return match is not None and block.last - match.end <= 2


def _in_list(document: Document, rest: list[Block], index: int) -> bool:
    """Whether a line with a bullet stands beside another one: an item of a list, no subheading."""
    near = [rest[at] for at in (index - 1, index, index + 1) if 0 <= at < len(rest)]
    bulleted = [document.text[block.start] in _BULLETS for block in near]
    return document.text[rest[index].start] in _BULLETS and sum(bulleted) > 1


def _is_alone(document: Document, rest: list[Block], index: int) -> bool:
    """Whether running text follows a short line and stands before it."""
    near = [rest[at] for at in (index - 1, index + 1) if 0 <= at < len(rest)]
    return len(near) == 2 and all(_is_text(document, block) for block in near)


def _trailing_links(document: Document, rest: list[Block], last_text: int, apart: set[int]) -> set[int]:
    """Lines after the last sentence that are but titles, three or more to the end: other articles."""
    found: set[int] = set()
    for index in range(len(rest) - 1, last_text, -1):
        block = rest[index]
        line = document.text[block.start : block.end]
        if (
            block.start in apart
            or _length(block) > _LINK_WORDS
            or _ends_in_stop(document, block)
            or line[:1] in _BULLETS
        ):
            break
        found.add(index)
    return found if len(found) >= _ROW else set()


def _is_caption(document: Document, block: Block, early: bool, vocabulary: Vocabulary) -> bool:
    """Whether a line stands under a photograph; one without a credit only before the text (``early``)."""
    if is_credited(document, block, vocabulary):
        return True
    return early and (is_posed(document, block, vocabulary) or is_name_alone(document, block, vocabulary))


def _is_label(document: Document, block: Block) -> bool:
    return _length(block) <= 3 and not any(mark in document.text[block.start : block.end] for mark in ':«"“')


def _take_headline(
    document: Document,
    rest: list[Block],
    layout: Layout,
    apart: set[int],
    opened: set[int],
    vocabulary: Vocabulary,
) -> list[Block]:
    """Find the headline among ``rest``; give back the other lines, without its copies, deck and labels."""
    keys = [" ".join(document.keys[block.first : block.last]) for block in rest]
    copies: dict[str, list[int]] = {}
    for index, key in enumerate(keys):
        copies.setdefault(key, []).append(index)
    chosen: int | None = None
    for places in copies.values():
        block = rest[places[0]]
        if (
            len(places) > 1
            and _length(block) >= 3
            and block.start not in apart | opened
            and _may_be_headline(document, block)
            and not document.text[block.start : block.end].endswith(":")
            and not is_credited(document, block, vocabulary)
            and not is_name_alone(document, block, vocabulary)
        ):
            chosen = places[0]
            break
    if chosen is None:
        chosen = _leading_headline(document, rest, apart, opened, vocabulary)
    if chosen is None:
        return rest
    block = rest[chosen]
    span = document.slice(block.start, block.end)
    layout.headline = Headline(span.text, span.start, span.end, "explicit")
    taken = set(copies[keys[chosen]])
    for index in sorted(taken - {chosen}):
        layout.furniture.append(Furniture(rest[index].start, rest[index].end, "repeat"))
    for index in _tags(document, rest, taken):
        layout.furniture.append(Furniture(rest[index].start, rest[index].end, "nav"))
        taken.add(index)
    deck = chosen + 1
    if (
        deck < len(rest)
        and deck not in taken
        and rest[deck].start not in apart | opened
        and _is_deck(document, rest, deck, taken | {i for i, item in enumerate(rest) if item.start in apart})
        and not _is_caption(document, rest[deck], True, vocabulary)
    ):
        layout.deck = document.slice(rest[deck].start, rest[deck].end)
        taken.add(deck)
    return [block for index, block in enumerate(rest) if index not in taken]


def _tags(document: Document, rest: list[Block], taken: set[int]) -> list[int]:
    """Three or more bulleted labels in a row before the text."""
    row: list[int] = []
    for index, block in enumerate(rest):
        if index in taken:
            continue
        line = document.text[block.start : block.end]
        if _length(block) > _TAG_WORDS or line[:1] not in _BULLETS or ends_sentence(document, block):
            break
        row.append(index)
    return row if len(row) >= _ROW else []


def _leading_headline(
    document: Document, rest: list[Block], apart: set[int], opened: set[int], vocabulary: Vocabulary
) -> int | None:
    """The first line, if it is short, ends no sentence, and running text follows it."""
    for index, block in enumerate(rest[:6]):
        if not _may_be_headline(document, block) or block.start in opened:
            return None
        if block.start in apart or is_credited(document, block, vocabulary):
            continue
        if is_name_alone(document, block, vocabulary):
            continue
        follows = any(_is_text(document, later) for later in rest[index + 1 : index + 8])
        line = document.text[block.start : block.end]
        digits = sum(character.isdigit() for character in line)
        if _names_outlet(document, block, vocabulary) or _length(block) < 3 or line.endswith(":"):
            continue
        if _length(block) > _PLAIN_WORDS and not any(sign in line for sign in _HEADLINE_SIGNS):
            return None
        if follows and digits <= len(line) // 6:
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
