"""Outlets and the spellings of their names."""

from django.contrib import admin, messages
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from archive.admin.presentation import list_link
from archive.admin.rows import CompactRows
from archive.admin.searching import SpellingSearch
from archive.models import Article, Source, SourceVariant
from archive.models.rights import Rights


class VariantInline(CompactRows, admin.TabularInline):
    model = SourceVariant


@admin.register(Source)
class SourceAdmin(SpellingSearch, admin.ModelAdmin):
    list_display = ("name", "name_en", "kind", "country", "rights", "article_count", "needs_review")
    list_select_related = ("country",)
    list_filter = ("needs_review", "rights", "kind", ("country", admin.RelatedOnlyFieldListFilter))
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}
    ordering = ("sort_key", "pk")  # named, because a query that counts loses its table's own
    search_fields = ("key", "name_en", "url")
    key_fields = ("name_key", "variants__key")
    autocomplete_fields = ("country",)
    prepopulated_fields = {"key": ("name_en",)}
    fieldsets = (
        (None, {"fields": ("name_ar", "name_en", "key", "kind", "country", "url")}),
        (_("Curation"), {"fields": ("rights", "needs_review", "note")}),
    )
    inlines = (VariantInline,)
    actions = ("show_in_full", "show_excerpt", "hide")

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).with_article_counts()

    @admin.display(description=_("Arabic name"), ordering="sort_key")
    def name(self, source: Source) -> str:
        return source.name_ar

    @admin.display(description=_("articles"), ordering="article_count")
    def article_count(self, source: Source) -> SafeString:
        return list_link(Article, source.article_count, source__pk__exact=source.pk)

    @admin.action(description=_("Show the full text"), permissions=["change"])
    def show_in_full(self, request: HttpRequest, rows: QuerySet) -> None:
        self._set_rights(request, rows, Rights.FULL)

    @admin.action(description=_("Show an excerpt only"), permissions=["change"])
    def show_excerpt(self, request: HttpRequest, rows: QuerySet) -> None:
        self._set_rights(request, rows, Rights.EXCERPT)

    @admin.action(description=_("Hide from readers"), permissions=["change"])
    def hide(self, request: HttpRequest, rows: QuerySet) -> None:
        self._set_rights(request, rows, Rights.HIDDEN)

    def _set_rights(self, request: HttpRequest, rows: QuerySet, rights: str) -> None:
        count = rows.update(rights=rights)
        message = ngettext("%(count)d outlet changed.", "%(count)d outlets changed.", count)
        self.message_user(request, message % {"count": count}, messages.SUCCESS)


@admin.register(SourceVariant)
class SourceVariantAdmin(SpellingSearch, admin.ModelAdmin):
    list_display = ("text", "source")
    list_select_related = ("source",)
    search_fields = ("source__name_en",)
    key_fields = ("key", "source__name_key")
    autocomplete_fields = ("source",)
