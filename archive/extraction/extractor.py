"""The one entry point of the extraction."""

from archive.extraction.calendar_dates import written_dates
from archive.extraction.countries import find_countries, rank_countries
from archive.extraction.datelines import FoundDateline
from archive.extraction.dates import (
    FoundDate,
    anniversary_date,
    completed_date,
    event_date,
    find_anchors,
    meeting_date,
    opening_day,
    stated_date,
)
from archive.extraction.discourse import Discourse
from archive.extraction.document import Block, Document, read_document
from archive.extraction.facts import (
    Dateline,
    Diagnostic,
    Extraction,
    FoundEvent,
    FoundOrganisation,
    FoundOutlet,
    Headline,
    Span,
)
from archive.extraction.figures import find_figures
from archive.extraction.incipit import find_incipit
from archive.extraction.knowledge import Knowledge, Person
from archive.extraction.layout import Layout, read_layout
from archive.extraction.meetings import (
    MeetingFound,
    collect_clues,
    find_meeting,
    speaks_of_coalition,
    speaks_of_daesh,
)
from archive.extraction.mentions import find_mentions
from archive.extraction.outlets import find_cited_sources, find_outlet
from archive.extraction.quotations import Reporter
from archive.extraction.quotes import as_facts
from archive.extraction.sentences import read_passage
from archive.extraction.speakers import Cast
from archive.extraction.surnames import add_surnames, surnames_of
from archive.extraction.vocabulary import Vocabulary, vocabulary_of
from archive.extraction.voices import found_speakers

_EVENT_KINDS = {"ministerial": "ministerial", "small_group_ministerial": "small_group"}


def extract(text: str, knowledge: Knowledge) -> Extraction:
    """Everything that the article ``text`` states, as far as ``knowledge`` lets it be recognised.

    Deterministic; linear in the length of ``text``; raises nothing, whatever the text.
    """
    vocabulary = vocabulary_of(knowledge)
    document = read_document(text)
    dates = written_dates(document, vocabulary)
    layout = read_layout(document, dates, vocabulary)
    blocks = layout.paragraphs
    datelines = layout.datelines
    outlet = find_outlet(document, layout, blocks, vocabulary)
    anchors = find_anchors(document, blocks, vocabulary)
    dated = (
        stated_date(document, datelines, list(document.blocks), blocks, anchors, dates)
        or anniversary_date(document, blocks, anchors, vocabulary)
        or event_date(document, blocks, anchors, vocabulary)
    )
    people = _people_named(document, blocks, vocabulary)
    meeting = None
    told = [*blocks, *_headings(document, layout)]
    coalition = speaks_of_coalition(document, told, vocabulary)
    about = speaks_of_daesh(document, told)
    if about:
        weekdays = frozenset(anchor.weekday for anchor in anchors if anchor.weekday is not None)
        terms = tuple(person.terms for person in people.values() if person.terms)
        written = opening_day(document, datelines, blocks, dates)
        day_of_year = (written.month, written.day) if written is not None and written.day else None
        days = frozenset((item.year, item.month, item.day) for item in dates if item.day is not None)
        clues = collect_clues(
            document,
            told,
            weekdays,
            dated.date if dated else None,
            day_of_year,
            days,
            terms,
            coalition=coalition,
        )
        meeting = find_meeting(
            document, told, clues, [(item.start, item.end) for item in datelines], vocabulary
        )
        if dated is None and meeting is not None and written is not None:
            dated = completed_date(document, written, meeting.meeting, datelines)
    if dated is None and meeting is not None:
        dated = meeting_date(document, meeting.meeting, anchors, meeting.confidence)
    day = dated.date if dated else meeting.meeting.start if meeting else None

    closed, name_places = _closed_places(document, told, datelines, vocabulary)
    countries = find_countries(
        document, told, closed, name_places, _homes(datelines, outlet, people, vocabulary), vocabulary
    )
    cast = Cast(document, vocabulary, countries, day)
    discourse = Discourse(document, vocabulary, cast)
    reporter = Reporter(document, vocabulary, discourse)
    diagnostics: list[Diagnostic] = []
    mentions = [find_mentions(document, block.first, block.last, countries, vocabulary) for block in blocks]
    cast.expect(mention for found in mentions for mention in found)
    surnames = frozenset(name for found in mentions for name in surnames_of(document, found, vocabulary))
    for number, (block, its_own) in enumerate(zip(blocks, mentions, strict=True)):
        passage = read_passage(document, block, number)
        diagnostics += passage.diagnostics
        reporter.read(passage, add_surnames(document, block.first, block.last, its_own, surnames))
    for block in _headings(document, layout):
        found_here = find_mentions(document, block.first, block.last, countries, vocabulary)
        reporter.read_heading(
            block,
            read_passage(document, block, 0),
            add_surnames(document, block.first, block.last, found_here, surnames),
        )
    quotations = as_facts(reporter.collector.quotes, document, cast, vocabulary)
    speaking = {quote.attribution.speaker_id for quote in quotations if quote.attribution.speaker_id}
    central = {voice.country for voice in cast.voices if voice.id in speaking and voice.country}
    if meeting is not None and meeting.meeting.country:
        central.add(meeting.meeting.country)
    if layout.headline is not None:
        central |= countries.within(layout.headline.start, layout.headline.end)
    return Extraction(
        headline=layout.headline or _opening(text, layout, datelines),
        deck=layout.deck,
        standfirst=None,
        sections=tuple(layout.sections),
        body=tuple(layout.body),
        furniture=tuple(layout.furniture),
        dateline=_dateline(datelines, dated),
        outlet=outlet,
        cited_sources=tuple(find_cited_sources(document, blocks, outlet, vocabulary)),
        event=_event(meeting, dated if about else None, cast, speaking),
        speakers=found_speakers(cast.voices, speaking),
        quotations=quotations,
        scare_quotes=tuple(document.slice(span.pair.start, span.pair.end) for span in reporter.labels),
        countries=rank_countries(countries, central),
        organisations=_organisations(document, blocks, vocabulary),
        diagnostics=tuple(diagnostics + _notes(layout, dated)),
        figures=find_figures(
            document,
            [*_headings(document, layout), *blocks],
            [(found.first, found.last) for found in dates],
            vocabulary,
        ),
    )


def _opening(text: str, layout: Layout, datelines: list[FoundDateline]) -> Headline | None:
    """The incipit, which names an article that has no headline."""
    paragraphs = [(part.start, part.end) for part in layout.body]
    span = find_incipit(text, paragraphs, [(found.start, found.end) for found in datelines])
    return Headline(span.text, span.start, span.end, "derived") if span.text else None


def _headings(document: Document, layout: Layout) -> list[Block]:
    """The headline and the deck as blocks, if they stand in the text by themselves."""
    spans: list[Headline | Span] = []
    if layout.headline is not None:
        spans.append(layout.headline)
    if layout.deck is not None:
        spans.append(layout.deck)
    return [
        Block(span.start, span.end, document.place_at(span.start), document.place_at(span.end))
        for span in spans
    ]


def _people_named(document: Document, blocks: list[Block], vocabulary: Vocabulary) -> dict[str, Person]:
    """The known people whom the text names in full or by a spelling that is theirs alone."""
    found: dict[str, Person] = {}
    for block in blocks:
        for match in vocabulary.names.find_all(document.keys, block.first, block.last):
            value = match.values[0]
            if len(match.values) == 1 and value.person.kind == "person" and (value.alone or value.full):
                found[value.person.key] = value.person
    return found


def _closed_places(
    document: Document, blocks: list[Block], datelines: list[FoundDateline], vocabulary: Vocabulary
) -> tuple[set[int], set[int]]:
    """Words inside organisations', outlets' names and datelines; words inside people's names."""
    closed: set[int] = set()
    for dateline in datelines:
        closed.update(range(document.place_at(dateline.start), dateline.last))
    names: set[int] = set()
    named: set[str] = set()
    singles: list[tuple[int, str]] = []
    for block in blocks:
        for organisation in vocabulary.organisations.find_all(document.keys, block.first, block.last):
            if "country" not in organisation.values[0].attributes:
                closed.update(range(organisation.start, organisation.end))
        for outlet in vocabulary.outlets.find_all(document.keys, block.first, block.last):
            if outlet.end - outlet.start > 1:
                closed.update(range(outlet.start, outlet.end))
        for match in vocabulary.names.find_all(document.keys, block.first, block.last):
            value = match.values[0]
            if value.person.kind != "person":
                continue
            if match.end - match.start > 1:
                names.update(range(match.start, match.end))
                named.update(item.person.key for item in match.values)
            else:
                singles += [(match.start, item.person.key) for item in match.values]
    names.update(place for place, key in singles if key in named)
    return closed, names


def _homes(
    datelines: list[FoundDateline],
    outlet: FoundOutlet | None,
    people: dict[str, Person],
    vocabulary: Vocabulary,
) -> list[str]:
    """The countries of the dateline, of the outlet and of the people named, each in its turn."""
    known = next((item for item in vocabulary.knowledge.outlets if outlet and item.key == outlet.key), None)
    found = [line.country for line in datelines] + [known.country if known is not None else None]
    return [code for code in (*found, *(person.country for person in people.values())) if code]


def _dateline(datelines: list[FoundDateline], dated: FoundDate | None) -> Dateline:
    return Dateline(
        place=next((found.place for found in datelines if found.place), None),
        country=next((found.country for found in datelines if found.country), None),
        date=dated.date if dated else None,
        date_basis=dated.basis if dated else "none",
        confidence=dated.confidence if dated else 0.0,
        evidence=dated.evidence if dated else (),
    )


def _event(
    meeting: MeetingFound | None, dated: FoundDate | None, cast: Cast, speaking: set[str]
) -> FoundEvent | None:
    """The known meeting, or else the statement that the date was inferred from."""
    if meeting is not None:
        known = meeting.meeting
        kind = _EVENT_KINDS.get(known.kind, "other")
        return FoundEvent(
            kind, known.key, meeting.city, known.country, known.start, meeting.confidence, meeting.evidence
        )
    if dated is None or dated.basis != "relative" or dated.event is None:
        return None
    speaker = next((voice for voice in cast.voices if voice.id in speaking), None)
    return FoundEvent(
        "statement",
        None,
        None,
        speaker.country if speaker else None,
        dated.event,
        dated.confidence,
        dated.evidence,
    )


def _organisations(
    document: Document, blocks: list[Block], vocabulary: Vocabulary
) -> tuple[FoundOrganisation, ...]:
    mentions: dict[str, list[Span]] = {}
    for block in blocks:
        for match in vocabulary.organisations.find_all(document.keys, block.first, block.last):
            mentions.setdefault(match.values[0].text, []).append(document.span(match.start, match.end))
    return tuple(
        FoundOrganisation(f"org-{number}", name, tuple(spans))
        for number, (name, spans) in enumerate(mentions.items(), 1)
    )


def _notes(layout: Layout, dated: FoundDate | None) -> list[Diagnostic]:
    notes = []
    if layout.headline is None:
        notes.append(Diagnostic("no_headline", 0, 0, "the file has no headline"))
    if dated is not None and dated.basis in ("relative", "event"):
        span = dated.evidence[0]
        notes.append(Diagnostic("date_inferred", span.start, span.end, "the date is inferred"))
    return notes
