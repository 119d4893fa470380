"""Speakers: who is quoted, what they are called, and which office they held when."""

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from archive.arabic.normalize import match_key, sort_key
from archive.arabic.words import segment
from archive.models.changes import Tracked
from archive.models.querysets import ArchiveQuerySet, SpeakerQuerySet, TermQuerySet


class Speaker(Tracked):
    """A person, or something that speaks: a group, an organisation, a state, a document."""

    class Kind(models.TextChoices):
        PERSON = "person", _("person")
        GROUP = "group", _("group")
        ORGANISATION = "organisation", _("organisation")
        STATE = "state", _("state")
        STATEMENT = "statement", _("document")
        ANONYMOUS = "anonymous", _("unnamed")

    key = models.SlugField(_("key"), max_length=120, unique=True, allow_unicode=True)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.PERSON)
    name_ar = models.CharField(_("Arabic name"), max_length=160)
    name_en = models.CharField(_("English name"), max_length=160, blank=True)
    short_name = models.CharField(_("short name"), max_length=80, blank=True)
    role_ar = models.CharField(_("role"), max_length=200, blank=True)
    country = models.ForeignKey(
        "archive.Country",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="speakers",
        verbose_name=_("country"),
    )
    needs_review = models.BooleanField(_("needs review"), default=False)
    note = models.TextField(_("note"), blank=True)
    name_key = models.CharField(max_length=160, editable=False)
    sort_key = models.CharField(max_length=160, editable=False, db_index=True)

    objects = SpeakerQuerySet.as_manager()

    class Meta:
        verbose_name = _("speaker")
        verbose_name_plural = _("speakers")
        ordering = ["sort_key", "pk"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(name_ar=""), name="speaker_has_a_name"),
            models.CheckConstraint(
                condition=models.Q(
                    kind__in=["person", "group", "organisation", "state", "statement", "anonymous"]
                ),
                name="speaker_kind_known",
            ),
        ]

    def __str__(self) -> str:
        return self.name_ar

    def get_absolute_url(self) -> str:
        return reverse("speaker", args=[self.key])

    @property
    def margin_name(self) -> str:
        """The name as the margin of a page shows it."""
        return self.short_name or self.name_ar

    def save(self, *args, **kwargs) -> None:
        self.derive_keys()
        super().save(*args, **kwargs)

    def derive_keys(self) -> None:
        self.name_key, self.sort_key = match_key(self.name_ar), sort_key(self.name_ar)

    def natural_key(self) -> tuple[str]:
        return (self.key,)


class NameVariant(Tracked):
    """A spelling of a speaker's name, never a title: a title belongs to whoever holds the office.

    One that is an ordinary word or shared with others does not stand ``alone``: it means the speaker
    only together with a title, a country or a fuller mention.
    """

    speaker = models.ForeignKey(Speaker, models.CASCADE, related_name="variants", verbose_name=_("speaker"))
    text = models.CharField(_("name variant"), max_length=160)
    alone = models.BooleanField(_("names the speaker by itself"), default=True)
    key = models.CharField(max_length=160, editable=False, db_index=True)

    objects = ArchiveQuerySet.as_manager()

    class Meta:
        verbose_name = _("name variant")
        verbose_name_plural = _("name variants")
        ordering = ["speaker", "key"]
        constraints = [
            models.UniqueConstraint(fields=["speaker", "text"], name="name_variant_once"),
            models.CheckConstraint(condition=~models.Q(text=""), name="name_variant_not_empty"),
        ]

    def __str__(self) -> str:
        return self.text

    def save(self, *args, **kwargs) -> None:
        self.derive_keys()
        super().save(*args, **kwargs)

    def clean(self) -> None:
        """Refuse what is no name: signs without a word, and a title, which belongs to an office."""
        key = match_key(self.text)
        if next(segment(key), None) is None:
            raise ValidationError({"text": _("A name needs at least one word.")})
        titles = TermOfOffice.objects.annotate(said=models.Value(key)).filter(
            said__startswith=models.F("title_key")
        )
        if titles.exists():
            raise ValidationError(
                {"text": _("This is a title, not a name. Titles belong to the terms of office.")}
            )

    def derive_keys(self) -> None:
        self.key = match_key(self.text)

    def natural_key(self) -> tuple[str, str]:
        return (*self.speaker.natural_key(), self.text)


class TermOfOffice(Tracked):
    """An office held from ``starts_on`` to before ``ends_on`` (empty: still held, as far as known)."""

    class Precision(models.TextChoices):
        DAY = "day", _("day")
        MONTH = "month", _("month")
        YEAR = "year", _("year")

    key = models.SlugField(_("key"), max_length=120, unique=True, allow_unicode=True)
    speaker = models.ForeignKey(Speaker, models.CASCADE, related_name="terms", verbose_name=_("speaker"))
    title_ar = models.CharField(_("Arabic title"), max_length=200)
    title_en = models.CharField(_("English title"), max_length=200, blank=True)
    country = models.ForeignKey(
        "archive.Country",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="terms",
        verbose_name=_("country"),
    )
    organisation = models.ForeignKey(
        Speaker, models.PROTECT, null=True, blank=True, related_name="offices", verbose_name=_("organisation")
    )
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("to"), null=True, blank=True)
    precision = models.CharField(_("precision"), max_length=5, choices=Precision, default=Precision.DAY)
    sure = models.BooleanField(_("sure"), default=False)
    reference = models.TextField(_("where it was seen"), blank=True)
    title_key = models.CharField(max_length=200, editable=False, db_index=True)

    objects = TermQuerySet.as_manager()

    class Meta:
        verbose_name = _("term of office")
        verbose_name_plural = _("terms of office")
        ordering = ["speaker", "starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(starts_on=None)
                | models.Q(ends_on=None)
                | models.Q(ends_on__gte=models.F("starts_on")),
                name="term_ends_after_it_begins",
            ),
            models.CheckConstraint(condition=~models.Q(title_ar=""), name="term_has_a_title"),
        ]

    def __str__(self) -> str:
        return f"{self.speaker}، {self.title_ar}"

    def save(self, *args, **kwargs) -> None:
        self.derive_keys()
        super().save(*args, **kwargs)

    def derive_keys(self) -> None:
        self.title_key = match_key(self.title_ar)

    def natural_key(self) -> tuple[str]:
        return (self.key,)
