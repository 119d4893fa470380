"""SQLite's own full-text search, FTS5, over our stems and surfaces; only keys and facts are stored."""

import sqlite3
from collections.abc import Iterator
from typing import Any

from benchmarks.clocks import Reply
from benchmarks.engines.engine import Engine
from benchmarks.questions import PAGE, Question
from benchmarks.words import Row

# A table for each layer of words, so that nothing is looked for in the words of the other.
_SCHEMA = """
    CREATE VIRTUAL TABLE stems USING fts5(words, content='', tokenize = "unicode61 remove_diacritics 0");
    CREATE VIRTUAL TABLE surfaces USING fts5(words, content='', tokenize = "unicode61 remove_diacritics 0");
    CREATE VIRTUAL TABLE said USING fts5(words, content='', tokenize = "unicode61 remove_diacritics 0");
    CREATE TABLE facts (article INTEGER PRIMARY KEY, date TEXT, source TEXT, meeting TEXT);
    CREATE TABLE speakers (article INTEGER, value TEXT, PRIMARY KEY (article, value)) WITHOUT ROWID;
    CREATE TABLE countries (article INTEGER, value TEXT, PRIMARY KEY (article, value)) WITHOUT ROWID;
    CREATE TABLE quotations (quotation INTEGER PRIMARY KEY, article INTEGER, speaker TEXT, country TEXT,
                             kind TEXT, date TEXT);
"""
_BOTH = """
    SELECT rowid, count(*) OVER () FROM (
        SELECT rowid, rank FROM stems WHERE stems MATCH :words
        UNION ALL SELECT rowid, rank FROM surfaces WHERE surfaces MATCH :words)
    GROUP BY rowid ORDER BY min(rank) LIMIT :limit OFFSET :offset
"""
_BY_DATE = """
    SELECT stems.rowid FROM stems JOIN facts ON facts.article = stems.rowid WHERE stems MATCH :words
    ORDER BY facts.date DESC, stems.rowid LIMIT :limit OFFSET :offset
"""
_SAID = """
    FROM said JOIN quotations ON quotations.quotation = said.rowid
    WHERE said MATCH :words AND quotations.speaker = :speaker
"""
_FACETS = tuple(
    f"SELECT {value}, count(*) FROM stems JOIN {table} ON article = stems.rowid WHERE stems MATCH :words"
    " GROUP BY 1"
    for table, value in (("speakers", "value"), ("countries", "value"), ("facts", "source"))
)


class Fts5(Engine):
    name = "fts5"
    unable = {"reader": "ours alone"}

    def build(self) -> int:
        self._connect()
        self._connection.executescript(_SCHEMA)
        documents = 0
        with self._connection:
            for row in self.run.rows():
                if row.of == "a":
                    documents += 1
                    self._add_article(row)
                else:
                    self._add_quotation(row)
        return documents

    def open(self) -> None:
        self._connect()

    def close(self) -> None:
        if hasattr(self, "_connection"):
            self._connection.close()

    def ask(self, question: Question) -> Reply:
        asked = question.asked
        named: dict[str, Any] = {
            "words": _match(question),
            "limit": PAGE,
            "offset": asked.offset,
            "speaker": question.speaker,
        }
        if asked.how == "prefix":
            rows = self._all(_BOTH, named)
            return Reply(rows[0][1] if rows else 0, [key for key, _total in rows])
        if asked.of == "quotations":
            keys = self._all(f"SELECT quotation {_SAID} ORDER BY rank LIMIT :limit OFFSET :offset", named)
            return Reply(self._all(f"SELECT count(*) {_SAID}", named)[0][0], [key for (key,) in keys])
        table = "surfaces" if asked.how == "phrase" else "stems"
        ((total,),) = self._all(f"SELECT count(*) FROM {table} WHERE {table} MATCH :words", named)
        ranked = (
            f"SELECT rowid FROM {table} WHERE {table} MATCH :words ORDER BY rank LIMIT :limit OFFSET :offset"
        )
        keys = self._all(_BY_DATE if asked.sort == "newest" else ranked, named)
        counted = (self._all(facet, named) for facet in _FACETS) if asked.facets else ()
        return Reply(
            total, [key for (key,) in keys], sum(count for rows in counted for _value, count in rows)
        )

    def _connect(self) -> None:
        self._connection = sqlite3.connect(self.folder / "index.sqlite3")

    def _all(self, statement: str, named: dict[str, Any]) -> list[Any]:
        return self._connection.execute(statement, named).fetchall()

    def _add_article(self, row: Row) -> None:
        run = self._connection.execute
        run("INSERT INTO stems (rowid, words) VALUES (?, ?)", (row.key, row.stems))
        run("INSERT INTO surfaces (rowid, words) VALUES (?, ?)", (row.key, row.surfaces))
        run("INSERT INTO facts VALUES (?, ?, ?, ?)", (row.key, row.date, row.source, row.meeting))
        for table, values in (("speakers", row.speakers), ("countries", row.countries)):
            pairs: Iterator[tuple[str, str]] = ((row.key, value) for value in values.split())
            self._connection.executemany(f"INSERT INTO {table} VALUES (?, ?)", pairs)

    def _add_quotation(self, row: Row) -> None:
        run = self._connection.execute
        run("INSERT INTO said (rowid, words) VALUES (?, ?)", (row.key, row.stems))
        facts = (row.key, row.article, row.speakers, row.countries, row.kinds, row.date)
        run("INSERT INTO quotations VALUES (?, ?, ?, ?, ?, ?)", facts)


def _match(question: Question) -> str:
    match question.asked.how:
        case "phrase":
            return '"' + " ".join(question.words) + '"'
        case "prefix":
            return f'"{question.words[0]}"*'
        case how:
            return (" OR " if how == "any" else " AND ").join(f'"{stem}"' for stem in question.stems)
