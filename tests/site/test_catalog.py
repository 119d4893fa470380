"""The Arabic catalog: complete, without doubtful entries, and true to its placeholders."""

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.pofile import read_po
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(settings.BASE_DIR)
CATALOG = ROOT / "config" / "locale" / "ar" / "LC_MESSAGES" / "django.po"
KEYWORDS = DEFAULT_KEYWORDS | {
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
PLACEHOLDER = re.compile(r"%\((\w+)\)[a-z]|%[sd]|\{(\w*)\}")
FORMS = 6


def used_messages() -> Iterator[tuple[str, str | None, tuple[str, ...]]]:
    """Every message of the code as (where, context, (singular,) or (singular, plural))."""
    files = [ROOT / "templates", ROOT / "archive", ROOT / "search", ROOT / "config"]
    for path in sorted(path for folder in files for path in folder.rglob("*")):
        if path.suffix not in {".html", ".txt", ".py"} or "migrations" in path.parts:
            continue
        source = path.read_text(encoding="utf-8")
        if path.suffix != ".py":
            source = templatize(source)
        for line, message, _comments, context in extract("python", BytesIO(source.encode()), KEYWORDS):
            words = (message,) if isinstance(message, str) else message
            yield f"{path.relative_to(ROOT)}:{line}", context, words


def placeholders(text: str) -> set[str]:
    return {match.group() for match in PLACEHOLDER.finditer(text)}


@pytest.fixture(scope="module")
def catalog():
    with CATALOG.open("rb") as file:
        return read_po(file, locale="ar")


def test_every_message_of_templates_and_code_is_translated(catalog):
    missing = []
    for where, context, words in used_messages():
        entry = catalog.get(words[0], context)
        translations = [entry.string] if entry and isinstance(entry.string, str) else entry and entry.string
        wanted = 1 if len(words) == 1 else FORMS
        if not entry or entry.fuzzy or len(translations) != wanted or not all(translations):
            missing.append(f"{where}: {words[0]!r}" + (f" ({context})" if context else ""))
    assert missing == []


def test_translations_keep_the_placeholders(catalog):
    wrong = []
    for entry in catalog:
        if not entry.id:
            continue
        if isinstance(entry.string, str):
            if placeholders(entry.id) != placeholders(entry.string):
                wrong.append(entry.id)
            continue
        wanted = placeholders(entry.id[1])
        for number, text in enumerate(entry.string):
            # None, one and two are words in Arabic: «قولان» needs no number. All others do.
            allowed = placeholders(text) <= wanted if number < 3 else placeholders(text) == wanted
            if not allowed:
                wrong.append((entry.id[0], number))
    assert wrong == []


def test_the_catalog_is_of_six_plural_forms_and_western_digits(catalog):
    assert catalog.num_plurals == FORMS
    texts = [text for entry in catalog if entry.id for text in entry.string if isinstance(text, str)]
    assert not [text for text in texts if re.search("[٠-٩۰-۹\ufb50-\ufdff\ufe70-\ufeff]", text)]
