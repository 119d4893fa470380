"""A run of the importer over many files, and the record that it leaves."""

import logging
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from django.db import transaction

from archive.extraction.knowledge import Knowledge
from archive.importing.files import Found, comparable_path, find_files
from archive.importing.loader import Outcome, Status, read_file, store_file
from archive.importing.problems import FileError, shown_path
from archive.importing.recording import RunRecord
from archive.importing.registry import Registry
from archive.importing.report import to_review
from archive.knowledge import load_knowledge
from archive.models import ImportedFile, ImportRun
from archive.models.changes import hold_announcements

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class FileResult:
    """What became of one file: a line of the summary. ``article`` is its primary key."""

    path: str
    status: str
    problem: FileError | None = None
    article: int | None = None
    title: str = ""
    date: str = ""
    date_basis: str = ""
    source: str = ""
    meeting: str = ""
    quotations: int = 0
    to_review: int = 0


@dataclass(slots=True)
class RunResult:
    """What became of every file, in order; ``found`` tells what was passed over."""

    found: Found
    files: list[FileResult] = field(default_factory=list)

    def count(self, *statuses: str) -> int:
        counted = Counter(file.status for file in self.files)
        return sum(counted[status] for status in statuses)

    @property
    def changed_nothing(self) -> bool:
        return not self.count(Status.CREATED, Status.REVISED)


def import_files(
    *,
    paths: list[Path],
    dry_run: bool = False,
    progress: Callable[[list[Path]], Iterable[Path]] = iter,
) -> RunResult:
    """Import files and folders, one transaction a file; those that fail leave the others in place.

    Search is told once, at the end. A run in which nothing is new leaves no record of itself. With
    ``dry_run`` everything happens in one transaction that is rolled back. ``progress`` may wrap the
    list of files that is gone through.
    """
    if dry_run:
        with transaction.atomic():
            result = _import(paths, progress)
            transaction.set_rollback(True)
        return result
    with hold_announcements():
        return _import(paths, progress)


def _import(paths: list[Path], progress: Callable[[list[Path]], Iterable[Path]]) -> RunResult:
    result = RunResult(find_files(paths))
    record = RunRecord(kind=ImportRun.Kind.IMPORT, paths=paths)
    for problem in result.found.problems:
        outcome = Outcome(Path(problem.details["name"]), Status.FAILED, problem=problem)
        result.files.append(_summary(outcome))
        record.add(_row(outcome))
    if result.found.files:
        knowledge, registry = load_knowledge(), Registry()
        for path in progress(result.found.files):
            result.files.append(_import_one(path, knowledge, registry, record))
    record.finish()
    return result


def _import_one(path: Path, knowledge: Knowledge, registry: Registry, record: RunRecord) -> FileResult:
    try:
        file = read_file(path=path, knowledge=knowledge)
        with transaction.atomic():
            outcome = store_file(file=file, knowledge=knowledge, registry=registry)
            record.add(_row(outcome))
            return _summary(outcome)
    except FileError as error:
        problem = error
    except Exception as error:
        # Whatever one file does to us must not keep the others out; the trace is for developers.
        logger.debug("import of %s failed", shown_path(path), exc_info=True)
        problem = FileError("not_stored", path, error=f"{type(error).__name__}: {error}")
    registry.forget()
    record.forget_undone()
    outcome = Outcome(path, Status.FAILED, problem=problem)
    record.add(_row(outcome))
    return _summary(outcome)


def _summary(outcome: Outcome) -> FileResult:
    path, article = shown_path(outcome.path), outcome.article
    if article is None:
        return FileResult(path, outcome.status, outcome.problem)
    return FileResult(
        path=path,
        status=outcome.status,
        article=article.pk,
        title=article.title,
        date=article.published_on.isoformat() if article.published_on else "",
        date_basis=article.date_basis,
        source=article.source.name_ar if article.source else "",
        meeting=article.meeting.short_name_ar if article.meeting else "",
        quotations=article.quotations.accepted().count(),
        to_review=to_review(outcome.report),
    )


def _row(outcome: Outcome) -> ImportedFile:
    problem = outcome.problem
    return ImportedFile(
        path=comparable_path(outcome.path),
        sha256=outcome.sha256,
        size=outcome.size,
        status=outcome.status,
        article_id=outcome.article.pk if outcome.article else None,
        code=problem.code if problem else "",
        details=problem.details if problem else {},
        report=outcome.report,
    )
