"""What was found in one file, in full: kept with the import run, shown to curators."""

from typing import Any

from archive.extraction.facts import Extraction
from archive.importing.fields import FieldFact, json_value
from archive.models import Article, Correction, Quotation

CLIPPED = 200


def facts_report(
    article: Article,
    extraction: Extraction,
    facts: dict[str, FieldFact],
    made: list[tuple[str, str]],
    conflicts: list[Correction],
) -> dict[str, Any]:
    """Every field with its origin and span, every line that is not the article and why, and what a
    curator should look at. JSON; offsets are code points of the article's text.

    ``fields`` is what the file says; where a correction stands, the article says something else, and
    ``corrected`` names those fields.
    """
    quotations = list(article.quotations.select_related("speaker"))
    return {
        "characters": len(article.text),
        "fields": [_field(fact, extraction) for fact in facts.values()],
        "corrected": sorted(article.origins.filter(origin="corrected").values_list("field", flat=True)),
        "conflicts": [_conflict(correction) for correction in conflicts],
        "furniture": [
            {
                "reason": line.reason,
                "start": line.start,
                "end": line.end,
                "text": clipped(article.text[line.start : line.end]),
            }
            for line in extraction.furniture
        ],
        "countries": {found.iso2: found.salience for found in extraction.countries},
        "quotations": {
            "direct": sum(row.kind == Quotation.Kind.DIRECT for row in quotations),
            "indirect": sum(row.kind == Quotation.Kind.INDIRECT for row in quotations),
            "to_review": [_quotation(row) for row in quotations if row.review == Quotation.Review.NEEDED],
        },
        "speakers": sorted({row.speaker.name_ar for row in quotations if row.speaker}),
        "new": [{"kind": kind, "name": name} for kind, name in made],
        "diagnostics": [
            {"code": found.code, "start": found.start, "end": found.end, "message": found.message}
            for found in extraction.diagnostics
        ],
    }


def to_review(report: dict[str, Any]) -> int:
    """How many things of one file a curator should look at."""
    if not report:
        return 0
    return len(report["quotations"]["to_review"]) + len(report["new"]) + len(report["conflicts"])


def _field(fact: FieldFact, extraction: Extraction) -> dict[str, Any]:
    value = json_value(fact.value)
    if value is not None and fact.field == "source":
        value = extraction.outlet.name
    elif value is not None and fact.field == "meeting":
        value = extraction.event.key
    return {
        "field": fact.field,
        "value": value,
        "origin": str(fact.origin),
        "basis": fact.basis,
        "confidence": fact.confidence,
        "evidence": fact.evidence,
    }


def _conflict(correction: Correction) -> dict[str, Any]:
    return {
        "target": correction.target,
        "field": correction.field,
        "value": correction.value,
        "words": clipped(correction.anchor),
    }


def _quotation(row: Quotation) -> dict[str, Any]:
    return {
        "text": clipped(row.text),
        "start": row.start,
        "end": row.end,
        "speaker": row.speaker.name_ar if row.speaker else None,
        "reasons": row.reasons,
    }


def clipped(text: str) -> str:
    return text if len(text) <= CLIPPED else text[: CLIPPED - 1] + "…"
