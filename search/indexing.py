"""Keeping both indexes equal to the database: the queue of changes is drained into them."""

import logging
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np
from django.db import DatabaseError, transaction

from archive.models import Article, Change, Speaker
from search.engine.documents import Entry
from search.engine.schema import ARTICLES, QUOTATIONS
from search.engine.store import LOCK_WAIT, IndexBusyError, IndexUnusableError
from search.entries import entries, in_parts, index_store
from search.models import IndexEvent, record_event
from search.rebuilding import (
    describe_damages,
    describe_error,
    forget_changes,
    start_rebuild,
    write_generation,
)

logger = logging.getLogger(__name__)

CHANGES_A_BATCH = 20_000


def index_is_usable() -> bool:
    """Whether searches can be answered from the indexes as they are."""
    return index_store().is_usable()


def drain_changes(*, wait: float = LOCK_WAIT, limit: int | None = None) -> int:
    """Bring the indexes up to date with the queue of changes; returns how many it took off.

    Called after the commit of whatever queued them, by any process. When it returns, the changes that
    were queued before are searchable, unless another process holds the writer's lock for more than
    ``wait`` seconds, the disk refuses, or the indexes are being built anew: then they stay queued for the
    next call. A row goes only when the commit that covers it is on disk. ``limit`` is the most to take off
    in this call.
    """
    drained = 0
    try:
        queue = Change.objects.order_by("pk").values_list("pk", "subject", "object_id")
        while batch := list(queue[: CHANGES_A_BATCH if limit is None else limit - drained]):
            if not _bring_up_to_date([(subject, object_id) for _pk, subject, object_id in batch], wait):
                break
            with transaction.atomic():
                forget_changes([pk for pk, _subject, _object_id in batch])
                record_event(IndexEvent.Kind.DRAINED, str(len(batch)))
            drained += len(batch)
        if drained:
            renew_index()
    except IndexBusyError:
        logger.info("Another process is writing the index; the changes stay queued.")
    except Exception as error:
        # The save that queued them is committed and must not end as an error page.
        logger.exception("The index cannot be written; the changes stay queued.")
        record_event(IndexEvent.Kind.FAILED, describe_error(error))
    return drained


def build_index(*, progress: bool = False, wait: float = LOCK_WAIT) -> None:
    """Build both indexes anew from the database, and drain what was queued meanwhile.

    Whoever queued that may have found the index unusable, so nobody else would. Arguments and errors are
    those of ``write_generation``.
    """
    write_generation(wait=wait, progress=progress)
    drain_changes(wait=wait)


def renew_index() -> None:
    """Start a rebuild of indexes that cannot be read, have damaged files or are another version's."""
    store = index_store()
    if not store.is_usable():
        start_rebuild("it is missing or cannot be read")
    elif not store.is_current():
        start_rebuild("it was built by another version")
    elif damages := store.damages():
        start_rebuild(f"damaged files: {describe_damages(damages)}")


def withdrawn_meanwhile() -> set[int]:
    """The articles that the index may still hold, their change waiting, though no reader may see them."""
    queued = _by_subject(Change.objects.order_by("pk").values_list("subject", "object_id"))
    withdrawn = set(queued["article"])
    for some in in_parts(queued["article"]):
        withdrawn -= _numbers(Article.objects.published().filter(pk__in=some))
    for some in in_parts(queued["source"]):
        theirs = Article.objects.filter(source__in=some)
        withdrawn |= _numbers(theirs) - _numbers(theirs.published())
    return withdrawn


def _bring_up_to_date(changes: Sequence[tuple[str, str]], wait: float) -> bool:
    """Write what the changes alter; False when they must wait for the indexes to be built anew."""
    store = index_store()
    if not store.is_usable():
        return start_rebuild("it is missing or cannot be read")
    changed = _by_subject(changes)
    if not changed:
        return True
    try:
        store.write(_touched_entries(changed), wait=wait)
    except IndexUnusableError:
        return start_rebuild("it is missing or cannot be read")
    except (IndexBusyError, OSError, DatabaseError):
        raise
    except Exception as error:  # a damaged file that the writer reads surfaces as almost any exception
        logger.exception("The index is damaged.")
        record_event(IndexEvent.Kind.DAMAGED, describe_error(error))
        return start_rebuild("it cannot be written")
    return True


def _by_subject(changes: Iterable[tuple[str, str]]) -> dict[str, list[int]]:
    """The primary keys of the changed rows by what they are, of the kinds that may alter an entry.

    Each once, in order. Names and labels are not in the indexes; what else is saved of an article (its
    quotations, its countries) queues the article too.
    """
    found: dict[str, dict[int, None]] = defaultdict(dict)
    for subject, object_id in changes:
        if subject in ("article", "source", "speaker"):
            found[subject][int(object_id)] = None
    return defaultdict(list, {subject: list(keys) for subject, keys in found.items()})


def _touched_entries(changed: dict[str, list[int]]) -> Iterator[Entry]:
    """The entries that the changed rows may alter.

    Of an outlet's and a speaker's articles those whose entry is not what it should be: most changes of
    theirs are of a name. What the indexes hold is looked at when the first entry is taken, under the
    writer's lock, for a writer before us may have read the rows as they were.
    """
    touched = dict.fromkeys(changed["article"])
    for some in in_parts(changed["source"]):
        touched.update(dict.fromkeys(sorted(_misplaced_by_outlet(some))))
    for some in in_parts(changed["speaker"]):
        touched.update(dict.fromkeys(sorted(_misplaced_by_speaker(some))))
    yield from entries(touched)


def _misplaced_by_outlet(sources: Sequence[int]) -> set[int]:
    """The articles of outlets that are in the index though no reader may see them, and the reverse."""
    snapshot = index_store().snapshot(ARTICLES)
    held = snapshot.having("source", list(map(str, sources)))
    return set(snapshot.articles[held].tolist()) ^ _numbers(
        Article.objects.published().filter(source__in=sources)
    )


def _misplaced_by_speaker(speakers: Sequence[int]) -> set[int]:
    """The articles whose quotations of these speakers are filed under another country than theirs."""
    snapshot = index_store().snapshot(QUOTATIONS)
    anywhere = snapshot.having("country", snapshot.key_field("country").counts(snapshot.live))
    countries = dict(Speaker.objects.filter(pk__in=speakers).order_by().values_list("pk", "country"))
    theirs: dict[str | None, list[str]] = defaultdict(list)
    for speaker in speakers:
        theirs[countries.get(speaker)].append(str(speaker))
    wrong = np.zeros(snapshot.count, bool)
    for code, some in theirs.items():
        rightly = snapshot.having("country", [code]) if code else ~anywhere
        wrong |= snapshot.having("speaker", some) & ~rightly
    return set(snapshot.articles[wrong].tolist())


def _numbers(rows: Any) -> set[int]:
    return set(rows.order_by().values_list("pk", flat=True))
