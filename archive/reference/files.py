"""Reading the files of ``fixtures/reference``: what each says of which table, checked field by field.

A file is ``{"about": …, "rows": [ … ]}``. A row may hold lists of rows of another table (a person's
variants and terms of office); a bare text in such a list stands for ``{"text": …}``. Other tables'
rows are named by their keys. What a row leaves out has the model's default.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Field, ForeignKey, Model
from django.utils.translation import gettext as _

from archive.models import (
    Country,
    DatedEvent,
    LexiconEntry,
    Meeting,
    MeetingVariant,
    NameVariant,
    Source,
    SourceVariant,
    Speaker,
    TermOfOffice,
)
from archive.models.querysets import NATURAL_KEYS

NaturalKey = tuple[str, ...]


class ReferenceDataError(Exception):
    """A file of the reference data is missing or malformed; the message is one sentence for a reader."""


@dataclass(frozen=True)
class Table:
    """Which files fill ``model``, and with which ``fields`` besides those of its natural key.

    Rows of a table with a ``parent`` stand inside the parent's rows, in the list ``inside``.
    ``derived`` fields are computed by the model. Rows that a later release no longer ships are
    deleted from a ``removable`` table, unless a curator changed them.
    """

    model: type[Model]
    files: tuple[str, ...]
    fields: tuple[str, ...]
    derived: tuple[str, ...] = ()
    parent: str = ""
    inside: str = ""
    removable: bool = False

    @property
    def label(self) -> str:
        return self.model._meta.model_name or ""

    @cached_property
    def natural_fields(self) -> tuple[str, ...]:
        return tuple(lookup.split("__")[0] for lookup in NATURAL_KEYS[self.model.__name__])

    @cached_property
    def field_objects(self) -> dict[str, Field]:
        return {name: self.model._meta.get_field(name) for name in (*self.natural_fields, *self.fields)}

    def lookup(self, name: str) -> str:
        """The lookup that reads a field as the files write it: a related row by its key."""
        field = self.field_objects[name]
        if isinstance(field, ForeignKey):
            return f"{name}__{NATURAL_KEYS[field.related_model.__name__][0]}"
        return name


SPEAKER_FILES = ("organisations.json", "groups.json", "people.json")
TABLES = (
    Table(
        Country,
        ("countries.json",),
        ("name_ar", "name_en", "other_names", "demonyms", "capitals", "epithets", "is_member"),
        derived=("name_key", "sort_key"),
    ),
    Table(
        Speaker,
        SPEAKER_FILES,
        ("kind", "name_ar", "name_en", "short_name", "role_ar", "country"),
        derived=("name_key", "sort_key"),
    ),
    Table(
        NameVariant,
        SPEAKER_FILES,
        ("alone",),
        derived=("key",),
        parent="speaker",
        inside="variants",
        removable=True,
    ),
    Table(
        TermOfOffice,
        SPEAKER_FILES,
        (
            "speaker",
            "title_ar",
            "title_en",
            "country",
            "organisation",
            "starts_on",
            "ends_on",
            "precision",
            "sure",
            "reference",
        ),
        derived=("title_key",),
        parent="speaker",
        inside="terms",
        removable=True,
    ),
    Table(
        Source,
        ("outlets.json",),
        ("name_ar", "name_en", "kind", "country", "url"),
        derived=("name_key", "sort_key"),
    ),
    Table(
        SourceVariant,
        ("outlets.json",),
        (),
        derived=("key",),
        parent="source",
        inside="variants",
        removable=True,
    ),
    Table(
        Meeting,
        ("meetings.json",),
        (
            "kind",
            "name_ar",
            "short_name_ar",
            "name_en",
            "city_ar",
            "city_en",
            "country",
            "starts_on",
            "ends_on",
            "hosts",
            "members",
            "members_note",
            "sure",
            "reference",
            "note",
        ),
        derived=("name_key",),
    ),
    Table(
        MeetingVariant,
        ("meetings.json",),
        (),
        derived=("key",),
        parent="meeting",
        inside="variants",
        removable=True,
    ),
    Table(DatedEvent, ("events.json",), ("name_ar", "date", "phrases"), removable=True),
    Table(
        LexiconEntry,
        ("lexicon.json", "counted.json", "stop_words.json"),
        ("attributes", "note"),
        derived=("key",),
        removable=True,
    ),
)

Records = dict[NaturalKey, dict[str, Any]]


def read_records(folder: Path) -> dict[str, Records]:
    """What the files say: by table label and natural key, the values of the table's fields.

    Values are those that JSON can hold; dates stay ISO texts. Raises ``ReferenceDataError``.
    """
    names = dict.fromkeys(name for table in TABLES for name in table.files)
    rows = {name: _read_rows(folder / name) for name in names}
    shipped = {table.label: _table_records(table, rows) for table in TABLES}
    for table in TABLES:
        _check_references(table, shipped)
    return shipped


def _read_rows(path: Path) -> list[dict[str, Any]]:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ReferenceDataError(_("%(file)s is missing.") % {"file": path.name}) from None
    except (OSError, ValueError) as error:
        raise ReferenceDataError(
            _("%(file)s cannot be read: %(reason)s.") % {"file": path.name, "reason": error}
        ) from None
    rows = content.get("rows") if isinstance(content, dict) else None
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise ReferenceDataError(
            _("%(file)s is not an object with a list of objects named “rows”.") % {"file": path.name}
        )
    return rows


def _table_records(table: Table, rows: dict[str, list[dict[str, Any]]]) -> Records:
    records: Records = {}
    for file in table.files:
        for item in _items(table, file, rows[file]):
            where = {
                "file": file,
                "row": " | ".join(str(item.get(name, "")) for name in table.natural_fields),
            }
            unknown = item.keys() - table.field_objects.keys() - _lists_inside(table)
            if unknown:
                raise ReferenceDataError(
                    _("%(file)s, row “%(row)s”: unknown field “%(field)s”.")
                    % {**where, "field": min(unknown)}
                )
            values = {name: _clean(table, name, item, where) for name in table.field_objects}
            key = tuple(values[name] for name in table.natural_fields)
            if key in records:
                raise ReferenceDataError(_("%(file)s: the row “%(row)s” stands there twice.") % where)
            records[key] = {name: values[name] for name in table.fields}
    return records


def _items(table: Table, file: str, rows: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    if not table.parent:
        yield from rows
        return
    for row in rows:
        inside = row.get(table.inside, [])
        if not isinstance(inside, list):
            raise ReferenceDataError(
                _("%(file)s, row “%(row)s”: “%(field)s” is not a list.")
                % {"file": file, "row": row.get("key", ""), "field": table.inside}
            )
        for item in inside:
            yield {**(item if isinstance(item, dict) else {"text": item}), table.parent: row.get("key")}


def _lists_inside(table: Table) -> set[str]:
    if table.parent:
        return set()
    return {other.inside for other in TABLES if other.parent and other.files == table.files}


def _clean(table: Table, name: str, item: dict[str, Any], where: dict[str, str]) -> Any:
    field = table.field_objects[name]
    value = item[name] if name in item else field.get_default()
    try:
        if not isinstance(field, ForeignKey):
            value = field.clean(value, None)
        elif value is None and not field.null:
            raise ValidationError(field.error_messages["null"])
    except ValidationError as error:
        raise ReferenceDataError(
            _("%(file)s, row “%(row)s”, field “%(field)s”: %(reason)s")
            % {**where, "field": name, "reason": " ".join(error.messages)}
        ) from None
    return plain(value)


def plain(value: Any) -> Any:
    """A field's value as JSON holds it."""
    return value.isoformat() if isinstance(value, date) else value


def _check_references(table: Table, shipped: dict[str, Records]) -> None:
    for name, field in table.field_objects.items():
        if not isinstance(field, ForeignKey) or name == table.parent:
            continue
        known = {key[0] for key in shipped[field.related_model._meta.model_name]}
        for key, values in shipped[table.label].items():
            if values[name] is not None and values[name] not in known:
                raise ReferenceDataError(
                    _("%(file)s, row “%(row)s”: “%(field)s” names “%(value)s”, which no file has.")
                    % {
                        "file": ", ".join(table.files),
                        "row": " | ".join(key),
                        "field": name,
                        "value": values[name],
                    }
                )
