"""Lucene itself, where Java and Maven are at hand; what it needs is fetched once into a folder."""

import shutil
import subprocess
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

VERSION = "9.12.3"  # the last line of releases that runs on Java 17
MODULES = ("lucene-core", "lucene-analysis-common")
_PROGRAM = Path(__file__).with_name("RankWithLucene.java")
_FETCH_SECONDS, _RUN_SECONDS = 300, 900


class LuceneMissingError(Exception):
    """Lucene cannot be run here; the message says what is missing."""


def rank(
    texts: Sequence[str], queries: Sequence[str], limit: int, *, folder: Path
) -> list[list[tuple[int, float]]]:
    """For every query the places of its best documents, with their scores.

    ``folder`` keeps the libraries from one run to the next. Raises ``LuceneMissingError``.
    """
    libraries = fetch_libraries(folder)
    documents, asked, run = (folder / name for name in ("documents.txt", "queries.txt", "run.txt"))
    for path, lines in ((documents, texts), (asked, queries)):
        path.write_text("".join(" ".join(line.split()) + "\n" for line in lines), encoding="utf-8")
    # Java compiles a single file by itself.
    _call(
        ["java", "-cp", ":".join(map(str, libraries)), _PROGRAM, documents, asked, run, str(limit)],
        _RUN_SECONDS,
    )
    found: dict[int, list[tuple[int, float]]] = defaultdict(list)
    for line in run.read_text(encoding="utf-8").splitlines():
        query, document, score = line.split()
        found[int(query)].append((int(document), float(score)))
    for path in (documents, asked, run):
        path.unlink()
    return [found[place] for place in range(len(queries))]


def fetch_libraries(folder: Path) -> list[Path]:
    """Lucene's libraries, fetched into ``folder`` when missing. Raises ``LuceneMissingError``."""
    for program in ("java", "mvn"):
        if shutil.which(program) is None:
            raise LuceneMissingError(f"the program {program} is missing")
    folder.mkdir(parents=True, exist_ok=True)
    libraries = [folder / f"{module}-{VERSION}.jar" for module in MODULES]
    for module, library in zip(MODULES, libraries, strict=True):
        if not library.exists():
            artifact = f"-Dartifact=org.apache.lucene:{module}:{VERSION}"
            _call(
                ["mvn", "-B", "-q", "dependency:copy", artifact, f"-DoutputDirectory={folder}"],
                _FETCH_SECONDS,
            )
    return libraries


def _call(command: Sequence[str | Path], seconds: int) -> None:
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=seconds)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise LuceneMissingError(str(error)) from error
    if done.returncode:
        said = (done.stderr or done.stdout).strip().splitlines()
        raise LuceneMissingError(f"{command[0]}: {said[-1] if said else done.returncode}")
