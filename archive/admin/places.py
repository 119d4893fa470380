"""Countries and what they are called."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from archive.admin.lines import LinesAdmin
from archive.admin.presentation import list_link
from archive.admin.searching import SpellingSearch
from archive.models import Article, Country


@admin.register(Country)
class CountryAdmin(LinesAdmin, SpellingSearch, admin.ModelAdmin):
    list_display = ("name", "code", "name_en", "demonym_list", "capital_list", "is_member", "article_count")
    list_filter = ("is_member",)
    ordering = ("sort_key", "code")  # named, because a query that counts loses its table's own
    search_fields = ("code", "name_en")
    key_fields = ("search_key",)
    line_fields = ("other_names", "demonyms", "capitals", "epithets")
    fields = ("code", "name_ar", "name_en", *line_fields, "is_member")

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).with_article_counts()

    def get_readonly_fields(self, request: HttpRequest, obj: Country | None = None) -> tuple[str, ...]:
        return ("code",) if obj else ()

    @admin.display(description=_("Arabic name"), ordering="sort_key")
    def name(self, country: Country) -> str:
        return country.name_ar

    @admin.display(description=_("demonyms"))
    def demonym_list(self, country: Country) -> str:
        return _(", ").join(country.demonyms)

    @admin.display(description=_("capitals"))
    def capital_list(self, country: Country) -> str:
        return _(", ").join(country.capitals)

    @admin.display(description=_("articles"), ordering="article_count")
    def article_count(self, country: Country) -> SafeString:
        return list_link(Article, country.article_count, country_links__country__code__exact=country.code)
