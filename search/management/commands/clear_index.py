"""``manage.py clear_index``: Haystack's command, after which readers are told instead of finding nothing."""

from typing import Any

from django.utils.translation import gettext as _
from haystack import connections
from haystack.management.commands import clear_index

from search.management.failures import told_failures


class Command(clear_index.Command):
    help = "Take the search index away: the database answers. — إزالة فهرس البحث، فتجيب قاعدة البيانات."

    def handle(self, **options: Any) -> None:
        if options["interactive"]:
            self.stdout.write(
                _("The search index will be removed. Until it is built anew, the database answers, slower.")
            )
            if not input(_("Remove it? [y/N]") + " ").strip().lower().startswith(("y", "ن")):
                self.stdout.write(_("Nothing was done."))
                return
        with told_failures():
            for alias in options["using"] or connections.connections_info:
                connections[alias].get_backend().clear()
        if options["verbosity"] > 0:
            self.stdout.write(_("The search index is removed."))
