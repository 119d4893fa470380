"""``make bench ARGS=speed``: extraction, import, index and search of a made corpus, beside SQLite's FTS5.

``make bench ARGS="speed --articles 1000"`` makes it larger. Times of two machines do not compare; the
ratios of one run do.
"""

import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROUNDS = 15
ARTICLES = 300
# Characters of the texts that the extraction is timed on: about 100 kB and 1 MB.
SIZES = (60_000, 600_000)
QUERIES = {
    "one common word": "التحالف",
    "one rare word": "المخيمات",
    "a name": "بلينكن",
    "three words": "وزير الخارجية الأميركي",
    "a phrase": '"وزراء خارجية التحالف"',
    "no such word": "زرافة",
}


def measure(folder: Path, count: int) -> None:
    """Fill an archive in ``folder`` and print what each step and query takes."""
    from django.conf import settings
    from django.core.management import call_command

    from archive.importing.runs import import_files
    from archive.models import Article
    from archive.reference import load_reference
    from benchmarks import full_text
    from benchmarks.corpus import write_corpus
    from search.face import search
    from search.indexing import build_index, drain_changes

    files = folder / "files"
    files.mkdir()
    size = write_corpus(settings.FIXTURES_DIR / "seeds", files, count)
    print(f"{count} articles, {size / 1e6:.1f} MB of text, Python {sys.version.split()[0]}\n")
    call_command("migrate", verbosity=0)
    _line("load the reference data", _timed(load_reference))
    _extraction([path.read_text(encoding="utf-8") for path in sorted(files.iterdir())])
    # The queue is drained apart, so that import and index are timed apart.
    settings.ARCHIVE_AFTER_CHANGE = ""
    took = _timed(lambda: import_files(paths=[files]))
    _line("import, extraction included", took, f"{1000 * took / count:.1f} ms an article")
    build_index()
    drain_changes()
    ours = _timed(build_index)
    _line("build the index", ours, f"{1000 * ours / count:.1f} ms an article")
    rows = [(row.pk, row.title, row.body_text) for row in Article.objects.order_by("pk")]
    connections = []
    theirs = _timed(lambda: connections.append(full_text.build(folder / "fts.sqlite3", rows)))
    _line("  the same in FTS5", theirs, f"ratio {ours / theirs:.0f}")
    one = Article.objects.get(pk=rows[len(rows) // 2][0])
    one.save()
    _line("make one changed article searchable", _timed(drain_changes))

    print(f"\n{'median of a query, ms':38}{'ours':>9}{'FTS5':>9}{'ratio':>8}{'hits':>8}{'FTS5':>8}")
    for name, query in QUERIES.items():
        total, (plain, _rows) = search(query).total, full_text.find(connections[0], query)
        ours = _median(lambda query=query: search(query))
        theirs = _median(lambda query=query: full_text.find(connections[0], query))
        print(f"{name:38}{ours:9.2f}{theirs:9.2f}{ours / theirs:8.1f}{total:8}{plain:8}")
    print("\nOurs counts facets and reads the hits' rows and quotations from the database as well.")
    connections[0].close()


def _extraction(texts: list[str]) -> None:
    """Print how many kilobytes of text the extraction reads a second, whatever the length of a text."""
    from archive.extraction.extractor import extract
    from archive.knowledge import load_knowledge

    knowledge = load_knowledge()
    whole = "\n".join(texts)
    extract(whole[:50_000], knowledge)
    for characters in SIZES:
        text = (whole * (characters // len(whole) + 1))[:characters]
        for name, given in (("", text), (", no full stop", text.replace(".", " ").replace("\n", " "))):
            size = len(given.encode()) / 1000
            took = _timed(lambda given=given: extract(given, knowledge))
            _line(f"extract {size:,.0f} kB{name}", took, f"{size / took:,.0f} kB/s")


def _timed(work: Callable[[], Any]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _median(work: Callable[[], Any]) -> float:
    work()
    return 1000 * statistics.median(_timed(work) for _round in range(ROUNDS))


def _line(name: str, seconds: float, note: str = "") -> None:
    print(f"{name:38}{seconds:9.2f} s   {note}", flush=True)
