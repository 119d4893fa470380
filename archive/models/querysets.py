"""How the archive's tables are read: every question that pages, search and commands ask."""

from datetime import date, timedelta
from typing import Any

from django.db import models
from django.db.models import Count, Exists, OuterRef, Q

from archive.models.changes import TrackedQuerySet
from archive.models.rights import Rights

# Announcement, oath and handover differ by up to a week (the reference data's own note), so a term
# of office is taken to reach a week beyond either end.
TERM_TOLERANCE = timedelta(days=7)


def visible(article: str = "") -> Q:
    """The condition that a reader may see an article; ``article`` is the path to it, ending in ``__``."""
    return ~Q(**{f"{article}rights": Rights.HIDDEN}) & ~Q(
        **{f"{article}rights": "", f"{article}source__rights": Rights.HIDDEN}
    )


def visible_quotation(quotation: str) -> Q:
    """The condition that a reader may see a quotation; ``quotation`` is the path to it, ending in ``__``."""
    return (
        Q(**{f"{quotation}pk__isnull": False})
        & ~Q(**{f"{quotation}review": "rejected"})
        & visible(f"{quotation}article__")
    )


class NaturalKeyQuerySet(models.QuerySet):
    """Rows that fixtures name by something readable instead of a number."""

    natural_fields: tuple[str, ...] = ()

    def get_by_natural_key(self, *values: Any) -> models.Model:
        fields = self.natural_fields or NATURAL_KEYS[self.model.__name__]
        return self.get(**dict(zip(fields, values, strict=True)))


NATURAL_KEYS = {
    "Country": ("code",),
    "Source": ("key",),
    "SourceVariant": ("source__key", "text"),
    "Speaker": ("key",),
    "NameVariant": ("speaker__key", "text"),
    "TermOfOffice": ("key",),
    "Meeting": ("key",),
    "MeetingVariant": ("meeting__key", "text"),
    "LexiconEntry": ("category", "text"),
    "DatedEvent": ("key",),
}


class ArchiveQuerySet(NaturalKeyQuerySet, TrackedQuerySet):
    """What every tracked table's queryset can do."""


class ArticleQuerySet(ArchiveQuerySet):
    def published(self) -> "ArticleQuerySet":
        """The articles that a reader may see at all."""
        return self.filter(visible())

    def listed(self) -> "ArticleQuerySet":
        """Published, with what a list shows and without the long columns."""
        return (
            self.published()
            .select_related("source", "meeting", "meeting__country")
            .defer("text", "body", "furniture", "sections")
            .with_quotation_counts()
        )

    def with_quotation_counts(self) -> "ArticleQuerySet":
        seen = ~Q(quotations__review="rejected")
        return self.annotate(
            quotation_count=Count("quotations", filter=seen, distinct=True),
            direct_count=Count("quotations", filter=seen & Q(quotations__kind="direct"), distinct=True),
        )

    def newest_first(self) -> "ArticleQuerySet":
        return self.order_by(models.F("published_on").desc(nulls_last=True), "pk")

    def about(self, code: str) -> "ArticleQuerySet":
        """The articles about a country or mentioning it; an incidental naming does not count."""
        return self.filter(
            country_links__country=code, country_links__role__in=["primary", "mentioned"]
        ).distinct()


class QuotationQuerySet(ArchiveQuerySet):
    def accepted(self) -> "QuotationQuerySet":
        """All but those that a curator rejected."""
        return self.exclude(review="rejected")

    def published(self) -> "QuotationQuerySet":
        """Accepted, in articles that a reader may see."""
        return self.accepted().filter(visible("article__"))

    def outermost(self) -> "QuotationQuerySet":
        """Those that are not part of another accepted quotation of the same speaker."""
        same = Q(parent__speaker=models.F("speaker")) | Q(parent__speaker=None, speaker=None)
        return self.filter(Q(parent=None) | Q(parent__review="rejected") | ~same)

    def shown(self) -> "QuotationQuerySet":
        """With what a transcript row shows, and without the articles' texts."""
        return self.select_related(
            "speaker", "speaker__country", "term", "article", "article__source", "article__meeting"
        ).defer("article__text", "article__body", "article__furniture", "article__sections")

    def to_review(self) -> "QuotationQuerySet":
        """What a curator should look at, the least certain first."""
        return self.filter(review="needed").order_by("confidence", "pk")


class SpeakerQuerySet(ArchiveQuerySet):
    def quoted(self) -> "SpeakerQuerySet":
        """The speakers with at least one quotation that a reader may see, and how many."""
        return self.with_quotation_counts().filter(quotation_count__gt=0)

    def with_quotation_counts(self) -> "SpeakerQuerySet":
        seen = visible_quotation("quotations__")
        return self.annotate(
            quotation_count=Count("quotations", filter=seen, distinct=True),
            direct_count=Count("quotations", filter=seen & Q(quotations__kind="direct"), distinct=True),
            article_count=Count("quotations__article", filter=seen, distinct=True),
        )

    def known(self) -> "SpeakerQuerySet":
        """All but those that an import made and no quotation that a reader may see names."""
        seen = self.model.quotations.field.model.objects.published().filter(speaker=OuterRef("pk"))
        return self.filter(Q(needs_review=False) | Exists(seen))

    def to_review(self) -> "SpeakerQuerySet":
        """New speakers; one whom nothing is attributed to any more needs nobody's attention."""
        said = self.model.quotations.field.model.objects.filter(speaker=OuterRef("pk"))
        return self.filter(Exists(said), needs_review=True)


class TermQuerySet(ArchiveQuerySet):
    def held_on(self, day: date) -> "TermQuerySet":
        """The terms that cover ``day``, a week's tolerance at either end."""
        latest = min(day, date.max - TERM_TOLERANCE) + TERM_TOLERANCE
        earliest = max(day, date.min + TERM_TOLERANCE) - TERM_TOLERANCE
        return self.filter(
            Q(starts_on=None) | Q(starts_on__lte=latest), Q(ends_on=None) | Q(ends_on__gt=earliest)
        )


class CountryQuerySet(ArchiveQuerySet):
    def with_article_counts(self) -> "CountryQuerySet":
        seen = Q(article_links__role__in=["primary", "mentioned"]) & visible("article_links__article__")
        return self.annotate(article_count=Count("article_links__article", filter=seen, distinct=True))

    def covered(self) -> "CountryQuerySet":
        """The countries that at least one article a reader may see is about or mentions."""
        return self.with_article_counts().filter(article_count__gt=0)


class SourceQuerySet(ArchiveQuerySet):
    def known(self) -> "SourceQuerySet":
        """All but those that an import made and no article that a reader may see comes from."""
        seen = self.model.articles.field.model.objects.published().filter(source=OuterRef("pk"))
        return self.filter(Q(needs_review=False) | Exists(seen))

    def with_article_counts(self) -> "SourceQuerySet":
        seen = visible("articles__")
        return self.annotate(article_count=Count("articles", filter=seen, distinct=True))

    def public(self) -> "SourceQuerySet":
        """The outlets that at least one article a reader may see comes from."""
        return self.with_article_counts().filter(article_count__gt=0)


class MeetingQuerySet(ArchiveQuerySet):
    def with_counts(self) -> "MeetingQuerySet":
        seen = visible("articles__")
        said = visible_quotation("articles__quotations__")
        return self.annotate(
            article_count=Count("articles", filter=seen, distinct=True),
            quotation_count=Count("articles__quotations", filter=said, distinct=True),
            speaker_count=Count("articles__quotations__speaker", filter=said, distinct=True),
        )

    def covered(self) -> "MeetingQuerySet":
        """The meetings that at least one article a reader may see reports."""
        return self.with_counts().filter(article_count__gt=0)
