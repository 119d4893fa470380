"""The queue of changes that search has not seen yet; empty nearly always."""

from django.contrib import admin

from archive.admin.access import ReadOnly
from archive.admin.searching import SpellingSearch
from archive.models import Change


@admin.register(Change)
class ChangeAdmin(ReadOnly, SpellingSearch, admin.ModelAdmin):
    list_display = ("id", "subject", "object_id", "created_at")
    list_filter = ("subject",)
    date_hierarchy = "created_at"
    search_fields = ("subject", "object_id")
    fields = readonly_fields = ("subject", "object_id", "created_at")
