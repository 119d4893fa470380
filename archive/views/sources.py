"""The index of outlets, and an outlet with its articles."""

from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from archive.models import Article, Source
from archive.paging import ARTICLES, INDEX, cut_page
from archive.views.rows import by_name


def source_list(request: HttpRequest) -> HttpResponse:
    rows = by_name(Source.objects.public().select_related("country"))
    context = {
        "page": cut_page(request, rows, INDEX),
        "unnamed": Article.objects.published().filter(source=None).count(),
    }
    return render(request, "archive/source_list.html", context)


def source(request: HttpRequest, key: str) -> HttpResponse:
    """An outlet's page; one whose articles are all hidden has none, one without articles has."""
    any_article = Exists(Article.objects.filter(source=OuterRef("pk")))
    shown = get_object_or_404(
        Source.objects.with_article_counts().exclude(any_article, article_count=0).select_related("country"),
        key=key,
    )
    context = {
        "source": shown,
        "variants": [variant.text for variant in shown.variants.all()],
        "page": cut_page(request, Article.objects.listed().filter(source=shown).newest_first(), ARTICLES),
    }
    return render(request, "archive/source.html", context)
