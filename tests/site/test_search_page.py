"""The search page: what it makes of an address, and how it shows an answer."""

import re
from datetime import date
from html import unescape

import pytest
from django.http import QueryDict

from search.face import Filters
from search.views import read_parameters

PARTIAL = "مواد فيها بعض كلماتك"


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


def test_taking_a_filter_back_begins_at_the_first_page(client, site):
    page = read(client, "q=داعش&country=TR&page=2")
    active = page[page.index('class="active dots"') :]
    assert 'href="?q=%D8%AF%D8%A7%D8%B9%D8%B4"' in active[: active.index("</ul>")]


def test_facets_are_links_that_keep_the_question(client, site):
    page = read(client, "q=داعش&sort=newest&page=1")
    facets = page[page.index('class="facets"') : page.index("</details>")]
    assert "sort=newest&amp;country=TR" in facets
    assert "from=2021-01-01&amp;to=2021-12-31" in facets
    assert "page=" not in facets


def test_values_of_a_facet_are_chosen_beside_each_other(client, site):
    page = read(client, "q=داعش&country=TR&country=US&page=1")
    facets = page[page.index('class="facets"') : page.index("</details>")]
    assert facets.count('aria-current="true"') == 3  # the order, and two countries
    assert re.search("country=US&amp;country=TR&amp;country=[A-Z]{2}|country=TR&amp;country=US&amp;", facets)
    active = page[page.index('class="active dots"') :]
    links = re.findall('href="([^"]*)"', active[: active.index("</ul>")])
    assert [QueryDict(unescape(link)[1:]).getlist("country") for link in links] == [["US"], ["TR"]] or [
        QueryDict(unescape(link)[1:]).getlist("country") for link in links
    ] == [["TR"], ["US"]]
    assert facets.count('<input type="hidden" name="country"') == 2


def test_articles_and_quotations_are_a_link_apart(client, site):
    page = read(client, "q=الحرب&speaker=test-speaker&sort=newest&page=2")
    kinds = page[page.index('class="kinds"') : page.index("</nav>", page.index('class="kinds"'))]
    here, there = re.findall('<a href="([^"]*)"([^>]*)>([^<]*)', kinds)
    assert (here[1], there[1]) == (' aria-current="page"', "")
    asked = QueryDict(unescape(there[0])[1:]).dict()
    assert asked == {"q": "الحرب", "speaker": "test-speaker", "sort": "newest", "in": "quotations"}


def test_a_quotation_is_shown_with_its_speaker_office_outlet_and_place(client, site):
    page = read(client, "q=مستمرون&in=quotations")
    (hit,) = re.findall(f'<li class="row">(?:(?!</li>).)*#q{site.titled.pk}".*?</li>', page, re.DOTALL)
    assert f'href="{site.full.get_absolute_url()}#q{site.titled.pk}"' in hit
    for told in ("نحن <mark>مستمرون</mark> في الحرب", "الاختبار", "وزير الاختبار التركي", "تركيا"):
        assert told in hit
    for told in ("صحيفة الاختبار", "بلفظه", 'datetime="2022-05-11"', site.full.title, "طابق بالرسم نفسه"):
        assert told in hit


def test_quotations_of_hidden_articles_are_not_found(client, site):
    assert f"#q{site.hidden.quotations.get().pk}" not in read(client, "q=مستمرون&in=quotations")


def test_the_field_keeps_what_is_listed(client, site):
    hidden = '<input type="hidden" name="in" value="quotations">'
    assert hidden in read(client, "q=داعش&in=quotations")
    assert hidden not in read(client, "q=داعش")


def test_quotations_are_narrowed_by_how_they_are_reported(client, site):
    page = read(client, "q=داعش&in=quotations")
    facets = page[page.index('class="facets"') : page.index("</details>")]
    assert "kind=direct" in facets
    assert "kind=indirect" in facets
    narrowed = read(client, "q=داعش&in=quotations&kind=indirect")
    assert 'class="said ind"' in narrowed
    assert 'class="said"' not in narrowed


def test_no_quotation_found_is_said_of_quotations(client, site):
    assert "لا قول في السجلّ يوافق ما طُلب." in read(client, "q=كلمةلاوجودلها&in=quotations")


def test_links_repeat_only_what_the_page_reads_of_its_address(client, site):
    page = read(client, "q=داعش&utm_source=x&country=TR")
    assert "utm_source" not in page
    # A megabyte in the address does not come back in each of the links.
    assert len(read(client, "q=" + "ا" * 500_000)) < 100_000


def test_exact_spelling_is_a_box_beside_the_field(client, site):
    box = '<input type="checkbox" name="exact" value="1"'
    assert f"{box}>" in read(client)
    assert f"{box}>" in read(client, "q=داعش")
    assert f"{box} checked>" in read(client, "q=داعش&exact=1")


def test_exact_spelling_finds_only_what_is_so_spelled(client, site):
    assert "القارة" in read(client, "q=القاره")
    assert "لا مادة في السجلّ توافق ما طُلب." in read(client, "q=القاره&exact=1")
    assert "<mark>القارة</mark>" in read(client, "q=القارة&exact=1")


def test_every_link_of_an_exact_search_keeps_it_and_one_ends_it(client, site):
    page = read(client, "q=داعش&exact=1")
    facets = page[page.index('class="facets"') : page.index("</details>")]
    links = re.findall('href="([^"]*)"', facets)
    assert links
    assert all("exact=1" in link for link in links)
    assert '<input type="hidden" name="exact" value="1">' in facets
    active = page[page.index('class="active dots"') :]
    active = active[: active.index("</ul>")]
    assert "مطابقة تامة" in active
    assert 'href="?q=%D8%AF%D8%A7%D8%B9%D8%B4"' in active


def test_each_hit_says_how_it_matched(client, site):
    page = read(client, "q=بلينكن")
    assert "طابقت بالرسم نفسه" in page
    assert "طابقت باسم آخر" in page
    assert "طابقت" not in read(client, "country=TR")


def test_words_let_go_are_named_each_with_a_link_that_requires_it(client, site):
    page = read(client, "q=داعش زنجبيلوفلفل&exact=1&page=1")
    header = page[page.index('class="answer"') : page.index("</header>", page.index('class="answer"'))]
    assert "«زنجبيلوفلفل»" in header
    (link,) = re.findall('href="([^"]*)">اشترط «زنجبيلوفلفل»', header)
    assert QueryDict(unescape(link)[1:]).dict() == {"q": "داعش +زنجبيلوفلفل", "exact": "1"}
    assert PARTIAL not in page


def test_partial_matches_follow_the_counted_ones_under_a_heading(client, site):
    page = read(client, "q=بلينكن روما")
    counted, partial = page.split(PARTIAL)
    assert 'class="hits"' in counted
    assert "مهمتنا في قتال" not in counted
    assert "مهمتنا في قتال" in partial
    total = int(re.search(r'"hamish label">(\d+)', counted).group(1))
    assert counted.count('<h2 class="title') == total


def test_partial_matches_have_no_place_in_the_order_of_dates(client, site):
    assert PARTIAL not in read(client, "q=بلينكن روما&sort=newest")


def test_found_words_are_marked_inside_quotations(client, site):
    page = read(client, "q=الحرب")
    heard = page[page.index('class="heard"') :]
    assert "<mark>الحرب</mark>" in heard[: heard.index("</ul>")]


def test_a_long_query_is_not_cut_in_silence(client, site):
    assert "maxlength" not in read(client)
    page = read(client, "q=" + "%D8%AF%D8%A7%D8%B9%D8%B4+" * 300)
    assert "1000" in page[: page.index("</header>", page.index('class="answer"'))]


def test_help_stands_beside_the_field(client, site):
    assert 'href="/search/help/"' in read(client, "q=داعش")
    assert 'href="/en/search/help/"' in client.get("/en/search/").content.decode()


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
        "q=a&in=%27%22&kind=x&kind=%00",
        "in=quotations",
        "in=quotations&kind=direct&kind=indirect&page=99999",
        "q=%D8%AF%D8%A7%D8%B9%D8%B4&in=quotations&speaker=%00&speaker=x&speaker=y",
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
