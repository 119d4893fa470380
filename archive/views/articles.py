"""The list of articles, an article with everything known about it, and its share image."""

from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.cache import cache_control

from archive.figures import article_figures
from archive.models import Article, ArticleCountry, Correction, Original, Quotation, Revision, Statement
from archive.models.rights import Rights
from archive.paging import ARTICLES, cut_page
from archive.provenance import provenance
from archive.share_cards import describe_card
from archive.transcript import Turn, excerpt, transcript
from archive.views.cards import card_path, stored_card
from archive.views.rows import transcript_rows
from archive.voices import (
    Name,
    Note,
    mark_quotations,
    name_voices,
    note_turn,
    number_quotations,
    strip_voices,
)

EXCERPT_WORDS = 60


@dataclass(frozen=True, slots=True)
class ReadTurn:
    """A turn of the text with its two margins."""

    turn: Turn
    names: list[Name]
    notes: list[Note]


def article_list(request: HttpRequest) -> HttpResponse:
    page = cut_page(request, Article.objects.listed().newest_first(), ARTICLES)
    return render(request, "archive/article_list.html", {"page": page})


def article(request: HttpRequest, pk: int) -> HttpResponse:
    shown = get_object_or_404(
        Article.objects.published().select_related("source__country", "meeting__country"), pk=pk
    )
    quotations = _quotations(shown)
    rows = provenance(shown, shown.origins.all(), shown.corrections.filter(status=Correction.Status.ACTIVE))
    whole = shown.effective_rights == Rights.FULL
    turns = read_turns(shown, quotations) if whole else read_opening(shown)
    links = list(shown.country_links.select_related("country").order_by("country__sort_key"))
    context = {
        "article": shown,
        "whole": whole,
        "turns": turns,
        "figures": article_figures(shown, [read.turn for read in turns]),
        "quotations": quotations,
        "quotation_rows": [] if whole else _quotation_rows(shown),
        "headline_voices": [row for row in quotations if row.form == Quotation.Form.HEADLINE],
        "direct_count": sum(row.kind == Quotation.Kind.DIRECT for row in quotations),
        "strips": strip_voices(quotations, shown.text, shown.body),
        "countries": [
            (role, [link for link in links if link.role == role])
            for role in (ArticleCountry.Role.PRIMARY, ArticleCountry.Role.MENTIONED)
        ],
        "provenance": rows,
        "degrees": {row.field: row.certainty for row in rows},
        "revision": _revision(shown),
    }
    return render(request, "archive/article.html", context)


@cache_control(no_cache=True)
def article_card(request: HttpRequest, pk: int) -> HttpResponse:
    """The share image of an article that a reader may see, as PNG.

    A copy kept elsewhere must be asked for again every time: the article may have been hidden meanwhile.
    """
    shown = get_object_or_404(Article.objects.published().select_related("source", "meeting"), pk=pk)
    card = describe_card(shown)
    etag = quote_etag(card_path(card).stem)
    response = get_conditional_response(request, etag=etag)
    if response is None:
        response = HttpResponse(stored_card(card), content_type="image/png")
    response["ETag"] = etag
    return response


def read_turns(article: Article, quotations: list[Quotation]) -> list[ReadTurn]:
    """The whole text, each turn with the names of those who speak in it and the notes on how we know."""
    turns, before, noted = [], None, set()
    for turn in transcript(article.text, article.body, article.sections, mark_quotations(quotations)):
        names = name_voices(turn, quotations, before)
        notes = note_turn(turn, quotations, article.text, noted)
        turns.append(ReadTurn(turn, names, notes))
        before = next((name.speaker for name in reversed(names) if name.speaker), before)
    return turns


def read_opening(article: Article) -> list[ReadTurn]:
    """The first words alone, without marks: the quotations follow in rows of their own."""
    spans, _more = excerpt(article.text, article.body, EXCERPT_WORDS)
    return [ReadTurn(turn, [], []) for turn in transcript(article.text, spans, [], [])]


def _quotations(article: Article) -> list[Quotation]:
    rows = (
        article.quotations.accepted()
        .select_related("speaker__country", "term__country")
        .prefetch_related(
            Prefetch("parts", Quotation.objects.accepted()),
            Prefetch("statement", Statement.objects.published().with_versions()),
        )
    )
    return number_quotations(rows)


def _quotation_rows(article: Article) -> QuerySet:
    """The quotations of an excerpt, each in a row of its own with those inside it."""
    return transcript_rows(article.quotations.accepted()).order_by("start", "-end", "pk")


def _revision(article: Article) -> Revision | None:
    """The latest revision, its stored file without the bytes."""
    originals = Prefetch("original", Original.objects.defer("content"))
    return article.revisions.prefetch_related(originals).order_by("-number").first()
