"""The Haystack side of search: its commands and ``SearchQuerySet`` over our own indexes and face."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any

from haystack.backends import BaseEngine, BaseSearchBackend, log_query
from haystack.models import SearchResult
from haystack.utils import get_identifier, get_model_ct

from archive.models import Article, Quotation
from search.engine.asking import FACETS, Request, ask
from search.engine.documents import Entry
from search.engine.durable_files import sync_folder
from search.engine.generations import CURRENT, LOCK
from search.engine.locks import locked
from search.engine.schema import ARTICLES, QUOTATIONS
from search.engine.store import IndexStore
from search.entries import entries, index_store
from search.face import MAX_LIMIT, Filters, Hit, search
from search.facets import FacetValue, label_facets
from search.haystack_query import MahdarSearchQuery
from search.indexing import build_index, drain_changes
from search.narrowing import read_narrowing

_SORTS = {"date": "oldest", "-date": "newest", "score": "least", "-score": "relevance"}
_MODELS = {ARTICLES: Article, QUOTATIONS: Quotation}
# A command may wait for the writer's lock; a page may not.
_COMMAND_WAIT = 60.0
# Rows that a command hands over at once: an archive that is updated whole is written in one go.
_BATCH = 200_000


class MahdarSearchBackend(BaseSearchBackend):
    """Writes our indexes and asks our face.

    An article and its quotations are written together, whichever of them is handed over. ``search`` takes
    a query of our own language. It finds quotations when ``models`` names them alone, else articles.
    ``narrow`` is read by ``narrowing``; of ``order_by`` the first of ``date``, ``-date``, ``score`` and
    ``-score`` counts; ``facet`` takes the fields of keys and ``year``, ``date_facet`` the date by year or
    month. What else they ask raises ``NotImplementedError``. A field that is narrowed to is counted as if
    it were not. Writing ends with draining what was queued while it held the lock.
    """

    def __init__(self, connection_alias: str, **options: Any) -> None:
        super().__init__(connection_alias, **{"BATCH_SIZE": _BATCH} | options)

    def update(self, index: Any, iterable: Iterable[Article | Quotation], commit: bool = True) -> None:
        """Bring the entries of these rows' articles up to date; what readers may not see leaves the index.

        When that is all of them, the indexes are built anew.
        """
        articles = {row.article_id if isinstance(row, Quotation) else row.pk for row in iterable}
        store = index_store(self.connection_alias)
        if not store.is_usable() or len(articles) >= Article.objects.published().count() > 0:
            build_index(progress=True, wait=_COMMAND_WAIT)
            return
        store.write(entries(sorted(articles)), wait=_COMMAND_WAIT)
        drain_changes(wait=_COMMAND_WAIT)

    def remove(self, obj_or_string: Article | Quotation | str, commit: bool = True) -> None:
        """Take an article and its quotations, or one quotation, out of the index."""
        model, _, key = get_identifier(obj_or_string).rpartition(".")
        store = index_store(self.connection_alias)
        if not store.is_usable():
            return
        if model == get_model_ct(Article):
            store.write([Entry(int(key))], wait=_COMMAND_WAIT)
        elif model == get_model_ct(Quotation):
            store.write(self._without(int(key)), wait=_COMMAND_WAIT)
        drain_changes(wait=_COMMAND_WAIT)

    def clear(self, models: Iterable[type] | None = None, commit: bool = True) -> None:
        """Take both indexes away when one of ``models`` is indexed.

        An index without what it should hold would tell readers that the archive has nothing. The database
        answers, with a notice, until the indexes are built anew, which the next question or change begins.
        """
        if models is None or not set(_MODELS.values()).isdisjoint(models):
            folder = index_store(self.connection_alias).folder
            with locked(folder / LOCK, _COMMAND_WAIT):
                (folder / CURRENT).unlink(missing_ok=True)
                sync_folder(folder)

    @log_query
    def search(
        self,
        query_string: str,
        start_offset: int = 0,
        end_offset: int | None = None,
        models: Iterable[type] | None = None,
        sort_by: Iterable[str] = (),
        narrow_queries: Iterable[str] = (),
        facets: Iterable[str] = (),
        date_facets: Mapping[str, Mapping[str, Any]] | None = None,
        result_class: type[SearchResult] | None = None,
        **_unused: Any,
    ) -> dict[str, Any]:
        asked = _Asked(
            kind=_kind(models),
            query=query_string.strip(),
            sort=next((_SORTS[field] for field in sort_by if field in _SORTS), "relevance"),
            facets=tuple(facets),
            histogram=_period(date_facets or {}),
            make=result_class or SearchResult,
        )
        if unknown := set(facets).difference(FACETS):
            raise NotImplementedError(f"There are no facets of {', '.join(sorted(unknown))}.")
        narrowing = read_narrowing(narrow_queries)
        if not asked.kind or narrowing.finds_nothing:
            return {"results": [], "hits": 0}
        if asked.query or narrowing:
            query = f"{narrowing.query} {asked.query}".strip()
            asked = replace(asked, query=query, filters=Filters(**narrowing.filters))
            look = _found
        else:
            look = partial(_listed, index_store(self.connection_alias))
        results, start, stop = [], start_offset, end_offset
        while True:
            page = look(asked, start, MAX_LIMIT if stop is None else min(MAX_LIMIT, stop - start))
            results += page.results
            stop = page.total if stop is None else min(stop, page.total)
            start += MAX_LIMIT
            if start >= stop:
                break
        dates = {field: _dated(page.histogram, details) for field, details in (date_facets or {}).items()}
        return {
            "results": results,
            "hits": page.total,
            "facets": {"fields": {name: page.facets[name] for name in facets}, "dates": dates},
        }

    def _without(self, quotation: int) -> Iterator[Entry]:
        """The entry of the article of a quotation without it; nothing when it is not in the index."""
        snapshot = index_store(self.connection_alias).snapshot(QUOTATIONS)
        held = snapshot.articles[(snapshot.primary_keys == quotation) & snapshot.live]
        for entry in entries(held.tolist()):
            left = [document for document in entry.quotations if document.primary_key != quotation]
            yield replace(entry, quotations=left)


class MahdarEngine(BaseEngine):
    backend = MahdarSearchBackend
    query = MahdarSearchQuery


@dataclass(frozen=True, slots=True)
class _Asked:
    """A search but for its page."""

    kind: str
    query: str
    sort: str
    facets: tuple[str, ...]
    histogram: str
    make: type[SearchResult]
    filters: Filters = Filters()  # noqa: RUF009 - frozen


@dataclass(frozen=True, slots=True)
class _Page:
    """Some of the results, and what is counted over all of them."""

    total: int
    results: list[SearchResult]
    facets: dict[str, list[tuple[str, int]]]
    histogram: dict[str, int]


def _found(asked: _Asked, offset: int, limit: int) -> _Page:
    """What the face finds."""
    answer = search(
        asked.query,
        kind=asked.kind,
        filters=asked.filters,
        sort=asked.sort,
        offset=offset,
        limit=limit,
        histogram=asked.histogram,
        facet_values=None if asked.facets else 0,
    )
    results = [_result(asked.make, hit) for hit in answer.hits]
    return _Page(answer.total, results, _counts(answer.facets), answer.histogram)


def _listed(store: IndexStore, asked: _Asked, offset: int, limit: int) -> _Page:
    """All that an index holds, whether or not the database still has it: what ``--remove`` compares."""
    if not store.is_usable():
        build_index(wait=_COMMAND_WAIT)
    request = Request(
        sort=asked.sort if asked.sort == "oldest" else "newest",
        offset=offset,
        limit=limit,
        facets=asked.facets,
        histogram=asked.histogram,
    )
    listed = ask(store.snapshot(asked.kind), request)
    model = get_model_ct(_MODELS[asked.kind])
    results = [
        asked.make(*model.split("."), str(match.key), 0.0, id=f"{model}.{match.key}") for match in listed.hits
    ]
    return _Page(listed.total, results, _counts(label_facets(listed.facets)), listed.histogram)


def _counts(facets: Mapping[str, list[FacetValue]]) -> dict[str, list[tuple[str, int]]]:
    return {name: [(value.value, value.count) for value in values] for name, values in facets.items()}


def _result(make: type[SearchResult], hit: Hit) -> SearchResult:
    row = hit.quotation or hit.article
    result = make(
        "archive",
        hit.kind,
        str(hit.id),
        hit.score,
        id=get_identifier(row),
        title=hit.title,
        text=hit.snippet,
        date=hit.date,
    )
    result._object, result._model = row, type(row)
    return result


def _kind(models: Iterable[type] | None) -> str:
    """The index that is asked; none when none of ``models`` is indexed."""
    asked = set(models or _MODELS.values())
    return next((kind for kind, model in _MODELS.items() if model in asked), "")


def _period(date_facets: Mapping[str, Mapping[str, Any]]) -> str:
    """The period by which documents are to be counted, or nothing."""
    for field, details in date_facets.items():
        if field != "date" or details["gap_by"] not in ("year", "month") or details["gap_amount"] != 1:
            raise NotImplementedError("Dates are counted by year or by month.")
        return details["gap_by"]
    return ""


def _dated(histogram: Mapping[str, int], details: Mapping[str, Any]) -> list[tuple[datetime, int]]:
    """The first day of each period from that of ``start_date`` to that of ``end_date``, and its count."""
    first, last = details["start_date"], details["end_date"]
    length = 4 if details["gap_by"] == "year" else 7
    return [
        (datetime.fromisoformat(f"{period}-01-01"[:10]), count)
        for period, count in histogram.items()
        if first.isoformat()[:length] <= period <= last.isoformat()[:length]
    ]
