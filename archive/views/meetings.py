"""The list of meetings, and a meeting with its coverage and what was said at it."""

from collections import Counter

from django.db.models import Count, F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from archive.figures import figures_in_brief
from archive.models import Article, Meeting, Quotation, Speaker, Statement
from archive.paging import ARTICLES, MEETINGS, QUOTATIONS, STATEMENTS, cut_page
from archive.versions import statement_rows
from archive.views.rows import transcript_rows

# More articles than this make a table of speakers by articles unreadable: totals stand alone then.
COMPARED_ARTICLES = 5


def meeting_list(request: HttpRequest) -> HttpResponse:
    counted = Meeting.objects.with_counts().select_related("country").order_by("-starts_on", "key")
    context = {
        "page": cut_page(request, counted.filter(article_count__gt=0), MEETINGS),
        "awaited": counted.filter(article_count=0),
    }
    return render(request, "archive/meeting_list.html", context)


def meeting(request: HttpRequest, key: str) -> HttpResponse:
    shown = get_object_or_404(Meeting.objects.with_counts().select_related("country"), key=key)
    articles = Article.objects.listed().filter(meeting=shown).newest_first()
    page = cut_page(request, articles, ARTICLES, parameter="articles")
    said = Quotation.objects.published().filter(article__meeting=shown)
    rows = transcript_rows(said).order_by(
        F("article__published_on").desc(nulls_last=True), "article", "start"
    )
    reported = Statement.objects.published().filter(meeting=shown).with_versions().most_reported_first()
    statement_page = cut_page(request, reported, STATEMENTS, parameter="statements")
    compared = list(page) if page.paginator.count <= COMPARED_ARTICLES else []
    context = {
        "meeting": shown,
        "variants": [variant.text for variant in shown.variants.all()],
        "articles": page,
        "compared": compared,
        "voices": _voices(shown, compared),
        "statement_page": statement_page,
        "statements": statement_rows(statement_page),
        "figures": figures_in_brief(shown),
        "page": cut_page(request, rows, QUOTATIONS),
    }
    return render(request, "archive/meeting.html", context)


def _voices(meeting: Meeting, compared: list[Article]) -> list[dict]:
    """Who spoke, most first: their quotations counted by kind, and by article for ``compared``."""
    said = Quotation.objects.published().filter(article__meeting=meeting, speaker__isnull=False)
    counts: dict[int, Counter] = {}
    for speaker, article, kind, count in (
        said.order_by().values_list("speaker", "article", "kind").annotate(count=Count("pk"))
    ):
        of_speaker = counts.setdefault(speaker, Counter())
        of_speaker[kind] += count
        of_speaker[article, kind] += count
    speakers = Speaker.objects.select_related("country").in_bulk(counts)
    voices = []
    for pk, count in counts.items():
        cells = [
            {"article": article, "direct": direct, "indirect": indirect, "total": direct + indirect}
            for article in compared
            for direct, indirect in [(count[article.pk, "direct"], count[article.pk, "indirect"])]
        ]
        voices.append(
            {
                "speaker": speakers[pk],
                "direct": count["direct"],
                "indirect": count["indirect"],
                "total": count["direct"] + count["indirect"],
                "cells": cells,
            }
        )
    return sorted(voices, key=lambda voice: (-voice["total"], voice["speaker"].sort_key))
