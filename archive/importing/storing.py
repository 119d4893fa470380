"""The facts of one article, written beside what curators corrected."""

from archive.corrections import reapply_corrections
from archive.extraction.facts import Extraction
from archive.importing.fields import FieldFact, evidence_list, field_values, read_fields
from archive.importing.figures import replace_figures
from archive.importing.quotations import reconcile_quotations
from archive.importing.registry import Registry
from archive.models import Article, ArticleCountry, Correction, FieldOrigin
from archive.reviewing import open_questions
from archive.statements import regroup, statements_of


def store_facts(
    *, article: Article, text: str, text_sha256: str, extraction: Extraction, registry: Registry
) -> tuple[dict[str, FieldFact], list[Correction]]:
    """Write the text and every fact of an article; returns the facts and the corrections in conflict.

    Call inside a transaction, with a new article or one that is locked.
    """
    old_text, is_new = article.text, article.pk is None
    before = [] if is_new else open_questions([article]).get(article.pk, [])
    grouped = set() if is_new else statements_of(article)
    facts = read_fields(
        extraction,
        text=text,
        source=registry.source(extraction.outlet),
        meeting=registry.meeting(extraction.event.key if extraction.event else None),
    )
    article.text, article.text_sha256 = text, text_sha256
    article.body = [
        {"start": part.start, "end": part.end, "paragraph": part.paragraph} for part in extraction.body
    ]
    article.furniture = [
        {"start": line.start, "end": line.end, "reason": line.reason} for line in extraction.furniture
    ]
    article.sections = [{"start": title.start, "end": title.end} for title in extraction.sections]
    for name, value in field_values(facts).items():
        setattr(article, name, value)
    article.save()
    if not is_new:
        article.origins.all().delete()
        article.country_links.all().delete()
    FieldOrigin.objects.bulk_create(
        FieldOrigin(
            article=article,
            field=fact.field,
            origin=fact.origin,
            basis=fact.basis,
            confidence=fact.confidence,
            evidence=fact.evidence,
        )
        for fact in facts.values()
    )
    ArticleCountry.objects.bulk_create(
        ArticleCountry(
            article=article, country_id=found.iso2, role=found.salience, evidence=evidence_list(found)
        )
        for found in extraction.countries
        if registry.country(found.iso2)
    )
    reconcile_quotations(article=article, extraction=extraction, registry=registry, old_text=old_text)
    conflicts = [] if is_new else reapply_corrections(article=article)
    replace_figures(article=article, extraction=extraction)
    regroup(article=article, left=grouped)
    questions = open_questions([article]).get(article.pk, [])
    # An article whose questions are as they were stays as a curator left it.
    if questions != before and article.needs_review != bool(questions):
        article.needs_review = bool(questions)
        article.save()
    return facts, conflicts
