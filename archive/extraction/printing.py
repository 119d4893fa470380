"""An extraction as the one JSON object that ``manage.py extract --json`` prints, schema 1.0."""

from datetime import date
from decimal import Decimal
from typing import Any

from archive.extraction.facts import (
    SCHEMA,
    Cue,
    Extraction,
    FoundQuotation,
    FoundSpeaker,
    Span,
)


def _span(span: Span | None) -> dict[str, Any] | None:
    return None if span is None else {"text": span.text, "start": span.start, "end": span.end}


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


def _cue(cue: Cue | None) -> dict[str, Any] | None:
    return None if cue is None else {"lemma": cue.lemma, "text": cue.text, "start": cue.start, "end": cue.end}


def _speaker(speaker: FoundSpeaker) -> dict[str, Any]:
    return {
        "id": speaker.id,
        "type": speaker.type,
        "name_ar": speaker.name_ar,
        "name_en": speaker.name_en or None,
        "role_ar": speaker.role_ar or None,
        "organisation": speaker.organisation,
        "country": speaker.country,
        "mentions": [
            {"text": mention.text, "start": mention.start, "end": mention.end, "kind": mention.kind}
            for mention in speaker.mentions
        ],
        "variants": list(speaker.variants),
    }


def _quotation(quotation: FoundQuotation, speakers: dict[str, FoundSpeaker]) -> dict[str, Any]:
    attribution = quotation.attribution
    speaker = speakers.get(attribution.speaker_id or "")
    return {
        "id": quotation.id,
        "kind": quotation.kind,
        "form": quotation.form,
        "text": quotation.text,
        "start": quotation.start,
        "end": quotation.end,
        "cue": _cue(quotation.cue),
        "speaker": {
            "id": attribution.speaker_id,
            "name_ar": speaker.name_ar if speaker else None,
            "country": speaker.country if speaker else None,
            "surface": _span(attribution.surface),
            "resolution": attribution.resolution,
            "confidence": round(attribution.confidence, 2),
        },
        "parent": quotation.parent,
        "continues": quotation.continues,
        "via": list(quotation.via),
        "paragraph": quotation.paragraph,
        "needs_review": quotation.needs_review,
    }


def as_document(
    extraction: Extraction, *, name: str, sha256: str, text_sha256: str, chars: int
) -> dict[str, Any]:
    """The printed form: plain values, keys in the order of the schema, dates as ISO 8601."""
    headline, dateline, outlet, event = (
        extraction.headline,
        extraction.dateline,
        extraction.outlet,
        extraction.event,
    )
    speakers = {speaker.id: speaker for speaker in extraction.speakers}
    return {
        "schema": SCHEMA,
        "file": {"name": name, "sha256": sha256, "text_sha256": text_sha256, "chars": chars},
        "headline": None
        if headline is None
        else {"text": headline.text, "start": headline.start, "end": headline.end, "basis": headline.basis},
        "deck": _span(extraction.deck),
        "standfirst": _span(extraction.standfirst),
        "sections": [
            {"title": section.text, "start": section.start, "end": section.end}
            for section in extraction.sections
        ],
        "body": [
            {"start": paragraph.start, "end": paragraph.end, "paragraph": paragraph.paragraph}
            for paragraph in extraction.body
        ],
        "boilerplate": [
            {"start": item.start, "end": item.end, "reason": item.reason} for item in extraction.furniture
        ],
        "dateline": {
            "place": dateline.place,
            "country": dateline.country,
            "date": _day(dateline.date),
            "date_basis": dateline.date_basis,
            "confidence": round(dateline.confidence, 2),
            "evidence": [_span(span) for span in dateline.evidence],
        },
        "outlet": None
        if outlet is None
        else {
            "name": outlet.name,
            "id": outlet.key,
            "evidence": _span(outlet.evidence),
            "confidence": round(outlet.confidence, 2),
        },
        "cited_sources": [
            {"name": source.name, "kind": source.kind, "start": source.start, "end": source.end}
            for source in extraction.cited_sources
        ],
        "event": None
        if event is None
        else {
            "kind": event.kind,
            "id": event.key,
            "city": event.city,
            "country": event.country,
            "date": _day(event.date),
            "confidence": round(event.confidence, 2),
            "evidence": [_span(span) for span in event.evidence],
        },
        "speakers": [_speaker(speaker) for speaker in extraction.speakers],
        "quotes": [_quotation(quotation, speakers) for quotation in extraction.quotations],
        "scare_quotes": [_span(span) for span in extraction.scare_quotes],
        "countries": [
            {
                "iso2": country.iso2,
                "salience": country.salience,
                "count": len(country.evidence),
                "evidence": [
                    {"text": item.text, "start": item.start, "end": item.end, "kind": item.kind}
                    for item in country.evidence
                ],
            }
            for country in extraction.countries
        ],
        "organisations": [
            {"id": item.id, "name_ar": item.name_ar, "mentions": [_span(span) for span in item.mentions]}
            for item in extraction.organisations
        ],
        "diagnostics": [
            {"code": item.code, "start": item.start, "end": item.end, "message": item.message}
            for item in extraction.diagnostics
        ],
        "figures": [
            {
                "text": figure.text,
                "start": figure.start,
                "end": figure.end,
                "value": _number(figure.value),
                "high": None if figure.high is None else _number(figure.high),
                "bound": figure.bound,
                "unit": figure.unit,
                "counted": figure.counted,
            }
            for figure in extraction.figures
        ],
    }
