"""What several pages share: transcript rows and language-dependent order of names."""

from django.db.models import CharField, Prefetch, QuerySet, Value
from django.db.models.functions import Coalesce, Lower, NullIf

from archive.models import Quotation, Statement
from archive.naming import is_arabic


def transcript_rows(quotations: QuerySet) -> QuerySet:
    """The quotations that stand in a row of their own, with what a row shows.

    A quotation inside another by the same speaker is read there, unless a curator rejected that one.
    """
    parts = Prefetch("parts", Quotation.objects.accepted())
    statements = Prefetch("statement", Statement.objects.published())
    return quotations.outermost().shown().prefetch_related(parts, statements)


def by_name(rows: QuerySet) -> QuerySet:
    """Rows with an Arabic and an English name in the alphabetical order of the page's language."""
    if is_arabic():
        return rows.order_by("sort_key", "pk")
    # In small letters: SQLite sorts capitals before them, and an index groups both under one letter.
    name = Coalesce(NullIf("name_en", Value("")), "name_ar", output_field=CharField())
    return rows.order_by(Lower(name), "pk")
