"""Articles: corrected here, imported elsewhere, with everything that is known about their origin."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db import models
from django.db.models import QuerySet
from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from archive.admin.presentation import (
    evidence_words,
    link,
    list_link,
    marked_text,
    outline,
)
from archive.admin.provenance import CorrectionInline, ImportInline, OriginInline, RevisionInline
from archive.admin.review import ArticleReview
from archive.admin.rows import CompactRows, ReadOnlyRows
from archive.admin.searching import SpellingSearch
from archive.corrections import FIELDS, correct_country, correct_fields
from archive.models import (
    Article,
    ArticleCountry,
    Correction,
    FieldOrigin,
    Figure,
    Quotation,
    Revision,
)
from archive.models.rights import Rights

PLAIN = ("rights", "needs_review", "note")


class ArticleForm(forms.ModelForm):
    title = forms.CharField(
        label=_("Shown title"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
        help_text=_("Empty: the headline, or else the opening words."),
    )
    reason = forms.CharField(
        label=_("Reason for the correction"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
        help_text=_("Kept with every correction that this save makes."),
    )

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Article
        fields = ()  # the admin's fieldsets name them
        widgets = {
            "headline": forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["seen"] = self.instance.updated_at.isoformat()

    def clean(self) -> dict[str, Any]:
        """Refuse to save over what somebody else changed while the form was open."""
        cleaned = super().clean()
        seen = cleaned.pop("seen", "")
        if seen and seen != self.initial.get("seen"):
            raise forms.ValidationError(
                _("The article was changed while this page was open. Open it again and repeat your change.")
            )
        return cleaned


class CountryInline(CompactRows, admin.TabularInline):
    model = ArticleCountry
    fields = ("country", "role", "origin", "words")
    readonly_fields = ("origin", "words")
    autocomplete_fields = ("country",)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("country")

    @admin.display(description=_("evidence"))
    def words(self, row: ArticleCountry) -> str:
        return evidence_words(row.evidence)


class QuotationInline(ReadOnlyRows, admin.TabularInline):
    model = Quotation
    fields = readonly_fields = ("words", "kind", "speaker", "resolution", "confidence", "review")
    fk_name = "article"

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("speaker")

    @admin.display(description=_("words"))
    def words(self, row: Quotation) -> SafeString | str:
        return link(row)


@admin.register(Article)
class ArticleAdmin(ArticleReview, SpellingSearch, admin.ModelAdmin):
    form = ArticleForm
    list_display = (
        "shown_title",
        "source",
        "published_on",
        "date_basis",
        "meeting",
        "quotation_count",
        "needs_review",
    )
    list_select_related = ("source", "meeting")
    list_filter = (
        "needs_review",
        "rights",
        "title_basis",
        "date_basis",
        ("source", admin.RelatedOnlyFieldListFilter),
        ("meeting", admin.RelatedOnlyFieldListFilter),
        ("country_links__country", admin.RelatedOnlyFieldListFilter),
    )
    date_hierarchy = "published_on"
    ordering = Article._meta.ordering  # named, because a query that counts loses its table's own
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}
    search_fields = ("url", "revisions__path")
    key_fields = ("title_key", "source__name_key", "source__variants__key")
    autocomplete_fields = ("source", "meeting")
    readonly_fields = ("title_basis", "date_basis", "shown_text", "report", "created_at", "updated_at")
    fieldsets = (
        (None, {"fields": ("headline", "title", "title_basis")}),
        (
            _("Publication"),
            {"fields": ("source", "published_on", "date_precision", "date_basis", "dateline_place", "url")},
        ),
        (_("Subject"), {"fields": ("meeting", "language")}),
        (_("Curation"), {"fields": ("rights", "needs_review", "note", "reason", "seen")}),
        (_("Text"), {"fields": ("shown_text",)}),
        (_("Import report"), {"classes": ("collapse",), "fields": ("report", "created_at", "updated_at")}),
    )
    inlines = (CountryInline, QuotationInline, OriginInline, CorrectionInline, RevisionInline, ImportInline)
    actions = ("mark_reviewed", "show_in_full", "show_excerpt", "hide", "follow_outlet")

    class Media:
        css = {"all": ("css/admin.css",)}

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Articles come from files, by ``import_articles``."""
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        rows = super().get_queryset(request).with_quotation_counts()
        return rows if request.resolver_match.kwargs.get("object_id") else rows.defer("text", "body")

    @admin.display(description=_("shown title"), ordering="title_key")
    def shown_title(self, article: Article) -> str:
        return article.title

    @admin.display(description=_("quotations"), ordering="quotation_count")
    def quotation_count(self, article: Article) -> SafeString:
        return list_link(Quotation, article.quotation_count, article__pk__exact=article.pk)

    @admin.display(description=_("text"))
    def shown_text(self, article: Article) -> SafeString:
        return marked_text(article.text, article.furniture)

    @admin.display(description=_("what the importer found"))
    def report(self, article: Article) -> SafeString | str:
        latest = article.imports.exclude(report={}).order_by("-pk").first()
        return outline(latest.report if latest else None)

    def save_model(self, request: HttpRequest, obj: Article, form: ArticleForm, change: bool) -> None:
        stored = Article.objects.get(pk=obj.pk)
        values = {name: form.cleaned_data[name] for name in FIELDS if name in form.changed_data}
        plain = [name for name in PLAIN if name in form.changed_data]
        if plain:
            for name in plain:
                setattr(stored, name, form.cleaned_data[name])
            stored.save(update_fields=[*plain, "updated_at"])
        if values:
            correct_fields(article=stored, values=values, user=request.user, note=form.cleaned_data["reason"])
        obj.refresh_from_db()

    def save_formset(
        self, request: HttpRequest, form: ArticleForm, formset: BaseInlineFormSet, change: bool
    ) -> None:
        if formset.model is not ArticleCountry:
            super().save_formset(request, form, formset, change)
            return
        kept = formset.save(commit=False)
        by_hand = {"article": form.instance, "user": request.user, "note": form.cleaned_data["reason"]}
        before = {row.pk: row for row in ArticleCountry.objects.filter(article=form.instance)}
        for row in formset.deleted_objects:
            correct_country(country=row.country, role=None, **by_hand)
        for row in kept:
            if row.pk and before[row.pk].country_id != row.country_id:
                correct_country(country=before[row.pk].country, role=None, **by_hand)
            correct_country(country=row.country, role=row.role, **by_hand)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> tuple[list, dict, set, list]:
        """What belongs to an article goes with it, though none of it is deleted by itself."""
        found, counts, refused, protected = super().get_deleted_objects(objs, request)
        own = (Correction, FieldOrigin, Figure, Quotation, Revision, ArticleCountry)
        return found, counts, refused - {model._meta.verbose_name for model in own}, protected

    @admin.action(description=_("Mark the selected articles as reviewed"), permissions=["change"])
    def mark_reviewed(self, request: HttpRequest, rows: QuerySet) -> None:
        self._tell(request, rows.update(needs_review=False))

    @admin.action(description=_("Show the full text"), permissions=["change"])
    def show_in_full(self, request: HttpRequest, rows: QuerySet) -> None:
        self._tell(request, rows.update(rights=Rights.FULL))

    @admin.action(description=_("Show an excerpt only"), permissions=["change"])
    def show_excerpt(self, request: HttpRequest, rows: QuerySet) -> None:
        self._tell(request, rows.update(rights=Rights.EXCERPT))

    @admin.action(description=_("Hide from readers"), permissions=["change"])
    def hide(self, request: HttpRequest, rows: QuerySet) -> None:
        self._tell(request, rows.update(rights=Rights.HIDDEN))

    @admin.action(description=_("Show as the outlet says"), permissions=["change"])
    def follow_outlet(self, request: HttpRequest, rows: QuerySet) -> None:
        self._tell(request, rows.update(rights=""))

    def _tell(self, request: HttpRequest, count: int) -> None:
        message = ngettext("%(count)d article changed.", "%(count)d articles changed.", count)
        self.message_user(request, message % {"count": count}, messages.SUCCESS)


@admin.register(ArticleCountry)
class ArticleCountryAdmin(SpellingSearch, admin.ModelAdmin):
    list_display = ("article", "country", "role", "origin", "words")
    list_select_related = ("article", "country")
    list_filter = ("role", "origin", ("country", admin.RelatedOnlyFieldListFilter))
    search_fields = ("country__code", "country__name_en")
    key_fields = ("country__name_key", "article__title_key")
    autocomplete_fields = ("article", "country")
    readonly_fields = ("origin", "words")
    fields = ("article", "country", "role", "origin", "words")
    actions = None

    def get_readonly_fields(self, request: HttpRequest, obj: ArticleCountry | None = None) -> tuple:
        return ("article", "country", *self.readonly_fields) if obj else self.readonly_fields

    @admin.display(description=_("evidence"))
    def words(self, row: ArticleCountry) -> str:
        return evidence_words(row.evidence)

    def save_model(self, request: HttpRequest, obj: ArticleCountry, form: Any, change: bool) -> None:
        correct_country(article=obj.article, country=obj.country, role=obj.role, user=request.user)
        stored = ArticleCountry.objects.get(article=obj.article, country=obj.country)
        obj.pk, obj._state.adding = stored.pk, False
        obj.refresh_from_db()

    def delete_model(self, request: HttpRequest, obj: ArticleCountry) -> None:
        correct_country(article=obj.article, country=obj.country, role=None, user=request.user)
