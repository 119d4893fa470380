"""Which of the speakers that an article names get a row of their own."""

import pytest

from archive.extraction.facts import FoundSpeaker
from archive.importing.registry import Registry
from archive.models import Country, Speaker

pytestmark = pytest.mark.django_db


def found(name: str, kind: str, country: str | None = None) -> FoundSpeaker:
    return FoundSpeaker("new-1", None, kind, name, "", "", None, country, (), (name,))


@pytest.fixture(autouse=True)
def iraq() -> Country:
    return Country.objects.create(code="IQ", name_ar="العراق", name_en="Iraq")


@pytest.mark.parametrize(
    ("name", "kind", "country", "why"),
    [
        ("فيصل", "person", None, "many share a given name"),
        ("مسؤول أميركي كبير", "anonymous", None, "two unnamed officials are not one speaker"),
        ("وزارة الخارجية", "organisation", None, "every country has one"),
        ("المكتب الإعلامي", "organisation", None, "every office has one"),
        ("باحثون", "group", None, "a plural is nobody in particular"),
    ],
)
def test_a_name_that_many_share_makes_no_speaker(name: str, kind: str, country: str | None, why: str) -> None:
    assert Registry().speaker(found(name, kind, country)) is None, why


@pytest.mark.parametrize(
    ("name", "kind", "country", "why"),
    [
        ("وزارة الخارجية العراقية", "organisation", "IQ", "the country tells it from others"),
        ("الحكومة العراقية", "organisation", "IQ", "two words are enough with a country"),
        ("مركز دراسات النزاع", "organisation", None, "three words are a name of its own"),
        ("فيصل بن فرحان", "person", None, "a full name"),
        ("العراق", "state", "IQ", "a state is named by one word"),
    ],
)
def test_a_name_of_its_own_makes_one(name: str, kind: str, country: str | None, why: str) -> None:
    pk = Registry().speaker(found(name, kind, country))
    assert Speaker.objects.get(pk=pk).name_ar == name, why
