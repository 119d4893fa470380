"""The canonical text of an article, derived once from the stored bytes.

Every offset in the archive counts code points of this text, so whatever changes the result for some
input must raise ``DERIVER_VERSION``: the next import then derives those articles anew.
"""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from archive.arabic.normalize import unshape
from archive.arabic.words import segment
from archive.importing.problems import DecodingError, FileError
from archive.importing.readers import read_plain_text

DERIVER_VERSION = 1


@dataclass(frozen=True, slots=True)
class Canonical:
    """``text_sha256`` is the SHA-256 of ``text`` in UTF-8, in hexadecimal."""

    text: str
    text_sha256: str
    encoding: str
    marked: bool


def derive(content: bytes) -> Canonical:
    """The canonical text of a file: decoded, its head mark dropped, presentation forms folded.

    Nothing else changes; newlines and spaces stay as they are. Raises ``DecodingError`` for bytes
    that are not text, and with the code no_words for text without a single word.
    """
    decoded = read_plain_text(content)
    text = unshape(decoded.text)
    if next(segment(text), None) is None:
        raise DecodingError("no_words")
    digest = hashlib.sha256(text.encode("utf-8")).hexdigest()
    return Canonical(text, digest, decoded.encoding, decoded.marked)


def derive_file(content: bytes, path: Path) -> Canonical:
    """``derive`` for the contents of a file; raises ``FileError`` with the file's name."""
    try:
        return derive(content)
    except DecodingError as error:
        raise FileError(error.code, path, **error.details) from error
