"""``manage.py extract FILE…``: what would be imported, printed and not stored."""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from archive.extraction.extractor import extract
from archive.extraction.knowledge import Knowledge
from archive.extraction.printing import as_document
from archive.importing.deriving import derive_file
from archive.importing.files import find_files, read_bytes
from archive.importing.problems import (
    DATABASE_FAILED,
    NO_REFERENCE,
    FileError,
    in_both,
    shown_path,
)
from archive.importing.readers import digest
from archive.knowledge import load_knowledge
from archive.models import Country


class Command(BaseCommand):
    help = "Print what an import of these files would find in them; nothing is stored."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="a file, or a folder of them")
        parser.add_argument(
            "--json", action="store_true", help="one JSON object a file, each on a line (schema 1.0)"
        )

    def handle(self, *args: Any, files: list[Path | str], **options: Any) -> None:
        try:
            knowledge = load_knowledge()
            if not Country.objects.exists():
                self._print(self.stderr, in_both(NO_REFERENCE))
        except DatabaseError as error:
            raise CommandError("\n".join(in_both(DATABASE_FAILED, error=error))) from error
        found = find_files([Path(path) for path in files])
        problems = list(found.problems)
        for path in found.files:
            try:
                document = self._document(path, knowledge)
            except FileError as problem:
                problems.append(problem)
                continue
            if options["json"]:
                self.stdout.write(json.dumps(document, ensure_ascii=False))
            else:
                self._print(self.stdout, summary_lines(document))
        for problem in problems:
            self._print(self.stderr, in_both(problem))
        if problems:
            sys.exit(1)

    def _document(self, path: Path, knowledge: Knowledge) -> dict[str, Any]:
        content = read_bytes(path)
        canonical = derive_file(content, path)
        return as_document(
            extract(canonical.text, knowledge),
            name=shown_path(path.name),
            sha256=digest(content),
            text_sha256=canonical.text_sha256,
            chars=len(canonical.text),
        )

    def _print(self, stream: Any, lines: list[str]) -> None:
        for line in lines:
            stream.write(line)


def summary_lines(document: dict[str, Any]) -> list[str]:
    """A document of ``--json`` for the eye: what was found, a fact a line."""
    dateline, outlet, event = document["dateline"], document["outlet"], document["event"]
    headline = document["headline"]
    lines = [
        document["file"]["name"],
        f"  headline    {headline['text']} ({headline['basis']})" if headline else "  headline    —",
        f"  date        {dateline['date'] or '—'} ({dateline['date_basis']})",
        f"  place       {dateline['place'] or '—'}",
        f"  outlet      {outlet['name'] if outlet else '—'}",
        f"  event       {event['id'] or event['kind'] if event else '—'}",
        "  countries   " + " ".join(f"{row['iso2']}:{row['salience']}" for row in document["countries"]),
    ]
    lines += [
        f"  dropped     {line['reason']}: {line['start']}–{line['end']}" for line in document["boilerplate"]
    ]
    for quote in document["quotes"]:
        name = quote["speaker"]["name_ar"] or "—"
        review = " ?" if quote["needs_review"] else ""
        lines.append(f"  {quote['kind']:<9}{review:<2} {name}: {quote['text']}")
    return lines
