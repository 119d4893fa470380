"""The words of articles and quotations as the engines are fed with them: one analysis for all.

A file of rows, an article and then its quotations. ``stems`` is what a plain word matches and ``surfaces``
what a phrase matches, both between spaces; ``GAP`` stands where a phrase must not reach over.
"""

import time
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from benchmarks.articles import Article
from search.analysis import Term, terms

GAP = "qqgapqq"
_SEVERAL = " "


class Row(NamedTuple):
    """A document; ``of`` is "a" (an article) or "q", several values of a field stand between spaces."""

    of: str
    key: str
    article: str
    date: str
    source: str
    meeting: str
    speakers: str
    countries: str
    kinds: str
    stems: str
    surfaces: str


def write_rows(path: Path, articles: Iterable[Article]) -> tuple[float, dict[str, str]]:
    """Write the rows of ``articles``.

    Returns the seconds of CPU that the analysis alone took, and for surfaces that are spelled otherwise in
    some articles their commonest spelling.
    """
    took = 0.0
    spelled: Counter[tuple[str, str]] = Counter()
    with path.open("w", encoding="utf-8") as file:
        for article in articles:
            for fields, text in _documents(article):
                began = time.process_time()
                found = list(terms(text))
                took += time.process_time() - began
                stems, surfaces = fed(found)
                spelled.update({(term.surface, term.exact) for term in found})
                file.write("\t".join((*fields, stems, surfaces)) + "\n")
    commonest = dict(pair for pair, _count in reversed(spelled.most_common()))
    return took, {surface: exact for surface, exact in commonest.items() if surface != exact}


def read_rows(path: Path, of: str = "") -> Iterator[Row]:
    """The rows of a file, or only those of articles or of quotations."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            if line.startswith(of):
                yield Row(*line.rstrip("\n").split("\t"))


def fed(found: Iterable[Term]) -> tuple[str, str]:
    """The stems and the surfaces of terms, with ``GAP`` where positions jump."""
    stems: list[str] = []
    surfaces: list[str] = []
    last = None
    for term in found:
        if last is not None and term.position - last > 1:
            stems.append(GAP)
            surfaces.append(GAP)
        last = term.position
        stems.append(term.stem)
        surfaces.append(term.surface)
    return " ".join(stems), " ".join(surfaces)


def _documents(article: Article) -> Iterator[tuple[tuple[str, ...], str]]:
    key = str(article.key)
    several = map(_SEVERAL.join, (article.speakers, article.countries, article.kinds))
    yield ("a", key, key, article.date, article.source, article.meeting, *several), article.text
    for said in article.quotations:
        fields = (article.date, article.source, article.meeting, said.speaker, said.country, said.kind)
        yield ("q", str(said.key), key, *fields), said.text
