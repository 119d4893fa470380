"""Quotations of a text: cues, their complements' extents, the marked spans in them, and who said them."""

from bisect import bisect_right

from archive.extraction.cues import Complement, Cue, Cues
from archive.extraction.discourse import Discourse
from archive.extraction.document import Block, Document
from archive.extraction.extents import (
    before_semicolon,
    breaks,
    cut_before,
    goes_on,
    next_cut,
    opens_remark,
    spans_within,
)
from archive.extraction.loose_ends import SHORTEST, LooseEnds
from archive.extraction.noun_phrases import Mention
from archive.extraction.quotes import Collector, Quote
from archive.extraction.sentences import Marked, Passage, Sentence
from archive.extraction.sources import SourcePhrase, find_source_phrases
from archive.extraction.turns import NOBODY, Subject
from archive.extraction.verbs import IMPERFECT
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

    def read(self, passage: Passage, mentions: list[Mention]) -> None:
        """Collect the quotations of one paragraph."""
        self.discourse.enter_paragraph(mentions)
        by_first = {mention.first: mention for mention in mentions}
        sources = {
            sentence.first: find_source_phrases(self.document, sentence, by_first, self.vocabulary)
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
        waiting = [span for span in passage.marked if span.pair.depth == 0 or span.pair.shared]
        at = 0
        for sentence in passage.sentences:
            spans = []
            while at < len(waiting) and waiting[at].first < sentence.last:
                spans.append(waiting[at])
                at += 1
            self._sentence(sentence, spans, cues, sources[sentence.first])
        for span in passage.marked:
            if span.first not in self.collector.used:
                self.labels.append(span)

    def read_heading(self, block: Block, passage: Passage, mentions: list[Mention]) -> None:
        """«بلينكن: مهمتنا لم تكتمل» in a headline: what stands after the colon, perhaps not verbatim."""
        first = next((mention for mention in mentions if mention.first == block.first), None)
        if first is None:
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
        voice = self.discourse.cast.resolve(first)
        subject = NOBODY
        if voice is not None:
            surface = self.document.span(first.first, first.last)
            subject = Subject(voice, surface, "surname" if first.form == "surname" else "named", 0.9)
        start, end = self.document.words[colon].start, block.end
        span = next((span for span in passage.marked if span.first == colon), None)
        if span is not None and span.size >= SHORTEST:
            start, end = span.pair.inner_start, span.pair.inner_end
        self.collector.quotes.append(Quote("direct", "headline", start, end, block.last, None, subject, None))

    def _sentence(
        self, sentence: Sentence, spans: list[Marked], cues: Cues, sources: list[SourcePhrase]
    ) -> None:
        found = cues.in_sentence(sentence)
        self.discourse.enter_sentence(sentence, found[0].place if found else None)
        accepted: list[tuple[Cue, Subject]] = []
        for cue in found:
            if accepted and not breaks(
                self.document, cue, accepted[-1][0], sources, self.discourse.mention_at
            ):
                continue
            subject = self.discourse.subject_of(cue, sentence)
            if subject.voice is None and not self._stands_alone(cue):
                continue
            if cue.form.form == IMPERFECT and cue.form.verb.mood == "directive" and subject.surface is None:
                continue
            accepted.append((cue, subject))
            if subject.voice is not None:
                self.discourse.note(cue.place, subject.voice, sentence, subject.mention, reporting=True)
            elif cue.finite:
                self.discourse.note_unknown(cue, sentence)
        cuts = [
            cut_before(self.document, cue, sentence.first, self.discourse.mention_ending)
            for cue, _ in accepted
        ]
        cuts += [phrase.first for phrase in sources if phrase.first > sentence.first]
        cuts += [
            place for place in range(sentence.first + 1, sentence.last) if opens_remark(self.document, place)
        ]
        free = [span for span in spans if not cues.is_label(span)]
        cuts.sort()
        for cue, subject in accepted:
            self._report(cue, subject, sentence, cuts, free, sources)
        rest = [span for span in free if span.first not in self.collector.used]
        for span in rest:
            self.loose.claim(span, sentence, accepted, sources)
        self.discourse.leave_sentence(sentence)
        if not accepted and not any(
            quote.paragraph == sentence.paragraph and quote.last > sentence.first
            for quote in self.collector.quotes[-3:]
        ):
            self.loose.postposed(sentence, sources)

    def _stands_alone(self, cue: Cue) -> bool:
        """Whether a cue without a speaker is sure to report speech."""
        mood, kind = cue.form.verb.mood, cue.complement.kind
        if mood in ("assertion", "continuation", "renewal"):
            return True
        return kind == "marked" or (mood == "directive" and kind == "clause")

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
            self.document.span(phrase.first, phrase.last).text
            for phrase in sources[bisect_right(sources, cue.place, key=_first) :][:_VIA]
            if phrase.first < complement.first and not phrase.own
        )
        parent: int | None = None
        if complement.marked is not None:
            span = complement.marked
            if goes_on(self.document, span, end) and not complement.colon and complement.first < span.first:
                parent = self.collector.indirect(cue, subject, sentence, complement, end, via)
            form = "full" if complement.first == span.first else "clause"
            self.collector.direct(span, form, cue, subject, sentence, parent, via)
        else:
            end = before_semicolon(self.document, complement.first, end, free)
            inner = spans_within(free, complement.content, end)
            leading = inner[0].first - complement.content if inner else 99
            covers = bool(inner) and inner[0].last >= end - 1
            if not (complement.kind == "noun" and leading <= 1 and covers) and not self._too_short(
                complement, end
            ):
                parent = self.collector.indirect(cue, subject, sentence, complement, end, via)
            for span in inner:
                self.collector.direct(
                    span, "clause" if span.size >= 5 else "fragment", cue, subject, sentence, parent, via
                )

    def _too_short(self, complement: Complement, end: int) -> bool:
        return end - complement.content < (2 if complement.kind == "clause" else 1)
