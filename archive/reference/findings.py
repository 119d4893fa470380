"""What ``manage.py check_reference`` may find, and what curators have said of it already.

A finding names the rows that it is about by their keys. ``known.json`` beside the reference files lists
those that are as they should be (two governments, a surname that two people share), each with a reason.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from archive.reference.files import ReferenceDataError

ERROR, WARNING, NOTE = "error", "warning", "note"
SEVERITIES = (ERROR, WARNING, NOTE)

MESSAGES = {
    "two_holders": _("%(names)s hold the office “%(title)s” at once, from %(start)s to %(end)s."),
    "one_role": _(
        "%(names)s are “%(title)s” and “%(other)s” at once, from %(start)s to %(end)s: the extraction takes"
        " both titles for one office."
    ),
    "term_twice": _("%(names)s holds the office “%(title)s” twice at once, from %(start)s to %(end)s."),
    "term_backwards": _("The term “%(title)s” of %(names)s begins on %(start)s and ends on %(end)s."),
    "office_gap": _("Nobody holds the office “%(title)s” between %(names)s, from %(start)s to %(end)s."),
    "unknown_title": _(
        "The title “%(title)s” of %(names)s begins with no word that the lexicon has as a title."
    ),
    "shared_name": _("“%(text)s” by itself names each of these: %(names)s."),
    "shared_name_once": _(
        "“%(text)s” by itself names one of these, and the others only with more: %(names)s."
    ),
    "title_as_name": _(
        "“%(text)s”, a name of %(names)s, is a title: it belongs to whoever holds the office."
    ),
    "word_as_name": _("“%(text)s” by itself names %(names)s, but it is also an ordinary word (%(what)s)."),
    "meeting_backwards": _("The meeting “%(names)s” begins on %(start)s and ends on %(end)s."),
    "meeting_twice": _("Two meetings of one kind are in one place on the same days: %(names)s."),
    "fewer_members": _(
        "“%(names)s” has %(members)s members, fewer than the %(before)s of an earlier meeting."
    ),
    "shared_demonym": _("“%(text)s” means each of these countries: %(names)s."),
    "shared_outlet": _("“%(text)s” names each of these outlets: %(names)s."),
    "unknown_category": _("The lexicon has no category “%(what)s” (entry “%(text)s”)."),
    "unknown_attribute": _(
        "Nothing reads the attribute “%(what)s” of the lexicon's entry “%(text)s” (%(category)s)."
    ),
    "bad_value": _(
        "“%(value)s” is no value for “%(what)s” in the lexicon's entry “%(text)s” (%(category)s)."
    ),
    "known_no_more": _("“%(check)s” of these rows is listed as known, but no longer found."),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """``check`` is a key of ``MESSAGES``, which ``details`` fill; ``rows`` are the rows' keys.

    Several ``names`` are a tuple, listed as the active language lists them.
    """

    severity: str
    check: str
    table: str
    rows: tuple[str, ...]
    details: dict[str, Any] = field(default_factory=dict, compare=False)

    @property
    def identity(self) -> tuple[str, frozenset[str]]:
        return self.check, frozenset(self.rows)

    def __str__(self) -> str:
        lists = {name: str(_(", ")).join(said) for name, said in self.details.items() if type(said) is tuple}
        return str(MESSAGES[self.check] % {**self.details, **lists})


@dataclass(frozen=True, slots=True)
class Known:
    """A finding that is as it should be."""

    check: str
    rows: frozenset[str]
    why: str


def read_known(path: Path) -> tuple[Known, ...]:
    """The rows of ``known.json``; none if there is no file. Raises ``ReferenceDataError``."""
    if not path.exists():
        return ()
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))["rows"]
        known = tuple(Known(row["check"], frozenset(row["rows"]), row["why"]) for row in rows)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ReferenceDataError(
            _("%(file)s cannot be read: %(reason)s.") % {"file": path.name, "reason": repr(error)}
        ) from error
    for row in known:
        if row.check not in MESSAGES:
            raise ReferenceDataError(
                _("%(file)s cannot be read: %(reason)s.") % {"file": path.name, "reason": row.check}
            )
    return known


def without_known(findings: Iterable[Finding], known: Iterable[Known]) -> list[Finding]:
    """The findings that nobody has explained, and a note for each explanation that explains nothing now."""
    explained = {(row.check, row.rows): row for row in known}
    left, met = [], set()
    for finding in findings:
        if finding.identity in explained:
            met.add(finding.identity)
        else:
            left.append(finding)
    left += [
        Finding(NOTE, "known_no_more", "known", tuple(sorted(row.rows)), {"check": row.check})
        for identity, row in explained.items()
        if identity not in met
    ]
    return left
