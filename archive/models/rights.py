"""How much of an article the public may read."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Rights(models.TextChoices):
    """Full text; an excerpt with the quotations; or nothing at all (not even in lists or search)."""

    FULL = "full", _("full text")
    EXCERPT = "excerpt", _("excerpt")
    HIDDEN = "hidden", _("hidden")
