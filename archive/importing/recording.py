"""The record that a run leaves: what every file became."""

from pathlib import Path

from django.db import transaction
from django.utils import timezone

from archive.importing.problems import shown_path
from archive.models import ImportedFile, ImportRun

Status = ImportedFile.Status


class RunRecord:
    """The rows of a run, begun when the first file brings something new."""

    def __init__(self, *, kind: str, paths: list[Path]) -> None:
        self._kind, self._paths = kind, [shown_path(path) for path in paths]
        self._started = timezone.now()
        self._run: ImportRun | None = None
        self._waiting: list[ImportedFile] = []

    def add(self, row: ImportedFile) -> None:
        """Record a file, in the transaction that stores what came of it."""
        if not _is_news(row):
            self._waiting.append(row)
            return
        if self._run is None:
            self._run = ImportRun.objects.create(kind=self._kind, paths=self._paths)
        row.run = self._run
        row.save()

    def forget_undone(self) -> None:
        """After a rollback: the run's own row is gone if it was begun by the file that failed."""
        if self._run is not None and not ImportRun.objects.filter(pk=self._run.pk).exists():
            self._run = None

    def finish(self) -> None:
        if self._run is None:
            return
        for row in self._waiting:
            row.run = self._run
        with transaction.atomic():
            ImportedFile.objects.bulk_create(self._waiting, batch_size=500)
            ImportRun.objects.filter(pk=self._run.pk).update(
                started_at=self._started, finished_at=timezone.now()
            )


def _is_news(row: ImportedFile) -> bool:
    if row.status == Status.COPY:
        return not ImportedFile.objects.filter(path=row.path, sha256=row.sha256, status=Status.COPY).exists()
    return row.status != Status.UNCHANGED
