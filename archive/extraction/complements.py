"""Where the complement of a reporting word begins: a marked span, أن or إن, or a nominal.

The complement may stand far from the word (subject, place and time between); what a verb takes is said
by its entry in the lexicon.
"""

from collections.abc import Iterator
from typing import NamedTuple

from archive.arabic.clitics import readings
from archive.arabic.names import ADDRESSED
from archive.arabic.particles import word_set
from archive.extraction.document import Document
from archive.extraction.labels import is_label, is_name, is_phrase
from archive.extraction.noun_phrases import SHADDA, SPACE, Mention
from archive.extraction.sentences import Marked, Sentence
from archive.extraction.stances import THANKS, follows_subject, is_stance
from archive.extraction.verbs import IMPERFECT, MASDAR, PARTICIPLE, PERFECT, VerbForm
from archive.extraction.vocabulary import Vocabulary

_REACH = 48
_WEAK_REACH = 30
_SUFFIXES = ("", "ه", "ها", "هم", "هما", "هن", "نا", "ني", "ك", "كم")
THAT = frozenset("ان" + suffix for suffix in _SUFFIXES) | frozenset({"اننا", "انني", "انما"})
_JOINED_THAT = frozenset("ب" + word for word in THAT)
# What جدد and كرر renew: saying so.
RENEWED = word_set("التأكيد تأكيده تأكيدها تأكيدهم القول التشديد تأكيد")
# من دون ذكر اسمه: before the noun that looks like the verb.
UNSAID = ("عدم", "دون", "بدون", "غير")
_PREPOSITIONS_OF_CLAUSES = ("الي", "علي", "عن", "ب")
# Marked words are a sentence of their own from so many; a weak verb brings them in from so near.
_SENTENCE = 5
_WEAK_MARKED = 14
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


def is_that(key: str) -> bool:
    """Whether a folded word is أن or إن with any pronoun."""
    return key in THAT


def verb_at(
    document: Document, place: int, vocabulary: Vocabulary
) -> tuple[str, tuple[VerbForm, ...]] | None:
    """The reporting verb at a word, and the conjunction or preposition before it (ليؤكد, بالقول)."""
    return next(verbs_at(document, place, vocabulary), None)


def verbs_at(
    document: Document, place: int, vocabulary: Vocabulary
) -> Iterator[tuple[str, tuple[VerbForm, ...]]]:
    """All readings of a word as a reporting verb: ورد is ورد and و + رد.

    سموه is a form of address; عقب before a noun and عبر without عن are prepositions.
    """
    if document.keys[place] in ADDRESSED or _is_preposition(document, place):
        return
    for prefix, word in readings(document.keys[place]):
        forms = vocabulary.verbs.get(word)
        if forms is None or prefix not in ("", "و", "ف", "ب", "وب", "ل"):
            continue
        if "ب" in prefix:
            forms = tuple(form for form in forms if form.form == MASDAR)
        elif prefix == "ل":
            forms = tuple(form for form in forms if form.form == IMPERFECT)
        if forms:
            yield prefix, forms


def _is_preposition(document: Document, place: int) -> bool:
    keys = document.keys
    if keys[place] == "عبر":
        return SHADDA not in document.words[place].text and "عن" not in keys[place + 1 : place + 12]
    if keys[place] != "عقب" or place + 1 >= len(keys):
        return False
    return document.gap_before(place + 1).isspace() and document.keys[place + 1] not in ("علي", "قايلا")


class Complements:
    """Finds the complements of the reporting words of one paragraph."""

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
        self.called = {
            place: mention.last
            for mention in mentions
            if mention.kind == "person"
            for place in range(mention.first, mention.last)
        }

    def is_label(self, span: Marked) -> bool:
        """Whether a marked span is a name, a part of one, or a scare quote."""
        if self.called.get(span.first, 0) >= span.last:
            return True
        return is_label(self.document, span, self.vocabulary)

    def of(self, form: VerbForm, start: int, sentence: Sentence, *, renewed: bool) -> Complement | None:
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
            if any(sign in _STOPS for sign in gap) and gap != "." and at > start:
                opened = "؛" in gap and self._clause_at(at, start, key, clause, verb.mood)
                return self._opened(opened, reach) if opened else None
            colon = ":" in gap
            span = self.opening.get(at)
            if span is not None and self._object(span, at, start, form):
                return Complement("marked", at, at, span, colon)
            if span is not None and (colon or not self.is_label(span)):
                if colon or (
                    self._introduces(at, start, form, clause) and not self._clause_after(span, reach)
                ):
                    return Complement("marked", at, at, span, colon)
                at = span.last
                continue
            if span is not None:
                at = span.last
                continue
            if colon and at > start and verb.mood not in ("weak", "label", "praise"):
                if is_that(key) and at + 1 in self.opening:
                    return self._opened((at, at + 1), reach)
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

    def _clause_after(self, span: Marked, reach: int) -> bool:
        """وترى الباحثة في «مركز …» لينا توريس أن: the verb's clause comes after the marks."""
        before = self.document.keys[span.first - 1]
        if is_that(before) or before in _JOINED_THAT or before in _PREPOSITIONS_OF_CLAUSES:
            return False
        for at in range(span.last, min(span.last + 8, reach)):
            key = self.document.keys[at]
            stopped = any(sign in self.document.gap_before(at) for sign in "،,:؛.") or key[:1] == "و"
            if stopped or at in self.opening or verb_at(self.document, at, self.vocabulary) is not None:
                return False
            if is_that(key) or key in _JOINED_THAT:
                return self.document.keys[at - 1] not in self.vocabulary.cue("trap")
        return False

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
        if is_that(key) and "" in clause and at not in self.opening:
            before = keys[at - 1] if at > start else ""
            if before in self.vocabulary.cue("trap"):
                return None
            if before in ("علي", "الي", "عن", "من", "في", "ل"):
                return None
            return at, at + 1
        if key in _JOINED_THAT and clause & {"ب", ""}:
            return at, at + 1
        if key in clause and key and at + 1 < len(keys) and is_that(keys[at + 1]):
            # إلى «أن …»: أن stands inside the marks.
            return at, at + 1 if at + 1 in self.opening else at + 2
        return None

    def _object(self, span: Marked, at: int, start: int, form: VerbForm) -> bool:
        """Whether two marked words are the verb's object: أكد فابيوس «التصميم التام»، وصفه بأنه «مهم جدا»."""
        before = self.document.keys[at - 1]
        if span.size == 1 and form.verb.transitive and before == "ب" and before in form.verb.noun:
            # اتهمه بـ«الفشل»: one word will do.
            return not is_name(self.document, span, self.vocabulary)
        if not is_phrase(self.document, span, self.vocabulary):
            return False
        if before in form.verb.noun or (before in _JOINED_THAT and form.verb.mood == "label"):
            return before != ""
        if at == start:
            return form.object
        return at in self.mention_ending and "" in form.verb.noun

    def _introduces(self, at: int, start: int, form: VerbForm, clause: frozenset[str]) -> bool:
        """Whether a marked span at ``at`` stands where the cue's complement stands."""
        keys, span = self.document.keys, self.opening[at]
        if at == start:
            return form.verb.mood != "label" or form.object
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
        first = keys[at]
        if form.verb.mood in ("directive", "weak") and span.size >= _SENTENCE:
            # طالب فارس «بضرورة تقديم …»: the preposition stands inside the marks.
            taken = clause | form.verb.noun
            if first in taken or is_that(first) or ("ب" in taken and first.startswith("ب")):
                return True
        if (
            form.verb.mood == "weak"
            and span.size >= _SENTENCE
            and "" in clause
            and at - start <= _WEAK_MARKED
        ):
            # وذكر بيان للوزارة أمس «تأكد لدينا …»
            return form.form in (PERFECT, IMPERFECT)
        if form.verb.lemma == "اعتبر" and at - start <= 3:
            return span.size > 2
        if form.verb.mood in ("assertion", "continuation", "document") and form.form != PARTICIPLE:
            return True
        return at in self.mention_ending or gap.strip(SPACE)[:1] in ("،", ",")

    def _is_finite_cue(self, at: int, gap: str) -> bool:
        verb = verb_at(self.document, at, self.vocabulary)
        if verb is None:
            return False
        form = verb[1][0]
        if form.number == "d" or self.document.keys[at - 1] in UNSAID:
            # طالبا عدم كشف هويته: no verbs here.
            return False
        if form.verb.mood == "weak" and form.form == PERFECT and at + 1 < len(self.document.keys):
            # ردا على سؤال عن …، رأى كيري أن: the clause is that verb's.
            comma = any(sign in gap for sign in "،,")
            return comma and (at + 1 in self.mention_at or is_that(self.document.keys[at + 1]))
        if form.form == MASDAR and form.verb.lemma == "قال":
            return not form.definite or "ب" in verb[0]
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
            if following >= len(keys) or is_that(keys[following]) or keys[following] == "لسان":
                return None
            if not (
                follows_subject(self.document, at, start, self.mention_ending, self.vocabulary)
                or is_stance(keys[following], self.vocabulary)
            ):
                return None
            span = self.opening.get(following)
            if span is not None and (not self.is_label(span) or self._object(span, following, start, form)):
                return Complement("marked", at, following, span, False)
            if verb.mood in ("praise", "label") or keys[following] in THANKS:
                return None
            return Complement("noun", at, following, None, False)
        if verb.mood in ("praise", "label"):
            return None
        if "ب" in verb.noun and key.startswith("ب") and is_stance(key[1:], self.vocabulary):
            return Complement("noun", at, at, None, False)
        if verb.mood == "renewal" and key in RENEWED:
            return None
        if verb.mood == "renewal" and key == "علي" and keys[at - 1] in RENEWED and at + 1 < len(keys):
            return None if is_that(keys[at + 1]) else Complement("noun", at, at + 1, None, False)
        if (
            "" in verb.noun
            and is_stance(key, self.vocabulary, definite=at == start)
            and follows_subject(self.document, at, start, self.mention_ending, self.vocabulary)
        ):
            return Complement("noun", at, at, None, False)
        return None
