"""What a search is narrowed to, and the documents that pass."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from archive.arabic.normalize import match_key
from archive.models import Country, LexiconEntry, Meeting, Source, Speaker
from archive.models.querysets import CountryQuerySet, MeetingQuerySet, NamedQuerySet
from search.engine.column_files import Array
from search.engine.snapshot import Snapshot
from search.names import spellings_in
from search.query_language import storable

_LONGEST = 200
# The table of a field whose name is not the table's.
_TABLE = {"minister": "speaker"}

Rows = CountryQuerySet | MeetingQuerySet | NamedQuerySet


@dataclass(frozen=True)
class Filters:
    """Conditions that a hit must meet. An empty one asks nothing.

    ``speaker``, ``source`` and ``meeting`` are an id, a key or any spelling of a name, in Arabic or English
    (a meeting's also its city, its year or both); ``country`` an ISO code or a name; the dates are inclusive.
    """

    speaker: str = ""
    country: str = ""
    source: str = ""
    meeting: str = ""
    date_from: date | None = None
    date_to: date | None = None

    def __bool__(self) -> bool:
        return self != Filters()


@dataclass(frozen=True)
class Resolved:
    """The index values (primary keys, ISO codes) that may stand in each filtered field.

    ``problems`` are sentences about filters that name nothing; then nothing can be found.
    """

    values: dict[str, frozenset[str]]
    problems: tuple[str, ...]


def resolve_filters(filters: Filters) -> Resolved:
    """Look up what the filters name; seven database queries a filter at most."""
    asked = [(field, getattr(filters, field)) for field in ("speaker", "country", "source", "meeting")]
    named = named_keys(pair for pair in asked if storable(pair[1]).strip())
    problems = [problem for _values, problem in named.values() if problem]
    if filters.date_from and filters.date_to and filters.date_from > filters.date_to:
        problems.append(_("The first date is after the last one."))
    return Resolved({field: values for (field, _name), (values, _problem) in named.items()}, tuple(problems))


def eligible(snapshot: Snapshot, resolved: Resolved) -> Array:
    """The mask of the documents that pass every filter but the dates."""
    mask = snapshot.live
    for field, values in resolved.values.items():
        mask = mask & snapshot.having(field, values)
    return mask


def named_keys(pairs: Iterable[tuple[str, str]]) -> dict[tuple[str, str], tuple[frozenset[str], str]]:
    """The index values that each pair of a field and a name means, and a sentence if it names nothing.

    However many pairs, seven database queries at most for each table that they name rows of. A minister
    whom no quotation names may still be named by the words of an article. Speakers and outlets that an
    import made and only articles out of sight name are unknown here.
    """
    tables = {
        "speaker": (Speaker.objects.known(), _("No speaker is called “%(name)s”.")),
        "country": (Country.objects.all(), _("No country is called “%(name)s”.")),
        "source": (Source.objects.known(), _("No outlet is called “%(name)s”.")),
        "meeting": (Meeting.objects.all(), _("No meeting is called “%(name)s”.")),
    }
    names = {pair: storable(pair[1]).strip() for pair in pairs}
    asked: dict[str, dict[str, None]] = defaultdict(dict)
    for (field, _written), name in names.items():
        if 0 < len(name) <= _LONGEST:
            asked[_TABLE.get(field, field)][name] = None
    meant = {table: _meant(tables[table][0], wanted) for table, wanted in asked.items()}
    found = {}
    for (field, written), name in names.items():
        table = _TABLE.get(field, field)
        values = meant.get(table, {}).get(name, frozenset())
        told = name and not values and field != "minister"
        found[field, written] = values, tables[table][1] % {"name": name[:_LONGEST]} if told else ""
    return found


def country_codes(name: str) -> frozenset[str]:
    """The ISO codes of the countries that a code or a name means."""
    return _meant(Country.objects.all(), [name])[name]


def _meant(rows: Rows, names: Collection[str]) -> dict[str, frozenset[str]]:
    """The primary keys of the rows that each name means, or another spelling of it in the lexicon."""
    meant = rows.meant_by(names)
    spellings = _other_spellings([name for name in names if not meant[name]])
    if spellings:
        further = rows.meant_by({each for spelled in spellings.values() for each in spelled})
        for name, spelled in spellings.items():
            meant[name] = set().union(*(further[each] for each in spelled))
    return {name: frozenset(map(str, keys)) for name, keys in meant.items()}


def _other_spellings(names: Collection[str]) -> dict[str, list[str]]:
    """The lexicon's spellings of those of ``names`` that it has."""
    if not names:
        return {}
    keys = {name: match_key(name) for name in names}
    entries = LexiconEntry.objects.filter(category=LexiconEntry.Category.ALIAS, key__in=set(keys.values()))
    spelled: dict[str, list[str]] = defaultdict(list)
    for key, attributes in entries.values_list("key", "attributes"):
        spelled[key] += spellings_in(attributes)
    return {name: spelled[key] for name, key in keys.items() if spelled.get(key)}
