"""Corrections: made on the page of what they correct, read and withdrawn here."""

from typing import Any

from django.contrib import admin, messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from archive.admin.access import ReadOnly
from archive.admin.presentation import field_label, link, outline
from archive.admin.searching import SpellingSearch
from archive.corrections import withdraw_correction
from archive.models import Article, ArticleCountry, Correction, Country, Meeting, Quotation, Source, Speaker

# The fields whose value is the primary key of a row.
RELATED = {"source": Source, "meeting": Meeting, "speaker": Speaker}


def shown_value(correction: Correction, value: Any) -> SafeString | str:
    """A corrected value as a curator knows it: a row's name instead of its number."""
    model = RELATED.get(correction.field)
    if model is not None and isinstance(value, int):
        return link(model.objects.filter(pk=value).first())
    field = "role" if correction.target == Correction.Target.COUNTRY else correction.field
    table = {Correction.Target.COUNTRY: ArticleCountry, Correction.Target.QUOTATION: Quotation}
    choices = dict(table.get(correction.target, Article)._meta.get_field(field).flatchoices)
    return outline(choices.get(value, value))


@admin.register(Correction)
class CorrectionAdmin(ReadOnly, SpellingSearch, admin.ModelAdmin):
    list_display = ("article", "target", "field_name", "new_value", "status", "user", "created_at")
    list_select_related = ("article", "user")
    list_filter = ("status", "target", "field", ("user", admin.RelatedOnlyFieldListFilter))
    date_hierarchy = "created_at"
    search_fields = ("field", "user__username")
    key_fields = ("article__title_key",)
    text_fields = ("anchor", "note")
    fields = readonly_fields = (
        "article",
        "target",
        "field_name",
        "new_value",
        "old_value",
        "anchor",
        "before",
        "after",
        "status",
        "user",
        "note",
        "created_at",
    )
    actions = ("withdraw",)

    @admin.display(description=_("field"), ordering="field")
    def field_name(self, correction: Correction) -> str:
        if correction.target == Correction.Target.COUNTRY:
            country = Country.objects.filter(pk=correction.field).first()
            return str(country or correction.field)
        quoted = correction.target == Correction.Target.QUOTATION
        return field_label(Quotation if quoted else Article, correction.field)

    @admin.display(description=_("value"))
    def new_value(self, correction: Correction) -> SafeString | str:
        return shown_value(correction, correction.value)

    @admin.display(description=_("value before"))
    def old_value(self, correction: Correction) -> SafeString | str:
        return shown_value(correction, correction.previous)

    def has_withdraw_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("archive.change_correction")

    @admin.action(description=_("Withdraw the selected corrections"), permissions=["withdraw"])
    def withdraw(self, request: HttpRequest, rows: QuerySet) -> None:
        with transaction.atomic():
            # The newest first, so that each gives back the value that it found.
            standing = list(rows.exclude(status=Correction.Status.WITHDRAWN).order_by("-created_at", "-pk"))
            for correction in standing:
                withdraw_correction(correction=correction, user=request.user)
        message = ngettext(
            "%(count)d correction withdrawn.", "%(count)d corrections withdrawn.", len(standing)
        )
        self.message_user(request, message % {"count": len(standing)}, messages.SUCCESS)
