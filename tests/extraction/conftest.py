"""The knowledge of the shipped reference data, read once through the database as the site does."""

import json
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction

from archive.extraction.extractor import extract
from archive.extraction.knowledge import Knowledge
from archive.extraction.printing import as_document
from archive.knowledge import load_knowledge
from tests.extraction.reading import GOLD, TABLES


@pytest.fixture(scope="session")
def knowledge(django_db_setup: None, django_db_blocker: Any) -> Knowledge:
    """Everything that the reference data says; the rows are rolled back again."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_reference", verbosity=0)
        loaded = load_knowledge()
        transaction.set_rollback(True)
    return loaded


@pytest.fixture(scope="session")
def knowledge_without_people(knowledge: Knowledge) -> Knowledge:
    """The same without the list of people: the grammar alone must find who speaks."""
    others = tuple(person for person in knowledge.people if person.kind != "person")
    return Knowledge(
        others,
        knowledge.countries,
        knowledge.outlets,
        knowledge.meetings,
        knowledge.events,
        knowledge.lexicon,
    )


@pytest.fixture(scope="session")
def printed(knowledge: Knowledge) -> Any:
    """A function from a text to its printed extraction."""
    return lambda text, given=knowledge: as_document(
        extract(text, given), name="x.txt", sha256="", text_sha256="", chars=len(text)
    )


@pytest.fixture(scope="session")
def extracted(knowledge: Knowledge) -> Any:
    """A function from a text to its extraction; short to print, unlike the knowledge itself."""
    return lambda text: extract(text, knowledge)


@pytest.fixture(scope="session")
def spellings() -> dict[str, list[str]]:
    """For each speaker of the gold, the names that count as right."""
    read = json.loads((GOLD / "speakers.json").read_text(encoding="utf-8"))
    names = {row["id"]: [row["name_ar"], *row["mentions"]] for row in read}
    # A group for two persons prints both names in full.
    names["blinken_dimaio"].append("أنتوني بلينكن ولويجي دي مايو")
    return names


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """The score tables, after the test run."""
    for table in sorted(TABLES):
        terminalreporter.write_line(table)
