"""The figures of an article and of a meeting, as their pages show them."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from archive.arabic.words import segment
from archive.extraction.figures_compared import AGREEING, DIFFERING, ROUNDED, Stated, compare_figures
from archive.models import Article, Figure, Meeting
from archive.models.rights import Rights
from archive.transcript import Turn

# Code points on either side of a figure that are read to compare it: a long sentence.
CONTEXT = 300
# Of more figures than this at one meeting, those of the newest articles are compared.
MOST_COMPARED = 600
# Comparisons on the page of a meeting; its page of figures has them all.
IN_BRIEF = 4
WORDS_BEFORE, WORDS_AFTER = 9, 8

VERDICTS = {
    AGREEING: _("agreeing"),
    ROUNDED: _("rounded"),
    DIFFERING: _("differing"),
}


@dataclass(frozen=True, slots=True)
class PlacedFigure:
    """A figure with the anchor of its words on the article's page; '' where the page does not show them."""

    figure: Figure
    anchor: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """A figure in the words of its article; ``before`` and ``after`` are empty where these are not free."""

    figure: Figure
    before: str
    words: str
    after: str


@dataclass(frozen=True, slots=True)
class ComparedFigure:
    """One fact as several articles state it; ``verdict`` is the word for how they stand to each other."""

    verdict: str
    agrees: bool
    evidence: tuple[Evidence, ...]

    @property
    def finest(self) -> Figure:
        """The most exact of the figures, which names the fact."""
        return min(
            (one.figure for one in self.evidence),
            key=lambda row: (row.bound != Figure.Bound.EXACT, -len(row.value.normalize().as_tuple().digits)),
        )


@dataclass(frozen=True, slots=True)
class FiguresInBrief:
    """What the page of a meeting says of its figures: the first comparisons, and the number of figures."""

    comparisons: list[ComparedFigure]
    figure_count: int


def compared_figures(meeting: Meeting) -> list[ComparedFigure]:
    """The facts that several articles on a meeting state in figures: differing ones first. One query."""
    rows = Figure.objects.published().at_meeting(meeting).shown().with_context(CONTEXT)[:MOST_COMPARED]
    by_pk = {row.pk: row for row in rows}
    return [
        ComparedFigure(
            str(VERDICTS[found.verdict]),
            found.verdict == AGREEING,
            tuple(read_evidence(by_pk[one.ref]) for one in found.figures),
        )
        for found in compare_figures(map(as_stated, by_pk.values()))
    ]


def figures_in_brief(meeting: Meeting) -> FiguresInBrief:
    """The first comparisons of a meeting's figures. Two queries."""
    count = Figure.objects.published().filter(article__meeting=meeting).count()
    return FiguresInBrief(compared_figures(meeting)[:IN_BRIEF], count)


def article_figures(article: Article, turns: Sequence[Turn]) -> list[PlacedFigure]:
    """What the article counts, each figure once, with its first place; ``turns`` as the page shows them.

    Of an article that may only be shown in part, those in its quotations alone. One query.
    """
    placed: dict[str, PlacedFigure] = {}
    for row in article.figures.select_related("quotation").order_by("start", "end"):
        quotation = row.said_in
        inside = (number for number, turn in enumerate(turns, 1) if turn.start <= row.start < turn.end)
        number = next(inside, None) if article.effective_rights == Rights.FULL else None
        anchor = f"q{quotation.pk}" if quotation else f"t{number}" if number else ""
        if anchor or article.effective_rights == Rights.FULL:
            placed.setdefault(row.name, PlacedFigure(row, anchor))
    return list(placed.values())


def as_stated(row: Figure) -> Stated:
    """A row (with its context) as the comparison takes it."""
    quotation = row.said_in
    return Stated(
        ref=row.pk,
        article=row.article_id,
        value=row.value,
        high=row.high,
        bound=row.bound,
        counted=row.counted,
        kind=row.kind,
        speaker=quotation.speaker_id if quotation else None,
        statement=quotation.statement_id if quotation else None,
        before=row.before,
        after=row.after,
    )


def read_evidence(row: Figure) -> Evidence:
    """The words around a figure: a line of the article, cut at whole words.

    Of an article that may only be shown in part, nothing outside its quotations.
    """
    before, after = row.before.splitlines()[-1:], row.after.splitlines()[:1]
    left, right = "".join(before), "".join(after)
    quotation = row.said_in
    if row.article.effective_rights != Rights.FULL:
        left = left[-(row.start - quotation.start) :] if quotation and row.start > quotation.start else ""
        right = right[: quotation.end - row.end] if quotation else ""
    words = list(segment(left))
    if words and words[-1].end == len(left):
        # A mark that began inside a word would break its joined letters (وخمس).
        left, joined = left[: words[-1].start], left[words[-1].start :]
    else:
        joined = ""
    return Evidence(row, _last_words(left), joined + row.text, _first_words(right))


def _last_words(text: str) -> str:
    words = list(segment(text))
    if len(words) <= WORDS_BEFORE:
        return text.lstrip()
    return "… " + text[words[-WORDS_BEFORE].start :]


def _first_words(text: str) -> str:
    words = list(segment(text))
    if len(words) <= WORDS_AFTER:
        return text.rstrip()
    return text[: words[WORDS_AFTER - 1].end] + " …"
