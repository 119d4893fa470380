"""Articles: the text as it was imported, the text as it is read, and what is known about it."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from archive.arabic.normalize import match_key
from archive.models.changes import Tracked
from archive.models.querysets import ArchiveQuerySet, ArticleQuerySet
from archive.models.rights import Rights


class Original(models.Model):
    """A file byte for byte as it was imported. Written once, never changed."""

    sha256 = models.CharField("SHA-256", max_length=64, unique=True, editable=False)
    content = models.BinaryField(_("content"), editable=False)
    size = models.PositiveBigIntegerField(_("size in bytes"), editable=False)
    created_at = models.DateTimeField(_("first seen"), auto_now_add=True)

    class Meta:
        verbose_name = _("original file")
        verbose_name_plural = _("original files")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.sha256[:12]


class Article(Tracked):
    """One article. Offsets anywhere in the archive count code points of its canonical ``text``.

    ``headline`` is null when the file has none; ``title`` is what pages show (the headline, or the
    incipit when ``title_basis`` is derived). ``body`` holds the paragraphs as ``{"start", "end"}``,
    ``furniture`` what is not the article as ``{"start", "end", "reason"}``, ``sections`` its
    subheadings as ``{"start", "end"}``.
    """

    class TitleBasis(models.TextChoices):
        EXPLICIT = "explicit", _("stated")
        REPEATED = "repeated", _("repeated in the text")
        DERIVED = "derived", _("from the opening words")
        CORRECTED = "corrected", _("corrected")

    class DateBasis(models.TextChoices):
        EXPLICIT = "explicit", _("stated in the text")
        FURNITURE = "furniture", _("stated beside the text")
        RELATIVE = "relative", _("inferred from a relative date")
        EVENT = "event", _("inferred from an event")
        CORRECTED = "corrected", _("corrected")
        NONE = "none", _("unknown")

    class DatePrecision(models.TextChoices):
        DAY = "day", _("day")
        MONTH = "month", _("month")
        YEAR = "year", _("year")

    text = models.TextField(_("text"), editable=False)
    text_sha256 = models.CharField(max_length=64, editable=False)
    deriver_version = models.PositiveSmallIntegerField(editable=False, default=1)
    body = models.JSONField(default=list, editable=False)
    furniture = models.JSONField(default=list, editable=False)
    sections = models.JSONField(default=list, editable=False)

    headline = models.CharField(_("headline"), max_length=500, null=True, blank=True)  # noqa: DJ001 - null: none in the file
    title = models.CharField(_("shown title"), max_length=500)
    title_basis = models.CharField(
        _("basis of the title"), max_length=9, choices=TitleBasis, default=TitleBasis.DERIVED
    )
    source = models.ForeignKey(
        "archive.Source",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="articles",
        verbose_name=_("outlet"),
    )
    published_on = models.DateField(_("date"), null=True, blank=True, db_index=True)
    date_precision = models.CharField(
        _("precision of the date"), max_length=5, choices=DatePrecision, default=DatePrecision.DAY
    )
    date_basis = models.CharField(
        _("basis of the date"), max_length=9, choices=DateBasis, default=DateBasis.NONE
    )
    dateline_place = models.CharField(_("dateline place"), max_length=120, blank=True)
    url = models.URLField(_("web address"), max_length=1000, blank=True)
    language = models.CharField(_("language"), max_length=8, default="ar")
    meeting = models.ForeignKey(
        "archive.Meeting",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="articles",
        verbose_name=_("meeting"),
    )
    countries = models.ManyToManyField(
        "archive.Country",
        through="archive.ArticleCountry",
        related_name="articles",
        verbose_name=_("countries"),
    )
    rights = models.CharField(
        _("rights"), max_length=8, choices=Rights, blank=True, help_text=_("Empty: as the outlet says.")
    )
    needs_review = models.BooleanField(_("needs review"), default=False)
    note = models.TextField(_("note"), blank=True)
    title_key = models.CharField(max_length=500, editable=False)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    updated_at = models.DateTimeField(_("changed"), auto_now=True)

    objects = ArticleQuerySet.as_manager()
    article_link = "pk"

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        ordering = [models.F("published_on").desc(nulls_last=True), "pk"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(title=""), name="article_has_a_title"),
            models.CheckConstraint(
                condition=models.Q(headline=None) | ~models.Q(headline=""),
                name="article_headline_null_not_empty",
            ),
            models.CheckConstraint(
                condition=models.Q(published_on=None, date_basis="none")
                | (models.Q(published_on__isnull=False) & ~models.Q(date_basis="none")),
                name="article_date_has_a_basis",
            ),
            models.CheckConstraint(
                condition=models.Q(rights="") | models.Q(rights__in=Rights.values),
                name="article_rights_known",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args, **kwargs) -> None:
        self.title_key = match_key(self.title)[:500]
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("article", args=[self.pk])

    @property
    def effective_rights(self) -> str:
        """The article's own rights, or else its outlet's, or else full."""
        return self.rights or (self.source.rights if self.source else Rights.FULL)

    @property
    def written_titles(self) -> list[str]:
        """The titles that someone wrote: the shown one unless it is derived, and the headline if another."""
        shown = None if self.title_basis == self.TitleBasis.DERIVED else self.title
        return list(dict.fromkeys(title for title in (shown, self.headline) if title))

    @property
    def body_text(self) -> str:
        """The paragraphs and subheadings in the order of the text, a line each: what is searched.

        A subheading that is part of a paragraph is not repeated.
        """
        paragraphs = [(span["start"], span["end"]) for span in self.body]
        headings = [
            (span["start"], span["end"])
            for span in self.sections
            if not any(span["start"] < end and start < span["end"] for start, end in paragraphs)
        ]
        return "\n".join(self.text[start:end] for start, end in sorted(paragraphs + headings))


class ArticleCountry(Tracked):
    """A country that an article speaks of; ``evidence`` lists ``{"text", "start", "end", "kind"}``."""

    class Role(models.TextChoices):
        PRIMARY = "primary", _("primary")
        MENTIONED = "mentioned", _("mentioned")
        INCIDENTAL = "incidental", _("incidental")

    class Origin(models.TextChoices):
        INFERRED = "inferred", _("inferred")
        CORRECTED = "corrected", _("corrected")

    article = models.ForeignKey(
        Article, models.CASCADE, related_name="country_links", verbose_name=_("article")
    )
    country = models.ForeignKey(
        "archive.Country", models.PROTECT, related_name="article_links", verbose_name=_("country")
    )
    role = models.CharField(_("role"), max_length=10, choices=Role)
    origin = models.CharField(_("origin"), max_length=9, choices=Origin, default=Origin.INFERRED)
    evidence = models.JSONField(_("evidence"), default=list, blank=True)

    objects = ArchiveQuerySet.as_manager()
    article_link = "article_id"

    class Meta:
        verbose_name = _("country of an article")
        verbose_name_plural = _("countries of an article")
        ordering = ["article", "-role", "country"]
        constraints = [
            models.UniqueConstraint(fields=["article", "country"], name="article_country_once"),
        ]

    def __str__(self) -> str:
        return f"{self.country} ({self.get_role_display()})"


class FieldOrigin(models.Model):
    """Where a field's value comes from, with the words that prove it (``{"text", "start", "end"}``)."""

    class Origin(models.TextChoices):
        FILE = "file", _("from the file")
        INFERRED = "inferred", _("inferred")
        CORRECTED = "corrected", _("corrected")
        UNKNOWN = "unknown", _("unknown")

    article = models.ForeignKey(Article, models.CASCADE, related_name="origins", verbose_name=_("article"))
    field = models.CharField(_("field"), max_length=40)
    origin = models.CharField(_("origin"), max_length=9, choices=Origin)
    basis = models.CharField(_("basis"), max_length=40, blank=True)
    confidence = models.FloatField(_("confidence"), default=1.0)
    evidence = models.JSONField(_("evidence"), default=list, blank=True)

    class Meta:
        verbose_name = _("origin of a field")
        verbose_name_plural = _("origins of fields")
        ordering = ["article", "field"]
        constraints = [
            models.UniqueConstraint(fields=["article", "field"], name="field_origin_once"),
            models.CheckConstraint(
                condition=models.Q(confidence__gte=0, confidence__lte=1),
                name="field_origin_confidence_in_unit",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.field}: {self.get_origin_display()}"


class Revision(models.Model):
    """The bytes that an article had at a path, first to last; the highest number is current."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="revisions", verbose_name=_("article"))
    number = models.PositiveIntegerField(_("number"))
    original = models.ForeignKey(
        Original, models.PROTECT, related_name="revisions", verbose_name=_("original file")
    )
    path = models.CharField(_("path"), max_length=1000)
    encoding = models.CharField(_("encoding"), max_length=20)
    text_sha256 = models.CharField(max_length=64)
    created_at = models.DateTimeField(_("imported"), auto_now_add=True)

    class Meta:
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        ordering = ["article", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["article", "number"], name="revision_number_once"),
        ]
        indexes = [models.Index(fields=["path"], name="revision_path")]

    def __str__(self) -> str:
        return f"{self.path} ({self.number})"
