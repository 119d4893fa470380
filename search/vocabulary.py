"""The words that the analysis knows beforehand, read once from the shipped reference data.

Static on purpose: what a curator adds acts at query time (``search.aliases``), so that the stems of
articles already indexed never change. Whatever is read here, and the code that uses it, is counted
in ``fingerprint``: an index built with another one is built anew, and serves until then if it is of the
same ``format_digest``.
"""

import gzip
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
from archive.arabic.word_list import read_word_list

WORD_LIST = "words.txt.gz"
_LANGUAGE = (
    "letters",
    "normalize",
    "words",
    "word_list",
    "own_letters",
    "spellings",
    "protected",
    "stem",
    "sounds",
)
_ENGINE = (
    "analysis",
    "search_indexes",
    "engine/documents",
    "engine/schema",
    "engine/content",
    "engine/derivation",
    "engine/collocations",
    "engine/column_files",
    "engine/columns",
    "engine/recovery",
    "engine/posting_lists",
    "engine/term_index",
    "engine/whoosh_files",
)
# What reads and explains the arrays of an index; with another of these its files cannot be used at all.
_FORMAT = (
    "engine/schema",
    "engine/column_files",
    "engine/columns",
    "engine/derivation",
    "engine/collocations",
    "engine/manifests",
)
_TEMPLATE = Path("templates", "search", "indexes", "archive", "article_text.txt")


def _reference(name: str) -> Path:
    return Path(settings.FIXTURES_DIR) / "reference" / name


def _rows(name: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads(_reference(f"{name}.json").read_text(encoding="utf-8"))["rows"]
    return rows


@cache
def protected() -> frozenset[str]:
    """The words of the names that the stemmer leaves alone."""
    people = (
        name
        for row in _rows("people")
        for name in (row["name_ar"], *(each["text"] for each in row["variants"]))
    )
    nations: set[str] = set()
    for row in _rows("countries"):
        nations.update((row["name_ar"], *row["other_names"], *row["demonyms"]))
    return protected_words(people, nationalities=nations)


@cache
def stemmer() -> LightStemmer:
    """The one stemmer of indexing, searching and highlighting."""
    counts = read_word_list(gzip.decompress(_reference(WORD_LIST).read_bytes()).decode())
    return LightStemmer(protected=protected(), counts=counts)


def is_known(surface: str) -> bool:
    """Whether a folded word is attested or is a word of a personal name."""
    return stemmer().is_attested(surface) or stemmer().is_protected(surface)


@cache
def stop_words() -> frozenset[str]:
    """The folded words that are not looked for by themselves: small, common words of the language."""
    return words_of(row["text"] for row in _rows("stop_words"))


@cache
def fingerprint() -> str:
    """A digest of everything on which the content of an index depends besides the articles."""
    digest = hashlib.sha256(unicodedata.unidata_version.encode())
    language, engine = Path(archive.arabic.__path__[0]), Path(__file__).parent
    sources = [language / f"{name}.py" for name in _LANGUAGE] + [engine / f"{name}.py" for name in _ENGINE]
    for path in [*sources, Path(settings.BASE_DIR) / _TEMPLATE]:
        digest.update(path.read_bytes())
    for name in (WORD_LIST, "people.json", "countries.json"):
        digest.update(_reference(name).read_bytes())
    return digest.hexdigest()


@cache
def format_digest() -> str:
    """A digest of how an index is laid out: of another one nothing can be read."""
    digest = hashlib.sha256()
    for name in _FORMAT:
        digest.update((Path(__file__).parent / f"{name}.py").read_bytes())
    return digest.hexdigest()
