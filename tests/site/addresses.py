"""One address of every kind of page, and of every state that a kind can be in."""

from types import SimpleNamespace

from archive.models import Article, Statement

LANGUAGES = {"ar": "", "en": "/en"}


def page_addresses(site: SimpleNamespace) -> list[str]:
    """The addresses without a language's prefix; ``site`` is what ``fill_site`` made."""
    seeds = Article.objects.published().exclude(pk__in=[site.full.pk, site.excerpt.pk])
    return [
        "/",
        "/about/",
        "/articles/",
        *(f"/articles/{article.pk}/" for article in [*seeds, site.full, site.excerpt]),
        "/speakers/",
        f"/speakers/{site.speaker.key}/",
        "/speakers/blinken/",
        "/speakers/kerry/",
        "/countries/",
        "/countries/TR/",
        "/countries/VU/",
        "/sources/",
        f"/sources/{site.outlet.key}/",
        f"/sources/{site.silent.key}/",
        "/meetings/",
        f"/meetings/{site.meeting.key}/",
        "/meetings/rome-2021/",
        "/meetings/rome-2021/figures/",
        f"/meetings/{site.awaited.key}/figures/",
        f"/meetings/{site.awaited.key}/",
        *(statement.get_absolute_url() for statement in Statement.objects.published()),
        "/search/",
        "/search/help/",
        "/search/?q=بلينكن",
        "/search/?q=بلينكن&country=TR&from=2021-01-01&to=2021-12-31&sort=oldest",
        "/search/?q=كلمةلاوجودلها",
        "/search/?q=&from=ليس تاريخاً",
    ]
