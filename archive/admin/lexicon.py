"""The words that the extraction and the search know, and what the reference data last said."""

from django.contrib import admin
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from archive.admin.access import ReadOnly
from archive.admin.presentation import outline
from archive.admin.searching import SpellingSearch
from archive.models import LexiconEntry, ReferenceRecord


@admin.register(LexiconEntry)
class LexiconEntryAdmin(SpellingSearch, admin.ModelAdmin):
    list_display = ("text", "category", "note")
    list_filter = ("category",)
    search_fields = ("note",)
    key_fields = ("key",)


@admin.register(ReferenceRecord)
class ReferenceRecordAdmin(ReadOnly, SpellingSearch, admin.ModelAdmin):
    list_display = ("model", "key")
    list_filter = ("model",)
    search_fields = ("key",)
    fields = readonly_fields = ("model", "key", "value_list")

    @admin.display(description=_("values"))
    def value_list(self, record: ReferenceRecord) -> SafeString | str:
        return outline(record.values)
