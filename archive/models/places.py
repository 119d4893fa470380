"""Countries and what they are called."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from archive.arabic.normalize import match_key, sort_key
from archive.models.changes import Tracked
from archive.models.querysets import CountryQuerySet


class Country(Tracked):
    """A country of ISO 3166-1; ``demonyms`` lists every nisba form, without the article.

    Its primary key is its code, which is what fixtures name it by: it needs no natural key.
    """

    code = models.CharField(_("ISO code"), max_length=2, primary_key=True)
    name_ar = models.CharField(_("Arabic name"), max_length=120, unique=True)
    name_en = models.CharField(_("English name"), max_length=120, unique=True)
    other_names = models.JSONField(_("other names"), default=list, blank=True)
    demonyms = models.JSONField(_("demonyms"), default=list, blank=True)
    capitals = models.JSONField(_("capitals"), default=list, blank=True)
    epithets = models.JSONField(_("epithets"), default=list, blank=True)
    is_member = models.BooleanField(_("member of the coalition"), default=False)
    name_key = models.CharField(max_length=120, editable=False)
    search_key = models.TextField(editable=False)
    sort_key = models.CharField(max_length=120, editable=False, db_index=True)

    objects = CountryQuerySet.as_manager()

    class Meta:
        verbose_name = _("country")
        verbose_name_plural = _("countries")
        ordering = ["sort_key", "code"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(code__regex=r"^[A-Z]{2}$"), name="country_code_is_iso2"
            ),
        ]

    def __str__(self) -> str:
        return self.name_ar

    def save(self, *args, **kwargs) -> None:
        self.derive_keys()
        super().save(*args, **kwargs)

    def derive_keys(self) -> None:
        self.name_key, self.sort_key = match_key(self.name_ar), sort_key(self.name_ar)
        said = (self.name_ar, *self.other_names, *self.demonyms, *self.capitals, *self.epithets)
        self.search_key = match_key("\n".join(said))

    def get_absolute_url(self) -> str:
        return reverse("country", args=[self.code])
