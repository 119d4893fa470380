"""What a check of the indexes found: in plain sentences, and as JSON."""

from typing import Any, NamedTuple

from django.utils.formats import number_format
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from archive.counted import counted
from search.checking import EXTRA, MISSING, STALE, Report
from search.engine.schema import ARTICLES, INDEXES, QUOTATIONS
from search.index_state import IndexState

_NOUNS = ((ARTICLES, "article"), (QUOTATIONS, "quotation"))


class Told(NamedTuple):
    """A sentence in the active language; ``level`` is one of those of Django's messages, in small letters."""

    level: str
    sentence: str


def tell_state(state: IndexState) -> list[Told]:
    """What is to be known before anything is compared; nothing when all is well."""
    told = []
    if state.unusable:
        sentence = _(
            "The index cannot be used; searches are answered from the database until it is built anew."
        )
        told.append(Told("error", sentence))
    elif state.is_outdated:
        sentence = _(
            "The index was made by an earlier version of the program; it answers until it is built anew."
        )
        told.append(Told("warning", sentence))
    if state.waiting:
        told.append(_tell_waiting(state))
    return told


def tell_report(report: Report) -> list[Told]:
    """The verdict first; at least one sentence."""
    told = []
    if report.wrong:
        differing = len({(each.kind, each.primary_key) for each in report.wrong})
        sentence = ngettext(
            "%(n)s entry of the index differs from the database.",
            "%(n)s entries of the index differ from the database.",
            differing,
        )
        told.append(Told("error", _with_number(sentence, differing)))
    elif not report.state.unusable and not report.files:
        sentence = _("The index says what the database says: %(articles)s and %(quotations)s.")
        counts = {kind: counted(report.checked[kind], noun) for kind, noun in _NOUNS}
        told.append(Told("success", sentence % counts))
    if report.files and not report.state.unusable:
        damaged = len(report.files)
        sentence = ngettext(
            "%(n)s file of the index is damaged.", "%(n)s files of the index are damaged.", damaged
        )
        told.append(Told("error", _with_number(sentence, damaged)))
    return told + tell_state(report.state)


def as_json(report: Report) -> dict[str, Any]:
    """Every difference by primary key; ``last_error`` is null when there was none."""
    state, error = report.state, report.state.last_error
    return {
        "clean": report.is_clean,
        "unusable": state.unusable or None,
        "outdated": state.is_outdated,
        **{
            kind: {
                "checked": report.checked[kind],
                **{what: report.keys(kind, what) for what in (MISSING, STALE, EXTRA)},
                "queued": report.queued_keys(kind),
            }
            for kind in INDEXES
        },
        "files": [{"file": str(damage.file), "damage": damage.what} for damage in report.files],
        "queue": {"length": state.waiting, "oldest_seconds": round(state.oldest_seconds)},
        "generation": state.generation,
        "bytes": state.size,
        "last_error": error and {"kind": error.kind, "at": error.at.isoformat(), "detail": error.detail},
    }


def _tell_waiting(state: IndexState) -> Told:
    sentence = ngettext(
        "%(n)s change waits to be indexed.", "%(n)s changes wait to be indexed.", state.waiting
    )
    sentences = [_with_number(sentence, state.waiting)]
    if state.oldest_seconds >= 60:
        sentences.append(_("The oldest has waited for %(age)s.") % {"age": timesince(state.waiting_since)})
    if state.is_stuck:
        sentences.append(_("Something keeps the index from being written; see the last error."))
    return Told("warning", " ".join(sentences))


def _with_number(sentence: str, number: int) -> str:
    return sentence % {"n": number_format(number, force_grouping=True)}
