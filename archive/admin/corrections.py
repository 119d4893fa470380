"""Corrections: made on the page of what they correct, read and withdrawn here."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model, QuerySet
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


Names = dict[tuple[type[Model], Any], Model]


def named_rows(corrections: Iterable[Correction]) -> Names:
    """The rows that corrections name by primary key, in a query for each table."""
    wanted: dict[type[Model], set[Any]] = defaultdict(set)
    for correction in corrections:
        if correction.target == Correction.Target.COUNTRY:
            wanted[Country].add(correction.field)
        elif correction.field in RELATED:
            values = (correction.value, correction.previous)
            wanted[RELATED[correction.field]].update(value for value in values if isinstance(value, int))
    return {
        (model, pk): row for model, pks in wanted.items() for pk, row in model.objects.in_bulk(pks).items()
    }


def shown_value(correction: Correction, value: Any, names: Names) -> SafeString | str:
    """A corrected value as a curator knows it: a row's name instead of its number."""
    model = RELATED.get(correction.field)
    if model is not None and isinstance(value, int):
        return link(names.get((model, value)))
    field = "role" if correction.target == Correction.Target.COUNTRY else correction.field
    table = {Correction.Target.COUNTRY: ArticleCountry, Correction.Target.QUOTATION: Quotation}
    choices = dict(table.get(correction.target, Article)._meta.get_field(field).flatchoices)
    return outline(choices.get(value, value))


class CorrectionList(ChangeList):
    """A page of corrections whose rows know the names that they show."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        names = named_rows(self.result_list)
        for correction in self.result_list:
            correction.names = names


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
        "quotation_link",
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
            return str(self._names(correction).get((Country, correction.field), correction.field))
        quoted = correction.target == Correction.Target.QUOTATION
        return field_label(Quotation if quoted else Article, correction.field)

    @admin.display(description=_("value"))
    def new_value(self, correction: Correction) -> SafeString | str:
        return shown_value(correction, correction.value, self._names(correction))

    @admin.display(description=_("value before"))
    def old_value(self, correction: Correction) -> SafeString | str:
        return shown_value(correction, correction.previous, self._names(correction))

    def _names(self, correction: Correction) -> Names:
        if not hasattr(correction, "names"):
            correction.names = named_rows([correction])
        return correction.names

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return CorrectionList

    @admin.display(description=_("quotation"))
    def quotation_link(self, correction: Correction) -> SafeString | str:
        return link(correction.quotation)

    def has_withdraw_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("archive.change_correction")

    @admin.action(description=_("Withdraw the selected corrections"), permissions=["withdraw"])
    def withdraw(self, request: HttpRequest, rows: QuerySet) -> None:
        try:
            with transaction.atomic():
                # The newest first, so that each gives back the value that it found.
                standing = list(
                    rows.exclude(status=Correction.Status.WITHDRAWN).order_by("-created_at", "-pk")
                )
                for correction in standing:
                    withdraw_correction(correction=correction, user=request.user)
        except ValidationError as error:
            self.message_user(request, " ".join(error.messages), messages.ERROR)
            return
        message = ngettext(
            "%(count)d correction withdrawn.", "%(count)d corrections withdrawn.", len(standing)
        )
        self.message_user(request, message % {"count": len(standing)}, messages.SUCCESS)
