"""Meetings of the coalition."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from archive.arabic.normalize import match_key
from archive.models.changes import Tracked
from archive.models.querysets import ArchiveQuerySet, MeetingQuerySet


class Meeting(Tracked):
    """A meeting from ``starts_on`` to ``ends_on``, both inclusive; without a city it was virtual."""

    class Kind(models.TextChoices):
        MINISTERIAL = "ministerial", _("ministerial")
        SMALL_GROUP = "small_group_ministerial", _("small group, ministerial")
        DEFENCE = "defence_ministers", _("defence ministers")
        DIRECTORS = "political_directors", _("political directors")
        CONFERENCE = "conference", _("conference")

    key = models.SlugField(_("key"), max_length=80, unique=True)
    kind = models.CharField(_("kind"), max_length=24, choices=Kind)
    name_ar = models.CharField(_("Arabic name"), max_length=200)
    short_name_ar = models.CharField(_("short Arabic name"), max_length=80)
    name_en = models.CharField(_("English name"), max_length=200, blank=True)
    city_ar = models.CharField(_("city in Arabic"), max_length=80, blank=True)
    city_en = models.CharField(_("city in English"), max_length=80, blank=True)
    country = models.ForeignKey(
        "archive.Country",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="meetings",
        verbose_name=_("country"),
    )
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"))
    hosts = models.CharField(_("hosts"), max_length=300, blank=True)
    members = models.PositiveSmallIntegerField(_("members then"), null=True, blank=True)
    members_note = models.CharField(_("note on the members"), max_length=200, blank=True)
    sure = models.BooleanField(_("sure"), default=False)
    reference = models.TextField(_("where it was seen"), blank=True)
    note = models.TextField(_("note"), blank=True)
    name_key = models.CharField(max_length=200, editable=False)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        ordering = ["-starts_on", "key"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")), name="meeting_ends_after_it_begins"
            ),
            models.CheckConstraint(condition=~models.Q(name_ar=""), name="meeting_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.short_name_ar

    def save(self, *args, **kwargs) -> None:
        self.derive_keys()
        super().save(*args, **kwargs)

    def derive_keys(self) -> None:
        self.name_key = match_key(f"{self.name_ar} {self.short_name_ar}")[:200]

    def get_absolute_url(self) -> str:
        return reverse("meeting", args=[self.key])

    def natural_key(self) -> tuple[str]:
        return (self.key,)


class MeetingVariant(Tracked):
    """Another way to name a meeting."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="variants", verbose_name=_("meeting"))
    text = models.CharField(_("name variant"), max_length=200)
    key = models.CharField(max_length=200, editable=False, db_index=True)

    objects = ArchiveQuerySet.as_manager()

    class Meta:
        verbose_name = _("meeting name variant")
        verbose_name_plural = _("meeting name variants")
        ordering = ["meeting", "key"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "text"], name="meeting_variant_once"),
            models.CheckConstraint(condition=~models.Q(text=""), name="meeting_variant_not_empty"),
        ]

    def __str__(self) -> str:
        return self.text

    def save(self, *args, **kwargs) -> None:
        self.derive_keys()
        super().save(*args, **kwargs)

    def derive_keys(self) -> None:
        self.key = match_key(self.text)

    def natural_key(self) -> tuple[str, str]:
        return (*self.meeting.natural_key(), self.text)
