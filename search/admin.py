"""The page of the search index in the admin: its state, a comparison with the database, and a repair.

It stands where the list of the index's events would, for whoever may see the queue of changes. A small
archive is compared whenever the page is opened, a larger one when asked to.
"""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from archive.admin.access import ReadOnly
from archive.models import Article
from search.check_report import tell_report, tell_state
from search.checking import EXTRA, MISSING, STALE, Report, check_index, repair_index
from search.engine import damage
from search.engine.schema import ARTICLES, QUOTATIONS
from search.index_state import read_state
from search.models import IndexEvent
from search.rebuilding import start_rebuild

# Comparing so many articles takes about a second.
COMPARED_AT_ONCE = 300
SHOWN = 20
EVENTS = 20
_TABLES = {ARTICLES: "article", QUOTATIONS: "quotation"}
_LABELS = ((ARTICLES, gettext_lazy("articles")), (QUOTATIONS, gettext_lazy("quotations")))
_SORTS = (
    (MISSING, gettext_lazy("missing")),
    (STALE, gettext_lazy("out of date")),
    (EXTRA, gettext_lazy("in excess")),
)
_DAMAGES = {
    damage.MISSING: gettext_lazy("the file is missing"),
    damage.RESIZED: gettext_lazy("its length is not what it was"),
    damage.ALTERED: gettext_lazy("its content is not what it was"),
    damage.UNREADABLE: gettext_lazy("it cannot be read"),
}


@admin.register(IndexEvent)
class IndexPage(ReadOnly, admin.ModelAdmin):
    fields = readonly_fields = ("kind", "at", "detail")

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("archive.view_change")

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The page; ``?compare=1`` compares however large the archive is, POST repairs."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        if request.method == "POST":
            self._repair(request)
            return HttpResponseRedirect(reverse("admin:search_indexevent_changelist"))
        report = None
        if "compare" in request.GET or Article.objects.count() <= COMPARED_AT_ONCE:
            report = check_index()
        state = report.state if report else read_state()
        context = {
            **self.admin_site.each_context(request),
            "title": _("The search index"),
            "opts": self.opts,
            "media": self.media,
            "state": state,
            "is_compared": report is not None,
            "told": tell_report(report) if report else tell_state(state),
            "damages": _damages(report) if report else [],
            "columns": [label for _kind, label in _LABELS],
            "rows": _rows(report) if report and not state.unusable else [],
            "lists": _lists(report) if report else [],
            "events": IndexEvent.objects.order_by("-pk")[:EVENTS],
        }
        return TemplateResponse(request, "admin/search/index_page.html", context)

    def _repair(self, request: HttpRequest) -> None:
        """Index anew what differs; building everything anew may be left to a process of its own."""
        report = check_index()
        if report.is_clean and not report.state.waiting:
            self.message_user(request, _("There was nothing to repair."), messages.INFO)
            return
        if report.needs_rebuild:
            self._rebuild(request)
            return
        repair_index(report)
        if read_state().waiting:
            told = _("The index cannot be written now. What differs is queued and will be indexed later.")
            self.message_user(request, told, messages.WARNING)
        else:
            self.message_user(request, _("What differed was indexed anew."), messages.SUCCESS)

    def _rebuild(self, request: HttpRequest) -> None:
        """A small archive is built at once; of a larger one the page tells when it is opened again."""
        if start_rebuild("asked for on the admin page"):
            self.message_user(request, _("The index was built anew."), messages.SUCCESS)
            return
        tries = IndexEvent.objects.filter(kind__in=[IndexEvent.Kind.STARTED, IndexEvent.Kind.FAILED])
        last = tries.order_by("-pk").first()
        if last and last.kind == IndexEvent.Kind.FAILED:
            self.message_user(request, _("The index cannot be built; see the last error."), messages.ERROR)
        else:
            told = _("The index is being built anew. Searches are answered meanwhile.")
            self.message_user(request, told, messages.INFO)


def _rows(report: Report) -> list[dict[str, Any]]:
    """The rows of the table: what is counted, in each index."""
    kinds = [kind for kind, _label in _LABELS]
    return [
        {"label": _("published"), "counts": [report.checked[kind] for kind in kinds]},
        *(
            {"label": label, "counts": [len(report.keys(kind, what)) for kind in kinds]}
            for what, label in _SORTS
        ),
        {"label": _("queued"), "counts": [len(report.queued_keys(kind)) for kind in kinds]},
    ]


def _lists(report: Report) -> list[dict[str, Any]]:
    """The first rows of every sort of difference, as links."""
    lists = []
    for kind, label in _LABELS:
        for what, sort in _SORTS:
            keys = report.keys(kind, what)
            address = f"admin:archive_{_TABLES[kind]}_change"
            links = [(key, reverse(address, args=[key])) for key in keys[:SHOWN]]
            if links:
                lists.append({"label": label, "sort": sort, "links": links, "rest": len(keys) - len(links)})
    return lists


def _damages(report: Report) -> list[dict[str, Any]]:
    return [{"file": each.file, "what": _DAMAGES[each.what]} for each in report.files]
