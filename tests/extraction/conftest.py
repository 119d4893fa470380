"""The knowledge of the shipped reference data, read once through the database as the site does."""

from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction

from archive.extraction.extractor import extract
from archive.extraction.knowledge import Knowledge, without_people
from archive.knowledge import load_knowledge
from archive.management.commands.evaluate_extraction import printed_extraction
from tests.extraction.reading import TABLES


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
    return without_people(knowledge)


@pytest.fixture(scope="session")
def printed(knowledge: Knowledge) -> Any:
    """A function from a text to its printed extraction."""
    return lambda text, given=knowledge: printed_extraction(text, given, name="x.txt")


@pytest.fixture(scope="session")
def extracted(knowledge: Knowledge) -> Any:
    """A function from a text to its extraction; short to print, unlike the knowledge itself."""
    return lambda text: extract(text, knowledge)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """The score tables, after the test run."""
    for table in sorted(TABLES):
        terminalreporter.write_line(table)
