"""Where an article's values and bytes come from, as read-only tables on its page."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from archive.admin.access import ReadOnly
from archive.admin.presentation import evidence_words, field_label, link, machine_text
from archive.admin.rows import ReadOnlyRows
from archive.admin.searching import SpellingSearch
from archive.models import Article, Correction, FieldOrigin, ImportedFile, Quotation, Revision
from archive.provenance import BASES


class OriginInline(ReadOnlyRows, admin.TabularInline):
    model = FieldOrigin
    fields = readonly_fields = ("field_name", "origin", "basis_name", "confidence", "words")

    @admin.display(description=_("field"))
    def field_name(self, row: FieldOrigin) -> str:
        return field_label(Article, row.field)

    @admin.display(description=_("basis"))
    def basis_name(self, row: FieldOrigin) -> str:
        return str(BASES.get(row.basis, row.basis))

    @admin.display(description=_("evidence"))
    def words(self, row: FieldOrigin) -> str:
        return evidence_words(row.evidence)


class CorrectionInline(ReadOnlyRows, admin.TabularInline):
    model = Correction
    fields = readonly_fields = ("correction", "target", "status", "user", "created_at", "note")

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("user")

    @admin.display(description=_("field"))
    def correction(self, row: Correction) -> SafeString | str:
        model = Quotation if row.target == Correction.Target.QUOTATION else Article
        return link(row, field_label(model, row.field))


class RevisionInline(ReadOnlyRows, admin.TabularInline):
    model = Revision
    fields = readonly_fields = ("number", "file_path", "encoding", "digest", "created_at")

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("original").defer("original__content")

    @admin.display(description=_("path"))
    def file_path(self, row: Revision) -> SafeString:
        return machine_text(row.path)

    @admin.display(description="SHA-256")
    def digest(self, row: Revision) -> SafeString | str:
        return link(row.original, machine_text(row.original.sha256))


class ImportInline(ReadOnlyRows, admin.TabularInline):
    model = ImportedFile
    fields = readonly_fields = ("run_link", "file_path", "status", "code")

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("run").defer("report", "details")

    @admin.display(description=_("import run"))
    def run_link(self, row: ImportedFile) -> SafeString | str:
        return link(row.run)

    @admin.display(description=_("path"))
    def file_path(self, row: ImportedFile) -> SafeString | str:
        return link(row, machine_text(row.path))


@admin.register(FieldOrigin)
class FieldOriginAdmin(ReadOnly, SpellingSearch, admin.ModelAdmin):
    list_display = ("article", "field_name", "origin", "basis_name", "confidence", "words")
    list_select_related = ("article",)
    list_filter = ("field", "origin", "basis")
    search_fields = ("field", "basis")
    key_fields = ("article__title_key",)
    fields = readonly_fields = list_display

    @admin.display(description=_("field"), ordering="field")
    def field_name(self, row: FieldOrigin) -> str:
        return field_label(Article, row.field)

    @admin.display(description=_("basis"), ordering="basis")
    def basis_name(self, row: FieldOrigin) -> str:
        return str(BASES.get(row.basis, row.basis))

    @admin.display(description=_("evidence"))
    def words(self, row: FieldOrigin) -> str:
        return evidence_words(row.evidence)
