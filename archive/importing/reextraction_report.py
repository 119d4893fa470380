"""What a re-extraction changes, for a terminal: in Arabic and English at once, as the importer's table."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, override

from archive.corrections import QUOTATION_FIELDS
from archive.importing.problems import LANGUAGES, in_both
from archive.importing.reextraction import ArticleResult, Totals
from archive.models import Article, Quotation

NOTHING = "—"
# Columns that only say where the words of another stand.
SAID_OF = {
    "cue_start": "cue_lemma",
    "cue_end": "cue_lemma",
    "surface_start": "resolution",
    "surface_end": "resolution",
}


def article_lines(result: ArticleResult) -> list[str]:
    """An article's number and title, then a line for each thing that changes; none if nothing does."""
    if not result.changes:
        return []
    return [f"{result.article}  {result.title}", *(f"  {line}" for line in _changes(result.changes))]


def total_lines(totals: Totals) -> list[str]:
    """What the run did, in numbers: a line a language."""
    lines = []
    for language in LANGUAGES:
        with override(language):
            lines.append(_totals(totals))
    return lines


def _changes(changes: dict[str, Any]) -> Iterator[str]:
    for name, values in changes.get("fields", {}).items():
        yield _line(Article._meta.get_field(name).verbose_name, _arrow(*values))
    for code, roles in changes.get("countries", {}).items():
        yield _line(_("country"), f"{code}: {_arrow(*roles)}")
    quotations = changes.get("quotations", {})
    for row in quotations.get("added", []):
        yield _line(_("quotation added"), _said(row))
    for row in quotations.get("removed", []):
        yield _line(_("quotation removed"), _said(row))
    for row in quotations.get("attributed", []):
        yield _line(_("speaker"), f"«{row['text']}»: {_arrow(row['old'], row['new'])}")
    for row in quotations.get("spanned", []):
        old, new = ("–".join(map(str, row[name])) for name in ("old", "new"))
        yield _line(_("place of a quotation"), f"«{row['text']}»: {_arrow(old, new)}")
    for row in quotations.get("changed", []):
        names = dict.fromkeys(_name(Quotation, SAID_OF.get(name, name)) for name in row["columns"])
        yield _line(_("quotation changed"), f"«{row['text']}»: {', '.join(names)}")
    figures = changes.get("figures", {})
    for words in figures.get("added", []):
        yield _line(_("figure added"), words)
    for words in figures.get("removed", []):
        yield _line(_("figure removed"), words)
    for words in figures.get("changed", []):
        yield _line(_("figure changed"), words)
    if "statements" in changes:
        yield _line(_("quotations in another statement"), str(changes["statements"]))
    if "evidence" in changes:
        yield _line(_("evidence"), ", ".join(_name(Article, name) for name in changes["evidence"]))
    if "layout" in changes:
        yield _line(_("paragraphs and furniture"), "±")
    for row in changes.get("new", []):
        yield _line(_("new in the archive"), row["name"])
    yield from _corrections(_("correction in conflict"), changes.get("conflicts", []))
    yield from _corrections(_("conflict solved"), changes.get("solved", []))


def _corrections(label: Any, rows: Iterable[dict[str, Any]]) -> Iterator[str]:
    for row in rows:
        words = f" «{row['words']}»" if row["words"] else ""
        model = Quotation if row["field"] in QUOTATION_FIELDS else Article
        yield _line(label, _name(model, row["field"]) + words)


def _name(model: type[Model], column: str) -> str:
    """What a column is called, in both languages; the code of a country as it is."""
    names = {name: field for field in model._meta.concrete_fields for name in (field.name, field.attname)}
    return " · ".join(in_both(names[column].verbose_name)) if column in names else column


def _line(label: Any, words: str) -> str:
    return f"{' · '.join(in_both(label))}: {words}"


def _said(row: dict[str, Any]) -> str:
    return f"«{row['text']}» ({row['speaker'] or NOTHING})"


def _arrow(old: Any, new: Any) -> str:
    return " → ".join(NOTHING if value in (None, "") else str(value) for value in (old, new))


def _totals(totals: Totals) -> str:
    counts = totals.counts
    phrases = [
        (
            totals.articles,
            ngettext("%(count)d article extracted", "%(count)d articles extracted", totals.articles),
        ),
        (totals.changed, ngettext("%(count)d article changed", "%(count)d articles changed", totals.changed)),
        (totals.failed, ngettext("%(count)d article failed", "%(count)d articles failed", totals.failed)),
        (
            counts["fields"],
            ngettext("%(count)d field changed", "%(count)d fields changed", counts["fields"]),
        ),
        (
            counts["countries"],
            ngettext("%(count)d country changed", "%(count)d countries changed", counts["countries"]),
        ),
        (
            counts["added"],
            ngettext("%(count)d quotation added", "%(count)d quotations added", counts["added"]),
        ),
        (
            counts["removed"],
            ngettext("%(count)d quotation removed", "%(count)d quotations removed", counts["removed"]),
        ),
        (
            counts["attributed"],
            ngettext(
                "%(count)d quotation of another speaker",
                "%(count)d quotations of other speakers",
                counts["attributed"],
            ),
        ),
        (
            counts["spanned"],
            ngettext(
                "%(count)d quotation at another place",
                "%(count)d quotations at other places",
                counts["spanned"],
            ),
        ),
        (
            counts["changed"],
            ngettext(
                "%(count)d quotation otherwise changed",
                "%(count)d quotations otherwise changed",
                counts["changed"],
            ),
        ),
        (
            counts["conflicts"],
            ngettext(
                "%(count)d correction in conflict", "%(count)d corrections in conflict", counts["conflicts"]
            ),
        ),
    ]
    parts = [phrase % {"count": count} for count, phrase in phrases if count]
    if not totals.changed:
        parts.append(str(_("nothing in the archive changed")))
    return str(_("; ")).join(parts) + "."
