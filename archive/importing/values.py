"""Setting one value of a row together with everything that hangs on it."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from archive.arabic.normalize import unshape
from archive.extraction.incipit import find_incipit
from archive.importing.fields import FieldFact, derived_title
from archive.models import Article, ArticleCountry, Correction, FieldOrigin, Quotation, TermOfOffice
from archive.reviewing import NO_OFFICE

CORRECTED = "corrected"
UNJUDGED = (Quotation.Review.PENDING, Quotation.Review.NEEDED)
# Ways of knowing a speaker that name him.
NAMING = (Quotation.Resolution.NAMED, Quotation.Resolution.SURNAME)


def clean_value(row: models.Model, field: str, value: Any) -> Any:
    """``value`` as the column holds it: a primary key for a relation, text without presentation forms.

    Raises ``ValidationError`` if the column cannot hold it or the related row does not exist.
    """
    column = row._meta.get_field(field)
    if isinstance(value, models.Model):
        value = value.pk
    if isinstance(value, str):
        value = unshape(value).strip()
    if value in (None, ""):
        if column.null:
            return None
        value = ""
    return column.clean(value, row)


def set_field(article: Article, field: str, value: Any) -> None:
    """Set a field of an article to a curator's value, with its origin; the caller saves the article."""
    setattr(article, article._meta.get_field(field).attname, value)
    write_origin(article, corrected_fact(field, value))
    if field == "title":
        article.title_basis = Article.TitleBasis.CORRECTED
    elif field == "headline" and not is_corrected(article, "title"):
        set_title(article, title_of_headline(article))
    elif field == "published_on":
        article.date_basis = Article.DateBasis.NONE if value is None else Article.DateBasis.CORRECTED
        refresh_terms(article)


def restore_field(article: Article, field: str, facts: dict[str, FieldFact]) -> None:
    """Set a field to what the extraction says; the caller saves the article."""
    if field == "date_precision":
        article.date_precision = Article.DatePrecision.DAY
        article.origins.filter(field=field).delete()
        return
    fact = facts[field]
    if field == "title":
        set_title(article, title_of_headline(article) if is_corrected(article, "headline") else fact)
        return
    setattr(article, article._meta.get_field(field).attname, fact.value)
    write_origin(article, fact)
    if field == "headline" and not is_corrected(article, "title"):
        set_title(article, facts["title"])
    elif field == "published_on":
        article.date_basis = fact.basis
        refresh_terms(article)


def set_title(article: Article, fact: FieldFact) -> None:
    article.title, article.title_basis = fact.value, fact.basis
    write_origin(article, fact)


def title_of_headline(article: Article) -> FieldFact:
    """The title that a corrected headline gives: itself, or the opening words if it was cleared."""
    if article.headline is not None:
        return corrected_fact("title", article.headline)
    stated = article.origins.filter(
        field__in=("source", "published_on", "dateline_place"), origin=FieldOrigin.Origin.FILE
    )
    heads = [(span["start"], span["end"]) for origin in stated for span in origin.evidence]
    paragraphs = [(span["start"], span["end"]) for span in article.body]
    return derived_title(article.text, find_incipit(article.text, paragraphs, heads))


def corrected_fact(field: str, value: Any) -> FieldFact:
    return FieldFact(field, value, FieldOrigin.Origin.CORRECTED, CORRECTED)


def is_corrected(article: Article, field: str) -> bool:
    return article.corrections.filter(
        target=Correction.Target.FIELD, field=field, status=Correction.Status.ACTIVE
    ).exists()


def write_origin(article: Article, fact: FieldFact) -> None:
    FieldOrigin.objects.update_or_create(
        article=article,
        field=fact.field,
        defaults={
            "origin": fact.origin,
            "basis": fact.basis,
            "confidence": fact.confidence,
            "evidence": fact.evidence,
        },
    )


def refresh_terms(article: Article) -> None:
    """After a change of date: the office that each speaker of the article held then.

    Who was known by a title alone, and held no office on the new date, is no longer known: the title
    meant somebody else. Such quotations go to review, and those of a speaker whom nothing else in the
    article names lose him. What a curator judged stays.
    """
    rows = article.quotations.exclude(speaker=None)
    for speaker in list(rows.order_by().values_list("speaker", flat=True).distinct()):
        said = rows.filter(speaker=speaker)
        term = term_on(speaker, article)
        held = TermOfOffice.objects.none()
        if article.published_on is not None:
            held = TermOfOffice.objects.filter(speaker=speaker).held_on(article.published_on)
        if not held.exists():
            titled = said.filter(resolution=Quotation.Resolution.ROLE, review__in=UNJUDGED)
            named = said.filter(resolution__in=NAMING).exists()
            if titled.exists():
                lost = {} if named else {"speaker": None, "confidence": 0.0}
                titled.update(review=Quotation.Review.NEEDED, reasons=[NO_OFFICE], term=None, **lost)
        stale = said.exclude(term__in=held).exclude(term=term)
        if stale.exists():
            stale.update(term=term)


def term_on(speaker: int | None, article: Article) -> TermOfOffice | None:
    """The one office that a speaker held on the article's date; None if there is no one or several."""
    if speaker is None or article.published_on is None:
        return None
    held = list(TermOfOffice.objects.filter(speaker=speaker).held_on(article.published_on)[:2])
    return held[0] if len(held) == 1 else None


def set_country(article: Article, code: str, role: str | None) -> None:
    """Link a country to an article by a curator's word, or (``role`` None) unlink it."""
    if role is None:
        ArticleCountry.objects.filter(article=article, country=code).delete()
        return
    ArticleCountry.objects.update_or_create(
        article=article, country_id=code, defaults={"role": role, "origin": CORRECTED}
    )


def set_quotation(row: Quotation, field: str, value: Any) -> None:
    """Set what a curator says of a quotation (``QUOTATION_FIELDS``); the caller saves it.

    Who speaks, and whether the words are verbatim, is a verdict on the quotation and marks it as
    corrected; that it stands alone says nothing of either.
    """
    if field in ("review", "alone"):
        setattr(row, field, value)
        return
    row.review = Quotation.Review.CORRECTED
    if field == "kind":
        row.kind = value
        return
    row.speaker_id, row.term = value, term_on(value, row.article)
    row.confidence, row.reasons = 1.0, []
    # The words that the text calls somebody by are not evidence for the one whom the curator names.
    row.surface_start = row.surface_end = None
    row.resolution = Quotation.Resolution.NONE if value is None else Quotation.Resolution.CURATOR


def refuse_twin(row: Quotation) -> None:
    """Raise ``ValidationError`` if another quotation has the kind and the span of ``row``."""
    twins = Quotation.objects.filter(article=row.article_id, kind=row.kind, start=row.start, end=row.end)
    if twins.exclude(pk=row.pk).exists():
        raise ValidationError(_("The article already has this quotation as that kind."))
