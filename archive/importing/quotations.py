"""Storing the quotations of an article: rows that are found again stay the same rows.

Links, statements and corrections point to a quotation's row, so it keeps its primary key as long as
its words are there, in one kind and mostly the same span, whatever else is found out about it.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import F, QuerySet

from archive.extraction.facts import Extraction, FoundQuotation, FoundSpeaker
from archive.extraction.spans import overlap
from archive.importing.anchoring import follow
from archive.importing.registry import Registry
from archive.models import Article, Correction, Quotation, Speaker
from archive.models.changes import record_changes
from archive.reviewing import NEW_SPEAKER, SHARED_NAME, UNNAMED

JUDGED = (Quotation.Review.CONFIRMED, Quotation.Review.CORRECTED, Quotation.Review.REJECTED)
# The same quotation seen again: the least overlap of the two spans.
SAME_SPAN = 0.5
# Beyond the end of any text (8 MB), within PostgreSQL's integer: where rows wait while others move.
OUT_OF_THE_WAY = 10**9
SPAN = ("start", "end")
LINKS = ("parent", "continues")


@dataclass(slots=True, eq=False)
class _Standing:
    """A row that is stored, and where its words stand in the present text.

    ``judged``: a curator said what it is, so nothing of it changes but its place. ``kept``: it stays even
    if the extraction does not find it. ``kinds``: its own and the one it had before a correction.
    """

    row: Quotation
    place: tuple[int, int]
    judged: bool
    kept: bool
    kinds: set[str]


def reconcile_quotations(
    *, article: Article, extraction: Extraction, registry: Registry, old_text: str
) -> None:
    """Make the article's quotations what the extraction found in its (new) text.

    A find of a row's kind on mostly the same span is that row, updated only where it differs; other
    finds are added, other rows deleted. Rows that a curator confirmed, corrected or rejected stay as they
    are, moved to where their words stand now, and nothing is added at their place; one whose words are
    gone goes too (its corrections remain, in conflict: see ``archive.corrections``). ``old_text`` is the
    text that the present rows count in. Call inside a transaction.
    """
    finds: dict[tuple[str, int, int], FoundQuotation] = {}
    for found in extraction.quotations:
        finds.setdefault(_place(found), found)
    stored = list(article.quotations.all())
    standing = _standing(article, stored, old_text)
    matched, absorbed = _match(standing, sorted(finds.values(), key=lambda found: found.start))
    staying = {item.row.pk for item in standing if item.kept or item in matched}
    lost = [row.pk for row in stored if row.pk not in staying]
    if lost:
        article.quotations.filter(pk__in=lost).delete()

    values_of = _reader(extraction, registry)
    stays = [item for item in standing if item.row.pk in staying]
    before = {item.row.pk: _columns(item.row) for item in stays}
    for item in stays:
        if item in matched and not item.judged:
            for name, value in values_of(matched[item]).items():
                setattr(item.row, name, value)
        else:
            _move(item, article, old_text)
        item.row.text = article.text[item.row.start : item.row.end]
    _update([item.row for item in stays], before)

    rows = {_place(found): item.row for item, found in matched.items()}
    rows |= {place: item.row for place, item in absorbed.items()}
    new = []
    for place, found in finds.items():
        if place not in rows:
            rows[place] = Quotation(article=article, **values_of(found))
            rows[place].text = article.text[found.start : found.end]
            new.append(rows[place])
    Quotation.objects.bulk_create(new)
    row_of = {found.id: rows[_place(found)] for found in extraction.quotations}
    unjudged = {item.row.pk for item in matched if not item.judged}
    _link(finds.values(), row_of, unjudged, {row.pk for row in new})


def quotation_values(
    found: FoundQuotation, speaker: FoundSpeaker | None, registry: Registry
) -> dict[str, Any]:
    """The columns of a quotation, but for its text and its links to other quotations."""
    said, row = found.attribution, registry.speaker(speaker) if speaker else None
    reasons = found.reasons
    if speaker and row is None:
        why = UNNAMED if speaker.type == Speaker.Kind.ANONYMOUS else SHARED_NAME
        reasons = (*(reason for reason in reasons if reason != NEW_SPEAKER), why)
    unplaced = speaker is not None and row is None and said.resolution != "anonymous"
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
        "speaker_id": row,
        "term_id": registry.term(said.term) if row else None,
        "surface_start": said.surface.start if said.surface else None,
        "surface_end": said.surface.end if said.surface else None,
        "resolution": said.resolution,
        # How sure the extraction is of somebody whom the archive does not name is no measure of nobody.
        "confidence": 0.0 if unplaced else said.confidence,
        "reasons": list(reasons),
        "via": list(found.via),
        "review": review,
    }


def _reader(extraction: Extraction, registry: Registry):
    """A function that gives the columns of a find."""
    people = {found.id: found for found in extraction.speakers}

    def values_of(found: FoundQuotation) -> dict[str, Any]:
        return quotation_values(found, people.get(found.attribution.speaker_id), registry)

    return values_of


def _standing(article: Article, stored: list[Quotation], old_text: str) -> list[_Standing]:
    """The rows whose words are still there, those that must stay first."""
    if not stored:
        return []
    corrections = article.corrections.filter(
        target=Correction.Target.QUOTATION, status=Correction.Status.ACTIVE
    ).exclude(quotation=None)
    said: dict[int, set[str]] = {}
    for pk, field, kind in corrections.values_list("quotation", "field", "kind"):
        # That it stands alone says nothing of whether it is a quotation.
        if field != "alone":
            said.setdefault(pk, set()).add(kind)
    standing, taken = [], set()
    order = sorted(stored, key=lambda row: (row.review not in JUDGED, row.pk not in said, row.start, row.pk))
    for row in order:
        row.article = article
        place = (row.start, row.end)
        if old_text != article.text:
            place = follow(*place, old_text, article.text)
        if place is None or (row.kind, *place) in taken:
            continue
        taken.add((row.kind, *place))
        judged = row.review in JUDGED
        kinds = {row.kind, *said.get(row.pk, ())}
        standing.append(_Standing(row, place, judged, judged or row.pk in said, kinds))
    return standing


def _match(
    standing: list[_Standing], finds: list[FoundQuotation]
) -> tuple[dict[_Standing, FoundQuotation], dict[tuple[str, int, int], _Standing]]:
    """Rows with their finds, one each, the closest first; and the finds that a kept row stands for."""
    starts = [found.start for found in finds]
    candidates = []
    for item in standing:
        start, end = item.place
        # Spans that mostly agree begin no further apart than either is long.
        near = finds[bisect_left(starts, start - (end - start)) : bisect_right(starts, end)]
        for found in near:
            shared = overlap(item.place, (found.start, found.end)) if found.kind in item.kinds else 0
            if shared >= SAME_SPAN:
                candidates.append(((found.kind == item.row.kind, shared), item, found))
    candidates.sort(key=lambda candidate: candidate[0], reverse=True)
    matched: dict[_Standing, FoundQuotation] = {}
    taken: set[tuple[str, int, int]] = set()
    for _score, item, found in candidates:
        if item not in matched and _place(found) not in taken:
            matched[item] = found
            taken.add(_place(found))
    absorbed = {}
    for _score, item, found in candidates:
        if item.kept and _place(found) not in taken:
            absorbed.setdefault(_place(found), item)
    return matched, absorbed


def _place(found: FoundQuotation) -> tuple[str, int, int]:
    return found.kind, found.start, found.end


def _columns(row: Quotation) -> dict[str, Any]:
    names = [column.attname for column in row._meta.concrete_fields]
    return {name: getattr(row, name) for name in names}


def _move(item: _Standing, article: Article, old_text: str) -> None:
    """Take a row to where its words stand now."""
    row = item.row
    if old_text == article.text:
        return
    distance = item.place[0] - row.start
    _shift(row, "cue", old_text, article.text, distance)
    _shift(row, "surface", old_text, article.text, distance)
    row.start, row.end = item.place
    row.paragraph = _paragraph_at(article, row.start)


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


def _update(rows: Iterable[Quotation], before: dict[int, dict[str, Any]]) -> None:
    """Write the columns that differ from ``before``, and tell search of the rows that have any."""
    differing = {
        row: {name for name, value in _columns(row).items() if value != before[row.pk][name]} for row in rows
    }
    changed = [row for row, names in differing.items() if names]
    if not changed:
        return
    names = sorted(set().union(*differing.values()))
    # Through a plain queryset: one entry in the queue for each row, whatever changes of it.
    plain = QuerySet(Quotation)
    moving = [row.pk for row in changed if differing[row] & {"kind", *SPAN}]
    if moving:
        beyond = OUT_OF_THE_WAY + F("pk") % OUT_OF_THE_WAY
        plain.filter(pk__in=moving).update(start=beyond, end=2 * OUT_OF_THE_WAY + 1)
        names = sorted({*names, *SPAN})
    plain.bulk_update(changed, [name.removesuffix("_id") for name in names])
    record_changes(pair for row in changed for pair in row.touched())


def _link(
    finds: Iterable[FoundQuotation], row_of: dict[str, Quotation], free: set[int], new: set[int]
) -> None:
    """Set ``parent`` and ``continues`` of free and new rows, which needed primary keys first."""
    linked = {}
    for found in finds:
        row = row_of[found.id]
        if row.pk not in free and row.pk not in new:
            continue
        for name in LINKS:
            other = row_of.get(getattr(found, name) or "")
            pk = other.pk if other is not None and other is not row else None
            if getattr(row, f"{name}_id") != pk:
                setattr(row, f"{name}_id", pk)
                linked[row.pk] = row
    QuerySet(Quotation).bulk_update(linked.values(), LINKS)
    # Search was told of the new rows when they were made.
    record_changes(pair for pk, row in linked.items() if pk not in new for pair in row.touched())
