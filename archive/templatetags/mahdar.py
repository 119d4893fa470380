"""How templates write names, dates, counts, marked words and links; no rules of their own."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby
from pathlib import PurePath
from typing import Any

from django import template
from django.conf import settings
from django.http import QueryDict
from django.urls import reverse, translate_url
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, get_language_info, gettext, override
from django.utils.translation import gettext_lazy as _

from archive import counted as counting
from archive.dates_in_words import date_in_words, machine_date, range_in_words
from archive.models import Quotation
from archive.naming import is_arabic, name_of, title_of
from archive.transcript import Close, Mark, Open, Token, mark_up, shorten
from archive.voices import STATED, attribution_in_words

register = template.Library()

RIGHT_TO_LEFT = {"ar", "fa", "he", "ur", "ckb", "ps", "syr", "yi"}
CERTAINTIES = {
    "stated": ("cert", _("stated")),
    "inferred": ("cert inf", _("inferred")),
    "corrected": ("cert cor", _("corrected")),
    "unknown": ("cert unk", _("unknown")),
}
BASIS_CERTAINTIES = {
    "explicit": "stated",
    "furniture": "stated",
    "repeated": "stated",
    "relative": "inferred",
    "event": "inferred",
    "derived": "inferred",
    "corrected": "corrected",
}


@register.filter
def named(row: Any, form: str = "name") -> str:
    """A row's name in the page's language; with ``form`` "short", the short one where there is one.

    A name that the English pages have only in Arabic is set apart and marked as Arabic.
    """
    if row is None:
        return ""
    return _set_apart(name_of(row, short=form == "short"), foreign=not is_arabic() and not row.name_en)


def _set_apart(name: str, *, foreign: bool) -> str:
    return format_html('<bdi lang="ar" dir="rtl">{}</bdi>', name) if foreign else name


@register.filter
def place(meeting: Any) -> str:
    """The city and country of a meeting in the page's language; one without a city was virtual."""
    city = meeting.city_ar if is_arabic() else meeting.city_en or meeting.city_ar
    if not city:
        return gettext("at a distance")
    if meeting.country is None:
        return city
    return gettext("%(city)s, %(country)s") % {"city": city, "country": name_of(meeting.country)}


@register.filter
def attribution(quotation: Quotation) -> tuple[str, str] | None:
    """How a quotation's speaker is known, as (certainty, words).

    None when the text names them, and when nobody could be named: the margin says so.
    """
    if quotation.review == Quotation.Review.CORRECTED:
        return "corrected", gettext("speaker set by a curator")
    if quotation.resolution in STATED or quotation.speaker is None:
        return None
    return "inferred", attribution_in_words(quotation)


@register.filter
def counted(number: int, noun: str) -> str:
    return counting.counted(number, noun)


@register.filter
def direction(language: str) -> str:
    """The direction in which a language is written."""
    return "rtl" if language.split("-")[0] in RIGHT_TO_LEFT else "ltr"


@register.filter
def shortened(text: str, limit: int) -> str:
    return shorten(" ".join(text.split()), limit)


@register.simple_tag
def when(day: date | None, precision: str = "day") -> SafeString:
    """A date as a ``time`` element, or the words for none."""
    if day is None:
        return format_html('<span class="undated">{}</span>', gettext("undated"))
    return format_html(
        '<time datetime="{}">{}</time>', machine_date(day, precision), date_in_words(day, precision)
    )


@register.simple_tag
def period(first: date, last: date) -> SafeString:
    """The days from ``first`` to ``last`` as one ``time`` element that carries the first."""
    return format_html('<time datetime="{}">{}</time>', first.isoformat(), range_in_words(first, last))


@register.simple_tag
def certainty(degree: str, words: str = "") -> SafeString:
    """A degree of certainty: its line (solid, dotted, double) and a word.

    ``degree`` is stated, inferred, corrected or unknown, or a basis that amounts to one of them.
    """
    css, label = CERTAINTIES[BASIS_CERTAINTIES.get(degree, degree if degree in CERTAINTIES else "unknown")]
    return format_html('<span class="{}">{}</span>', css, words or label)


@register.simple_tag
def words(tokens: Sequence[Token], quotations: Sequence[Quotation]) -> SafeString:
    """The tokens of a turn as HTML: what was said is marked and begins with its number and anchor."""
    parts: list[str] = []
    for token in tokens:
        if isinstance(token, str):
            parts.append(escape(token))
        elif isinstance(token, Close):
            parts.append("</span>")
        else:
            quotation = quotations[token.mark.ref - 1]
            parts.append(_open(token, quotation) if token.first else _said(token))
    return mark_safe("".join(parts))


def _open(token: Open, quotation: Quotation) -> str:
    label = gettext("Quotation %(number)s") % {"number": quotation.number}
    return format_html(
        '<a class="n" href="#q{}" aria-label="{}">{}</a><span class="{}" id="q{}">',
        quotation.pk,
        label,
        quotation.number,
        _class(token.mark.kind),
        quotation.pk,
    )


def _said(token: Open) -> str:
    return format_html('<span class="{}">', _class(token.mark.kind))


def _class(kind: str) -> str:
    return "said" if kind == Quotation.Kind.DIRECT else "said ind"


@register.simple_tag
def said(quotation: Quotation, anchor: bool = False) -> SafeString:
    """A quotation's words with those that it quotes inside; verbatim ones between guillemets.

    With ``anchor`` each is the target of links, but for another speaker's: those have a row of their own.
    """
    marks = [Mark(0, len(quotation.text), quotation.kind, quotation.pk)]
    targets = {quotation.pk} if anchor else set()
    for part in quotation.parts.all():
        if anchor and part.speaker_id == quotation.speaker_id:
            targets.add(part.pk)
        marks.append(Mark(part.start - quotation.start, part.end - quotation.start, part.kind, part.pk))
    parts = []
    for token in mark_up(quotation.text, 0, len(quotation.text), marks):
        if isinstance(token, str):
            parts.append(escape(token))
        elif isinstance(token, Close):
            parts.append("</span>")
        elif token.first and token.mark.ref in targets:
            parts.append(format_html('<span class="{}" id="q{}">', _class(token.mark.kind), token.mark.ref))
        else:
            parts.append(_said(token))
    inner = mark_safe("".join(parts))
    return format_html("«{}»", inner) if quotation.kind == Quotation.Kind.DIRECT else inner


@register.simple_tag(takes_context=True)
def alternates(context: template.Context) -> list[dict[str, str]]:
    """This page in every language of the site, as code, own name, path and whole address.

    A page that has no twin (an address that is not found) leads to the other language's first page.
    """
    request = context.get("request")
    if request is None:
        return []
    here, current, found = request.get_full_path(), get_language(), []
    for code, _name in settings.LANGUAGES:
        path = here if code == current else translate_url(here, code)
        if path == here and code != current:
            with override(code):
                path = reverse("home")
        found.append(
            {
                "code": code,
                "name": get_language_info(code)["name_local"],
                "path": path,
                "url": request.build_absolute_uri(path),
            }
        )
    return found


@register.simple_tag(takes_context=True)
def page_url(context: template.Context, number: int, parameter: str = "page") -> str:
    """The query string of this page's address with another page number."""
    return changed_query(context, {parameter: str(number) if number > 1 else None})


@register.simple_tag(takes_context=True)
def changed_query(context: template.Context, changes: dict[str, str | list[str] | None]) -> str:
    """The query string of this page's address with some parameters set, or (None) taken away.

    A list is several values of one parameter.
    """
    query: QueryDict = context["request"].GET.copy()
    for name, value in changes.items():
        query.pop(name, None)
        if value is not None:
            query.setlist(name, value if isinstance(value, list) else [value])
    return f"?{query.urlencode()}" if query else "?"


@register.simple_tag(takes_context=True)
def sort_query(context: template.Context, order: str) -> str:
    """The query string of this page's address in another order, from the first page."""
    return changed_query(context, {"sort": order, "page": None})


@register.simple_tag(takes_context=True)
def current(context: template.Context, name: str, *inside: str) -> SafeString:
    """The attribute that marks a link of the navigation as this page, or as the part it belongs to."""
    match = getattr(context.get("request"), "resolver_match", None)
    if match and match.url_name == name:
        return mark_safe(' aria-current="page"')
    if match and match.url_name in inside:
        return mark_safe(' aria-current="true"')
    return mark_safe("")


@register.filter
def title_words(term: Any) -> str:
    """The title of a term of office in the page's language."""
    return _set_apart(title_of(term), foreign=not is_arabic() and not term.title_en)


@register.filter
def evidence_words(evidence: Sequence[dict[str, Any]]) -> list[tuple[str, int]]:
    """The different words among pieces of evidence, each with the number of times it stands there."""
    return list(Counter(span["text"] for span in evidence if span.get("text")).items())


@register.filter
def file_name(path: str) -> str:
    """The last part of a path: folders of the importing machine are nobody's business."""
    return PurePath(path).name


@register.filter
def by_initial(rows: Iterable[Any]) -> list[tuple[str, list[Any]]]:
    """Rows in alphabetical order, grouped by the letter that they are sorted under."""

    def initial(row: Any) -> str:
        name = row.sort_key if is_arabic() else name_of(row)
        return name[:1].upper()

    return [(letter, list(group)) for letter, group in groupby(rows, initial)]


# More ticks than this are no longer counted at a glance; the number beside them says it all.
MOST_TICKS = 24


@register.simple_tag
def ticks(direct: int, indirect: int) -> SafeString:
    """One tick a quotation, from right to left: solid for words verbatim, dotted for their sense."""
    count = direct + indirect
    if not 0 < count <= MOST_TICKS:
        return mark_safe("")
    width = 6 * count
    lines = format_html_join(
        "",
        '<line class="{}" x1="{}" x2="{}" y1="1" y2="13"/>',
        (
            ("direct" if place < direct else "indirect", width - 3 - 6 * place, width - 3 - 6 * place)
            for place in range(count)
        ),
    )
    return format_html(
        '<svg class="ticks" viewBox="0 0 {} 14" width="{}" height="14" aria-hidden="true">{}</svg>',
        width,
        width,
        lines,
    )
