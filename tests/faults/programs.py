"""What the children of the fault tests do. Each is ``program(reports, **values)``."""

import os
import random
import signal
import time
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command

from archive.importing.runs import import_files
from archive.models import Article, Change
from archive.models.changes import hold_announcements
from search import vocabulary
from search.engine import merging
from search.indexing import build_index, drain_changes
from tests.faults.edits import edit_articles
from tests.faults.file_layer import watch_files
from tests.faults.made_articles import STILL, WORDS, made_text, make_articles


@dataclass(frozen=True)
class Blow:
    """The step at which a process dies: the one with this number, of those of a kind and to a file if given.

    With ``after`` set it dies in the next step of any kind.
    """

    number: int
    step: str = ""
    name: str = ""
    after: bool = False


def found_archive(_reports: Any, *, articles: int, seed: int) -> None:
    """Make an archive with an index from nothing."""
    call_command("migrate", verbosity=0, interactive=False)
    make_articles(articles, seed)
    build_index()


def build_as_another_version(_reports: Any) -> None:
    """Build the index as a version of the program does whose analysis was another one."""
    vocabulary._ENGINE = ()
    build_index()


def import_texts(reports: Any, *, texts: Path, blow: Blow | None) -> None:
    """Import a folder of files, then once more changed; each run drains at its end."""
    _await_blow(blow)
    for _time in range(2):
        reports.send(("began", 0))
        import_files(paths=[texts])
        for path in texts.iterdir():
            path.write_text(path.read_text(encoding="utf-8") + "\nفقرة جديدة\n", encoding="utf-8")


def edit_and_drain(reports: Any, *, seed: int, edits: int, blow: Blow | None) -> None:
    """Edit articles one after another; what each save queues is drained when it is committed."""
    _await_blow(blow)
    edit_articles(random.Random(seed), edits, reports.send)


def drain_in_pieces(reports: Any, *, seed: int, edits: int, blow: Blow | None) -> None:
    """Queue many edits, then drain them a few at a time."""
    with hold_announcements():
        edit_articles(random.Random(seed), edits, reports.send)
        _await_blow(blow)
        while Change.objects.exists():
            drain_changes(limit=5)


def merge_segments(reports: Any, *, seed: int, edits: int, blow: Blow | None) -> None:
    """Edit with tiers so small that every few commits merge the segments of those before."""
    merging._FIRST_TIER, merging._TIER_RATIO = 1, 2
    edit_and_drain(reports, seed=seed, edits=edits, blow=blow)


def rebuild(reports: Any, *, times: int, blow: Blow | None) -> None:
    """Build the index anew, again and again."""
    _await_blow(blow)
    for number in range(times):
        reports.send(("began", 0))
        build_index()
        reports.send(("rebuilt", number))


def admit_editor(_reports: Any) -> tuple[str, list[int], list[int]]:
    """Log a curator in: the key of the session, the articles to edit, and new ones to be left alone."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user_model
    from django.contrib.sessions.backends.db import SessionStore

    articles = list(Article.objects.order_by("pk").values_list("pk", flat=True))
    make_articles(3, seed=0, words=[STILL])
    still = Article.objects.exclude(pk__in=articles).order_by("pk").values_list("pk", flat=True)
    user = get_user_model().objects.create_superuser("editor")
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return session.session_key, articles, list(still)


def import_for(reports: Any, *, texts: Path, seconds: float, seed: int) -> int:
    """Import two new files at a time, and one anew that changed, for so many seconds.

    Tells of every import; returns how many articles the files have become.
    """
    chance, end, number = random.Random(seed), time.monotonic() + seconds, 0
    before = Article.objects.count()
    while time.monotonic() < end or not number:
        for _file in range(2):
            write_text(texts / f"{number}.txt", number, chance)
            number += 1
        write_text(chance.choice(list(texts.iterdir())), number, chance)
        import_files(paths=[texts])
        reports.send(number)
    return Article.objects.count() - before


def titles_and_rights(_reports: Any) -> dict[int, dict[str, str]]:
    """What curators set of every article, by its primary key."""
    return {row["pk"]: row for row in Article.objects.values("pk", "title", "rights")}


def write_text(path: Path, number: int, chance: random.Random) -> None:
    """A file that the importer makes an article of."""
    text = made_text(chance.sample(WORDS, 4))
    path.write_text(f"خبر السوق رقم {number}\n\n{text}\n", encoding="utf-8")


def _await_blow(blow: Blow | None) -> None:
    """From now on die as by ``kill -9`` in the step of the index's files that ``blow`` names."""
    if blow is not None:
        watch_files(settings.INDEX_DIR, partial(_strike, blow, [0]))


def _strike(blow: Blow, count: list[int], step: str, path: Path) -> None:
    meant = blow.step in ("", step) and blow.name in ("", path.name)
    if meant:
        count[0] += 1
    reached = count[0] > blow.number or (count[0] == blow.number and not meant)
    if reached if blow.after else meant and count[0] == blow.number:
        os.kill(os.getpid(), signal.SIGKILL)
