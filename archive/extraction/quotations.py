"""Quotations of a text: cues, their complements' extents, the marked spans in them, and who said them."""

from bisect import bisect_right

from archive.extraction.complements import Complement
from archive.extraction.cues import Cue, Cues
from archive.extraction.discourse import Discourse
from archive.extraction.document import Block, Document
from archive.extraction.extents import (
    before_introduction,
    breaks,
    cut_before,
    goes_on,
    next_cut,
    opens_remark,
    spans_within,
    they_went_on,
)
from archive.extraction.labels import is_fragment
from archive.extraction.loose_ends import SHORTEST, SURE, LooseEnds
from archive.extraction.noun_phrases import Mention
from archive.extraction.quotes import Collector, Quote
from archive.extraction.sentences import Marked, Passage, Sentence
from archive.extraction.sources import SourcePhrase, find_source_phrases, outlet_of
from archive.extraction.turns import NOBODY, Subject
from archive.extraction.verbs import IMPERFECT, MASDAR, PARTICIPLE, PERFECT
from archive.extraction.vocabulary import Vocabulary

_VIA = 4


def _first(phrase: SourcePhrase) -> int:
    return phrase.first


class Reporter:
    """Reads the passages of a text in order and collects its quotations."""

    def __init__(self, document: Document, vocabulary: Vocabulary, discourse: Discourse) -> None:
        self.document = document
        self.vocabulary = vocabulary
        self.discourse = discourse
        self.collector = Collector(document)
        self.loose = LooseEnds(document, vocabulary, discourse, self.collector)
        self.labels: list[Marked] = []
        # Who speaks on the line after a colon, and the last marked sentence that nobody has claimed.
        self.expected: tuple[Subject, Cue | None] | None = None
        self.unclaimed: tuple[Marked, Sentence] | None = None

    def read(self, passage: Passage, mentions: list[Mention]) -> None:
        """Collect the quotations of one paragraph."""
        self.discourse.enter_paragraph(mentions)
        by_first = {mention.first: mention for mention in mentions}
        quoted = {
            place for span in passage.marked if span.size >= SURE for place in range(span.first, span.last)
        }
        sources = {
            sentence.first: find_source_phrases(self.document, sentence, by_first, self.vocabulary, quoted)
            for sentence in passage.sentences
        }
        masked = {
            place
            for found in sources.values()
            for phrase in found
            for place in range(phrase.first, phrase.last)
        }
        cues = Cues(self.document, self.vocabulary, passage.marked, mentions, masked)
        self.collector.used.clear()
        self._answer(passage)
        waiting = [span for span in passage.marked if span.pair.depth == 0 or span.pair.shared]
        at = 0
        for sentence in passage.sentences:
            spans = []
            while at < len(waiting) and waiting[at].first < sentence.last:
                spans.append(waiting[at])
                at += 1
            self._sentence(sentence, spans, cues, sources[sentence.first])
        if passage.sentences and self.document.text[passage.block.end - 1] == ":":
            self.expected = self.loose.introductions.of_line(passage.sentences[-1])
        for span in passage.marked:
            if span.first not in self.collector.used:
                self.labels.append(span)

    def _answer(self, passage: Passage) -> None:
        """Give the marked words at the beginning of a paragraph to the speaker whom the line before named."""
        expected, self.expected = self.expected, None
        span = passage.marked[0] if passage.marked else None
        if expected is None or span is None or span.first != passage.block.first or span.size < SHORTEST:
            return
        subject, cue = expected
        self.collector.direct(span, "full", cue, subject, passage.sentences[0], None, ())

    def read_heading(self, block: Block, passage: Passage, mentions: list[Mention]) -> None:
        """«بلينكن: مهمتنا لم تكتمل» in a headline: what stands after the colon, perhaps not verbatim."""
        first = next((mention for mention in mentions if mention.first == block.first), None)
        if first is None:
            self._captioned(block, passage, mentions)
            return
        colon = next(
            (
                at
                for at in range(first.last, min(block.last, first.last + 6))
                if ":" in self.document.gap_before(at)
            ),
            None,
        )
        if colon is None or block.last - colon < SHORTEST:
            return
        if any(form.form == IMPERFECT for form in self.vocabulary.verbs.get(self.document.keys[colon], ())):
            # «بوريطة: يكشف عدد …»: somebody tells of him.
            return
        start, end = self.document.words[colon].start, block.end
        span = next((span for span in passage.marked if span.first == colon), None)
        if span is not None and span.size >= SHORTEST:
            start, end = span.pair.inner_start, span.pair.inner_end
        self._headline(block, first, start, end)

    def _captioned(self, block: Block, passage: Passage, mentions: list[Mention]) -> None:
        """«"…": بلينكن» in a headline: who says what its marks hold stands after them."""
        span = next((span for span in passage.marked if span.first == block.first), None)
        after = next((mention for mention in mentions if span and mention.first == span.last), None)
        if span is None or after is None or span.size < SHORTEST or after.last != block.last:
            return
        if any(sign in self.document.gap_before(after.first) for sign in ":-–—"):
            self._headline(block, after, span.pair.inner_start, span.pair.inner_end)

    def _headline(self, block: Block, mention: Mention, start: int, end: int) -> None:
        voice = self.discourse.cast.resolve(mention)
        subject = NOBODY
        if voice is not None:
            surface = self.document.span(mention.first, mention.last)
            subject = Subject(voice, surface, "surname" if mention.form == "surname" else "named", 0.9)
        self.collector.quotes.append(Quote("direct", "headline", start, end, block.last, None, subject, None))

    def _sentence(
        self, sentence: Sentence, spans: list[Marked], cues: Cues, sources: list[SourcePhrase]
    ) -> None:
        found = cues.in_sentence(sentence)
        if self.unclaimed is not None:
            self._claim_before(sentence)
        self.discourse.enter_sentence(sentence, found[0].place if found else None)
        accepted: list[tuple[Cue, Subject]] = []
        for cue in found:
            if accepted and not breaks(
                self.document, cue, accepted[-1][0], sources, self.discourse.mention_at
            ):
                continue
            subject = NOBODY if cue.anonymous else self.discourse.subject_of(cue, sentence)
            if subject.voice is None and not self._stands_alone(cue, sentence):
                continue
            if cue.form.form == IMPERFECT and cue.form.verb.mood == "directive" and subject.surface is None:
                continue
            if accepted and accepted[-1][0].complement.first == cue.complement.first:
                # Two words before one clause: the nearer one's, unless that is a noun.
                if cue.form.form == MASDAR:
                    continue
                accepted.pop()
            accepted.append((cue, subject))
            if subject.voice is not None:
                self.discourse.note(cue.place, subject.voice, sentence, subject.mention, reporting=True)
            elif cue.finite:
                self.discourse.note_unknown(cue, sentence)
        free = [
            span
            for span in spans
            if not cues.is_label(span) or is_fragment(self.document, span, self.vocabulary)
        ]
        cuts = self._cuts(sentence, accepted, sources, free) if accepted else []
        for cue, subject in accepted:
            self._report(cue, subject, sentence, cuts, free, sources)
        rest = [span for span in free if span.first not in self.collector.used and not span.pair.open_ended]
        parent = self.loose.fronted(sentence, sources) if sources and not accepted else None
        for span in rest:
            self.loose.claim(span, sentence, accepted, sources, parent)
            if span.first not in self.collector.used and span.last == sentence.last:
                self.unclaimed = span, sentence
        self.discourse.leave_sentence(sentence)
        if not accepted and not any(
            quote.paragraph == sentence.paragraph and quote.last > sentence.first
            for quote in self.collector.quotes[-3:]
        ):
            self.loose.postposed(sentence, sources)

    def _cuts(
        self,
        sentence: Sentence,
        accepted: list[tuple[Cue, Subject]],
        sources: list[SourcePhrase],
        free: list[Marked],
    ) -> list[int]:
        """The places, in order, before which a complement of the sentence ends."""
        cuts = [
            cut_before(self.document, cue, sentence.first, self.discourse.mention_ending)
            for cue, _ in accepted
        ]
        cuts += [
            phrase.first
            for phrase in sources
            if phrase.first > sentence.first and not self._in_passing(phrase, sentence)
        ]
        many = any(self._are_many(cue, subject) for cue, subject in accepted)
        quoted = {place for span in free for place in range(span.first + 1, span.last)}
        for place in range(accepted[0][0].last, sentence.last):
            if place in quoted:
                continue
            if opens_remark(self.document, place, self.vocabulary) or (
                many and they_went_on(self.document, place)
            ):
                cuts.append(place)
        return sorted(cuts)

    def _in_passing(self, phrase: SourcePhrase, sentence: Sentence) -> bool:
        """«خسر، وفق أرقامه، 40 في المئة»: an aside that names nobody, amid a clause."""
        named = phrase.own or phrase.mention is not None
        if named or outlet_of(self.document, phrase, self.vocabulary) is not None:
            return False
        return sentence.last - phrase.last > 2 and phrase.last - phrase.first <= 3

    def _are_many(self, cue: Cue, subject: Subject) -> bool:
        if cue.form.number == "p" or (subject.voice is not None and subject.voice.members):
            return True
        return subject.mention is not None and subject.mention.number == "p"

    def _claim_before(self, sentence: Sentence) -> None:
        """«"…". بهذه الكلمات افتتح كيري الاجتماع»: the marked sentence before was his."""
        assert self.unclaimed is not None
        (span, said_in), self.unclaimed = self.unclaimed, None
        if span.last != sentence.first:
            return
        subject = self.loose.introductions.closing(sentence)
        if subject is not None:
            self.collector.direct(span, "full", None, subject, said_in, None, ())
            self.labels = [label for label in self.labels if label is not span]

    def _stands_alone(self, cue: Cue, sentence: Sentence) -> bool:
        """Whether a cue without a speaker is sure to report speech."""
        form, kind = cue.form, cue.complement.kind
        if kind == "clause" and cue.complement.colon:
            return False
        if form.verb.mood in ("assertion", "continuation", "renewal") or kind == "marked":
            return True
        if form.form == PARTICIPLE and kind == "clause" and self.document.keys[cue.place].endswith("ا"):
            # معتبرا أن
            return True
        if form.verb.mood == "weak" and kind == "clause" and cue.finite and not form.verb.transitive:
            # ورأت الباحثة فلانة أن: whoever it is, somebody is named; رأت أن, رسالة أقر فيها بأن.
            words = cue.complement.first - cue.last
            if form.form == PERFECT and (words == 0 or self.document.keys[cue.last] in ("فيه", "فيها")):
                return True
            opens = cue.place == sentence.first or "،" in self.document.gap_before(cue.place)
            return words > 0 and opens
        return form.verb.mood == "directive" and kind == "clause"

    def _report(
        self,
        cue: Cue,
        subject: Subject,
        sentence: Sentence,
        cuts: list[int],
        free: list[Marked],
        sources: list[SourcePhrase],
    ) -> None:
        complement = cue.complement
        end = next_cut(cuts, max(complement.first, cue.place), sentence.last)
        via = tuple(
            handed_on
            for phrase in sources[bisect_right(sources, cue.place, key=_first) :][:_VIA]
            if phrase.first < complement.first
            and (handed_on := outlet_of(self.document, phrase, self.vocabulary)) is not None
        )
        parent: int | None = None
        if complement.marked is not None:
            span = complement.marked
            if (
                goes_on(self.document, span, end, self.vocabulary)
                and not complement.colon
                and complement.first < span.first
            ):
                parent = self.collector.indirect(cue, subject, sentence, complement, end, via)
            form = "full" if complement.first == span.first else "clause"
            self.collector.direct(span, form, cue, subject, sentence, parent, via)
        else:
            end = before_introduction(self.document, complement.content, end, free)
            inner = [span for span in spans_within(free, complement.content, end) if not span.pair.open_ended]
            leading = inner[0].first - complement.content if inner else 99
            covers = bool(inner) and inner[0].last >= end - 1
            nominal = complement.kind == "noun" and cue.form.verb.mood != "directive"
            if not (nominal and leading <= 1 and covers) and not self._too_short(complement, end):
                parent = self.collector.indirect(cue, subject, sentence, complement, end, via)
            for span in inner:
                self.collector.direct(
                    span, "clause" if span.size >= 5 else "fragment", cue, subject, sentence, parent, via
                )

    def _too_short(self, complement: Complement, end: int) -> bool:
        return end - complement.content < (2 if complement.kind == "clause" else 1)
