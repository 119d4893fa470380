"""Meetings of the coalition, their other names, and the events that date an article."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from archive.admin.lines import LinesAdmin
from archive.admin.presentation import list_link
from archive.admin.rows import CompactRows
from archive.admin.searching import SpellingSearch
from archive.models import Article, DatedEvent, Meeting, MeetingVariant


class VariantInline(CompactRows, admin.TabularInline):
    model = MeetingVariant


@admin.register(Meeting)
class MeetingAdmin(SpellingSearch, admin.ModelAdmin):
    list_display = ("short_name_ar", "kind", "city_ar", "country", "starts_on", "article_count", "sure")
    list_select_related = ("country",)
    list_filter = ("kind", "sure", ("country", admin.RelatedOnlyFieldListFilter))
    date_hierarchy = "starts_on"
    ordering = ("-starts_on", "key")  # named, because a query that counts loses its table's own
    search_fields = ("key", "name_en", "city_en")
    key_fields = ("name_key", "variants__key", "country__name_key")
    autocomplete_fields = ("country",)
    prepopulated_fields = {"key": ("name_en",)}
    fieldsets = (
        (None, {"fields": ("name_ar", "short_name_ar", "name_en", "key", "kind")}),
        (
            _("Place and time"),
            {"fields": (("city_ar", "city_en"), "country", ("starts_on", "ends_on"), "hosts")},
        ),
        (_("Members"), {"fields": ("members", "members_note")}),
        (_("Curation"), {"fields": ("sure", "reference", "note")}),
    )
    inlines = (VariantInline,)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).with_counts()

    @admin.display(description=_("articles"), ordering="article_count")
    def article_count(self, meeting: Meeting) -> SafeString:
        return list_link(Article, meeting.article_count, meeting__pk__exact=meeting.pk)


@admin.register(MeetingVariant)
class MeetingVariantAdmin(SpellingSearch, admin.ModelAdmin):
    list_display = ("text", "meeting")
    list_select_related = ("meeting",)
    search_fields = ("meeting__name_en",)
    key_fields = ("key", "meeting__name_key")
    autocomplete_fields = ("meeting",)


@admin.register(DatedEvent)
class DatedEventAdmin(LinesAdmin, SpellingSearch, admin.ModelAdmin):
    list_display = ("name_ar", "date")
    date_hierarchy = "date"
    search_fields = ("key",)
    text_fields = ("name_ar",)
    line_fields = ("phrases",)
