"""A better extractor applied to the texts that are stored: it changes only what nobody corrected."""

import logging
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import nullcontext
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from archive.extraction.extractor import extract
from archive.extraction.facts import Extraction
from archive.extraction.knowledge import Knowledge
from archive.importing.differences import changes_between, state_of
from archive.importing.problems import FileError
from archive.importing.recording import RunRecord
from archive.importing.registry import Registry
from archive.importing.report import facts_report
from archive.importing.storing import store_facts
from archive.knowledge import load_knowledge
from archive.models import Article, ImportedFile, ImportRun, Revision
from archive.models.changes import hold_announcements

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ArticleResult:
    """What became of one article: ``changes`` as ``changes_between`` tells them, empty for none."""

    article: int
    title: str
    changes: dict[str, Any]
    problem: FileError | None = None


@dataclass(slots=True)
class Totals:
    """How many articles were gone through, and how many of each kind of change there were."""

    articles: int = 0
    changed: int = 0
    failed: int = 0
    counts: Counter[str] = field(default_factory=Counter)

    def add(self, result: ArticleResult) -> None:
        self.articles += 1
        self.changed += bool(result.changes)
        self.failed += result.problem is not None
        for name, part in result.changes.items():
            if name == "quotations":
                self.counts.update({kind: len(rows) for kind, rows in part.items()})
            elif name in ("fields", "countries", "conflicts"):
                self.counts[name] += len(part)


def reextract(
    *,
    articles: QuerySet[Article],
    dry_run: bool = False,
    progress: Callable[[list[int]], Iterable[int]] = iter,
    tell: Callable[[ArticleResult], None] = lambda result: None,
) -> Totals:
    """Extract the facts of articles anew from their stored texts, one transaction an article.

    An article whose facts stay as they are is not written at all; one that fails is left as it was and
    keeps no other back. ``tell`` is called with each result in turn, ``progress`` may wrap the list of
    primary keys. With ``dry_run`` every article is rolled back. Search is told once, at the end; a run
    that changes nothing leaves no record of itself.
    """
    totals, registry, knowledge = Totals(), Registry(), load_knowledge()
    record = None if dry_run else RunRecord(kind=ImportRun.Kind.REEXTRACTION, paths=[])
    with nullcontext() if dry_run else hold_announcements():
        for pk in progress(list(articles.order_by("pk").values_list("pk", flat=True))):
            result = _reextract_one(pk, knowledge, registry, record)
            if result is not None:
                totals.add(result)
                tell(result)
        if record is not None:
            record.finish()
    return totals


def _reextract_one(
    pk: int, knowledge: Knowledge, registry: Registry, record: RunRecord | None
) -> ArticleResult | None:
    """None for an article that is there no more."""
    title = ""
    try:
        while True:
            read = Article.objects.filter(pk=pk).values_list("title", "text", "text_sha256").first()
            if read is None:
                return None
            title, text, sha256 = read
            # Outside the transaction, since it takes most of the time, in which others may write.
            extraction = extract(text, knowledge)
            with transaction.atomic():
                article = Article.objects.select_for_update().filter(pk=pk, text_sha256=sha256).first()
                if article is not None:
                    return ArticleResult(pk, title, _store(article, extraction, registry, record))
    except Exception as error:
        # Whatever one article does to us must not keep the others out; the trace is for developers.
        logger.debug("re-extraction of article %s failed", pk, exc_info=True)
        problem = FileError("not_stored", f"{pk}: {title}", error=f"{type(error).__name__}: {error}")
    registry.forget()
    if record is not None:
        record.forget_undone()
        record.add(_row(pk, ImportedFile.Status.FAILED, code=problem.code, details=problem.details))
    return ArticleResult(pk, title, {}, problem)


def _store(
    article: Article, extraction: Extraction, registry: Registry, record: RunRecord | None
) -> dict[str, Any]:
    """Store what was found; returns what that changes. Rolled back if it is nothing, or not for keeps."""
    before = state_of(article)
    facts, conflicts = store_facts(
        article=article,
        text=article.text,
        text_sha256=article.text_sha256,
        extraction=extraction,
        registry=registry,
    )
    changes = changes_between(before, state_of(article))
    if changes and registry.made:
        changes["new"] = [{"kind": kind, "name": name} for kind, name in registry.made]
    if changes and record is not None:
        report = facts_report(article, extraction, facts, registry.made, conflicts)
        record.add(_row(article.pk, ImportedFile.Status.REREAD, report={"changes": changes, **report}))
        registry.made.clear()
    else:
        transaction.set_rollback(True)
        if registry.made:
            registry.forget()
    return changes


def _row(article: int, status: str, **columns: Any) -> ImportedFile:
    """What a run records of an article: the file that its text is from, and what came of it."""
    revisions = Revision.objects.filter(article=article).order_by("-number")
    revision = revisions.select_related("original").defer("original__content").first()
    if revision is not None:
        columns |= {
            "path": revision.path,
            "sha256": revision.original.sha256,
            "size": revision.original.size,
        }
    return ImportedFile(article_id=article, status=status, **columns)
