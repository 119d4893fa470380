"""The queue of changes that search must see, written in the transaction that makes them.

A model whose rows search shows derives from ``Tracked``: saving or deleting a row, or a whole
queryset, adds what it touches to ``Change`` in the same transaction, so nothing can be committed and
missed. The archive does not know who drains the queue: after the commit it calls the function that
``settings.ARCHIVE_AFTER_CHANGE`` names. A row that says what a name means is stamped as well.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from archive.models.stamps import raise_stamps

_held: ContextVar[bool] = ContextVar("held", default=False)


class Change(models.Model):
    """An object whose index entry may be out of date. The drainer reads the object as it is now."""

    id = models.BigAutoField(primary_key=True)
    subject = models.CharField(_("subject"), max_length=40)
    object_id = models.CharField(_("object"), max_length=64)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    class Meta:
        verbose_name = _("queued change")
        verbose_name_plural = _("queued changes")
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.subject} {self.object_id}"


def record_changes(touched: Iterable[tuple[str, Any]]) -> None:
    """Queue (subject, primary key) pairs; must run inside the transaction that changed them."""
    rows = [Change(subject=subject, object_id=str(pk)) for subject, pk in dict.fromkeys(touched) if pk]
    if not rows:
        return
    Change.objects.bulk_create(rows, batch_size=500)
    raise_stamps({row.subject for row in rows})
    waiting = transaction.get_connection().run_on_commit
    if not any(hook[1] is announce_changes for hook in waiting):
        transaction.on_commit(announce_changes)


def announce_changes() -> None:
    """Tell whoever drains the queue that there is something in it."""
    if not _held.get() and settings.ARCHIVE_AFTER_CHANGE:
        import_string(settings.ARCHIVE_AFTER_CHANGE)()


@contextmanager
def hold_announcements() -> Iterator[None]:
    """Within the block changes are queued as ever but announced once, at its end."""
    if _held.get():
        yield
        return
    token = _held.set(True)
    try:
        yield
    finally:
        _held.reset(token)
        if Change.objects.exists():
            announce_changes()


class TrackedQuerySet(models.QuerySet):
    """A queryset whose bulk writes queue their changes too."""

    def _touched(self) -> list[tuple[str, Any]]:
        subject, link = self.model._meta.model_name, self.model.article_link
        if link is None:
            return [(subject, pk) for pk in self.values_list("pk", flat=True)]
        rows = self.values_list("pk", link)
        return [pair for pk, article in rows for pair in ((subject, pk), ("article", article))]

    def update(self, **values: Any) -> int:
        with transaction.atomic(using=self.db):
            touched = self._touched()
            count = super().update(**values)
            moved = self.model.objects.filter(pk__in=[pk for _subject, pk in touched])._touched()
            record_changes(touched + moved)
        return count

    update.alters_data = True

    def delete(self) -> tuple[int, dict[str, int]]:
        with transaction.atomic(using=self.db):
            touched = self.order_by()._touched()
            result = super().delete()
            record_changes(touched)
        return result

    delete.alters_data = True
    delete.queryset_only = True

    def bulk_create(self, objs: Iterable[Any], *args: Any, **kwargs: Any) -> list[Any]:
        with transaction.atomic(using=self.db):
            created = super().bulk_create(objs, *args, **kwargs)
            record_changes(pair for row in created for pair in row.touched())
        return created

    bulk_create.alters_data = True


class Tracked(models.Model):
    """A row that search shows. ``article_link`` names the column with the article it belongs to."""

    article_link: str | None = None

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        with transaction.atomic():
            super().save(*args, **kwargs)
            record_changes(self.touched())

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        with transaction.atomic():
            touched = self.touched()
            result = super().delete(*args, **kwargs)
            record_changes(touched)
        return result

    def touched(self) -> list[tuple[str, Any]]:
        """What search must look at again when this row changes."""
        own = [(self._meta.model_name, self.pk)]
        if self.article_link and self.article_link != "pk":
            own.append(("article", getattr(self, self.article_link)))
        return own
