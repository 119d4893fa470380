"""Keeping both indexes equal to the database: the queue of changes, and building anew."""

import logging
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import haystack
import numpy as np
from django.db import DatabaseError

from archive.models import Article, Change, Quotation, Speaker
from search.engine.documents import Document, Entry
from search.engine.schema import ARTICLES, KEY_FIELDS, QUOTATIONS
from search.engine.store import LOCK_WAIT, IndexBusyError, IndexStore

logger = logging.getLogger(__name__)

CHANGES_A_BATCH = 20_000
ARTICLES_A_QUERY = 200
# A second process pays for its start from here on.
MANY_ARTICLES = 2_000
_DELETED_AT_ONCE = 500


def index_store(using: str = "default") -> IndexStore:
    """The store of a Haystack connection (its ``PATH``)."""
    return IndexStore(Path(haystack.connections[using].options["PATH"]))


def index_is_usable() -> bool:
    """Whether searches can be answered from the indexes as they are."""
    return index_store().is_usable()


def drain_changes(*, wait: float = LOCK_WAIT, limit: int | None = None) -> int:
    """Bring the indexes up to date with the queue of changes; returns how many it took off.

    Called after the commit of whatever queued them, by any process. When it returns, the changes that
    were queued before are searchable, unless another process holds the writer's lock for more than
    ``wait`` seconds or the disk refuses: then they stay queued for the next call. A row goes only when
    the commit that covers it is on disk. ``limit`` is the most to take off in this call.
    """
    drained = 0
    try:
        queue = Change.objects.order_by("pk").values_list("pk", "subject", "object_id")
        while batch := list(queue[: CHANGES_A_BATCH if limit is None else limit - drained]):
            _bring_up_to_date(((subject, object_id) for _pk, subject, object_id in batch), wait)
            _forget([pk for pk, _subject, _object_id in batch])
            drained += len(batch)
    except IndexBusyError:
        logger.info("Another process is writing the index; the changes stay queued.")
    except Exception:
        # The save that queued them is committed and must not end as an error page.
        logger.exception("The index cannot be written; the changes stay queued.")
    return drained


def build_index(*, progress: bool = False) -> None:
    """Build both indexes anew from the database, and drain what was queued meanwhile.

    Whoever queued that found the index locked, so nobody else would. ``progress``, for commands: a bar on
    a terminal, and a second process from ``MANY_ARTICLES`` on. Raises ``IndexBusyError`` when another
    process is writing.
    """
    _write_everything(LOCK_WAIT, progress=progress)
    drain_changes()


def withdrawn_meanwhile() -> set[int]:
    """The articles that the index may still hold, their change waiting, though no reader may see them."""
    queued = _by_subject(Change.objects.order_by("pk").values_list("subject", "object_id"))
    withdrawn = set(queued["article"])
    for some in _parts(queued["article"]):
        withdrawn -= _numbers(Article.objects.published().filter(pk__in=some))
    for some in _parts(queued["source"]):
        theirs = Article.objects.filter(source__in=some)
        withdrawn |= _numbers(theirs) - _numbers(theirs.published())
    return withdrawn


def entries(primary_keys: Iterable[int] | None) -> Iterator[Entry]:
    """The index entries of these articles, or of all; an empty one for what is gone or out of sight.

    Lazy: the database is read as the entries are taken, ``ARTICLES_A_QUERY`` articles at a time.
    """
    indexes = haystack.connections["default"].get_unified_index()
    article_index, quotation_index = indexes.get_index(Article), indexes.get_index(Quotation)
    articles = article_index.index_queryset()

    def entry(article: Any) -> Entry:
        shown = [quotation for quotation in article.said if quotation.is_outermost]
        return Entry(
            article.pk,
            [as_document(article_index.full_prepare(article), article.pk)],
            [as_document(quotation_index.full_prepare(quotation), article.pk) for quotation in shown],
        )

    if primary_keys is None:
        for article in articles.order_by("pk").iterator(chunk_size=ARTICLES_A_QUERY):
            yield entry(article)
        return
    for some in _parts(list(dict.fromkeys(primary_keys))):
        found = {article.pk: article for article in articles.filter(pk__in=some)}
        for pk in some:
            yield entry(found[pk]) if pk in found else Entry(pk)


def as_document(prepared: dict[str, Any], article: int) -> Document:
    """A document of the article with this primary key, from what a ``SearchIndex`` prepared."""
    keys = {}
    for field in KEY_FIELDS:
        value = prepared.get(field)
        if value:
            keys[field] = value if isinstance(value, list) else [value]
    return Document(
        int(prepared["django_id"]),
        article,
        prepared["text"],
        prepared.get("title"),
        prepared.get("date"),
        keys,
    )


def _write_everything(wait: float, *, progress: bool = False) -> None:
    """Write the indexes anew; what is queued when it begins is covered by that."""
    waiting = list(Change.objects.values_list("pk", flat=True))
    every, workers = entries(None), 0
    if progress:
        from tqdm import tqdm  # commands alone draw it, and a page should not wait for the import

        total = Article.objects.published().count()
        workers = int(total >= MANY_ARTICLES)
        every = tqdm(every, total=total, file=sys.stderr, disable=not sys.stderr.isatty(), leave=False)
    index_store().write_anew(every, wait=wait, workers=workers)
    _forget(waiting)


def _bring_up_to_date(changes: Iterable[tuple[str, str]], wait: float) -> None:
    changed = _by_subject(changes)
    if not index_is_usable():
        _write_everything(wait)
    elif changed:
        try:
            index_store().write(_touched_entries(changed), wait=wait)
        except (IndexBusyError, OSError, DatabaseError):
            raise
        except Exception:  # a damaged file that the writer reads surfaces as almost any exception
            logger.exception("The index is damaged and is built anew.")
            _write_everything(wait)


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
    for some in _parts(changed["source"]):
        touched.update(dict.fromkeys(sorted(_misplaced_by_outlet(some))))
    for some in _parts(changed["speaker"]):
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


def _parts(keys: Sequence[int]) -> Iterator[Sequence[int]]:
    """Few enough at a time for one database query."""
    for start in range(0, len(keys), ARTICLES_A_QUERY):
        yield keys[start : start + ARTICLES_A_QUERY]


def _forget(changes: Sequence[int]) -> None:
    for start in range(0, len(changes), _DELETED_AT_ONCE):
        Change.objects.filter(pk__in=changes[start : start + _DELETED_AT_ONCE]).delete()
