"""Who speaks in an article: numbered quotations, the names of the margin, the notes, the strips.

Turns rows that are already loaded into what the article page shows; asks the database nothing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from archive.models import Quotation, Speaker, TermOfOffice
from archive.naming import name_of
from archive.transcript import Mark, Span, Turn, measure

# Of the other outlets that report the same words.
NAMED_AT_ONCE = 3
STATED = {Quotation.Resolution.NAMED, Quotation.Resolution.SURNAME, Quotation.Resolution.GROUP}


@dataclass(frozen=True, slots=True)
class Name:
    """A name in the margin; ``again`` when the words just before were this speaker's too."""

    speaker: Speaker | None
    again: bool


@dataclass(slots=True)
class Note:
    """A remark in the end margin on one or several numbered quotations."""

    text: str
    certainty: str
    numbers: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Strip:
    """One speaker's quotations in an article, and where each lies in it."""

    speaker: Speaker | None
    quotations: list[Quotation]
    blocks: list[dict[str, str]]
    terms: list[TermOfOffice]
    spellings: list[str]

    @property
    def direct_count(self) -> int:
        return sum(quotation.kind == Quotation.Kind.DIRECT for quotation in self.quotations)


def number_quotations(quotations: Iterable[Quotation]) -> list[Quotation]:
    """The quotations in reading order, each with its ``number``, from 1."""
    ordered = sorted(quotations, key=lambda row: (row.start, -row.end, row.kind == Quotation.Kind.DIRECT))
    for number, quotation in enumerate(ordered, 1):
        quotation.number = number
    return ordered


def mark_quotations(quotations: Iterable[Quotation]) -> list[Mark]:
    """The marks of numbered quotations; their ``ref`` is the quotation's number."""
    return [Mark(row.start, row.end, row.kind, row.number) for row in quotations]


def name_voices(turn: Turn, quotations: Sequence[Quotation], before: Speaker | None) -> list[Name]:
    """The speakers of a turn in the order of their words, for its start margin.

    ``quotations`` are all of the article's, numbered; ``before`` is the last speaker named above.
    """
    found = dict.fromkeys(quotations[number - 1].speaker for number in turn.refs)
    return [Name(speaker, speaker is not None and speaker == before) for speaker in found]


def note_turn(turn: Turn, quotations: Sequence[Quotation], text: str, noted: set[int]) -> list[Note]:
    """The notes on the quotations that begin in a turn; silence means: said as the text states it.

    ``noted`` holds the numbers that have been seen and is added to.
    """
    notes: dict[tuple[str, str], Note] = {}
    for number in turn.refs:
        if number in noted:
            continue
        noted.add(number)
        for certainty, remark in remarks(quotations[number - 1], text):
            note = notes.setdefault((certainty, remark), Note(remark, certainty))
            note.numbers.append(number)
    return list(notes.values())


def remarks(quotation: Quotation, text: str) -> list[tuple[str, str]]:
    """What has to be said about how the speaker is known, as (certainty, sentence) pairs.

    Certainty is ``inferred``, ``corrected`` or empty; ``text`` is the article's, for the words that
    point to the speaker.
    """
    found = []
    if quotation.review == Quotation.Review.CORRECTED:
        found.append(("corrected", _("corrected by a curator of the archive")))
    elif quotation.speaker is None:
        found.append(("", _("the speaker is not known")))
    elif quotation.resolution not in STATED:
        found.append(("inferred", attribution_in_words(quotation, surface(quotation, text))))
    if quotation.term and not quotation.term.sure and quotation.resolution == Quotation.Resolution.ROLE:
        found.append(("", _("the dates of this term of office are not certain")))
    if quotation.via:
        names = _(", ").join(map(str, quotation.via))
        found.append(("", format_html(_("relayed by {names}"), names=isolate(names))))
    if quotation.statement:
        found.append(("", _reported_also(quotation)))
    if quotation.review == Quotation.Review.NEEDED:
        found.append(("", _("awaiting review")))
    return found


def _reported_also(quotation: Quotation) -> SafeString:
    """Which other articles report the same words, as a link to their comparison."""
    others = {row.article_id: row.article for row in quotation.statement.seen}
    others.pop(quotation.article_id, None)
    names = [
        name_of(article.source) if article.source else _("Article %(number)s") % {"number": article.pk}
        for article in list(others.values())[:NAMED_AT_ONCE]
    ]
    return format_html(
        '{} <a href="{}">{}</a>',
        _("reported also by"),
        quotation.statement.get_absolute_url(),
        isolate(_(", ").join(names) + (" …" if len(others) > NAMED_AT_ONCE else "")),
    )


def attribution_in_words(quotation: Quotation, words: str = "") -> str:
    """How a known speaker is known, in a few words; ``words`` are those of the article that point to them."""
    kinds = Quotation.Resolution
    if quotation.resolution == kinds.ROLE and words:
        return format_html(_("known by the title alone: “{words}”"), words=isolate(words))
    if quotation.resolution == kinds.RELATIVE and words:
        return format_html(_("known by a description: “{words}”"), words=isolate(words))
    if quotation.resolution == kinds.DROPPED:
        name = name_of(quotation.speaker, short=True)
        return format_html(_("the verb's subject is understood; it goes back to {name}"), name=isolate(name))
    return {
        kinds.NAMED: _("named in full"),
        kinds.SURNAME: _("named by surname"),
        kinds.GROUP: _("named as a group"),
        kinds.ROLE: _("known by the title alone"),
        kinds.RELATIVE: _("known by a description"),
        kinds.CONTINUATION: _("goes on from the quotation before"),
        kinds.ANONYMOUS: _("a source that the article does not name"),
        kinds.CURATOR: _("speaker set by a curator"),
    }.get(quotation.resolution, _("the way is not recorded"))


def isolate(words: str) -> SafeString:
    """Words of another direction than the sentence that they stand in, kept from disturbing it."""
    return format_html("<bdi>{}</bdi>", words)


def surface(quotation: Quotation, text: str) -> str:
    """The words of the article that point to the speaker, empty when there are none."""
    if quotation.surface_start is None or quotation.surface_end is None:
        return ""
    return text[quotation.surface_start : quotation.surface_end]


def strip_voices(quotations: Iterable[Quotation], text: str, body: Sequence[Span]) -> list[Strip]:
    """One strip a speaker, those who say most first, each block placed in per cent of the body.

    The article runs from right to left as it is read: a block's ``x`` counts from the left edge.
    """
    strips: dict[int | None, Strip] = {}
    rows = list(quotations)
    places = measure(body, ((row.start, row.end) for row in rows))
    for quotation, (begin, length) in zip(rows, places, strict=True):
        strip = strips.setdefault(quotation.speaker_id, Strip(quotation.speaker, [], [], [], []))
        strip.quotations.append(quotation)
        if quotation.term and quotation.term not in strip.terms:
            strip.terms.append(quotation.term)
        words = surface(quotation, text)
        if words and words not in strip.spellings:
            strip.spellings.append(words)
        if length:
            block = {"x": f"{100 * (1 - begin - length):.2f}%", "width": f"{100 * length:.2f}%"}
            strip.blocks.append(block | {"kind": quotation.kind})
    return sorted(strips.values(), key=lambda strip: (strip.speaker is None, -len(strip.quotations)))
