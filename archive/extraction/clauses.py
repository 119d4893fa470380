"""How clauses begin: which mention is the grammatical subject, and whether a stranger is."""

from archive.arabic.clitics import is_definite, readings, without_conjunction
from archive.arabic.names import ENDINGS
from archive.arabic.particles import ACTIONS, AUXILIARIES, PREPOSITIONS, TURNS
from archive.extraction.cues import is_that
from archive.extraction.document import Document
from archive.extraction.noun_phrases import SPACE, Mention
from archive.extraction.sentences import Sentence
from archive.extraction.verbs import MASDAR, PARTICIPLE, VerbForm
from archive.extraction.vocabulary import Vocabulary


def is_subject(document: Document, mention: Mention, sentence: Sentence, vocabulary: Vocabulary) -> bool:
    """Whether a mention is the subject of its clause: it opens it, or follows the word that does."""
    if mention.governed or mention.kind == "anonymous":
        return False
    first = mention.first
    if first == sentence.first or opens_clause(document, first, sentence):
        return True
    return (
        first - 1 >= sentence.first
        and opens_clause(document, first - 1, sentence)
        and _verb_like(document, first - 1, vocabulary)
    )


def opens_clause(document: Document, place: int, sentence: Sentence) -> bool:
    """Whether a clause begins at a word: the sentence, or after a comma or an auxiliary."""
    if place == sentence.first:
        return True
    before = document.keys[place - 1]
    gap = document.gap_before(place)
    opening = place - 1 == sentence.first or any(sign in document.gap_before(place - 1) for sign in "،,")
    if before in TURNS and place - sentence.first <= 3:
        return True
    if before in AUXILIARIES and opening:
        return True
    return any(sign in gap for sign in "،,") and place - sentence.first <= 14


def _verb_like(document: Document, place: int, vocabulary: Vocabulary) -> bool:
    key = document.keys[place]
    bare = without_conjunction(key)
    if key in ENDINGS and bare not in ("كان", "كانت") and key not in ACTIONS:
        return False
    return not is_definite(key) and bare not in PREPOSITIONS and bare not in vocabulary.titles


def opening_stranger(document: Document, sentence: Sentence, vocabulary: Vocabulary) -> VerbForm | None:
    """The verb of a sentence that opens with a reporting verb and an unknown noun, else None.

    What follows is then spoken by that unknown one, not by the speaker before.
    """
    place = sentence.first + 1
    if place >= sentence.last or document.gap_before(place).strip(SPACE):
        return None
    opening, key = document.keys[sentence.first], document.keys[place]
    forms = next((vocabulary.verbs[word] for _, word in readings(opening) if word in vocabulary.verbs), None)
    if forms is None or forms[0].verb.transitive or forms[0].form in (PARTICIPLE, MASDAR):
        return None
    if key in ENDINGS or key in PREPOSITIONS or is_that(key) or key.startswith(("ب", "ل")):
        return None
    return None if key in vocabulary.cue("stance") else forms[0]
