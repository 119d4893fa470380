"""Tantivy, a search library compiled from Rust, over our stems and surfaces."""

from datetime import date
from typing import Any

from benchmarks.clocks import Reply
from benchmarks.engines.engine import Engine, MissingError
from benchmarks.questions import PAGE, Question

try:
    import tantivy
except ImportError:  # no wheel for every system
    tantivy = None

_HEAP_BYTES = 128_000_000
_FIELDS = {
    "speaker": "speakers",
    "country": "countries",
    "source": "source",
    "meeting": "meeting",
    "kind": "kinds",
}
# More than any field has values.
_VALUES = 1000


class Tantivy(Engine):
    name = "tantivy"
    unable = {"reader": "ours alone"}

    def check(self) -> None:
        if tantivy is None:
            raise MissingError("the package tantivy is not installed")

    def build(self) -> int:
        indexes = {"a": self._index("articles"), "q": self._index("quotations")}
        writers = {of: index.writer(_HEAP_BYTES, 1) for of, index in indexes.items()}
        documents = 0
        for row in self.run.rows():
            document = tantivy.Document()
            document.add_text("stems", row.stems)
            document.add_text("surfaces", row.surfaces)
            document.add_unsigned("key", int(row.key))
            document.add_unsigned("day", date.fromisoformat(row.date).toordinal())
            for field, name in _FIELDS.items():
                for value in getattr(row, name).split():
                    document.add_text(field, value)
            writers[row.of].add_document(document)
            documents += row.of == "a"
        for writer in writers.values():
            writer.commit()
            writer.wait_merging_threads()
        return documents

    def open(self) -> None:
        indexes = {of: self._index(of) for of in ("articles", "quotations")}
        self._schemas = {of: index.schema for of, index in indexes.items()}
        self._searchers = {of: index.searcher() for of, index in indexes.items()}

    def ask(self, question: Question) -> Reply:
        asked = question.asked
        searcher, schema = self._searchers[asked.of], self._schemas[asked.of]
        query = _query(schema, question)
        how: dict[str, Any] = {"order_by_field": "day"} if asked.sort == "newest" else {}
        found = searcher.search(query, PAGE, count=True, offset=asked.offset, **how)
        addresses = [address for _score, address in found.hits]
        keys = searcher.fast_field_values("key", addresses) if addresses else []
        counted = 0
        if asked.facets:
            wanted = {field: {"terms": {"field": field, "size": _VALUES}} for field in asked.facets}
            counts = searcher.aggregate(query, wanted)
            counted = sum(int(each["doc_count"]) for facet in counts.values() for each in facet["buckets"])
        return Reply(found.count, keys, counted)

    def _index(self, name: str) -> Any:
        builder = tantivy.SchemaBuilder()
        for field in ("stems", "surfaces"):
            builder.add_text_field(field, tokenizer_name="whitespace", index_option="position")
        for field in _FIELDS:
            builder.add_text_field(field, fast=True, tokenizer_name="raw", index_option="basic")
        for field in ("key", "day"):
            builder.add_unsigned_field(field, fast=True)
        path = self.folder / name
        path.mkdir(exist_ok=True)
        return tantivy.Index(builder.build(), path=str(path))


def _query(schema: Any, question: Question) -> Any:
    query, occur = tantivy.Query, tantivy.Occur
    words, stems = question.words, question.stems
    match question.asked.how:
        case "phrase":
            return query.phrase_query(schema, "surfaces", list(words))
        case "prefix":
            fields = ("stems", "surfaces")
            parts = [(occur.Should, query.regex_query(schema, field, f"{words[0]}.*")) for field in fields]
        case "any":
            parts = [(occur.Should, query.term_query(schema, "stems", stem)) for stem in stems]
        case _:
            parts = [(occur.Must, query.term_query(schema, "stems", stem)) for stem in stems]
            if question.speaker:
                parts.append((occur.Must, query.term_query(schema, "speaker", question.speaker)))
    return parts[0][1] if len(parts) == 1 else query.boolean_query(parts)
