"""Cues: the words that report speech, and where their complements begin.

A cue is a reporting verb in any form with a complement: a marked span, أن or إن, or a nominal that the
verb takes (شدد على ضرورة). The complement may stand far from the verb (subject, place and time between).
"""

from dataclasses import dataclass

from archive.arabic.clitics import without_conjunction
from archive.arabic.particles import NEGATIONS
from archive.extraction.complements import RENEWED, UNSAID, Complement, Complements, is_that, verbs_at
from archive.extraction.document import Document
from archive.extraction.noun_phrases import SHADDA, Mention
from archive.extraction.sentences import Marked, Sentence
from archive.extraction.stances import is_stance
from archive.extraction.verbs import IMPERFECT, MASDAR, PARTICIPLE, PERFECT, VerbForm
from archive.extraction.vocabulary import Vocabulary

# سارع إلى التأكيد: before a masdar with the article.
_RELAY = 24
_SENTENCE = 5
_HEADING = 9
_RULING = ("الي", "علي")
# ردا على من يقول إن …: nobody in particular.
_WHOEVER = ("من", "لمن", "ممن", "كل")


@dataclass(frozen=True, slots=True)
class Cue:
    """A reporting word at ``place``; ``last`` ends its words (مجددين التأكيد is one cue).

    ``anonymous``: nobody can be named for it.
    """

    place: int
    last: int
    form: VerbForm
    conjoined: bool
    complement: Complement
    anonymous: bool = False

    @property
    def finite(self) -> bool:
        """Whether the cue is a conjugated verb."""
        return self.form.form not in (PARTICIPLE, MASDAR)


class Cues:
    """Finds the cues of one paragraph."""

    def __init__(
        self,
        document: Document,
        vocabulary: Vocabulary,
        marked: tuple[Marked, ...],
        mentions: list[Mention],
        masked: set[int],
    ) -> None:
        self.document = document
        self.vocabulary = vocabulary
        self.mention_at = {mention.first: mention for mention in mentions}
        self.masked = masked
        self.complements = Complements(document, vocabulary, marked, mentions, masked)
        self.inside: dict[int, Marked] = {}
        for span in marked:
            if not self.is_label(span) and not (span.pair.open_ended and not self._brought_in(span)):
                for place in range(span.first, span.last):
                    self.inside.setdefault(place, span)

    def is_label(self, span: Marked) -> bool:
        """Whether a marked span is a name or a scare quote."""
        return self.complements.is_label(span)

    def _brought_in(self, span: Marked) -> bool:
        """Whether something says that a mark which nothing closes begins a quotation."""
        if not span.first or "\n" in self.document.gap_before(span.first):
            return True
        before = self.document.keys[span.first - 1]
        if ":" in self.document.gap_before(span.first) or is_that(before.removeprefix("ب")):
            return True
        verb = next(verbs_at(self.document, span.first - 1, self.vocabulary), None)
        return verb is not None or before in _RULING

    def in_sentence(self, sentence: Sentence) -> list[Cue]:
        """The cues of a sentence, in order, those inside quotations left out."""
        found: list[Cue] = []
        for place in range(sentence.first, sentence.last):
            if place in self.inside or place in self.masked:
                continue
            for prefix, forms in verbs_at(self.document, place, self.vocabulary):
                cue = self._cue(place, prefix, forms, sentence)
                if cue is not None:
                    found.append(cue)
                    break
        return found

    def _cue(self, place: int, prefix: str, forms: tuple[VerbForm, ...], sentence: Sentence) -> Cue | None:
        keys = self.document.keys
        before = keys[place - 1] if place > sentence.first else ""
        if without_conjunction(keys[place]) == "ردا" and keys[place + 1 : place + 2] == ("علي",):
            return None
        if before in UNSAID and forms[0].form == PERFECT:
            return None
        if before in _WHOEVER and forms[0].form == IMPERFECT:
            return None
        negated = before in NEGATIONS or without_conjunction(before) in ("لم", "لن")
        if negated and not prefix and forms[0].form != MASDAR and not self._adds(place, sentence, forms[0]):
            return None
        if forms[0].verb.mood == "document" and not self._in_document(place):
            return self._in_writing(place, prefix, forms, sentence)
        if forms[0].verb.lemma == "بين" and not self._shows(place, prefix, before):
            return None
        if before in self.vocabulary.cue("impersonal"):
            return None
        for form in forms:
            if (
                form.form == IMPERFECT
                and keys[place] in self.vocabulary.cue("impersonal")
                and self._clause_next(place)
            ):
                continue
            ruled = "ب" in prefix or before in _RULING
            if form.definite and not ruled and not self._handed_on(place, sentence, form):
                continue
            if keys[place] == "مجددا" and not self._renews(place, sentence):
                continue
            last = place + 1
            if form.verb.mood == "renewal":
                renewed = self._renewed(last, sentence)
                last = renewed or last
                complement = self.complements.of(form, last, sentence, renewed=renewed is not None)
            else:
                complement = self.complements.of(form, last, sentence, renewed=False)
            if complement is not None:
                return Cue(place, last, form, prefix != "" or before == "و", complement)
        return None

    def _handed_on(self, place: int, sentence: Sentence, form: VerbForm) -> bool:
        """نقلت وكالة … عن فلان القول إن: القول as the object of a relay."""
        if form.verb.lemma != "قال":
            return False
        for at in range(place - 1, max(sentence.first, place - _RELAY) - 1, -1):
            verb = next(verbs_at(self.document, at, self.vocabulary), None)
            if verb is not None and verb[1][0].verb.mood == "relay":
                return True
        return False

    def _adds(self, place: int, sentence: Sentence, form: VerbForm) -> bool:
        """قبل أن يضيف، بعد أن قال، ما وصفه بـ: what stands before the verb does not unsay it."""
        if form.object and self.document.keys[place - 1] == "ما":
            return True
        before = self.document.keys[max(sentence.first, place - 2) : place]
        return before in (("قبل", "ان"), ("بعد", "ان"))

    def _shows(self, place: int, prefix: str, before: str) -> bool:
        """بيّن أن is a verb, بين is a preposition: a doubled letter, أن right after it, or «وبين X أن»."""
        if SHADDA in self.document.words[place].text:
            return True
        following = self.mention_at.get(place + 1)
        subject = (
            following is not None
            and following.last < len(self.document.keys)
            and is_that(self.document.keys[following.last])
        )
        aside = prefix == "و" and "،" in self.document.gap_before(place + 1)
        return before != "من" and (self._clause_next(place) or aside or (prefix == "و" and subject))

    def _in_writing(
        self, place: int, prefix: str, forms: tuple[VerbForm, ...], sentence: Sentence
    ) -> Cue | None:
        """وجاء في رسالة بعث بها «…»: some writing whose author is not known here."""
        if place != sentence.first or place + 1 >= sentence.last or self.document.keys[place + 1] != "في":
            return None
        complement = self.complements.of(forms[0], place + 1, sentence, renewed=False)
        if complement is None or complement.marked is None or complement.marked.size < _SENTENCE:
            return None
        if complement.first - place > _HEADING and not complement.colon:
            return None
        return Cue(place, place + 1, forms[0], prefix != "", complement, anonymous=True)

    def _in_document(self, place: int) -> bool:
        """جاء في البيان: whether a document follows."""
        mention = self.mention_at.get(place + 2)
        return (
            mention is not None
            and mention.group is not None
            and mention.group.document
            and self.document.keys[place + 1] == "في"
        )

    def _clause_next(self, place: int) -> bool:
        return place + 1 < len(self.document.keys) and is_that(self.document.keys[place + 1])

    def _renews(self, place: int, sentence: Sentence) -> bool:
        """مجددا التأكيد، مجددا دعم بلاده; not أكد مجددا على."""
        following = self.document.keys[place + 1] if place + 1 < sentence.last else ""
        return following in RENEWED or is_stance(following, self.vocabulary)

    def _renewed(self, place: int, sentence: Sentence) -> int | None:
        """مجددين التأكيد، جدد بلينكن التأكيد: the end of the masdar that the verb renews."""
        for at in range(place, min(place + 8, sentence.last)):
            if self.document.keys[at] in RENEWED:
                return at + 1 if at == place else None
        return None
