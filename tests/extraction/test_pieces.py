"""The extraction against careful readings: the score tables, and the floors they must not fall below."""

import pytest

from archive.careful_readings import Collection, read_collection
from archive.extraction.knowledge import Knowledge
from archive.extraction.measures import Measures
from archive.extraction.measures_table import summary_lines
from archive.management.commands.evaluate_extraction import printed_extraction
from tests.extraction.reading import FLOORS, GOLD, LEAST, PEOPLE, TABLES, WRONG_SPEAKERS

# The reference data is read through the database.
pytestmark = pytest.mark.django_db

SETS = sorted(WRONG_SPEAKERS)


@pytest.fixture(scope="module")
def collections() -> dict[str, Collection]:
    return {name: read_collection(GOLD / name) for name in SETS}


def measure(collection: Collection, knowledge: Knowledge) -> Measures:
    measures = Measures()
    for reading in collection.readings:
        printed = printed_extraction(reading.text, knowledge, name=reading.name)
        measures.add(printed, reading.content, reading.speakers, name=reading.name, text=reading.text)
    return measures


@pytest.mark.parametrize(("name", "given"), list(FLOORS))
def test_the_scores_reach_the_floors(
    knowledge: Knowledge,
    knowledge_without_people: Knowledge,
    collections: dict[str, Collection],
    name: str,
    given: str,
) -> None:
    measures = measure(collections[name], knowledge if given == PEOPLE else knowledge_without_people)
    TABLES.append("\n".join([f"{name}, {given}", *summary_lines(measures.report())]))
    found = {key: measures.scores[key].f1 for key in FLOORS[name, given]}
    assert {key: f1 for key, f1 in found.items() if f1 < FLOORS[name, given][key]} == {}
    if given == PEOPLE:
        assert (measures.direct.report()["wrong_of_found"] or 0) <= WRONG_SPEAKERS[name]


@pytest.mark.parametrize("name", SETS)
def test_every_reading_fits_its_text(collections: dict[str, Collection], name: str) -> None:
    assert [str(problem) for problem in collections[name].problems] == []


@pytest.mark.parametrize("name", SETS)
def test_a_set_is_large_enough_to_mean_something(collections: dict[str, Collection], name: str) -> None:
    readings = collections[name].readings
    direct = sum(
        quote["kind"] == "direct" and not quote.get("optional")
        for reading in readings
        for quote in reading.content["quotes"]
    )
    assert (len(readings) >= LEAST[name][0], direct >= LEAST[name][1]) == (True, True)
