"""The queue of changes that search must see, written in the transaction that makes them.

A model whose rows search shows derives from ``Tracked``: whatever way a row is written through Django
(saved, loaded from a fixture, deleted, deleted with another, or as one of a queryset), what it touches is
added to ``Change`` in the same transaction, so nothing can be committed and missed. The archive does not
know who drains the queue: after the commit it calls the function that ``settings.ARCHIVE_AFTER_CHANGE``
names. A row that says what a name means is stamped as well.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.conf import settings
from django.db import connections, models, transaction
from django.db.models.signals import class_prepared, post_delete, post_save, pre_save
from django.dispatch import receiver
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from archive.models.stamps import raise_stamps

_ROWS_A_QUERY = 500

_held: ContextVar[bool] = ContextVar("held", default=False)
_heard: ContextVar[list[bool] | None] = ContextVar("heard", default=None)
_deleted: ContextVar[dict[tuple[str, Any], None] | None] = ContextVar("deleted", default=None)


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
    Change.objects.bulk_create(rows, batch_size=_ROWS_A_QUERY)
    raise_stamps({row.subject for row in rows})
    waiting = transaction.get_connection().run_on_commit
    if not any(hook[1] is announce_changes for hook in waiting):
        transaction.on_commit(announce_changes)


def announce_changes() -> None:
    """Tell whoever drains the queue that there is something in it."""
    if _held.get():
        return
    if settings.ARCHIVE_AFTER_CHANGE:
        import_string(settings.ARCHIVE_AFTER_CHANGE)()
    heard = _heard.get()
    if heard is not None:
        heard.append(True)


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


@contextmanager
def hear_announcements() -> Iterator[list[bool]]:
    """What is given is not empty once changes were announced within the block."""
    heard: list[bool] = []
    token = _heard.set(heard)
    try:
        yield heard
    finally:
        _heard.reset(token)


@contextmanager
def _deleting(using: str | None = None) -> Iterator[None]:
    """One transaction; all that is deleted in it, cascades included, is queued together at its end."""
    with transaction.atomic(using=using):
        if _deleted.get() is not None:
            yield
            return
        deleted: dict[tuple[str, Any], None] = {}
        token = _deleted.set(deleted)
        try:
            yield
        finally:
            _deleted.reset(token)
        record_changes(deleted)


class TrackedQuerySet(models.QuerySet):
    """A queryset whose bulk writes queue their changes too."""

    def _touched(self) -> list[tuple[str, Any]]:
        subject, link = self.model._meta.model_name, self.model.article_link
        if link is None:
            return [(subject, pk) for pk in self.values_list("pk", flat=True)]
        rows = self.values_list("pk", link)
        return [pair for pk, article in rows for pair in ((subject, pk), ("article", article))]

    def update(self, **values: Any) -> int:
        subject, link = self.model._meta.model_name, self.model.article_link
        with transaction.atomic(using=self.db):
            touched = self._touched()
            pks = list(dict.fromkeys(pk for name, pk in touched if name == subject))
            rows = self
            if connections[self.db].features.has_select_for_update:
                # Others write meanwhile: a row that they have just made match would not be queued.
                rows = self.filter(pk__in=pks)
            count = super(TrackedQuerySet, rows).update(**values)
            if link and link != "pk" and not values.keys().isdisjoint({link, link.removesuffix("_id")}):
                for start in range(0, len(pks), _ROWS_A_QUERY):
                    some = pks[start : start + _ROWS_A_QUERY]
                    touched += TrackedQuerySet(self.model, using=self.db).filter(pk__in=some)._touched()
            record_changes(touched)
        return count

    update.alters_data = True

    def delete(self) -> tuple[int, dict[str, int]]:
        with _deleting(self.db):
            return super().delete()

    delete.alters_data = True
    delete.queryset_only = True

    def bulk_create(self, objs: Iterable[Any], batch_size: int | None = None, **options: Any) -> list[Any]:
        """Django's, but for conflicts: which rows they leave or change is not known, so they are refused."""
        if options.get("ignore_conflicts") or options.get("update_conflicts"):
            raise NotImplementedError("Search could not be told which rows were written.")
        with transaction.atomic(using=self.db):
            created = super().bulk_create(objs, batch_size, **options)
            record_changes(pair for row in created for pair in row.touched())
        return created

    bulk_create.alters_data = True


class Tracked(models.Model):
    """A row that search shows. ``article_link`` names the column with the article it belongs to."""

    article_link: str | None = None

    # The base manager too: relations write through it (``source.articles.add(article)``).
    objects = TrackedQuerySet.as_manager()

    class Meta:
        abstract = True
        base_manager_name = "objects"

    def save(self, *args: Any, **kwargs: Any) -> None:
        with transaction.atomic():
            before = self._touched_before(kwargs.get("update_fields"))
            super().save(*args, **kwargs)
            record_changes([*self.touched(), *before])

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        with _deleting():
            return super().delete(*args, **kwargs)

    def touched(self) -> list[tuple[str, Any]]:
        """What search must look at again when this row changes."""
        own = [(self._meta.model_name, self.pk)]
        if self.article_link and self.article_link != "pk":
            own.append(("article", getattr(self, self.article_link)))
        return own

    def _touched_before(self, written: Iterable[str] | None = None) -> list[tuple[str, Any]]:
        """The article that the stored row belongs to, if ``written`` (None: all columns) may move it."""
        link = self.article_link
        if not link or link == "pk" or self.pk is None:
            return []
        if written is not None and {link, link.removesuffix("_id")}.isdisjoint(written):
            return []
        rows = models.QuerySet(type(self)).filter(pk=self.pk).order_by()
        return [("article", article) for article in rows.values_list(link, flat=True)]


@receiver(class_prepared)
def _follow(sender: type, **_signal: Any) -> None:
    """Hear of what passes by the methods of a tracked model: cascades, and rows of a fixture."""
    if issubclass(sender, Tracked):
        pre_save.connect(_before_raw_save, sender=sender)
        post_save.connect(_after_raw_save, sender=sender)
        post_delete.connect(_after_delete, sender=sender)


def _before_raw_save(instance: Tracked, raw: bool, **_signal: Any) -> None:
    if raw:
        record_changes(instance._touched_before())


def _after_raw_save(instance: Tracked, raw: bool, **_signal: Any) -> None:
    if raw:
        record_changes(instance.touched())


def _after_delete(instance: Tracked, **_signal: Any) -> None:
    deleted = _deleted.get()
    if deleted is None:
        record_changes(instance.touched())
    else:
        deleted.update(dict.fromkeys(instance.touched()))
