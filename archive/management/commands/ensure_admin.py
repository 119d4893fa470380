"""Make the first account of the admin, once."""

import os
import secrets
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

NAME = "admin"


class Command(BaseCommand):
    help = (
        "Makes the account “admin” with a password of its own, unless there is one. The password is"
        " printed once and kept in the run-time folder, in a file that only its owner may read."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        path = settings.VAR_DIR / "admin_password"
        accounts = get_user_model().objects
        with transaction.atomic():
            if accounts.filter(username=NAME).exists():
                if options["verbosity"] > 1:
                    self.stdout.write(_("The account “%(name)s” is already there.") % {"name": NAME})
                return
            password = secrets.token_urlsafe(12)
            accounts.create_superuser(NAME, password=password)
            # Inside the transaction: a file without its account is replaced next time, but an account
            # whose password was never written could not be entered.
            write_secret(path, password)
        for language, _name in settings.LANGUAGES:
            with override(language):
                self.stdout.write(
                    _("Admin account: %(name)s, password: %(password)s (kept in %(path)s)")
                    % {"name": NAME, "password": password, "path": path}
                )


def write_secret(path: Path, secret: str) -> None:
    """Write a line that only the file's owner may read, whatever was there before."""
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(secret + "\n")
