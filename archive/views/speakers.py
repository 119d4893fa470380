"""The index of speakers, and a speaker with everything the archive has them say."""

from django.db.models import Count, F, QuerySet
from django.db.models.functions import Substr
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from archive.models import Quotation, Speaker
from archive.paging import INDEX, QUOTATIONS, cut_page
from archive.views.rows import by_name, transcript_rows

LISTED_SPELLINGS = 16


def speaker_list(request: HttpRequest) -> HttpResponse:
    rows = by_name(Speaker.objects.quoted().select_related("country"))
    return render(request, "archive/speaker_list.html", {"page": cut_page(request, rows, INDEX)})


def speaker(request: HttpRequest, key: str) -> HttpResponse:
    """A speaker's page; one whom the importer met and whom nothing published quotes has none."""
    shown = get_object_or_404(
        Speaker.objects.with_quotation_counts()
        .exclude(needs_review=True, quotation_count=0)
        .select_related("country"),
        key=key,
    )
    said = Quotation.objects.published().filter(speaker=shown)
    rows = transcript_rows(said).order_by(
        F("article__meeting__starts_on").desc(nulls_last=True),
        F("article__published_on").desc(nulls_last=True),
        "article",
        "start",
    )
    context = {
        "speaker": shown,
        "terms": shown.terms.select_related("country", "organisation").order_by(
            F("starts_on").desc(nulls_last=True), "pk"
        ),
        "variants": [variant.text for variant in shown.variants.all()],
        "spellings": spellings(said),
        "meeting_counts": dict(said.order_by().values_list("article__meeting").annotate(count=Count("pk"))),
        "page": cut_page(request, rows, QUOTATIONS),
    }
    return render(request, "archive/speaker.html", context)


def spellings(said: QuerySet) -> list[tuple[str, int]]:
    """How the press wrote the speaker beside their words, with the number of times, most first."""
    length = F("surface_end") - F("surface_start")
    return list(
        said.filter(surface_start__isnull=False, surface_end__gt=F("surface_start"))
        .annotate(spelling=Substr("article__text", F("surface_start") + 1, length))
        .order_by()
        .values_list("spelling")
        .annotate(count=Count("pk"))
        .order_by("-count", "spelling")[:LISTED_SPELLINGS]
    )
