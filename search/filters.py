"""What a search is narrowed to: the values that a reader chose, and what they mean."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from archive.models import Quotation
from search.meanings import named_keys
from search.query_language import storable

FIELDS = ("speaker", "country", "source", "meeting", "kind")
# Of one field; the rest is left out and told.
MAX_VALUES = 50


@dataclass(frozen=True)
class Filters:
    """Conditions that a hit must meet. An empty one asks nothing.

    A field takes one value or several, and a hit has at least one of them; it meets every field that has
    values. ``speaker``, ``source`` and ``meeting`` are an id, a key or any spelling of a name, in Arabic or
    English (a meeting's also its city, its year or both); ``country`` an ISO code or a name; ``kind`` is
    ``direct`` or ``indirect``, as the quotations are; the dates are inclusive. Whatever a field is given, it
    holds a tuple of different texts, none of them blank.
    """

    speaker: Sequence[str] = ()
    country: Sequence[str] = ()
    source: Sequence[str] = ()
    meeting: Sequence[str] = ()
    kind: Sequence[str] = ()
    date_from: date | None = None
    date_to: date | None = None

    def __post_init__(self) -> None:
        for name in FIELDS:
            given = getattr(self, name)
            values = (storable(value).strip() for value in ([given] if isinstance(given, str) else given))
            object.__setattr__(self, name, tuple(dict.fromkeys(filter(None, values))))

    def __bool__(self) -> bool:
        return self != Filters()


@dataclass(frozen=True)
class Resolved:
    """What filters mean.

    ``values`` are, for every field that is asked, the index values (primary keys, ISO codes, kinds) of which
    one must stand in it, each with the text that it was asked by; ``unknown`` the texts that mean nothing.
    ``problems`` tell of these in sentences. With ``finds_nothing`` no document can pass.
    """

    values: dict[str, dict[str, str]] = field(default_factory=dict)
    unknown: dict[str, list[str]] = field(default_factory=dict)
    problems: tuple[str, ...] = ()
    finds_nothing: bool = False

    @property
    def keys(self) -> dict[str, frozenset[str]]:
        """The index values by field."""
        return {name: frozenset(values) for name, values in self.values.items()}


def resolve_filters(filters: Filters) -> Resolved:
    """Look up what the filters name. A value that names nothing is told; the others of its field count."""
    asked = {name: given[:MAX_VALUES] for name in FIELDS if (given := getattr(filters, name))}
    named = named_keys((name, text) for name, texts in asked.items() if name != "kind" for text in texts)
    named |= {("kind", text): _kind(text) for text in asked.get("kind", ())}
    values: dict[str, dict[str, str]] = {name: {} for name in asked}
    unknown: dict[str, list[str]] = {}
    for (name, text), (keys, _problem) in named.items():
        values[name] |= dict.fromkeys(sorted(keys), text)
        if not keys:
            unknown.setdefault(name, []).append(text)
    problems = [problem for _keys, problem in named.values() if problem]
    if any(len(getattr(filters, name)) > MAX_VALUES for name in FIELDS):
        problems.append(_("Of one filter, at most %(count)s values count.") % {"count": MAX_VALUES})
    backwards = bool(filters.date_from and filters.date_to and filters.date_from > filters.date_to)
    if backwards:
        problems.append(_("The first date is after the last one."))
    return Resolved(values, unknown, tuple(problems), backwards or not all(values.values()))


def _kind(text: str) -> tuple[frozenset[str], str]:
    """The kind of quotation that ``text`` is, or a sentence that it is none."""
    kind = text.casefold()
    if kind in Quotation.Kind.values:
        return frozenset([kind]), ""
    problem = _("“%(name)s” is no kind of quotation: one is direct or indirect.")
    return frozenset(), problem % {"name": text[:200]}
