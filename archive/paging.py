"""Pages of long lists: every page size of the site, and the one way to cut a page."""

from django.core.paginator import InvalidPage, Page, Paginator
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

ARTICLES = 20
QUOTATIONS = 40
COUNTRY_QUOTATIONS = 12
INDEX = 240
MEETINGS = 20
HITS = 20
COMPARED_FIGURES = 20
FIGURES = 200
STATEMENTS = 8


def cut_page(request: HttpRequest, rows, size: int, *, parameter: str = "page") -> Page:
    """The page of ``rows`` that the address asks for. Raises Http404 when there is no such page."""
    try:
        return Paginator(rows, size).page(request.GET.get(parameter) or 1)
    except InvalidPage as error:
        raise Http404(_("This list has no such page.")) from error
