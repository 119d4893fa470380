"""``manage.py rebuild_index``: Haystack's command, without a moment in which there is no index."""

from typing import Any

from django.utils.translation import gettext as _
from haystack.management.commands import rebuild_index

from search.indexing import build_index
from search.management.failures import told_failures

_LOCK_WAIT = 60.0


class Command(rebuild_index.Command):
    """Takes Haystack's options and asks nothing, because nothing is lost: what serves goes on serving."""

    help = "Build the search index anew beside the old one. — بناء فهرس البحث من جديد إلى جانب القائم."

    def handle(self, **options: Any) -> None:
        with told_failures():
            build_index(progress=options["verbosity"] > 0, wait=_LOCK_WAIT)
        if options["verbosity"] > 0:
            self.stdout.write(_("The search index is built anew."))
