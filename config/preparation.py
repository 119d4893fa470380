"""``python -m config.preparation``: bring the archive up to date before it is served.

Every step does nothing where nothing is to be done, so a second call takes a second or two and
changes nothing that a curator did. One process for all steps, because starting Django is what costs.
"""

import hashlib
import os
import sys
from io import StringIO
from pathlib import Path

import django
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db import DatabaseError

from config.bootstrap.sentences import say

QUIET = {"verbosity": 0, "interactive": False}


def prepare() -> None:
    """Migrate, load, import, index, collect the static files and make the admin account."""
    call_command("migrate", **QUIET)
    bring_reference_up_to_date()
    if seeds := wanted_seeds():
        call_command("import_articles", *map(str, seeds))
    bring_index_up_to_date()
    call_command("build_fonts", stdout=StringIO())
    call_command("collectstatic", **QUIET)
    call_command("ensure_admin")


def bring_reference_up_to_date() -> None:
    """Load the reference data, and tell how many rows that touched if any."""
    from archive.reference import ReferenceDataError, load_reference

    try:
        counts = load_reference().values()
    except ReferenceDataError as error:
        raise CommandError(str(error)) from error
    if changed := sum(count.added + count.updated + count.removed for count in counts):
        say(
            f"Reference data, rows new or changed: {changed}",
            f"البيانات المرجعية، عدد الصفوف الجديدة أو المعدّلة: {changed}",
        )


def wanted_seeds() -> list[Path]:
    """The seeds to import: all but those whose article a curator has deleted."""
    from django.conf import settings

    from archive.models import Original

    deleted = set(Original.objects.filter(revisions=None).values_list("sha256", flat=True))
    files = sorted((settings.FIXTURES_DIR / "seeds").glob("*.txt"))
    return [path for path in files if hashlib.sha256(path.read_bytes()).hexdigest() not in deleted]


def bring_index_up_to_date() -> None:
    """Build the index if it is missing or damaged; else add the changes that still wait.

    One of another version serves until a process of its own has built it anew. While another process
    builds it the archive can be served too: the database answers.
    """
    from search.engine.store import IndexBusyError
    from search.indexing import build_index, drain_changes, index_is_usable, renew_index

    if index_is_usable():
        drain_changes()
        renew_index()
        return
    try:
        build_index(progress=True)
    except IndexBusyError:
        say(
            "Another process is building the search index; until it has finished, the database answers.",
            "تبني عملية أخرى فهرس البحث، وإلى أن تنتهي تجيب قاعدة البيانات.",
        )


def main() -> int:
    """Prepare; returns the exit status, with one sentence instead of a traceback."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    try:
        django.setup()
        prepare()
    except (ImproperlyConfigured, CommandError, DatabaseError, OSError) as error:
        print(f"The archive could not be prepared — تعذّرت تهيئة الأرشيف: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
