"""What keeps a command from its work, told in a sentence."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.management.base import CommandError
from django.db import DatabaseError
from django.utils.translation import gettext as _

from archive.importing.problems import DATABASE_FAILED
from search.engine.store import IndexBusyError
from search.rebuilding import describe_error


@contextmanager
def told_failures() -> Iterator[None]:
    """Raise ``CommandError`` for a lock that is held, a folder that cannot be written and a lost database."""
    try:
        yield
    except IndexBusyError as error:
        raise CommandError(_("Another process is building or writing the search index.")) from error
    except OSError as error:
        told = _("The search index cannot be written: %(error)s") % {"error": describe_error(error)}
        raise CommandError(told) from error
    except DatabaseError as error:
        raise CommandError(DATABASE_FAILED % {"error": error}) from error
