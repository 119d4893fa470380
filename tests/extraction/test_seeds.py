"""What the measures of the five seeds do not say: their meetings by key, decks and cited sources."""

import json
from typing import Any

import pytest

from tests.extraction.reading import GOLD, SEEDS

# The reference data is read through the database.
pytestmark = pytest.mark.django_db

NAMES = sorted(path.name for path in SEEDS.glob("*.txt"))
FACTS = {
    "000": ("2021-06-28", "ministerial", "rome-2021", None),
    "001": ("2021-06-28", "ministerial", "rome-2021", "بوابة اوكرانيا"),
    "002": ("2021-03-24", "statement", None, None),
    "003": ("2017-03-22", "ministerial", "washington-2017", "إيلاف"),
    "004": ("2021-06-28", "ministerial", "rome-2021", None),
}


def gold_of(name: str) -> dict[str, Any]:
    return json.loads((GOLD / "seeds" / f"{name}.json").read_text(encoding="utf-8"))


def text_of(name: str) -> str:
    return (SEEDS / name).read_bytes().decode("utf-8")


@pytest.mark.parametrize("name", NAMES)
def test_date_meeting_and_outlet_are_right(printed: Any, name: str) -> None:
    mine = printed(text_of(name))
    event, outlet = mine["event"], mine["outlet"]
    day, kind, meeting, outlet_name = FACTS[name[:3]]
    assert mine["dateline"]["date"] == day
    assert mine["dateline"]["date_basis"] == gold_of(name)["dateline"]["date_basis"]
    assert (event["kind"], event["id"]) == (kind, meeting)
    assert event["date"] == gold_of(name)["event"]["date"]
    assert (outlet and outlet["name"]) == outlet_name


@pytest.mark.parametrize("name", NAMES)
def test_headline_sections_and_furniture_are_right(printed: Any, name: str) -> None:
    mine, read = printed(text_of(name)), gold_of(name)
    if read["headline"] is None:
        assert mine["headline"]["basis"] == "derived"
    else:
        assert {key: mine["headline"][key] for key in ("text", "start", "end", "basis")} == {
            key: read["headline"][key] for key in ("text", "start", "end", "basis")
        }
    assert (mine["deck"] and mine["deck"]["start"]) == (read["deck"] and read["deck"]["start"])
    assert mine["sections"] == read["sections"]
    assert mine["boilerplate"] == [
        {key: item[key] for key in ("start", "end", "reason")} for item in read["boilerplate"]
    ]


@pytest.mark.parametrize("name", NAMES)
def test_cited_sources_are_found(printed: Any, name: str) -> None:
    mine, read = printed(text_of(name)), gold_of(name)
    found = {(source["start"], source["end"]) for source in mine["cited_sources"]}
    assert {(source["start"], source["end"]) for source in read["cited_sources"]} <= found
