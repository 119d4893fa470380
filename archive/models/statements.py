"""Statements: what one speaker said once, as several articles report it."""

from typing import Self

from django.db import models
from django.db.models import Count, Prefetch
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from archive.models.querysets import visible_quotation


class StatementQuerySet(models.QuerySet):
    """Statements have no rights of their own: what a reader may see of them is their quotations'."""

    def published(self) -> Self:
        """Those that at least two articles report which a reader may see, with the number of articles."""
        seen = visible_quotation("quotations__")
        count = Count("quotations__article", filter=seen, distinct=True)
        return self.annotate(article_count=count).filter(article_count__gt=1)

    def with_versions(self) -> Self:
        """With speaker, meeting and the quotations that a reader may see, as ``seen`` of each."""
        quotations = self.model._meta.get_field("quotations").related_model.objects
        rows = quotations.published().shown().order_by("article", "start", "-end", "pk")
        return self.select_related("speaker__country", "meeting").prefetch_related(
            Prefetch("quotations", rows, to_attr="seen")
        )

    def most_reported_first(self) -> Self:
        return self.order_by("-article_count", "pk")


class Statement(models.Model):
    """The same words of one speaker in at least two articles, other translations included.

    Made and kept up to date by ``archive.statements``; a curator takes a quotation out by saying that
    it stands alone (``Quotation.alone``).
    """

    speaker = models.ForeignKey(
        "archive.Speaker", models.CASCADE, related_name="statements", verbose_name=_("speaker")
    )
    meeting = models.ForeignKey(
        "archive.Meeting",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="statements",
        verbose_name=_("meeting"),
    )
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    objects = StatementQuerySet.as_manager()

    class Meta:
        verbose_name = _("statement")
        verbose_name_plural = _("statements")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.speaker} ({self.pk})"

    def get_absolute_url(self) -> str:
        return reverse("statement", args=[self.pk])
