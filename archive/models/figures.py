"""Figures: numbers of an article, and what they count."""

from django.db import models
from django.db.models import F, Value
from django.db.models.functions import Greatest, Least, Substr
from django.utils.translation import gettext_lazy as _

from archive.models.querysets import visible


class FigureQuerySet(models.QuerySet):
    def published(self) -> "FigureQuerySet":
        """In articles that a reader may see."""
        return self.filter(visible("article__"))

    def at_meeting(self, meeting: models.Model) -> "FigureQuerySet":
        """In the articles on a meeting, the newest article first, each in the order of its text."""
        dated = F("article__published_on").desc(nulls_last=True)
        return self.filter(article__meeting=meeting).order_by(dated, "article", "start", "end")

    def shown(self) -> "FigureQuerySet":
        """With what a list shows of the article and of the quotation, without the long columns."""
        return self.select_related("article__source", "quotation__speaker").defer(
            "article__text", "article__body", "article__furniture", "article__sections", "quotation__text"
        )

    def with_context(self, length: int) -> "FigureQuerySet":
        """With ``before`` and ``after``: up to ``length`` code points of the text on either side."""
        first = Greatest(F("start") + 1 - length, Value(1))
        return self.annotate(
            before=Substr("article__text", first, Least(F("start"), Value(length))),
            after=Substr("article__text", F("end") + 1, length),
        )


class Figure(models.Model):
    """A number with what it counts: ``text == article.text[start:end]``, always.

    ``value`` (and ``high``, for a range) is in single units: 436 million dollars is 436000000.
    ``counted`` is the folded key of what is counted, by which figures are compared; ``unit`` the words of
    the text.
    """

    class Bound(models.TextChoices):
        EXACT = "exact", _("as stated")
        ABOUT = "about", _("about")
        OVER = "over", _("more than")
        UNDER = "under", _("less than")
        RANGE = "range", _("from … to …")

    class Kind(models.TextChoices):
        MONEY = "money", _("money")
        SHARE = "share", _("share")
        PEOPLE = "people", _("people")
        PLACES = "places", _("places")
        BODIES = "bodies", _("organisations")
        EVENTS = "events", _("events")
        THINGS = "things", _("things")
        MEASURE = "measure", _("measure")
        TIME = "time", _("time")
        OTHER = "other", _("other")

    article = models.ForeignKey(
        "archive.Article", models.CASCADE, related_name="figures", verbose_name=_("article")
    )
    quotation = models.ForeignKey(
        "archive.Quotation",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="figures",
        verbose_name=_("quotation"),
    )
    text = models.TextField(_("text"), editable=False)
    start = models.PositiveIntegerField(_("start"))
    end = models.PositiveIntegerField(_("end"))
    value = models.DecimalField(_("value"), max_digits=20, decimal_places=3)
    high = models.DecimalField(_("highest value"), max_digits=20, decimal_places=3, null=True, blank=True)
    bound = models.CharField(_("precision"), max_length=5, choices=Bound, default=Bound.EXACT)
    unit = models.CharField(_("what is counted"), max_length=120)
    counted = models.CharField(max_length=120, editable=False, db_index=True)
    kind = models.CharField(_("kind"), max_length=7, choices=Kind, default=Kind.OTHER)

    objects = FigureQuerySet.as_manager()

    class Meta:
        verbose_name = _("figure")
        verbose_name_plural = _("figures")
        ordering = ["article", "start"]
        constraints = [
            models.CheckConstraint(condition=models.Q(end__gt=models.F("start")), name="figure_not_empty"),
            models.UniqueConstraint(fields=["article", "start", "end"], name="figure_once"),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def said_in(self) -> models.Model | None:
        """The quotation that it stands in, unless a curator rejected that."""
        quotation = self.quotation
        return None if quotation is None or quotation.review == "rejected" else quotation

    @property
    def name(self) -> str:
        """The words on one line; «10 آلاف من مقاتلي» goes on, since such a noun is never the last word."""
        words = " ".join(self.text.split())
        goes_on = f" من {self.unit}" in words and not self.unit.startswith("ال")
        return f"{words} …" if goes_on else words
