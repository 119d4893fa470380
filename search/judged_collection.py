"""A judged collection: documents, queries, and which document answers which query.

A folder with three files of one JSON object a line (each may be compressed, with ``.gz`` after its
name); keys that are not named here are ignored:

- ``docs.jsonl``: ``id``, ``title`` (may be empty or missing), ``text``, ``date`` (ISO; may be missing);
- ``queries.jsonl``: ``id``, ``text`` and, for short queries, ``short``;
- ``qrels.jsonl``: ``qid``, ``docid``, ``rel`` (a number; greater than 0 is relevant).

Whatever is wrong with them is a ``CollectionError``, a sentence that names the file and the line.
"""

import gzip
import json
import math
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from archive.importing.problems import ToldError

FIELDS = ("text", "short")
HALVES = ("all", "odd", "even")

NO_FOLDER = _("There is no folder at “%(name)s”.")
NO_FILE = _("The folder “%(name)s” has no file %(file)s (nor %(file)s.gz).")
UNREADABLE = _("“%(name)s” cannot be read: it is damaged, not UTF-8 text, or may not be opened.")
NOT_JSON = _("“%(name)s”, line %(line)s: this is not a JSON object.")
NO_KEY = _("“%(name)s”, line %(line)s: “%(key)s” is missing or of the wrong kind.")
TWICE = _("“%(name)s”, line %(line)s: the identifier “%(value)s” stands twice.")
UNKNOWN = _("“%(name)s”, line %(line)s: there is nothing with the identifier “%(value)s”.")
NOTHING = _("“%(name)s” is empty.")
NO_QUERY = _("No query has words under “%(field)s”.")
NO_JUDGMENT = _("None of the queries asked has a relevant document.")


class CollectionError(ToldError):
    """A collection that cannot be used."""


@dataclass(frozen=True, slots=True)
class Document:
    id: str
    title: str
    text: str
    date: date | None


@dataclass(frozen=True, slots=True)
class Query:
    """``position`` counts the queries of the file from 0."""

    id: str
    text: str
    position: int

    def is_in(self, half: str) -> bool:
        """Whether one of ``HALVES`` has it."""
        return half == "all" or (self.position % 2 == 1) == (half == "odd")


@dataclass(frozen=True, slots=True)
class Collection:
    """``judgments``: for every query with a relevant document, the gain of each one judged, by identifier."""

    documents: list[Document]
    queries: list[Query]
    judgments: dict[str, dict[str, float]]

    def asked(self, half: str = "all") -> list[Query]:
        """The queries of one of ``HALVES`` that can be scored. Raises ``CollectionError`` without any."""
        queries = [query for query in self.queries if query.is_in(half) and query.id in self.judgments]
        if not queries:
            raise CollectionError(NO_JUDGMENT)
        return queries


def read_collection(folder: Path, field: str = "text") -> Collection:
    """The collection in ``folder``, with the queries as they stand under ``field``, one of ``FIELDS``.

    A query that lacks the field has no words; when all do, that is an error.
    """
    if not folder.is_dir():
        raise CollectionError(NO_FOLDER, name=folder)
    documents: dict[str, Document] = {}
    for where, row in _rows(folder, "docs.jsonl"):
        identifier = _new_identifier(row, where, documents)
        documents[identifier] = Document(
            identifier, _text(row, "title", where), _text(row, "text", where), _day(row.get("date"))
        )
    queries: dict[str, Query] = {}
    for where, row in _rows(folder, "queries.jsonl"):
        identifier = _new_identifier(row, where, queries)
        queries[identifier] = Query(identifier, _text(row, field, where), len(queries))
    if not any(query.text.strip() for query in queries.values()):
        raise CollectionError(NO_QUERY, field=field)
    judgments: dict[str, dict[str, float]] = {}
    for where, row in _rows(folder, "qrels.jsonl"):
        qid, docid = _identifier(row, "qid", where), _identifier(row, "docid", where)
        for value, known in ((qid, queries), (docid, documents)):
            if value not in known:
                raise CollectionError(UNKNOWN, value=value, **where)
        gains = judgments.setdefault(qid, {})
        gains[docid] = max(_gain(row, where), gains.get(docid, 0.0))
    judged = {qid: gains for qid, gains in judgments.items() if any(gains.values())}
    return Collection(list(documents.values()), list(queries.values()), judged)


def _rows(folder: Path, file: str) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Where each line stands (the details of a message) and the object on it; blank lines are skipped."""
    path = folder / file
    if not path.exists():
        path = folder / f"{file}.gz"
    if not path.exists():
        raise CollectionError(NO_FILE, name=folder, file=file)
    opened = gzip.open if path.suffix == ".gz" else open
    where: dict[str, Any] = {"name": path.name, "line": 0}
    found = False
    try:
        with opened(path, "rt", encoding="utf-8-sig") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    found = True
                    where = {"name": path.name, "line": number}
                    yield where, _object(line, where)
    except (OSError, EOFError, UnicodeDecodeError, zlib.error) as error:
        raise CollectionError(UNREADABLE, name=path.name) from error
    if not found:
        raise CollectionError(NOTHING, name=path.name)


def _object(line: str, where: dict[str, Any]) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        row = None
    if not isinstance(row, dict):
        raise CollectionError(NOT_JSON, **where)
    return row


def _identifier(row: dict[str, Any], key: str, where: dict[str, Any]) -> str:
    value = row.get(key)
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str) or not value.strip():
        raise CollectionError(NO_KEY, key=key, **where)
    return value


def _new_identifier(row: dict[str, Any], where: dict[str, Any], known: dict[str, Any]) -> str:
    identifier = _identifier(row, "id", where)
    if identifier in known:
        raise CollectionError(TWICE, value=identifier, **where)
    return identifier


def _text(row: dict[str, Any], key: str, where: dict[str, Any]) -> str:
    """The text under ``key``, or none; lone surrogates, which no index takes, become question marks."""
    value = row.get(key)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise CollectionError(NO_KEY, key=key, **where)
    return value.encode("utf-8", "replace").decode()


def _day(value: Any) -> date | None:
    """The day of an ISO date or time; None for anything else, for no score depends on it."""
    try:
        return date.fromisoformat(str(value).split("T")[0])
    except ValueError:
        return None


def _gain(row: dict[str, Any], where: dict[str, Any]) -> float:
    value = row.get("rel")
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise CollectionError(NO_KEY, key="rel", **where)
    return max(0.0, float(value))
