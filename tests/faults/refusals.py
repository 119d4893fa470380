"""What the children do whose disk or folder refuses to be written, or whose clock jumps.

Each is a program (``children.Child``) that returns what was wrong, in words.
"""

import errno as numbers
import os
import random
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.test import Client

from archive.models import Change
from search.index_state import read_state
from search.indexing import build_index, drain_changes, index_store
from tests.faults.clock import YEAR, age_files, set_clock
from tests.faults.edits import edit_articles
from tests.faults.examining import compare
from tests.faults.file_layer import watch_files
from tests.faults.made_articles import WORDS, answers_of_database
from tests.faults.servers import Page

# A full disk gives no room; a folder that must not be written refuses its names too.
_NO_ROOM = {"open", "make", "write", "sync"}
_NO_NAMES = {"open", "make", "rename", "remove"}


class Refusal:
    """Refuses steps of the index's files from the one with the number ``first`` on, while it is ``on``."""

    def __init__(self, error: int, first: int) -> None:
        self.on = False
        self.refused = 0
        self._error, self._first, self._count = error, first, 0
        self._steps = _NO_NAMES if error in (numbers.EROFS, numbers.EACCES) else _NO_ROOM
        watch_files(settings.INDEX_DIR, self._strike)

    def _strike(self, step: str, path: Path) -> None:
        if not self.on or step not in self._steps:
            return
        self._count += 1
        # A lock that is there takes no room.
        if self._count >= self._first and not (step == "open" and self._steps is _NO_ROOM and path.exists()):
            self.refused += 1
            raise OSError(self._error, os.strerror(self._error), str(path))


def edit_while_writing_is_refused(_reports: Any, *, seed: int, error: int, first: int) -> list[str]:
    """Edit while the index cannot be written, read what readers see, and drain when it can be again."""
    refusal = Refusal(error, first)
    refusal.on = True
    edit_articles(random.Random(seed), 6, lambda _told: None)
    wrong = [] if refusal.refused else ["nothing was refused"]
    wrong += _read_while_refused(os.strerror(error))
    refusal.on = False
    drain_changes()
    if Change.objects.exists():
        wrong.append("changes stay queued though the disk takes them again")
    return wrong + compare("when the disk takes writing again", answers_of_database())


def rebuild_while_writing_is_refused(_reports: Any, *, error: int, first: int) -> list[str]:
    """Build anew while nothing can be written: what serves must go on, with nothing left beside it."""
    before, refusal = index_store().generation(), Refusal(error, first)
    refusal.on = True
    try:
        build_index()
        wrong = ["the rebuild ended as if all were well"] if refusal.refused else []
    except OSError as refused:
        wrong = [] if refused.errno == error else [f"another error: {refused}"]
    refusal.on = False
    if refusal.refused and index_store().generation() != before:
        wrong.append("the live generation is another one")
    return wrong + compare("after a rebuild that was refused", answers_of_database())


def found_without_space(_reports: Any) -> list[str]:
    """Lose the index while the disk is full: the database answers until there is room, then a new index."""
    for path in settings.INDEX_DIR.rglob("*"):
        if path.is_file():
            path.unlink()
    refusal = Refusal(numbers.ENOSPC, 1)
    refusal.on = True
    wrong = _read_while_refused(os.strerror(numbers.ENOSPC))
    refusal.on = False
    build_index()
    return wrong + compare("when there is room again", answers_of_database())


def edit_without_space(_reports: Any, *, seed: int, disk: Path) -> list[str]:
    """The same on a real file system that is full, where no layer stands between."""
    index = disk / "index"
    index.mkdir()
    settings.INDEX_DIR.rename(settings.INDEX_DIR.with_name("before"))
    settings.INDEX_DIR.symlink_to(index)
    build_index()
    ballast = disk / "ballast"
    _fill(ballast)
    edit_articles(random.Random(seed), 6, lambda _told: None)
    wrong = _read_while_refused(os.strerror(numbers.ENOSPC))
    ballast.unlink()
    drain_changes()
    return wrong + compare("when there is room again", answers_of_database())


def edit_while_the_clock_jumps(_reports: Any, *, seed: int) -> dict[str, Any]:
    """Edit and ask between jumps of the clock, files of long ago among them, holding the index open."""
    chance = random.Random(seed)
    offsets = [0.0, -YEAR, -30 * YEAR, 10 * YEAR, -1.0, chance.uniform(-YEAR, YEAR)]
    wrong: list[str] = []
    for offset in offsets:
        set_clock(offset)
        edit_articles(chance, 4, lambda _told: None)
        wrong += compare(f"with the clock set {offset:+.0f} s", answers_of_database())
        age_files(settings.INDEX_DIR)
        wrong += compare(f"with old files and the clock set {offset:+.0f} s", answers_of_database())
    return {"wrong": wrong, "jumps": len(offsets)}


def heal_after_the_clock_was_set_back(_reports: Any) -> list[str]:
    """Fail to rebuild in the future, then lose the index in the present: it is built at once."""
    set_clock(YEAR)
    refusal = Refusal(numbers.ENOSPC, 1)
    refusal.on = True
    with suppress(OSError):
        build_index()
    refusal.on = False
    set_clock(0.0)
    (settings.INDEX_DIR / "current").unlink()
    wrong = compare("after the clock was set back", answers_of_database())
    return wrong if index_store().is_current() else [*wrong, "the index was not built again"]


def _read_while_refused(reason: str) -> list[str]:
    """What readers and the health of the index say while changes wait."""
    wrong, client = [], Client(SERVER_NAME="localhost")
    for kind, words in answers_of_database().items():
        for word in WORDS[:4]:
            response = client.get("/search/?" + urlencode({"q": word, "in": kind}))
            page = Page(response.status_code, response.content.decode())
            if page.status != 200:
                wrong.append(f"{word}: a page with status {page.status}")
            elif page.found(kind) != words[word] and not page.notes:
                wrong.append(
                    f"{word} finds {kind} {page.found(kind)}, not {words[word]}, and nothing is said"
                )
    state = read_state()
    if state.waiting or state.unusable:
        if state.last_error is None or reason not in state.last_error.detail:
            wrong.append(f"health does not say why: {state}")
    else:
        wrong.append("no change waits, and the index can be read")
    return wrong


def _fill(path: Path) -> None:
    """Write to a file until its file system has no room for a byte."""
    with suppress(OSError), path.open("wb", buffering=0) as file:
        size = 1 << 16
        while size:
            try:
                while file.write(bytes(size)) == size:
                    pass
            except OSError:
                pass
            size //= 2
