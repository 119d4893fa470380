"""How the search page words its filters, and what it must not name."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.http import QueryDict
from django.test import Client

from archive.models import Country, Meeting, Source, Speaker
from search.face import Filters, search
from search.filters import MAX_VALUES
from search.indexing import drain_changes
from search.views import list_facets, list_kinds, name_filters, read_parameters, require_word
from tests.search.conftest import article_of, quotation_of


@pytest.fixture
def turkey(empty_index: Path) -> Country:
    country = Country.objects.create(code="TR", name_ar="تركيا", name_en="Türkiye")
    article_of("كلمة زنجبيل").country_links.create(country=country, role="primary")
    drain_changes()
    return country


def facet(filters: Filters, name: str, **options: object) -> dict[str, dict]:
    """The values of a facet of the page, by their labels."""
    listed = list_facets(search("", filters=filters, **options), filters)
    values = next((each["values"] for each in listed if each["name"] == name), [])
    return {value["label"]: value for value in values}


@pytest.mark.parametrize("value", ["TR", "tr", "تركيا", "Türkiye"])
def test_country_is_named_and_marked_however_the_address_says_it(turkey: Country, value: str) -> None:
    filters = Filters(country=value)
    assert [row["label"] for row in name_filters(search("", filters=filters), filters)] == ["تركيا"]
    assert [row["active"] for row in facet(filters, "country").values()] == [True]


@pytest.mark.parametrize("name", ["source", "meeting", "speaker", "country"])
def test_what_only_hidden_articles_have_is_not_named(empty_index: Path, name: str) -> None:
    country = Country.objects.create(code="IT", name_ar="إيطاليا")
    rows = {
        "country": country,
        "source": Source.objects.create(key="elaph", name_ar="إيلاف"),
        "meeting": Meeting.objects.create(
            key="rome",
            name_ar="اجتماع روما",
            short_name_ar="روما",
            starts_on=date(2021, 6, 28),
            ends_on=date(2021, 6, 28),
        ),
        "speaker": Speaker.objects.create(key="zaid", name_ar="زيد"),
    }
    article = article_of("كلمة زنجبيل", source=rows["source"], meeting=rows["meeting"])
    quotation_of(article, "كلمة", speaker=rows["speaker"])
    article.country_links.create(country=country, role="primary")
    filters = Filters(**{name: str(rows[name].pk)})
    (shown,) = name_filters(search("", filters=filters), filters)
    assert shown["label"] != str(rows[name].pk)
    article.rights = "hidden"
    article.save()
    (shown,) = name_filters(search("", filters=filters), filters)
    assert shown["label"] == str(rows[name].pk)


@pytest.fixture
def two_countries(turkey: Country) -> None:
    italy = Country.objects.create(code="IT", name_ar="إيطاليا", name_en="Italy")
    article_of("كلمة أخرى").country_links.create(country=italy, role="primary")
    drain_changes()


def test_facet_adds_a_value_to_the_chosen_one_and_takes_it_away(two_countries: None) -> None:
    values = facet(Filters(country="TR"), "country")
    assert {label: value["change"]["country"] for label, value in values.items()} == {
        "تركيا": None,
        "إيطاليا": ["TR", "IT"],
    }
    both = facet(Filters(country=("IT", "TR")), "country")
    assert {label: (value["active"], value["change"]) for label, value in both.items()} == {
        "إيطاليا": (True, {"country": ["TR"], "page": None}),
        "تركيا": (True, {"country": ["IT"], "page": None}),
    }


def test_each_chosen_value_is_taken_away_by_itself_and_an_unknown_one_too(two_countries: None) -> None:
    filters = Filters(country=("تركيا", "لا مكان", "IT"))
    active = name_filters(search("", filters=filters), filters)
    assert {row["label"]: row["change"]["country"] for row in active} == {
        "إيطاليا": ["TR", "لا مكان"],
        "تركيا": ["IT", "لا مكان"],
        "لا مكان": ["IT", "TR"],
    }


def test_chosen_value_that_nothing_has_can_be_taken_off(two_countries: None) -> None:
    Country.objects.create(code="JO", name_ar="الأردن", name_en="Jordan")
    filters = Filters(country=("TR", "JO"))
    (active, jordan) = sorted(
        name_filters(search("", filters=filters), filters), key=lambda row: row["label"] == "JO"
    )
    assert (active["label"], jordan["change"]["country"]) == ("تركيا", ["TR"])
    assert facet(filters, "country")["JO"]["count"] == 0


def test_year_is_chosen_alone(empty_index: Path) -> None:
    for year in (2017, 2021):
        article_of("كلمة", published_on=date(year, 5, 1))
    drain_changes()
    values = facet(Filters(date_from=date(2021, 1, 1), date_to=date(2021, 12, 31)), "year")
    assert {label: (value["active"], value["change"]["from"]) for label, value in values.items()} == {
        "2021": (True, None),
        "2017": (False, "2017-01-01"),
    }


def test_kind_is_a_facet_of_quotations_and_of_articles_that_are_narrowed_by_it(empty_index: Path) -> None:
    quotation_of(article_of("كلمة زنجبيل"), "كلمة")
    drain_changes()
    asked = Filters(date_from=None, speaker=(), kind="direct")
    assert list(facet(Filters(kind="direct"), "kind", kind="quotations")) == ["بلفظه"]
    assert list(facet(asked, "kind")) == ["بلفظه"]
    answer = search("كلمة")
    assert "kind" not in {each["name"] for each in list_facets(answer, Filters())}


def test_kinds_of_result_with_their_totals(empty_index: Path) -> None:
    article = article_of("كلمة زنجبيل وكلمة")
    for word in ("كلمة", "وكلمة"):
        quotation_of(article, word)
    drain_changes()
    kinds = list_kinds(search("كلمة", kind="quotations", with_totals=True))
    assert [(each["total"], each["active"], each["set"]["in"]) for each in kinds] == [
        (1, False, None),
        (2, True, "quotations"),
    ]


@pytest.mark.parametrize(
    ("given", "kind"), [("in=quotations", "quotations"), ("in=x", "articles"), ("", "articles")]
)
def test_address_says_what_is_listed(given: str, kind: str) -> None:
    assert read_parameters(QueryDict(given)).kind == kind


def test_address_gives_several_values_of_a_field() -> None:
    asked = read_parameters(QueryDict("speaker=a&speaker=b&speaker=&speaker=a&kind=direct"))
    assert asked.filters == Filters(speaker=("a", "b"), kind="direct")


def test_address_of_very_many_values_is_bounded(client, empty_index: Path) -> None:
    page = client.get("/search/?" + "&".join(f"speaker=s{number}" for number in range(900)))
    assert page.status_code == 200
    assert f"s{MAX_VALUES - 1}" in page.content.decode()
    assert f"s{MAX_VALUES + 1}" not in page.content.decode()


@pytest.mark.parametrize(
    ("query", "word", "required"),
    [
        ("روما زنجبيل", "زنجبيل", "روما +زنجبيل"),
        ("زنجبيل روما زنجبيل", "زنجبيل", "+زنجبيل روما زنجبيل"),
        # Never inside another word.
        ("زنجبيلي زنجبيل", "زنجبيل", "زنجبيلي +زنجبيل"),
        # A word that touches a sign does not stand where + could be attached to it.
        ("روما،زنجبيل", "زنجبيل", "روما،زنجبيل +زنجبيل"),
        # Signs of the word are letters here.
        ("c++ (", "c++", "+c++ ("),
    ],
)
def test_a_word_is_required_where_it_stands(query: str, word: str, required: str) -> None:
    assert require_word(query, word) == required


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
@pytest.mark.parametrize(("address", "language"), [("/search/", "ar"), ("/en/search/?q=1", "en")])
def test_what_is_sent_to_the_page_is_refused_on_a_page_of_the_site(
    db: None, method: str, address: str, language: str
) -> None:
    """Whoever sends something has no token of a form of ours, and is not told of tokens."""
    response = getattr(Client(enforce_csrf_checks=True), method)(address, {"q": "زنجبيل"})
    assert (response.status_code, response["Allow"]) == (405, "GET, HEAD")
    page = response.content.decode()
    assert f'<html lang="{language}"' in page
    assert '<main id="main"' in page
    assert "CSRF" not in page


def test_head_of_the_page_is_given(client: Client, empty_index: Path) -> None:
    response = client.head("/search/?q=1")
    assert (response.status_code, response.content) == (200, b"")


def test_page_says_that_the_database_answers(
    client: Client, empty_index: Path, lose_index: Callable[[], None]
) -> None:
    article_of("كلمة زنجبيل")
    lose_index()
    page = client.get("/en/search/?q=زنجبيل").content.decode()
    status = page[page.index('<div role="status">') :]
    assert "this answer comes straight from the database" in status[: status.index("</div>")]
    assert "1 result" in page
