"""Processes that work on an archive of their own, report what they did, and may be killed."""

import multiprocessing
import traceback
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from tests.faults.sizes import PATIENCE

_context = multiprocessing.get_context("forkserver")
_context.set_forkserver_preload(["tests.faults.nursery"])


class ChildError(Exception):
    """A child failed; what it says is its traceback."""


class Child:
    """``program(reports, **values)`` in a process of its own, on the archive in ``folder``.

    ``reports.send`` of the program is what ``reports`` here receives.
    """

    def __init__(self, program: Callable[..., Any], folder: Path, **values: Any) -> None:
        self.reports, theirs = _context.Pipe(duplex=False)
        self._process = _context.Process(target=_run, args=(program, folder, theirs, values))
        self._process.start()
        theirs.close()
        self.result: Any = None

    def __enter__(self) -> "Child":
        return self

    def __exit__(self, *_error: object) -> None:
        self.kill()

    def next_report(self, within: float = PATIENCE) -> Any:
        """The next report, or None when there is none before the child ends or the seconds have passed."""
        if self.reports.closed or not self.reports.poll(within):
            return None
        try:
            kind, report = self.reports.recv()
        except (EOFError, OSError):
            return None
        if kind == "failure":
            raise ChildError(report)
        if kind == "result":
            self.result = report
            return None
        return report

    def all_reports(self) -> list[Any]:
        """Every report until the child ends."""
        return list(iter(self.next_report, None))

    def kill(self) -> list[Any]:
        """End the process as ``kill -9`` does; returns what it had reported and nobody had read."""
        self._process.kill()
        return self.wait()

    def wait(self) -> list[Any]:
        """Wait for the end; returns what it had reported and nobody had read."""
        unread = self.all_reports()
        self._process.join(PATIENCE)
        assert self._process.exitcode is not None, "The child hangs."
        self.reports.close()
        return unread

    @property
    def has_ended(self) -> bool:
        return not self._process.is_alive()

    @property
    def was_killed(self) -> bool:
        return self._process.exitcode == -9


def run(program: Callable[..., Any], folder: Path, **values: Any) -> Any:
    """What ``program`` returns in a process of its own. Raises ``ChildError``."""
    with Child(program, folder, **values) as child:
        child.all_reports()
        return child.result


class Reports:
    """The end of the pipe that the program has."""

    def __init__(self, pipe: Connection) -> None:
        self._pipe = pipe

    def send(self, report: Any) -> None:
        self._pipe.send(("report", report))


def _run(program: Callable[..., Any], folder: Path, pipe: Connection, values: dict[str, Any]) -> None:
    from django.db import connections

    _settle(folder)
    try:
        pipe.send(("result", program(Reports(pipe), **values)))
    except BaseException:
        with suppress(OSError):
            pipe.send(("failure", traceback.format_exc()))
    finally:
        connections.close_all()
        pipe.close()


def _settle(folder: Path) -> None:
    """Make this process's archive the one in ``folder``, also for the processes that it starts."""
    import os

    from django.conf import settings

    os.environ["MAHDAR_VAR"] = str(folder)
    settings.VAR_DIR, settings.INDEX_DIR = folder, folder / "index"
    settings.DATABASES["default"]["NAME"] = str(folder / "mahdar.sqlite3")
    settings.HAYSTACK_CONNECTIONS["default"]["PATH"] = str(folder / "index")
