"""Outlets: the newspapers, agencies and sites that the articles come from."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from archive.arabic.normalize import match_key, sort_key
from archive.models.changes import Tracked
from archive.models.querysets import ArchiveQuerySet, SourceQuerySet
from archive.models.rights import Rights


class Source(Tracked):
    """An outlet. ``rights`` holds for each of its articles that does not say otherwise."""

    class Kind(models.TextChoices):
        PAPER = "paper", _("newspaper")
        AGENCY = "agency", _("news agency")
        TELEVISION = "tv", _("television or radio")
        SITE = "site", _("web site")
        OFFICIAL = "official", _("official site")

    key = models.SlugField(_("key"), max_length=80, unique=True, allow_unicode=True)
    name_ar = models.CharField(_("Arabic name"), max_length=160)
    name_en = models.CharField(_("English name"), max_length=160, blank=True)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.SITE)
    country = models.ForeignKey(
        "archive.Country",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="sources",
        verbose_name=_("country"),
    )
    url = models.URLField(_("web address"), blank=True)
    rights = models.CharField(_("rights"), max_length=8, choices=Rights, default=Rights.FULL)
    needs_review = models.BooleanField(_("needs review"), default=False)
    note = models.TextField(_("note"), blank=True)
    name_key = models.CharField(max_length=160, editable=False)
    sort_key = models.CharField(max_length=160, editable=False, db_index=True)

    objects = SourceQuerySet.as_manager()

    class Meta:
        verbose_name = _("outlet")
        verbose_name_plural = _("outlets")
        ordering = ["sort_key", "pk"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(name_ar=""), name="source_has_a_name"),
            models.CheckConstraint(condition=models.Q(rights__in=Rights.values), name="source_rights_known"),
        ]

    def __str__(self) -> str:
        return self.name_ar

    def save(self, *args, **kwargs) -> None:
        self.derive_keys()
        super().save(*args, **kwargs)

    def derive_keys(self) -> None:
        self.name_key, self.sort_key = match_key(self.name_ar), sort_key(self.name_ar)

    def get_absolute_url(self) -> str:
        return reverse("source", args=[self.key])

    def natural_key(self) -> tuple[str]:
        return (self.key,)


class SourceVariant(Tracked):
    """Another way to write an outlet's name."""

    source = models.ForeignKey(Source, models.CASCADE, related_name="variants", verbose_name=_("outlet"))
    text = models.CharField(_("name variant"), max_length=160)
    key = models.CharField(max_length=160, editable=False, db_index=True)

    objects = ArchiveQuerySet.as_manager()

    class Meta:
        verbose_name = _("outlet name variant")
        verbose_name_plural = _("outlet name variants")
        ordering = ["source", "key"]
        constraints = [
            models.UniqueConstraint(fields=["source", "text"], name="source_variant_once"),
            models.CheckConstraint(condition=~models.Q(text=""), name="source_variant_not_empty"),
        ]

    def __str__(self) -> str:
        return self.text

    def save(self, *args, **kwargs) -> None:
        self.derive_keys()
        super().save(*args, **kwargs)

    def derive_keys(self) -> None:
        self.key = match_key(self.text)

    def natural_key(self) -> tuple[str, str]:
        return (*self.source.natural_key(), self.text)
