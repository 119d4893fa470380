"""Careful readings of articles on disk: what an extraction is measured against.

A folder (its subfolders too) of ``NAME.json`` files, each the reading of the text ``NAME`` or ``NAME.txt``
(or what its ``file`` says) in the format of ``manage.py extract --json``; beside them or above them
``speakers.json``, the names that count for each speaker. A ``phenomena.json``, there or in the folder
above, lists short texts with what must be found in them.
Whatever cannot be read is a ``ReadingError``, one sentence; the rest is read nevertheless.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from archive.extraction.speaker_scoring import KnownSpeaker, known_speakers
from archive.importing.deriving import derive_file
from archive.importing.files import read_bytes
from archive.importing.problems import FileError, ToldError, shown_path

SPEAKERS, PHENOMENA = "speakers.json", "phenomena.json"

NO_FOLDER = _("There is no folder at “%(name)s”.")
NO_READINGS = _("The folder “%(name)s” holds no careful reading (NAME.json with “quotes”).")
NOT_JSON = _("“%(name)s” cannot be read: it is damaged, not JSON, or may not be opened.")
NOT_A_READING = _("“%(name)s” is not a careful reading: “%(key)s” is missing or of the wrong kind.")
NO_TEXT = _("The text of the reading “%(name)s” was not found; --texts names the folder that holds it.")
OTHER_TEXT = _(
    "The reading “%(name)s” does not fit its text: at %(start)s the text has other words than the reading."
)


class ReadingError(ToldError):
    """A reading that cannot be used."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One article and what a careful reader found in it; offsets are of ``text``."""

    name: str
    text: str
    content: dict[str, Any]
    speakers: dict[str, KnownSpeaker]


@dataclass(slots=True)
class Collection:
    readings: list[Reading] = field(default_factory=list)
    phenomena: list[dict[str, Any]] = field(default_factory=list)
    problems: list[ReadingError | FileError] = field(default_factory=list)


def read_collection(folder: Path, *, texts: Path | None = None) -> Collection:
    """The readings of ``folder`` in the order of their paths; ``texts`` is one more folder of texts.

    Files that are JSON but no reading are passed over. Raises ``ReadingError`` if there is nothing to read.
    """
    if not folder.is_dir():
        raise ReadingError(NO_FOLDER, name=shown_path(folder))
    collection = Collection()
    rows: dict[Path, list[dict[str, Any]]] = {}
    for path in sorted(folder.rglob("*.json")):
        try:
            if path.name in (SPEAKERS, PHENOMENA) or not _is_reading(content := _read_json(path)):
                continue
            if path.parent not in rows:
                rows[path.parent] = _read_list(_speakers_of(path.parent, folder), "id", "name_ar")
            quotes = _checked(path, content)["quotes"]
            text = _text(path, content, folder.resolve(), texts)
            speakers = known_speakers(rows[path.parent], quotes)
            collection.readings.append(Reading(_names(path, content)[0], text, content, speakers))
        except (ReadingError, FileError) as problem:
            collection.problems.append(problem)
    try:
        paths = [*sorted(folder.rglob(PHENOMENA)), folder.resolve().parent / PHENOMENA]
        collection.phenomena = _read_list(paths[0], "id", "text", "quotes")
    except ReadingError as problem:
        collection.problems.append(problem)
    if not (collection.readings or collection.phenomena or collection.problems):
        raise ReadingError(NO_READINGS, name=shown_path(folder))
    collection.problems += _misfits(collection.readings)
    return collection


def _speakers_of(folder: Path, top: Path) -> Path:
    """The nearest list of speakers, from a reading's folder up to the one that was given."""
    while folder != top and not (folder / SPEAKERS).exists():
        folder = folder.parent
    return folder / SPEAKERS


def _names(path: Path, content: dict[str, Any]) -> list[str]:
    """What the text of a reading may be called: as the reading says, else as its own file is."""
    file = content.get("file")
    said = file.get("name") if isinstance(file, dict) else None
    stem = path.name.removesuffix(".json")
    names = [Path(said).name] if isinstance(said, str) and said else []
    return [*names, stem, f"{stem}.txt"]


def _is_reading(content: Any) -> bool:
    return isinstance(content, dict) and "quotes" in content


def _checked(path: Path, content: dict[str, Any]) -> dict[str, Any]:
    """The reading, if its lists are lists of spans."""
    for key in ("quotes", "boilerplate", "sections"):
        items = content.get(key, [])
        if items is None and key != "quotes":
            continue
        if not isinstance(items, list) or not all(_is_span(item) for item in items):
            raise ReadingError(NOT_A_READING, name=shown_path(path), key=key)
    if not all("kind" in quote for quote in content["quotes"]):
        raise ReadingError(NOT_A_READING, name=shown_path(path), key="kind")
    return content


def _text(path: Path, content: dict[str, Any], folder: Path, texts: Path | None) -> str:
    """The text of a reading: beside it, in it, where the caller says, or among the seeds."""
    names = _names(path, content)
    if (near := _first_with(names, path.parent, folder / "texts")) is not None:
        return _derived(near)
    if isinstance(content.get("text"), str):
        return content["text"]
    far = _first_with(
        names,
        *([texts] if texts else []),
        settings.FIXTURES_DIR / "seeds",
        folder.parent / "seeds",
        folder.parent.parent / "seeds",
    )
    if far is None:
        raise ReadingError(NO_TEXT, name=shown_path(path))
    return _derived(far)


def _first_with(names: list[str], *folders: Path) -> Path | None:
    places = (folder / name for folder in folders for name in names)
    return next((place for place in places if place.is_file()), None)


def _derived(path: Path) -> str:
    return derive_file(read_bytes(path), path).text


def _read_list(path: Path, *keys: str) -> list[dict[str, Any]]:
    """A list of objects that have ``keys``; empty where there is no such file."""
    if not path.exists():
        return []
    rows = _read_json(path)
    for key in keys:
        if not isinstance(rows, list) or not all(isinstance(row, dict) and key in row for row in rows):
            raise ReadingError(NOT_A_READING, name=shown_path(path), key=key)
    return rows


def _read_json(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise ReadingError(NOT_JSON, name=shown_path(path)) from error


def _is_span(item: Any) -> bool:
    return isinstance(item, dict) and all(isinstance(item.get(key), int) for key in ("start", "end"))


def _misfits(readings: list[Reading]) -> Iterator[ReadingError]:
    """Readings whose quotations are not where they say; they are measured all the same."""
    for reading in readings:
        for quote in reading.content["quotes"]:
            said = quote.get("text")
            if said is not None and said != reading.text[quote["start"] : quote["end"]]:
                yield ReadingError(OTHER_TEXT, name=reading.name, start=quote["start"])
                break
