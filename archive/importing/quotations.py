"""Storing the quotations of an article, beside those that a curator has judged."""

from typing import Any

from archive.extraction.facts import Extraction, FoundQuotation
from archive.importing.anchoring import anchor_at, locate
from archive.importing.registry import Registry
from archive.models import Article, Quotation

JUDGED = (Quotation.Review.CONFIRMED, Quotation.Review.CORRECTED, Quotation.Review.REJECTED)
# The same quotation seen again: the intersection over the union of the two spans.
SAME_SPAN = 0.5
# Beyond the end of any text (8 MB), within PostgreSQL's integer: where rows wait while others move.
OUT_OF_THE_WAY = 10**9


def replace_quotations(
    *, article: Article, extraction: Extraction, registry: Registry, old_text: str
) -> None:
    """Make the article's quotations what the extraction found in its (new) text.

    Rows that a curator confirmed, corrected or rejected stay, moved to where their words stand now,
    and nothing is added at their place; one whose words are gone goes too (its corrections remain,
    in conflict: see ``archive.corrections``). ``old_text`` is the text that the present rows count in.
    Call inside a transaction.
    """
    article.quotations.exclude(review__in=JUDGED).delete()
    kept = _move_judged(article, old_text)
    people = {found.id: found for found in extraction.speakers}
    rows: dict[str, Quotation] = {}
    new: dict[tuple[str, int, int], Quotation] = {}
    for found in extraction.quotations:
        row = next((row for row in kept if same_quotation(row, found)), None)
        if row is None:
            place = (found.kind, found.start, found.end)
            row = new.get(place)
            if row is None:
                speaker = people.get(found.attribution.speaker_id)
                pk = registry.speaker(speaker) if speaker else None
                row = new[place] = Quotation(article=article, **quotation_values(found, pk, registry))
                row.text = article.text[row.start : row.end]
        rows[found.id] = row
    Quotation.objects.bulk_create(new.values())
    _link(extraction.quotations, rows, new.values())


def quotation_values(found: FoundQuotation, speaker: int | None, registry: Registry) -> dict[str, Any]:
    """The columns of a quotation, but for its text and its links to other quotations."""
    said = found.attribution
    unplaced = speaker is None and said.speaker_id is not None and said.resolution != "anonymous"
    review = Quotation.Review.NEEDED if found.needs_review or unplaced else Quotation.Review.PENDING
    return {
        "kind": found.kind,
        "form": found.form,
        "start": found.start,
        "end": found.end,
        "paragraph": found.paragraph,
        "cue_lemma": found.cue.lemma[:40] if found.cue else "",
        "cue_start": found.cue.start if found.cue else None,
        "cue_end": found.cue.end if found.cue else None,
        "speaker_id": speaker,
        "term_id": registry.term(said.term) if speaker else None,
        "surface_start": said.surface.start if said.surface else None,
        "surface_end": said.surface.end if said.surface else None,
        "resolution": said.resolution,
        "confidence": said.confidence,
        "reasons": list(found.reasons),
        "via": list(found.via),
        "review": review,
    }


def same_quotation(row: Quotation, found: FoundQuotation) -> bool:
    """Whether a row and a find are the same quotation: one kind, and spans that mostly agree."""
    return row.kind == found.kind and overlap((row.start, row.end), (found.start, found.end)) >= SAME_SPAN


def overlap(one: tuple[int, int], other: tuple[int, int]) -> float:
    """The intersection over the union of two half-open spans."""
    shared = min(one[1], other[1]) - max(one[0], other[0])
    return max(0, shared) / (max(one[1], other[1]) - min(one[0], other[0]))


def _move_judged(article: Article, old_text: str) -> list[Quotation]:
    judged = list(article.quotations.all())
    if not judged or old_text == article.text:
        return judged
    moved, lost, taken = [], [], set()
    for row in judged:
        place = locate(anchor_at(old_text, row.start, row.end), article.text)
        if place is None or (row.kind, *place) in taken:
            lost.append(row.pk)
            continue
        taken.add((row.kind, *place))
        _shift(row, "cue", old_text, article.text, place[0] - row.start)
        _shift(row, "surface", old_text, article.text, place[0] - row.start)
        row.start, row.end = place
        row.paragraph = _paragraph_at(article, row.start)
        row.article = article
        moved.append(row)
    article.quotations.filter(pk__in=lost).delete()
    for row in moved:
        Quotation._base_manager.filter(pk=row.pk).update(
            start=OUT_OF_THE_WAY + row.pk % OUT_OF_THE_WAY, end=2 * OUT_OF_THE_WAY + 1
        )
    for row in moved:
        row.save()
    return moved


def _shift(row: Quotation, name: str, old_text: str, text: str, distance: int) -> None:
    """Move the row's cue or surface along with it if the same words stand there, else drop it."""
    start, end = getattr(row, f"{name}_start"), getattr(row, f"{name}_end")
    if start is None or end is None:
        return
    kept = start + distance >= 0 and text[start + distance : end + distance] == old_text[start:end]
    setattr(row, f"{name}_start", start + distance if kept else None)
    setattr(row, f"{name}_end", end + distance if kept else None)


def _paragraph_at(article: Article, start: int) -> int | None:
    spans = enumerate(article.body)
    return next((number for number, span in spans if span["start"] <= start < span["end"]), None)


def _link(found: tuple[FoundQuotation, ...], rows: dict[str, Quotation], new: Any) -> None:
    """Set ``parent`` and ``continues`` of the new rows, which needed primary keys first."""
    fresh, linked = {row.pk for row in new}, {}
    for quotation in found:
        row = rows[quotation.id]
        if row.pk not in fresh:
            continue
        for name in ("parent", "continues"):
            other = rows.get(getattr(quotation, name) or "")
            if other is not None and other is not row:
                setattr(row, name, other)
                linked[row.pk] = row
    # Through the plain manager: the rows were queued for search when they were created just now.
    Quotation._base_manager.bulk_update(linked.values(), ["parent", "continues"])
