"""What a row is called in the language of the page."""

from typing import Any

from django.utils.translation import get_language


def is_arabic() -> bool:
    return (get_language() or "ar").startswith("ar")


def name_of(row: Any, *, short: bool = False) -> str:
    """The Arabic name on Arabic pages (``short``: the short one where there is one), else the English.

    A row without an English name keeps its Arabic one.
    """
    if not is_arabic() and row.name_en:
        return row.name_en
    if short:
        return getattr(row, "short_name_ar", "") or getattr(row, "short_name", "") or row.name_ar
    return row.name_ar


def title_of(term: Any) -> str:
    """The title of a term of office, as ``name_of`` does it."""
    return term.title_ar if is_arabic() or not term.title_en else term.title_en
