from collections import Counter

import pytest
from django.utils import translation

from archive.models import Country, Speaker
from search.facets import label_facets

pytestmark = pytest.mark.django_db


def counts(**values: dict[str, int]) -> dict[str, Counter[str]]:
    names = ("speaker", "country", "source", "meeting", "year")
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
