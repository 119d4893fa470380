"""Telling a curator that search does not know of a change yet."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from archive.models import Change
from archive.models.changes import hear_announcements


class WaitingChangesMiddleware:
    """Adds a message to requests whose changes are still queued when the answer is ready.

    Search takes them in before a request ends, unless it is busy with those of another process or cannot
    write; only then there is something to say.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method != "POST":
            return self.get_response(request)
        with hear_announcements() as heard:
            response = self.get_response(request)
        if heard and Change.objects.exists():
            messages.warning(request, _("The change is saved and queued for search, which shows it soon."))
        return response
