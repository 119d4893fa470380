"""``manage.py run_indexer``: keep the search index up to date for as long as it runs."""

import logging
import signal
import threading
from argparse import ArgumentParser
from time import perf_counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, close_old_connections
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from archive.models import Change
from search.indexing import drain_changes, index_is_usable, renew_index
from search.management.failures import told_failures

logger = logging.getLogger(__name__)

POLL_SECONDS = 1.0
LONGEST_PAUSE = 60.0
# It may wait longer for the writer's lock than a page does.
_LOCK_WAIT = 60.0


class Command(BaseCommand):
    help = "Keep the search index up to date until stopped. — إبقاء فهرس البحث محدَّثاً حتى الإيقاف."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--once", action="store_true", help=_("write what waits now, and end; an error if any is left")
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["once"]:
            with told_failures():
                self._write()
                left = Change.objects.count()
                usable = index_is_usable()
            if not usable:
                raise CommandError(_("There is no search index that can be read; check_index says why."))
            if left:
                told = ngettext("%(count)s change still waits.", "%(count)s changes still wait.", left)
                raise CommandError(told % {"count": left})
            return
        stopped = threading.Event()
        before = {
            number: signal.signal(number, lambda *_signal: stopped.set())
            for number in (signal.SIGTERM, signal.SIGINT)
        }
        try:
            self._run(stopped)
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def _run(self, stopped: threading.Event) -> None:
        """Write until ``stopped``, and finish what is being written then. Failures make longer pauses."""
        pause = POLL_SECONDS
        while not stopped.is_set():
            close_old_connections()
            try:
                left = self._write()
            except DatabaseError:
                logger.exception("The queue of changes cannot be read.")
                left = True
            pause = min(pause * 2, LONGEST_PAUSE) if left else POLL_SECONDS
            stopped.wait(pause)

    def _write(self) -> bool:
        """Write what waits, say how much that was, and return whether any is left."""
        renew_index()
        if not Change.objects.exists():
            return False
        began = perf_counter()
        if drained := drain_changes(wait=_LOCK_WAIT):
            told = ngettext(
                "%(count)s change written in %(seconds)s s",
                "%(count)s changes written in %(seconds)s s",
                drained,
            )
            self.stdout.write(told % {"count": drained, "seconds": f"{perf_counter() - began:.2f}"})
            self.stdout.flush()
        return Change.objects.exists()
