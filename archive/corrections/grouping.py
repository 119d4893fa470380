"""Which corrections decide what quotations are one statement."""

from collections.abc import Iterable

from archive.models import Article, Correction, Quotation
from archive.statements import regroup

# Who said it, how, and on which occasion.
DECISIVE = {"speaker", "kind", "alone", "meeting", "published_on", "date_precision"}


def regroup_after(article: Article, corrections: Iterable[Correction]) -> None:
    """Group an article's quotations again if one of the corrections made or withdrawn decides on it."""
    if any(map(_is_decisive, corrections)):
        regroup(article=article)


def _is_decisive(correction: Correction) -> bool:
    if correction.field == "review":
        return Quotation.Review.REJECTED in (correction.value, correction.previous)
    return correction.field in DECISIVE
