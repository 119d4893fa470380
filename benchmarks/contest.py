"""``make bench``: every engine on the same articles and questions, each in processes of its own.

``make bench DOCS=10000 CORPUS=a.jsonl.gz,b.jsonl JSON=figures.json CHART=chart.svg``. Lines of a corpus are
JSON with ``id`` and ``body`` and maybe ``title``, ``date``, ``source`` and ``url``; without a corpus the
paragraphs of the seeds are put together anew. Times of two machines do not compare; the ratios of one run do.
"""

import argparse
import json
import os
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from benchmarks.engines.registry import COLD, ENGINES, OURS
from benchmarks.process import environment, step
from benchmarks.run import Run, line_of

DOCUMENTS = 2000


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The variables of the Makefile are the defaults."""
    given = os.environ.get
    parser.add_argument("--docs", type=int, default=given("DOCS") or DOCUMENTS, help="how many articles")
    parser.add_argument("--corpus", default=given("CORPUS") or "", help="files, with commas between them")
    parser.add_argument("--json", default=given("JSON") or "", help="the file to write the figures to")
    parser.add_argument("--chart", default=given("CHART") or "", help="the file to draw the chart into (SVG)")
    parser.add_argument("--engines", default=",".join(ENGINES), help="which, with commas between them")
    parser.add_argument("--questions", type=int, default=0, help="how many a class, instead of the usual")


def main(options: argparse.Namespace, libraries: Path) -> int:
    """Measure, print, and write what was asked for; returns the exit status."""
    from benchmarks.articles import CorpusError
    from benchmarks.chart import draw
    from benchmarks.table import table
    from benchmarks.verdicts import verdicts

    corpora = [Path(name) for name in filter(None, options.corpus.split(","))]
    engines = list(filter(None, options.engines.split(",")))
    unknown = sorted(set(engines) - set(ENGINES))
    if unknown or options.docs < 1:
        print(
            f"Unknown engine: {', '.join(unknown)}." if unknown else "DOCS must be at least 1.",
            file=sys.stderr,
        )
        return 2
    with tempfile.TemporaryDirectory(prefix="mahdar-bench-") as folder:
        run = Run(Path(folder), libraries)
        try:
            report = hold(run, corpora, options.docs, engines, options.questions)
        except CorpusError as error:
            print(error, file=sys.stderr)
            return 1
    report["verdicts"] = [asdict(verdict) for verdict in verdicts(report)]
    print("\n".join(table(report)))
    if options.json:
        Path(options.json).write_text(
            json.dumps(report, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
        )
    if options.chart:
        Path(options.chart).write_text(draw(report), encoding="utf-8")
    return 0


def hold(
    run: Run, corpora: Sequence[Path], documents: int, engines: Sequence[str], questions: int = 0
) -> dict[str, Any]:
    """The report of a run whose folder is empty. Raises ``articles.CorpusError``."""
    _say("articles and questions")
    report = _prepare(run, corpora, documents, questions)
    report["engines"] = {}
    for name in engines:
        _measure(name, run, report["engines"], report["analysis_ms"])
    if OURS in engines:
        report["opening"] = step(OURS, "open_seeds", run)
    report["seconds"] = round(time.perf_counter() - report.pop("began"), 1)
    return report


def _prepare(run: Run, corpora: Sequence[Path], documents: int, questions: int) -> dict[str, Any]:
    """Write the articles, their words, the questions and the archive of the reader."""
    began = time.perf_counter()
    run.archive.mkdir()
    os.environ |= environment(run)
    import django

    django.setup()
    from django.conf import settings

    from benchmarks.articles import make_articles
    from benchmarks.drawing import A_CLASS, Drawing
    from benchmarks.questions import write_questions
    from benchmarks.reader import QUESTIONS, prepare_archive, reader_questions
    from benchmarks.words import write_rows

    fixtures = Path(settings.FIXTURES_DIR)
    articles, origin = make_articles(corpora, fixtures / "seeds", documents)
    said = 0
    text = said_text = 0
    with run.articles_file.open("w", encoding="utf-8") as file:
        for article in articles:
            file.write(line_of(article))
            text += len(article.text.encode())
            said += len(article.quotations)
            said_text += sum(len(quotation.text.encode()) for quotation in article.quotations)
    took, spelled = write_rows(run.rows_file, run.articles())
    drawing = Drawing(run.rows(), spelled)
    asked = drawing.questions(questions or A_CLASS)
    people = fixtures / "reference" / "people.json"
    asked += reader_questions(run.articles(), people, drawing.stems, questions or QUESTIONS)
    write_questions(run.questions_file, asked)
    prepare_archive()
    return {
        "docs": documents,
        "origin": asdict(origin),
        "quotations": said,
        "text_bytes": text,
        "quotation_text_bytes": said_text,
        "analysis_ms": round(1000 * took / documents, 3),
        "began": began,
    }


def _measure(name: str, run: Run, engines: dict[str, Any], analysis_ms: float) -> None:
    """Add the figures of an engine (of ours the cold ones too), or why there are none."""
    _say(f"{name}: index")
    index = step(name, "build", run)
    if "missing" in index:
        _say(f"{name} is left out: {index['missing']}")
        engines[name] = {"missing": index["missing"]}
        return
    _say(f"{name}: questions")
    asked = step(name, "ask", run)
    engines[name] = {"index": _with_analysis(name, index, analysis_ms), **asked}
    if name == OURS:
        _say(f"{name}: questions in new processes")
        engines[COLD] = {"index": engines[name]["index"], **step(name, "ask_cold", run)}


def _with_analysis(name: str, index: dict[str, Any], analysis_ms: float) -> dict[str, Any]:
    """What an index costs with the analysis of its words, also where these were given to the engine."""
    if name in ("fts5", "tantivy", "lucene") and index["docs_per_cpu_s"]:
        alone = index["docs_per_cpu_s"]
        with_analysis = 1000 / (1000 / alone + analysis_ms)
        return index | {"docs_per_cpu_s": round(with_analysis, 1), "docs_per_cpu_s_words_given": alone}
    return index


def _say(what: str) -> None:
    print(f"[{time.strftime('%H:%M:%S')}] {what}", file=sys.stderr, flush=True)
