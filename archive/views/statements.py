"""A statement: the words of one speaker as several articles report them, compared word by word."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from archive.models import Statement
from archive.versions import compare_versions, versions_of


def statement(request: HttpRequest, pk: int) -> HttpResponse:
    shown = get_object_or_404(Statement.objects.published().with_versions(), pk=pk)
    versions = versions_of(shown)
    context = {"statement": shown, "versions": versions, "pairs": compare_versions(versions)}
    return render(request, "archive/statement.html", context)
