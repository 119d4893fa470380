"""From documents to what a page shows of them: rows, marked titles, passages, matching quotations."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils.safestring import SafeString, mark_safe

from archive.models import Article, Quotation
from archive.models.rights import Rights
from archive.transcript import excerpt
from archive.views.articles import EXCERPT_WORDS
from search.analysis import terms
from search.compiling import Clause
from search.highlighting import best_passage, find_marks, highlight

QUOTATIONS_A_HIT = 2


@dataclass(frozen=True, slots=True)
class Hit:
    """An article that was found. ``title_html`` and ``snippet`` are escaped, whole words in ``<mark>``."""

    kind: str
    id: int
    title: str
    title_html: SafeString
    url: str
    date: date | None
    source: str
    score: float
    snippet: SafeString
    article: Article
    quotations: list[Quotation] = field(default_factory=list)


def make_hits(
    scores: Sequence[tuple[int, float]], clauses: Sequence[Clause], *, speakers: frozenset[int] = frozenset()
) -> list[Hit]:
    """The hits for (primary key, score) pairs, in their order; three database queries.

    ``speakers`` are those that the search is narrowed to: their quotations are shown first. Only what
    a reader may see of an article is shown, and an article that became hidden meanwhile is left out.
    """
    keys = [key for key, _score in scores]
    listed = Article.objects.listed().filter(pk__in=keys).defer(None)
    articles = {article.pk: article for article in listed}
    said: dict[int, list[Quotation]] = defaultdict(list)
    quotations = Quotation.objects.published().outermost().filter(article__in=list(articles))
    for quotation in quotations.select_related("speaker", "speaker__country", "term").order_by(
        "article", "start"
    ):
        said[quotation.article_id].append(quotation)
    return [
        _make_hit(articles[key], score, said[key], clauses, speakers)
        for key, score in scores
        if key in articles
    ]


def _make_hit(
    article: Article,
    score: float,
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
        article=article,
        quotations=_matching(quotations, clauses, speakers),
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
