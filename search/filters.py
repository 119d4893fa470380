"""What a search is narrowed to, and the documents that pass."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from archive.arabic.normalize import match_key
from archive.models import Country, Meeting, Source, Speaker
from search.query_language import storable
from search.snapshot import Snapshot

_LONGEST = 200


@dataclass(frozen=True)
class Filters:
    """Conditions that a hit must meet. An empty one asks nothing.

    ``speaker``, ``source`` and ``meeting`` are an id, a key or any spelling of a name; ``country`` an ISO
    code or a name; the dates are inclusive.
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
    """Look up what the filters name; one database query a filter."""
    lookups = {
        "speaker": (_speakers, _("No speaker is called “%(name)s”.")),
        "country": (country_codes, _("No country is called “%(name)s”.")),
        "source": (_sources, _("No outlet is called “%(name)s”.")),
        "meeting": (_meetings, _("No meeting is called “%(name)s”.")),
    }
    values: dict[str, frozenset[str]] = {}
    problems = []
    for field, (look_up, sentence) in lookups.items():
        name = storable(getattr(filters, field)).strip()
        if not name:
            continue
        values[field] = frozenset(look_up(name)) if len(name) <= _LONGEST else frozenset()
        if not values[field]:
            problems.append(sentence % {"name": name[:_LONGEST]})
    if filters.date_from and filters.date_to and filters.date_from > filters.date_to:
        problems.append(_("The first date is after the last one."))
    return Resolved(values, tuple(problems))


def eligible(snapshot: Snapshot, resolved: Resolved) -> frozenset[int]:
    """The documents that pass every filter but the dates."""
    documents = snapshot.documents
    for field, values in resolved.values.items():
        found = snapshot.postings(field)
        documents &= frozenset().union(*(found.get(value, frozenset()) for value in values))
    return documents


def country_codes(name: str) -> list[str]:
    """The ISO codes of the countries that a code or a name means."""
    key = match_key(name)
    wanted = Q(code=name.upper()) | Q(name_key=key) | Q(name_en__iexact=name)
    return list(Country.objects.filter(wanted).order_by().values_list("code", flat=True))


def _speakers(name: str) -> list[str]:
    return [str(pk) for pk in Speaker.objects.named(name).values_list("pk", flat=True)]


def _sources(name: str) -> list[str]:
    return [str(pk) for pk in Source.objects.named(name).order_by().values_list("pk", flat=True)]


def _meetings(name: str) -> list[str]:
    return [str(pk) for pk in Meeting.objects.named(name).order_by().values_list("pk", flat=True)]
