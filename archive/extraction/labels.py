"""Names and scare quotes: marked spans that quote nobody («داعش»، صحيفة «الحياة»)."""

from archive.arabic.clitics import is_definite, readings, without_article, without_conjunction
from archive.arabic.particles import PREPOSITIONS, word_set
from archive.extraction.document import Document
from archive.extraction.sentences import Marked
from archive.extraction.vocabulary import Vocabulary

# No name begins with these.
_CLAUSES = word_set(
    "لا لن لم ليس ليست لسنا ما إن أن إنه إنها قد لقد سوف هناك نحن علينا كان كانت يجب ينبغي إذا لأن لأننا"
)
# Of the names of persons and of guns: أبو البراء.
_KIN = word_set("أبو أبي أم ابن بنت")
_BETWEEN_NAMES = word_set("بن ابن بنت")
# Latin letters as they are read out: سي آي إيه.
_LETTERS = word_set(
    "إيه ايه أي آي بي سي دي إي إف أف جي إتش اتش جاي كي إل أم إم إن أو كيو آر إس أس تي يو في إكس واي زد كا ب ك"
)
_NISBA = ("ي", "يه", "يين", "يون", "يات")
_LONGEST_NAME = 6


def is_label(document: Document, span: Marked, vocabulary: Vocabulary) -> bool:
    """Whether a marked span is a name or a scare quote by its own words or those before it."""
    if span.size == 1 or (span.size == 2 and not _is_clause(document, span)):
        return True
    return is_name(document, span, vocabulary) or _addressed(document, span)


def is_name(document: Document, span: Marked, vocabulary: Vocabulary) -> bool:
    """Whether a marked span names somebody or something."""
    keys = document.keys
    for index in (vocabulary.organisations, vocabulary.outlets, vocabulary.groups, vocabulary.names):
        match = index.match_at(keys, span.first, span.last, proclitics=False)
        if match is not None and match.end == span.last:
            return True
    if span.size <= _LONGEST_NAME and not _is_clause(document, span):
        if _BETWEEN_NAMES & set(keys[span.first + 1 : span.last - 1]):
            return True
        if span.size > 1 and set(keys[span.first : span.last]) <= _LETTERS:
            return True
        if sum(len(key) == 1 for key in keys[span.first : span.last]) > 1:
            return True
        if _naming(document, span, vocabulary):
            return True
        if keys[span.first] in vocabulary.institutions | vocabulary.cue("naming") and _goes_on(
            document, span
        ):
            # وأعلن «حزب العمل» مساندته: a body's name, amid its sentence.
            return True
    return span.size <= 4 and keys[span.first] in _KIN


def is_phrase(document: Document, span: Marked, vocabulary: Vocabulary) -> bool:
    """Whether two marked words are words that somebody used («هزيمة دائمة»), not a name («الحشد الشعبي»)."""
    if span.size != 2 or not all(key.isalpha() for key in document.keys[span.first : span.last]):
        return False
    first, second = document.keys[span.first : span.last]
    if document.text[max(0, span.pair.start - 2) : span.pair.start].strip() == "و":
        # «عاصفة الحزم» و«إعادة الأمل»
        return False
    if first in PREPOSITIONS or (is_definite(first) and second.endswith(_NISBA)):
        return False
    if span.first and document.keys[span.first - 1].startswith("ايا"):
        # معلنا إياها «دولة خلافة»: what it is called.
        return False
    naming = vocabulary.cue("naming")
    if {first, without_article(first)} & naming or is_name(document, span, vocabulary):
        return False
    return not any(
        index.match_at(document.keys, span.first, span.last)
        for index in (vocabulary.places, vocabulary.names, vocabulary.organisations)
    )


def is_fragment(document: Document, span: Marked, vocabulary: Vocabulary) -> bool:
    """Whether two marked words inside reported speech are his who speaks: indefinite, or a verb's object."""
    if not is_phrase(document, span, vocabulary):
        return False
    last = document.keys[span.last - 1]
    if span.first and is_definite(document.keys[span.first - 1]) and is_definite(last):
        # تحالف الدول العربية «عاصفة الحزم»: a name in apposition.
        return False
    return not is_definite(document.keys[span.first]) or _verb_before(document, span)


def _goes_on(document: Document, span: Marked) -> bool:
    after = document.gap_before(span.last)
    return span.last < len(document.keys) and not any(sign in after for sign in "،,.؛:؟!\n")


def _addressed(document: Document, span: Marked) -> bool:
    """A short span joined to ل or و: whom or what it is for (لـ«الشرق الأوسط»), or one of several names."""
    before = document.text[max(0, span.pair.start - 2) : span.pair.start].rstrip("ـ")[-1:]
    return span.size <= 3 and before in ("ل", "و")


def _is_clause(document: Document, span: Marked) -> bool:
    first = document.keys[span.first]
    return first in _CLAUSES or without_conjunction(first) in _CLAUSES


def _verb_before(document: Document, span: Marked) -> bool:
    """Whether the word before looks like a verb: an imperfect, a feminine perfect, a doubled letter."""
    if not span.first or document.gap_before(span.first).strip("«“”\"' "):
        return False
    key = document.keys[span.first - 1]
    if is_definite(key) or key in PREPOSITIONS or len(key) < 3:
        return False
    imperfect = key[0] in "يتن" or key[:2] in ("سي", "ست", "سن")
    return imperfect or (key.endswith("ت") and not key.endswith("ات")) or key[1] == key[2]


def _naming(document: Document, span: Marked, vocabulary: Vocabulary) -> bool:
    """Whether the word before names: تنظيم «…»; after التنظيم only what looks like a name."""
    if not span.first or ":" in document.gap_before(span.first):
        return False
    words = {word for _, word in readings(document.keys[span.first - 1])}
    naming = vocabulary.cue("naming")
    if words & naming or (span.size <= 3 and words & vocabulary.honorifics):
        return True
    if not {without_article(word) for word in words} & naming:
        return False
    first = document.keys[span.first]
    return span.size <= 2 or (is_definite(first) and first not in vocabulary.cue("adverb"))
