"""Names and scare quotes: marked spans that quote nobody («داعش»، صحيفة «الحياة»)."""

from archive.arabic.clitics import readings, without_article
from archive.extraction.document import Document
from archive.extraction.sentences import Marked
from archive.extraction.vocabulary import Vocabulary


def is_label(document: Document, span: Marked, vocabulary: Vocabulary) -> bool:
    """Whether a marked span is a name or a scare quote by its own words or those before it."""
    keys = document.keys
    if span.size <= 2:
        return True
    for index in (vocabulary.organisations, vocabulary.outlets, vocabulary.groups, vocabulary.names):
        match = index.match_at(keys, span.first, span.last, proclitics=False)
        if match is not None and match.end == span.last:
            return True
    if _naming(document, span, vocabulary) and span.size <= 6:
        return True
    return span.size <= 3 and span.pair.start > 0 and document.text[span.pair.start - 1] in "بلـو"


def _naming(document: Document, span: Marked, vocabulary: Vocabulary) -> bool:
    if not span.first or ":" in document.gap_before(span.first):
        return False
    words = {word for _, word in readings(document.keys[span.first - 1])}
    naming = vocabulary.cue("naming")
    return bool(words & naming or {without_article(word) for word in words} & naming)
