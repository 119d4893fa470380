"""The report of a run as lines for people."""

from collections.abc import Iterator
from typing import Any

from benchmarks.engines.registry import COLD, OURS
from benchmarks.questions import KINDS

_NAMES = 22
_COLUMN = 13


def table(report: dict[str, Any]) -> Iterator[str]:
    """What was measured on what, the figures side by side, and the verdicts."""
    yield from _head(report)
    engines = {name: told for name, told in report["engines"].items() if "classes" in told}
    yield from _index(engines, report)
    for title, figure in (
        ("Hits, all questions of a class together", "hits"),
        ("CPU ms, median", "cpu_ms_p50"),
        ("CPU ms, p95", "cpu_ms_p95"),
        ("Wall ms, median", "wall_ms_p50"),
        ("Wall ms, p95", "wall_ms_p95"),
    ):
        yield from _classes(title, figure, engines)
    if OURS in engines:
        yield from _classes("How many times our CPU time they take (medians)", "ratio", engines)
    for name, told in report["engines"].items():
        if "classes" not in told:
            yield f"{name} was left out: {told['missing']}."
    yield from _verdicts(report)


def _head(report: dict[str, Any]) -> Iterator[str]:
    origin = report["origin"]
    corpora = ", ".join(origin["corpora"])
    yield f"{report['docs']} articles: {origin['whole']} of the corpus ({corpora}),"
    yield f"{origin['recombined']} recombined from paragraphs of it; {report['quotations']} quotations;"
    yield f"{report['text_bytes'] / 1e6:.1f} MB of text, of which our analysis alone takes"
    yield f"{report['analysis_ms']:.2f} ms an article. The whole run took {report.get('seconds', 0):.0f} s."


def _index(engines: dict[str, Any], report: dict[str, Any]) -> Iterator[str]:
    """The words were given to some engines; their speed has the time of the analysis in it."""
    yield ""
    heads = ("articles", "a CPU s", "MB", "x text", "MB index", "MB asked", "opens ms")
    yield f"{'Index':{_NAMES}}" + "".join(f"{head:>10}" for head in heads)
    for name, told in engines.items():
        index = told["index"]
        cells = (
            str(index["docs"]),
            f"{index['docs_per_cpu_s'] or 0:.0f}",
            f"{index['bytes'] / 1e6:.1f}",
            f"{index['bytes'] / report['text_bytes']:.2f}",
            f"{index['rss_mb']:.0f}",
            f"{told['rss_mb']:.0f}",
            f"{told['open_ms']:.1f}",
        )
        yield f"{name:{_NAMES}}" + "".join(f"{cell:>10}" for cell in cells)


def _classes(title: str, figure: str, engines: dict[str, Any]) -> Iterator[str]:
    yield ""
    yield title
    yield " " * _NAMES + "".join(f"{name:>{_COLUMN}}" for name in engines)
    for kind in KINDS:
        if any(kind in told["classes"] for told in engines.values()):
            cells = (_cell(engines, name, kind, figure) for name in engines)
            yield f"{kind:{_NAMES}}" + "".join(f"{cell:>{_COLUMN}}" for cell in cells)


def _cell(engines: dict[str, Any], name: str, kind: str, figure: str) -> str:
    told = engines[name]["classes"].get(kind)
    if told is None:
        return "–"
    if figure == "hits":
        # Not all questions of a class are asked cold.
        return str(told["hits"]) if name != COLD else "–"
    if figure == "ratio":
        ours = engines[OURS]["classes"].get(kind)
        return f"{told['cpu_ms_p50'] / ours['cpu_ms_p50']:.1f}" if ours and ours["cpu_ms_p50"] else "–"
    return f"{told[figure]:.2f}"


def _verdicts(report: dict[str, Any]) -> Iterator[str]:
    if not report.get("verdicts"):
        return
    yield ""
    for verdict in report["verdicts"]:
        word = {True: "met", False: "MISSED", None: "–"}[verdict["met"]]
        yield f"{word:8}{verdict['bar']}: {verdict['figure']}"
