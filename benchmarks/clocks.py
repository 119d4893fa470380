"""CPU time and wall time: what an engine needs to answer questions again and again."""

import resource
import statistics
import time
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from benchmarks.questions import Question

LEAST_ROUNDS, MOST_ROUNDS = 5, 25
# Seconds: a class that is asked quickly goes on so long, and none goes on much longer than the other.
ENOUGH, TOO_LONG = 1.0, 8.0


class Reply(NamedTuple):
    """What an engine answers: how many there are, the keys of the page, and how often facets were counted."""

    total: int
    keys: Sequence[int] = ()
    counted: int = 0


def processor_seconds() -> float:
    """The CPU time of this process and of its children that have ended."""
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + ended.ru_utime + ended.ru_stime


def other_processor_seconds(process: int) -> float:
    """The CPU time of another process, to the nanosecond (Linux)."""
    # How the kernel numbers the clock of a process's CPU time.
    return time.clock_gettime((~process << 3) | 2)


def measure(
    questions: Sequence[Question],
    ask: Callable[[Question], Reply],
    processor: Callable[[], float] = processor_seconds,
) -> dict[str, Any]:
    """The figures of a class: every question once for its answer, then in rounds for the time.

    At least ``LEAST_ROUNDS`` rounds, and more when they are quick; fewer when they last ``TOO_LONG``.
    """
    replies = [ask(question) for question in questions]
    spent: list[list[tuple[float, float]]] = [[] for _question in questions]
    began, rounds = time.perf_counter(), 0
    while rounds < MOST_ROUNDS:
        for question, times in zip(questions, spent, strict=True):
            cpu, wall = processor(), time.perf_counter()
            ask(question)
            times.append((processor() - cpu, time.perf_counter() - wall))
        rounds += 1
        lasted = time.perf_counter() - began
        if lasted > TOO_LONG or (rounds >= LEAST_ROUNDS and lasted > ENOUGH):
            break
    cpu_ms = [1000 * statistics.median(cpu for cpu, _wall in times) for times in spent]
    wall_ms = [1000 * statistics.median(wall for _cpu, wall in times) for times in spent]
    return figures(replies, cpu_ms, wall_ms) | {"rounds": rounds}


def figures(replies: Sequence[Reply], cpu_ms: Sequence[float], wall_ms: Sequence[float]) -> dict[str, Any]:
    """The figures of a class from the answers and milliseconds of its questions."""
    return {
        "hits": sum(reply.total for reply in replies),
        "queries": len(replies),
        "cpu_ms_p50": round(percentile(cpu_ms, 50), 4),
        "cpu_ms_p95": round(percentile(cpu_ms, 95), 4),
        "wall_ms_p50": round(percentile(wall_ms, 50), 4),
        "wall_ms_p95": round(percentile(wall_ms, 95), 4),
        "totals": [reply.total for reply in replies],
        "counted": [reply.counted for reply in replies],
    }


def percentile(values: Sequence[float], share: float) -> float:
    """The value that ``share`` per cent are at or below, between two of them in proportion."""
    ordered = sorted(values)
    place = (len(ordered) - 1) * share / 100
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)
