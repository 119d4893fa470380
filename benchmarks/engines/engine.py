"""What an engine is to the measurement: it builds an index, opens it and answers questions."""

import time
from collections.abc import Mapping
from typing import Any

from benchmarks.clocks import Reply, measure, processor_seconds
from benchmarks.memory import peak_megabytes
from benchmarks.questions import Question
from benchmarks.run import Run, bytes_in


class MissingError(Exception):
    """What the engine stands on is not here; the message says what."""


class Engine:
    """An engine over the articles of a run; one object builds, another in another process asks.

    ``unable`` are the classes that it is not asked, with the reason.
    """

    name = ""
    unable: Mapping[str, str] = {}

    def __init__(self, run: Run) -> None:
        self.run = run
        self.folder = run.engine_folder(self.name)

    def check(self) -> None:
        """Raises ``MissingError`` when the engine cannot run here."""

    def build(self) -> int:
        """Write the index; returns how many articles it holds."""
        raise NotImplementedError

    def open(self) -> None:
        """Get ready for the first question."""
        raise NotImplementedError

    def ask(self, question: Question) -> Reply:
        raise NotImplementedError

    def close(self) -> None:
        """Let go of what was opened, also when opening failed half-way."""

    def processor(self) -> float:
        """The seconds of CPU that have gone into the engine's work so far."""
        return processor_seconds()

    def peak(self) -> float:
        """The most megabytes that the engine has had resident."""
        return peak_megabytes()

    def sizes(self) -> dict[str, int]:
        """``bytes`` of the index, and parts of it by name."""
        return {"bytes": bytes_in(self.folder)}

    def measured_building(self) -> dict[str, Any]:
        """Build; documents a CPU second (words that are given cost nothing), seconds, memory and size."""
        began, wall = self.processor(), time.perf_counter()
        documents = self.build()
        took = self.processor() - began
        return {
            "docs": documents,
            "docs_per_cpu_s": round(documents / took, 1) if took else None,
            "wall_s": round(time.perf_counter() - wall, 2),
            "rss_mb": round(self.peak(), 1),
            **self.sizes(),
        }

    def measured_questions(self) -> dict[str, Any]:
        """Open and ask every question that the engine is able to answer."""
        began = time.perf_counter()
        self.open()
        opening = 1000 * (time.perf_counter() - began)
        classes = {
            kind: measure(questions, self.ask, self.processor)
            for kind, questions in self.run.questions.items()
            if kind not in self.unable
        }
        return {"open_ms": round(opening, 2), "rss_mb": round(self.peak(), 1), "classes": classes}
