"""The figures of a meeting: those that several articles state, compared, and every one of each article."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from archive.figures import compared_figures
from archive.models import Figure, Meeting
from archive.paging import COMPARED_FIGURES, FIGURES, cut_page


def meeting_figures(request: HttpRequest, key: str) -> HttpResponse:
    shown = get_object_or_404(Meeting.objects.with_counts().select_related("country"), key=key)
    figures = Figure.objects.published().at_meeting(shown).shown()
    context = {
        "meeting": shown,
        "comparisons": cut_page(request, compared_figures(shown), COMPARED_FIGURES, parameter="compared"),
        "page": cut_page(request, figures, FIGURES),
    }
    return render(request, "archive/meeting_figures.html", context)
