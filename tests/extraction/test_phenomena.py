"""One short text for each phenomenon of Arabic press style: what it lists must be found."""

import json
from typing import Any

import pytest

from archive.extraction.knowledge import Knowledge
from archive.extraction.phenomena import phenomenon_problems
from tests.extraction.reading import GOLD

# The reference data is read through the database.
pytestmark = pytest.mark.django_db

PHENOMENA = json.loads((GOLD / "phenomena.json").read_text(encoding="utf-8"))
# Without the list of people nothing tells who is called بلينكن before or without a title.
NEED_PEOPLE = {"P12", "P14"}


@pytest.mark.parametrize("case", PHENOMENA, ids=lambda case: f"{case['id']} {case['name']}")
def test_phenomenon(printed: Any, case: dict[str, Any]) -> None:
    assert phenomenon_problems(case, printed(case["text"])) == []


@pytest.mark.parametrize(
    "case", [case for case in PHENOMENA if case["id"] not in NEED_PEOPLE], ids=lambda case: case["id"]
)
def test_phenomenon_without_the_list_of_people(
    printed: Any, knowledge_without_people: Knowledge, case: dict[str, Any]
) -> None:
    assert phenomenon_problems(case, printed(case["text"], knowledge_without_people)) == []


@pytest.mark.parametrize(
    ("listed", "problem"),
    [
        ({"quotes": [{"kind": "direct", "text": "بقية", "speaker": "لا أحد"}]}, "missed بقية"),
        ({"quotes": [{"kind": "direct", "text": "كلام", "speaker": "كيري"}]}, "speaker بلينكن for كيري"),
        ({"quotes": [{"kind": "direct", "text": "كلام", "speaker": "joint"}]}, "speaker بلينكن for joint"),
        (
            {"quotes": [{"kind": "direct", "text": "كلام", "speaker": "بلينكن"}], "speaker_iso": "FR"},
            "speaker's country US",
        ),
        ({"not_quotes": ["كلام"]}, "quoted كلام"),
        ({"cluster": 2}, "one speaker taken for several"),
        ({"date": "2020-01-01"}, "date None"),
        ({"countries": ["FR"]}, "no FR"),
        ({"not_countries": ["US"]}, "wrongly US"),
    ],
)
def test_what_is_listed_and_not_found_is_told(listed: dict[str, Any], problem: str) -> None:
    speaker = {"id": "a", "name_ar": "بلينكن", "variants": [], "type": "person", "country": "US"}
    printed = {
        "quotes": [{"kind": "direct", "text": "كلام", "start": 0, "end": 4, "speaker": speaker}],
        "speakers": [speaker],
        "dateline": {"date": None, "place": None},
        "outlet": None,
        "headline": None,
        "countries": [{"iso2": "US", "salience": "primary"}, {"iso2": "FR", "salience": "incidental"}],
    }
    case = {"text": "كلام ثم شيء آخر ثم بقية", "quotes": [], **listed}
    assert phenomenon_problems(case, printed) == [problem]
