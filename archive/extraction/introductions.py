"""Words in marks that a colon brings in without a reporting verb, perhaps on the line before them.

«بلينكن: "لا"», «ماكغورك يختصر المشهد: "…"», a speaker's line («وزير الخارجية الفرنسي لوران فابيوس:»)
with what is said on the next, and «"…". بهذه الكلمات افتتح كيري الاجتماع».
"""

from archive.arabic.clitics import readings, without_article
from archive.arabic.particles import word_set
from archive.extraction.complements import Complement, verb_at
from archive.extraction.cues import Cue
from archive.extraction.discourse import Discourse
from archive.extraction.document import Document
from archive.extraction.noun_phrases import Mention
from archive.extraction.sentences import Sentence
from archive.extraction.turns import NOBODY, Subject
from archive.extraction.verbs import MASDAR, PARTICIPLE
from archive.extraction.vocabulary import Vocabulary

_THESE_WORDS = word_set("الكلمات الكلمة العبارة العبارات الجملة الجمل الطريقة")
# تغريدة جاء فيها «…»
_RUNS = word_set("جاء جاءت ورد وردت")
_IN_IT = word_set("فيه فيها")
_LEADING = word_set("أما وأما و")
_LONGEST_LINE = 30


class Introductions:
    """Finds who speaks after a colon."""

    def __init__(self, document: Document, vocabulary: Vocabulary, discourse: Discourse) -> None:
        self.document = document
        self.vocabulary = vocabulary
        self.discourse = discourse

    def opens(self, sentence: Sentence, place: int) -> bool:
        """Whether a colon stands before a word of the sentence, or «جاء فيها»."""
        if place <= sentence.first:
            return False
        if ":" in self.document.gap_before(place):
            return True
        keys = self.document.keys
        return place - 2 > sentence.first and keys[place - 2] in _RUNS and keys[place - 1] in _IN_IT

    def speaker(self, sentence: Sentence, colon: int) -> Subject | None:
        """Who says what begins at the word ``colon``, after one; None if what is named there says nothing."""
        if self._names(colon):
            return None
        first = sentence.first
        if self.document.keys[first] in _LEADING and first + 1 < colon:
            first += 1
        mention = self.discourse.mention_at.get(first)
        if mention is not None and mention.last <= colon and not mention.governed:
            return self.said(mention, sentence)
        turn = self.discourse.turns[-1] if self.discourse.turns else None
        if turn is not None and turn.voice is not None and turn.sentence == self.discourse.sentence_number:
            return Subject(turn.voice, None, "dropped", 0.85)
        return NOBODY

    def of_line(self, sentence: Sentence) -> tuple[Subject, Cue | None] | None:
        """Who speaks on the next line, if this sentence ends its own with a colon and says nothing yet."""
        if sentence.last - sentence.first > _LONGEST_LINE:
            return None
        for place in range(sentence.last - 1, sentence.first - 1, -1):
            verb = verb_at(self.document, place, self.vocabulary)
            if verb is None:
                continue
            form = next((form for form in verb[1] if form.form != MASDAR or form.verb.lemma == "قال"), None)
            if form is None or form.verb.mood in ("praise", "label", "document"):
                continue
            complement = Complement("marked", sentence.last, sentence.last, None, True)
            cue = Cue(place, place + 1, form, verb[0] != "", complement)
            subject = self.discourse.subject_of(cue, sentence)
            if subject.voice is not None or form.form not in (PARTICIPLE, MASDAR):
                return subject, cue
        subject_here = self.speaker(sentence, sentence.last)
        return None if subject_here is None else (subject_here, None)

    def closing(self, sentence: Sentence) -> Subject | None:
        """Who said what stands before «بهذه الكلمات افتتح كيري …»."""
        keys = self.document.keys
        if sentence.last - sentence.first < 3 or keys[sentence.first] not in ("بهذه", "بهذا"):
            return None
        if keys[sentence.first + 1] not in _THESE_WORDS:
            return None
        for place in range(sentence.first + 2, min(sentence.last, sentence.first + 6)):
            mention = self.discourse.mention_at.get(place)
            if mention is not None and not mention.governed:
                return self.said(mention, sentence)
        return None

    def said(self, mention: Mention, sentence: Sentence) -> Subject:
        """The voice of a mention as a speaker."""
        voice = self.discourse.cast.resolve(mention)
        if voice is None:
            return NOBODY
        self.discourse.note(mention.first, voice, sentence, mention, reporting=True)
        surface = self.document.span(mention.first, mention.last)
        if voice.kind != "person":
            resolution = "anonymous" if voice.kind == "anonymous" else "group"
        else:
            resolution = {"full": "named", "surname": "surname"}.get(mention.form, "role")
        return Subject(voice, surface, resolution, 0.88, mention)

    def _names(self, colon: int) -> bool:
        """Whether the word before the colon says that a name or title follows (شعار: «…»)."""
        words = {word for _, word in readings(self.document.keys[colon - 1])}
        naming = self.vocabulary.cue("naming")
        return bool({without_article(word) for word in words} & naming)
