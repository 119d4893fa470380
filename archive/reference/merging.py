"""Bringing shipped reference data into the tables without undoing what curators did there.

For each row ``ReferenceRecord`` remembers what the files last said. A field that still says so may
follow the files; a field that differs was changed by a curator and stays; a row that is gone was
deleted by a curator and stays gone. So loading twice changes nothing, and a new release corrects
only what nobody touched.
"""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import ForeignKey, Model
from django.utils.translation import gettext as _

from archive.models import ReferenceRecord
from archive.reference.files import (
    TABLES,
    NaturalKey,
    Records,
    ReferenceDataError,
    Table,
    plain,
    read_records,
)

_BATCH = 300  # rows a statement: below the number of variables that SQLite accepts
_ABSENT = object()


@dataclass
class Counts:
    """Rows of one table. ``kept``: a curator's change or deletion stood against the files."""

    added: int = 0
    updated: int = 0
    kept: int = 0
    removed: int = 0
    unchanged: int = 0

    def __bool__(self) -> bool:
        return any(getattr(self, field.name) for field in fields(self))


def load_reference(*, folder: Path | None = None) -> dict[str, Counts]:
    """Merge the files of ``folder`` (``fixtures/reference``) into the database, all or nothing.

    Returns the counts by model name, in the order of loading. Raises ``ReferenceDataError`` when a
    file is missing or malformed, or contradicts a row that a curator made.
    """
    shipped = read_records(folder or settings.FIXTURES_DIR / "reference")
    try:
        with transaction.atomic():
            return {table.label: _merge_table(table, shipped[table.label]) for table in TABLES}
    except IntegrityError as error:
        raise ReferenceDataError(
            _("The reference data contradicts a row of the database: %(reason)s.") % {"reason": error}
        ) from error


def _merge_table(table: Table, records: Records) -> Counts:
    existing = _existing_rows(table)
    remembered = {record.key: record.values for record in ReferenceRecord.objects.filter(model=table.label)}
    keys = _related_keys(table)
    counts = Counts()
    new, changed, said = [], {}, {}
    for key, values in records.items():
        memory = remembered.pop(_memory_key(key), None)
        row = existing.get(key)
        if row is None and (memory is not None or _lacks_parent(table, key, values, keys)):
            counts.kept += 1
            continue
        if row is None:
            new.append(_build(table, key, values, keys))
            counts.added += 1
        else:
            follow, kept = _compare(table, row, values, memory)
            if follow:
                changed[row["pk"]] = follow
            counts.updated += bool(follow)
            counts.kept += kept
            counts.unchanged += not follow and not kept
        if memory != values:
            said[_memory_key(key)] = values
    _create(table, new)
    _update(table, changed, keys)
    if table.removable:
        counts.removed = _remove(table, existing, remembered)
    _remember(table, said)
    return counts


def _existing_rows(table: Table) -> dict[NaturalKey, dict[str, Any]]:
    """The table's rows by natural key: ``pk`` and the fields, written as the files write them."""
    names = list(table.field_objects)
    lookups = [table.lookup(name) for name in names]
    rows = {}
    for pk, *values in table.model.objects.order_by().values_list("pk", *lookups):
        row = {name: plain(value) for name, value in zip(names, values, strict=True)}
        rows[tuple(row[name] for name in table.natural_fields)] = {"pk": pk, **row}
    return rows


def _related_keys(table: Table) -> dict[str, dict[str, Any]]:
    """For each foreign key of the table, the primary keys of the other table by key."""
    keys = {}
    for name, field in table.field_objects.items():
        if isinstance(field, ForeignKey):
            natural = table.lookup(name).partition("__")[2]
            keys[name] = dict(field.related_model.objects.order_by().values_list(natural, "pk"))
    return keys


def _lacks_parent(table: Table, key: NaturalKey, values: dict[str, Any], keys: dict) -> bool:
    if not table.parent:
        return False
    parent = values.get(table.parent) or dict(zip(table.natural_fields, key, strict=True))[table.parent]
    return parent not in keys[table.parent]


def _compare(
    table: Table, row: dict[str, Any], values: dict[str, Any], memory: dict[str, Any] | None
) -> tuple[dict[str, Any], bool]:
    """The fields that follow the files, and whether another one stays as a curator left it.

    A row that the files never gave, and a field that they never gave it, were empty if untouched.
    """
    follow, kept = {}, False
    for name, value in values.items():
        if row[name] == value:
            continue
        base = (memory or {}).get(name, _ABSENT)
        if base is _ABSENT:
            base = plain(table.field_objects[name].get_default())
        if row[name] == base:
            follow[name] = value
        else:
            kept = True
    return follow, kept


def _assign(row: Model, table: Table, values: dict[str, Any], keys: dict) -> None:
    for name, value in values.items():
        field = table.field_objects[name]
        if isinstance(field, ForeignKey):
            # A row that a curator deleted leaves the reference to it empty.
            setattr(row, field.attname, keys[name].get(value))
        else:
            setattr(row, name, field.to_python(value))


def _build(table: Table, key: NaturalKey, values: dict[str, Any], keys: dict) -> Model:
    row = table.model()
    _assign(row, table, {**dict(zip(table.natural_fields, key, strict=True)), **values}, keys)
    return row


def _create(table: Table, rows: list[Model]) -> None:
    for row in rows:
        _derive(table, row)
    table.model.objects.bulk_create(rows, batch_size=_BATCH)


def _update(table: Table, changed: dict[Any, dict[str, Any]], keys: dict) -> None:
    rows = table.model.objects.in_bulk(list(changed)) if changed else {}
    for pk, row in rows.items():
        _assign(row, table, changed[pk], keys)
        _derive(table, row)
    if rows:
        names = [*{name for follow in changed.values() for name in follow}, *table.derived]
        table.model.objects.bulk_update(rows.values(), names, batch_size=_BATCH)


def _derive(table: Table, row: Model) -> None:
    if table.derived:
        row.derive_keys()


def _remove(table: Table, existing: dict[NaturalKey, dict[str, Any]], withdrawn: dict[str, dict]) -> int:
    """Delete what the files no longer give and no curator changed; forget what they no longer give."""
    rows = [
        row["pk"]
        for key, row in existing.items()
        if (memory := withdrawn.get(_memory_key(key))) is not None
        and all(row.get(name) == value for name, value in memory.items())
    ]
    for start in range(0, len(rows), _BATCH):
        table.model.objects.filter(pk__in=rows[start : start + _BATCH]).delete()
    gone = list(withdrawn)
    for start in range(0, len(gone), _BATCH):
        ReferenceRecord.objects.filter(model=table.label, key__in=gone[start : start + _BATCH]).delete()
    return len(rows)


def _memory_key(key: Iterable[str]) -> str:
    return "|".join(key)


def _remember(table: Table, said: dict[str, dict[str, Any]]) -> None:
    records = [ReferenceRecord(model=table.label, key=key, values=values) for key, values in said.items()]
    ReferenceRecord.objects.bulk_create(
        records,
        batch_size=_BATCH,
        update_conflicts=True,
        unique_fields=["model", "key"],
        update_fields=["values"],
    )
