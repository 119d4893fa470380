"""Facets as readers see them: keys for the address, names in the page's language."""

from collections import Counter
from dataclasses import dataclass

from django.utils.translation import get_language

from archive.arabic.normalize import sort_key
from archive.models import Country, Meeting, Source, Speaker

_MODELS = {"speaker": Speaker, "source": Source, "meeting": Meeting}


@dataclass(frozen=True, slots=True)
class FacetValue:
    """``value`` is what the filter of that name takes; ``count`` the articles that have it."""

    value: str
    label: str
    count: int


def label_facets(counts: dict[str, Counter[str]]) -> dict[str, list[FacetValue]]:
    """The values of every facet, the most frequent first (years: the latest first)."""
    facets = {name: _labelled(name, values) for name, values in counts.items() if name != "year"}
    years = sorted(counts["year"].items(), reverse=True)
    return facets | {"year": [FacetValue(year, year, count) for year, count in years]}


def _labelled(name: str, counts: Counter[str]) -> list[FacetValue]:
    if not counts:
        return []
    if name == "country":
        rows = {row.code: (row.code, row) for row in Country.objects.filter(code__in=counts)}
    else:
        found = _MODELS[name].objects.filter(pk__in=map(int, counts))
        rows = {str(row.pk): (row.key, row) for row in found}
    values = [
        FacetValue(rows[value][0], _label(rows[value][1]), count)
        for value, count in counts.items()
        if value in rows
    ]
    return sorted(values, key=lambda value: (-value.count, sort_key(value.label), value.value))


def _label(row: Country | Meeting | Source | Speaker) -> str:
    if (get_language() or "ar").startswith("ar"):
        return row.short_name_ar if isinstance(row, Meeting) else row.name_ar
    return row.name_en or row.name_ar
