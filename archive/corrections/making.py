"""Correcting: a curator's word on a field, a quotation or a country of an article."""

from typing import Any

from django.db import transaction

from archive.corrections.anchored import anchor_columns, concerns
from archive.corrections.correctable import FIELDS, JUDGED_COLUMNS, QUOTATION_FIELDS
from archive.corrections.grouping import regroup_after
from archive.corrections.withdrawing import mark_withdrawn, withdraw_correction
from archive.importing.anchoring import anchor_at
from archive.importing.fields import json_value
from archive.importing.values import clean_value, refuse_twin, set_country, set_field, set_quotation
from archive.models import Article, ArticleCountry, Correction, Country, Quotation

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
                said = {"value": value, "previous": previous, "user": user, "note": note}
                made.append(_record(row, Target.FIELD, field, **said))
                set_field(row, field, value)
        if made:
            row.save()
            regroup_after(row, made)
        for name in ("title_basis", "date_basis", *FIELDS):
            attribute = Article._meta.get_field(name).attname
            setattr(article, attribute, getattr(row, attribute))
    return made


def correct_quotation(
    *, quotation: Quotation, values: dict[str, Any], user: Any = None, note: str = ""
) -> list[Correction]:
    """Set a quotation's speaker, kind or review, or that it stands alone, by a curator's word.

    A new speaker or kind makes its review "corrected" unless ``values`` says otherwise. Raises
    ``ValidationError`` and ``ValueError`` as ``correct_fields`` does.
    """
    made = []
    with transaction.atomic():
        # The article first, as an import does: what it finds and what is corrected do not cross.
        stored = Article.objects.select_for_update().get(pk=quotation.article_id)
        row = stored.quotations.select_for_update().get(pk=quotation.pk)
        kind = row.kind
        for field in _in_order(values, QUOTATION_FIELDS):
            value, previous = clean_value(row, field, values[field]), _stored(row, field)
            if value != previous:
                said = {"value": value, "previous": previous, "user": user, "note": note}
                made.append(_record(stored, Target.QUOTATION, field, row=row, kind=kind, **said))
                set_quotation(row, field, value)
        if made:
            refuse_twin(row)
            row.save()
            regroup_after(stored, made)
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
        article = Article.objects.select_for_update().get(pk=article.pk)
        link = article.country_links.filter(country=country).first()
        previous = link.role if link else None
        if role == previous:
            return None
        said = {"value": role, "previous": previous, "user": user, "note": note}
        made = _record(article, Target.COUNTRY, country.pk, **said)
        set_country(article, country.pk, role)
    return made


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
    row: Quotation | None = None,
    kind: str = "",
) -> Correction:
    """A new correction; the one it takes the place of is withdrawn."""
    earlier = article.corrections.filter(target=target, field=field).exclude(status=Status.WITHDRAWN)
    words = {}
    if row is not None:
        earlier = earlier.filter(concerns(row))
        words = anchor_columns(anchor_at(article.text, row.start, row.end))
    mark_withdrawn(earlier, user)
    return Correction.objects.create(
        article=article,
        target=target,
        field=field,
        value=json_value(value),
        previous=json_value(previous),
        quotation=row,
        kind=kind,
        user=user,
        note=note,
        **words,
    )


def _withdraw_standing_title(article: Article, user: Any) -> None:
    standing = article.corrections.filter(target=Target.FIELD, field="title").exclude(status=Status.WITHDRAWN)
    for correction in standing:
        withdraw_correction(correction=correction, user=user)
    article.refresh_from_db()
