"""The wall clock of a process that was started for it, set wherever a test wants."""

import os
import time
from datetime import datetime, tzinfo
from pathlib import Path

from django.utils import timezone

YEAR = 365 * 86_400.0
_LONG_AGO = 600_000_000.0  # in 1989

_real_time = time.time
_offset = 0.0


class _SetDatetime(datetime):
    @classmethod
    def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
        return datetime.fromtimestamp(time.time(), tz)


def set_clock(offset: float) -> None:
    """Set the wall clock of this process so many seconds from the real one; it cannot be mended again."""
    global _offset
    _offset = offset
    time.time = lambda: _real_time() + _offset
    time.time_ns = lambda: int(time.time() * 1e9)
    timezone.datetime = _SetDatetime


def age_files(folder: Path) -> None:
    """Make every file of a folder one that was last written long ago."""
    for path in folder.rglob("*"):
        os.utime(path, (_LONG_AGO, _LONG_AGO))
