"""Where a personal name begins and ends, known or not.

A known name is as long as its spelling; an unknown one goes on until a word that no name holds.
"""

from archive.arabic.clitics import is_definite, readings, without_article
from archive.arabic.names import PARTICLES, name_length
from archive.extraction.document import Document
from archive.extraction.noun_phrases import comma, tight
from archive.extraction.vocabulary import Named, Vocabulary

_LATIN = frozenset("abcdefghijklmnopqrstuvwxyz")


def name_end(document: Document, at: int, limit: int) -> int:
    """Where the run of words that begins at ``at`` is first interrupted by punctuation."""
    end = at + 1
    while end < limit and end - at < 8 and tight(document.gap_before(end)):
        end += 1
    return end


def read_name(
    document: Document, at: int, limit: int, vocabulary: Vocabulary, *, enclosed: bool = False
) -> tuple[int, tuple[Named, ...]] | None:
    """The personal name that begins at a word: ``(end, who is known by it)``; unknown names have nobody.

    ``enclosed``: commas stand around it, so that its first word may be an ordinary one (غير بيدرسون).
    """
    if at >= limit:
        return None
    end = name_end(document, at, limit)
    known = vocabulary.names.match_at(document.keys, at, limit, proclitics=False)
    if known is not None and known.values[0].person.kind == "person":
        reach = known.end
        while reach + 1 < end and document.keys[reach] in PARTICLES:
            reach += 2
        return reach, known.values
    keys = list(document.keys[at:end])
    if enclosed and 2 <= len(keys) <= 4 and keys[0] == "غير":
        return end, ()
    if len(keys[0]) < 2 or without_article(keys[0]) in vocabulary.cue("stance"):
        return None
    if any(word in vocabulary.titles for proclitics, word in readings(keys[0]) if proclitics):
        return None
    length = name_length(keys, vocabulary.name_breaks)
    if length == 1 and is_definite(keys[0]) and keys[0].endswith(("ي", "يه", "ه")):
        # An adjective that the title does not know (المسؤول الحكومي) rather than a surname.
        return None
    if not length or any(letter in _LATIN for letter in keys[0]) or keys[0] in vocabulary.title_parts:
        return None
    if vocabulary.places.match_at(document.keys, at, limit, proclitics=False) is not None and length == 1:
        return None
    return at + length, ()


def skip_honorifics(document: Document, at: int, limit: int, vocabulary: Vocabulary) -> int:
    while (
        at < limit
        and document.keys[at] in vocabulary.honorifics
        and not any(sign in document.gap_before(at) for sign in '\n:؛"«“')
    ):
        at += 1
        if at < limit and document.keys[at] in ("الملكي", "الركن"):
            at += 1
    return at


def name_after_aside(
    document: Document, start: int, limit: int, vocabulary: Vocabulary
) -> tuple[int, tuple[int, tuple[Named, ...]] | None]:
    """A title goes on with words that are not known to be titles', up to a comma and an enclosed name."""
    at = start
    while at < limit and at - start < 9 and tight(document.gap_before(at)):
        key = document.keys[at]
        if key in ("ان", "انه", "انها") or vocabulary.names.match_at(
            document.keys, at, limit, proclitics=False
        ):
            return start, None
        if at > start + 1 and key in vocabulary.verbs and not key.startswith(("ت", "ي")):
            return start, None
        at += 1
    if at >= limit or at == start or not comma(document.gap_before(at)):
        return start, None
    at = skip_honorifics(document, at, limit, vocabulary)
    read = name_between_commas(document, at, limit, vocabulary) if at < limit else None
    enclosed = read is not None and (read[0] >= limit or comma(document.gap_before(read[0])))
    return (at, read) if enclosed else (start, None)


def name_between_commas(
    document: Document, at: int, limit: int, vocabulary: Vocabulary
) -> tuple[int, tuple[Named, ...]] | None:
    """وزيرة الخارجية الألمانية، أنالينا بيربوك، …: a known name, or some words up to the next comma."""
    read = read_name(document, at, limit, vocabulary, enclosed=True)
    if read is None or (document.keys[at].startswith("و") and not read[1]):
        return None
    if read[1]:
        return read
    closed = (
        read[0] >= limit
        or comma(document.gap_before(read[0]))
        or document.keys[read[0]] in ("ان", "انه", "انها")
    )
    return read if closed and 2 <= read[0] - at <= 5 else None
