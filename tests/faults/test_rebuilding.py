"""While an index is built anew readers get right answers all the time, and edits are not lost."""

import shutil
import time
from pathlib import Path

import pytest

from tests.faults import tally
from tests.faults.archives import Case, copy_archive
from tests.faults.children import Child, run
from tests.faults.conftest import NewCase
from tests.faults.examining import database_answers, unhealed
from tests.faults.made_articles import WORDS
from tests.faults.programs import build_as_another_version, edit_and_drain, found_archive, rebuild
from tests.faults.servers import Server
from tests.faults.sizes import ALL, PATIENCE, REBUILT_ARTICLES, SEED

BETWEEN_QUESTIONS = 0.02  # seconds


@pytest.fixture(scope="module")
def larger_archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("larger") / "archive"
    folder.mkdir()
    run(found_archive, folder, articles=REBUILT_ARTICLES, seed=SEED)
    return folder


def test_every_answer_during_a_rebuild_is_whole(larger_archive: Path, tmp_path: Path) -> None:
    """A client asks every 20 ms from before the rebuild begins until it has ended."""
    case = copy_archive(larger_archive, tmp_path / "archive", SEED)
    with Server(case.folder) as server:
        totals = Totals(case, server)
        totals.ask()
        # It took the server's start.
        totals.slowest = 0
        before = generation_of(case)
        with Child(rebuild, case.folder, times=1, blow=None) as builder:
            assert builder.next_report() == ("began", 0)
            # None when nothing was told in that time.
            while builder.next_report(BETWEEN_QUESTIONS) is None and not builder.has_ended:
                totals.ask()
        totals.ask()
    assert generation_of(case) != before
    assert totals.asked > 2
    tally.count("answers during a rebuild", totals.asked)
    tally.count("articles rebuilt", REBUILT_ARTICLES)
    tally.counted["slowest of them, ms"] = totals.slowest
    case.assert_sound()


def test_an_index_that_is_gone_is_built_by_a_process_of_its_own(larger_archive: Path, tmp_path: Path) -> None:
    """Meanwhile the database answers."""
    case = copy_archive(larger_archive, tmp_path / "archive", SEED)
    if ALL:
        pytest.skip("Of ten thousand articles the database gives a part, and says so.")
    with Server(case.folder) as server:
        totals = Totals(case, server)
        totals.ask()
        shutil.rmtree(case.index)
        limit = time.monotonic() + PATIENCE
        while wrong := run(unhealed, case.folder):
            assert time.monotonic() < limit, (wrong, server.log.read_text()[-4000:])
            totals.ask()
        totals.ask()
    tally.count("answers without an index", totals.asked)
    case.assert_sound()


def test_an_index_of_another_version_serves_until_it_is_built_anew(
    larger_archive: Path, tmp_path: Path
) -> None:
    case = copy_archive(larger_archive, tmp_path / "archive", SEED)
    run(build_as_another_version, case.folder)
    assert run(unhealed, case.folder) == ["the index is not current"]
    with Server(case.folder) as server:
        totals = Totals(case, server)
        limit = time.monotonic() + PATIENCE
        while wrong := run(unhealed, case.folder):
            assert time.monotonic() < limit, (wrong, server.log.read_text()[-4000:])
            totals.ask()
            assert not totals.noted, "The index can be read, so there is nothing to be told."
    assert totals.asked
    tally.count("answers of an index of another version", totals.asked)
    case.assert_sound()


@pytest.mark.parametrize("number", range(10 if ALL else 1))
def test_edits_during_rebuilds_are_not_lost(number: int, new_case: NewCase) -> None:
    case = new_case(SEED + number)
    with (
        Child(rebuild, case.folder, times=4, blow=None) as builder,
        Child(edit_and_drain, case.folder, seed=case.seed, edits=20, blow=None) as editor,
    ):
        case.note(editor.all_reports())
        built = [report for report in builder.all_reports() if report[0] == "rebuilt"]
    assert len(built) == 4
    tally.count("edits during rebuilds", 20)
    case.assert_sound(rebuilt=True)


class Totals:
    """Asks the server one word after another, each time how many there are of both kinds."""

    def __init__(self, case: Case, server: Server) -> None:
        self._server = server
        answers = run(database_answers, case.folder)
        self._expected = {
            word: tuple(len(answers[kind][word]) for kind in ("articles", "quotations")) for word in WORDS
        }
        self.asked = self.slowest = 0
        self.noted = ""

    def ask(self) -> None:
        word = WORDS[self.asked % len(WORDS)]
        began = time.perf_counter()
        page = self._server.search(word)
        self.slowest = max(self.slowest, round((time.perf_counter() - began) * 1000))
        assert page.status == 200, self._server.log.read_text()[-4000:]
        assert (page.total("articles"), page.total("quotations")) == self._expected[word], (word, page.notes)
        self.noted += page.notes
        self.asked += 1


def generation_of(case: Case) -> str:
    return (case.index / "current").read_text(encoding="utf-8")
