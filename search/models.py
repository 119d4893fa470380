"""What was done with the indexes and what went wrong, for those who look after them."""

import logging

from django.db import DatabaseError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

logger = logging.getLogger(__name__)

EVENTS_KEPT = 200


class IndexEvent(models.Model):
    """Something that happened to the indexes; ``detail`` is a number of changes, a reason or an error."""

    class Kind(models.TextChoices):
        DRAINED = "drained", _("changes written")
        STARTED = "started", _("rebuild started")
        REBUILT = "rebuilt", _("rebuilt")
        FAILED = "failed", _("failed")
        DAMAGED = "damaged", _("damaged")

    id = models.BigAutoField(primary_key=True)
    kind = models.CharField(_("kind"), max_length=7, choices=Kind)
    at = models.DateTimeField(_("happened"), default=timezone.now)
    detail = models.TextField(_("detail"), blank=True)

    class Meta:
        verbose_name = _("index event")
        verbose_name_plural = _("search index")
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.detail}" if self.detail else self.get_kind_display()


def record_event(kind: str, detail: str = "") -> None:
    """Add an event; never raises for what the database refuses.

    One that repeats the event before it (of drains any) takes its place, so that the others are kept; its
    primary key is new all the same.
    """
    try:
        with transaction.atomic():
            last = IndexEvent.objects.first()
            if last and last.kind == kind and (kind == IndexEvent.Kind.DRAINED or last.detail == detail):
                last.delete()
            event = IndexEvent.objects.create(kind=kind, detail=detail)
            IndexEvent.objects.filter(pk__lte=event.pk - EVENTS_KEPT).delete()
    except DatabaseError:
        logger.exception("The database does not take what happened to the index: %s %s", kind, detail)
