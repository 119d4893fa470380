"""The report of ``measures`` as plain lines for a terminal."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any

from archive.extraction.measures import Mistake

_EXCERPT = 100  # code points of a text that are shown


def table_lines(report: Mapping[str, Any]) -> Iterator[str]:
    """The report as tables: the scores, the names on direct quotations, and those by group."""
    yield from summary_lines(report)
    for group, rows in report["by"].items():
        yield from _verdict_lines(f"direct by {group.replace('_', ' ')}", rows)
    yield from _verdict_lines("all that bear a name, by confidence", report["confidence"])


def summary_lines(report: Mapping[str, Any]) -> Iterator[str]:
    """The scores, and how often a direct quotation has a wrong name or none."""
    yield f"{str(report['articles']) + ' articles':<34}      P      R     F1   hits extra missed"
    for key, score in report["scores"].items():
        shares = " ".join(f"{score[name]:6.3f}" for name in ("precision", "recall", "f1"))
        counts = f"{score['hits']:6} {score['extra']:5} {score['missed']:6}"
        yield f"  {key.replace('_', ' '):<32} {shares} {counts}"
    speakers = report["speakers"]
    yield (
        f"  wrong speaker: {speakers['wrong']} of {speakers['found']} matched direct quotations,"
        f" {_percent(speakers['wrong_of_found'])}; of those that bear a name,"
        f" {_percent(speakers['wrong_of_named'])}"
    )
    yield f"  empty speaker: {speakers['empty']}, {_percent(speakers['empty_of_found'])}"


def _verdict_lines(title: str, rows: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    yield f"{title:<34}     F1 +speaker  read found extra right wrong empty  wrong of named"
    for key, row in rows.items():
        counts = "".join(f"{row[name]:6}" for name in ("read", "found", "extra", "right", "wrong", "empty"))
        shares = f"{row['f1']:6.3f}   {row['speaker_f1']:6.3f}"
        yield f"  {key:<32} {shares}{counts}  {_percent(row['wrong_of_named'])}"


def mistake_lines(mistakes: Iterable[Mistake]) -> Iterator[str]:
    """Each disagreement: its kind and place, the text, what was expected and what was printed.

    One about the whole article (its date, a country) has no place.
    """
    for name, found in groupby(mistakes, key=lambda mistake: mistake.file):
        yield name
        for mistake in sorted(found, key=lambda mistake: (mistake.start, mistake.end, mistake.kind)):
            place = f" {mistake.start}–{mistake.end}  {_excerpt(mistake.text)}" if mistake.end else ""
            yield f"  {mistake.kind}{place}"
            yield f"      expected {_excerpt(mistake.expected)}"
            yield f"      printed  {_excerpt(mistake.printed)}"


def _percent(share: float | None) -> str:
    return "—" if share is None else f"{share:.1%}"


def _excerpt(text: str) -> str:
    """The text on one line; of a long one, its beginning and end, which tell the edges."""
    line = " ".join(text.split())
    return line if len(line) <= _EXCERPT else f"{line[: _EXCERPT // 2]} … {line[-_EXCERPT // 2 :]}"
