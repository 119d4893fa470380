"""The correction desk: every table of the archive in Django's admin, one subject a module.

What the importer found is corrected through ``archive.corrections``, so that no later import undoes
it; what curators keep themselves (speakers, outlets, meetings, countries, the lexicon) saves normally.
"""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from archive.admin import (  # noqa: F401 - importing a module registers its tables
    articles,
    changes,
    corrections,
    figures,
    imports,
    lexicon,
    meetings,
    places,
    provenance,
    quotations,
    sources,
    speakers,
    statements,
)

admin.site.site_header = _("Mahdar: the correction desk")
admin.site.site_title = _("Mahdar")
admin.site.index_title = _("What is kept")
