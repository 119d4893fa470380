"""``manage.py check_reference``: overlaps and gaps in the curators' tables."""

import json
import sys
from argparse import ArgumentParser
from collections import Counter
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils.translation import gettext as _

from archive.importing.problems import DATABASE_FAILED, NO_REFERENCE, in_both
from archive.knowledge import load_knowledge
from archive.models import Country, LexiconEntry, TermOfOffice
from archive.reference import ReferenceDataError
from archive.reference.checking import check_knowledge
from archive.reference.findings import ERROR, SEVERITIES, Finding, read_known


class Command(BaseCommand):
    help = (
        "Find overlaps and gaps in the reference data: two holders of one office, a name of two people."
        " — البحث عن التداخل والثغرات في البيانات المرجعية."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help=_("print only JSON"))

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            findings = check_knowledge(
                load_knowledge(),
                precision=dict(TermOfOffice.objects.values_list("key", "precision")),
                categories=LexiconEntry.Category.values,
                known=read_known(settings.FIXTURES_DIR / "reference" / "known.json"),
            )
            if not Country.objects.exists():
                for line in in_both(NO_REFERENCE):
                    self.stderr.write(line)
        except DatabaseError as error:
            raise CommandError("\n".join(in_both(DATABASE_FAILED, error=error))) from error
        except ReferenceDataError as error:
            raise CommandError(str(error)) from error
        counts = Counter(finding.severity for finding in findings)
        totals = {f"{severity}s": counts[severity] for severity in SEVERITIES}
        if options["json"]:
            rows = [_as_row(finding) for finding in findings]
            self.stdout.write(json.dumps({**totals, "findings": rows}, ensure_ascii=False))
        else:
            for finding in findings:
                self.stdout.write(f"{finding.severity} {finding.table}: {', '.join(finding.rows)}")
                for line in in_both(finding):
                    self.stdout.write(f"  {line}")
            self.stdout.write(" ".join(f"{name}={count}" for name, count in totals.items()))
        if counts[ERROR]:
            sys.exit(1)


def _as_row(finding: Finding) -> dict[str, Any]:
    arabic, english = in_both(finding)
    return {
        "severity": finding.severity,
        "check": finding.check,
        "table": finding.table,
        "rows": list(finding.rows),
        "ar": arabic,
        "en": english,
    }
