"""One step of one engine in a process of its own, so that its memory and its caches are its own."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from benchmarks.run import Run

_ROOT = Path(__file__).resolve().parents[1]
_SECONDS = 3600
_LINES_TOLD = 3


def environment(run: Run) -> dict[str, str]:
    """Where the archive of a run lives, without anything that would slow it down."""
    return {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "MAHDAR_VAR": str(run.archive),
        "MAHDAR_DEBUG": "",  # with it Django keeps every query in memory
        "MAHDAR_SECRET_KEY": "for this measurement only",
        "MAHDAR_ALLOWED_HOSTS": "localhost",
        "MAHDAR_DATABASE_URL": "",
    }


def step(engine: str, name: str, run: Run, *arguments: str) -> dict[str, Any]:
    """The figures of a step; ``{"missing": why}`` when it fails, so that the others are still measured."""
    command = [sys.executable, "-m", "benchmarks.contestant", engine, name]
    try:
        done = subprocess.run(
            [*command, str(run.folder), str(run.libraries), *arguments],
            cwd=_ROOT,
            env=os.environ | environment(run),
            capture_output=True,
            text=True,
            check=False,
            timeout=_SECONDS,
        )
    except subprocess.TimeoutExpired:
        return {"missing": f"{name} took more than {_SECONDS} s"}
    lines = done.stdout.strip().splitlines()
    if done.returncode or not lines:
        said = " / ".join(done.stderr.strip().splitlines()[-_LINES_TOLD:])
        return {"missing": f"{name} failed: {said or done.returncode}"}
    told: dict[str, Any] = json.loads(lines[-1])
    return told
