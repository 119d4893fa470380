"""Keeping the index equal to the database: the queue of changes, and building anew."""

import logging
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import haystack
from haystack.utils import get_identifier

from archive.models import Article, Change
from search.analysis import AnalysedText
from search.engine.schema import KEY_FIELDS
from search.engine.store import LOCK_WAIT, Entry, IndexBusyError, article_store

logger = logging.getLogger(__name__)

CHANGES_A_BATCH = 20_000
ARTICLES_A_QUERY = 200
_DELETED_AT_ONCE = 500


def drain_changes(*, wait: float = LOCK_WAIT, limit: int | None = None) -> int:
    """Bring the index up to date with the queue of changes; returns how many it took off.

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


def build_index() -> None:
    """Build the index anew from the database, and drain what was queued meanwhile.

    Whoever queued that found the index locked, so nobody else would. Raises ``IndexBusyError`` when
    another process is writing.
    """
    _write_everything(LOCK_WAIT)
    drain_changes()


def withdrawn_meanwhile() -> set[int]:
    """The articles that the index may still hold, their change waiting, though no reader may see them."""
    queued = _touched_articles(Change.objects.order_by("pk").values_list("subject", "object_id"))
    seen: set[int] = set()
    for start in range(0, len(queued), ARTICLES_A_QUERY):
        some = Article.objects.published().filter(pk__in=queued[start : start + ARTICLES_A_QUERY])
        seen.update(some.order_by().values_list("pk", flat=True))
    return set(queued) - seen


def index_is_usable() -> bool:
    """Whether searches can be answered from the index as it is."""
    return article_store().is_usable()


def entries(primary_keys: Iterable[int] | None) -> Iterator[Entry]:
    """The index entries of these articles, or of all; None for one that readers may not see or is gone.

    Lazy: the database is read as the entries are taken, ``ARTICLES_A_QUERY`` articles at a time.
    """
    index = haystack.connections["default"].get_unified_index().get_index(Article)
    articles = index.index_queryset()
    if primary_keys is None:
        for article in articles.order_by("pk").iterator(chunk_size=ARTICLES_A_QUERY):
            yield get_identifier(article), as_document(index.full_prepare(article))
        return
    wanted = list(dict.fromkeys(primary_keys))
    for start in range(0, len(wanted), ARTICLES_A_QUERY):
        some = wanted[start : start + ARTICLES_A_QUERY]
        found = {article.pk: article for article in articles.filter(pk__in=some)}
        for pk in some:
            article = found.get(pk)
            document = as_document(index.full_prepare(article)) if article else None
            yield get_identifier(article or Article(pk=pk)), document


def as_document(prepared: dict[str, Any]) -> dict[str, Any]:
    """The fields of the Whoosh schema from what the ``SearchIndex`` prepared."""
    text = AnalysedText.of(prepared["text"])
    document: dict[str, Any] = {
        "id": prepared["id"],
        "pk": int(prepared["django_id"]),
        "exact": text,
        "stem": text,
        "title": prepared.get("title"),
        "date": prepared["date"].isoformat() if prepared.get("date") else None,
    }
    for field in KEY_FIELDS:
        value = prepared.get(field)
        document[field] = value if value is None or isinstance(value, list) else [str(value)]
    return document


def _write_everything(wait: float) -> None:
    """Write the index anew; what is queued when it begins is covered by that."""
    waiting = list(Change.objects.values_list("pk", flat=True))
    article_store().write_anew(entries(None), wait=wait)
    _forget(waiting)


def _bring_up_to_date(changes: Iterable[tuple[str, str]], wait: float) -> None:
    touched = _touched_articles(changes)
    if not index_is_usable():
        _write_everything(wait)
    elif touched:
        try:
            article_store().write(entries(touched), wait=wait)
        except (IndexBusyError, OSError):
            raise
        except Exception:  # a damaged file that the writer reads surfaces as almost any exception
            logger.exception("The index is damaged and is built anew.")
            _write_everything(wait)


def _touched_articles(changes: Iterable[tuple[str, str]]) -> list[int]:
    """The articles whose entry the changes may alter. Labels and names are not in the index."""
    articles: dict[int, None] = {}
    sources: set[int] = set()
    for subject, object_id in changes:
        if subject == "article":
            articles[int(object_id)] = None
        elif subject == "source":
            sources.add(int(object_id))
    if sources:
        found = Article.objects.filter(source__in=sources).order_by("pk").values_list("pk", flat=True)
        articles.update(dict.fromkeys(found))
    return list(articles)


def _forget(changes: Sequence[int]) -> None:
    for start in range(0, len(changes), _DELETED_AT_ONCE):
        Change.objects.filter(pk__in=changes[start : start + _DELETED_AT_ONCE]).delete()
