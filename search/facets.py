"""Facets as readers see them: keys for the address, names in the page's language."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import get_language, pgettext_lazy

from archive.arabic.normalize import sort_key
from archive.models import Country, Meeting, Source, Speaker

_MODELS = {"speaker": Speaker, "country": Country, "source": Source, "meeting": Meeting}
KIND_LABELS = {
    "direct": pgettext_lazy("facet", "verbatim"),
    "indirect": pgettext_lazy("facet", "paraphrased"),
}


@dataclass(frozen=True, slots=True)
class FacetValue:
    """``value`` is what the filter of that name takes; ``count`` how many of what was found have it.

    A ``chosen`` value is one that the search is narrowed to; its count may be 0.
    """

    value: str
    label: str
    count: int
    chosen: bool = False


def label_facets(
    counts: Mapping[str, Counter[str]],
    chosen: Mapping[str, Mapping[str, str]] | None = None,
    *,
    most: int | None = None,
) -> dict[str, list[FacetValue]]:
    """The values of every facet, the most frequent first (years: the latest first).

    ``counts`` are by index value, as ``chosen`` are, each of these with the text that it was asked by. With
    ``most``, a facet lists so many values, and after them the chosen ones that are not among them. A chosen
    value without a count that no reader may see an article of keeps the text that it was asked by: its name
    would tell of what is hidden. One database query a facet; one more where a chosen value has no count.
    """
    chosen = chosen or {}
    facets = {}
    for name, values in counts.items():
        if name == "year":
            latest = sorted(values.items(), reverse=True)[:most]
            facets[name] = [FacetValue(year, year, count) for year, count in latest]
        else:
            facets[name] = _labelled(name, values, chosen.get(name, {}), most)
    return facets


def _labelled(
    name: str, counts: Counter[str], chosen: Mapping[str, str], most: int | None
) -> list[FacetValue]:
    frequent = sorted(counts, key=lambda key: (-counts[key], len(key), key))[:most]
    labels = _labels(name, {*frequent, *chosen})
    hidden = _out_of_sight(name, {key for key in chosen if not counts[key] and key in labels})
    labels |= {key: (chosen[key], chosen[key]) for key in hidden}
    values = [
        FacetValue(*labels[key], counts[key], key in chosen)
        for key in dict.fromkeys([*frequent, *chosen])
        if key in labels
    ]
    return sorted(dict.fromkeys(values), key=lambda value: (-value.count, sort_key(value.label), value.value))


def _labels(name: str, keys: Collection[str]) -> dict[str, tuple[str, str]]:
    """By index value, what the filter takes and the name in the page's language."""
    if not keys:
        return {}
    if name == "kind":
        return {key: (key, str(KIND_LABELS[key])) for key in keys if key in KIND_LABELS}
    arabic = (get_language() or "ar").startswith("ar")
    short = "short_name_ar" if name == "meeting" else "name_ar"
    rows = _MODELS[name].objects.filter(pk__in=keys).order_by()
    return {
        str(pk): (key, name_ar if arabic or not name_en else name_en)
        for pk, key, name_ar, name_en in rows.values_list(
            "pk", "code" if name == "country" else "key", short if arabic else "name_ar", "name_en"
        )
    }


def _out_of_sight(name: str, keys: Iterable[str]) -> set[str]:
    """Those of ``keys`` that no article a reader may see has."""
    unseen = set(keys)
    if not unseen or name == "kind":
        return set()
    rows = {
        "speaker": Speaker.objects.quoted,
        "country": Country.objects.covered,
        "source": Source.objects.public,
        "meeting": Meeting.objects.covered,
    }[name]()
    return unseen.difference(map(str, rows.filter(pk__in=unseen).values_list("pk", flat=True)))
