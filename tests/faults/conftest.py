"""The archives that the fault tests begin with, and the line of counts at their end."""

from collections.abc import Callable
from pathlib import Path

import pytest
from _pytest.terminal import TerminalReporter

from tests.faults import tally
from tests.faults.archives import Case, copy_archive
from tests.faults.children import run
from tests.faults.programs import found_archive
from tests.faults.sizes import SEED

ARTICLES = 24

NewCase = Callable[[int], Case]


@pytest.fixture(scope="session")
def small_archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an archive of a few made articles with its index; to be copied."""
    folder = tmp_path_factory.mktemp("small") / "archive"
    folder.mkdir()
    run(found_archive, folder, articles=ARTICLES, seed=SEED)
    return folder


@pytest.fixture
def new_case(small_archive: Path, tmp_path: Path) -> NewCase:
    """Makes a case of a seed from the small archive."""
    return lambda seed: copy_archive(small_archive, tmp_path / f"case-{seed}", seed)


def pytest_terminal_summary(terminalreporter: TerminalReporter) -> None:
    if tally.counted:
        terminalreporter.write_line(f"Faults tried: {tally.summary()}")
