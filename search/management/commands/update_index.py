"""``manage.py update_index``: Haystack's command over the queue of changes."""

from typing import Any

from django.core.management.base import CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from haystack.management.commands import update_index

from archive.models import Change
from search.indexing import build_index, drain_changes, index_is_usable
from search.management.failures import told_failures

_LOCK_WAIT = 60.0
# What asks for more than the changes that are queued.
_CHOICES = ("minutes", "age", "start_date", "end_date", "remove")


class Command(update_index.Command):
    """Writes the changes that wait, which are all there are; builds an index that cannot be read.

    With a choice of rows, or ``--remove``, it does what Haystack's does.
    """

    help = "Write the changes that wait into the search index. — كتابة التغييرات المنتظرة في فهرس البحث."

    def handle(self, **options: Any) -> None:
        with told_failures():
            if any(options.get(choice) for choice in _CHOICES):
                super().handle(**options)
                return
            if not index_is_usable():
                build_index(progress=options["verbosity"] > 0, wait=_LOCK_WAIT)
                told = _("The search index is built anew.")
            else:
                drained = drain_changes(wait=_LOCK_WAIT)
                told = ngettext("%(count)s change written", "%(count)s changes written", drained)
                told %= {"count": drained}
            left = Change.objects.count()
        if left:
            waiting = ngettext("%(count)s change still waits.", "%(count)s changes still wait.", left)
            raise CommandError(waiting % {"count": left})
        if options["verbosity"] > 0:
            self.stdout.write(told)
