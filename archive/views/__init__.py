"""The pages of the archive, one subject a module."""

from archive.views.articles import article, article_card, article_list
from archive.views.figures import meeting_figures
from archive.views.home import about, home
from archive.views.meetings import meeting, meeting_list
from archive.views.places import country, country_list
from archive.views.sources import source, source_list
from archive.views.speakers import speaker, speaker_list
from archive.views.statements import statement

__all__ = [
    "about",
    "article",
    "article_card",
    "article_list",
    "country",
    "country_list",
    "home",
    "meeting",
    "meeting_figures",
    "meeting_list",
    "source",
    "source_list",
    "speaker",
    "speaker_list",
    "statement",
]
