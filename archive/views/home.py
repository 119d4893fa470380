"""The first page and the page about the archive."""

from collections import Counter

from django.db.models import Count, Max, Min
from django.db.models.functions import Length
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from archive.models import Article, Country, Meeting, Quotation, Speaker
from archive.views.rows import transcript_rows

LATEST_VOICES = 5
LISTED_MEETINGS = 8
LISTED_NAMES = 36
# A quotation short enough to be read at a glance, and long enough to say something.
READABLE = (40, 220)
CANDIDATES = 200


def home(request: HttpRequest) -> HttpResponse:
    meetings = list(
        Meeting.objects.covered().select_related("country").order_by("-starts_on", "key")[:LISTED_MEETINGS]
    )
    latest = meetings[0] if meetings else None
    context = {
        "tally": _tally(),
        "latest": latest,
        "voices": _voices(latest) if latest else [],
        "meetings": meetings,
        "speakers": Speaker.objects.quoted()
        .select_related("country")
        .order_by("-quotation_count", "sort_key")[:LISTED_NAMES],
        "countries": Country.objects.covered().order_by("-article_count", "sort_key")[:LISTED_NAMES],
    }
    return render(request, "archive/home.html", context)


def about(request: HttpRequest) -> HttpResponse:
    return render(request, "archive/about.html", {"tally": _tally()})


def _tally() -> dict:
    """How much a reader can see, counted."""
    articles = Article.objects.published().aggregate(
        articles=Count("pk", distinct=True),
        meetings=Count("meeting", distinct=True),
        outlets=Count("source", distinct=True),
        first=Min("published_on"),
        last=Max("published_on"),
    )
    said = Quotation.objects.published().aggregate(
        quotations=Count("pk"), speakers=Count("speaker", distinct=True)
    )
    return articles | said


def _voices(meeting: Meeting) -> list[Quotation]:
    """One readable quotation for each of a meeting's first speakers, from as many articles as can be.

    Whoever is quoted most comes first, persons before groups; verbatim words before reported ones.
    """
    shortest, longest = READABLE
    rows = (
        transcript_rows(Quotation.objects.published())
        .filter(article__meeting=meeting, speaker__isnull=False)
        .filter(form__in=[Quotation.Form.FULL, Quotation.Form.CLAUSE])
        .annotate(length=Length("text"))
        .filter(length__range=(shortest, longest))
        .order_by("kind", "article", "start")[:CANDIDATES]
    )
    candidates: dict[Speaker, list[Quotation]] = {}
    for row in rows:
        candidates.setdefault(row.speaker, []).append(row)
    speakers = sorted(
        candidates,
        key=lambda speaker: (speaker.kind != Speaker.Kind.PERSON, -len(candidates[speaker])),
    )
    heard: Counter = Counter()
    chosen = []
    for speaker in speakers[:LATEST_VOICES]:
        voice = min(candidates[speaker], key=lambda row: (row.kind, heard[row.article_id], -row.length))
        heard[voice.article_id] += 1
        chosen.append(voice)
    return chosen
