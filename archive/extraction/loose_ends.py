"""Marked spans that no cue has taken, and clauses whose only attribution is a source phrase.

«…»، قال X; «…»، بحسب X; a second span under the same cue; a marked sentence that goes on with the last.
"""

from bisect import bisect_left

from archive.arabic.clitics import without_conjunction
from archive.arabic.particles import word_set
from archive.extraction.complements import THAT, Complement, verb_at
from archive.extraction.cues import Cue
from archive.extraction.discourse import Discourse
from archive.extraction.document import Document
from archive.extraction.extents import CLOSERS, closed_end
from archive.extraction.introductions import Introductions
from archive.extraction.noun_phrases import SPACE, Mention
from archive.extraction.quotes import Collector, Quote
from archive.extraction.sentences import Marked, Sentence
from archive.extraction.sources import SourcePhrase
from archive.extraction.turns import NOBODY, Subject
from archive.extraction.verbs import MASDAR, PARTICIPLE, PERFECT
from archive.extraction.vocabulary import Vocabulary

# So begin sentences in which the writer himself tells something.
_NARRATED = word_set("جاء وجاء يأتي ويأتي")
SHORTEST = 3
# A marked span that stands alone is a quotation from so many words.
SURE = 5


class LooseEnds:
    """Attributes what stands without a cue before it."""

    def __init__(
        self, document: Document, vocabulary: Vocabulary, discourse: Discourse, collector: Collector
    ) -> None:
        self.document = document
        self.vocabulary = vocabulary
        self.discourse = discourse
        self.collector = collector
        self.introductions = Introductions(document, vocabulary, discourse)

    def claim(
        self,
        span: Marked,
        sentence: Sentence,
        accepted: list[tuple[Cue, Subject]],
        sources: list[SourcePhrase],
        parent: int | None,
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
        if self.introductions.opens(sentence, span.first):
            introduced = self.introductions.speaker(sentence, span.first)
            if introduced is not None and (introduced.voice is not None or span.size >= SURE):
                self.collector.direct(span, "full", None, introduced, sentence, None, ())
            return
        fronted = sources[0] if sources and not accepted else None
        later = sources[at] if at < len(sources) and not accepted else None
        if later is not None and later.mention is not None and span.size >= SURE:
            # والموقوفون «يجري استجوابهم حاليا …» في الحادث، بحسب النيابة.
            fronted = later
        if fronted is not None and (fronted.first == sentence.first or fronted is later):
            if fronted.mention is None and span.size < SURE:
                return
            # وبحسب X، فإن …: the whole sentence is that source's.
            subject = self._source_subject(fronted, sentence)
            form = "clause" if span.size >= SURE else "fragment"
            self.collector.direct(span, form, None, subject, sentence, parent, ())
            return
        if spoken:
            cue, subject = accepted[spoken - 1]
            if span.last <= cue.complement.first:
                # وقالت «يو بي آي» إن: of the subject.
                return
            if cue.form.verb.mood in ("label", "praise") and span.size < 5:
                return
            if cue.complement.kind != "noun" or span.first - cue.place <= 30:
                self.collector.direct(
                    span, "clause" if span.size >= 5 else "fragment", cue, subject, sentence, None, ()
                )
            return
        self._continuation(span, sentence)

    def _continuation(self, span: Marked, sentence: Sentence) -> None:
        """A marked sentence without a cue goes on with the quotation just before it."""
        if span.first != sentence.first or not self.collector.quotes:
            return
        last = self.collector.quotes[-1]
        index = len(self.collector.quotes) - 1
        if last.kind != "direct" or last.subject.voice is None or last.paragraph is None:
            self._alone(span, sentence)
            return
        between = self.document.text[last.end : span.pair.start]
        adjacent = len(between.strip(CLOSERS + SPACE + ".،\n")) == 0
        if not adjacent or sentence.paragraph - last.paragraph > 1:
            self._alone(span, sentence)
            return
        subject = Subject(last.subject.voice, None, "continuation", 0.85)
        self.collector.direct(span, "full", last.cue, subject, sentence, None, (), continues=index)

    def _alone(self, span: Marked, sentence: Sentence) -> None:
        """A sentence that is marked as a whole, after one of the same paragraph in which somebody spoke."""
        turn = self.discourse.turns[-1] if self.discourse.turns else None
        if span.last < sentence.last or turn is None or turn.voice is None or span.size < SURE - 1:
            return
        if turn.paragraph == sentence.paragraph and (turn.reporting or turn.voice.kind == "person"):
            subject = Subject(turn.voice, None, "dropped", 0.8 if turn.reporting else 0.7)
            self.collector.direct(span, "full", None, subject, sentence, None, ())

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
            return self.introductions.said(phrase.mention, sentence)
        if not phrase.own:
            return NOBODY
        turns = self.discourse.turns
        return Subject(turns[-1].voice, None, "dropped", 0.8) if turns and turns[-1].voice else NOBODY

    def fronted(self, sentence: Sentence, sources: list[SourcePhrase]) -> int | None:
        """«وبحسب فابيوس، فإن …»: the sentence as what its opening source phrase says; its index."""
        phrase = sources[0]
        keys, first = self.document.keys, phrase.last
        if first + 4 > sentence.last or phrase.first != sentence.first or self._reports(first, sentence.last):
            return None
        that = keys[first].removeprefix("ف") in THAT
        gap = self.document.gap_before(first)
        if any(sign in gap for sign in '"«“”') or not (that or any(sign in gap for sign in "،,")):
            return None
        if that and any(sign in self.document.gap_before(first + 1) for sign in '"«“”'):
            return None
        subject = NOBODY
        if phrase.own or (phrase.mention is not None and self._speaks(phrase.mention)):
            subject = self._source_subject(phrase, sentence)
        if subject.voice is None and not (that and phrase.mention is not None):
            return None
        return self._clause(phrase, subject, first, sentence.last, sentence)

    def postposed(self, sentence: Sentence, sources: list[SourcePhrase]) -> None:
        """A sentence whose only attribution is a source phrase at its end."""
        keys = self.document.keys
        if keys[sentence.first] in _NARRATED or keys[sentence.first : sentence.first + 2] == (
            "ومن",
            "المقرر",
        ):
            return
        for phrase in sources:
            mention = phrase.mention
            if mention is None or not self._speaks(mention) or mention.kind == "organisation":
                continue
            subject = self._source_subject(phrase, sentence)
            at_end = sentence.last - phrase.last <= 1
            aside = any(sign in self.document.gap_before(phrase.last) for sign in "،,")
            if subject.voice is not None and phrase.first - sentence.first >= 4 and (at_end or aside):
                self._clause(phrase, subject, sentence.first, phrase.first, sentence)
                return

    def _speaks(self, mention: Mention) -> bool:
        if mention.kind == "state":
            return False
        return mention.kind != "organisation" or mention.group is not None or bool(mention.named)

    def _reports(self, first: int, last: int) -> bool:
        """Whether a reporting verb stands in the words, so that somebody else speaks there."""
        for place in range(first, last):
            verb = verb_at(self.document, place, self.vocabulary)
            if verb is not None and verb[1][0].verb.mood == "assertion" and verb[1][0].form == PERFECT:
                return True
        return False

    def _clause(
        self, phrase: SourcePhrase, subject: Subject, first: int, end: int, sentence: Sentence
    ) -> int:
        start = self.document.words[first].start
        stop = closed_end(self.document, start, end)
        quote = Quote("indirect", "clause", start, stop, end, None, subject, sentence.paragraph)
        quote.cue_span = self.document.span(phrase.first, phrase.first + 1)
        quote.lemma = without_conjunction(self.document.keys[phrase.first])
        self.collector.quotes.append(quote)
        return len(self.collector.quotes) - 1
