"""Quotations: the words, who said them, and how that is known."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from archive.models.changes import Tracked
from archive.models.querysets import QuotationQuerySet


class Quotation(Tracked):
    """Words of an article that somebody said: ``text == article.text[start:end]``, always."""

    class Kind(models.TextChoices):
        DIRECT = "direct", _("verbatim")
        INDIRECT = "indirect", _("paraphrased")

    class Form(models.TextChoices):
        FULL = "full", _("sentence")
        CLAUSE = "clause", _("clause")
        FRAGMENT = "fragment", _("fragment")
        NOMINAL = "nominal", _("noun phrase")
        HEADLINE = "headline", _("headline")

    class Resolution(models.TextChoices):
        NAMED = "named", _("by full name")
        SURNAME = "surname", _("by surname")
        ROLE = "role", _("by title")
        GROUP = "group", _("as a group")
        RELATIVE = "relative", _("by a relative clause")
        DROPPED = "dropped", _("subject understood")
        CONTINUATION = "continuation", _("goes on from before")
        ANONYMOUS = "anonymous", _("unnamed")
        CURATOR = "curator", _("by a curator")
        NONE = "none", _("unknown")

    class Review(models.TextChoices):
        PENDING = "pending", _("not reviewed")
        NEEDED = "needed", _("needs review")
        CONFIRMED = "confirmed", _("confirmed")
        CORRECTED = "corrected", _("corrected")
        REJECTED = "rejected", _("rejected")

    article = models.ForeignKey(
        "archive.Article", models.CASCADE, related_name="quotations", verbose_name=_("article")
    )
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    form = models.CharField(_("form"), max_length=8, choices=Form, default=Form.CLAUSE)
    text = models.TextField(_("text"), editable=False)
    start = models.PositiveIntegerField(_("start"))
    end = models.PositiveIntegerField(_("end"))
    paragraph = models.PositiveIntegerField(_("paragraph"), null=True, blank=True)
    cue_lemma = models.CharField(_("reporting verb"), max_length=40, blank=True)
    cue_start = models.PositiveIntegerField(null=True, blank=True, editable=False)
    cue_end = models.PositiveIntegerField(null=True, blank=True, editable=False)
    speaker = models.ForeignKey(
        "archive.Speaker",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="quotations",
        verbose_name=_("speaker"),
    )
    term = models.ForeignKey(
        "archive.TermOfOffice",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="quotations",
        verbose_name=_("office at the time"),
    )
    surface_start = models.PositiveIntegerField(null=True, blank=True, editable=False)
    surface_end = models.PositiveIntegerField(null=True, blank=True, editable=False)
    resolution = models.CharField(
        _("how the speaker is known"), max_length=12, choices=Resolution, default=Resolution.NONE
    )
    confidence = models.FloatField(_("confidence"), default=0.0)
    reasons = models.JSONField(_("reasons"), default=list, blank=True)
    via = models.JSONField(_("relayed by"), default=list, blank=True)
    parent = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="parts", verbose_name=_("inside")
    )
    continues = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="continuations",
        verbose_name=_("continues"),
    )
    statement = models.ForeignKey(
        "archive.Statement",
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="quotations",
        verbose_name=_("statement"),
    )
    alone = models.BooleanField(
        _("stands alone"),
        default=False,
        help_text=_("It is not the same statement as any other quotation."),
    )
    review = models.CharField(_("review"), max_length=9, choices=Review, default=Review.PENDING)

    objects = QuotationQuerySet.as_manager()
    article_link = "article_id"

    class Meta:
        verbose_name = _("quotation")
        verbose_name_plural = _("quotations")
        ordering = ["article", "start", "-end"]
        constraints = [
            models.CheckConstraint(condition=models.Q(end__gt=models.F("start")), name="quotation_not_empty"),
            models.CheckConstraint(
                condition=models.Q(confidence__gte=0, confidence__lte=1), name="quotation_confidence_in_unit"
            ),
            models.UniqueConstraint(fields=["article", "kind", "start", "end"], name="quotation_once"),
            models.CheckConstraint(
                condition=models.Q(kind__in=["direct", "indirect"]), name="quotation_kind_known"
            ),
        ]

    def __str__(self) -> str:
        return self.text if len(self.text) <= 80 else self.text[:79] + "…"

    def save(self, *args, **kwargs) -> None:
        self.text = self.article.text[self.start : self.end]
        super().save(*args, **kwargs)
