"""Build the web fonts of the pages."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from archive.typefaces import build_subsets


class Command(BaseCommand):
    help = "Subsets the typefaces into the run-time folder; does nothing when they are up to date."

    def handle(self, *args: Any, **options: Any) -> None:
        sizes = build_subsets(settings.FONTS_DIR)
        if sizes is None:
            self.stdout.write(_("The fonts are up to date."))
            return
        for name, size in sizes.items():
            self.stdout.write(f"{name}.woff2  {size / 1000:.0f} kB")
        self.stdout.write(
            _("Built %(count)d fonts, %(size)d kB.")
            % {"count": len(sizes), "size": round(sum(sizes.values()) / 1000)}
        )
