"""Figures: what the extraction counted, to be read and filtered; the text itself is what is corrected."""

from django.contrib import admin
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from archive.admin.access import ReadOnly
from archive.admin.presentation import link
from archive.admin.searching import SpellingSearch
from archive.models import Figure


@admin.register(Figure)
class FigureAdmin(ReadOnly, SpellingSearch, admin.ModelAdmin):
    list_display = ("text", "value", "high", "bound", "unit", "kind", "article_link")
    list_select_related = ("article",)
    list_filter = (
        "kind",
        "bound",
        ("article__meeting", admin.RelatedOnlyFieldListFilter),
        ("article__source", admin.RelatedOnlyFieldListFilter),
    )
    ordering = ("article", "start")
    key_fields = ("counted", "article__title_key")
    fields = readonly_fields = (
        "article_link",
        "quotation_link",
        "text",
        "value",
        "high",
        "bound",
        "unit",
        "kind",
        "start",
        "end",
    )

    @admin.display(description=_("article"), ordering="article")
    def article_link(self, row: Figure) -> SafeString | str:
        return link(row.article)

    @admin.display(description=_("quotation"))
    def quotation_link(self, row: Figure) -> SafeString | str:
        return link(row.quotation)
