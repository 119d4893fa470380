"""What a search answers: its hits, facets and notes, and the same as JSON."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from archive.models import Speaker
from search.engine.schema import ARTICLES, QUOTATIONS
from search.facets import FacetValue
from search.hits import Hit


@dataclass(frozen=True)
class Answer:
    """``total`` counts all that was found, ``hits`` are those of the page asked for.

    ``kind`` is ``articles`` or ``quotations``; ``totals`` counts either, where that was asked for.
    ``facets`` count over all that was found, each as if its own filter were not set, so that values can be
    added to those chosen; ``histogram`` counts by period, the dates asked for aside. ``unknown`` are the
    values of filters that name nothing. ``notes`` say, in sentences of the page's language, whatever
    the reader should know; ``let_go`` are the words that not everything found has. ``partial`` are the
    best documents with some of the words only, given with the last page by relevance and counted nowhere.
    ``speakers`` are those whom the query names and the facet counts.
    """

    query: str
    kind: str = ARTICLES
    total: int = 0
    took_ms: float = 0.0
    hits: list[Hit] = field(default_factory=list)
    partial: list[Hit] = field(default_factory=list)
    facets: dict[str, list[FacetValue]] = field(default_factory=dict)
    histogram: dict[str, int] = field(default_factory=dict)
    totals: dict[str, int] = field(default_factory=dict)
    unknown: dict[str, list[str]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    let_go: list[str] = field(default_factory=list)
    speakers: list[Speaker] = field(default_factory=list)
    exact: bool = False

    @property
    def message(self) -> str:
        """The notes as one text; that nothing was found, when nothing else is said."""
        return " ".join(self.notes) or ("" if self.total else self.nothing)

    @property
    def nothing(self) -> str:
        """The sentence that nothing was found."""
        if self.kind == QUOTATIONS:
            return _("No quotation on record matches.")
        return _("No article on record matches.")

    def as_json(self) -> dict[str, Any]:
        """What ``manage.py search --json`` prints."""
        return {
            "query": self.query,
            "kind": self.kind,
            "exact": self.exact,
            "total": self.total,
            "took_ms": self.took_ms,
            "hits": [hit.as_json() for hit in self.hits],
            "partial": [hit.as_json() for hit in self.partial],
            "facets": {
                name: [
                    {
                        "value": value.value,
                        "label": value.label,
                        "count": value.count,
                        "chosen": value.chosen,
                    }
                    for value in values
                ]
                for name, values in self.facets.items()
            },
            "histogram": self.histogram,
            "let_go": self.let_go,
            "message": self.message,
        }
