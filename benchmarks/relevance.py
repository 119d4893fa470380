"""``make bench ARGS="relevance DIR"``: our ranking and the peers' on one judged collection.

Prints MRR@10 on the even queries (those that weights may be set on), the odd ones and all, and how far
ours is ahead of each peer, with the lower bound of the 95% interval of a paired bootstrap over queries.
"""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

HALVES = ("even", "odd", "all")
OURS = "Mahdar"
METRIC = "mrr@10"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folders", nargs="+", type=Path, metavar="DIR", help="docs, queries, qrels (.jsonl)")
    parser.add_argument("--field", choices=("text", "short"), default="text", help="which queries")
    parser.add_argument("--respelled", action="store_true", help="respell one word of every query")
    parser.add_argument("--json", action="store_true", help="print only JSON")


def main(options: argparse.Namespace, cache: Path) -> int:
    """Measure and print; ``cache`` keeps Lucene's libraries. Returns the exit status."""
    from search.judged_collection import CollectionError

    reports = []
    for folder in options.folders:
        try:
            report = compare(folder, options.field, respelled=options.respelled, cache=cache)
        except CollectionError as error:
            print(error, file=sys.stderr)
            return 1
        reports.append(report)
        if not options.json:
            print("\n".join(table(report)), flush=True)
    if options.json:
        print(json.dumps(reports, ensure_ascii=False))
    return 0


def compare(folder: Path, field: str, *, respelled: bool, cache: Path) -> dict[str, Any]:
    """Every engine's mean metrics on each half of the queries, and our lead over each peer.

    Raises ``search.judged_collection.CollectionError``.
    """
    from benchmarks.paired import paired_difference
    from benchmarks.respelling import respell
    from search.evaluation import mean, measure
    from search.judged_collection import read_collection

    collection = read_collection(folder, field)
    queries = collection.asked()
    if respelled:
        queries = [replace(query, text=respell(query.text, query.id)) for query in queries]
    measured = {
        name: [
            measure(ranking, collection.judgments[query.id])
            for query, ranking in zip(queries, rankings, strict=True)
        ]
        for name, rankings in _rankings(collection.documents, queries, cache)
    }
    engines: dict[str, Any] = {}
    for name, values in measured.items():
        engines[name] = {}
        for half in HALVES:
            places = [place for place, query in enumerate(queries) if query.is_in(half)]
            if not places:
                continue
            report = {
                metric: round(value, 4) for metric, value in mean([values[at] for at in places]).items()
            }
            if name != OURS:
                ours, theirs = ([scores[at][METRIC] for at in places] for scores in (measured[OURS], values))
                lead = paired_difference(ours, theirs)
                report |= {"lead": round(lead.mean, 4), "lead_at_least": round(lead.lower, 4)}
            engines[name][half] = report
    return {
        "collection": folder.name,
        "field": field,
        "respelled": respelled,
        "docs": len(collection.documents),
        "queries": len(queries),
        "engines": engines,
    }


def table(report: dict[str, Any]) -> Iterator[str]:
    """The lines of a report for people."""
    how = report["field"] + (", one word respelled" if report["respelled"] else "")
    yield f"\n{report['collection']} ({how}): {report['docs']} documents, {report['queries']} queries"
    leads = "".join(f"{column:>10}" for column in ("lead", "at least", "odd lead", "at least"))
    yield f"{'MRR@10':24}" + "".join(f"{half:>8}" for half in HALVES) + leads
    for name, halves in report["engines"].items():
        line = f"{name:24}" + "".join(
            f"{halves[half][METRIC]:8.3f}" if half in halves else f"{'–':>8}" for half in HALVES
        )
        for half in ("all", "odd"):
            if "lead" in halves.get(half, {}):
                line += f"{halves[half]['lead']:+10.3f}{halves[half]['lead_at_least']:+10.3f}"
        yield line


def _rankings(
    documents: Sequence[Any], queries: Sequence[Any], cache: Path
) -> Iterator[tuple[str, list[list[str]]]]:
    """Every engine's name and, for each query, the identifiers of what it finds, best first."""
    from benchmarks import real_lucene
    from benchmarks.peers import ANALYZERS
    from benchmarks.plain_bm25 import PlainBM25
    from search.evaluation import DEPTH, rank_collection

    run = rank_collection(documents, queries)
    yield OURS, [[identifier for identifier, _score in run.rankings[query.id]] for query in queries]
    texts = [f"{document.title}\n{document.text}" for document in documents]

    def identifiers(ranking: Sequence[tuple[int, float]]) -> list[str]:
        return [documents[place].id for place, _score in ranking]

    for name, analyze in ANALYZERS.items():
        engine = PlainBM25(analyze, texts)
        yield name, [identifiers(engine.rank(query.text, DEPTH)) for query in queries]
    try:
        found = real_lucene.rank(texts, [query.text for query in queries], DEPTH, folder=cache)
    except real_lucene.LuceneMissingError as error:
        print(f"Lucene itself was left out: {error}.", file=sys.stderr)
    else:
        yield f"Lucene {real_lucene.VERSION}", [identifiers(ranking) for ranking in found]
