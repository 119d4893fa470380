"""Which lines of a page are not the article: links, menus, captions, subscriptions, scripts."""

import re
from collections.abc import Sequence

from archive.arabic.clitics import readings
from archive.arabic.letters import ARABIC
from archive.arabic.normalize import match_key
from archive.arabic.particles import word_set
from archive.extraction.calendar_dates import WrittenDate, dates_between
from archive.extraction.document import Block, Document
from archive.extraction.vocabulary import Vocabulary

_DATE_LINE_WORDS = 12
_FEW, _CAPTION_WORDS = 3, 24
_MENU = re.compile(r"\s*[|»›>·•/]\s*")
_MENU_SIGNS = "|»›>·"
_ARABIC = re.compile(f"[{ARABIC}]")
_FIGURES = re.compile(r"[\d\s.,،|/\-]+|[\d\s:]+(?:ت\s?م|[AP]M|GMT)", re.IGNORECASE)
_SOURCE_WORDS = frozenset({"حسب", "بحسب", "وفق", "وفقا"})
_ESCAPES = re.compile(r"(?:u0[0-9a-f]{3}\s*){4}", re.IGNORECASE)
_SENTENCE_END = (".", "!", "؟", "?", "…", ":", "،", "؛")
_CLOSERS = "\"”“»)]’' \u200f\u200e"
# What the people of a photograph do in its caption.
_POSES = word_set("خلال اثناء لدي متوسطا متحدثا متحدثه مصافحا مستقبلا ارشيفيه ارشيف")


def ends_sentence(document: Document, block: Block) -> bool:
    """Whether a line ends as sentences do, closing marks left aside."""
    return document.text[block.start : block.end].rstrip(_CLOSERS).endswith(_SENTENCE_END)


def furniture_reason(document: Document, block: Block, vocabulary: Vocabulary) -> str | None:
    """Why a line is page furniture by its own words, or None."""
    words = block.last - block.first
    line = document.text[block.start : block.end]
    if not words or (words == 1 and len(document.words[block.first].key) < 2):
        return "noise"
    letters = len(_ARABIC.findall(line[:400]))
    if _FIGURES.fullmatch(line):
        return "noise"
    if _ESCAPES.match(line) or (not letters and words <= _FEW and line.isascii() and not line[:1].isdigit()):
        return _sign_reason(line, vocabulary) or _phrase_reason(document, block, vocabulary) or "noise"
    if letters * 2 < len(line[:400]) or words <= _CAPTION_WORDS:
        reason = _sign_reason(line, vocabulary)
        if reason is not None and (reason != "noise" or letters * 2 < len(line[:400])):
            return reason
    return _phrase_reason(document, block, vocabulary) or ("nav" if _is_menu(line, words) else None)


def _sign_reason(line: str, vocabulary: Vocabulary) -> str | None:
    """A line that begins with a sign or a phrase with signs: (رويترز)، الرئيسية »، <script."""
    key = match_key(line[:80])
    bare = key.lstrip("\"'«“([#*-–•>» ")
    for sign, furnishing in vocabulary.furniture_signs:
        if bare.startswith(sign) or key.startswith(sign):
            return furnishing.reason
    return None


def _phrase_reason(document: Document, block: Block, vocabulary: Vocabulary) -> str | None:
    first = block.first
    while first < block.last - 1 and document.keys[first].isdecimal() and first - block.first < _FEW:
        # (1) هل أعجبتك المقالة، 2468 مشاهدات
        first += 1
    match = vocabulary.furniture.match_at(document.keys, first, block.last, proclitics=False)
    if match is None:
        return _labels_only(document, block, vocabulary)
    words = block.last - block.first
    furnishing = match.values[0]
    said = match.end - match.start
    whole = match.end == block.last
    if furnishing.whole and not whole:
        return _labels_only(document, block, vocabulary)
    if said >= 4 or whole:
        return furnishing.reason
    if words > 40:
        return None
    follows = document.gap_before(match.end)
    if words > 12 and not any(sign in follows for sign in ":؟?|"):
        return furnishing.reason if said >= 2 and not ends_sentence(document, block) else None
    return furnishing.reason


def _labels_only(document: Document, block: Block, vocabulary: Vocabulary) -> str | None:
    """A line of nothing but furniture phrases (الرئيسية / سياسة), two of them perhaps glued together."""
    words = block.last - block.first
    place, reason = block.first, None
    while words <= 10 and place < block.last:
        match = vocabulary.furniture.match_at(document.keys, place, block.last, proclitics=False)
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


def _is_menu(line: str, words: int) -> bool:
    """Whether a line is a path or a menu of a site: الرئيسية » سوريا » أخبار."""
    if words > 20 or not any(sign in line for sign in _MENU_SIGNS) or any(mark in line for mark in '«“".'):
        return False
    parts = [part for part in _MENU.split(line) if part]
    return len(parts) >= 3 and all(len(part.split()) <= _FEW and not part[0].isdigit() for part in parts)


def is_date_line(document: Document, block: Block, dates: Sequence[WrittenDate]) -> bool:
    """Whether a line says when the page was published or changed, and little else."""
    words = block.last - block.first
    if words > _DATE_LINE_WORDS or (words >= 6 and ends_sentence(document, block)):
        return False
    written = [item for item in dates_between(dates, block.start, block.end) if item.date is not None]
    dated = sum(item.last - item.first for item in written)
    figures = sum(key.isdecimal() for key in document.keys[block.first : block.last])
    return bool(written) and 5 * max(dated, figures) >= 2 * words


def is_posed(document: Document, block: Block, vocabulary: Vocabulary) -> bool:
    """Whether a line after the headline tells what a photograph shows: the people in it and their pose."""
    words = block.last - block.first
    line = document.text[block.start : block.end]
    if words > _CAPTION_WORDS or ends_sentence(document, block) or any(mark in line for mark in ":«“"):
        return False
    first = document.keys[block.first]
    titled = first in vocabulary.titles or first in vocabulary.honorifics
    name = vocabulary.names.match_at(document.keys, block.first, block.last, proclitics=False)
    if not titled and (name is None or name.values[0].person.kind != "person"):
        return False
    return bool(_POSES & set(document.keys[block.first + 1 : block.last]))


def is_credited(document: Document, block: Block, vocabulary: Vocabulary) -> bool:
    """Whether a line ends in a photograph's credit: (رويترز)، - أ ف ب، (عدسة: …)، صورة أرشيفية."""
    words = block.last - block.first
    if words < 2 or words > _CAPTION_WORDS + 6 or _tells(document, block, vocabulary):
        return False
    if ". " in document.text[block.start : block.end]:
        return False
    if document.keys[block.last - 1] in ("ارشيفيه", "ارشيف", "الارشيف"):
        return True
    for first in range(max(block.first + 2, block.last - 5), block.last):
        gap = document.gap_before(first)
        if "(" in gap and document.keys[first] in (
            "عدسه",
            "تصوير",
            "صوره",
            "ارشيف",
            "ارشيفيه",
            "غيتي",
            "getty",
        ):
            return True
        if not any(sign in gap for sign in "(-–—"):
            continue
        match = vocabulary.outlets.match_at(document.keys, first, block.last, proclitics=False)
        if match is not None and match.end == block.last and not ends_sentence(document, block):
            return words > match.end - match.start + 2
    return False


def _tells(document: Document, block: Block, vocabulary: Vocabulary) -> bool:
    """Whether a line begins with a verb of speech or a source: text that ends in an agency's name."""
    return any(
        word in vocabulary.verbs or word in _SOURCE_WORDS for _, word in readings(document.keys[block.first])
    )


def is_name_alone(document: Document, block: Block, vocabulary: Vocabulary) -> bool:
    """Whether a line is a known person's name and perhaps his title: the caption of a portrait."""
    if any(mark in document.text[block.start : block.end] for mark in ':«“"'):
        return False
    for place in range(block.first, min(block.last, block.first + 6)):
        match = vocabulary.names.match_at(document.keys, place, block.last, proclitics=False)
        if match is not None and match.end == block.last:
            return match.values[0].person.kind == "person"
        if place == block.first and document.keys[place] not in vocabulary.titles:
            return False
    return False
