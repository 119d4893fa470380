"""Which quotation a correction is of: its row, or else the words that it is anchored in."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q

from archive.extraction.spans import overlap
from archive.importing.anchoring import Anchor, anchor_at, locate
from archive.importing.quotations import SAME_SPAN
from archive.models import Correction, Quotation


def anchor_of(correction: Correction) -> Anchor:
    return Anchor(correction.anchor, correction.before, correction.after)


def anchor_columns(anchor: Anchor) -> dict[str, str]:
    return {"anchor": anchor.words, "before": anchor.before, "after": anchor.after}


def concerns(row: Quotation) -> Q:
    """The condition that a correction is of ``row``: tied to it, or to no row and anchored in its words."""
    words = anchor_columns(anchor_at(row.article.text, row.start, row.end))
    return Q(quotation=row.pk) | Q(quotation=None, **words)


def quotation_of(
    correction: Correction, rows: Iterable[Quotation], text: str
) -> tuple[Quotation | None, tuple[int, int] | None]:
    """The quotation of an article that a correction is of, and the place of its words in ``text``.

    Without a row of its own, the quotation nearest to the anchored words, one of the corrected kind
    first. Both are None if the words are not found or not in one certain place.
    """
    rows = list(rows)
    row = next((row for row in rows if row.pk == correction.quotation_id), None)
    if row is not None:
        return row, (row.start, row.end)
    place = locate(anchor_of(correction), text)
    if place is None:
        return None, None
    return nearest(
        rows, place, {correction.kind, correction.value if correction.field == "kind" else ""}
    ), place


def nearest(rows: Iterable[Any], place: tuple[int, int], kinds: set[str]) -> Any:
    """Of rows or finds the one that shares most of a place, if enough of it; ``kinds`` go first."""
    scored = [(row.kind in kinds, overlap((row.start, row.end), place), row) for row in rows]
    near = [found for found in scored if found[1] >= (SAME_SPAN if found[0] else 1)]
    return max(near, key=lambda found: found[:2])[2] if near else None
