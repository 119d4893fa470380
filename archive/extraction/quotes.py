"""Quotations as they are collected, and as facts."""

from dataclasses import dataclass, field

from archive.extraction.complements import Complement
from archive.extraction.cues import Cue
from archive.extraction.document import Document
from archive.extraction.extents import closed_end
from archive.extraction.facts import Attribution, FoundQuotation, Span
from archive.extraction.facts import Cue as FoundCue
from archive.extraction.offices import term_at
from archive.extraction.sentences import Marked, Sentence
from archive.extraction.speakers import Cast
from archive.extraction.turns import Subject
from archive.extraction.vocabulary import Vocabulary

# Below this a person looks at the speaker.
_REVIEW_BELOW = 0.75


@dataclass(slots=True)
class Quote:
    """A quotation in the making. ``first`` and ``last`` are words; ``parent`` an index of the list."""

    kind: str
    form: str
    start: int
    end: int
    last: int
    cue: Cue | None
    subject: Subject
    paragraph: int | None
    parent: int | None = None
    continues: int | None = None
    via: tuple[str, ...] = ()
    reasons: list[str] = field(default_factory=list)
    cue_span: Span | None = None
    lemma: str = ""


class Collector:
    """Takes the quotations in as they are found; ``used`` holds the first words of claimed marked spans."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.quotes: list[Quote] = []
        self.used: set[int] = set()

    def indirect(
        self,
        cue: Cue,
        subject: Subject,
        sentence: Sentence,
        complement: Complement,
        end: int,
        via: tuple[str, ...],
    ) -> int:
        start = self.document.words[complement.first].start
        stop = closed_end(self.document, start, end)
        quote = Quote(
            "indirect",
            "nominal" if complement.kind == "noun" else "clause",
            start,
            stop,
            end,
            cue,
            subject,
            sentence.paragraph,
            via=via,
        )
        self.quotes.append(quote)
        return len(self.quotes) - 1

    def direct(
        self,
        span: Marked,
        form: str,
        cue: Cue | None,
        subject: Subject,
        sentence: Sentence,
        parent: int | None,
        via: tuple[str, ...],
        continues: int | None = None,
    ) -> None:
        if span.first in self.used:
            return
        text = self.document.text
        start, end = span.pair.inner_start, span.pair.inner_end
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        self.used.add(span.first)
        quote = Quote(
            "direct", form, start, end, span.last, cue, subject, sentence.paragraph, parent, continues, via
        )
        if span.pair.shared:
            quote.reasons.append("its closing mark is missing")
        self.quotes.append(quote)


def as_facts(
    quotes: list[Quote], document: Document, cast: Cast, vocabulary: Vocabulary
) -> tuple[FoundQuotation, ...]:
    """The quotations in the order of the text."""
    order = sorted(range(len(quotes)), key=lambda i: (quotes[i].start, quotes[i].kind == "direct", i))
    names = {index: f"q{number:02d}" for number, index in enumerate(order, 1)}
    return tuple(_fact(index, names, quotes, document, cast, vocabulary) for index in order)


def _fact(
    index: int,
    names: dict[int, str],
    quotes: list[Quote],
    document: Document,
    cast: Cast,
    vocabulary: Vocabulary,
) -> FoundQuotation:
    quote = quotes[index]
    subject = quote.subject
    voice = subject.voice
    cue = None
    if quote.cue is not None:
        span = document.span(quote.cue.place, quote.cue.last)
        cue = FoundCue(quote.cue.form.verb.lemma, span.text, span.start, span.end)
    elif quote.cue_span is not None:
        cue = FoundCue(quote.lemma, quote.cue_span.text, quote.cue_span.start, quote.cue_span.end)
    term = None
    if voice is not None and voice.person is not None:
        held = term_at(voice.person, voice.roles[0][0] if voice.roles else None, cast.day, vocabulary)
        term = held.key if held is not None else None
    reasons = list(quote.reasons)
    if voice is None:
        reasons.append("no speaker could be named safely")
    elif subject.confidence < _REVIEW_BELOW:
        reasons.append("the speaker is inferred from far")
    elif not voice.sure:
        reasons.append("the speaker is new")
    return FoundQuotation(
        id=names[index],
        kind=quote.kind,
        form=quote.form,
        text=document.text[quote.start : quote.end],
        start=quote.start,
        end=quote.end,
        cue=cue,
        attribution=Attribution(
            voice.id if voice else None,
            subject.surface if voice else None,
            subject.resolution if voice else "none",
            subject.confidence if voice else 0.0,
            term,
        ),
        parent=names.get(quote.parent) if quote.parent is not None else None,
        continues=names.get(quote.continues) if quote.continues is not None else None,
        via=quote.via,
        paragraph=quote.paragraph,
        needs_review=bool(reasons),
        reasons=tuple(reasons),
    )
