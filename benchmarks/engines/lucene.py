"""Lucene in a program of its own: it indexes, asks and keeps the time itself, the thread's CPU time."""

import json
import subprocess
from pathlib import Path
from typing import Any

from benchmarks import real_lucene
from benchmarks.clocks import LEAST_ROUNDS, Reply, figures
from benchmarks.engines.engine import Engine, MissingError
from benchmarks.questions import PAGE
from benchmarks.run import bytes_in

_PROGRAM = Path(__file__).with_name("SearchWithLucene.java")
_HEAP = "-Xmx400m"
_SECONDS = 1800


class Lucene(Engine):
    name = "lucene"
    unable = {"facets": "its module of facets is another library", "reader": "ours alone"}

    def check(self) -> None:
        try:
            self._libraries = real_lucene.fetch_libraries(self.run.libraries / "lucene")
        except real_lucene.LuceneMissingError as error:
            raise MissingError(str(error)) from error

    def measured_building(self) -> dict[str, Any]:
        told = self._call("build", self.run.rows_file)
        seconds = told["cpu_s"]
        return {
            "docs": told["docs"],
            "docs_per_cpu_s": round(told["docs"] / seconds, 1) if seconds else None,
            "wall_s": round(told["wall_s"], 2),
            "rss_mb": round(told["rss_mb"], 1),
            "bytes": bytes_in(self.folder / "articles") + bytes_in(self.folder / "quotations"),
        }

    def measured_questions(self) -> dict[str, Any]:
        asked = [
            (kind, question)
            for kind, questions in self.run.questions.items()
            if kind not in self.unable
            for question in questions
        ]
        path = self.folder / "questions.tsv"
        path.write_text(
            "".join(
                "\t".join(
                    (
                        each.asked.of,
                        each.asked.how,
                        each.asked.sort,
                        str(each.asked.offset),
                        each.speaker,
                        " ".join(each.words if each.asked.how in ("phrase", "prefix") else each.stems),
                    )
                )
                + "\n"
                for _kind, each in asked
            ),
            encoding="utf-8",
        )
        told = self._call("ask", path, str(PAGE), str(LEAST_ROUNDS))
        by_kind: dict[str, list[tuple[int, float, float]]] = {}
        for (kind, _question), answer in zip(asked, told["answers"], strict=True):
            by_kind.setdefault(kind, []).append(tuple(answer))
        return {
            "open_ms": round(told["open_ms"], 2),
            "rss_mb": round(told["rss_mb"], 1),
            "classes": {
                kind: figures(
                    [Reply(int(total)) for total, _cpu, _wall in answers],
                    [cpu for _total, cpu, _wall in answers],
                    [wall for _total, _cpu, wall in answers],
                )
                for kind, answers in by_kind.items()
            },
        }

    def _call(self, step: str, *arguments: object) -> dict[str, Any]:
        """What the program prints as JSON. Java compiles a single file by itself."""
        path = ":".join(map(str, self._libraries))
        command = ["java", _HEAP, "-cp", path, _PROGRAM, step, self.folder, *arguments]
        done = subprocess.run(
            list(map(str, command)), capture_output=True, text=True, check=False, timeout=_SECONDS
        )
        if done.returncode:
            said = (done.stderr or done.stdout).strip().splitlines()
            raise MissingError(said[0] if said else f"java: {done.returncode}")
        told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
        return told
