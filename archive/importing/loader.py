"""One file into the archive: an article, a revision of one, or nothing new."""

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from archive.extraction.extractor import extract
from archive.extraction.facts import Extraction
from archive.extraction.knowledge import Knowledge
from archive.importing.deriving import DERIVER_VERSION, Canonical, derive_file
from archive.importing.files import comparable_path, read_bytes
from archive.importing.problems import FileError
from archive.importing.readers import digest
from archive.importing.registry import Registry
from archive.importing.report import facts_report
from archive.importing.storing import store_facts
from archive.models import Article, ImportedFile, Original, Revision

Status = ImportedFile.Status
NEWS = (Status.CREATED, Status.REVISED)


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


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A file as it was read; ``canonical`` and ``extraction`` are None if the archive has it already."""

    path: Path
    content: bytes
    sha256: str
    canonical: Canonical | None = None
    extraction: Extraction | None = None


def read_file(*, path: Path, knowledge: Knowledge) -> ReadFile:
    """Read a file and, if it is news to the archive, what it says. Writes nothing.

    Apart from ``store_file`` because it takes most of the time, in which others may write.
    """
    content = read_bytes(path)
    file = ReadFile(path, content, digest(content))
    status, _article = _place(comparable_path(path), file.sha256)
    return _understood(file, knowledge) if status in NEWS else file


def store_file(*, file: ReadFile, knowledge: Knowledge, registry: Registry) -> Outcome:
    """Store a file that was read, in one transaction; raises ``FileError`` and then has changed nothing.

    The same bytes are one article, whatever the file's name. A file is known again by
    ``comparable_path``: new bytes at a path are a new revision of the article that came from there. A
    file that was only ever a copy of another becomes a revision of that article if the other is gone
    (it was moved), else an article of its own.
    """
    with transaction.atomic():
        status, article = _place(comparable_path(file.path), file.sha256)
        outcome = Outcome(file.path, status, file.sha256, len(file.content), article)
        if status not in NEWS:
            return outcome
        if file.extraction is None:
            # Another import changed what the file is to the archive since it was read.
            file = _understood(file, knowledge)
        canonical, extraction = file.canonical, file.extraction
        original, _created = Original.objects.defer("content").get_or_create(
            sha256=file.sha256, defaults={"content": file.content, "size": len(file.content)}
        )
        outcome.article = article = _locked(article) if article else Article()
        article.deriver_version = DERIVER_VERSION
        facts, conflicts = store_facts(
            article=article,
            text=canonical.text,
            text_sha256=canonical.text_sha256,
            extraction=extraction,
            registry=registry,
        )
        _add_revision(article, original, canonical, file.path)
        outcome.report = {
            "encoding": canonical.encoding,
            "byte_order_mark": canonical.marked,
            **facts_report(article, extraction, facts, registry.made, conflicts),
        }
        registry.made.clear()
    return outcome


def _understood(file: ReadFile, knowledge: Knowledge) -> ReadFile:
    canonical = derive_file(file.content, file.path)
    return replace(file, canonical=canonical, extraction=extract(canonical.text, knowledge))


def _place(path: str, sha256: str) -> tuple[str, Article | None]:
    """What bytes at a path are to the archive, and the article that they belong to."""
    article = _article_at(path)
    holder = _revisions().filter(original__sha256=sha256).first()
    if article is None:
        return (Status.COPY, holder.article) if holder else (Status.CREATED, None)
    if article.revisions.values_list("original__sha256", flat=True).first() == sha256:
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
