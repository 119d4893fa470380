"""``manage.py evaluate_extraction GOLD_DIR``: how well the extraction agrees with careful readings."""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils.translation import gettext as _
from tqdm import tqdm

from archive.careful_readings import Collection, ReadingError, read_collection
from archive.extraction.extractor import extract
from archive.extraction.knowledge import Knowledge, without_people
from archive.extraction.measures import Measures
from archive.extraction.measures_table import mistake_lines, table_lines
from archive.extraction.phenomena import phenomenon_problems
from archive.extraction.printing import as_document
from archive.importing.problems import DATABASE_FAILED, NO_REFERENCE, in_both
from archive.knowledge import load_knowledge
from archive.models import Country


class Command(BaseCommand):
    help = (
        "Score the extraction against careful readings: precision, recall, F1, and how often a name is wrong."
        " — قياس الاستخراج على قراءات متأنية: الدقة والاستدعاء ونسبة الأسماء الخاطئة."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, metavar="GOLD_DIR", help=_("careful readings, NAME.json"))
        parser.add_argument("--texts", type=Path, metavar="DIR", help=_("a folder that holds the texts"))
        parser.add_argument(
            "--without-people", action="store_true", help=_("leave the list of people out of the knowledge")
        )
        parser.add_argument("--errors", action="store_true", help=_("list every disagreement"))
        parser.add_argument("--json", action="store_true", help=_("print only JSON"))

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            collection = read_collection(Path(options["folder"]), texts=options["texts"])
        except ReadingError as error:
            raise CommandError("\n".join(in_both(error))) from error
        measures, failed = self._measure(collection, self._knowledge(options["without_people"]))
        if options["json"]:
            report = {**measures.report(), "phenomena": _phenomena_report(collection, failed)}
            if options["errors"]:
                report["errors"] = [
                    {name: getattr(mistake, name) for name in mistake.__slots__}
                    for mistake in measures.mistakes
                ]
            self.stdout.write(json.dumps(report, ensure_ascii=False))
        elif collection.readings or collection.phenomena:
            self._print(measures, collection, failed, errors=options["errors"])
        for problem in collection.problems:
            for line in in_both(problem):
                self.stderr.write(line)
        if collection.problems:
            sys.exit(1)

    def _knowledge(self, leave_out_people: bool) -> Knowledge:
        try:
            knowledge = load_knowledge()
            if not Country.objects.exists():
                for line in in_both(NO_REFERENCE):
                    self.stderr.write(line)
        except DatabaseError as error:
            raise CommandError("\n".join(in_both(DATABASE_FAILED, error=error))) from error
        return without_people(knowledge) if leave_out_people else knowledge

    def _measure(self, collection: Collection, knowledge: Knowledge) -> tuple[Measures, dict[str, list[str]]]:
        """The measures of the readings, and by the id of each failed phenomenon what is wrong."""
        measures = Measures()
        for reading in tqdm(
            collection.readings, file=sys.stderr, disable=not sys.stderr.isatty(), leave=False
        ):
            printed = printed_extraction(reading.text, knowledge, name=reading.name)
            measures.add(printed, reading.content, reading.speakers, name=reading.name, text=reading.text)
        failed = {}
        for case in collection.phenomena:
            problems = phenomenon_problems(case, printed_extraction(case["text"], knowledge, name=case["id"]))
            if problems:
                failed[case["id"]] = problems
        return measures, failed

    def _print(
        self, measures: Measures, collection: Collection, failed: dict[str, list[str]], *, errors: bool
    ) -> None:
        for line in table_lines(measures.report()):
            self.stdout.write(line)
        if collection.phenomena:
            right = len(collection.phenomena) - len(failed)
            self.stdout.write(f"phenomena {right} of {len(collection.phenomena)} {' '.join(failed)}".rstrip())
        if errors:
            for line in mistake_lines(measures.mistakes):
                self.stdout.write(line)
            for case, problems in failed.items():
                self.stdout.write(f"{case}: {'; '.join(problems)}")


def printed_extraction(text: str, knowledge: Knowledge, *, name: str) -> dict[str, Any]:
    """What ``manage.py extract --json`` prints for ``text``; the digests do not matter here."""
    return as_document(extract(text, knowledge), name=name, sha256="", text_sha256="", chars=len(text))


def _phenomena_report(collection: Collection, failed: dict[str, list[str]]) -> dict[str, Any]:
    return {
        "cases": len(collection.phenomena),
        "right": len(collection.phenomena) - len(failed),
        "failed": failed,
    }
