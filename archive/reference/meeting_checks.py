"""Meetings that cannot be as the tables say."""

from collections.abc import Iterable, Iterator
from itertools import combinations

from archive.extraction.knowledge import KnownMeeting
from archive.reference.findings import ERROR, WARNING, Finding

TABLE = "meeting"


def check_meetings(meetings: Iterable[KnownMeeting]) -> Iterator[Finding]:
    """The days, the place and the number of members of each meeting beside those of the others."""
    meetings = sorted(meetings, key=lambda meeting: (meeting.start, meeting.key))
    for meeting in meetings:
        if meeting.end < meeting.start:
            days = {"start": f"{meeting.start}", "end": f"{meeting.end}"}
            yield Finding(ERROR, "meeting_backwards", TABLE, (meeting.key,), {"names": meeting.key, **days})
    for first, second in combinations(meetings, 2):
        same_place = bool(set(first.cities) & set(second.cities)) or first.cities == second.cities
        if first.kind == second.kind and same_place and second.start <= first.end:
            rows = (first.key, second.key)
            yield Finding(ERROR, "meeting_twice", TABLE, rows, {"names": rows})
    most: KnownMeeting | None = None
    for meeting in meetings:
        if meeting.members is None:
            continue
        if most is not None and meeting.members < (most.members or 0):
            counts = {"names": meeting.key, "members": meeting.members, "before": most.members}
            yield Finding(WARNING, "fewer_members", TABLE, (meeting.key, most.key), counts)
        else:
            most = meeting
