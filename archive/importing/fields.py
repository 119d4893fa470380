"""From what the extraction found to the fields of an article, each with its origin."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from archive.arabic.words import segment
from archive.extraction.facts import Extraction, FoundCountry, Headline, Span
from archive.extraction.incipit import find_incipit
from archive.models import FieldOrigin

TITLE_LENGTH = 500
# A language that cannot be told (ISO 639-2).
UNDETERMINED = "und"

Origin = FieldOrigin.Origin


@dataclass(frozen=True, slots=True)
class FieldFact:
    """One field's value with its origin; ``evidence`` lists ``{"text", "start", "end"}``.

    For ``source`` and ``meeting`` the value is a primary key.
    """

    field: str
    value: Any
    origin: str
    basis: str = ""
    confidence: float = 1.0
    evidence: list[dict[str, Any]] = field(default_factory=list)


def read_fields(
    extraction: Extraction, *, text: str, source: int | None, meeting: int | None
) -> dict[str, FieldFact]:
    """Every field that an extraction decides, by name; ``source`` and ``meeting`` are already rows."""
    headline = _headline(extraction)
    facts = [
        headline,
        _title(extraction, headline, text),
        _source(extraction, source),
        _published_on(extraction),
        _dateline_place(extraction),
        _meeting(extraction, meeting),
        _unknown("url", ""),
        FieldFact("language", _language(text), Origin.INFERRED, "script"),
    ]
    return {fact.field: fact for fact in facts}


def field_values(facts: dict[str, FieldFact]) -> dict[str, Any]:
    """The article's columns for ``facts``, the bases of title and date among them."""
    values = {fact.field: fact.value for fact in facts.values()}
    values["source_id"] = values.pop("source")
    values["meeting_id"] = values.pop("meeting")
    values["title_basis"] = facts["title"].basis
    values["date_basis"] = facts["published_on"].basis
    values["date_precision"] = "day"
    return values


def json_value(value: Any) -> Any:
    """A field's value as JSON keeps it: a date in its ISO form, anything else as it is."""
    return value.isoformat() if isinstance(value, date) else value


def evidence_list(found: FoundCountry) -> list[dict[str, Any]]:
    """The evidence of a country as JSON keeps it."""
    return [
        {"text": proof.text, "start": proof.start, "end": proof.end, "kind": proof.kind}
        for proof in found.evidence
    ]


def derived_title(text: str, incipit: Headline | Span) -> FieldFact:
    """The title of an article without a headline: its opening words, with … where they are cut."""
    title = _one_line(incipit.text)[: TITLE_LENGTH - 1]
    rest = text[incipit.end :].partition("\n")[0]
    cut = next(segment(rest), None) is not None
    evidence = _spans([incipit])
    return FieldFact("title", title + "…" if cut else title, Origin.INFERRED, "derived", evidence=evidence)


def _headline(extraction: Extraction) -> FieldFact:
    found = extraction.headline
    if found is None or found.basis == "derived" or not _one_line(found.text):
        return _unknown("headline", None)
    text = _one_line(found.text)[:TITLE_LENGTH]
    return FieldFact("headline", text, Origin.FILE, found.basis, evidence=_spans([found]))


def _title(extraction: Extraction, headline: FieldFact, text: str) -> FieldFact:
    if headline.value is not None:
        return FieldFact("title", headline.value, Origin.FILE, headline.basis, evidence=headline.evidence)
    paragraphs = [(part.start, part.end) for part in extraction.body]
    return derived_title(text, extraction.headline or find_incipit(text, paragraphs, ()))


def _source(extraction: Extraction, source: int | None) -> FieldFact:
    found = extraction.outlet
    if found is None or source is None:
        return _unknown("source", None)
    return FieldFact("source", source, Origin.FILE, "explicit", found.confidence, _spans([found.evidence]))


def _published_on(extraction: Extraction) -> FieldFact:
    found = extraction.dateline
    if found.date is None or found.date_basis == "none":
        return _unknown("published_on", None)
    stated = found.date_basis in {"explicit", "furniture"}
    return FieldFact(
        "published_on",
        found.date,
        Origin.FILE if stated else Origin.INFERRED,
        found.date_basis,
        found.confidence,
        _spans(found.evidence),
    )


def _dateline_place(extraction: Extraction) -> FieldFact:
    found = extraction.dateline
    if not found.place:
        return _unknown("dateline_place", "")
    proofs = [span for span in found.evidence if found.place in span.text]
    return FieldFact("dateline_place", found.place[:120], Origin.FILE, "explicit", evidence=_spans(proofs))


def _meeting(extraction: Extraction, meeting: int | None) -> FieldFact:
    found = extraction.event
    if found is None or meeting is None:
        return _unknown("meeting", None)
    return FieldFact(
        "meeting", meeting, Origin.INFERRED, found.kind, found.confidence, _spans(found.evidence)
    )


def _language(text: str) -> str:
    """Arabic if at least half of the letters are; else "und" (undetermined, ISO 639-2)."""
    letters = [character for character in text if character.isalpha()]
    arabic = sum("\u0600" <= character <= "\u08ff" for character in letters)
    return "ar" if 2 * arabic >= len(letters) else UNDETERMINED


def _unknown(name: str, value: str | None) -> FieldFact:
    return FieldFact(name, value, Origin.UNKNOWN, "none", 0.0)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _spans(found: Iterable[Any]) -> list[dict[str, Any]]:
    return [{"text": span.text, "start": span.start, "end": span.end} for span in found]
