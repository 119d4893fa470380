"""Quotations: the span is the text's; who speaks, and what is to be thought of it, is a curator's word."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from archive.admin.presentation import link, outline
from archive.admin.review import QuotationReview
from archive.admin.searching import SpellingSearch
from archive.corrections import QUOTATION_FIELDS, correct_quotation
from archive.models import Quotation
from archive.reviewing import reasons_in_words

CONTEXT = 200  # characters of the article shown on either side of a quotation


class QuotationForm(forms.ModelForm):
    reason = forms.CharField(
        label=_("Reason for the correction"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
        help_text=_("Kept with every correction that this save makes."),
    )

    class Meta:
        model = Quotation
        fields = QUOTATION_FIELDS

    def clean_kind(self) -> str:
        kind = self.cleaned_data["kind"]
        same = {name: getattr(self.instance, name) for name in ("article_id", "start", "end")}
        if Quotation.objects.filter(kind=kind, **same).exclude(pk=self.instance.pk).exists():
            raise ValidationError(_("The same words are already kept as a quotation of this kind."))
        return kind


@admin.register(Quotation)
class QuotationAdmin(QuotationReview, SpellingSearch, admin.ModelAdmin):
    form = QuotationForm
    list_display = ("words", "speaker_name", "kind", "resolution", "confidence", "review", "article_link")
    list_select_related = ("speaker", "article")
    list_filter = (
        "review",
        "kind",
        "form",
        "resolution",
        ("speaker", admin.RelatedOnlyFieldListFilter),
        ("article__source", admin.RelatedOnlyFieldListFilter),
        ("article__meeting", admin.RelatedOnlyFieldListFilter),
    )
    date_hierarchy = "article__published_on"
    ordering = (F("article__published_on").desc(nulls_last=True), "article", "start")
    search_fields = ("cue_lemma", "speaker__name_en")
    key_fields = ("speaker__name_key", "speaker__variants__key", "article__title_key")
    text_fields = ("text",)
    autocomplete_fields = ("speaker",)
    readonly_fields = (
        "article_link",
        "in_context",
        "place",
        "form",
        "cue_lemma",
        "term",
        "resolution",
        "confidence",
        "reason_list",
        "relay_list",
        "parent",
        "continues",
    )
    fieldsets = (
        (None, {"fields": ("article_link", "in_context")}),
        (_("Correction"), {"fields": ("speaker", "kind", "review", "alone", "reason")}),
        (
            _("How it was found"),
            {
                "fields": (
                    "resolution",
                    "confidence",
                    "term",
                    "form",
                    "cue_lemma",
                    "reason_list",
                    "relay_list",
                    "parent",
                    "continues",
                    "place",
                )
            },
        ),
    )
    actions = ("confirm", "reject", "ask_for_review")

    class Media:
        css = {"all": ("css/admin.css",)}

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Quotation | None = None) -> bool:
        """A quotation that is none is rejected; deleted, the next extraction would find it again."""
        return False

    @admin.display(description=_("words"))
    def words(self, quotation: Quotation) -> str:
        return str(quotation)

    @admin.display(description=_("speaker"), ordering="speaker__sort_key")
    def speaker_name(self, quotation: Quotation) -> SafeString | str:
        return link(quotation.speaker)

    @admin.display(description=_("article"), ordering="article__title_key")
    def article_link(self, quotation: Quotation) -> SafeString | str:
        return link(quotation.article)

    @admin.display(description=_("text"))
    def in_context(self, quotation: Quotation) -> SafeString:
        text, start, end = quotation.article.text, quotation.start, quotation.end
        return format_html(
            '<div class="canonical-text" dir="auto">{}<mark>{}</mark>{}</div>',
            ("…" if start > CONTEXT else "") + text[max(0, start - CONTEXT) : start],
            quotation.text,
            text[end : end + CONTEXT] + ("…" if end + CONTEXT < len(text) else ""),
        )

    @admin.display(description=_("place in the text"))
    def place(self, quotation: Quotation) -> SafeString:
        return format_html("<bdi>{}–{}</bdi>", quotation.start, quotation.end)

    @admin.display(description=_("reasons"))
    def reason_list(self, quotation: Quotation) -> SafeString | str:
        return outline(reasons_in_words(quotation.reasons) if quotation.reasons else [])

    @admin.display(description=_("relayed by"))
    def relay_list(self, quotation: Quotation) -> SafeString | str:
        return outline(quotation.via)

    def save_model(self, request: HttpRequest, obj: Quotation, form: QuotationForm, change: bool) -> None:
        values = {name: form.cleaned_data[name] for name in QUOTATION_FIELDS if name in form.changed_data}
        if values:
            stored = Quotation.objects.get(pk=obj.pk)
            note = form.cleaned_data["reason"]
            correct_quotation(quotation=stored, values=values, user=request.user, note=note)
        obj.refresh_from_db()

    @admin.action(description=_("Confirm the selected quotations"), permissions=["change"])
    def confirm(self, request: HttpRequest, rows: QuerySet) -> None:
        self._review(request, rows, Quotation.Review.CONFIRMED)

    @admin.action(description=_("Reject the selected quotations"), permissions=["change"])
    def reject(self, request: HttpRequest, rows: QuerySet) -> None:
        self._review(request, rows, Quotation.Review.REJECTED)

    @admin.action(description=_("Put back for review"), permissions=["change"])
    def ask_for_review(self, request: HttpRequest, rows: QuerySet) -> None:
        self._review(request, rows, Quotation.Review.NEEDED)

    def _review(self, request: HttpRequest, rows: QuerySet, review: str) -> None:
        values: dict[str, Any] = {"review": review}
        with transaction.atomic():
            changed = list(rows.exclude(review=review).select_related(None))
            for quotation in changed:
                correct_quotation(quotation=quotation, values=values, user=request.user)
        message = ngettext("%(count)d quotation changed.", "%(count)d quotations changed.", len(changed))
        self.message_user(request, message % {"count": len(changed)}, messages.SUCCESS)
