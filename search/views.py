"""The search page: the address's parameters in, the answer of the search's face out."""

import re
from dataclasses import dataclass, fields, replace
from datetime import date

from django.core.paginator import Paginator
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from archive.models import Country, Meeting, Source, Speaker
from archive.naming import name_of
from archive.paging import HITS
from search.face import Answer, Filters, search
from search.filters import country_codes
from search.query_language import MAX_LENGTH, storable

SORTS = {
    "relevance": gettext_lazy("Best match"),
    "newest": gettext_lazy("Newest"),
    "oldest": gettext_lazy("Oldest"),
}
FACETS = {
    "meeting": gettext_lazy("Meeting"),
    "speaker": gettext_lazy("Who speaks"),
    "country": gettext_lazy("Country"),
    "source": gettext_lazy("Outlet"),
    "year": gettext_lazy("Year"),
}
NAMED = ("speaker", "country", "source", "meeting")
PARAMETERS = {"q", "exact", "sort", "page", *NAMED, "from", "to"}
SHOWN_VALUES = 8


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for; ``problems`` says in words what of it could not be used."""

    query: str
    exact: bool
    filters: Filters
    sort: str
    page: int
    problems: list[str]


def search_page(request: HttpRequest) -> HttpResponse:
    # The links of the page repeat the address: it holds what the page knows, and no more of it than is read.
    request.GET = _known_parameters(request.GET)
    request.META["QUERY_STRING"] = request.GET.urlencode()
    asked = read_parameters(request.GET)
    context = {"asked": asked, "sorts": SORTS}
    if asked.query or asked.filters != Filters():
        answer = search(
            asked.query,
            filters=asked.filters,
            sort=asked.sort,
            offset=(asked.page - 1) * HITS,
            limit=HITS,
            exact=asked.exact,
        )
        context |= {
            "answer": answer,
            "page": Paginator(range(answer.total), HITS).get_page(asked.page),
            "facets": list_facets(answer, asked.filters),
            "active": [*name_filters(answer, asked.filters), *_name_spelling(asked)],
            "let_go": [
                {"word": word, "require": {"q": require_word(asked.query, word), "page": None}}
                for word in answer.let_go
            ],
            "kept": [pair for pair in request.GET.items() if pair[0] not in {"from", "to", "page"}],
        }
    return render(request, "search/search.html", context)


def read_parameters(given) -> Asked:
    """The request of an address's parameters; whatever cannot be read is left out and told."""
    problems: list[str] = []
    filters = Filters(
        **{name: storable(given.get(name, "")).strip() for name in NAMED},
        date_from=_date(given, "from", problems),
        date_to=_date(given, "to", problems),
    )
    if filters.date_from and filters.date_to and filters.date_from > filters.date_to:
        problems.append(_("The first date is after the last one, so the two were exchanged."))
        filters = replace(filters, date_from=filters.date_to, date_to=filters.date_from)
    sort = given.get("sort", "relevance")
    page = given.get("page", "")
    return Asked(
        query=given.get("q", "").strip(),
        exact=given.get("exact") == "1",
        filters=filters,
        sort=sort if sort in SORTS else "relevance",
        page=int(page) if page.isascii() and page.isdigit() and 0 < len(page) < 7 and int(page) else 1,
        problems=problems,
    )


def require_word(query: str, word: str) -> str:
    """``query`` with one of its words written as required (+word)."""
    standing = re.compile(rf"(?<!\S){re.escape(word)}(?!\S)")
    required, times = standing.subn(lambda match: f"+{match.group()}", query, count=1)
    return required if times else f"{query} +{word}"


def list_facets(answer: Answer, filters: Filters) -> list[dict]:
    """The facets to choose from, each value with the parameters that its link sets."""
    chosen = {field.name: getattr(filters, field.name) for field in fields(filters)}
    chosen |= {name: _facet_value(name, chosen[name]) for name in NAMED if chosen[name]}
    facets = []
    for name, label in FACETS.items():
        values = [
            {
                "label": value.label,
                "count": value.count,
                "active": _is_active(name, value.value, chosen),
                "set": _parameters(name, str(value.value)),
                "unset": dict.fromkeys(_parameters(name, "")),
            }
            for value in answer.facets.get(name, [])[:SHOWN_VALUES]
        ]
        if values:
            facets.append({"name": name, "label": label, "values": values})
    return facets


def name_filters(answer: Answer, filters: Filters) -> list[dict]:
    """The filters in force, in words, each with the parameters that its link takes away."""
    active = []
    for name in NAMED:
        value = getattr(filters, name)
        if value:
            label = next((str(v.label) for v in answer.facets.get(name, []) if str(v.value) == value), "")
            if not label and (row := _look_up(name, value)):
                label = name_of(row, short=True)
            active.append(
                {"name": FACETS[name], "label": label or value, "unset": {name: None, "page": None}}
            )
    for name, parameter, label in (
        ("date_from", "from", _("From")),
        ("date_to", "to", _("To")),
    ):
        day = getattr(filters, name)
        if day:
            active.append({"name": label, "day": day, "unset": {parameter: None, "page": None}})
    return active


def _name_spelling(asked: Asked) -> list[dict]:
    """Exact spelling among the filters in force, where there are words to be spelled."""
    if not (asked.exact and asked.query):
        return []
    return [{"name": _("Spelling"), "label": _("Exact match"), "unset": {"exact": None, "page": None}}]


def _look_up(name: str, value: str) -> Model | None:
    """What a filter means, if a reader may see an article of it: else its name would tell of hidden ones."""
    if name == "country":
        return Country.objects.covered().filter(code__in=country_codes(value)).first()
    if name == "speaker":
        return Speaker.objects.quoted().filter(pk__in=Speaker.objects.named(value).values("pk")).first()
    if name == "source":
        return Source.objects.public().filter(pk__in=Source.objects.named(value).values("pk")).first()
    return Meeting.objects.covered().filter(pk__in=Meeting.objects.named(value).values("pk")).first()


def _facet_value(name: str, value: str) -> str:
    """How the facet writes what the filter means, however the address names it."""
    row = _look_up(name, value)
    if row is None:
        return value
    return row.code if isinstance(row, Country) else row.key


def _parameters(name: str, value: str) -> dict[str, str | None]:
    if name == "year":
        return {"from": f"{value}-01-01", "to": f"{value}-12-31", "page": None}
    return {name: value, "page": None}


def _is_active(name: str, value: str, chosen: dict) -> bool:
    if name == "year":
        return (str(chosen["date_from"]), str(chosen["date_to"])) == (f"{value}-01-01", f"{value}-12-31")
    return chosen[name] == str(value)


def _known_parameters(given: QueryDict) -> QueryDict:
    """The parameters that the page knows, cut one character after a query's end: search tells of that one."""
    known = QueryDict(mutable=True)
    for name, value in given.items():
        if name in PARAMETERS:
            known[name] = value.strip()[: MAX_LENGTH + 1]
    return known


def _date(given, name: str, problems: list[str]) -> date | None:
    value = given.get(name, "").strip()
    if not value:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        problems.append(
            _("“%(value)s” is not a date, so it was left out. Write dates as 2021-06-28.") % {"value": value}
        )
        return None
