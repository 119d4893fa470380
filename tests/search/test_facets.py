from collections import Counter

import pytest
from django.utils import translation

from archive.models import Country, Speaker
from search.facets import FacetValue, label_facets
from tests.search.conftest import article_of, quotation_of

pytestmark = pytest.mark.django_db


def counts(**values: dict[str, int]) -> dict[str, Counter[str]]:
    names = ("speaker", "country", "source", "meeting", "kind", "year")
    return {name: Counter(values.get(name, {})) for name in names}


def test_values_have_keys_and_names() -> None:
    speaker = Speaker.objects.create(key="blinken", name_ar="أنتوني بلينكن", name_en="Antony Blinken")
    facets = label_facets(counts(speaker={str(speaker.pk): 3}))
    assert [(value.value, value.label, value.count) for value in facets["speaker"]] == [
        ("blinken", "أنتوني بلينكن", 3)
    ]
    with translation.override("en"):
        assert label_facets(counts(speaker={str(speaker.pk): 3}))["speaker"][0].label == "Antony Blinken"


def test_most_frequent_first_then_by_the_alphabet() -> None:
    for code, name in (("IT", "إيطاليا"), ("JO", "الأردن"), ("TR", "تركيا")):
        Country.objects.create(code=code, name_ar=name, name_en=code)
    facets = label_facets(counts(country={"IT": 1, "TR": 2, "JO": 1}))
    assert [value.value for value in facets["country"]] == ["TR", "JO", "IT"]


def test_latest_year_first() -> None:
    facets = label_facets(counts(year={"2017": 5, "2021": 1}))
    assert [(value.value, value.count) for value in facets["year"]] == [("2021", 1), ("2017", 5)]


def test_value_whose_row_is_gone_is_left_out() -> None:
    assert label_facets(counts(speaker={"12345": 1}))["speaker"] == []


def three_countries() -> None:
    for code, name in (("IT", "إيطاليا"), ("JO", "الأردن"), ("TR", "تركيا")):
        Country.objects.create(code=code, name_ar=name, name_en=code)


def test_kinds_are_named_as_pages_name_them() -> None:
    with translation.override("en"):
        values = label_facets(counts(kind={"direct": 1, "indirect": 2}))["kind"]
    assert [(value.value, value.label) for value in values] == [
        ("indirect", "paraphrased"),
        ("direct", "verbatim"),
    ]


def test_no_more_values_than_asked_for_and_the_chosen_ones() -> None:
    three_countries()
    values = label_facets(counts(country={"IT": 9, "JO": 5, "TR": 1}), {"country": {"TR": "تركيا"}}, most=1)
    assert [(value.value, value.chosen) for value in values["country"]] == [("IT", False), ("TR", True)]
    assert len(label_facets(counts(year={"2020": 1, "2021": 1}), most=1)["year"]) == 1


def test_chosen_value_that_nothing_has_stays_listed() -> None:
    three_countries()
    article_of("كلمة").country_links.create(country_id="TR", role="primary")
    values = label_facets(counts(country={"IT": 9}), {"country": {"TR": "tr"}})
    assert values["country"][1] == FacetValue("TR", "تركيا", 0, chosen=True)


def test_chosen_value_out_of_sight_keeps_the_text_it_was_asked_by() -> None:
    speaker = Speaker.objects.create(key="zaid", name_ar="زيد")
    article = article_of("كلمة", rights="hidden")
    quotation_of(article, "كلمة", speaker=speaker)
    chosen = {"speaker": {str(speaker.pk): str(speaker.pk)}}
    (hidden,) = label_facets(counts(), chosen)["speaker"]
    assert (hidden.value, hidden.label) == (str(speaker.pk), str(speaker.pk))
    article.rights = ""
    article.save()
    (seen,) = label_facets(counts(), chosen)["speaker"]
    assert (seen.value, seen.label) == ("zaid", "زيد")


def test_one_query_a_facet_for_the_values_that_are_shown(django_assert_num_queries) -> None:
    three_countries()
    speakers = [Speaker.objects.create(key=f"s{number}", name_ar=f"زيد {number}") for number in range(20)]
    found = counts(
        speaker={str(speaker.pk): 1 for speaker in speakers},
        country={"IT": 2, "TR": 1},
        kind={"direct": 1},
        year={"2021": 1},
    )
    with django_assert_num_queries(2):
        label_facets(found, {"country": {"IT": "IT"}}, most=8)
