"""Figures as rows: kept by an import, linked to quotations, shown as far as an article's rights go."""

from dataclasses import replace
from decimal import Decimal

import pytest

from archive.extraction.facts import FoundFigure
from archive.figures import article_figures, compared_figures, figures_in_brief
from archive.importing.figures import replace_figures
from archive.models import Article, Figure, Meeting, Quotation, Source
from archive.transcript import Turn
from tests.archive.small_extraction import extract

pytestmark = pytest.mark.django_db

TEXT = "وأعلن الوزير أن بلاده ستقدم و436 مليون دولار لمساعدة النازحين في سوريا، وقال إن التحالف يضم 83 عضوا."


def found(words, value, counted, text=TEXT, kind="other"):
    start = text.index(words)
    return FoundFigure(
        words, start, start + len(words), Decimal(value), None, "exact", words.split()[-1], counted, kind
    )


MONEY = found("436 مليون دولار", "436000000", "دولار", kind="money")
MEMBERS = found("83 عضوا", "83", "عضو", kind="people")


def make_article(text=TEXT, **values):
    body = [{"start": 0, "end": len(text)}]
    return Article.objects.create(text=text, text_sha256="0" * 64, title="مادة", body=body, **values)


def store(article, *figures):
    replace_figures(article=article, extraction=replace(extract(article.text), figures=figures))


def quote(article, words, **values):
    start = article.text.index(words)
    row = Quotation(article=article, kind="indirect", start=start, end=start + len(words), **values)
    row.save()
    return row


@pytest.fixture
def meeting():
    return Meeting.objects.create(
        key="m",
        kind="ministerial",
        name_ar="اجتماع",
        short_name_ar="اجتماع",
        starts_on="2021-06-28",
        ends_on="2021-06-28",
    )


@pytest.fixture
def two_articles(meeting):
    """Two articles on a meeting that state the same two figures."""
    articles = [make_article(meeting=meeting), make_article(meeting=meeting)]
    for article in articles:
        store(article, MONEY, MEMBERS)
    return articles


def test_the_words_of_a_figure_are_those_of_the_text():
    article = make_article()
    store(article, MONEY, MEMBERS)
    assert [row.text for row in article.figures.all()] == ["436 مليون دولار", "83 عضوا"]
    assert all(row.text == article.text[row.start : row.end] for row in article.figures.all())
    assert article.figures.first().value == 436_000_000


def test_rows_for_the_same_words_at_the_same_place_stay():
    article = make_article()
    store(article, MONEY, MEMBERS)
    before = {row.text: row.pk for row in article.figures.all()}
    store(article, replace(MONEY, counted="يورو"))
    row = article.figures.get()
    assert (row.pk, row.counted) == (before["436 مليون دولار"], "يورو")


def test_storing_the_same_again_writes_nothing(django_assert_num_queries):
    article = make_article()
    store(article, MONEY, MEMBERS)
    with django_assert_num_queries(2):
        store(article, MONEY, MEMBERS)


def test_a_figure_belongs_to_the_innermost_quotation_that_holds_it():
    article = make_article()
    quote(article, "أن بلاده ستقدم و436 مليون دولار لمساعدة النازحين")
    inner = quote(article, "436 مليون دولار لمساعدة")
    rejected = quote(article, "436 مليون دولار", review="rejected")
    store(article, MONEY, MEMBERS)
    assert [row.quotation for row in article.figures.all()] == [inner, None]
    rejected.delete()


def test_a_figure_outlives_its_quotation():
    article = make_article()
    row = quote(article, "436 مليون دولار لمساعدة")
    store(article, MONEY)
    row.delete()
    assert article.figures.get().quotation is None


def test_hidden_articles_show_no_figures(two_articles, meeting):
    outlet = Source.objects.create(key="o", name_ar="منبر", rights="hidden")
    Article.objects.filter(pk=two_articles[0].pk).update(source=outlet)
    assert {row.article for row in Figure.objects.published()} == {two_articles[1]}
    assert compared_figures(meeting) == []


def test_figures_of_one_meeting_are_compared(two_articles, meeting):
    other = make_article()
    store(other, MONEY)
    found = compared_figures(meeting)
    assert [(one.finest.text, one.agrees, len(one.evidence)) for one in found] == [
        ("436 مليون دولار", True, 2),
        ("83 عضوا", True, 2),
    ]


def test_comparing_takes_one_query(two_articles, meeting, django_assert_num_queries):
    with django_assert_num_queries(1):
        for one in compared_figures(meeting):
            assert [evidence.figure.article.source for evidence in one.evidence] == [None, None]
    with django_assert_num_queries(2):
        assert figures_in_brief(meeting).figure_count == 4


def test_evidence_is_the_words_around_a_figure_and_marks_whole_words(two_articles, meeting):
    evidence = compared_figures(meeting)[0].evidence[0]
    assert evidence.words == "و436 مليون دولار"
    assert evidence.before.endswith("أن بلاده ستقدم ")
    assert evidence.after.startswith(" لمساعدة النازحين")
    assert TEXT.startswith(evidence.before + evidence.words)


def test_evidence_of_an_excerpt_stays_inside_its_quotation(two_articles, meeting):
    article = two_articles[0]
    Article.objects.filter(pk=article.pk).update(rights="excerpt")
    row = quote(article, "436 مليون دولار لمساعدة")
    store(article, MONEY, MEMBERS)
    shown = [
        next(piece for piece in one.evidence if piece.figure.article_id == article.pk)
        for one in compared_figures(meeting)
    ]
    assert [(piece.before, piece.words, piece.after, piece.figure.said_in) for piece in shown] == [
        ("", "436 مليون دولار", " لمساعدة", row),
        ("", "83 عضوا", "", None),
    ]


def test_the_page_of_an_article_leads_to_its_figures():
    article = make_article()
    row = quote(article, "436 مليون دولار لمساعدة")
    store(article, MONEY, MEMBERS)
    turns = [Turn(0, len(TEXT), False, (), ())]
    assert [(one.figure.text, one.anchor) for one in article_figures(article, turns)] == [
        ("436 مليون دولار", f"q{row.pk}"),
        ("83 عضوا", "t1"),
    ]
    article.rights = "excerpt"
    assert [one.anchor for one in article_figures(article, turns)] == [f"q{row.pk}"]


@pytest.mark.parametrize(
    ("text", "unit", "name"),
    [
        ("10 آلاف من مقاتلي", "مقاتلي", "10 آلاف من مقاتلي …"),
        ("12 ألفاً من النازحين", "النازحين", "12 ألفاً من النازحين"),
        ("436\xa0مليون  دولار", "دولار", "436 مليون دولار"),
    ],
)
def test_the_name_of_a_figure_is_one_line(text, unit, name):
    assert Figure(text=text, unit=unit).name == name
