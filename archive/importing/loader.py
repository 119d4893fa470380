"""One file into the archive: an article, a revision of one, or nothing new."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from archive.corrections import reapply_corrections
from archive.extraction.extractor import extract
from archive.extraction.facts import Extraction
from archive.extraction.knowledge import Knowledge
from archive.importing.deriving import DERIVER_VERSION, Canonical, derive_file
from archive.importing.fields import UNDETERMINED, FieldFact, evidence_list, field_values, read_fields
from archive.importing.files import comparable_path, read_bytes
from archive.importing.problems import FileError
from archive.importing.quotations import replace_quotations
from archive.importing.readers import digest
from archive.importing.registry import Registry
from archive.importing.report import file_report
from archive.models import Article, ArticleCountry, Correction, FieldOrigin, ImportedFile, Original, Revision

Status = ImportedFile.Status
# A value less certain than this is worth a curator's look.
SURE_ENOUGH = 0.6


@dataclass(slots=True)
class Outcome:
    """What became of one file; ``article`` is None and ``problem`` set if it failed."""

    path: Path
    status: str
    sha256: str = ""
    size: int = 0
    article: Article | None = None
    problem: FileError | None = None
    report: dict[str, Any] = field(default_factory=dict)


def load_file(*, path: Path, knowledge: Knowledge, registry: Registry) -> Outcome:
    """Import one file in one transaction; raises ``FileError`` and then has changed nothing.

    The same bytes are one article, whatever the file's name. A file is known again by
    ``comparable_path``: new bytes at a path are a new revision of the article that came from there. A
    file that was only ever a copy of another becomes a revision of that article if the other is gone
    (it was moved), else an article of its own.
    """
    content = read_bytes(path)
    sha256 = digest(content)
    with transaction.atomic():
        original = Original.objects.defer("content").filter(sha256=sha256).first()
        canonical = None if original else derive_file(content, path)
        if original is None:
            original, _created = Original.objects.defer("content").get_or_create(
                sha256=sha256, defaults={"content": content, "size": len(content)}
            )
        status, article = _place(comparable_path(path), original)
        outcome = Outcome(path, status, sha256, len(content), article)
        if status in (Status.CREATED, Status.REVISED):
            canonical = canonical or derive_file(content, path)
            extraction = extract(canonical.text, knowledge)
            outcome.article = article = _locked(article) if article else Article()
            facts, conflicts = _store(article, canonical, extraction, registry)
            _add_revision(article, original, canonical, path)
            outcome.report = file_report(article, canonical, extraction, facts, registry.made, conflicts)
            registry.made.clear()
    return outcome


def _place(path: str, original: Original) -> tuple[str, Article | None]:
    """What bytes at a path are to the archive, and the article that they belong to."""
    article = _article_at(path)
    holder = _revisions().filter(original=original).first()
    if article is None:
        return (Status.COPY, holder.article) if holder else (Status.CREATED, None)
    if article.revisions.values_list("original", flat=True).first() == original.pk:
        current = article.deriver_version == DERIVER_VERSION
        return (Status.UNCHANGED if current else Status.REVISED), article
    if holder is not None and holder.article_id != article.pk:
        return Status.COPY, holder.article
    return Status.REVISED, article


def _locked(article: Article) -> Article:
    """The article as it is now, which nobody else changes before the transaction ends."""
    rows = Article.objects.select_related("source", "meeting").select_for_update(of=("self",))
    return rows.get(pk=article.pk)


def _revisions() -> QuerySet:
    """Every revision, the latest first, with what a summary shows of its article."""
    return Revision.objects.order_by("-pk").select_related("article__source", "article__meeting")


def _article_at(path: str) -> Article | None:
    """The article that was imported from a path, or from elsewhere before its file moved there."""
    revision = _revisions().filter(path=path).first()
    if revision is not None:
        return revision.article
    copies = ImportedFile.objects.filter(path=path, status=Status.COPY).exclude(article=None)
    copy = copies.select_related("article").order_by("-pk").first()
    if copy is None:
        return None
    home = copy.article.revisions.values_list("path", flat=True).first()
    return None if home and Path(home).exists() else copy.article


def _store(
    article: Article, canonical: Canonical, extraction: Extraction, registry: Registry
) -> tuple[dict[str, FieldFact], list[Correction]]:
    """Write the text and every fact of an article; returns the facts and the corrections in conflict."""
    old_text, is_new = article.text, article.pk is None
    facts = read_fields(
        extraction,
        text=canonical.text,
        source=registry.source(extraction.outlet),
        meeting=registry.meeting(extraction.event.key if extraction.event else None),
    )
    article.text, article.text_sha256 = canonical.text, canonical.text_sha256
    article.deriver_version = DERIVER_VERSION
    article.body = [
        {"start": part.start, "end": part.end, "paragraph": part.paragraph} for part in extraction.body
    ]
    article.furniture = [
        {"start": line.start, "end": line.end, "reason": line.reason} for line in extraction.furniture
    ]
    article.sections = [{"start": title.start, "end": title.end} for title in extraction.sections]
    for name, value in field_values(facts).items():
        setattr(article, name, value)
    uncertain = any(0 < fact.confidence < SURE_ENOUGH for fact in facts.values())
    article.needs_review = uncertain or article.language == UNDETERMINED
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
    replace_quotations(article=article, extraction=extraction, registry=registry, old_text=old_text)
    conflicts = [] if is_new else reapply_corrections(article=article)
    if conflicts and not article.needs_review:
        article.needs_review = True
        article.save()
    return facts, conflicts


def _add_revision(article: Article, original: Original, canonical: Canonical, path: Path) -> None:
    number = article.revisions.values_list("number", flat=True).first() or 0
    Revision.objects.create(
        article=article,
        number=number + 1,
        original=original,
        path=comparable_path(path),
        encoding=canonical.encoding,
        text_sha256=canonical.text_sha256,
    )
