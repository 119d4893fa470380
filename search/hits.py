"""From documents to what a page shows of them: rows, marked titles, passages, quotations."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from html import escape, unescape
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy, pgettext_lazy

from archive.models import Article, Quotation
from archive.models.rights import Rights
from archive.naming import name_of, title_of
from archive.transcript import excerpt
from archive.views.articles import EXCERPT_WORDS
from search.analysis import terms
from search.engine.plans import Clause
from search.highlighting import best_passage, find_marks, highlight

QUOTATIONS_A_HIT = 2
# A quotation is shown whole up to so many letters (about five lines).
WHOLE_QUOTATION = 400
# What is said of a hit: the farthest layer that a word of the query needed.
MATCHED = {
    "exact": gettext_lazy("matched as spelled"),
    "folded": gettext_lazy("matched in another spelling"),
    "stemmed": gettext_lazy("matched in another form"),
    "alias": gettext_lazy("matched under another name"),
    "similar": gettext_lazy("matched by the nearest spelling"),
}
_QUOTATION_MATCHED = {
    "exact": pgettext_lazy("quotation", "matched as spelled"),
    "folded": pgettext_lazy("quotation", "matched in another spelling"),
    "stemmed": pgettext_lazy("quotation", "matched in another form"),
    "alias": pgettext_lazy("quotation", "matched under another name"),
    "similar": pgettext_lazy("quotation", "matched by the nearest spelling"),
}

# What is shown of a quotation under its article.
_HEARD = (
    *("article", "kind", "text", "start", "speaker__key"),
    *("speaker__name_ar", "speaker__name_en", "speaker__short_name"),
    *("speaker__country__name_ar", "speaker__country__name_en"),
)


@dataclass(frozen=True, slots=True)
class Heard:
    """A quotation that answers the query; ``html`` is its best passage, escaped and marked."""

    quotation: Quotation
    html: SafeString


@dataclass(frozen=True, slots=True)
class Hit:
    """An article or a quotation that was found. The texts are escaped, whole words in ``<mark>``.

    ``kind`` is ``article`` or ``quotation``, ``id`` the primary key of it. A quotation's title, date and
    source are those of its ``article``, its ``url`` leads to its place there, and ``snippet`` is what of its
    words answers the query. ``layer`` is the farthest layer that one of the query's words needed: ``exact``,
    ``folded``, ``stemmed``, ``alias``, ``similar``, or nothing when no word was asked for.
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
    quotation: Quotation | None = None

    @property
    def matched(self) -> str:
        """The layer in words; nothing when no word was asked for."""
        return str((_QUOTATION_MATCHED if self.quotation else MATCHED).get(self.layer, ""))

    @property
    def repeats(self) -> bool:
        """Whether a quotation shown with it has all that is marked in the snippet."""
        marks = self.snippet.count("<mark>")
        return any(
            self.snippet in heard.html or (heard.html in self.snippet and heard.html.count("<mark>") == marks)
            for heard in self.heard
        )

    def as_json(self) -> dict[str, Any]:
        """What ``manage.py search --json`` prints of it; of a quotation also who said it, and how."""
        shown = {
            "kind": self.kind,
            "id": self.id,
            "title": self.title,
            "url": self.url,
            "date": self.date.isoformat() if self.date else None,
            "source": self.source or None,
            "score": self.score,
            "layer": self.layer or None,
            "snippet": self.snippet,
        }
        if self.quotation is None:
            return shown
        speaker, term = self.quotation.speaker, self.quotation.term
        return shown | {
            "article": self.article.pk,
            "said": self.quotation.kind,
            "speaker": speaker.key if speaker else None,
            "name": name_of(speaker) if speaker else None,
            "office": title_of(term) if term else None,
            "country": speaker.country_id if speaker else None,
        }


def make_hits(
    found: Sequence[tuple[int, float, str]],
    clauses: Sequence[Clause],
    *,
    speakers: frozenset[int] = frozenset(),
) -> list[Hit]:
    """The hits for (primary key, score, layer), in their order; two database queries.

    ``speakers`` are those that the search is narrowed to: their quotations are shown first. Only what
    a reader may see of an article is shown, and an article that became hidden meanwhile is left out.
    """
    keys = [key for key, _score, _layer in found]
    listed = Article.objects.listed().filter(pk__in=keys).defer(None).defer("furniture")
    articles = {article.pk: article for article in listed}
    said: dict[int, list[Quotation]] = defaultdict(list)
    quotations = Quotation.objects.published().outermost().filter(article__in=list(articles))
    shown = quotations.select_related("speaker", "speaker__country").only(*_HEARD)
    for quotation in shown.order_by("article", "start"):
        said[quotation.article_id].append(quotation)
    return [
        _make_hit(articles[key], score, layer, said[key], clauses, speakers)
        for key, score, layer in found
        if key in articles
    ]


def make_quotation_hits(found: Sequence[tuple[int, float, str]], clauses: Sequence[Clause]) -> list[Hit]:
    """The hits for (primary key of a quotation, score, layer), in their order; one database query.

    A quotation that a reader may not see any more, or that became part of another, is left out.
    """
    keys = [key for key, _score, _layer in found]
    rows = Quotation.objects.published().outermost().shown().filter(pk__in=keys)
    quotations = {quotation.pk: quotation for quotation in rows}
    return [
        _make_quotation_hit(quotations[key], score, layer, clauses)
        for key, score, layer in found
        if key in quotations
    ]


def _make_quotation_hit(quotation: Quotation, score: float, layer: str, clauses: Sequence[Clause]) -> Hit:
    article = quotation.article
    return Hit(
        kind="quotation",
        id=quotation.pk,
        title=article.title,
        title_html=mark_safe(escape(article.title)),
        url=f"{article.get_absolute_url()}#q{quotation.pk}",
        date=article.published_on,
        source=article.source.name_ar if article.source else "",
        score=round(score, 4),
        snippet=mark_safe(_words(quotation.text, clauses)),
        layer=layer,
        article=article,
        quotation=quotation,
    )


def _words(text: str, clauses: Sequence[Clause]) -> str:
    """HTML of a quotation, or of its best passage with dots where words are left out."""
    if len(text) <= WHOLE_QUOTATION:
        return highlight(text, clauses)
    passage = best_passage(text, clauses)
    plain = unescape(re.sub("</?mark>", "", passage))
    before = "" if text.startswith(plain) else "… "
    after = "" if text.endswith(plain) else " …"
    return f"{before}{passage}{after}"


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
