"""``manage.py import_articles PATH…``: files and folders into the archive."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from tqdm import tqdm

from archive.importing.problems import (
    DATABASE_FAILED,
    DRY_RUN,
    INTERRUPTED,
    NO_PATH,
    NO_REFERENCE,
    in_both,
)
from archive.importing.runs import import_files
from archive.importing.table import table_lines, total_lines
from archive.models import Country, ImportedFile


class Command(BaseCommand):
    help = (
        "Import articles from text files and folders of .txt files: each file is kept byte for byte, its"
        " text and facts derived. Safe to repeat: unchanged files change nothing, corrections stay."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("paths", nargs="+", metavar="PATH", help="a file or a folder")
        parser.add_argument(
            "--dry-run", action="store_true", help="report what an import would do, and write nothing"
        )

    def handle(self, *args: Any, paths: list[str], dry_run: bool, **options: Any) -> None:
        if not all(map(str.strip, map(str, paths))):
            # Path("") is the current folder, which an unset shell variable must not import.
            raise CommandError("\n".join(in_both(NO_PATH)))
        try:
            if not Country.objects.exists():
                self._print(self.stderr, in_both(NO_REFERENCE))
            result = import_files(
                paths=[Path(path) for path in paths], dry_run=dry_run, progress=self._progress
            )
        except DatabaseError as error:
            raise CommandError("\n".join(in_both(DATABASE_FAILED, error=error))) from error
        except KeyboardInterrupt:
            raise CommandError("\n".join(in_both(INTERRUPTED)), returncode=130) from None
        for file in result.files:
            if file.problem is not None:
                self._print(self.stderr, in_both(file.problem))
        self._print(self.stdout, table_lines(result, marks=self.stdout.isatty()))
        self._print(self.stdout, total_lines(result))
        if dry_run:
            self._print(self.stdout, in_both(DRY_RUN))
        if result.count(ImportedFile.Status.FAILED):
            sys.exit(1)

    def _progress(self, files: list[Path]) -> tqdm:
        return tqdm(files, file=sys.stderr, disable=not sys.stderr.isatty(), unit="file", leave=False)

    def _print(self, stream: Any, lines: list[str]) -> None:
        for line in lines:
            stream.write(line)
