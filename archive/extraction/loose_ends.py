"""Marked spans that no cue has taken, and clauses whose only attribution is a source phrase.

«…»، قال X; «…»، بحسب X; a second span under the same cue; a marked sentence that goes on with the last.
"""

from bisect import bisect_left

from archive.arabic.clitics import without_conjunction
from archive.extraction.cues import THAT, Complement, Cue, verb_at
from archive.extraction.discourse import Discourse
from archive.extraction.document import Document
from archive.extraction.extents import CLOSERS
from archive.extraction.noun_phrases import SPACE
from archive.extraction.quotes import Collector, Quote
from archive.extraction.sentences import Marked, Sentence
from archive.extraction.sources import SourcePhrase
from archive.extraction.turns import NOBODY, Subject
from archive.extraction.verbs import MASDAR, PARTICIPLE
from archive.extraction.vocabulary import Vocabulary

SHORTEST = 3


class LooseEnds:
    """Attributes what stands without a cue before it."""

    def __init__(
        self, document: Document, vocabulary: Vocabulary, discourse: Discourse, collector: Collector
    ) -> None:
        self.document = document
        self.vocabulary = vocabulary
        self.discourse = discourse
        self.collector = collector

    def claim(
        self,
        span: Marked,
        sentence: Sentence,
        accepted: list[tuple[Cue, Subject]],
        sources: list[SourcePhrase],
    ) -> None:
        """Give a marked span that no cue took to whoever says it: a verb after it, a source, the last cue."""
        if span.first in self.collector.used or span.size < SHORTEST:
            return
        spoken = bisect_left(accepted, span.first, key=lambda item: item[0].place)
        after = self._cue_after(span, sentence)
        if after is not None:
            place, subject = after
            if subject.voice is not None:
                self.discourse.note(place, subject.voice, sentence, subject.mention, reporting=True)
            self.collector.direct(span, "full", None, subject, sentence, None, ())
            self._cue_words(place)
            return
        at = bisect_left(sources, span.last, key=lambda phrase: phrase.first)
        named = next(
            (
                item
                for item in sources[at : at + 1]
                if item.first - span.last <= 1 and (item.mention or item.own)
            ),
            None,
        )
        if named is not None:
            self.collector.direct(
                span, "full", None, self._source_subject(named, sentence), sentence, None, ()
            )
            return
        fronted = sources[0] if sources and not accepted else None
        if fronted is not None and fronted.mention and self._leads_to(fronted, span, sentence):
            subject = self._source_subject(fronted, sentence)
            self.collector.direct(span, "clause", None, subject, sentence, None, ())
            return
        if spoken:
            cue, subject = accepted[spoken - 1]
            if cue.form.verb.mood in ("label", "praise") and span.size < 5:
                return
            if cue.complement.kind != "noun" or span.first - cue.place <= 30:
                self.collector.direct(
                    span, "clause" if span.size >= 5 else "fragment", cue, subject, sentence, None, ()
                )
            return
        self._continuation(span, sentence)

    def _leads_to(self, phrase: SourcePhrase, span: Marked, sentence: Sentence) -> bool:
        """وبحسب X، فإن «…»: whether a source phrase opens the sentence that the marks fill."""
        return phrase.first == sentence.first and 0 <= span.first - phrase.last <= 1

    def _continuation(self, span: Marked, sentence: Sentence) -> None:
        """A marked sentence without a cue goes on with the quotation just before it."""
        if span.first != sentence.first or not self.collector.quotes:
            return
        last = self.collector.quotes[-1]
        index = len(self.collector.quotes) - 1
        if last.kind != "direct" or last.subject.voice is None or last.paragraph is None:
            return
        between = self.document.text[last.end : span.pair.start]
        adjacent = len(between.strip(CLOSERS + SPACE + ".،\n")) == 0
        if not adjacent or sentence.paragraph - last.paragraph > 1:
            return
        subject = Subject(last.subject.voice, None, "continuation", 0.85)
        self.collector.direct(span, "full", last.cue, subject, sentence, None, (), continues=index)

    def _cue_after(self, span: Marked, sentence: Sentence) -> tuple[int, Subject] | None:
        """«…»، قال X: a verb right after the marks, and its subject."""
        place = span.last
        if place >= sentence.last:
            return None
        if self.document.keys[place] in ("هكذا", "بهذه", "كما", "هذا", "بذلك"):
            place += 1
        verb = verb_at(self.document, place, self.vocabulary) if place < sentence.last else None
        if verb is None or verb[0] in ("و", "ف"):
            return None
        form = next((form for form in verb[1] if form.form not in (PARTICIPLE, MASDAR)), None)
        if form is None or form.verb.mood in ("label", "praise", "relay", "document"):
            return None
        leading = span.first - sentence.first
        complement = Complement("marked", min(sentence.last, place + 12), place + 1, span, False)
        cue = Cue(place, place + 1, form, False, complement)
        mention = self.discourse.mention_at.get(place + 1)
        if mention is None and leading > 2:
            return None
        return place, self.discourse.subject_of(cue, sentence) if mention or leading <= 2 else NOBODY

    def _cue_words(self, place: int) -> None:
        verb = verb_at(self.document, place, self.vocabulary)
        if verb is not None and self.collector.quotes:
            self.collector.quotes[-1].cue_span = self.document.span(place, place + 1)
            self.collector.quotes[-1].lemma = verb[1][0].verb.lemma

    def _source_subject(self, phrase: SourcePhrase, sentence: Sentence) -> Subject:
        if phrase.mention is not None:
            voice = self.discourse.cast.resolve(phrase.mention)
            if voice is None:
                return NOBODY
            self.discourse.note(phrase.first, voice, sentence, phrase.mention, reporting=True)
            surface = self.document.span(phrase.mention.first, phrase.mention.last)
            resolution = (
                "group" if voice.kind != "person" else "named" if phrase.mention.form == "full" else "surname"
            )
            return Subject(voice, surface, resolution, 0.88)
        turns = self.discourse.turns
        return Subject(turns[-1].voice, None, "dropped", 0.8) if turns and turns[-1].voice else NOBODY

    def postposed(self, sentence: Sentence, sources: list[SourcePhrase]) -> None:
        """A sentence whose only attribution is a source phrase at its end or its beginning."""
        for phrase in sources:
            if phrase.mention is None or phrase.mention.kind == "state":
                continue
            if (
                phrase.mention.kind == "organisation"
                and phrase.mention.group is None
                and not phrase.mention.named
            ):
                continue
            subject = self._source_subject(phrase, sentence)
            if subject.voice is None:
                continue
            at_end = phrase.last >= sentence.last or sentence.last - phrase.last <= 1
            if phrase.first == sentence.first and sentence.last - phrase.last >= 4:
                first, end = phrase.last, sentence.last
                if self.document.keys[first].removeprefix("ف") in THAT:
                    first += 1
            elif phrase.first - sentence.first >= 4 and (
                at_end or any(s in self.document.gap_before(phrase.last) for s in "،,")
            ):
                first, end = sentence.first, phrase.first
            else:
                continue
            start, stop = self.document.words[first].start, self.document.words[end - 1].end
            quote = Quote("indirect", "clause", start, stop, end, None, subject, sentence.paragraph)
            quote.cue_span = self.document.span(phrase.first, phrase.first + 1)
            quote.lemma = without_conjunction(self.document.keys[phrase.first])
            self.collector.quotes.append(quote)
            return
