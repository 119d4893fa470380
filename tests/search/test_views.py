"""How the search page words its filters, and what it must not name."""

from datetime import date
from pathlib import Path

import pytest

from archive.models import Country, Meeting, Source, Speaker
from search.face import Answer, Filters, search
from search.indexing import drain_changes
from search.views import list_facets, name_filters, require_word
from tests.search.conftest import article_of


@pytest.fixture
def turkey(empty_index: Path) -> Country:
    country = Country.objects.create(code="TR", name_ar="تركيا", name_en="Türkiye")
    article_of("كلمة زنجبيل").country_links.create(country=country, role="primary")
    drain_changes()
    return country


@pytest.mark.parametrize("value", ["TR", "tr", "تركيا", "Türkiye"])
def test_country_is_named_and_marked_however_the_address_says_it(turkey: Country, value: str) -> None:
    filters = Filters(country=value)
    answer = search("", filters=filters)
    assert [row["label"] for row in name_filters(answer, filters)] == ["تركيا"]
    facet = next(facet for facet in list_facets(answer, filters) if facet["name"] == "country")
    assert [row["active"] for row in facet["values"]] == [True]


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
    article.quotations.create(kind="direct", start=0, end=4, speaker=rows["speaker"])
    article.country_links.create(country=country, role="primary")
    filters = Filters(**{name: str(rows[name].pk)})
    (shown,) = name_filters(Answer(""), filters)
    assert shown["label"] != str(rows[name].pk)
    article.rights = "hidden"
    article.save()
    (shown,) = name_filters(Answer(""), filters)
    assert shown["label"] == str(rows[name].pk)


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
