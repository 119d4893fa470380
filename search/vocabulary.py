"""The words that the analysis knows beforehand, read once from the shipped reference data.

Static on purpose: what a curator adds acts at query time (``search.aliases``), so that the stems of
articles already indexed never change. Whatever is read here, and the code that uses it, is counted
in ``fingerprint``: an index built with another one is built anew.
"""

import hashlib
import json
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings

import archive.arabic
from archive.arabic.protected import protected_words, words_of
from archive.arabic.stem import LightStemmer

_LANGUAGE = ("letters", "normalize", "words", "own_letters", "spellings", "protected", "stem")
_ENGINE = ("analysis", "schema", "search_indexes")
_TEMPLATE = Path("templates", "search", "indexes", "archive", "article_text.txt")


def _rows(name: str) -> list[dict[str, Any]]:
    path = Path(settings.FIXTURES_DIR) / "reference" / f"{name}.json"
    rows: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))["rows"]
    return rows


@cache
def _words() -> tuple[frozenset[str], frozenset[str]]:
    """The protected words and the attested ones."""
    people = (
        name
        for row in _rows("people")
        for name in (row["name_ar"], *(each["text"] for each in row["variants"]))
    )
    nations: set[str] = set()
    capitals: set[str] = set()
    for row in _rows("countries"):
        nations.update((row["name_ar"], *row["other_names"], *row["demonyms"]))
        capitals.update(row["capitals"])
    return protected_words(people, nationalities=nations), words_of(nations | capitals)


@cache
def stemmer() -> LightStemmer:
    """The one stemmer of indexing, searching and highlighting."""
    protected, attested = _words()
    return LightStemmer(protected=protected, attested=attested)


@cache
def fingerprint() -> str:
    """A digest of everything on which the content of an index depends besides the articles."""
    digest = hashlib.sha256(unicodedata.unidata_version.encode())
    language, engine = Path(archive.arabic.__path__[0]), Path(__file__).parent
    sources = [language / f"{name}.py" for name in _LANGUAGE] + [engine / f"{name}.py" for name in _ENGINE]
    for path in [*sources, Path(settings.BASE_DIR) / _TEMPLATE]:
        digest.update(path.read_bytes())
    for words in _words():
        digest.update("\n".join(sorted(words)).encode())
    return digest.hexdigest()
