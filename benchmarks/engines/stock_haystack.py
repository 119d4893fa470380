"""Django-haystack's own Whoosh backend over the first articles, with our stems as the analysis of the text.

Its articles are objects without a database. A date is sortable there; phrases are of stems, and its facets
count words of values instead of values.
"""

from collections.abc import Mapping
from datetime import date
from itertools import islice
from typing import Any

import haystack
from haystack import indexes
from haystack.backends.whoosh_backend import WhooshEngine

from archive.models import Article as Row
from benchmarks.articles import Article
from benchmarks.clocks import Reply
from benchmarks.engines.engine import Engine
from benchmarks.questions import PAGE, Question
from search.analysis import LayerAnalyzer

CONNECTION = "stock"
MOST_ARTICLES = 10_000
_SHARE = 5
_BATCH = 1000


class Stems(LayerAnalyzer):
    """Our stems, with what Haystack's spelling suggestions ask of an analyzer."""

    def __init__(self) -> None:
        super().__init__("stem")

    def has_morph(self) -> bool:
        return False


class StockIndex(indexes.SearchIndex, indexes.Indexable):
    """The fields of the archive's own index, declared as Haystack's manual does it."""

    text = indexes.CharField(document=True, analyzer=Stems())
    title = indexes.CharField(analyzer=Stems())
    date = indexes.DateField()
    source = indexes.CharField(faceted=True)
    meeting = indexes.CharField(null=True)
    speaker = indexes.MultiValueField(faceted=True)
    country = indexes.MultiValueField(faceted=True)
    kind = indexes.MultiValueField()

    def get_model(self) -> type[Row]:
        return Row

    def prepare(self, obj: Any) -> dict[str, Any]:
        article: Article = obj.measured
        given = {
            "text": article.text,
            "title": article.title,
            "date": date.fromisoformat(article.date),
            "source": article.source,
            "meeting": article.meeting or None,
            "speaker": list(article.speakers),
            "country": list(article.countries),
            "kind": list(article.kinds),
        }
        self.prepared_data = super().prepare(obj) | given
        return self.prepared_data


class StockHaystack(Engine):
    name = "haystack"
    unable: Mapping[str, str] = {
        "quotation_by_speaker": "a second kind of document shares its index and its fields",
        "reader": "ours alone",
    }

    def build(self) -> int:
        self.open()
        wanted = max(1, min(MOST_ARTICLES, sum(1 for _row in self.run.articles()) // _SHARE))
        articles = islice(self.run.articles(), wanted)
        while batch := [_row(article) for article in islice(articles, _BATCH)]:
            self._backend.update(self._index, batch)
        return wanted

    def open(self) -> None:
        haystack.connections.connections_info[CONNECTION] = {
            "ENGINE": f"{WhooshEngine.__module__}.{WhooshEngine.__name__}",
            "PATH": str(self.folder / "index"),
            "SILENTLY_FAIL": False,
        }
        self._index = StockIndex()
        haystack.connections[CONNECTION].get_unified_index().build(indexes=[self._index])
        self._backend = haystack.connections[CONNECTION].get_backend()

    def ask(self, question: Question) -> Reply:
        asked = question.asked
        how: dict[str, Any] = {}
        if asked.sort == "newest":
            how["sort_by"] = ["-date"]
        if asked.facets:
            how["facets"] = [f"{name}_exact" for name in asked.facets]
        answer = self._backend.search(
            _written(question), start_offset=asked.offset, end_offset=asked.offset + PAGE, **how
        )
        counted = sum(
            count for field in answer.get("facets", {}).get("fields", {}).values() for _value, count in field
        )
        return Reply(answer["hits"], [int(result.pk) for result in answer["results"]], counted)


def _row(article: Article) -> Row:
    row = Row(pk=article.key)
    row.measured = article
    return row


def _written(question: Question) -> str:
    match question.asked.how:
        case "phrase":
            return '"' + " ".join(question.spelled) + '"'
        case "prefix":
            return f"{question.words[0]}*"
        case "any":
            return " OR ".join(question.spelled)
        case _:
            return " ".join(question.spelled)
