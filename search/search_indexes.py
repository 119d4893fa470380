"""What of an article is indexed."""

from typing import Any

from django.db.models import Prefetch
from haystack import indexes

from archive.models import Article, ArticleCountry, Quotation

_ABOUT = (ArticleCountry.Role.PRIMARY, ArticleCountry.Role.MENTIONED)


class ArticleIndex(indexes.SearchIndex, indexes.Indexable):
    """The published articles: titles, body and subheadings (never page furniture), and their filters.

    ``speaker``, ``source`` and ``meeting`` are primary keys, ``country`` ISO codes, as text.
    """

    text = indexes.CharField(document=True, use_template=True)
    title = indexes.CharField(null=True)
    date = indexes.DateField(model_attr="published_on", null=True)
    source = indexes.CharField(model_attr="source_id", null=True)
    meeting = indexes.CharField(model_attr="meeting_id", null=True)
    speaker = indexes.MultiValueField()
    country = indexes.MultiValueField()

    def get_model(self) -> type[Article]:
        return Article

    def index_queryset(self, using: str | None = None) -> Any:
        return Article.objects.published().prefetch_related(
            Prefetch(
                "quotations",
                Quotation.objects.accepted()
                .exclude(speaker=None)
                .only("article_id", "speaker_id")
                .order_by(),
                to_attr="said",
            ),
            Prefetch(
                "country_links",
                ArticleCountry.objects.filter(role__in=_ABOUT).only("article_id", "country_id").order_by(),
                to_attr="about",
            ),
        )

    def prepare_title(self, article: Any) -> str | None:
        return "\n\n".join(article.written_titles) or None

    def prepare_speaker(self, article: Any) -> list[str]:
        return sorted({str(quotation.speaker_id) for quotation in article.said})

    def prepare_country(self, article: Any) -> list[str]:
        return sorted({link.country_id for link in article.about})

    def get_updated_field(self) -> str:
        return "updated_at"
