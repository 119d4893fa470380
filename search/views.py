"""The search page: the address's parameters in, the answer of the search's face out."""

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, QueryDict
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt

from archive.paging import HITS
from search.engine.schema import ARTICLES, QUOTATIONS
from search.face import Answer, Filters, search
from search.filters import FIELDS, MAX_VALUES
from search.query_language import MAX_LENGTH

KINDS = {ARTICLES: gettext_lazy("Articles"), QUOTATIONS: gettext_lazy("Quotations")}
SORTS = {
    "relevance": gettext_lazy("Best match"),
    "newest": gettext_lazy("Newest"),
    "oldest": gettext_lazy("Oldest"),
}
# By kind of result, in the order of the page.
FACETS = {
    ARTICLES: {
        "meeting": gettext_lazy("Meeting"),
        "speaker": gettext_lazy("Who speaks"),
        "country": gettext_lazy("Country"),
        "source": gettext_lazy("Outlet"),
        "year": gettext_lazy("Year"),
    },
    QUOTATIONS: {
        "speaker": gettext_lazy("Who speaks"),
        "country": gettext_lazy("In the name of"),
        "kind": gettext_lazy("How it is reported"),
        "meeting": gettext_lazy("Meeting"),
        "source": gettext_lazy("Outlet"),
        "year": gettext_lazy("Year"),
    },
}
METHODS = ("GET", "HEAD")
PARAMETERS = {"q", "in", "exact", "sort", "page", "from", "to"}
SHOWN_VALUES = 8

Changes = dict[str, str | list[str] | None]


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for; ``problems`` says in words what of it could not be used."""

    query: str
    kind: str
    exact: bool
    filters: Filters
    sort: str
    page: int
    problems: list[str]

    @property
    def in_quotations(self) -> bool:
        return self.kind == QUOTATIONS


@csrf_exempt  # nothing is changed here: whoever posts is told so, and not of a cookie
def search_page(request: HttpRequest) -> HttpResponse:
    if request.method not in METHODS:
        return HttpResponseNotAllowed(METHODS, render_to_string("405.html", request=request))
    # The links of the page repeat the address: it holds what the page knows, and no more of it than is read.
    request.GET = _known_parameters(request.GET)
    request.META["QUERY_STRING"] = request.GET.urlencode()
    asked = read_parameters(request.GET)
    context = {"asked": asked, "sorts": SORTS}
    if asked.query or asked.filters:
        answer = search(
            asked.query,
            kind=asked.kind,
            filters=asked.filters,
            sort=asked.sort,
            offset=(asked.page - 1) * HITS,
            limit=HITS,
            exact=asked.exact,
            facet_values=SHOWN_VALUES,
            with_totals=True,
        )
        context |= {
            "answer": answer,
            "page": Paginator(range(answer.total), HITS).get_page(asked.page),
            "kinds": list_kinds(answer),
            "facets": list_facets(answer, asked.filters),
            "active": [*name_filters(answer, asked.filters), *_name_spelling(asked)],
            "let_go": [
                {"word": word, "require": {"q": require_word(asked.query, word), "page": None}}
                for word in answer.let_go
            ],
            "kept": [
                (name, value)
                for name, values in request.GET.lists()
                if name not in {"from", "to", "page"}
                for value in values
            ],
        }
    return render(request, "search/search.html", context)


def read_parameters(given: QueryDict) -> Asked:
    """The request of an address's parameters; whatever cannot be read is left out and told."""
    problems: list[str] = []
    filters = Filters(
        **{name: given.getlist(name) for name in FIELDS},
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
        kind=QUOTATIONS if given.get("in") == QUOTATIONS else ARTICLES,
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


def list_kinds(answer: Answer) -> list[dict[str, Any]]:
    """The kinds of result, each with its total (where it is known) and the parameters that its link sets."""
    return [
        {
            "label": label,
            "total": answer.totals.get(kind),
            "active": kind == answer.kind,
            "set": {"in": None if kind == ARTICLES else kind, "page": None},
        }
        for kind, label in KINDS.items()
    ]


def list_facets(answer: Answer, filters: Filters) -> list[dict[str, Any]]:
    """The facets to choose from, each value with the parameters that its link changes.

    A link adds its value to those that are chosen in the facet, or takes it away; a year is chosen alone.
    """
    facets = []
    labels = FACETS[answer.kind]
    chosen = _chosen_values(answer)
    for name in (*labels, *(name for name in FIELDS if name not in labels and chosen[name])):
        values = [
            {
                "label": value.label,
                "count": value.count,
                "active": _is_year(value.value, filters) if name == "year" else value.chosen,
                "change": _change_year(value.value, filters)
                if name == "year"
                else _toggle(name, value.value, chosen[name]),
            }
            for value in answer.facets.get(name, [])
        ]
        if values:
            facets.append({"name": name, "label": _label(name, answer.kind), "values": values})
    return facets


def name_filters(answer: Answer, filters: Filters) -> list[dict[str, Any]]:
    """The filters in force, in words, each value with the parameters that its link takes away."""
    chosen = _chosen_values(answer)
    active: list[dict[str, Any]] = []
    for name in FIELDS:
        labels = {value.value: value.label for value in answer.facets.get(name, []) if value.chosen}
        active += [
            {
                "name": _label(name, answer.kind),
                "label": labels.get(value, value),
                "change": _toggle(name, value, chosen[name]),
            }
            for value in chosen[name]
        ]
    for name, parameter, label in (
        ("date_from", "from", _("From")),
        ("date_to", "to", _("To")),
    ):
        day = getattr(filters, name)
        if day:
            active.append({"name": label, "day": day, "change": {parameter: None, "page": None}})
    return active


def _name_spelling(asked: Asked) -> list[dict[str, Any]]:
    """Exact spelling among the filters in force, where there are words to be spelled."""
    if not (asked.exact and asked.query):
        return []
    return [{"name": _("Spelling"), "label": _("Exact match"), "change": {"exact": None, "page": None}}]


def _chosen_values(answer: Answer) -> dict[str, list[str]]:
    """By field, the values that it is narrowed to, as the address may write them; last those unknown."""
    return {
        name: [
            *(value.value for value in answer.facets.get(name, []) if value.chosen),
            *answer.unknown.get(name, []),
        ]
        for name in FIELDS
    }


def _toggle(name: str, value: str, chosen: list[str]) -> Changes:
    """The parameters after ``value`` has been chosen too, or is chosen no more."""
    others = [each for each in chosen if each != value]
    values = others if value in chosen else [*chosen, value]
    return {name: values or None, "page": None}


def _change_year(year: str, filters: Filters) -> Changes:
    if _is_year(year, filters):
        return {"from": None, "to": None, "page": None}
    first, last = _days_of(year)
    return {"from": first, "to": last, "page": None}


def _is_year(year: str, filters: Filters) -> bool:
    return (str(filters.date_from), str(filters.date_to)) == _days_of(year)


def _days_of(year: str) -> tuple[str, str]:
    return f"{year}-01-01", f"{year}-12-31"


def _label(name: str, kind: str) -> str:
    return str((FACETS[QUOTATIONS] | FACETS[kind])[name])


def _known_parameters(given: QueryDict) -> QueryDict:
    """The parameters that the page knows, cut one character after a query's end: search tells of that one."""
    known = QueryDict(mutable=True)
    for name, values in given.lists():
        if name in PARAMETERS:
            known[name] = values[-1].strip()[: MAX_LENGTH + 1]
        elif name in FIELDS:
            texts = [value.strip()[: MAX_LENGTH + 1] for value in values[: MAX_VALUES + 1]]
            known.setlist(name, list(filter(None, texts)))
    return known


def _date(given: QueryDict, name: str, problems: list[str]) -> date | None:
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
