"""What curators correct: written once, kept through every import and every re-extraction.

A correction is a row of its own beside the value that it sets. ``reapply_corrections`` sets the
values again after the importer has written new text or new facts; what cannot be placed any more is
in conflict, never dropped. Each function is one transaction.
"""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from archive.extraction.extractor import extract
from archive.extraction.facts import Extraction, FoundQuotation
from archive.importing.anchoring import Anchor, anchor_at, locate
from archive.importing.fields import evidence_list, json_value, read_fields
from archive.importing.quotations import SAME_SPAN, overlap, quotation_values
from archive.importing.registry import Registry
from archive.importing.values import (
    clean_value,
    refuse_twin,
    restore_field,
    set_country,
    set_field,
    set_quotation,
)
from archive.knowledge import load_knowledge
from archive.models import Article, ArticleCountry, Correction, Country, Quotation

# In the order in which they are applied: a corrected title wins over the one its headline gives.
FIELDS = (
    "headline",
    "title",
    "source",
    "published_on",
    "date_precision",
    "dateline_place",
    "meeting",
    "url",
    "language",
)
QUOTATION_FIELDS = ("speaker", "kind", "review")
# The columns of a quotation that each of them sets beside its review.
SET_BY = {
    "speaker": (
        "speaker_id",
        "term_id",
        "resolution",
        "confidence",
        "reasons",
        "surface_start",
        "surface_end",
    ),
    "kind": ("kind",),
    "review": (),
}
JUDGED_COLUMNS = ("review", *(name for names in SET_BY.values() for name in names))

Status, Target = Correction.Status, Correction.Target


def correct_fields(
    *, article: Article, values: dict[str, Any], user: Any = None, note: str = ""
) -> list[Correction]:
    """Set fields of an article by a curator's word; returns a correction for each that changed.

    Relations may be given as rows or primary keys, dates as dates or in ISO form. An empty headline
    or date is None; an empty title withdraws the correction of the title. The stored article decides
    what has changed, not the instance given, which gets the new values too. Raises
    ``ValidationError`` for a value that the field cannot hold and ``ValueError`` for a field that
    cannot be corrected.
    """
    made = []
    with transaction.atomic():
        row = Article.objects.select_for_update().get(pk=article.pk)
        for field in _in_order(values, FIELDS):
            if field == "title" and not str(values[field] or "").strip():
                if made:
                    row.save()
                _withdraw_standing_title(row, user)
                continue
            value, previous = clean_value(row, field, values[field]), _stored(row, field)
            if value != previous:
                made.append(
                    _record(row, Target.FIELD, field, value=value, previous=previous, user=user, note=note)
                )
                set_field(row, field, value)
        if made:
            row.save()
        for name in ("title_basis", "date_basis", *FIELDS):
            attribute = Article._meta.get_field(name).attname
            setattr(article, attribute, getattr(row, attribute))
    return made


def correct_quotation(
    *, quotation: Quotation, values: dict[str, Any], user: Any = None, note: str = ""
) -> list[Correction]:
    """Set a quotation's speaker, kind or review by a curator's word.

    A new speaker or kind makes its review "corrected" unless ``values`` says otherwise. Raises
    ``ValidationError`` and ``ValueError`` as ``correct_fields`` does.
    """
    made = []
    with transaction.atomic():
        row = Quotation.objects.select_for_update(of=("self",)).select_related("article").get(pk=quotation.pk)
        anchor, kind = anchor_at(row.article.text, row.start, row.end), row.kind
        for field in _in_order(values, QUOTATION_FIELDS):
            value, previous = clean_value(row, field, values[field]), _stored(row, field)
            if value != previous:
                said = {"value": value, "previous": previous, "user": user, "note": note}
                made.append(_record(row.article, Target.QUOTATION, field, anchor=anchor, kind=kind, **said))
                set_quotation(row, field, value)
        if made:
            refuse_twin(row)
            row.save()
        for name in JUDGED_COLUMNS:
            setattr(quotation, name, getattr(row, name))
    return made


def correct_country(
    *, article: Article, country: Country, role: str | None, user: Any = None, note: str = ""
) -> Correction | None:
    """Set how an article concerns a country (None: not at all); returns None if that was so already."""
    if role is not None:
        clean_value(ArticleCountry(), "role", role)
    with transaction.atomic():
        link = ArticleCountry.objects.filter(article=article, country=country).first()
        previous = link.role if link else None
        if role == previous:
            return None
        made = _record(
            article, Target.COUNTRY, country.pk, value=role, previous=previous, user=user, note=note
        )
        set_country(article, country.pk, role)
    return made


def withdraw_correction(*, correction: Correction, user: Any = None) -> None:
    """Take a correction back: the value is again what the extraction finds in the stored text."""
    with transaction.atomic():
        row = Correction.objects.select_for_update().get(pk=correction.pk)
        if row.status != Status.WITHDRAWN:
            in_force = row.status == Status.ACTIVE
            _withdraw([row], user)
            if in_force:
                _restore(row)
        correction.refresh_from_db()


def reapply_corrections(*, article: Article) -> list[Correction]:
    """Set again every corrected value of an article whose text or facts were written anew.

    Quotations are found by their anchors, which then move to the new text. Returns the corrections
    that cannot be placed: they are in conflict now, and are tried again the next time.
    """
    conflicts = []
    with transaction.atomic():
        standing = article.corrections.exclude(status=Status.WITHDRAWN).order_by("created_at", "pk")
        rank = {field: number for number, field in enumerate(FIELDS)}
        for correction in sorted(standing, key=lambda row: rank.get(row.field, 0)):
            try:
                with transaction.atomic():
                    _reapply(article, correction)
                status = Status.ACTIVE
            except (ValidationError, LookupError):
                status = Status.CONFLICT
                conflicts.append(correction)
            if correction.status != status:
                correction.status = status
                correction.save()
        if standing:
            article.save()
    return conflicts


def _in_order(values: dict[str, Any], fields: tuple[str, ...]) -> list[str]:
    others = set(values) - set(fields)
    if others:
        raise ValueError(f"cannot be corrected: {', '.join(sorted(others))}")
    return sorted(values, key=fields.index)


def _stored(row: Article | Quotation, field: str) -> Any:
    return getattr(row, row._meta.get_field(field).attname)


def _record(
    article: Article,
    target: str,
    field: str,
    *,
    value: Any,
    previous: Any,
    user: Any,
    note: str,
    anchor: Anchor | None = None,
    kind: str = "",
) -> Correction:
    """A new correction; the one it takes the place of is withdrawn."""
    words = {"anchor": anchor.words, "before": anchor.before, "after": anchor.after} if anchor else {}
    earlier = article.corrections.filter(target=target, field=field, **words)
    _withdraw(earlier.exclude(status=Status.WITHDRAWN), user)
    return Correction.objects.create(
        article=article,
        target=target,
        field=field,
        value=json_value(value),
        previous=json_value(previous),
        kind=kind,
        user=user,
        note=note,
        **words,
    )


def _withdraw(corrections: Iterable[Correction], user: Any) -> None:
    for correction in corrections:
        correction.status = Status.WITHDRAWN
        correction.withdrawn_at, correction.withdrawn_by = timezone.now(), user
        correction.save()


def _withdraw_standing_title(article: Article, user: Any) -> None:
    standing = article.corrections.filter(target=Target.FIELD, field="title").exclude(status=Status.WITHDRAWN)
    for correction in standing:
        withdraw_correction(correction=correction, user=user)
    article.refresh_from_db()


def _reapply(article: Article, correction: Correction) -> None:
    """Set one corrected value; raises ``LookupError`` or ``ValidationError`` if it has no place."""
    if correction.target == Target.FIELD:
        set_field(article, correction.field, clean_value(article, correction.field, correction.value))
    elif correction.target == Target.COUNTRY:
        clean_value(ArticleCountry(), "country", correction.field)
        set_country(article, correction.field, correction.value)
    else:
        _reapply_to_quotation(article, correction)


def _reapply_to_quotation(article: Article, correction: Correction) -> None:
    place = locate(_anchor(correction), article.text)
    if place is None:
        raise LookupError(correction.anchor)
    row = _quotation_at(article, place, correction)
    if row is None:
        row = Quotation(article=article, start=place[0], end=place[1], kind=correction.kind)
    before = _judgement(row)
    set_quotation(row, correction.field, clean_value(row, correction.field, correction.value))
    if row.pk is None or _judgement(row) != before:
        refuse_twin(row)
        row.save()
    anchor = anchor_at(article.text, *place)
    if anchor != _anchor(correction):
        correction.anchor, correction.before, correction.after = anchor.words, anchor.before, anchor.after
        correction.save()


def _judgement(row: Quotation) -> tuple[Any, ...]:
    return tuple(getattr(row, name) for name in JUDGED_COLUMNS)


def _anchor(correction: Correction) -> Anchor:
    return Anchor(correction.anchor, correction.before, correction.after)


def _quotation_at(article: Article, place: tuple[int, int], correction: Correction) -> Quotation | None:
    """The quotation nearest to a place, one of the corrected kind first, if one is near enough."""
    kinds = {correction.kind, correction.value if correction.field == "kind" else ""}
    return _nearest(article.quotations.all(), place, kinds)


def _nearest(rows: Iterable[Any], place: tuple[int, int], kinds: set[str]) -> Any:
    scored = [(row.kind in kinds, overlap((row.start, row.end), place), row) for row in rows]
    near = [found for found in scored if found[1] >= (SAME_SPAN if found[0] else 1)]
    return max(near, key=lambda found: found[:2])[2] if near else None


def _restore(correction: Correction) -> None:
    """Set the value of a withdrawn correction to what the extraction says of the stored text."""
    article = Article.objects.select_for_update().get(pk=correction.article_id)
    extraction, registry = extract(article.text, load_knowledge()), Registry()
    if correction.target == Target.FIELD:
        facts = read_fields(
            extraction,
            text=article.text,
            source=registry.source(extraction.outlet),
            meeting=registry.meeting(extraction.event.key if extraction.event else None),
        )
        restore_field(article, correction.field, facts)
        article.save()
    elif correction.target == Target.COUNTRY:
        _restore_country(article, correction.field, extraction)
    else:
        _restore_quotation(article, correction, extraction, registry)


def _restore_country(article: Article, code: str, extraction: Extraction) -> None:
    found = next((country for country in extraction.countries if country.iso2 == code), None)
    if found is None:
        set_country(article, code, None)
        return
    ArticleCountry.objects.update_or_create(
        article=article,
        country_id=code,
        defaults={"role": found.salience, "origin": "inferred", "evidence": evidence_list(found)},
    )


def _restore_quotation(
    article: Article, correction: Correction, extraction: Extraction, registry: Registry
) -> None:
    place = locate(_anchor(correction), article.text)
    row = _quotation_at(article, place, correction) if place else None
    if row is None:
        return
    found = _nearest(extraction.quotations, place, {correction.kind})
    if found is not None:
        people = {speaker.id: speaker for speaker in extraction.speakers}
        speaker = people.get(found.attribution.speaker_id)
        values = quotation_values(found, registry.speaker(speaker) if speaker else None, registry)
        for name in SET_BY[correction.field]:
            setattr(row, name, values[name])
    elif correction.field != "review":
        setattr(row, row._meta.get_field(correction.field).attname, correction.previous)
    row.review = _review_left(article, correction, found)
    refuse_twin(row)
    row.save()


def _review_left(article: Article, withdrawn: Correction, found: FoundQuotation | None) -> str:
    """The review state once a correction is withdrawn: of those still in force, else the extraction's."""
    words = {"anchor": withdrawn.anchor, "before": withdrawn.before, "after": withdrawn.after}
    left = article.corrections.filter(target=Target.QUOTATION, status=Status.ACTIVE, **words)
    last = left.order_by("created_at", "pk").last()
    if last is not None:
        return last.value if last.field == "review" else Quotation.Review.CORRECTED
    return Quotation.Review.NEEDED if found is None or found.needs_review else Quotation.Review.PENDING
