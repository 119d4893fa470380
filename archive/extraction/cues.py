"""Cues: the words that report speech, and where their complements begin.

A cue is a reporting verb in any form with a complement: a marked span, أن or إن, or a nominal that the
verb takes (شدد على ضرورة). The complement may stand far from the verb (subject, place and time between).
"""

from dataclasses import dataclass
from typing import NamedTuple

from archive.arabic.clitics import readings, without_article
from archive.arabic.particles import NEGATIONS, word_set
from archive.extraction.document import Document
from archive.extraction.labels import is_label
from archive.extraction.noun_phrases import SHADDA, SPACE, Mention
from archive.extraction.sentences import Marked, Sentence
from archive.extraction.verbs import IMPERFECT, MASDAR, PARTICIPLE, VerbForm
from archive.extraction.vocabulary import Vocabulary

_REACH = 48
_WEAK_REACH = 14
_SUFFIXES = ("", "ه", "ها", "هم", "هما", "هن", "نا", "ني", "ك", "كم")
THAT = frozenset("ان" + suffix for suffix in _SUFFIXES) | frozenset({"اننا", "انني", "انما"})
_JOINED_THAT = frozenset("ب" + word for word in THAT)
# Before أن these words open something else than speech (بعد أن، يمكن أن).
# What جدد and كرر renew: saying so.
_RENEWED = word_set("التأكيد تأكيده تأكيدها تأكيدهم القول التشديد تأكيد")
_STOPS = frozenset(".!؟?؛")


class Complement(NamedTuple):
    """What a cue governs: ``kind`` clause, noun or marked.

    ``first`` is its first word (a preposition, أن, or the first marked word), ``content`` the first word
    after أن or the preposition, ``marked`` the span that it is.
    """

    kind: str
    first: int
    content: int
    marked: Marked | None
    colon: bool


@dataclass(frozen=True, slots=True)
class Cue:
    """A reporting word at ``place``; ``last`` ends its words (مجددين التأكيد is one cue)."""

    place: int
    last: int
    form: VerbForm
    conjoined: bool
    complement: Complement

    @property
    def finite(self) -> bool:
        """Whether the cue is a conjugated verb."""
        return self.form.form not in (PARTICIPLE, MASDAR)


def is_that(key: str) -> bool:
    """Whether a folded word is أن or إن with any pronoun."""
    return key in THAT


def verb_at(
    document: Document, place: int, vocabulary: Vocabulary
) -> tuple[str, tuple[VerbForm, ...]] | None:
    """The reporting verb at a word, and the conjunction or preposition before it."""
    for prefix, word in readings(document.keys[place]):
        forms = vocabulary.verbs.get(word)
        if forms is None or prefix not in ("", "و", "ف", "ب", "وب"):
            continue
        kept = tuple(form for form in forms if "ب" not in prefix or form.form == MASDAR)
        if kept:
            return prefix, kept
    return None


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
        self.opening = {span.first: span for span in reversed(marked)}
        self.mention_at = {mention.first: mention for mention in mentions}
        self.mention_ending = {mention.last: mention for mention in mentions}
        self.masked = masked
        self.inside: dict[int, Marked] = {}
        for span in marked:
            if not self.is_label(span):
                for place in range(span.first, span.last):
                    self.inside.setdefault(place, span)

    def is_label(self, span: Marked) -> bool:
        """Whether a marked span is a name or a scare quote."""
        return is_label(self.document, span, self.vocabulary)

    def in_sentence(self, sentence: Sentence) -> list[Cue]:
        """The cues of a sentence, in order, those inside quotations left out."""
        found: list[Cue] = []
        for place in range(sentence.first, sentence.last):
            if place in self.inside or place in self.masked:
                continue
            verb = verb_at(self.document, place, self.vocabulary)
            if verb is None:
                continue
            cue = self._cue(place, verb[0], verb[1], sentence)
            if cue is not None:
                found.append(cue)
        return found

    def _cue(self, place: int, prefix: str, forms: tuple[VerbForm, ...], sentence: Sentence) -> Cue | None:
        keys = self.document.keys
        before = keys[place - 1] if place > sentence.first else ""
        if not prefix and before in NEGATIONS and forms[0].form != MASDAR:
            return None
        if forms[0].verb.mood == "document" and not self._in_document(place):
            return None
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
            last = place + 1
            if form.verb.mood == "renewal":
                renewed = self._renewed(last, sentence)
                last = renewed or last
                complement = self._complement(form, last, sentence, renewed=renewed is not None)
            else:
                complement = self._complement(form, last, sentence, renewed=False)
            if complement is not None:
                return Cue(place, last, form, prefix != "", complement)
        return None

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
        return before != "من" and (self._clause_next(place) or (prefix == "و" and subject))

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

    def _renewed(self, place: int, sentence: Sentence) -> int | None:
        """مجددين التأكيد، جدد بلينكن التأكيد: the end of the masdar that the verb renews."""
        for at in range(place, min(place + 8, sentence.last)):
            if self.document.keys[at] in _RENEWED:
                return at + 1 if at == place else None
        return None

    def _complement(
        self, form: VerbForm, start: int, sentence: Sentence, *, renewed: bool
    ) -> Complement | None:
        document, verb = self.document, form.verb
        clause = verb.clause | ({"", "علي"} if verb.mood == "renewal" else frozenset())
        weak = verb.mood in ("weak", "relay") and form.form != PARTICIPLE
        reach = min(sentence.last, start + (_WEAK_REACH if weak else _REACH))
        at = start
        while at < reach:
            if at in self.masked:
                at += 1
                continue
            key, gap = document.keys[at], document.gap_before(at)
            if any(sign in _STOPS for sign in gap) and at > start:
                return None
            colon = ":" in gap
            span = self.opening.get(at)
            if span is not None and (colon or not self.is_label(span)):
                if colon or self._introduces(at, start, form, clause):
                    return Complement("marked", at, at, span, colon)
                at = span.last
                continue
            if span is not None:
                at = span.last
                continue
            if colon and at > start and verb.mood not in ("weak", "label", "praise"):
                return Complement("clause", at, at, None, True)
            if at > start and at not in self.mention_at and self._is_finite_cue(at, gap):
                return None
            found = self._clause_at(at, start, key, clause, verb.mood)
            if found is not None:
                return self._opened(found, reach)
            mention = self.mention_at.get(at)
            if mention is not None and mention.last > at:
                noun = self._noun_at(at, start, key, form)
                if noun is not None:
                    return noun
                at = mention.last
                continue
            noun = self._noun_at(at, start, key, form)
            if noun is not None:
                return noun
            at += 1
        return None

    def _opened(self, found: tuple[int, int], reach: int) -> Complement:
        """A clause, or the marked span that the whole of it is."""
        first, content = found
        span = self.opening.get(content)
        if span is not None and not self.is_label(span):
            return Complement("marked", first, content, span, False)
        return Complement("clause", first, content, None, False)

    def _clause_at(
        self, at: int, start: int, key: str, clause: frozenset[str], mood: str
    ) -> tuple[int, int] | None:
        keys = self.document.keys
        if mood in ("label", "praise"):
            return None
        if is_that(key) and "" in clause:
            before = keys[at - 1] if at > start else ""
            if before in self.vocabulary.cue("trap"):
                return None
            if before in ("علي", "الي", "عن", "من", "في", "ل"):
                return None
            return at, at + 1
        if key in _JOINED_THAT and clause & {"ب", ""}:
            return at, at + 1
        if key in clause and key and at + 1 < len(keys) and is_that(keys[at + 1]):
            return at, at + 2
        return None

    def _introduces(self, at: int, start: int, form: VerbForm, clause: frozenset[str]) -> bool:
        """Whether a marked span at ``at`` stands where the cue's complement stands."""
        keys = self.document.keys
        if at == start:
            return form.verb.mood != "label"
        before = keys[at - 1]
        gap = self.document.gap_before(at)
        if (
            is_that(before)
            or before in _JOINED_THAT
            or before in form.verb.noun
            or before in form.verb.clause
        ):
            return before != ""
        if before in ("ب", "ل") and "ب" in form.verb.noun:
            return True
        if form.verb.mood in ("assertion", "continuation", "document") and form.form != PARTICIPLE:
            return True
        return at in self.mention_ending or gap.strip(SPACE)[:1] in ("،", ",")

    def _is_finite_cue(self, at: int, gap: str) -> bool:
        verb = verb_at(self.document, at, self.vocabulary)
        if verb is None:
            return False
        form = verb[1][0]
        if form.form == MASDAR and form.verb.lemma == "قال":
            return True
        strong = form.verb.mood in ("assertion", "directive", "renewal") or (
            form.verb.mood == "continuation" and "" in form.verb.clause
        )
        if form.form == PARTICIPLE:
            return strong and any(sign in gap for sign in "،,") and at + 1 < len(self.document.keys)
        return strong and form.form != MASDAR and form.verb.lemma not in ("أبدى",)

    def _noun_at(self, at: int, start: int, key: str, form: VerbForm) -> Complement | None:
        """A nominal complement: after the verb's preposition, or a stance noun as its object."""
        verb, keys = form.verb, self.document.keys
        if at > start + 26:
            return None
        if key in verb.noun and key:
            following = at + 1
            if following >= len(keys) or is_that(keys[following]):
                return None
            if not (self._reached_through_subject(at, start) or self._is_stance(keys[following])):
                return None
            span = self.opening.get(following)
            if span is not None and not self.is_label(span):
                return Complement("marked", at, following, span, False)
            return None if verb.mood == "praise" else Complement("noun", at, following, None, False)
        if verb.mood == "praise":
            return None
        if "ب" in verb.noun and key.startswith("ب") and self._is_stance(key[1:]):
            return Complement("noun", at, at, None, False)
        if verb.mood == "renewal" and key in _RENEWED:
            return None
        if verb.mood == "renewal" and key == "علي" and keys[at - 1] in _RENEWED and at + 1 < len(keys):
            return None if is_that(keys[at + 1]) else Complement("noun", at, at + 1, None, False)
        if "" in verb.noun and self._is_stance(key) and self._reached_through_subject(at, start):
            return Complement("noun", at, at, None, False)
        return None

    def _is_stance(self, key: str) -> bool:
        stance = self.vocabulary.cue("stance")
        if key in stance or without_article(key) in stance:
            return True
        for pronoun in ("هم", "ها", "هما", "ه"):
            base = key.removesuffix(pronoun)
            if base != key and (base in stance or (base.endswith("ت") and base[:-1] + "ه" in stance)):
                return True
        return False

    def _reached_through_subject(self, at: int, start: int) -> bool:
        """Whether only a subject and asides in commas stand between the cue and a nominal complement."""
        if at == start:
            return True
        before = self.document.gap_before(at)
        if before.strip(SPACE)[:1] in ("،", ",") or ")" in before:
            return True
        back = at
        adverbs = self.vocabulary.cue("adverb")
        while back > start and (
            self.document.keys[back - 1] in adverbs
            or self.document.keys[back - 1] in self.vocabulary.weekdays
        ):
            back -= 1
        if back in self.mention_ending and start <= self.mention_ending[back].first:
            return True
        return at - start <= 4
