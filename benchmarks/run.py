"""The folder of a run: what is prepared once for every engine, and what each of them makes of it."""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from benchmarks.articles import Article, Quotation
from benchmarks.questions import Question, read_questions
from benchmarks.words import Row, read_rows


@dataclass(frozen=True)
class Run:
    """The files of one run in ``folder``; ``libraries`` keeps what is fetched from one run to the next."""

    folder: Path
    libraries: Path

    @property
    def articles_file(self) -> Path:
        return self.folder / "articles.jsonl"

    @property
    def rows_file(self) -> Path:
        return self.folder / "rows.tsv"

    @property
    def questions_file(self) -> Path:
        return self.folder / "questions.json"

    @property
    def archive(self) -> Path:
        """The run-time folder of our own archive."""
        return self.folder / "var"

    def engine_folder(self, engine: str) -> Path:
        """Where an engine keeps its index; made when it is missing."""
        folder = self.folder / engine
        folder.mkdir(exist_ok=True)
        return folder

    def articles(self) -> Iterator[Article]:
        with self.articles_file.open(encoding="utf-8") as lines:
            for line in lines:
                yield article_of(json.loads(line))

    def rows(self, of: str = "") -> Iterator[Row]:
        return read_rows(self.rows_file, of)

    @cached_property
    def questions(self) -> dict[str, list[Question]]:
        return read_questions(self.questions_file)


def line_of(article: Article) -> str:
    """An article as a line of JSON."""
    return json.dumps(asdict(article), ensure_ascii=False) + "\n"


def article_of(row: dict[str, Any]) -> Article:
    """The article of a line that ``line_of`` made."""
    for name in ("countries", "speakers"):
        row[name] = tuple(row[name])
    row["quotations"] = tuple(Quotation(**each) for each in row["quotations"])
    return Article(**row)


def bytes_in(folder: Path, suffix: str = "") -> int:
    """The size of the files under a folder, or of those whose names end so."""
    return sum(
        path.stat().st_size for path in folder.rglob("*") if path.is_file() and path.name.endswith(suffix)
    )
