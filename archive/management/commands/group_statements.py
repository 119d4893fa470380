"""Group again the quotations that report the same words."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils.translation import ngettext

from archive.importing.problems import DATABASE_FAILED, in_both
from archive.statements import group_all_statements


class Command(BaseCommand):
    help = "Groups the quotations of one speaker that report the same words in several articles."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            count = group_all_statements()
        except DatabaseError as error:
            raise CommandError("\n".join(in_both(DATABASE_FAILED, error=error))) from error
        message = ngettext("%(count)d statement.", "%(count)d statements.", count)
        self.stdout.write(message % {"count": count})
