"""What the indexes are to hold of each article, read from the database; and where they are."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import haystack

from archive.models import Article, Quotation
from search.engine.documents import Document, Entry
from search.engine.schema import KEY_FIELDS
from search.engine.store import IndexStore

ARTICLES_A_QUERY = 200


def index_store(using: str = "default") -> IndexStore:
    """The store of a Haystack connection (its ``PATH``)."""
    return IndexStore(Path(haystack.connections[using].options["PATH"]))


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
    for some in in_parts(list(dict.fromkeys(primary_keys))):
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


def in_parts(keys: Sequence[int]) -> Iterator[Sequence[int]]:
    """Few enough at a time for one database query."""
    for start in range(0, len(keys), ARTICLES_A_QUERY):
        yield keys[start : start + ARTICLES_A_QUERY]
