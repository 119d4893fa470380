"""Statements on the pages: compared word by word, reached from everywhere, hidden where they must be."""

import re

import pytest
from django.urls import reverse

from archive import paging
from archive.models import Article, Quotation, Source, Statement
from tests.site.conftest import make_article, quote
from tests.site.test_lists import MOST_QUERIES

ROME = "/meetings/rome-2021/"


def make_statement(site, versions):
    """A statement of the test's speaker in so many articles of the test's meeting."""
    statement = Statement.objects.create(speaker=site.speaker, meeting=site.meeting)
    for number in range(versions):
        article = make_article(f"مادة {number}", meeting=site.meeting)
        quote(article, "direct", "نحن مستمرون في الحرب", speaker=site.speaker, statement=statement)
    return statement


def read(client, address):
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


@pytest.fixture
def faisal(site):
    """The statement of the Saudi minister that two of the seeds translate."""
    return Statement.objects.published().get(quotations__text__startswith="رغم هذه الإنجازات")


def test_the_seeds_have_the_statements_that_two_outlets_translate(site):
    found = {
        (row.speaker.key, row.article_count)
        for row in Statement.objects.published().select_related("speaker")
    }
    assert found >= {("blinken", 2), ("faisal-bin-farhan", 2)}


def test_a_statement_marks_whole_words_that_differ(client, faisal):
    page = read(client, faisal.get_absolute_url())
    assert "<mark>الأمر الذي يتطلب</mark> من الجميع" in page
    assert "<mark>مما يستدعي</mark> من الجميع" in page
    assert "لا يزال قائماً" in page
    assert "المظلَّل ما اختلف: 7 كلمات من 27 في الأول، و8 كلمات من 27 في الثاني." in page


def test_differing_words_stand_in_a_table_beside_their_counterparts(client, faisal):
    page = read(client, faisal.get_absolute_url())
    rows = re.findall(r"<tr><td><span[^>]*>(.*?)</span></td><td><span[^>]*>(.*?)</span></td></tr>", page)
    assert ("رغم", "على الرغم من") in rows
    assert len(rows) == 5


def test_of_three_versions_each_is_compared_with_the_fullest(client, site):
    page = read(client, make_statement(site, 3).get_absolute_url())
    assert page.count('class="wide collate"') == 2
    assert "اللفظ 3 بإزاء أوفى الألفاظ" in page


def test_in_english_the_words_stay_arabic(client, faisal):
    page = read(client, "/en" + faisal.get_absolute_url())
    assert '<blockquote class="say" lang="ar" dir="rtl">' in page
    assert "7 words of 27 in the first, 8 words of 27 in the second" in page


def test_the_meeting_shows_what_several_articles_report(client, faisal):
    page = read(client, ROME)
    section = page[page.index('aria-labelledby="statements"') : page.index('aria-labelledby="record"')]
    assert f'href="{faisal.get_absolute_url()}"' in section
    assert "<mark>" in section


def test_a_meeting_without_any_has_no_such_section(client, site):
    assert 'aria-labelledby="statements"' not in read(client, site.meeting.get_absolute_url())


def test_articles_speakers_and_meetings_lead_to_the_statement(client, faisal):
    quotation = faisal.quotations.order_by("pk").first()
    for address in (quotation.article.get_absolute_url(), quotation.speaker.get_absolute_url(), ROME):
        assert f'href="{faisal.get_absolute_url()}"' in read(client, address), address


def test_the_end_margin_names_the_other_articles_and_not_this_one(client, faisal):
    article = Article.objects.get(revisions__path__contains="001_")
    other = Article.objects.get(revisions__path__contains="004_")
    page = read(client, article.get_absolute_url())
    link = f'نقله أيضاً: <a href="{faisal.get_absolute_url()}"><bdi>المادة {other.pk}</bdi></a>'
    assert link in page


def test_a_statement_of_which_one_article_may_be_seen_has_no_page(client, faisal):
    address, meeting = faisal.get_absolute_url(), ROME
    Article.objects.filter(revisions__path__contains="004_").update(rights="hidden")
    assert client.get(address).status_code == 404
    assert client.get("/en" + address).status_code == 404
    assert f'href="{address}"' not in read(client, meeting)
    quotation = faisal.quotations.filter(article__rights="").first()
    for page in (quotation.article.get_absolute_url(), quotation.speaker.get_absolute_url()):
        assert f'href="{address}"' not in read(client, page)


def test_a_rejected_version_is_not_shown(client, site):
    statement = make_statement(site, 3)
    rejected = statement.quotations.first()
    Quotation.objects.filter(pk=rejected.pk).update(review="rejected")
    page = read(client, statement.get_absolute_url())
    assert page.count('class="wide collate"') == 1
    assert f"#q{rejected.pk}" not in page


@pytest.mark.parametrize("of", ["article", "outlet"])
def test_the_words_of_a_hidden_article_are_on_no_page_of_the_statement(client, site, of):
    """Two others keep the statement on the pages; of the third neither words nor outlet are told."""
    statement = make_statement(site, 2)
    outlet = Source.objects.create(key="withheld", name_ar="منبر محجوب", name_en="Withheld")
    words = "ولن تتوقف الحملة أبدا"
    kept_back = {"text": words, "body": [], "sections": [], "source": outlet}
    article = make_article("مادة محجوبة", meeting=site.meeting, **kept_back)
    article.quotations.create(
        kind="direct", start=0, end=len(words), speaker=site.speaker, statement=statement
    )
    address = statement.get_absolute_url()
    pages = [
        address,
        site.meeting.get_absolute_url(),
        site.speaker.get_absolute_url(),
        statement.quotations.first().article.get_absolute_url(),
    ]
    assert "منبر محجوب" in read(client, address)
    hidden = {"article": article, "outlet": outlet}[of]
    hidden.rights = "hidden"
    hidden.save()
    for page in pages:
        content = read(client, page)
        assert f'href="{address}"' in content or page == address
        for told in (words, "منبر محجوب", article.get_absolute_url()):
            assert told not in content, page


def test_no_such_statement_is_not_found(client, site):
    assert client.get(reverse("statement", args=[10**9])).status_code == 404


def test_many_statements_are_cut_into_pages_and_ask_no_more(client, site, django_assert_max_num_queries):
    articles = [make_article(f"مادة {number}", meeting=site.meeting) for number in range(2)]
    for number in range(paging.STATEMENTS + 1):
        statement = Statement.objects.create(speaker=site.speaker, meeting=site.meeting)
        for article in articles:
            words = ["نحن مستمرون في الحرب", "الأمر انتهى"][number % 2]
            kind = ["direct", "indirect"][number % 2]
            row = Quotation(article=article, kind=kind, start=number, end=number + len(words))
            row.speaker, row.statement = site.speaker, statement
            row.save()
    address = site.meeting.get_absolute_url()
    with django_assert_max_num_queries(MOST_QUERIES):
        first = read(client, address)
    assert first.count('class="collate"') == paging.STATEMENTS
    assert "?statements=2#statements" in first
    assert read(client, address + "?statements=2").count('class="collate"') == 1


def test_a_statement_asks_the_same_of_the_database_however_many_report_it(
    client, site, django_assert_max_num_queries
):
    statement = make_statement(site, 12)
    with django_assert_max_num_queries(4):
        page = read(client, statement.get_absolute_url())
    assert page.count('class="wide collate"') == 11
    assert "لا يختلفان في كلمة." in page
