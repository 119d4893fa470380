"""What can be wrong with a file: a code and details to keep, a plain sentence to show."""

import os
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

MESSAGES = {
    "missing": _("There is no file or folder at “%(name)s”."),
    "dangling_link": _("“%(name)s” is a link to a file that does not exist."),
    "folder": _("“%(name)s” is a folder, not a text file."),
    "not_a_file": _("“%(name)s” is not an ordinary file."),
    "unreadable": _("“%(name)s” cannot be read: permission is missing or the disk failed."),
    "empty": _("“%(name)s” is empty."),
    "no_words": _("“%(name)s” holds no words."),
    "too_large": _("“%(name)s” is larger than %(limit)s MB, the limit for one article."),
    "binary": _("“%(name)s” is not a text file: its contents are binary."),
    "nul_bytes": _("“%(name)s” has a NUL byte (byte %(position)s): it is damaged or not a text file."),
    "bad_utf16": _("“%(name)s” begins as UTF-16 text but is damaged at byte %(position)s."),
    "unknown_encoding": _(
        "“%(name)s” is not UTF-8 text (byte %(position)s), nor readable Arabic in UTF-16 or Windows-1256."
    ),
    "no_text_files": _("The folder “%(name)s” holds no .txt files."),
    "not_stored": _("“%(name)s” could not be stored: %(error)s"),
}
NO_PATH = _("An empty path names no file and no folder.")
DATABASE_FAILED = _("The database cannot be used: %(error)s. If it is new, run manage.py migrate first.")
NO_REFERENCE = _(
    "No reference data is loaded, so little will be recognised: run manage.py load_reference first."
)
DRY_RUN = _("A trial: nothing was written.")
INTERRUPTED = _("Interrupted: the files finished until now are kept.")
LANGUAGES = ("ar", "en")


class ToldError(Exception):
    """What cannot be used: a translated ``message`` and the ``details`` that fill it."""

    def __init__(self, message: Any, **details: Any) -> None:
        self.message = message
        self.details = details
        super().__init__(message, details)

    def __str__(self) -> str:
        return str(self.message % self.details)


class FileError(Exception):
    """A file that cannot be imported; ``code`` is a key of ``MESSAGES``, ``details`` fill its sentence."""

    def __init__(self, code: str, path: Path | str, **details: Any) -> None:
        self.code = code
        self.details = {"name": shown_path(path), **details}
        super().__init__(code, self.details)

    def __str__(self) -> str:
        return describe(self.code, self.details)


class DecodingError(ValueError):
    """Bytes that no reader understands; the caller, who knows the file, makes it a ``FileError``."""

    def __init__(self, code: str, **details: Any) -> None:
        self.code = code
        self.details = details
        super().__init__(code, details)


def describe(code: str, details: dict[str, Any]) -> str:
    """The sentence for a problem in the active language; details that it lacks are shown as “?”."""
    return str(MESSAGES[code]) % _Details(details) if code in MESSAGES else code


def in_both(message: Any, **details: Any) -> list[str]:
    """A message in each of ``LANGUAGES``: a terminal does not tell its reader's language."""
    sentences = []
    for language in LANGUAGES:
        with override(language):
            sentences.append(str(message) % details if details else str(message))
    return sentences


def shown_path(path: Path | str) -> str:
    """The path as text that can be printed and stored, whatever bytes the file system holds."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


class _Details(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return "?"
