"""The index of countries, and a country with what is said in its name and about it."""

from django.db.models import F, OuterRef, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from archive.models import Article, ArticleCountry, Country, Quotation, Speaker
from archive.paging import ARTICLES, COUNTRY_QUOTATIONS, INDEX, cut_page
from archive.views.rows import by_name, transcript_rows


def country_list(request: HttpRequest) -> HttpResponse:
    rows = by_name(Country.objects.covered())
    return render(request, "archive/country_list.html", {"page": cut_page(request, rows, INDEX)})


def country(request: HttpRequest, code: str) -> HttpResponse:
    if code != code.upper():
        return redirect("country", code.upper(), permanent=True)
    shown = get_object_or_404(Country.objects.with_article_counts(), code=code)
    role = ArticleCountry.objects.filter(article=OuterRef("pk"), country=shown).values("role")[:1]
    articles = (
        Article.objects.listed()
        .about(code)
        .annotate(role=Subquery(role))
        .order_by(F("published_on").desc(nulls_last=True), "pk")
    )
    said = transcript_rows(Quotation.objects.published().filter(speaker__country=shown)).order_by(
        F("article__published_on").desc(nulls_last=True), "article", "start"
    )
    context = {
        "country": shown,
        "speakers": Speaker.objects.quoted().filter(country=shown).order_by("-quotation_count", "sort_key"),
        "meetings": shown.meetings.covered().order_by("-starts_on", "key"),
        "sources": by_name(shown.sources.public()),
        "page": cut_page(request, articles, ARTICLES),
        "said": cut_page(request, said, COUNTRY_QUOTATIONS, parameter="said"),
    }
    return render(request, "archive/country.html", context)
