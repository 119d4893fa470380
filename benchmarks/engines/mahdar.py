"""Our own engine: from the query string to keys, total and facets; warm, and cold in new processes."""

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks.articles import Article, make_articles
from benchmarks.clocks import Reply, figures, measure
from benchmarks.engines.engine import Engine, MissingError
from benchmarks.memory import peak_megabytes, watched
from benchmarks.process import step
from benchmarks.questions import PAGE, Question
from benchmarks.run import Run, bytes_in
from search.compiling import Lookup, compile_tree
from search.engine.asking import Request, ask
from search.engine.documents import Document, Entry
from search.engine.schema import ARTICLES, QUOTATIONS
from search.engine.store import IndexStore
from search.query_language import parse

# The second process writes while the first one analyses, as the archive's commands have it.
WORKERS = 1
COLUMNS = ".columns"
# How many questions of a class are asked cold: each takes a process a second to start.
_COLD = 5
_WARMING = "كلمة وكلمتان"
_OPENINGS = 7
_OPENING = """
import json, sys, time
from pathlib import Path
import django, numpy
django.setup()
began = time.perf_counter()
from search.engine.store import IndexStore
imported = time.perf_counter()
IndexStore(Path(sys.argv[1])).snapshot()
ended = time.perf_counter()
print(json.dumps([1000 * (ended - began), 1000 * (ended - imported)]))
"""


def index_folder(run: Run) -> Path:
    """Where the archive of the run looks for its index."""
    return run.archive / "index"


class Mahdar(Engine):
    name = "mahdar"

    def __init__(self, run: Run) -> None:
        super().__init__(run)
        self._store = IndexStore(index_folder(run))
        self._watched = 0.0

    def build(self) -> int:
        documents = 0

        def counted() -> Iterator[Entry]:
            nonlocal documents
            for article in self.run.articles():
                documents += 1
                yield entry_of(article)

        with watched() as watch:
            self._store.write_anew(counted(), workers=WORKERS)
        self._watched = watch.peak
        return documents

    def measured_building(self) -> dict[str, Any]:
        """``docs_per_cpu_s`` is of articles alone, as the stock backend indexes them; the rest is of both."""
        told = super().measured_building()
        store = IndexStore(self.folder / "articles")
        began = self.processor()
        store.write_anew(
            (replace(entry_of(article), quotations=()) for article in self.run.articles()), workers=WORKERS
        )
        alone = told["docs"] / (self.processor() - began)
        return told | {
            "docs_per_cpu_s": round(alone, 1),
            "docs_per_cpu_s_with_quotations": told["docs_per_cpu_s"],
        }

    def peak(self) -> float:
        """While it indexed with the process that it had work, if it did; else its own."""
        return max(self._watched, peak_megabytes())

    def sizes(self) -> dict[str, int]:
        """Of both indexes, and of that of the articles alone, to be compared with their text."""
        folder = self._store.index_folder(ARTICLES)
        articles = bytes_in(folder)
        return {
            "bytes": bytes_in(index_folder(self.run)),
            "articles_bytes": articles,
            "articles_bytes_without_arrays": articles - bytes_in(folder, COLUMNS),
        }

    def open(self) -> None:
        self._snapshots = {kind: self._store.snapshot(kind) for kind in (ARTICLES, QUOTATIONS)}

    def ask(self, question: Question) -> Reply:
        """With the look whether there is a newer generation, as every question has it."""
        asked = question.asked
        results = ask(
            self._store.snapshot(asked.of),
            Request(
                compile_tree(parse(question.written).root, Lookup()),
                filters={"speaker": frozenset((question.speaker,))} if question.speaker else {},
                sort=asked.sort,
                offset=asked.offset,
                limit=PAGE,
                facets=asked.facets,
                rescored=False,
            ),
        )
        counted = sum(facet.total() for facet in results.facets.values())
        return Reply(results.total, [hit.key for hit in results.hits], counted)

    def measured_questions(self) -> dict[str, Any]:
        """The reader's queries last: they need more of the archive than the engine."""
        from benchmarks.reader import consult

        self.unable = {"reader": "another measure"}
        told = super().measured_questions()
        if questions := self.run.questions.get("reader"):
            told["classes"]["reader"] = measure(questions, consult)
            told["rss_mb"] = round(peak_megabytes(), 1)
        return told

    def measured_cold(self) -> dict[str, Any]:
        """Some questions of each class, each the first of a new process; opening the index is told apart."""
        opening: list[float] = []
        peaks: list[float] = []
        classes: dict[str, Any] = {}
        for kind, questions in self.run.questions.items():
            if kind == "reader":
                continue
            told = [self._in_new_process(kind, place) for place in range(min(_COLD, len(questions)))]
            opening += [each["open_ms"] for each in told]
            peaks += [each["rss_mb"] for each in told]
            classes[kind] = figures(
                [Reply(each["total"], (), each["counted"]) for each in told],
                [each["cpu_ms"] for each in told],
                [each["wall_ms"] for each in told],
            )
        return {
            "open_ms": round(statistics.median(opening), 2),
            "rss_mb": round(max(peaks), 1),
            "classes": classes,
        }

    def measured_opening(self) -> dict[str, Any]:
        """What the first look into an index of the seeds adds to a process that has Django and numpy.

        Medians of wall milliseconds: ``added_ms`` with the modules of the engine, ``open_ms`` without them.
        """
        from django.conf import settings

        folder = self.folder / "seeds"
        seeds = Path(settings.FIXTURES_DIR) / "seeds"
        count = len(list(seeds.glob("*.txt")))
        articles, _origin = make_articles([], seeds, count)
        IndexStore(folder).write_anew(map(entry_of, articles))
        told = []
        for _process in range(_OPENINGS):
            command = [sys.executable, "-c", _OPENING, str(folder)]
            done = subprocess.run(command, capture_output=True, text=True, check=True)
            told.append(json.loads(done.stdout))
        return {
            "articles": count,
            "added_ms": round(statistics.median(added for added, _opened in told), 2),
            "open_ms": round(statistics.median(opened for _added, opened in told), 2),
        }

    def measured_first(self, kind: str, place: str) -> dict[str, Any]:
        """A question of which this process has seen nothing: only modules and word lists are loaded."""
        question = self.run.questions[kind][int(place)]
        compile_tree(parse(_WARMING).root, Lookup())
        began = time.perf_counter()
        self._store.snapshot(question.asked.of)
        cpu, wall = time.process_time(), time.perf_counter()
        reply = self.ask(question)
        return {
            "cpu_ms": 1000 * (time.process_time() - cpu),
            "wall_ms": 1000 * (time.perf_counter() - wall),
            "open_ms": 1000 * (wall - began),
            "rss_mb": peak_megabytes(),
            "total": reply.total,
            "counted": reply.counted,
        }

    def _in_new_process(self, kind: str, place: int) -> dict[str, Any]:
        """Not a copy of this process: copying what it changes would be counted with the question."""
        told = step(self.name, "first", self.run, kind, str(place))
        if "missing" in told:
            raise MissingError(told["missing"])
        return told


def entry_of(article: Article) -> Entry:
    """What our indexes hold of an article."""
    day = date.fromisoformat(article.date)
    where = {"source": (article.source,), "meeting": (article.meeting,) if article.meeting else ()}
    keys = {"speaker": article.speakers, "country": article.countries, "kind": article.kinds}
    document = Document(article.key, article.key, article.text, article.title, day, where | keys)
    quotations = [
        Document(
            said.key,
            article.key,
            said.text,
            None,
            day,
            where | {"speaker": (said.speaker,), "country": (said.country,), "kind": (said.kind,)},
        )
        for said in article.quotations
    ]
    return Entry(article.key, (document,), quotations)
