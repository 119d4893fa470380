"""The search page: what it makes of an address, and how it shows an answer."""

from datetime import date

import pytest
from django.http import QueryDict

from search.face import Filters
from search.views import read_parameters


def read(client, query=""):
    response = client.get("/search/" + (f"?{query}" if query else ""))
    assert response.status_code == 200
    return response.content.decode()


def asked(query):
    return read_parameters(QueryDict(query))


def test_a_query_finds_articles_with_whole_words_marked(client, site):
    page = read(client, "q=بلينكن")
    assert "<mark>بلينكن</mark>" in page or "<mark>بلينكين</mark>" in page
    assert 'value="بلينكن"' in page


def test_a_filter_is_named_and_can_be_taken_away(client, site):
    page = read(client, "q=داعش&country=TR&sort=oldest")
    active = page[page.index('class="active dots"') :]
    assert "تركيا" in active[: active.index("</ul>")]
    assert 'href="?q=%D8%AF%D8%A7%D8%B9%D8%B4&amp;sort=oldest"' in active


def test_facets_are_links_that_keep_the_question(client, site):
    page = read(client, "q=داعش&sort=newest&page=1")
    facets = page[page.index('class="facets"') : page.index("</details>")]
    assert "sort=newest&amp;country=TR" in facets
    assert "from=2021-01-01&amp;to=2021-12-31" in facets
    assert "page=" not in facets


def test_a_filter_alone_lists_all_that_passes_it(client, site):
    page = read(client, f"speaker={site.speaker.key}")
    assert "كلّ ما يوافق التصفية" in page
    assert site.full.title in page
    assert site.hidden.title not in page


def test_nothing_found_says_what_to_do(client, site):
    page = read(client, "q=كلمةلاوجودلها")
    assert "لا مادة في السجلّ توافق ما طُلب." in page
    assert 'href="/speakers/"' in page


def test_without_a_question_the_page_explains_itself(client, site):
    page = read(client)
    assert "كيف يقرأ البحث ما تكتب" in page
    assert 'class="answer"' not in page


@pytest.mark.parametrize(
    "query",
    [
        "q=%00",
        "q=%F0%9F%98%80%F0%9F%98%80",
        "q=" + "%D8%A7" * 3000,
        "q=%22%22%22&page=-3",
        "q=a&page=99999999999999999999",
        "q=a&page=%D9%A2",
        "speaker=%00&country=%00&source=%00&meeting=%00",
        "country=%D9%84%D8%A7%20%D8%A3%D8%AD%D8%AF",
        "q=a&from=2021-02-30&to=%00",
        "q=a&sort=%27%22",
        "q=%3Cscript%3Ealert(1)%3C/script%3E",
    ],
)
def test_any_address_is_answered(client, site, query):
    assert "<script" not in read(client, query)


def test_dates_are_read_and_a_wrong_one_is_told():
    right = asked("from=2021-01-02&to=2021-03-04")
    assert right.filters == Filters(date_from=date(2021, 1, 2), date_to=date(2021, 3, 4))
    wrong = asked("q=a&from=2021-99-99")
    assert wrong.filters == Filters()
    assert len(wrong.problems) == 1


def test_dates_the_wrong_way_round_are_exchanged_and_told():
    turned = asked("from=2021-03-04&to=2021-01-02")
    assert turned.filters == Filters(date_from=date(2021, 1, 2), date_to=date(2021, 3, 4))
    assert len(turned.problems) == 1


@pytest.mark.parametrize(
    ("given", "read_as"), [("3", 3), ("0", 1), ("-1", 1), ("x", 1), ("", 1), ("9999999", 1), ("٢", 1)]
)
def test_a_page_number_that_is_none_means_the_first_page(given, read_as):
    assert asked(f"q=a&page={given}").page == read_as


def test_a_page_after_the_last_one_leads_back(client, site):
    page = read(client, "q=داعش&page=500")
    assert "تنتهي النتائج قبل هذه الصفحة." in page


def test_search_pages_are_not_for_search_engines(client, site):
    assert '<meta name="robots" content="noindex, follow">' in read(client, "q=داعش")
