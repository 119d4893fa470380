"""How much memory processes have resident; of other processes only where there is a ``/proc``."""

import multiprocessing
import os
import resource
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_PROCESSES = Path("/proc")
_SECONDS_BETWEEN = 0.05


def peak_megabytes(process: int | None = None) -> float:
    """The most that a process, this one by default, has had resident since its program began.

    Not ``ru_maxrss`` where it can be helped: that counts what the process was before, a copy of its parent.
    """
    peak = _megabytes("VmHWM:", process or os.getpid())
    if peak is not None:
        return peak
    unit = 1024 * 1024 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit


class Watch:
    """The ``peak`` in megabytes of this process and its workers together, while it was watched."""

    def __init__(self) -> None:
        self.peak = 0.0

    def look(self) -> None:
        processes = [os.getpid(), *(child.pid or 0 for child in multiprocessing.active_children())]
        self.peak = max(self.peak, sum(_megabytes("VmRSS:", each) or 0.0 for each in processes))


@contextmanager
def watched() -> Iterator[Watch]:
    """Look every few hundredths of a second."""
    watch, ended = Watch(), threading.Event()

    def go_on_looking() -> None:
        while not ended.wait(_SECONDS_BETWEEN):
            watch.look()

    thread = threading.Thread(target=go_on_looking, daemon=True)
    thread.start()
    try:
        yield watch
    finally:
        ended.set()
        thread.join()


def _megabytes(figure: str, process: int) -> float | None:
    """A figure of a process's status; None where the system does not tell it."""
    try:
        status = (_PROCESSES / str(process) / "status").read_text()
        return int(status.split(figure)[1].split()[0]) / 1024
    except (OSError, IndexError, ValueError):
        return None
