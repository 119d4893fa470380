"""``manage.py check_index``: whether search finds what the database holds, for people and for cron."""

import json
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from archive.importing.problems import DATABASE_FAILED, LANGUAGES, in_both
from search.check_report import as_json, tell_report
from search.checking import EXTRA, MISSING, STALE, Report, check_index, repair_index
from search.engine.schema import INDEXES
from search.engine.store import IndexBusyError

SHOWN = 20
CLEAN, DIFFERENT, UNCHECKED = 0, 1, 2
# A command may wait for the writer's lock; a page may not.
_WAIT = 60.0
_BUSY = gettext_lazy("Another process is building the index; nothing was repaired.")
_REFUSED = gettext_lazy("The index cannot be written: %(error)s.")


class Command(BaseCommand):
    help = (
        "Compare the search index with the database, entry by entry, and its files with their checksums."
        " Exit code: 0 they agree, 1 they do not, 2 it cannot be told."
        " — مقارنة فهرس البحث بقاعدة البيانات مدخلاً مدخلاً، وملفاته ببصماتها."
    )
    # The check of the system would not let a broken site be examined.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help=_("print only JSON"))
        parser.add_argument(
            "--repair",
            action="store_true",
            help=_("index anew what differs, or everything when files are damaged; then check again"),
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            report = check_index(progress=True)
            if options["repair"] and (not report.is_clean or report.state.waiting):
                report = self._repaired(report)
        except DatabaseError as error:
            raise CommandError(
                "\n".join(in_both(DATABASE_FAILED, error=error)), returncode=UNCHECKED
            ) from error
        if options["json"]:
            self.stdout.write(json.dumps(as_json(report), ensure_ascii=False))
        else:
            for line in _lines(report):
                self.stdout.write(line)
        if report.state.unusable:
            sys.exit(UNCHECKED)
        if not report.is_clean:
            sys.exit(DIFFERENT)

    def _repaired(self, report: Report) -> Report:
        """The report of a second check, after the repair; told on the error stream when it failed."""
        try:
            repair_index(report, wait=_WAIT, progress=True)
        except IndexBusyError:
            for line in in_both(_BUSY):
                self.stderr.write(line)
        except OSError as error:
            for line in in_both(_REFUSED, error=error):
                self.stderr.write(line)
        return check_index(progress=True)


def _lines(report: Report) -> list[str]:
    lines = []
    for kind in INDEXES:
        found = {what: report.keys(kind, what) for what in (MISSING, STALE, EXTRA)}
        found["queued"] = report.queued_keys(kind)
        counts = " ".join(f"{what}={len(keys)}" for what, keys in found.items())
        lines.append(f"{kind}: checked={report.checked[kind]} {counts}")
        lines += [f"  {what}: {_listed(keys)}" for what, keys in found.items() if keys]
    lines += [f"damaged: {damage.file} ({damage.what})" for damage in report.files]
    state = report.state
    lines.append(f"queue: length={state.waiting} oldest_seconds={round(state.oldest_seconds)}")
    lines.append(f"index: generation={state.generation or '-'} bytes={state.size}")
    if state.unusable:
        lines.append(f"unusable: {state.unusable}")
    if state.last_error and not state.is_over:
        error = state.last_error
        lines.append(f"last error: {error.kind} {error.at:%Y-%m-%d %H:%M:%S} {error.detail}")
    for language in LANGUAGES:
        with override(language):
            lines += [told.sentence for told in tell_report(report)]
    return lines


def _listed(keys: list[int]) -> str:
    rest = len(keys) - SHOWN
    return ", ".join(map(str, keys[:SHOWN])) + (f" … (+{rest})" if rest > 0 else "")
