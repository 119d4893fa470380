"""One short text for each phenomenon of Arabic press style: what it lists must be found."""

import json
from typing import Any

import pytest

from archive.extraction.knowledge import Knowledge
from archive.extraction.scoring import LOOSE, overlap, same_name
from tests.extraction.reading import GOLD

# The reference data is read through the database.
pytestmark = pytest.mark.django_db

PHENOMENA = json.loads((GOLD / "phenomena.json").read_text(encoding="utf-8"))
# Without the list of people nothing tells who is called بلينكن before or without a title.
NEED_PEOPLE = {"P12", "P14"}


def problems(case: dict[str, Any], mine: dict[str, Any]) -> list[str]:
    """What the extraction ``mine`` lacks of ``case`` or has too much."""
    found = [*quote_problems(case, mine), *fact_problems(case, mine)]
    direct = [quote["text"] for quote in mine["quotes"] if quote["kind"] == "direct"]
    found += [f"quoted {text}" for text in case["not_quotes"] if text in direct]
    return found


def quote_problems(case: dict[str, Any], mine: dict[str, Any]) -> list[str]:
    found = []
    speakers = {speaker["id"]: speaker for speaker in mine["speakers"]}
    for wanted in case["quotes"]:
        start = case["text"].index(wanted["text"])
        place = {"start": start, "end": start + len(wanted["text"])}
        same_kind = [quote for quote in mine["quotes"] if quote["kind"] == wanted["kind"]]
        best = max(same_kind, key=lambda quote: overlap(quote, place), default=None)
        if best is None or overlap(best, place) < LOOSE:
            found.append(f"missed {wanted['text']}")
            continue
        speaker = speakers.get(best["speaker"]["id"])
        if wanted["speaker"] == "joint":
            right = speaker is not None and speaker["type"] == "group"
        else:
            names = [speaker["name_ar"], *speaker["variants"]] if speaker else []
            right = any(same_name(name, [wanted["speaker"]]) for name in names)
        if not right:
            found.append(f"speaker {best['speaker']['name_ar']} for {wanted['speaker']}")
        if case.get("speaker_iso") and (speaker is None or speaker["country"] != case["speaker_iso"]):
            found.append(f"speaker's country {speaker and speaker['country']}")
    if "cluster" in case and len({quote["speaker"]["id"] for quote in mine["quotes"]}) != case["cluster"]:
        found.append("one speaker taken for several")
    return found


def fact_problems(case: dict[str, Any], mine: dict[str, Any]) -> list[str]:
    facts = {
        "date": mine["dateline"]["date"],
        "place": mine["dateline"]["place"],
        "outlet": mine["outlet"] and mine["outlet"]["name"],
        "headline": mine["headline"] and mine["headline"]["text"],
    }
    found = [f"{key} {value}" for key, value in facts.items() if key in case and case[key] != value]
    countries = {item["iso2"] for item in mine["countries"] if item["salience"] != "incidental"}
    found += [f"no {code}" for code in case.get("countries", []) if code not in countries]
    return found + [f"wrongly {code}" for code in case.get("not_countries", []) if code in countries]


@pytest.mark.parametrize("case", PHENOMENA, ids=lambda case: f"{case['id']} {case['name']}")
def test_phenomenon(printed: Any, case: dict[str, Any]) -> None:
    assert problems(case, printed(case["text"])) == []


@pytest.mark.parametrize(
    "case", [case for case in PHENOMENA if case["id"] not in NEED_PEOPLE], ids=lambda case: case["id"]
)
def test_phenomenon_without_the_list_of_people(
    printed: Any, knowledge_without_people: Knowledge, case: dict[str, Any]
) -> None:
    assert problems(case, printed(case["text"], knowledge_without_people)) == []
