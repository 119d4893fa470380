"""Setting every corrected value again after the text or the facts of an article were written anew."""

from copy import copy

from django.core.exceptions import ValidationError
from django.db import transaction

from archive.corrections.anchored import anchor_columns, anchor_of, quotation_of
from archive.corrections.correctable import FIELDS, JUDGED_COLUMNS
from archive.importing.anchoring import anchor_at
from archive.importing.values import clean_value, refuse_twin, set_country, set_field, set_quotation
from archive.models import Article, ArticleCountry, Correction, Quotation

Status, Target = Correction.Status, Correction.Target


def reapply_corrections(*, article: Article) -> list[Correction]:
    """Set again every corrected value of an article whose text or facts were written anew.

    A correction of a quotation goes to the row that it was made on. One whose row is gone is found by
    its anchor, and tied to what stands there. Returns the corrections that cannot be placed: they are
    in conflict now, and are tried again the next time.
    """
    conflicts = []
    with transaction.atomic():
        standing = list(article.corrections.exclude(status=Status.WITHDRAWN).order_by("created_at", "pk"))
        of_quotations = [row for row in standing if row.target == Target.QUOTATION]
        # The fields first: who held which office depends on the date.
        others = [row for row in standing if row.target != Target.QUOTATION]
        rank = {field: number for number, field in enumerate(FIELDS)}
        for correction in sorted(others, key=lambda row: rank.get(row.field, 0)):
            if not _placed(_reapply, article, correction):
                conflicts.append(correction)
        rows = {row.pk: row for row in article.quotations.all()} if of_quotations else {}
        for correction in of_quotations:
            if not _placed(_reapply_to_quotation, article, correction, rows):
                conflicts.append(correction)
        if standing:
            article.save()
    return conflicts


def _placed(reapply, article: Article, correction: Correction, *rows: dict[int, Quotation]) -> bool:
    """Whether a correction has a place; its status says so from now on."""
    try:
        with transaction.atomic():
            reapply(article, correction, *rows)
        status = Status.ACTIVE
    except (ValidationError, LookupError):
        status = Status.CONFLICT
    if correction.status != status:
        correction.status = status
        correction.save()
    return status == Status.ACTIVE


def _reapply(article: Article, correction: Correction) -> None:
    """Set a field or a country; raises ``LookupError`` or ``ValidationError`` if it has no place."""
    if correction.target == Target.FIELD:
        set_field(article, correction.field, clean_value(article, correction.field, correction.value))
    else:
        clean_value(ArticleCountry(), "country", correction.field)
        set_country(article, correction.field, correction.value)


def _reapply_to_quotation(article: Article, correction: Correction, rows: dict[int, Quotation]) -> None:
    """The same for a quotation; ``rows`` holds the article's by primary key, as they are stored."""
    found, place = quotation_of(correction, rows.values(), article.text)
    # That words stand alone does not say that they are a quotation: nothing is made again for it.
    if place is None or (found is None and correction.field == "alone"):
        raise LookupError(correction.anchor)
    row = Quotation(start=place[0], end=place[1], kind=correction.kind) if found is None else copy(found)
    row.article = article
    set_quotation(row, correction.field, clean_value(row, correction.field, correction.value))
    if found is None or _judgement(row) != _judgement(found):
        refuse_twin(row)
        row.save()
    rows[row.pk] = row
    anchor = anchor_at(article.text, *place)
    if anchor != anchor_of(correction) or correction.quotation_id != row.pk:
        correction.quotation = row
        for name, words in anchor_columns(anchor).items():
            setattr(correction, name, words)
        correction.save()


def _judgement(row: Quotation) -> tuple:
    return tuple(getattr(row, name) for name in JUDGED_COLUMNS)
