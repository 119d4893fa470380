"""How clauses begin: which mention is the grammatical subject, and whether a stranger is."""

from collections.abc import Mapping

from archive.arabic.clitics import is_definite, readings, without_conjunction
from archive.arabic.given_names import GIVEN_NAMES
from archive.arabic.names import ENDINGS, is_ordinary
from archive.arabic.particles import ACTIONS, AUXILIARIES, PREPOSITIONS, TURNS, word_set
from archive.extraction.complements import is_that
from archive.extraction.cues import Cue
from archive.extraction.document import Document
from archive.extraction.noun_phrases import SPACE, Mention
from archive.extraction.sentences import Sentence
from archive.extraction.verbs import IMPERFECT, MASDAR, PARTICIPLE, PERFECT, VerbForm
from archive.extraction.vocabulary import Vocabulary

# ومن المنتظر أن تزور … opens with its verb.
_EXPECTED = word_set("المنتظر المقرر المتوقع المرتقب المفترض يتوقع ينتظر")
_TIMES = word_set("اليوم الآن الليلة السبت الأحد الاثنين الثلاثاء الأربعاء الخميس الجمعة")
# غير أن، إلا أن: a sentence begins behind them.
_YET = word_set("غير إلا بيد على")

# A noun of the speaker's own (كلمته، خطابها) is no subject.
_POSSESSED = ("ته", "تها", "تهم", "ابه", "ابها")


def is_subject(document: Document, mention: Mention, sentence: Sentence, vocabulary: Vocabulary) -> bool:
    """Whether a mention is the subject of its clause: it opens it, or follows the word that does."""
    first = mention.first
    if mention.governed or (mention.kind == "anonymous" and first != sentence.first):
        return False
    if first == sentence.first or opens_clause(document, first, sentence):
        return True
    if first - 1 >= sentence.first and _reports(document, first - 1, vocabulary):
        return True
    return (
        first - 1 >= sentence.first
        and opens_clause(document, first - 1, sentence)
        and _verb_like(document, first - 1, vocabulary)
    )


def _reports(document: Document, place: int, vocabulary: Vocabulary) -> bool:
    """Whether a conjugated reporting verb that takes no person as its object stands at a word."""
    for prefix, word in readings(document.keys[place]):
        for form in vocabulary.verbs.get(word, ()):
            finite = prefix in ("", "و", "ف") and form.form in (PERFECT, IMPERFECT)
            if finite and not form.verb.transitive and form.verb.mood not in ("relay", "document"):
                return True
    return False


def reported_person(mention_at: Mapping[int, Mention], cue: Cue, sentence: Sentence) -> Mention | None:
    """Whom a reported clause begins with: وقال المتحدث إن الوزير شكري استعرض …، وشدد على …"""
    if cue.complement.kind != "clause":
        return None
    mention = mention_at.get(cue.complement.content)
    if mention is None or mention.kind != "person" or mention.first >= sentence.last:
        return None
    return mention


def opens_clause(document: Document, place: int, sentence: Sentence) -> bool:
    """Whether a clause begins at a word: the sentence, or after a comma or an auxiliary."""
    if place == sentence.first:
        return True
    before = document.keys[place - 1]
    gap = document.gap_before(place)
    opening = place - 1 == sentence.first or any(sign in document.gap_before(place - 1) for sign in "،,")
    if before in TURNS and place - sentence.first <= 3:
        return True
    if before == "ان" and place - sentence.first <= 4 and document.keys[place - 2] in _EXPECTED:
        return True
    if (
        before == "ان"
        and place - 2 == sentence.first
        and without_conjunction(document.keys[place - 2]) in _YET
    ):
        return True
    if before in AUXILIARIES and opening:
        return True
    return any(sign in gap for sign in "،,") and place - sentence.first <= 15


def is_writing(mention: Mention | None) -> bool:
    """Whether a mention is some writing in which the words are: في بيان."""
    return mention is not None and mention.governed and mention.group is not None and mention.group.document


def author_of(mention_ending: Mapping[int, Mention], cue: Cue, sentence: Sentence) -> Mention | None:
    """رسالة لبلينكن قال فيها: whose the message is."""
    for back in range(cue.place, max(sentence.first, cue.place - 4), -1):
        mention = mention_ending.get(back)
        if mention is not None and mention.kind in ("person", "organisation") and mention.governed:
            return mention
    return None


def opens_alone(document: Document, mention: Mention) -> bool:
    """Whether no comma stands before a mention, so that it is in apposition to nobody."""
    return not any(sign in document.gap_before(mention.first) for sign in "،,")


def before_aside(
    document: Document, mention_ending: Mapping[int, Mention], at: int, sentence: Sentence
) -> Mention | None:
    """بلينكن، من جهته، أكد: the mention before an aside in commas."""
    if not any(sign in document.gap_before(at) for sign in "،,"):
        return None
    for back in range(at - 1, max(sentence.first, at - 8), -1):
        mention = mention_ending.get(back)
        if mention is not None and any(sign in document.gap_before(back) for sign in "،,"):
            return mention if mention.first == sentence.first else None
    return None


def opens_unread(
    document: Document,
    mention_at: Mapping[int, Mention],
    cue: Cue,
    sentence: Sentence,
    vocabulary: Vocabulary,
) -> bool:
    """Whether a sentence begins with a name or a definite noun that is no mention: الخبير الفلاني، …، يرى أن.

    Its verb is then that one's, not the speaker's of a sentence before.
    """
    first, key = sentence.first, document.keys[sentence.first]
    if cue.conjoined or cue.place - first < 2 or first in mention_at or key[:1] in "وف":
        return False
    if any(sign in document.gap_before(at) for at in range(first, cue.place + 1) for sign in '"«“”»'):
        return False
    if not (key in GIVEN_NAMES or (is_definite(key) and key not in _TIMES)):
        return False
    return key not in vocabulary.weekdays and key not in vocabulary.cue("turn")


def _verb_like(document: Document, place: int, vocabulary: Vocabulary) -> bool:
    key = document.keys[place]
    bare = without_conjunction(key)
    if key in ENDINGS and bare not in ("كان", "كانت") and key not in ACTIONS:
        return False
    if key.endswith(("ات", "ه")):
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
    if is_ordinary(key, document.words[place].text) or key.endswith(_POSSESSED):
        # وأعلن تقديم 200 مليون، وختم كلمته: what the speaker before announces or ends.
        return None
    return None if key in vocabulary.cue("stance") else forms[0]
