"""Statements, to be read: a quotation is taken out of one on its own page."""

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from archive.admin.access import ReadOnly
from archive.admin.presentation import link
from archive.admin.rows import ReadOnlyRows
from archive.admin.searching import SpellingSearch
from archive.models import Quotation, Statement


class VersionInline(ReadOnlyRows, admin.TabularInline):
    model = Quotation
    verbose_name_plural = _("versions")
    fields = readonly_fields = ("words", "article_link", "kind", "review")

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).shown()

    @admin.display(description=_("words"))
    def words(self, quotation: Quotation) -> SafeString | str:
        return link(quotation, quotation.text)

    @admin.display(description=_("article"))
    def article_link(self, quotation: Quotation) -> SafeString | str:
        return link(quotation.article)


@admin.register(Statement)
class StatementAdmin(ReadOnly, SpellingSearch, admin.ModelAdmin):
    list_display = ("pk", "speaker", "meeting", "version_count", "created_at")
    list_select_related = ("speaker", "meeting")
    list_filter = (("meeting", admin.RelatedOnlyFieldListFilter),)
    date_hierarchy = "created_at"
    search_fields = ("speaker__name_en",)
    key_fields = ("speaker__name_key", "speaker__variants__key")
    text_fields = ("quotations__text",)
    fields = readonly_fields = ("speaker", "meeting", "created_at")
    inlines = (VersionInline,)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        counted = Count("quotations__article", distinct=True)
        return super().get_queryset(request).annotate(version_count=counted)

    @admin.display(description=_("versions"), ordering="version_count")
    def version_count(self, statement: Statement) -> int:
        return statement.version_count
