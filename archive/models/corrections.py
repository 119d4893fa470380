"""Corrections: what a curator changed, kept as facts of their own."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Correction(models.Model):
    """A curator's word on one value; no import and no re-extraction overrides it.

    For a value that belongs to words of the text (a quotation) the correction keeps those words and
    40 characters on either side, and finds them again when the text changes. One that cannot be
    placed any more is in conflict, listed, and never dropped. ``value`` and ``previous`` are JSON:
    a primary key for relations, an ISO date for dates.
    """

    class Target(models.TextChoices):
        FIELD = "field", _("field")
        COUNTRY = "country", _("country")
        QUOTATION = "quotation", _("quotation")

    class Status(models.TextChoices):
        ACTIVE = "active", _("in force")
        CONFLICT = "conflict", _("in conflict")
        WITHDRAWN = "withdrawn", _("withdrawn")

    article = models.ForeignKey(
        "archive.Article", models.CASCADE, related_name="corrections", verbose_name=_("article")
    )
    target = models.CharField(_("target"), max_length=9, choices=Target)
    field = models.CharField(_("field"), max_length=40)
    value = models.JSONField(_("value"), null=True, blank=True)
    previous = models.JSONField(_("value before"), null=True, blank=True)
    quotation = models.ForeignKey(
        "archive.Quotation",
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="corrections",
        verbose_name=_("quotation"),
    )
    kind = models.CharField(max_length=8, blank=True, editable=False)
    anchor = models.TextField(_("corrected words"), blank=True)
    before = models.CharField(_("words before"), max_length=40, blank=True)
    after = models.CharField(_("words after"), max_length=40, blank=True)
    status = models.CharField(_("status"), max_length=9, choices=Status, default=Status.ACTIVE)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, verbose_name=_("curator")
    )
    note = models.TextField(_("note"), blank=True)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True, editable=False)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("withdrawn by"),
    )

    class Meta:
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["article", "field"],
                condition=models.Q(target="field", status="active"),
                name="correction_one_active_a_field",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.article_id}: {self.field}"
