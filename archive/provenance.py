"""Where every field of an article comes from, as the rows of its provenance table."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext, gettext_lazy, pgettext_lazy

from archive.dates_in_words import date_in_words
from archive.models import Article, Correction, FieldOrigin
from archive.naming import name_of

FIELDS = {
    "title": pgettext_lazy("field of an article", "title"),
    "headline": pgettext_lazy("field of an article", "headline"),
    "source": pgettext_lazy("field of an article", "outlet"),
    "published_on": pgettext_lazy("field of an article", "date"),
    "dateline_place": pgettext_lazy("field of an article", "dateline place"),
    "meeting": pgettext_lazy("field of an article", "meeting"),
    "url": pgettext_lazy("field of an article", "web address"),
    "language": pgettext_lazy("field of an article", "language"),
}
BASES = {
    "explicit": gettext_lazy("stated in the text"),
    "furniture": gettext_lazy("stated beside the text"),
    "repeated": gettext_lazy("repeated in the text"),
    "derived": gettext_lazy("taken from the opening words"),
    "relative": gettext_lazy("inferred from a relative date"),
    "event": gettext_lazy("inferred from an event"),
    "corrected": gettext_lazy("set by a curator of the archive"),
    "none": gettext_lazy("nothing in the file tells"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """A field with its value, how certain it is, and the words of the article that prove it.

    ``certainty`` is stated, inferred, corrected or unknown. ``before`` is what a corrected field held,
    in words: empty when it held nothing.
    """

    field: str
    label: str
    value: Any
    certainty: str
    evidence: list[str]
    note: str
    before: str = ""


def certainty(origin: str) -> str:
    """The degree that an origin of a field amounts to."""
    return {
        FieldOrigin.Origin.FILE: "stated",
        FieldOrigin.Origin.INFERRED: "inferred",
        FieldOrigin.Origin.CORRECTED: "corrected",
    }.get(origin, "unknown")


def provenance(
    article: Article, origins: Iterable[FieldOrigin], corrections: Iterable[Correction] = ()
) -> list[Row]:
    """The rows in the order of ``FIELDS``; a field without a recorded origin and value is left out.

    So is the shown title where it is the headline, which has a row of its own.
    """
    recorded = {origin.field: origin for origin in origins}
    corrected = {row.field: row for row in corrections if row.target == Correction.Target.FIELD}
    rows = []
    for field, label in FIELDS.items():
        origin, value = recorded.get(field), _value(article, field)
        if origin is None and value in (None, ""):
            continue
        if origin is None and field in {"title", "language", "url"}:
            continue
        if field == "title" and value == article.headline:
            continue
        correction = corrected.get(field)
        degree = "corrected" if correction else certainty(origin.origin) if origin else "unknown"
        evidence = origin.evidence if origin and not correction else []
        words = list(dict.fromkeys(span["text"] for span in evidence if span.get("text")))
        before = _before(article, correction, corrected.get("date_precision")) if correction else ""
        rows.append(Row(field, str(label), value, degree, words, _note(origin, correction), before))
    return rows


def _value(article: Article, field: str) -> Any:
    value = getattr(article, field)
    if field == "published_on" and value:
        return date_in_words(value, article.date_precision)
    return value


def _before(article: Article, correction: Correction, of_precision: Correction | None) -> str:
    """What a corrected field held before, as a reader reads it; one query for a relation."""
    previous = correction.previous
    if previous in (None, ""):
        return ""
    if correction.field == "published_on":
        precision = of_precision.previous if of_precision else article.date_precision
        return date_in_words(date.fromisoformat(previous), precision)
    related = Article._meta.get_field(correction.field).related_model
    if related is None:
        return str(previous)
    row = related.objects.filter(pk=previous).first()
    return name_of(row, short=True) if row else gettext("an entry that has been removed")


def _note(origin: FieldOrigin | None, correction: Correction | None) -> str:
    if correction:
        # The curator's own note is for curators: the administration shows it.
        return str(BASES["corrected"])
    if origin is None:
        return ""
    return str(BASES.get(origin.basis, ""))
