"""Curated knowledge of words and events, and the memory of what the shipped reference data said."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from archive.arabic.normalize import match_key
from archive.models.changes import Tracked
from archive.models.querysets import ArchiveQuerySet, NaturalKeyQuerySet


class LexiconEntry(Tracked):
    """A word or phrase that the extraction or the search knows, with its attributes.

    The shapes of ``attributes`` are described, category by category, at the head of
    ``fixtures/reference/lexicon.json`` and (what is counted) ``counted.json``.
    """

    class Category(models.TextChoices):
        VERB = "verb", _("reporting verb")
        FURNITURE = "furniture", _("page furniture")
        GROUP = "group", _("group that speaks")
        TITLE = "title", _("word of a title")
        HONORIFIC = "honorific", _("honorific")
        NOT_COUNTRY = "not_country", _("word that looks like a country")
        ORGANISATION = "organisation", _("organisation")
        STOP_WORD = "stop_word", _("stop word")
        MONTH = "month", _("month")
        WEEKDAY = "weekday", _("weekday")
        CUE = "cue", _("phrase that names a source")
        ALIAS = "alias", _("other spelling in searches")
        COUNTED = "counted", _("counted noun")

    category = models.CharField(_("category"), max_length=12, choices=Category)
    text = models.CharField(_("text"), max_length=200)
    attributes = models.JSONField(_("attributes"), default=dict, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)
    key = models.CharField(max_length=200, editable=False, db_index=True)

    objects = ArchiveQuerySet.as_manager()

    class Meta:
        verbose_name = _("lexicon entry")
        verbose_name_plural = _("lexicon")
        ordering = ["category", "key"]
        constraints = [
            models.UniqueConstraint(fields=["category", "text"], name="lexicon_entry_once"),
            models.CheckConstraint(condition=~models.Q(text=""), name="lexicon_entry_not_empty"),
        ]

    def __str__(self) -> str:
        return self.text

    def save(self, *args, **kwargs) -> None:
        self.derive_keys()
        super().save(*args, **kwargs)

    def clean(self) -> None:
        """Refuse an other spelling that has none: it would do nothing, and nobody would know why."""
        if self.category != self.Category.ALIAS:
            return
        spellings = self.attributes.get("spellings") if isinstance(self.attributes, dict) else None
        if not (isinstance(spellings, list) and spellings and all(isinstance(one, str) for one in spellings)):
            raise ValidationError(
                {"attributes": _('Write the spellings to look for as a list: {"spellings": ["…", "…"]}.')}
            )

    def derive_keys(self) -> None:
        self.key = match_key(self.text)

    def natural_key(self) -> tuple[str, str]:
        return (self.category, self.text)


class DatedEvent(models.Model):
    """An event whose mention dates an article; evidence for inferred dates, nothing else."""

    key = models.SlugField(_("key"), max_length=80, unique=True)
    name_ar = models.CharField(_("Arabic name"), max_length=200)
    date = models.DateField(_("date"))
    phrases = models.JSONField(_("phrases"), default=list)

    objects = NaturalKeyQuerySet.as_manager()

    class Meta:
        verbose_name = _("dated event")
        verbose_name_plural = _("dated events")
        ordering = ["-date"]

    def __str__(self) -> str:
        return self.name_ar

    def natural_key(self) -> tuple[str]:
        return (self.key,)


class ReferenceRecord(models.Model):
    """The values that the shipped reference data last gave a row.

    A field that still has them may follow the next release; one that differs was changed by a
    curator and stays; a row that is gone was deleted by a curator and stays gone.
    """

    model = models.CharField(max_length=40)
    key = models.CharField(max_length=300)
    values = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("reference record")
        verbose_name_plural = _("reference records")
        constraints = [models.UniqueConstraint(fields=["model", "key"], name="reference_record_once")]

    def __str__(self) -> str:
        return f"{self.model} {self.key}"
