"""``manage.py search "QUERY"``: the answer of the search page, on the command line."""

import json
from argparse import ArgumentTypeError
from datetime import date
from html import unescape
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from archive.importing.problems import DATABASE_FAILED
from archive.naming import name_of, title_of
from search.engine.schema import ARTICLES, QUOTATIONS
from search.face import SORTS, Answer, Filters, Hit, search
from search.facets import KIND_LABELS
from search.filters import FIELDS

PERIODS = ("year", "month")


class Command(BaseCommand):
    help = "Search the archive. — البحث في الأرشيف."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "query", nargs="?", default="", metavar="QUERY", help=_("after -- if it begins with a dash")
        )
        parser.add_argument("--json", action="store_true", help=_("print only JSON"))
        parser.add_argument("--limit", type=_count, default=20)
        parser.add_argument("--offset", type=_count, default=0)
        parser.add_argument("--sort", type=_sort, default="relevance", metavar="|".join(SORTS))
        parser.add_argument("--exact", action="store_true", help=_("only words that are spelled as in QUERY"))
        parser.add_argument(
            "--quotations", action="store_true", help=_("look in what was said, not in whole articles")
        )
        parser.add_argument(
            "--histogram",
            type=_period,
            metavar="year|month",
            help=_("count what was found by year or month"),
        )
        repeated = _("(may be repeated)")
        for name, described in (
            ("speaker", _("id, key or name: articles that quote the person")),
            ("country", _("ISO code: articles about or mentioning it")),
            ("source", _("id, key or name of an outlet")),
            ("meeting", _("id, key or name of a meeting")),
            ("kind", _("direct or indirect: how it is reported")),
        ):
            parser.add_argument(f"--{name}", action="append", default=[], help=f"{described} {repeated}")
        parser.add_argument("--from", dest="date_from", type=_day, metavar="YYYY-MM-DD")
        parser.add_argument("--to", dest="date_to", type=_day, metavar="YYYY-MM-DD")

    def handle(self, *args: Any, **options: Any) -> None:
        names = (*FIELDS, "date_from", "date_to")
        try:
            answer = search(
                options["query"],
                kind=QUOTATIONS if options["quotations"] else ARTICLES,
                filters=Filters(**{name: options[name] for name in names}),
                sort=options["sort"],
                offset=options["offset"],
                limit=options["limit"],
                exact=options["exact"],
                histogram=options["histogram"] or "",
            )
        except DatabaseError as error:
            raise CommandError(DATABASE_FAILED % {"error": error}) from error
        if options["json"]:
            text = json.dumps(answer.as_json(), ensure_ascii=False)
        else:
            text = "\n".join(_lines(answer, options["offset"]))
        # A lone surrogate that the query may hold cannot be written in UTF-8.
        self.stdout.write(text.encode("utf-8", "backslashreplace").decode())


def _lines(answer: Answer, offset: int) -> list[str]:
    counted = ngettext("%(total)s result in %(ms)s ms", "%(total)s results in %(ms)s ms", answer.total)
    lines = [counted % {"total": answer.total, "ms": answer.took_ms}]
    lines += answer.notes or ([answer.message] if answer.message else [])
    for number, hit in enumerate(answer.hits, offset + 1):
        lines += _hit_lines(f"{number}.", hit)
    if answer.histogram:
        lines += ["", " · ".join(f"{period}: {count}" for period, count in answer.histogram.items())]
    if answer.partial:
        some = (
            _("Quotations with some of your words, not counted:")
            if answer.kind == QUOTATIONS
            else _("Articles with some of your words, not counted:")
        )
        lines += ["", some]
        for hit in answer.partial:
            lines += _hit_lines("—", hit)
    return lines


def _hit_lines(mark: str, hit: Hit) -> list[str]:
    known = _joined(hit.date.isoformat() if hit.date else "", hit.source, hit.url, hit.matched)
    snippet = " ".join(unescape(strip_tags(hit.snippet)).split())
    if hit.quotation is None:
        return ["", f"{mark} {hit.title}", f"   {known}", f"   {snippet}"]
    quotation, term = hit.quotation, hit.quotation.term
    speaker = name_of(quotation.speaker) if quotation.speaker else _("speaker not known")
    who = _joined(speaker, title_of(term) if term else "", str(KIND_LABELS[quotation.kind]))
    return ["", f"{mark} {snippet}", f"   {who}", f"   {hit.title}", f"   {known}"]


def _joined(*parts: str) -> str:
    return " · ".join(filter(None, parts))


def _count(value: str) -> int:
    if value.isascii() and value.isdigit() and len(value) < 10:
        return int(value)
    raise ArgumentTypeError(
        f"“{value}” is not a whole number from 0. — «{value}» ليس عدداً صحيحاً من 0 فصاعداً."
    )


def _day(value: str) -> date:
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise ArgumentTypeError(
            f"“{value}” is not a date such as 2021-06-28. — «{value}» ليس تاريخاً مثل 2021-06-28."
        ) from None


def _sort(value: str) -> str:
    if value in SORTS:
        return value
    raise ArgumentTypeError(
        f"“{value}” is none of {', '.join(SORTS)}. — «{value}» ليس واحداً من {'، '.join(SORTS)}."
    )


def _period(value: str) -> str:
    if value in PERIODS:
        return value
    raise ArgumentTypeError(f"“{value}” is none of year, month. — «{value}» ليس year ولا month.")
