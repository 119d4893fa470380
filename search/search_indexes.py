"""What of an article and of a quotation is indexed."""

from typing import Any

from django.db.models import Exists, F, OuterRef, Prefetch, QuerySet
from haystack import indexes

from archive.models import Article, ArticleCountry, Quotation

_ABOUT = (ArticleCountry.Role.PRIMARY, ArticleCountry.Role.MENTIONED)


class ArticleIndex(indexes.SearchIndex, indexes.Indexable):
    """The published articles: titles, body and subheadings (never page furniture), and their filters.

    ``speaker``, ``source`` and ``meeting`` are primary keys, ``country`` ISO codes of what the article is
    about or mentions, ``kind`` the kinds of its quotations, as text.
    """

    text = indexes.CharField(document=True, use_template=True)
    title = indexes.CharField(null=True)
    date = indexes.DateField(model_attr="published_on", null=True)
    source = indexes.CharField(model_attr="source_id", null=True)
    meeting = indexes.CharField(model_attr="meeting_id", null=True)
    speaker = indexes.MultiValueField()
    country = indexes.MultiValueField()
    kind = indexes.MultiValueField()

    def get_model(self) -> type[Article]:
        return Article

    def index_queryset(self, using: str | None = None) -> Any:
        """With the accepted quotations as ``said`` and the countries it is about as ``about``."""
        outermost = Exists(Quotation.objects.outermost().filter(pk=OuterRef("pk")))
        return Article.objects.published().prefetch_related(
            Prefetch(
                "quotations",
                _described(Quotation.objects.accepted()).annotate(is_outermost=outermost).order_by("start"),
                to_attr="said",
            ),
            Prefetch(
                "country_links",
                ArticleCountry.objects.filter(role__in=_ABOUT).only("article_id", "country_id").order_by(),
                to_attr="about",
            ),
        )

    def build_queryset(self, **options: Any) -> Any:
        """The articles of a command, bare: the backend reads what it writes once it holds the lock."""
        return super().build_queryset(**options).prefetch_related(None).only("pk")

    def read_queryset(self, using: str | None = None) -> Any:
        return Article.objects.published()

    def prepare_title(self, article: Any) -> str | None:
        return "\n\n".join(article.written_titles) or None

    def prepare_speaker(self, article: Any) -> list[str]:
        return sorted({str(quotation.speaker_id) for quotation in article.said if quotation.speaker_id})

    def prepare_country(self, article: Any) -> list[str]:
        return sorted({link.country_id for link in article.about})

    def prepare_kind(self, article: Any) -> list[str]:
        return sorted({quotation.kind for quotation in article.said})

    def get_updated_field(self) -> str:
        return "updated_at"


class QuotationIndex(indexes.SearchIndex, indexes.Indexable):
    """The quotations that a reader sees: their words, and what they are narrowed by.

    ``country`` is the speaker's, the rest of another row the article's.
    """

    text = indexes.CharField(document=True, model_attr="text")
    kind = indexes.CharField(model_attr="kind")
    article = indexes.IntegerField(model_attr="article_id")
    speaker = indexes.CharField(model_attr="speaker_id", null=True)
    country = indexes.CharField(model_attr="country_code", null=True)
    date = indexes.DateField(model_attr="article__published_on", null=True)
    source = indexes.CharField(model_attr="article__source_id", null=True)
    meeting = indexes.CharField(model_attr="article__meeting_id", null=True)

    def get_model(self) -> type[Quotation]:
        return Quotation

    def index_queryset(self, using: str | None = None) -> Any:
        return _described(Quotation.objects.published().outermost())

    def build_queryset(self, **options: Any) -> Any:
        """None: a command that updates the index writes the quotations with their articles."""
        return Quotation.objects.none()

    def read_queryset(self, using: str | None = None) -> Any:
        return Quotation.objects.published().shown()


def _described(quotations: QuerySet) -> QuerySet:
    """The rows with what ``QuotationIndex`` prepares, but for what is the article's."""
    rows = quotations.annotate(country_code=F("speaker__country"))
    return rows.only("article_id", "kind", "text", "speaker_id")
