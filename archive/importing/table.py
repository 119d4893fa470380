"""The summary of a run, laid out for a terminal, in Arabic and English at once.

A command does not know which of the two its reader prefers, and what it prints is kept in logs that
others read.
"""

import unicodedata

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, override

from archive.importing.problems import LANGUAGES, in_both
from archive.importing.runs import FileResult, RunResult
from archive.models import ImportedFile

Status = ImportedFile.Status

# Each column with the most that it may take, in characters of a terminal.
COLUMNS = (
    (_("file"), 26),
    (_("status"), 26),
    (_("title"), 46),
    (_("date and basis"), 20),
    (_("outlet"), 18),
    (_("meeting"), 18),
    (_("quotations"), 10),
    (_("to review"), 12),
)
# More files than this and the unchanged ones are only counted.
LISTED = 60
LEFT_TO_RIGHT_MARK = "\u200e"
NOTHING = "—"


def table_lines(result: RunResult, *, marks: bool) -> list[str]:
    """The lines of the table; none if no file is to be listed.

    ``marks`` puts a left-to-right mark before every cell, so that a terminal which reorders Arabic
    keeps the columns in place.
    """
    files = result.files
    if len(files) > LISTED:
        files = [file for file in files if file.status != Status.UNCHANGED]
    if not files:
        return []
    rows = []
    for language in reversed(LANGUAGES):
        with override(language):
            rows.append([str(heading) for heading, _limit in COLUMNS])
    rows += [_cells(file) for file in files]
    widths = [
        min(limit, max(columns_of(row[number]) for row in rows))
        for number, (_heading, limit) in enumerate(COLUMNS)
    ]
    rows.insert(2, ["─" * space for space in widths])
    gap = "  " + LEFT_TO_RIGHT_MARK * marks
    return [gap.join(map(fitted, row, widths)).rstrip() for row in rows]


def total_lines(result: RunResult) -> list[str]:
    """What the run did, in numbers: a line a language, and one more if files were passed over."""
    lines = []
    for language in LANGUAGES:
        with override(language):
            lines.append(_totals(result))
            if result.found.hidden or result.found.other:
                lines.append(_passed_over(result))
    return lines


def columns_of(text: str) -> int:
    """How many columns of a terminal ``text`` takes: marks and controls none, wide signs two."""
    return sum(
        0
        if unicodedata.category(character) in {"Mn", "Me", "Cf"}
        else 2
        if unicodedata.east_asian_width(character) in {"W", "F"}
        else 1
        for character in text
    )


def fitted(text: str, space: int) -> str:
    """``text`` on exactly ``space`` columns, cut with an ellipsis or padded."""
    if columns_of(text) > space:
        while columns_of(text) > space - 1:
            text = text[:-1]
        text += "…"
    return text + " " * (space - columns_of(text))


def _cells(file: FileResult) -> list[str]:
    name = file.path if len(file.path) <= COLUMNS[0][1] else "…" + file.path[1 - COLUMNS[0][1] :]
    status = " · ".join(in_both(Status(file.status).label))
    if file.article is None:
        return [name, status, *[NOTHING] * (len(COLUMNS) - 2)]
    return [
        name,
        status,
        file.title,
        f"{file.date} {file.date_basis}".strip(),
        file.source or NOTHING,
        file.meeting or NOTHING,
        str(file.quotations),
        str(file.to_review),
    ]


def _totals(result: RunResult) -> str:
    counts = {status: result.count(status) for status in Status.values}
    phrases = {
        Status.CREATED: ngettext("%(count)d new article", "%(count)d new articles", counts[Status.CREATED]),
        Status.REVISED: ngettext("%(count)d new revision", "%(count)d new revisions", counts[Status.REVISED]),
        Status.UNCHANGED: ngettext(
            "%(count)d file unchanged", "%(count)d files unchanged", counts[Status.UNCHANGED]
        ),
        Status.COPY: ngettext(
            "%(count)d copy of another file", "%(count)d copies of other files", counts[Status.COPY]
        ),
        Status.FAILED: ngettext("%(count)d file failed", "%(count)d files failed", counts[Status.FAILED]),
    }
    parts = [phrases[status] % {"count": count} for status, count in counts.items() if count]
    if result.changed_nothing:
        parts.append(str(_("nothing in the archive changed")))
    return str(_("; ")).join(parts) + "."


def _passed_over(result: RunResult) -> str:
    hidden, other = result.found.hidden, result.found.other
    parts = []
    if hidden:
        parts.append(ngettext("%(count)d hidden", "%(count)d hidden", hidden) % {"count": hidden})
    if other:
        parts.append(ngettext("%(count)d not .txt", "%(count)d not .txt", other) % {"count": other})
    return str(_("Passed over in folders: %(list)s.")) % {"list": str(_("; ")).join(parts)}
