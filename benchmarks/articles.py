"""Articles to measure with: those of a corpus in a seeded order, and beyond its size new ones made of it.

What an article of the corpus lacks (a title, a date, an outlet, who spoke) is drawn, the same at every run
and for every engine; ``seeding`` does that.
"""

import gzip
import json
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from benchmarks.seeding import Seeder

SEED = 2019
# About the length of a paragraph in a newspaper; some corpora have no paragraphs at all.
WORDS_A_PIECE = 60
_SENTENCE_END = re.compile(r"(?<=[.!\u061f])(?=[\s\u0621-\u064a])")


class CorpusError(Exception):
    """A corpus cannot be read; the message says which and why."""


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words of an article that a speaker said; ``country`` is the speaker's."""

    key: int
    text: str
    speaker: str
    country: str
    kind: str


@dataclass(frozen=True, slots=True)
class Article:
    """An article; keys of other rows are text, ``date`` is in ISO form, ``body`` has a blank line between
    paragraphs."""

    key: int
    title: str
    body: str
    date: str
    source: str
    countries: tuple[str, ...]
    meeting: str
    speakers: tuple[str, ...]
    quotations: tuple[Quotation, ...]

    @property
    def text(self) -> str:
        return f"{self.title}\n\n{self.body}"

    @property
    def kinds(self) -> tuple[str, ...]:
        return tuple(sorted({quotation.kind for quotation in self.quotations}))


@dataclass(frozen=True, slots=True)
class Origin:
    """Where articles come from: how many as the corpus has them and how many recombined from it."""

    corpora: tuple[str, ...]
    whole: int
    recombined: int


def make_articles(corpora: Sequence[Path], seeds: Path, count: int) -> tuple[Iterator[Article], Origin]:
    """``count`` articles, one after another, and their origin; the same at every run.

    Without ``corpora`` the files in ``seeds`` are the corpus. Raises ``CorpusError``.
    """
    rows = [row for path in corpora for row in _read(path)] if corpora else _read_seeds(seeds)
    if not rows:
        raise CorpusError("The corpus has no articles.")
    random.Random(SEED).shuffle(rows)
    whole = min(count, len(rows))
    names = tuple(path.name for path in corpora) or ("the seeds",)
    return _articles(rows, count), Origin(names, whole, count - whole)


def pieces(body: str) -> list[str]:
    """The paragraphs of a body, a long one cut at ends of sentences into about ``WORDS_A_PIECE`` words."""
    found = []
    for line in filter(None, map(str.strip, body.split("\n"))):
        words, piece = 0, ""
        for sentence in _SENTENCE_END.split(line):
            piece += sentence
            words += sentence.count(" ") + 1
            if words >= WORDS_A_PIECE:
                found.append(piece.strip())
                words, piece = 0, ""
        if piece.strip():
            found.append(piece.strip())
    return found


def _articles(rows: Sequence[dict[str, Any]], count: int) -> Iterator[Article]:
    seeder = Seeder(SEED)
    quotations = 0
    for key, row in enumerate(islice(_endless(rows), count), 1):
        article = _article(key, row, quotations, seeder)
        quotations += len(article.quotations)
        yield article


def _endless(rows: Sequence[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The rows, and then bodies of as many paragraphs as a row has, each from another row."""
    yield from rows
    chance = random.Random(SEED)
    while True:
        length = len(pieces(chance.choice(rows)["body"]))
        yield {
            "body": "\n".join(chance.choice(pieces(chance.choice(rows)["body"])) for _piece in range(length))
        }


def _article(key: int, row: dict[str, Any], quotations: int, seeder: Seeder) -> Article:
    body = "\n\n".join(filter(None, map(str.strip, row["body"].split("\n"))))
    seeded = seeder.seed(row, pieces(row["body"]))
    return Article(
        key,
        seeded.title,
        body,
        seeded.date,
        seeded.source,
        seeded.countries,
        seeded.meeting,
        seeded.speakers,
        tuple(Quotation(quotations + place, *said) for place, said in enumerate(seeded.quotations, 1)),
    )


def _read(path: Path) -> list[dict[str, Any]]:
    opener = gzip.open if path.suffix == ".gz" else open
    try:
        with opener(path, "rt", encoding="utf-8") as lines:
            rows = [json.loads(line) for line in lines if line.strip()]
        return [row for row in rows if row["body"].strip()]
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise CorpusError(f"{path}: {error}") from error


def _read_seeds(folder: Path) -> list[dict[str, Any]]:
    texts = [path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.txt"))]
    # Lines of a few words are furniture of the page.
    bodies = ["\n".join(line for line in text.splitlines() if len(line) > 60) for text in texts]
    return [{"body": body} for body in bodies if body]
