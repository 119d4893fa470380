"""Building the indexes anew: a new generation beside the one that serves, by command or by itself.

Whoever notices that the indexes are missing, damaged or of another version calls ``start_rebuild``. A small
archive is built at once; for a larger one a process of its own starts, and what serves goes on serving.
"""

import logging
import subprocess
import sys
import threading
from collections.abc import Collection, Iterable
from datetime import timedelta
from pathlib import Path
from time import monotonic

from django.conf import settings
from django.db import transaction
from django.utils.timezone import now

from archive.models import Article, Change
from search.engine.documents import Entry
from search.engine.store import LOCK_WAIT, Damage, IndexBusyError, IndexStore
from search.entries import entries, in_parts, index_store
from search.models import IndexEvent, record_event

logger = logging.getLogger(__name__)

# So many articles are indexed in a second or so; more are left to a process of their own.
BUILT_AT_ONCE = 200
# A second process pays for its start from here on.
MANY_ARTICLES = 2_000
RETRY_SECONDS = 60

# When this process last started a rebuild of a folder that may not have come to its end, by its own clock.
_tried: dict[Path, float] = {}


def write_generation(*, wait: float = LOCK_WAIT, progress: bool = False) -> None:
    """Build both indexes anew from the database; what is queued when it begins is covered by that.

    ``wait`` are the seconds for the writer's lock at the end. ``progress``, for commands: a bar on a
    terminal, and a second process from ``MANY_ARTICLES`` on. Raises ``IndexBusyError`` when another process
    builds or writes, and what the database or the disk raises; then what serves stays as it was.
    """
    waiting = list(Change.objects.values_list("pk", flat=True))
    workers = int(progress and Article.objects.published().count() >= MANY_ARTICLES)
    try:
        index_store().rebuild(lambda: _every_entry(progress), _caught_up, wait=wait, workers=workers)
    except IndexBusyError:
        raise
    except Exception as error:
        record_event(IndexEvent.Kind.FAILED, describe_error(error))
        raise
    with transaction.atomic():
        forget_changes(waiting)
        record_event(IndexEvent.Kind.REBUILT)


def start_rebuild(reason: str) -> bool:
    """See to it that the indexes are built anew; whether they have been when it returns. Never raises.

    It is done here and now for up to ``BUILT_AT_ONCE`` articles, or for any number with
    ``settings.ARCHIVE_REBUILD = "inline"``; else ``rebuild_index`` starts as a process of its own, unless
    one is at work. What has just failed or been started is not tried again for ``RETRY_SECONDS``.
    ``reason`` is for those who read the log.
    """
    try:
        store = index_store()
        inline = settings.ARCHIVE_REBUILD == "inline" or Article.objects.count() <= BUILT_AT_ONCE
        if _has_just_tried(store, inline=inline) or store.is_being_rebuilt():
            return False
        _tried[store.folder] = monotonic()
        logger.warning("The index is built anew: %s", reason)
        if damages := store.damages():
            record_event(IndexEvent.Kind.DAMAGED, describe_damages(damages))
        record_event(IndexEvent.Kind.STARTED, reason)
        if not inline:
            _start_process()
            return False
        write_generation()
    except IndexBusyError:
        _tried.pop(store.folder, None)
        return False
    except Exception:
        # Whoever noticed is answering a reader or has saved a change, and has another answer.
        logger.exception("The index cannot be built.")
        return False
    _tried.pop(store.folder, None)
    return True


def forget_changes(changes: Collection[int]) -> None:
    """Take changes off the queue, by their primary keys."""
    for some in in_parts(list(changes)):
        Change.objects.filter(pk__in=some).delete()


def describe_error(error: BaseException) -> str:
    """One line that says what went wrong."""
    return f"{type(error).__name__}: {error}".strip().removesuffix(":").splitlines()[0][:500]


def describe_damages(damages: Iterable[Damage]) -> str:
    """One line that says which files are damaged, and how."""
    return ", ".join(f"{damage.file} ({damage.what})" for damage in damages)


def _every_entry(progress: bool) -> Iterable[Entry]:
    if not progress:
        return entries(None)
    from tqdm import tqdm  # commands alone draw it, and a page should not wait for the import

    total = Article.objects.published().count()
    return tqdm(entries(None), total=total, file=sys.stderr, disable=not sys.stderr.isatty(), leave=False)


def _caught_up(articles: Collection[int]) -> Iterable[Entry]:
    return entries(sorted(articles))


def _has_just_tried(store: IndexStore, *, inline: bool) -> bool:
    """Whether this process or another has begun a short while ago; what has succeeded inline is forgotten."""
    tried = _tried.get(store.folder)
    if tried is not None and monotonic() - tried < RETRY_SECONDS:
        return True
    kinds = [IndexEvent.Kind.STARTED, *([IndexEvent.Kind.REBUILT] if inline else [])]
    last = IndexEvent.objects.filter(kind__in=kinds).first()
    if last is None or last.kind != IndexEvent.Kind.STARTED:
        return False
    # A clock that was set back must not keep the index from being built.
    return timedelta(0) <= now() - last.at < timedelta(seconds=RETRY_SECONDS)


def _start_process() -> None:
    """``rebuild_index`` in a process that outlives this one; what becomes of it is in the events."""
    command = [sys.executable, str(Path(settings.BASE_DIR, "manage.py")), "rebuild_index", "--noinput"]
    process = subprocess.Popen(
        command,
        cwd=settings.BASE_DIR,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    # Nobody waits for it, but an ended child that is not waited for stays in the list of processes.
    threading.Thread(target=process.wait, daemon=True).start()
