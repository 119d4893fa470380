"""How the archive's tables are read: every question that pages, search and commands ask."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any, Self

from django.db import models
from django.db.models import Count, Exists, OuterRef, Q, Value
from django.db.models.functions import Replace

from archive.models.changes import TrackedQuerySet
from archive.models.rights import Rights
from archive.typed_names import is_called, is_latin, typed_keys, typed_numbers, words_key

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


class NamedQuerySet(ArchiveQuerySet):
    """Rows with a key, an Arabic and an English name, and variants."""

    def named(self, text: str) -> Self:
        """The rows that ``text`` means."""
        return self.filter(pk__in=self.meant_by([text])[text])

    def meant_by(self, texts: Iterable[str]) -> dict[str, set[Any]]:
        """The primary keys that each text means: the row whose key or number it is, or else all it names.

        By any name or variant, in any case, hyphenated or not, with the article or without it. Three
        database queries at most.
        """
        keys = {text: typed_keys(text) for text in texts}
        every = _every(keys)
        called: dict[str, set[int]] = defaultdict(set)
        rows = self.filter(Q(key__in=keys) | Q(pk__in=typed_numbers(keys)) | Q(name_key__in=every)).order_by()
        rows_found = list(rows.values_list("pk", "key", "name_key"))
        for pk, _key, name_key in rows_found:
            called[name_key].add(pk)
        variant = self.model.variants.field
        variants = variant.model.objects.alias(words=Replace("key", Value("-"), Value(" "))).order_by()
        spelled = variants.filter(
            Q(key__in=every) | Q(words__in=every), **{f"{variant.name}__in": self.all()}
        )
        for pk, key in spelled.values_list(variant.name, "key"):
            called[key].add(pk)
            called[key.replace("-", " ")].add(pk)
        meant = {text: _meant(text, [row[:2] for row in rows_found]) for text in keys}
        latin = {text for text in keys if not meant[text] and is_latin("".join(keys[text]))}
        names = self._latin_names() if latin else []
        for text in latin:
            found = [pk for pk, name, person in names if is_called(name, keys[text], surnames=person)]
            meant[text] = _called(called, keys[text]).union(found)
        return {text: meant[text] or _called(called, keys[text]) for text in keys}

    def _latin_names(self) -> list[tuple[int, str, bool]]:
        """Primary key and Latin name of each row, and whether its surname is enough."""
        return [
            (pk, name, False) for pk, name in self.exclude(name_en="").order_by().values_list("pk", "name_en")
        ]


def _every(keys: Mapping[str, frozenset[str]]) -> frozenset[str]:
    return frozenset().union(*keys.values())


def _called(rows: Mapping[str, set[int]], keys: frozenset[str]) -> set[int]:
    return set().union(*(rows[key] for key in keys if key in rows))


def _meant(text: str, rows: Iterable[tuple[int, str]]) -> set[int]:
    """The primary keys of the ``rows`` (primary key and key) whose number or key ``text`` is."""
    numbers = typed_numbers([text])
    return {pk for pk, key in rows if pk in numbers or key == text}


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


class SpeakerQuerySet(NamedQuerySet):
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

    def _latin_names(self) -> list[tuple[int, str, bool]]:
        """A person's surname is enough; who shares it with others is named together with them."""
        rows = self.exclude(name_en="").order_by().values_list("pk", "name_en", "kind")
        return [(pk, name, kind == "person") for pk, name, kind in rows]


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

    def named(self, text: str) -> "CountryQuerySet":
        """The countries that ``text`` means."""
        return self.filter(code__in=self.meant_by([text])[text])

    def meant_by(self, texts: Iterable[str]) -> dict[str, set[Any]]:
        """The ISO codes that each text means: that which it is, or else of all that it names.

        By a name in either language, in any case, with the article or without it, or by a nisba that
        is no name. Two database queries at most.
        """
        rows = list(self.order_by().values_list("code", "name_en", "search_key"))
        codes = {code for code, *_names in rows}
        meant: dict[str, set[Any]] = {}
        arabic: dict[str, frozenset[str]] = {}
        for text in texts:
            keys = typed_keys(text)
            if (code := text.strip().upper()) in codes:
                meant[text] = {code}
            elif is_latin("".join(keys)):
                meant[text] = {code for code, name, _said in rows if is_called(name, keys)}
            else:
                meant[text], arabic[text] = set(), keys
        words = {frozenset(key.split()) for key in _every(arabic)}
        said = [code for code, _name, said in rows if any(map(frozenset(_split(said)).issuperset, words))]
        if not said:
            return meant
        known = self.filter(code__in=said).order_by()
        called = [
            (code, _keys_of([name_ar, *other_names]), _keys_of(demonyms))
            for code, name_ar, other_names, demonyms in known.values_list(
                "code", "name_ar", "other_names", "demonyms"
            )
        ]
        for text, keys in arabic.items():
            names = {code for code, names, _nisbas in called if not keys.isdisjoint(names)}
            meant[text] = names or {code for code, _names, nisbas in called if not keys.isdisjoint(nisbas)}
        return meant


def _split(key: str) -> list[str]:
    return key.replace("-", " ").split()


def _keys_of(names: Iterable[str]) -> frozenset[str]:
    return frozenset(map(words_key, names))


class SourceQuerySet(NamedQuerySet):
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

    def named(self, text: str) -> "MeetingQuerySet":
        """The meetings that ``text`` means."""
        return self.filter(pk__in=self.meant_by([text])[text])

    def meant_by(self, texts: Iterable[str]) -> dict[str, set[Any]]:
        """The primary keys that each text means: the row whose key or number it is, or else all it names.

        By a name or a variant, or else by the city, the year or both. Two database queries.
        """
        keys = {text: typed_keys(text) for text in texts}
        rows = list(self.order_by().values_list("pk", "key", *_MEETING_NAMES, "starts_on"))
        called: dict[str, set[int]] = defaultdict(set)
        held: dict[str, set[int]] = defaultdict(set)
        variants = self.filter(variants__key__in=_every(keys)).order_by()
        for pk, key in variants.values_list("pk", "variants__key"):
            called[key].add(pk)
        for pk, _key, *names, city_ar, city_en, starts_on in rows:
            for name in map(words_key, names):
                called[name].add(pk)
            year = str(starts_on.year)
            cities = list(map(words_key, (city_ar, city_en, city_en.removesuffix(" City"))))
            for name in (year, *cities, *(f"{city} {year}" for city in cities)):
                held[name].add(pk)
        return {
            text: _meant(text, [row[:2] for row in rows])
            or _called(called, keys[text])
            or _called(held, keys[text])
            for text in keys
        }


_MEETING_NAMES = ("name_ar", "short_name_ar", "name_en", "city_ar", "city_en")
