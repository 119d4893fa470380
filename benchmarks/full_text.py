"""The engine that we compare with: SQLite's own full-text search, FTS5, with its Unicode words."""

import sqlite3
from collections.abc import Iterable
from pathlib import Path

SCHEMA = "CREATE VIRTUAL TABLE articles USING fts5(title, body, tokenize = 'unicode61 remove_diacritics 2')"


def build(path: Path, articles: Iterable[tuple[int, str, str]]) -> sqlite3.Connection:
    """An index of (key, title, body) rows on disk."""
    connection = sqlite3.connect(path)
    with connection:
        connection.execute(SCHEMA)
        connection.executemany("INSERT INTO articles (rowid, title, body) VALUES (?, ?, ?)", articles)
    return connection


def find(connection: sqlite3.Connection, query: str, limit: int = 20) -> tuple[int, list[tuple[int, str]]]:
    """How many articles have all the words, and the best with a highlighted excerpt of each."""
    match = query if query.startswith('"') else " ".join(f'"{word}"' for word in query.split())
    counted = "SELECT count(*) FROM articles WHERE articles MATCH ?"
    listed = (
        "SELECT rowid, snippet(articles, 1, '<mark>', '</mark>', '…', 40) FROM articles"
        " WHERE articles MATCH ? ORDER BY rank LIMIT ?"
    )
    (total,) = connection.execute(counted, (match,)).fetchone()
    return total, connection.execute(listed, (match, limit)).fetchall()
