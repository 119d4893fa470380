"""Lists and the pages behind them: order, pages, empty states, and few questions to the database."""

import re
from datetime import date

import pytest
from django.views.defaults import server_error

from archive import paging
from archive.models import Article, Quotation, Speaker
from archive.views.speakers import spellings
from tests.site.addresses import page_addresses
from tests.site.conftest import make_article

# More than these would mean that a page asks once a row. Measured: 2 to 15, the search page 14 at most.
MOST_QUERIES = 16
MOST_SEARCH_QUERIES = 24


def read(client, address):
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def test_no_page_asks_the_database_once_a_row(client, site, django_assert_max_num_queries):
    for address in page_addresses(site):
        most = MOST_SEARCH_QUERIES if address.startswith("/search") else MOST_QUERIES
        with django_assert_max_num_queries(most, info=address):
            client.get(address)


def test_articles_are_newest_first_and_undated_ones_last(client, site):
    page = read(client, "/articles/")
    order = [
        page.index(f'"/articles/{article.pk}/"') for article in Article.objects.published().newest_first()
    ]
    assert order == sorted(order)
    assert page.index("غير مؤرَّخة") > page.index("22 آذار/مارس 2017")


def test_a_long_list_is_cut_into_pages(client, site, monkeypatch):
    for number in range(paging.ARTICLES):
        make_article(f"مادة {number}", published_on=date(2020, 1, 1))
    first, second = read(client, "/articles/"), read(client, "/articles/?page=2")
    assert first.count("<h3") == paging.ARTICLES
    assert 'rel="next" href="?page=2"' in first
    assert 'rel="prev" href="?"' in second
    assert 'rel="next"' not in second


@pytest.mark.parametrize("page", ["0", "-1", "999", "سطر", "1e9", "9" * 400])
def test_a_page_that_does_not_exist_is_not_found(client, site, page):
    assert client.get("/articles/", {"page": page}).status_code == 404


def test_the_indexes_are_in_the_alphabetical_order_of_their_language(client, site):
    names = [("أحمد التجريبي", "Zaki"), ("البدر", "Adam"), ("تامر", "Musa")]
    for end, (arabic, english) in enumerate(names, 4):
        speaker = Speaker.objects.create(key=english, name_ar=arabic, name_en=english)
        Quotation(article=site.full, kind="direct", start=0, end=end, speaker=speaker).save()
    index = read(client, "/speakers/")
    # The article of «البدر» does not count, and hamza is an alif.
    assert index.index("أحمد التجريبي") < index.index("البدر") < index.index("تامر")
    index = read(client, "/en/speakers/")
    assert index.index("Adam") < index.index("Musa") < index.index("Zaki")


def test_small_and_capital_letters_share_one_heading(client, site):
    for end, name in enumerate(["Abel", "aaron", "Zeno", "zadok"], 4):
        speaker = Speaker.objects.create(key=name, name_ar="اسم", name_en=name)
        Quotation(article=site.full, kind="direct", start=0, end=end, speaker=speaker).save()
    index = read(client, "/en/speakers/")
    assert index.index("aaron") < index.index("Abel") < index.index("zadok") < index.index("Zeno")
    letters = re.findall(r'<h2 class="hamish">(.)</h2>', index)
    assert len(letters) == len(set(letters))


def test_a_speaker_shows_office_spellings_and_words(client, site):
    page = read(client, site.speaker.get_absolute_url())
    assert "وزير الاختبار التركي" in page
    assert "التاريخان غير مؤكّدين" in page
    assert "الاختبار 2022" in page
    assert "الوزير السعودي" in page[page.index("بجانب أقواله") :]
    assert f"/articles/{site.full.pk}/#q{site.titled.pk}" in page


def test_words_inside_other_words_of_the_speaker_have_no_row_of_their_own(client, site):
    page = read(client, site.speaker.get_absolute_url())
    assert f"#q{site.outer.pk}" in page
    assert f"#q{site.inner.pk}" not in page
    assert page.count("الدولة الوحيدة") == 1


def test_spellings_are_counted_in_the_text(site):
    assert spellings(Quotation.objects.filter(speaker=site.speaker)) == [("الوزير السعودي", 1)]


def test_a_meeting_shows_coverage_voices_and_words(client, site):
    page = read(client, site.meeting.get_absolute_url())
    assert "11–12 أيار/مايو 2022" in page
    assert site.full.title in page
    assert site.speaker.short_name in page
    assert "الدولة الوحيدة" in page
    assert '<strong class="num">3</strong>' in page


def test_a_country_shows_what_is_said_in_its_name_and_about_it(client, site):
    page = read(client, "/countries/TR/")
    assert site.speaker.name_ar in page
    assert site.full.title in page


def test_a_countrys_code_is_written_in_capitals(client, site):
    response = client.get("/countries/tr/")
    assert (response.status_code, response["Location"]) == (301, "/countries/TR/")


@pytest.mark.parametrize(
    "address",
    [
        "/articles/999999/",
        "/articles/99999999999999999999999999/",
        "/articles/999999/card.png",
        "/speakers/nobody/",
        "/countries/XX/",
        "/sources/nowhere/",
        "/meetings/never/",
        "/لا شيء هنا/",
        "/en/nothing/",
    ],
)
def test_what_is_not_on_record_is_not_found_in_words(client, site, address):
    response = client.get(address)
    assert response.status_code == 404
    page = response.content.decode()
    assert ("Not on record" if address.startswith("/en/") else "ليس في السجلّ") in page
    assert page.count("<h1") == 1


def test_a_fault_of_the_server_is_told_without_a_database(rf):
    page = server_error(rf.get("/")).content.decode()
    assert "تعذّر عرض الصفحة" in page
    assert "The page could not be shown" in page
    assert "{%" not in page
