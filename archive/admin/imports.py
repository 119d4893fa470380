"""Import runs, what each file became, and the files themselves: the archive's record of its sources."""

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from archive.admin.access import ReadOnly
from archive.admin.presentation import link, machine_text, outline
from archive.admin.rows import ReadOnlyRows
from archive.admin.searching import SpellingSearch
from archive.models import ImportedFile, ImportRun, Original, Revision


class FileInline(ReadOnlyRows, admin.TabularInline):
    model = ImportedFile
    fields = readonly_fields = ("file_path", "status", "article", "code")

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("article").defer("report", "details")

    @admin.display(description=_("path"))
    def file_path(self, row: ImportedFile) -> SafeString | str:
        return link(row, machine_text(row.path))


@admin.register(ImportRun)
class ImportRunAdmin(ReadOnly, SpellingSearch, admin.ModelAdmin):
    list_display = ("started_at", "finished_at", "kind", "file_count", "path_list")
    list_filter = ("kind",)
    date_hierarchy = "started_at"
    search_fields = ("files__path",)
    fields = readonly_fields = ("kind", "started_at", "finished_at", "path_list")
    inlines = (FileInline,)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).annotate(file_count=Count("files", distinct=True))

    @admin.display(description=_("files"), ordering="file_count")
    def file_count(self, run: ImportRun) -> int:
        return run.file_count

    @admin.display(description=_("paths"))
    def path_list(self, run: ImportRun) -> SafeString | str:
        return outline(run.paths)


@admin.register(ImportedFile)
class ImportedFileAdmin(ReadOnly, SpellingSearch, admin.ModelAdmin):
    list_display = ("file_path", "status", "article", "run", "size", "code")
    list_select_related = ("article", "run")
    list_filter = ("status", "code")
    date_hierarchy = "run__started_at"
    search_fields = ("path", "sha256")
    key_fields = ("article__title_key",)
    fields = readonly_fields = (
        "run",
        "file_path",
        "digest",
        "size",
        "status",
        "article",
        "code",
        "detail_list",
        "report_list",
    )

    @admin.display(description=_("path"), ordering="path")
    def file_path(self, file: ImportedFile) -> SafeString:
        return machine_text(file.path)

    @admin.display(description="SHA-256")
    def digest(self, file: ImportedFile) -> SafeString:
        return machine_text(file.sha256)

    @admin.display(description=_("details"))
    def detail_list(self, file: ImportedFile) -> SafeString | str:
        return outline(file.details)

    @admin.display(description=_("report"))
    def report_list(self, file: ImportedFile) -> SafeString | str:
        return outline(file.report)


@admin.register(Revision)
class RevisionAdmin(ReadOnly, SpellingSearch, admin.ModelAdmin):
    list_display = ("article", "number", "file_path", "encoding", "created_at")
    list_select_related = ("article",)
    list_filter = ("encoding",)
    date_hierarchy = "created_at"
    search_fields = ("path", "original__sha256")
    key_fields = ("article__title_key",)
    fields = readonly_fields = (
        "article",
        "number",
        "original_link",
        "file_path",
        "encoding",
        "text_digest",
        "created_at",
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("original").defer("original__content")

    @admin.display(description=_("original file"))
    def original_link(self, revision: Revision) -> SafeString | str:
        return link(revision.original, machine_text(revision.original.sha256))

    @admin.display(description=_("path"), ordering="path")
    def file_path(self, revision: Revision) -> SafeString:
        return machine_text(revision.path)

    @admin.display(description=_("SHA-256 of the text"))
    def text_digest(self, revision: Revision) -> SafeString:
        return machine_text(revision.text_sha256)


class RevisionInline(ReadOnlyRows, admin.TabularInline):
    model = Revision
    fields = readonly_fields = ("article_link", "number", "file_path", "encoding", "created_at")

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("article")

    @admin.display(description=_("article"))
    def article_link(self, row: Revision) -> SafeString | str:
        return link(row.article)

    @admin.display(description=_("path"))
    def file_path(self, row: Revision) -> SafeString | str:
        return link(row, machine_text(row.path))


@admin.register(Original)
class OriginalAdmin(ReadOnly, SpellingSearch, admin.ModelAdmin):
    list_display = ("digest", "size", "created_at", "paths")
    date_hierarchy = "created_at"
    search_fields = ("sha256", "revisions__path")
    fields = readonly_fields = ("digest", "size", "created_at", "download")
    inlines = (RevisionInline,)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).defer("content").prefetch_related("revisions")

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.download_view)
        return [path("<int:pk>/bytes/", view, name="archive_original_bytes"), *super().get_urls()]

    def download_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The file byte for byte, never shown by the browser itself."""
        original = Original.objects.filter(pk=pk).first()
        if original is None or not self.has_view_permission(request, original):
            raise Http404
        name = f"{original.sha256[:16]}.bin"
        return HttpResponse(
            bytes(original.content),
            content_type="application/octet-stream",
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )

    @admin.display(description="SHA-256", ordering="sha256")
    def digest(self, original: Original) -> SafeString:
        return machine_text(original.sha256)

    @admin.display(description=_("paths"))
    def paths(self, original: Original) -> SafeString | str:
        return outline(sorted({revision.path for revision in original.revisions.all()}))

    @admin.display(description=_("file"))
    def download(self, original: Original) -> SafeString:
        address = reverse("admin:archive_original_bytes", args=[original.pk])
        return format_html('<a href="{}">{}</a>', address, _("Download it byte for byte"))
