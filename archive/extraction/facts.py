"""What the extraction finds in one article.

Every offset counts code points of the canonical text and is half-open; for every span,
``span.text == text[span.start:span.end]``. The names follow the printed format of
``manage.py extract --json``, schema 1.0.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

SCHEMA = "1.0"
SPEAKER_KINDS = ("person", "group", "organisation", "state", "statement", "anonymous")
MENTION_KINDS = ("full", "surname", "role", "honorific", "possessive")
RESOLUTIONS = (
    "named",
    "surname",
    "role",
    "group",
    "relative",
    "dropped",
    "continuation",
    "anonymous",
    "none",
)
QUOTE_FORMS = ("full", "clause", "fragment", "nominal", "headline")
FURNITURE_REASONS = ("related", "nav", "subscribe", "repeat", "caption", "noise")
FIGURE_BOUNDS = ("exact", "about", "over", "under", "range")
DATE_BASES = ("explicit", "furniture", "relative", "event", "none")


@dataclass(frozen=True, slots=True)
class Span:
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Headline:
    """``basis`` explicit or repeated (it stands in the text), or derived (the incipit stands in for it)."""

    text: str
    start: int
    end: int
    basis: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    start: int
    end: int
    paragraph: int


@dataclass(frozen=True, slots=True)
class Furniture:
    start: int
    end: int
    reason: str


@dataclass(frozen=True, slots=True)
class Dateline:
    place: str | None
    country: str | None
    date: date | None
    date_basis: str
    confidence: float
    evidence: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class FoundOutlet:
    """``key`` is None for an outlet that the reference data does not know."""

    name: str
    key: str | None
    evidence: Span
    confidence: float


@dataclass(frozen=True, slots=True)
class CitedSource:
    name: str
    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class FoundEvent:
    """``kind`` ministerial, small_group, statement or other; ``key`` a known meeting's or None."""

    kind: str
    key: str | None
    city: str | None
    country: str | None
    date: date | None
    confidence: float
    evidence: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Mention:
    text: str
    start: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True)
class FoundSpeaker:
    """``id`` is unique in the article; ``key`` is the reference data's, None for a new speaker."""

    id: str
    key: str | None
    type: str
    name_ar: str
    name_en: str
    role_ar: str
    organisation: str | None
    country: str | None
    mentions: tuple[Mention, ...]
    variants: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cue:
    lemma: str
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who said it: ``speaker_id`` is a ``FoundSpeaker.id``, None when nobody could be named safely."""

    speaker_id: str | None
    surface: Span | None
    resolution: str
    confidence: float
    term: str | None = None


@dataclass(frozen=True, slots=True)
class FoundQuotation:
    """``parent`` and ``continues`` are ids of the article's other quotations; ``reasons`` plain words."""

    id: str
    kind: str
    form: str
    text: str
    start: int
    end: int
    cue: Cue | None
    attribution: Attribution
    parent: str | None
    continues: str | None
    via: tuple[str, ...]
    paragraph: int | None
    needs_review: bool
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    text: str
    start: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True)
class FoundCountry:
    """``salience`` primary, mentioned or incidental; one evidence a place in the text, in order."""

    iso2: str
    salience: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class FoundOrganisation:
    id: str
    name_ar: str
    mentions: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class FoundFigure:
    """A number with what it counts; ``value`` (and ``high``, of a range) in single units.

    ``bound`` is one of ``FIGURE_BOUNDS``; ``unit`` holds the words that say what is counted; ``counted``
    is the same for every form of the noun, and for other words for the same thing.
    """

    text: str
    start: int
    end: int
    value: Decimal
    high: Decimal | None
    bound: str
    unit: str
    counted: str
    kind: str


@dataclass(frozen=True, slots=True)
class Diagnostic:
    code: str
    start: int
    end: int
    message: str


@dataclass(frozen=True, slots=True)
class Extraction:
    headline: Headline | None
    deck: Span | None
    standfirst: Span | None
    sections: tuple[Span, ...]
    body: tuple[Paragraph, ...]
    furniture: tuple[Furniture, ...]
    dateline: Dateline
    outlet: FoundOutlet | None
    cited_sources: tuple[CitedSource, ...]
    event: FoundEvent | None
    speakers: tuple[FoundSpeaker, ...]
    quotations: tuple[FoundQuotation, ...]
    scare_quotes: tuple[Span, ...]
    countries: tuple[FoundCountry, ...]
    organisations: tuple[FoundOrganisation, ...]
    diagnostics: tuple[Diagnostic, ...]
    figures: tuple[FoundFigure, ...] = ()
