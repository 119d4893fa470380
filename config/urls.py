"""Addresses of the whole site: Arabic without a prefix, English under /en/."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import include, path

from search.variant_preview import variant_preview


def favicon(request: HttpRequest) -> HttpResponse:
    """Browsers ask for this address on pages that name no icon, the admin's among them."""
    return redirect(static("img/favicon.svg"))


urlpatterns = [
    path("admin/spelling/", admin.site.admin_view(variant_preview), name="search_variant_preview"),
    path("admin/", admin.site.urls),
    path("favicon.ico", favicon),
    *i18n_patterns(
        path("", include("archive.urls")),
        path("search/", include("search.urls")),
        prefix_default_language=False,
    ),
]
