"""The outlet that publishes a text, and the sources that it cites."""

from dataclasses import replace

from archive.arabic.clitics import readings, without_conjunction
from archive.arabic.particles import word_set
from archive.extraction.datelines import known_outlet
from archive.extraction.document import Block, Document
from archive.extraction.facts import CitedSource, FoundOutlet, Span
from archive.extraction.layout import Layout
from archive.extraction.vocabulary import Vocabulary

# Nouns before the name of an outlet, and the kind of source that they say.
_SOURCE_NOUNS = {
    "وكاله": "agency",
    "وكالات": "agency",
    "وكالتا": "agency",
    "صحيفه": "paper",
    "جريده": "paper",
    "مجله": "paper",
    "قناه": "tv",
    "فضاييه": "tv",
    "تلفزيون": "tv",
    "التلفزيون": "tv",
    "شبكه": "tv",
    "اذاعه": "tv",
    "موقع": "site",
    "مواقع": "site",
    "منصه": "site",
    "بوابه": "site",
}
# Right before an outlet's name these say that it is quoted.
_SOURCE_WORDS = word_set("عن بحسب حسب وفق وفقا نقلت نقل ذكرت أفادت")
_KINDS = {
    "agency": "agency",
    "paper": "paper",
    "newspaper": "paper",
    "tv": "tv",
    "broadcaster": "tv",
    "radio": "tv",
}
_OPENERS = "\"«“(”'‘"
_OPENING_MARKS = ("(", "«", '"', "“", "”", "/")
_CLOSING_MARKS = (")", "»", '"', "”", "“", "/")
_RECEIVED = frozenset({"تلقت", "علمت"})
_ADDRESSES = frozenset({"سوال", "سوالا", "حديث", "تصريح", "تصريحات", "مقابله", "حوار"})
_TOLD = word_set("قال قالت سوال حديث تصريح تصريحات مقابله صرح اكد اوضح كشف تقول يقول خص")


def find_outlet(
    document: Document, layout: Layout, blocks: list[Block], vocabulary: Vocabulary
) -> FoundOutlet | None:
    """The outlet that publishes the text: its datelines name it, a line of its own, or its own reporters."""
    for dateline in layout.datelines:
        if dateline.outlet is not None:
            return dateline.outlet
    for block in (*layout.lines[:3], *layout.lines[-3:]):
        words = block.last - block.first
        if 0 < words <= 6:
            match = vocabulary.outlets.match_at(document.keys, block.first, block.last)
            if match is not None and match.end == block.last:
                return known_outlet(document, match.values[0], match.start, match.end)
    return _stated_source(document, layout, vocabulary) or _own_reporters(document, blocks, vocabulary)


def _stated_source(document: Document, layout: Layout, vocabulary: Vocabulary) -> FoundOutlet | None:
    """«المصدر: موقع الحرة/ وكالات» in a line of furniture."""
    for furniture in layout.furniture:
        first, last = document.place_at(furniture.start), document.place_at(furniture.end)
        if last - first > 10 or document.keys[first : first + 1] not in (("المصدر",), ("مصدر",), ("كتب",)):
            continue
        match = vocabulary.outlets.match_at(document.keys, first + 1, last)
        if match is not None:
            return known_outlet(document, match.values[0], match.start, match.end)
    return None


def _own_reporters(document: Document, blocks: list[Block], vocabulary: Vocabulary) -> FoundOutlet | None:
    """«قال لـ«النيل الجديد»», «تلقت (نوروز نيوز) نسخة منه»: the one outlet that was spoken to."""
    found: dict[str, FoundOutlet] = {}
    for block in blocks:
        for place in range(block.first, block.last - 1):
            key = document.keys[place]
            if (key == "ل" and document.gap_before(place + 1).strip() in _OPENING_MARKS) or (
                key in _RECEIVED and document.gap_before(place + 1).strip() in _OPENING_MARKS
            ):
                name = _marked_name(document, block, place + 1)
            else:
                continue
            if name is None or not _was_told(document, block, place):
                continue
            match = vocabulary.outlets.match_at(document.keys, name[0], name[1])
            if match is not None and match.end == name[1]:
                if match.values[0].kind == "agency":
                    continue
                outlet = known_outlet(document, match.values[0], *name)
            elif name[1] - name[0] >= 2 and _is_addressed(document, place, name[1]):
                span = document.span(*name)
                outlet = FoundOutlet(span.text, None, span, 0.5)
            else:
                continue
            found.setdefault(outlet.key or outlet.name, outlet)
    return next(iter(found.values())) if len(found) == 1 else None


def _marked_name(document: Document, block: Block, first: int) -> tuple[int, int] | None:
    """The words between marks that begin at ``first``, at most four."""
    for end in range(first + 1, min(block.last, first + 4) + 1):
        gap = document.gap_before(end)
        if gap.strip():
            return (first, end) if gap.lstrip()[:1] in _CLOSING_MARKS else None
    return None


def _is_addressed(document: Document, place: int, end: int) -> bool:
    """Whether an unknown name was spoken to: «سؤال لـ«…»»، «لـ«…» إن»، «تلقت (…) نسخة»."""
    if document.keys[place] in _RECEIVED or set(document.keys[max(0, place - 2) : place]) & _ADDRESSES:
        return True
    return ":" in document.gap_before(end) or document.keys[end : end + 1] == ("ان",)


def _was_told(document: Document, block: Block, place: int) -> bool:
    """Whether a word of telling stands shortly before (قال، تصريح، حديث، سؤال) or the word is تلقت."""
    if document.keys[place] in _RECEIVED:
        return True
    before = document.keys[max(block.first, place - 8) : place]
    return any(word in _TOLD for key in before for _, word in readings(key))


def find_cited_sources(
    document: Document, blocks: list[Block], outlet: FoundOutlet | None, vocabulary: Vocabulary
) -> list[CitedSource]:
    """Outlets and agencies that the text quotes from: a known name, or a marked one after its noun."""
    found: list[CitedSource] = []
    own = outlet.evidence.start if outlet else -1
    for block in blocks:
        place = block.first
        while place < block.last:
            source = _source_at(document, place, block.last, vocabulary)
            if source is None or source[0].start == own:
                place += 1
                continue
            cited, place = source
            nisba = vocabulary.places.match_at(document.keys, place, block.last, proclitics=False)
            if nisba is not None and nisba.values[0].kind == "nisba" and not _interrupted(document, place):
                # صحيفة "Il Messaggero" الإيطالية: its country belongs to the phrase.
                place = nisba.end
                cited = replace(cited, end=document.words[place - 1].end)
            found.append(cited)
    return found


def _source_noun(key: str) -> str | None:
    """The kind of source that a noun says is named next (وكالة، لصحيفة)."""
    for _, word in readings(key):
        if word in _SOURCE_NOUNS:
            return _SOURCE_NOUNS[word]
    return None


def _source_at(
    document: Document, place: int, last: int, vocabulary: Vocabulary
) -> tuple[CitedSource, int] | None:
    kind = _source_noun(document.keys[place])
    name = place + 1 if kind else place
    if name >= last:
        return None
    match = vocabulary.outlets.match_at(document.keys, name, last)
    if match is None and kind:
        match = vocabulary.outlets.match_at(document.keys, place, last)
    if match is not None:
        outlet = match.values[0]
        marked = document.gap_before(name)[-1:] in _OPENERS and document.gap_before(name)[-1:] != ""
        if kind is None and not (marked or _after_source_word(document, place)):
            return None
        span = document.span(place, match.end)
        return _cited(document, outlet.names[0], kind or _KINDS.get(outlet.kind, "site"), span), match.end
    if kind and document.gap_before(name).strip(" ") in tuple(_OPENERS):
        end = name
        while end < last and end - name < 6 and (end == name or document.gap_before(end).strip(" ") == ""):
            end += 1
        title = document.span(name, end)
        return _cited(document, title.text, kind, document.span(place, end)), end
    return None


def _interrupted(document: Document, place: int) -> bool:
    return any(sign in document.gap_before(place) for sign in "،,:؛.\n")


def _after_source_word(document: Document, place: int) -> bool:
    before = document.keys[place - 1] if place else ""
    return without_conjunction(before) in _SOURCE_WORDS


def _cited(document: Document, name: str, kind: str, span: Span) -> CitedSource:
    end = span.end
    if end < len(document.text) and document.text[end] in '"»”)’':
        end += 1
    return CitedSource(name, kind, span.start, end)
