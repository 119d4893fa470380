"""Readers: the bytes of a file in, its text out. One function a format; plain text is the first.

Encodings are tried from the certain to the plausible: a byte order mark, UTF-16 that shows itself by
its zero or 06 bytes, UTF-8 that is valid throughout, and Windows-1256 if what comes out looks like
Arabic. Nothing is ever replaced: bytes that fit none of them are refused.
"""

import codecs
import hashlib
import re
from dataclasses import dataclass

from archive.arabic.letters import ARABIC
from archive.importing.problems import DecodingError

_ARABIC_LETTER = re.compile(f"[{ARABIC}]")
_LETTER = re.compile(r"[^\W\d_]")
# The six most frequent letters make up about half of any Arabic text; a sixth of random bytes.
_FREQUENT = re.compile("[اليمون]")
_GLUED = re.compile(f"[{ARABIC}][à-ÿœ]|[à-ÿœ][{ARABIC}]")
_TEXT_UNIT = re.compile(r"[\t\n\r\x20-\x7e\xa0-\xff\u0600-\u06ff\u2000-\u206f\ufb50-\ufdff\ufe70-\ufeff]")
_CONTROL_BYTES = bytes({*range(1, 9), *range(14, 32), 127})

_UTF16 = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}


@dataclass(frozen=True, slots=True)
class Decoded:
    """``text`` with newlines as in the file and without a byte order mark at its head.

    ``encoding`` is a name that ``bytes.decode`` knows; ``marked`` tells a byte order mark.
    """

    text: str
    encoding: str
    marked: bool


def digest(content: bytes) -> str:
    """The SHA-256 of a file's bytes, in hexadecimal: what an original is known by."""
    return hashlib.sha256(content).hexdigest()


def read_plain_text(content: bytes) -> Decoded:
    """Decode a plain text file.

    Raises ``DecodingError`` with the code empty, binary, nul_bytes, bad_utf16 or unknown_encoding, and
    the position of the offending byte (counted from 1).
    """
    if not content:
        raise DecodingError("empty")
    if content.startswith(codecs.BOM_UTF8):
        return Decoded(_utf8(content).removeprefix("\ufeff"), "utf-8", marked=True)
    if (encoding := _UTF16.get(content[:2])) is not None:
        return Decoded(_utf16(content, encoding).removeprefix("\ufeff"), encoding, marked=True)
    if (encoding := _unmarked_utf16(content)) is not None:
        return Decoded(_utf16(content, encoding), encoding, marked=False)
    _refuse_binary(content)
    try:
        return Decoded(content.decode("utf-8"), "utf-8", marked=False)
    except UnicodeDecodeError as error:
        text = content.decode("cp1256")
        if _is_plausible_arabic(text):
            return Decoded(text, "windows-1256", marked=False)
        raise DecodingError("unknown_encoding", position=error.start + 1) from error


def _utf8(content: bytes) -> str:
    _refuse_binary(content)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise DecodingError("unknown_encoding", position=error.start + 1) from error


def _utf16(content: bytes, encoding: str) -> str:
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        raise DecodingError("bad_utf16", position=error.start + 1) from error
    if "\0" in text:
        # UTF-32 begins with the same mark as UTF-16 and comes out as text full of NUL characters.
        raise DecodingError("nul_bytes", position=2 * text.index("\0") + 1)
    return text


def _unmarked_utf16(content: bytes) -> str | None:
    """The byte order of UTF-16 without a mark, if nearly every unit is then Arabic or Latin text."""
    if len(content) % 2 or not (b"\0" in content or b"\x06" in content):
        return None
    for encoding in _UTF16.values():
        text = content.decode(encoding, "replace")
        if len(_TEXT_UNIT.findall(text)) >= 0.95 * len(text):
            return encoding
    return None


def _refuse_binary(content: bytes) -> None:
    controls = len(content) - len(content.translate(None, _CONTROL_BYTES))
    if controls > len(content) / 200:
        raise DecodingError("binary")
    zeros = content.count(0)
    if zeros:
        code = "nul_bytes" if zeros <= len(content) / 20 and _is_utf8(content) else "binary"
        raise DecodingError(code, position=content.index(0) + 1)


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _is_plausible_arabic(text: str) -> bool:
    """Whether text read as Windows-1256 is Arabic, not another code page or damaged UTF-8.

    Damaged UTF-8 comes out as letters alternating with signs, ISO 8859-6 as Arabic letters with
    accented Latin ones among them, Cyrillic as rare letters: each fails one of the conditions.
    """
    foreign = [character for character in text if not character.isascii()]
    arabic = _ARABIC_LETTER.findall(text)
    return (
        len(arabic) >= 0.75 * len(foreign)
        and len(arabic) >= 0.5 * len(_LETTER.findall(text))
        and len(_FREQUENT.findall(text)) >= 0.3 * len(arabic)
        and len(_GLUED.findall(text)) <= 0.02 * len(arabic)
        and bool(arabic)
    )
