"""Speakers, the spellings of their names, and the offices they held."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from archive.admin.presentation import NOTHING, list_link
from archive.admin.review import SpeakerReview
from archive.admin.rows import CompactRows
from archive.admin.searching import SpellingSearch
from archive.identities import confirm_speakers, merge_speakers
from archive.models import NameVariant, Quotation, Speaker, TermOfOffice
from archive.typed_names import typed_numbers


def preview_link(variant: NameVariant, words: str) -> SafeString:
    """A link to what a name variant adds to searches: the search's page, known here by name only."""
    query = {"speaker": variant.speaker_id, "text": variant.text}
    return format_html('<a href="{}">{}</a>', reverse("search_variant_preview", query=query), words)


def announcement(variant: NameVariant) -> SafeString:
    """What a curator is told who saved a new name variant."""
    return format_html(
        "{} {}",
        _("Searches know the spelling “%(text)s” from now on.") % {"text": variant.text},
        preview_link(variant, _("See what it adds")),
    )


class VariantPreview:
    """For the tables of name variants: a column that leads to what each adds to searches."""

    @admin.display(description=_("in searches"))
    def preview(self, variant: NameVariant) -> SafeString | str:
        return preview_link(variant, _("See what it adds")) if variant.pk else NOTHING


class VariantInline(VariantPreview, CompactRows, admin.TabularInline):
    model = NameVariant
    template = "admin/archive/name_variants.html"
    fields = ("text", "alone", "preview")
    readonly_fields = ("preview",)


class TermForm(forms.ModelForm):
    """A term's key names it in fixtures; nobody should have to invent one."""

    class Meta:
        model = TermOfOffice
        fields = (
            "speaker",
            "title_ar",
            "title_en",
            "country",
            "organisation",
            "starts_on",
            "ends_on",
            "precision",
            "sure",
            "reference",
        )

    def save(self, commit: bool = True) -> TermOfOffice:
        if not self.instance.key:
            self.instance.key = free_term_key(self.instance)
        return super().save(commit)


def free_term_key(term: TermOfOffice) -> str:
    """A key that no term has yet: the speaker's, the title and the year, numbered if need be."""
    year = str(term.starts_on.year) if term.starts_on else ""
    words = slugify(f"{term.title_en or term.title_ar} {year}", allow_unicode=True)
    stem = f"{term.speaker.key}--{words}"[:110]
    key, number = stem, 1
    while TermOfOffice.objects.filter(key=key).exists():
        number += 1
        key = f"{stem}-{number}"
    return key


class TermInline(admin.StackedInline):
    model = TermOfOffice
    form = TermForm
    fk_name = "speaker"
    autocomplete_fields = ("country", "organisation")
    extra = 0
    fields = (
        ("title_ar", "title_en"),
        ("country", "organisation"),
        ("starts_on", "ends_on", "precision", "sure"),
        "reference",
    )


@admin.register(Speaker)
class SpeakerAdmin(SpeakerReview, SpellingSearch, admin.ModelAdmin):
    list_display = ("name", "short_name", "kind", "country", "role_ar", "quotation_count", "needs_review")
    list_select_related = ("country",)
    list_filter = ("needs_review", "kind", ("country", admin.RelatedOnlyFieldListFilter))
    ordering = ("sort_key", "pk")  # named, because a query that counts loses its table's own
    search_fields = ("key", "name_en")
    key_fields = ("name_key", "variants__key")
    autocomplete_fields = ("country",)
    prepopulated_fields = {"key": ("name_en",)}
    readonly_fields = ("quotation_count",)
    fieldsets = (
        (None, {"fields": ("name_ar", "name_en", "short_name", "key", "kind", "country", "role_ar")}),
        (_("Curation"), {"fields": ("needs_review", "note", "quotation_count")}),
    )
    inlines = (VariantInline, TermInline)
    actions = ("mark_reviewed", "merge_selected")

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.merge_view)
        return [path("merge/", view, name="archive_speaker_merge"), *super().get_urls()]

    def merge_view(self, request: HttpRequest) -> HttpResponse:
        """Asks which of several speakers is kept, and makes them one."""
        if not (self.has_change_permission(request) and self.has_delete_permission(request)):
            raise PermissionDenied
        asked = request.POST if request.method == "POST" else request.GET
        numbers = [*asked.getlist("speakers"), asked.get("kept", "")]
        chosen = Speaker.objects.filter(pk__in=typed_numbers(numbers))
        rows = list(chosen.with_quotation_counts().select_related("country").prefetch_related("variants"))
        if len(rows) < 2:
            self.message_user(request, _("Choose two speakers at least."), messages.WARNING)
            return HttpResponseRedirect(reverse("admin:archive_speaker_review"))
        # The best known of them unless the curator says otherwise.
        best = max(
            rows, key=lambda row: (str(row.pk) == numbers[-1], not row.needs_review, row.quotation_count)
        )
        if request.method == "POST":
            others = [row for row in rows if row != best]
            try:
                merge_speakers(kept=best, merged=others, user=request.user)
            except ValidationError as error:
                self.message_user(request, " ".join(error.messages), messages.ERROR)
                return HttpResponseRedirect(reverse("admin:archive_speaker_review"))
            self.message_user(request, _("The speakers are one now."), messages.SUCCESS)
            return HttpResponseRedirect(reverse("admin:archive_speaker_change", args=[best.pk]))
        context = {
            **self.admin_site.each_context(request),
            "title": _("Merge speakers"),
            "opts": self.opts,
            "rows": rows,
            "kept": best.pk,
            "mixed": len({row.kind for row in rows}) > 1,
        }
        return TemplateResponse(request, "admin/archive/merge_speakers.html", context)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).with_quotation_counts()

    def save_formset(
        self, request: HttpRequest, form: forms.ModelForm, formset: forms.BaseModelFormSet, change: bool
    ) -> None:
        super().save_formset(request, form, formset, change)
        if formset.model is NameVariant:
            for variant in formset.new_objects:
                self.message_user(request, announcement(variant), messages.INFO)

    @admin.display(description=_("Arabic name"), ordering="sort_key")
    def name(self, speaker: Speaker) -> str:
        return speaker.name_ar

    @admin.display(description=_("quotations"), ordering="quotation_count")
    def quotation_count(self, speaker: Speaker) -> SafeString | str:
        if speaker.pk is None:
            return "0"
        return list_link(Quotation, speaker.quotation_count, speaker__pk__exact=speaker.pk)

    @admin.action(description=_("Mark the selected speakers as reviewed"), permissions=["change"])
    def mark_reviewed(self, request: HttpRequest, rows: QuerySet) -> None:
        count = confirm_speakers(speakers=rows)
        message = ngettext("%(count)d speaker changed.", "%(count)d speakers changed.", count)
        self.message_user(request, message % {"count": count}, messages.SUCCESS)

    @admin.action(description=_("Merge the selected speakers"), permissions=["change", "delete"])
    def merge_selected(self, request: HttpRequest, rows: QuerySet) -> HttpResponse:
        query = {"speakers": list(rows.values_list("pk", flat=True))}
        return HttpResponseRedirect(reverse("admin:archive_speaker_merge", query=query))


@admin.register(NameVariant)
class NameVariantAdmin(VariantPreview, SpellingSearch, admin.ModelAdmin):
    list_display = ("text", "speaker", "alone", "preview")
    list_select_related = ("speaker",)
    list_filter = ("alone", "speaker__kind")
    search_fields = ("speaker__name_en",)
    key_fields = ("key", "speaker__name_key")
    autocomplete_fields = ("speaker",)

    def save_model(self, request: HttpRequest, obj: NameVariant, form: forms.ModelForm, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if not change:
            self.message_user(request, announcement(obj), messages.INFO)


@admin.register(TermOfOffice)
class TermOfOfficeAdmin(SpellingSearch, admin.ModelAdmin):
    form = TermForm
    list_display = ("speaker", "title_ar", "country", "organisation", "starts_on", "ends_on", "sure")
    list_display_links = ("speaker", "title_ar")
    list_select_related = ("speaker", "country", "organisation")
    list_filter = ("sure", "precision", ("country", admin.RelatedOnlyFieldListFilter))
    date_hierarchy = "starts_on"
    search_fields = ("key", "title_en", "speaker__name_en")
    key_fields = ("title_key", "speaker__name_key", "speaker__variants__key")
    autocomplete_fields = ("speaker", "country", "organisation")
