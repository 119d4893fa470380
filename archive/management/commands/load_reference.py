"""Load the reference data: countries, speakers, outlets, meetings, events and the lexicon."""

from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from archive.reference import ReferenceDataError, load_reference


class Command(BaseCommand):
    help = "Loads fixtures/reference into the database; what a curator changed or deleted there stays."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            counts = load_reference()
        except ReferenceDataError as error:
            raise CommandError(str(error)) from error
        for label, count in counts.items():
            name = apps.get_model("archive", label)._meta.verbose_name_plural
            self.stdout.write(
                _(
                    "%(name)s: %(added)d added, %(updated)d updated, %(kept)d kept as a curator left them,"
                    " %(removed)d withdrawn, %(unchanged)d unchanged"
                )
                % {"name": name, **vars(count)}
            )
