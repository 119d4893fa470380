"""What a process remembers of the archive's names, read again when one of them has changed.

Which names there are changes rarely and is asked by every question, so it is held as plain data. The
stamps of the database tell what is out of date, in any process and inside any transaction.
"""

from functools import cached_property

from django.db import connection

from archive.models import NameVariant, Source, SourceVariant, Speaker
from archive.models.stamps import Stamps, read_stamps
from search.lexicon import Lexicon
from search.named_rows import NamedRows
from search.offices import Offices
from search.places import Countries, Meetings

# The models whose rows each part is read from, those that are deleted with another among them.
SUBJECTS = {
    "speakers": ("speaker", "namevariant"),
    "sources": ("source", "sourcevariant"),
    "countries": ("country",),
    "meetings": ("meeting", "meetingvariant"),
    "lexicon": ("lexiconentry",),
    "offices": ("termofoffice", "speaker", "namevariant", "country", "lexiconentry"),
}


class Memory:
    """The names as they were at one time, each part read when it is first asked for."""

    def __init__(self, database: str, stamps: Stamps) -> None:
        self.database = database
        self.stamps = stamps

    @cached_property
    def speakers(self) -> NamedRows:
        return NamedRows(Speaker, NameVariant)

    @cached_property
    def sources(self) -> NamedRows:
        return NamedRows(Source, SourceVariant)

    @cached_property
    def countries(self) -> Countries:
        return Countries()

    @cached_property
    def meetings(self) -> Meetings:
        return Meetings()

    @cached_property
    def lexicon(self) -> Lexicon:
        return Lexicon()

    @cached_property
    def offices(self) -> Offices:
        return Offices(self.lexicon.titles)

    def inherit(self, other: "Memory") -> None:
        """Take over the parts of ``other`` in which nothing has changed."""
        for part, subjects in SUBJECTS.items():
            if part in other.__dict__ and all(
                self.stamps.get(subject) == other.stamps.get(subject) for subject in subjects
            ):
                self.__dict__[part] = other.__dict__[part]


_latest: Memory | None = None


def remember() -> Memory:
    """The names as this connection sees them now; one small database query when none has changed."""
    global _latest
    database, stamps = str(connection.settings_dict["NAME"]), read_stamps()
    before = _latest
    if before is not None and (before.database, before.stamps) == (database, stamps):
        return before
    memory = Memory(database, stamps)
    if before is not None and before.database == database:
        memory.inherit(before)
    _latest = memory
    return memory
