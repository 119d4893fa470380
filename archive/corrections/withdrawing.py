"""Taking corrections back: the value is again what the extraction finds in the stored text."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone

from archive.corrections.anchored import concerns, nearest, quotation_of
from archive.corrections.correctable import SET_BY
from archive.corrections.grouping import regroup_after
from archive.extraction.extractor import extract
from archive.extraction.facts import Extraction, FoundQuotation
from archive.importing.fields import evidence_list, read_fields
from archive.importing.quotations import quotation_values
from archive.importing.registry import Registry
from archive.importing.values import refuse_twin, restore_field, set_country, term_on
from archive.knowledge import load_knowledge
from archive.models import Article, ArticleCountry, Correction, Quotation, Speaker

Status, Target = Correction.Status, Correction.Target


def withdraw_correction(*, correction: Correction, user: Any = None) -> None:
    """Take a correction back: the value is again what the extraction finds in the stored text."""
    with transaction.atomic():
        article = Article.objects.select_for_update().get(pk=correction.article_id)
        row = article.corrections.get(pk=correction.pk)
        if row.status != Status.WITHDRAWN:
            in_force = row.status == Status.ACTIVE
            mark_withdrawn([row], user)
            if in_force:
                _restore(article, row)
                regroup_after(article, [row])
        correction.refresh_from_db()


def mark_withdrawn(corrections: Iterable[Correction], user: Any) -> None:
    """Say of corrections that they no longer hold; the values stay as they are."""
    for correction in corrections:
        correction.status = Status.WITHDRAWN
        correction.withdrawn_at, correction.withdrawn_by = timezone.now(), user
        correction.save()


def _restore(article: Article, correction: Correction) -> None:
    """Set the value of a withdrawn correction to what the extraction says of the stored text."""
    if correction.field == "alone":
        _restore_company(article, correction)
        return
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


def _restore_company(article: Article, correction: Correction) -> None:
    """A quotation that no curator sets apart may be the same statement as others."""
    row, _place = quotation_of(correction, article.quotations.all(), article.text)
    if row is not None:
        row.alone = False
        row.save()


def _restore_quotation(
    article: Article, correction: Correction, extraction: Extraction, registry: Registry
) -> None:
    row, place = quotation_of(correction, article.quotations.all(), article.text)
    if row is None:
        return
    found = nearest(extraction.quotations, place, {correction.kind})
    if found is not None:
        people = {speaker.id: speaker for speaker in extraction.speakers}
        values = quotation_values(found, people.get(found.attribution.speaker_id), registry)
        for name in SET_BY[correction.field]:
            setattr(row, name, values[name])
    elif correction.field == "kind":
        row.kind = correction.previous
    elif correction.field == "speaker":
        # He was named before, and nothing in the text proves it now.
        row.speaker = Speaker.objects.filter(pk=correction.previous).first()
        row.term = term_on(row.speaker_id, article)
        row.resolution, row.confidence = Quotation.Resolution.NONE, 0.0
    row.review = _review_left(row, found)
    refuse_twin(row)
    row.save()


def _review_left(row: Quotation, found: FoundQuotation | None) -> str:
    """The review state once a correction is withdrawn: of those still in force, else the extraction's."""
    left = row.article.corrections.filter(concerns(row), target=Target.QUOTATION, status=Status.ACTIVE)
    last = left.exclude(field="alone").order_by("created_at", "pk").last()
    if last is not None:
        return last.value if last.field == "review" else Quotation.Review.CORRECTED
    return Quotation.Review.NEEDED if found is None or found.needs_review else Quotation.Review.PENDING
