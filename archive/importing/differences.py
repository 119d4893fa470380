"""What differs between two states of an article's facts, as a curator reads it."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from archive.corrections import FIELDS
from archive.importing.fields import json_value
from archive.importing.report import clipped
from archive.models import Article, Correction, Quotation

# The fields that are shown by the name of another row.
NAMES = {"source": "source__name_ar", "meeting": "meeting__short_name_ar"}
LAYOUT = ("body", "furniture", "sections")
FIGURE = ("value", "high", "bound", "unit", "counted", "kind", "quotation")
SPAN = {"start", "end"}
SPEAKER = {"speaker_id"}


@dataclass(frozen=True, slots=True)
class State:
    """The facts of one article, read in a handful of queries; rows by what tells them apart."""

    fields: dict[str, Any]
    shown: dict[str, Any]
    layout: tuple[Any, ...]
    origins: dict[str, tuple]
    countries: dict[str, tuple]
    quotations: dict[int, dict[str, Any]]
    speakers: dict[int, str]
    statements: dict[int, frozenset[int]]
    figures: dict[tuple, tuple]
    conflicts: dict[int, dict[str, Any]]


def state_of(article: Article) -> State:
    """The facts of an article as they are stored now."""
    columns = {name: Article._meta.get_field(name).attname for name in FIELDS}
    row = Article.objects.values(*columns.values(), *NAMES.values(), *LAYOUT).get(pk=article.pk)
    quotations = {quotation.pop("id"): quotation for quotation in _quotations(article)}
    speakers = {pk: quotation.pop("speaker__name_ar") or "" for pk, quotation in quotations.items()}
    origins = article.origins.order_by().values_list("field", "origin", "basis", "confidence", "evidence")
    countries = article.country_links.order_by().values_list("country", "role", "origin", "evidence")
    figures = article.figures.order_by("start", "end").values_list("text", "start", "end", *FIGURE)
    conflicts = article.corrections.filter(status=Correction.Status.CONFLICT).order_by("pk")
    return State(
        fields={name: row[column] for name, column in columns.items()},
        shown={name: json_value(row[NAMES.get(name, column)]) for name, column in columns.items()},
        layout=tuple(row[name] for name in LAYOUT),
        origins={field: tuple(facts) for field, *facts in origins},
        countries={code: tuple(facts) for code, *facts in countries},
        quotations=quotations,
        speakers=speakers,
        statements=_statements({pk: row.pop("statement_id") for pk, row in quotations.items()}),
        figures={tuple(place): facts for *place, facts in ((*row[:3], row[3:]) for row in figures)},
        conflicts={
            correction.pk: {
                "field": correction.field,
                "value": correction.value,
                "words": clipped(correction.anchor),
            }
            for correction in conflicts
        },
    )


def changes_between(before: State, after: State) -> dict[str, Any]:
    """What changed, as JSON; parts without a change are left out, so that no change is empty.

    ``fields`` and ``countries``: old and new by name; ``quotations``: lists of those added, removed,
    attributed (to another speaker), spanned (on other words) and otherwise changed.
    """
    parts = {
        "fields": {
            name: [before.shown[name], after.shown[name]]
            for name, value in after.fields.items()
            if before.fields[name] != value
        },
        "countries": {
            code: [_role(before, code), _role(after, code)]
            for code in sorted({*before.countries, *after.countries})
            if _role(before, code) != _role(after, code)
        },
        "quotations": _of_quotations(before, after),
        "figures": _of_figures(before.figures, after.figures),
        "statements": sum(
            before.statements.get(pk) != members
            for pk, members in after.statements.items()
            if pk in before.quotations
        ),
        "conflicts": [row for pk, row in after.conflicts.items() if pk not in before.conflicts],
        "solved": [row for pk, row in before.conflicts.items() if pk not in after.conflicts],
        "layout": before.layout != after.layout,
    }
    told = {*parts["fields"], *parts["countries"]}
    parts["evidence"] = sorted(
        name
        for old, new in ((before.origins, after.origins), (before.countries, after.countries))
        for name in {*old, *new}
        if old.get(name) != new.get(name) and name not in told
    )
    return {name: part for name, part in parts.items() if part}


def _quotations(article: Article) -> Any:
    names = [column.attname for column in Quotation._meta.concrete_fields]
    return article.quotations.order_by("start", "pk").values(*names, "speaker__name_ar")


def _statements(statement_of: dict[int, int | None]) -> dict[int, frozenset[int]]:
    """For each quotation those of its statement, itself included; none for one of no statement."""
    named = {pk for pk in statement_of.values() if pk is not None}
    members: dict[int | None, set[int]] = defaultdict(set)
    if named:
        rows = Quotation.objects.filter(statement__in=named).order_by()
        for pk, statement in rows.values_list("pk", "statement"):
            members[statement].add(pk)
    return {pk: frozenset(members[statement]) for pk, statement in statement_of.items()}


def _role(state: State, code: str) -> str | None:
    return state.countries[code][0] if code in state.countries else None


def _of_figures(before: dict[tuple, tuple], after: dict[tuple, tuple]) -> dict[str, list[str]]:
    parts = {
        "added": [place for place in after if place not in before],
        "removed": [place for place in before if place not in after],
        "changed": [place for place in after if before.get(place, after[place]) != after[place]],
    }
    return {name: [words for words, _start, _end in places] for name, places in parts.items() if places}


def _of_quotations(before: State, after: State) -> dict[str, list[dict[str, Any]]]:
    parts: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for pk, new in after.quotations.items():
        old, words = before.quotations.get(pk), clipped(new["text"])
        if old is None:
            parts["added"].append({"text": words, "kind": new["kind"], "speaker": after.speakers[pk]})
            continue
        differing = {name for name in new if new[name] != old[name]}
        if differing & SPEAKER:
            said = {"old": before.speakers[pk], "new": after.speakers[pk]}
            parts["attributed"].append({"text": words, **said})
        if differing & SPAN:
            spans = {"old": [old["start"], old["end"]], "new": [new["start"], new["end"]]}
            parts["spanned"].append({"text": words, **spans})
        if differing and not differing & (SPEAKER | SPAN):
            parts["changed"].append({"text": words, "columns": sorted(differing)})
    for pk, old in before.quotations.items():
        if pk not in after.quotations:
            removed = {"text": clipped(old["text"]), "kind": old["kind"], "speaker": before.speakers[pk]}
            parts["removed"].append(removed)
    return dict(parts)
