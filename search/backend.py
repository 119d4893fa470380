"""The Haystack side of search: its commands and ``SearchQuerySet`` over our own index and face."""

from collections.abc import Iterable
from typing import Any

import numpy as np
from haystack.backends import BaseEngine, BaseSearchBackend, log_query
from haystack.models import SearchResult
from haystack.utils import get_identifier

from archive.models import Article
from search.engine.executor import ordered
from search.engine.store import article_store
from search.face import Filters, Hit, search
from search.haystack_query import MahdarSearchQuery
from search.indexing import build_index, drain_changes, entries

_SORTS = {"date": "oldest", "-date": "newest"}
_NARROWED = ("speaker", "country", "source", "meeting")
# A command may wait for the writer's lock; a page may not.
_COMMAND_WAIT = 60.0


class MahdarSearchBackend(BaseSearchBackend):
    """Writes our index and asks our face; only articles are indexed.

    ``search`` takes a query of our own language. ``narrow`` understands ``field:value`` for ``speaker``,
    ``country``, ``source`` and ``meeting``; ``order_by`` understands ``date`` and ``-date``. Writing ends
    with draining what was queued while it held the lock.
    """

    def update(self, index: Any, iterable: Iterable[Article], commit: bool = True) -> None:
        """Bring the entries of these articles up to date; one that readers may not see leaves the index."""
        store = article_store(self.connection_alias)
        if not store.is_usable():
            build_index()
            return
        store.write(entries([article.pk for article in iterable]), wait=_COMMAND_WAIT)
        drain_changes()

    def remove(self, obj_or_string: Article | str, commit: bool = True) -> None:
        store = article_store(self.connection_alias)
        if store.is_usable():
            store.write([(get_identifier(obj_or_string), None)], wait=_COMMAND_WAIT)
            drain_changes()

    def clear(self, models: Iterable[type] | None = None, commit: bool = True) -> None:
        if models is None or Article in models:
            article_store(self.connection_alias).write_anew([], wait=_COMMAND_WAIT)
            drain_changes()

    @log_query
    def search(
        self,
        query_string: str,
        start_offset: int = 0,
        end_offset: int | None = None,
        models: Iterable[type] | None = None,
        sort_by: Iterable[str] = (),
        narrow_queries: Iterable[str] = (),
        result_class: type[SearchResult] | None = None,
        **_unused: Any,
    ) -> dict[str, Any]:
        if models and Article not in models:
            return {"results": [], "hits": 0}
        make = result_class or SearchResult
        sort = next((_SORTS[field] for field in sort_by if field in _SORTS), "relevance")
        end = end_offset if end_offset is not None else start_offset + self.batch_size
        narrowed = dict(narrow.split(":", 1) for narrow in narrow_queries if ":" in narrow)
        if not query_string.strip() and not narrowed:
            return self._everything(sort, slice(start_offset, end), make)
        answer = search(
            query_string,
            filters=Filters(**{name: value for name, value in narrowed.items() if name in _NARROWED}),
            sort=sort,
            offset=start_offset,
            limit=end - start_offset,
        )
        facets = {
            name: [(value.value, value.count) for value in values] for name, values in answer.facets.items()
        }
        return {
            "results": [_result(make, hit) for hit in answer.hits],
            "hits": answer.total,
            "facets": {"fields": facets},
        }

    def _everything(self, sort: str, page: slice, make: type[SearchResult]) -> dict[str, Any]:
        """All that the index holds, whether or not the database still has it: what ``--remove`` compares."""
        snapshot = article_store(self.connection_alias).snapshot()
        sorting = "newest" if sort == "relevance" else sort
        documents = ordered(snapshot, snapshot.live, np.zeros(snapshot.count), sorting)
        keys = snapshot.primary_keys[documents[page]].tolist()
        results = [make("archive", "article", str(key), 0.0, id=f"archive.article.{key}") for key in keys]
        return {"results": results, "hits": len(documents)}


class MahdarEngine(BaseEngine):
    backend = MahdarSearchBackend
    query = MahdarSearchQuery


def _result(make: type[SearchResult], hit: Hit) -> SearchResult:
    result = make(
        "archive",
        "article",
        str(hit.id),
        hit.score,
        id=get_identifier(hit.article),
        title=hit.title,
        text=hit.snippet,
    )
    result._object, result._model = hit.article, Article
    return result
