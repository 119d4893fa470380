"""Storing the figures of an article, each with the quotation that it stands in."""

from archive.extraction.facts import Extraction, FoundFigure
from archive.models import Article, Figure, Quotation

# The widths of the columns: longer units are cut, since nobody compares by so many words.
UNIT, COUNTED = (Figure._meta.get_field(name).max_length for name in ("unit", "counted"))

UPDATED = ("value", "high", "bound", "unit", "counted", "kind", "quotation")


def replace_figures(*, article: Article, extraction: Extraction) -> None:
    """Make the article's figures what the extraction found in its text.

    Rows for the same words at the same place stay. Call inside a transaction, after the article's
    quotations are written.
    """
    found = {(figure.start, figure.end, figure.text): figure for figure in extraction.figures}
    kept, gone = {}, []
    for row in article.figures.all():
        place = (row.start, row.end, row.text)
        if place in found:
            kept[place] = row
        else:
            gone.append(row.pk)
    article.figures.filter(pk__in=gone).delete()
    quotations = sorted(
        article.quotations.exclude(review=Quotation.Review.REJECTED),
        key=lambda quotation: (quotation.end - quotation.start, quotation.pk),
    )
    new, changed = [], []
    for place, figure in found.items():
        values = _values(figure, quotations)
        row = kept.get(place)
        if row is None:
            new.append(Figure(article=article, **values))
        elif any(getattr(row, name) != value for name, value in values.items()):
            for name, value in values.items():
                setattr(row, name, value)
            changed.append(row)
    Figure.objects.bulk_create(new)
    if changed:
        Figure.objects.bulk_update(changed, UPDATED)


def _values(figure: FoundFigure, quotations: list[Quotation]) -> dict[str, object]:
    """The columns of a figure; ``quotations`` are in order of length, so that the first is innermost."""
    inside = next((one for one in quotations if one.start <= figure.start and figure.end <= one.end), None)
    return {
        "text": figure.text,
        "start": figure.start,
        "end": figure.end,
        "value": figure.value,
        "high": figure.high,
        "bound": figure.bound,
        "unit": figure.unit[:UNIT],
        "counted": figure.counted[:COUNTED],
        "kind": figure.kind if figure.kind in Figure.Kind.values else Figure.Kind.OTHER,
        "quotation_id": inside.pk if inside else None,
    }
