"""The bars that the engine of ours is to reach, each with its figure of a run."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from benchmarks.engines.registry import COLD, OURS

MS = "cpu_ms_p50"
AGREEING = ("fts5", "tantivy")
# Classes whose answers are the words of one term.
TERMS = ("rare", "middle", "common")
OVER_WHOOSH = ("common", "facets", "date_sort", "page50")


@dataclass(frozen=True, slots=True)
class Verdict:
    """A bar, the figure that was measured and whether it is met; None where nothing was measured."""

    bar: str
    figure: str
    met: bool | None


def verdicts(report: dict[str, Any]) -> list[Verdict]:
    """A verdict for every bar; those whose engines did not run have no figure."""
    engines = {name: told for name, told in report["engines"].items() if "classes" in told}
    if OURS not in engines:
        return []
    return [
        *_agreement(engines),
        *_warm(engines),
        *_reader(engines),
        *_cold(engines),
        *_index(engines, report),
        *_opening(report),
    ]


def disagreements(engines: dict[str, Any]) -> list[str]:
    """Where the hit counts of an engine that has our words differ from ours, question by question."""
    ours = engines[OURS]["classes"]
    found = []
    for name in AGREEING:
        for kind, told in engines.get(name, {}).get("classes", {}).items():
            for figure in ("totals", "counted"):
                pairs = list(zip(ours[kind][figure], told[figure], strict=True)) if kind in ours else []
                wrong = [place for place, (left, right) in enumerate(pairs) if left != right]
                if wrong:
                    left, right = pairs[wrong[0]]
                    found.append(f"{name} {kind} {figure}: {len(wrong)} questions, first {left} and {right}")
    return found


def _agreement(engines: dict[str, Any]) -> Iterator[Verdict]:
    peers = [name for name in AGREEING if name in engines]
    wrong = disagreements(engines)
    figure = "; ".join(wrong) or f"all equal beside {', '.join(peers)}"
    yield Verdict("hit counts agree with FTS5 and tantivy", figure, not wrong if peers else None)


def _warm(engines: dict[str, Any]) -> Iterator[Verdict]:
    ours = engines[OURS]["classes"]
    for kind, theirs in engines.get("fts5", {}).get("classes", {}).items():
        mine, yours = ours[kind][MS], theirs[MS]
        bar = "faster than FTS5" if yours >= 1 else "at most 2 ms"
        figure = f"{mine:.2f} ms, FTS5 {yours:.2f} ms"
        yield Verdict(f"{kind}: {bar}", figure, mine < yours if yours >= 1 else mine <= 2)
    yield _times("postgresql", "common", engines, 20)
    for kind in OVER_WHOOSH:
        yield _times("whoosh", kind, engines, 20)
    theirs = engines.get("tantivy", {}).get("classes", {})
    near = [kind for kind, told in theirs.items() if ours[kind][MS] <= 3 * told[MS]]
    figure = f"{len(near)} of {len(theirs)}: {', '.join(near) or 'none'}"
    met = 2 * len(near) >= len(theirs) if theirs else None
    yield Verdict("within 3 times tantivy's time on at least half of the classes", figure, met)


def _times(name: str, kind: str, engines: dict[str, Any], least: int) -> Verdict:
    bar = f"{kind}: at least {least} times as fast as {name}"
    theirs = engines.get(name, {}).get("classes", {}).get(kind)
    if not theirs:
        return Verdict(bar, "not measured", None)
    times = theirs[MS] / engines[OURS]["classes"][kind][MS]
    return Verdict(bar, f"{times:.1f} times", times >= least)


def _reader(engines: dict[str, Any]) -> Iterator[Verdict]:
    told = engines[OURS]["classes"].get("reader")
    for figure, most in (("cpu_ms_p50", 15), ("cpu_ms_p95", 60)):
        bar = f"reader: {figure[-3:]} at most {most} ms CPU"
        yield Verdict(
            bar, f"{told[figure]:.2f} ms" if told else "not measured", told[figure] <= most if told else None
        )


def _cold(engines: dict[str, Any]) -> Iterator[Verdict]:
    cold, warm = engines.get(COLD, {}).get("classes", {}), engines[OURS]["classes"]
    if not cold:
        yield Verdict("cold: at most 5 times the warm time", "not measured", None)
        return
    for kind in TERMS:
        times = cold[kind][MS] / warm[kind][MS]
        figure = f"{times:.1f} times ({cold[kind][MS]:.2f} ms, warm {warm[kind][MS]:.2f} ms)"
        yield Verdict(f"cold {kind}: at most 5 times the warm time", figure, times <= 5)
    theirs = engines.get("haystack", {}).get("classes", {})
    if not theirs:
        return
    slower = [kind for kind, told in theirs.items() if cold[kind][MS] >= told[MS]]
    least = min(told[MS] / cold[kind][MS] for kind, told in theirs.items())
    figure = f"slower: {', '.join(slower)}" if slower else f"at least {least:.1f} times as fast"
    yield Verdict("cold: faster than stock Haystack at a fifth of the size", figure, not slower)


def _index(engines: dict[str, Any], report: dict[str, Any]) -> Iterator[Verdict]:
    index = engines[OURS]["index"]
    speed = index["docs_per_cpu_s"]
    bar = "index: at least 3 times stock Haystack's documents a CPU second"
    if "haystack" in engines:
        times = speed / engines["haystack"]["index"]["docs_per_cpu_s"]
        yield Verdict(bar, f"{times:.1f} times ({speed:.0f} a second)", times >= 3)
    else:
        yield Verdict(bar, f"{speed:.0f} a second", None)
    for name, part, most in (("without arrays", "_without_arrays", 2.5), ("with arrays", "", 3.5)):
        times = index[f"articles_bytes{part}"] / report["text_bytes"]
        bar = f"index of the articles {name}: at most {most} times their UTF-8 text"
        yield Verdict(bar, f"{times:.2f} times", times <= most)
    asking, building = engines[OURS]["rss_mb"], index["rss_mb"]
    yield Verdict("memory while querying: at most 300 MB", f"{asking:.0f} MB", asking <= 300)
    yield Verdict("memory while indexing: at most 600 MB", f"{building:.0f} MB", building <= 600)


def _opening(report: dict[str, Any]) -> Iterator[Verdict]:
    told = report.get("opening", {})
    bar = "opening the seed archive adds less than 50 ms beyond importing numpy"
    if "added_ms" not in told:
        yield Verdict(bar, told.get("missing", "not measured"), None)
        return
    figure = f"{told['added_ms']:.1f} ms, modules of the engine included; {told['open_ms']:.1f} ms without"
    yield Verdict(bar, figure, told["added_ms"] < 50)
