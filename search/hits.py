"""From documents to what a page shows of them: rows, marked titles, passages, matching quotations."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy

from archive.models import Article, Quotation
from archive.models.rights import Rights
from archive.transcript import excerpt
from archive.views.articles import EXCERPT_WORDS
from search.analysis import terms
from search.engine.plans import Clause
from search.highlighting import best_passage, find_marks, highlight

QUOTATIONS_A_HIT = 2
# What is said of a hit: the farthest layer that a word of the query needed.
MATCHED = {
    "exact": gettext_lazy("matched as spelled"),
    "folded": gettext_lazy("matched in another spelling"),
    "stemmed": gettext_lazy("matched in another form"),
    "alias": gettext_lazy("matched under another name"),
    "similar": gettext_lazy("matched by the nearest spelling"),
}


@dataclass(frozen=True, slots=True)
class Heard:
    """A quotation that answers the query; ``html`` is its best passage, escaped and marked."""

    quotation: Quotation
    html: SafeString


@dataclass(frozen=True, slots=True)
class Hit:
    """An article that was found. ``title_html`` and ``snippet`` are escaped, whole words in ``<mark>``.

    ``layer`` is the farthest layer that one of the query's words needed: ``exact``, ``folded``, ``stemmed``,
    ``alias``, ``similar``, or nothing when no word was asked for.
    """

    kind: str
    id: int
    title: str
    title_html: SafeString
    url: str
    date: date | None
    source: str
    score: float
    snippet: SafeString
    layer: str
    article: Article
    heard: list[Heard] = field(default_factory=list)

    @property
    def matched(self) -> str:
        """The layer in words; nothing when no word was asked for."""
        return str(MATCHED.get(self.layer, ""))

    @property
    def repeats(self) -> bool:
        """Whether a quotation shown with it has all that is marked in the snippet."""
        marks = self.snippet.count("<mark>")
        return any(
            self.snippet in heard.html or (heard.html in self.snippet and heard.html.count("<mark>") == marks)
            for heard in self.heard
        )


def make_hits(
    found: Sequence[tuple[int, float, str]],
    clauses: Sequence[Clause],
    *,
    speakers: frozenset[int] = frozenset(),
) -> list[Hit]:
    """The hits for (primary key, score, layer), in their order; three database queries.

    ``speakers`` are those that the search is narrowed to: their quotations are shown first. Only what
    a reader may see of an article is shown, and an article that became hidden meanwhile is left out.
    """
    keys = [key for key, _score, _layer in found]
    listed = Article.objects.listed().filter(pk__in=keys).defer(None)
    articles = {article.pk: article for article in listed}
    said: dict[int, list[Quotation]] = defaultdict(list)
    quotations = Quotation.objects.published().outermost().filter(article__in=list(articles))
    for quotation in quotations.select_related("speaker", "speaker__country", "term").order_by(
        "article", "start"
    ):
        said[quotation.article_id].append(quotation)
    return [
        _make_hit(articles[key], score, layer, said[key], clauses, speakers)
        for key, score, layer in found
        if key in articles
    ]


def _make_hit(
    article: Article,
    score: float,
    layer: str,
    quotations: list[Quotation],
    clauses: Sequence[Clause],
    speakers: frozenset[int],
) -> Hit:
    return Hit(
        kind="article",
        id=article.pk,
        title=article.title,
        title_html=mark_safe(highlight(article.title, clauses)),
        url=article.get_absolute_url(),
        date=article.published_on,
        source=article.source.name_ar if article.source else "",
        score=round(score, 4),
        snippet=mark_safe(best_passage(_readable(article, quotations), clauses)),
        layer=layer,
        article=article,
        heard=[
            Heard(quotation, mark_safe(best_passage(quotation.text, clauses)))
            for quotation in _matching(quotations, clauses, speakers)
        ],
    )


def _readable(article: Article, quotations: Sequence[Quotation]) -> str:
    """What a reader may see of the body: all of it, or the opening and the quotations."""
    if article.effective_rights == Rights.FULL:
        return article.body_text
    spans, _more = excerpt(article.text, article.body, EXCERPT_WORDS)
    opening = [article.text[span["start"] : span["end"]] for span in spans]
    return "\n".join([*opening, *(quotation.text for quotation in quotations)])


def _matching(
    quotations: Sequence[Quotation], clauses: Sequence[Clause], speakers: frozenset[int]
) -> list[Quotation]:
    """The quotations that answer most clauses, those of ``speakers`` first, verbatim before the rest."""

    def worth(quotation: Quotation) -> tuple[bool, int, bool]:
        marks = find_marks(list(terms(quotation.text)), clauses)
        answered = len(frozenset().union(*(mark.clauses for mark in marks)))
        return quotation.speaker_id in speakers, answered, quotation.kind == Quotation.Kind.DIRECT

    worths = {quotation.pk: worth(quotation) for quotation in quotations}
    found = [
        quotation
        for quotation in quotations
        if worths[quotation.pk][1] or (not clauses and worths[quotation.pk][0])
    ]
    best = sorted(found, key=lambda quotation: worths[quotation.pk], reverse=True)[:QUOTATIONS_A_HIT]
    return sorted(best, key=lambda quotation: quotation.start)
