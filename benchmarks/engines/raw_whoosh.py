"""Whoosh by itself over the very files that we write, with its searcher kept open."""

from itertools import islice
from typing import Any

from whoosh.filedb.filestore import FileStorage
from whoosh.index import FileIndex
from whoosh.query import And, Or, Phrase, Prefix, Query, Term
from whoosh.sorting import Count, FieldFacet

from benchmarks.clocks import Reply
from benchmarks.engines.engine import Engine, MissingError
from benchmarks.engines.mahdar import index_folder
from benchmarks.questions import PAGE, Question
from benchmarks.run import bytes_in
from search.analysis import AnalysedText
from search.engine.schema import INDEX_NAME, identifier, index_schema
from search.engine.store import IndexStore, IndexUnusableError

# Its own writer is measured on so many articles: on all of them it would take longer than all engines.
_WRITTEN = 1000
_WRITER_MEGABYTES = 64


class RawWhoosh(Engine):
    name = "whoosh"
    unable = {"reader": "ours alone"}

    def measured_building(self) -> dict[str, Any]:
        """Its own writer on the first articles; the size is that of its files of our index."""
        return super().measured_building() | {"docs_are": f"the first {_WRITTEN}; it asks the index of ours"}

    def build(self) -> int:
        index = FileIndex.create(FileStorage(str(self.folder)), index_schema(), INDEX_NAME)
        writer = index.writer(limitmb=_WRITER_MEGABYTES)
        documents = 0
        for article in islice(self.run.articles(), _WRITTEN):
            text = AnalysedText.of(article.text)
            writer.add_document(
                id=identifier("articles", article.key),
                pk=article.key,
                article=article.key,
                exact=text,
                stem=text,
                title=article.title,
                date=article.date,
                speaker=list(article.speakers),
                country=list(article.countries),
                source=[article.source],
                meeting=[article.meeting] if article.meeting else None,
                kind=list(article.kinds),
            )
            documents += 1
        writer.commit()
        return documents

    def sizes(self) -> dict[str, int]:
        folder = index_folder(self.run)
        return {"bytes": bytes_in(folder) - bytes_in(folder, ".columns")}

    def open(self) -> None:
        store = IndexStore(index_folder(self.run))
        try:
            folders = {of: store.index_folder(of) for of in ("articles", "quotations")}
        except IndexUnusableError as error:
            raise MissingError("the index of ours, which it reads, was not built") from error
        self._searchers = {
            of: FileIndex(FileStorage(str(folder)), indexname=INDEX_NAME).searcher()
            for of, folder in folders.items()
        }

    def ask(self, question: Question) -> Reply:
        asked = question.asked
        how: dict[str, Any] = {}
        if asked.sort == "newest":
            how |= {"sortedby": "date", "reverse": True}
        if asked.facets:
            how["groupedby"] = [FieldFacet(name, allow_overlap=True, maptype=Count) for name in asked.facets]
        searcher = self._searchers[asked.of]
        results = searcher.search(_query(question), limit=asked.offset + PAGE, **how)
        keys = [int(hit["id"].rsplit(".", 1)[1]) for hit in results[asked.offset :]]
        counted = sum(
            count for name in asked.facets for value, count in results.groups(name).items() if value
        )
        return Reply(len(results), keys, counted)


def _query(question: Question) -> Query:
    stems = [Term("stem", stem) for stem in question.stems]
    match question.asked.how:
        case "phrase":
            return Phrase("exact", list(question.spelled))
        case "prefix":
            return Or([Prefix("stem", question.words[0]), Prefix("exact", question.words[0])])
        case "any":
            return Or(stems)
        case _ if question.speaker:
            return And([*stems, Term("speaker", question.speaker)])
        case _:
            return And(stems) if len(stems) > 1 else stems[0]
