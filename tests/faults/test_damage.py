"""Every file of an index damaged in every way: readers get the database's answer, and the index heals."""

import random
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults import tally
from tests.faults.archives import Case, copy_archive
from tests.faults.children import run
from tests.faults.damages import DAMAGES, damageable
from tests.faults.examining import database_answers, examine, ordered_answers, unhealed
from tests.faults.made_articles import WORDS, Answers
from tests.faults.servers import Server
from tests.faults.sizes import ALL, PATIENCE, SEED

FILES = 10  # of a store whose indexes have a segment each, locks aside
ASKED = WORDS if ALL else WORDS[:2]
# The share damages every file once; all is every file in every way.
TRIED = [
    (number, name)
    for number in range(FILES)
    for place, name in enumerate(DAMAGES)
    if ALL or place == number % len(DAMAGES)
]


@pytest.fixture(scope="module")
def served(small_archive: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Case, Server]]:
    """An archive that is served all the while, whatever is done to its index."""
    case = copy_archive(small_archive, tmp_path_factory.mktemp("served") / "archive", SEED)
    with Server(case.folder) as server:
        yield case, server


@pytest.fixture(scope="module")
def expected(small_archive: Path) -> Answers:
    return run(database_answers, small_archive)


@pytest.fixture(scope="module")
def fresh_order(small_archive: Path) -> dict[str, list[list[int]]]:
    """What a fresh build answers, in its order."""
    return run(ordered_answers, small_archive)


@pytest.mark.parametrize(("number", "name"), TRIED)
def test_a_running_server_answers_and_heals(
    number: int, name: str, served: tuple[Case, Server], expected: Answers, fresh_order: dict
) -> None:
    case, server = served
    ask(server, expected)
    damaged = damage(case.index, number, name)
    ask(server, expected)
    await_healing(case, server)
    assert run(ordered_answers, case.folder) == fresh_order, damaged
    assert not run(examine, case.folder), damaged
    tally.count(f"files {name} under a server")


@pytest.mark.parametrize(("number", "name"), TRIED)
def test_a_process_that_begins_after_the_damage_answers(
    number: int, name: str, small_archive: Path, tmp_path: Path, fresh_order: dict
) -> None:
    case = copy_archive(small_archive, tmp_path / "archive", SEED)
    damaged = damage(case.index, number, name)
    wrong = run(examine, case.folder)
    assert not wrong, damaged
    assert run(ordered_answers, case.folder) == fresh_order, damaged
    tally.count(f"files {name} before a start")


@pytest.mark.parametrize("lost", ["index", "articles", "quotations"])
def test_folders_that_are_gone(lost: str, served: tuple[Case, Server], expected: Answers) -> None:
    case, server = served
    for folder in [case.index] if lost == "index" else case.index.rglob(lost):
        shutil.rmtree(folder)
    ask(server, expected)
    await_healing(case, server)
    assert not run(examine, case.folder)
    tally.count("folders deleted under a server")


def damage(index: Path, number: int, name: str) -> str:
    """Damage one of the files; returns which and how, for the message of a failure."""
    files = damageable(index)
    assert len(files) == FILES, "Another number of files: every one of them must be tried."
    DAMAGES[name](files[number], random.Random(SEED + number))
    return f"{files[number].relative_to(index)} {name}, seed {SEED + number}"


def ask(server: Server, expected: Answers) -> None:
    """Ask a few words of both kinds; every answer is a page with the database's answer."""
    for kind, words in expected.items():
        for word in ASKED:
            page = server.search(word, kind)
            assert page.status == 200, server.log.read_text()[-4000:]
            assert page.found(kind) == words[word], (word, kind, page.notes)
            tally.count("answers compared")


def await_healing(case: Case, server: Server) -> None:
    """Ask until the index is whole again; every question gives the server its chance to notice."""
    limit = time.monotonic() + PATIENCE / 3
    while wrong := run(unhealed, case.folder):
        assert time.monotonic() < limit, (wrong, server.log.read_text()[-4000:])
        assert server.search(WORDS[0]).status == 200
