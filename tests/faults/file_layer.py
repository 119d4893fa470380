"""A layer over what a process does to the files of a folder, which may stop it at any step.

Steps are: making, opening for writing, writing, syncing, renaming and removing. Before each (a piece of data:
in its middle) ``strike`` is called with what is done and to which file. It may count, raise an ``OSError``
as a full disk does, or end the process. Nothing of the layer can be taken off again: it is for processes
that were started for it.
"""

import builtins
import io
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

Strike = Callable[[str, Path], None]

_WRITING = set("wax+")


class _WatchedFile(io.FileIO):
    """A file that is written in halves, with a step between them."""

    def __init__(self, path: Path, mode: str, strike: Strike, opener: Any) -> None:
        super().__init__(path, mode, opener=opener)
        self._path, self._strike = path, strike

    def write(self, data: Any) -> int:
        view = memoryview(data).cast("B")
        middle = len(view) // 2
        written = super().write(view[:middle]) if middle else 0
        self._strike("write", self._path)
        return written + super().write(view[middle:])


def watch_files(folder: Path, strike: Strike) -> None:
    """Call ``strike`` before every step that this process does under ``folder``, from now on."""
    root = os.path.realpath(folder)
    descriptors: dict[int, Path] = {}

    def inside(path: Any) -> Path | None:
        if not isinstance(path, str | os.PathLike):
            return None
        real = os.path.realpath(path)
        return Path(real) if real == root or real.startswith(root + os.sep) else None

    def before(step: str, name: str, which: int = 0) -> None:
        """Wrap a function of ``os``; ``which`` of its arguments is the path."""
        real = getattr(os, name)

        def struck(*args: Any, **kwargs: Any) -> Any:
            path = inside(args[which]) if len(args) > which else None
            if path is not None:
                strike(step, path)
            return real(*args, **kwargs)

        setattr(os, name, struck)

    before("rename", "rename", 1)
    before("rename", "replace", 1)
    before("make", "mkdir")
    before("remove", "unlink")
    before("remove", "remove")
    before("remove", "rmdir")
    _watch_descriptors(inside, strike, descriptors)
    _watch_opening(inside, strike)


def _watch_opening(inside: Callable[[Any], Path | None], strike: Strike) -> None:
    real = io.open

    def watched(
        file: Any,
        mode: str = "r",
        buffering: int = -1,
        encoding: str | None = None,
        errors: str | None = None,
        newline: str | None = None,
        closefd: bool = True,
        opener: Any = None,
    ) -> Any:
        path = inside(file) if _WRITING & set(mode) else None
        if path is None:
            return real(file, mode, buffering, encoding, errors, newline, closefd, opener)
        strike("open", path)
        raw = _WatchedFile(path, mode.replace("b", "").replace("t", ""), strike, opener)
        if buffering == 0:
            return raw
        buffered = io.BufferedRandom(raw) if "+" in mode else io.BufferedWriter(raw)
        if "b" in mode:
            return buffered
        return io.TextIOWrapper(buffered, encoding, errors, newline, line_buffering=buffering == 1)

    builtins.open = io.open = watched


def _watch_descriptors(
    inside: Callable[[Any], Path | None], strike: Strike, descriptors: dict[int, Path]
) -> None:
    real_open, real_write, real_sync, real_close = os.open, os.write, os.fsync, os.close

    def opened(path: Any, flags: int, *args: Any, **kwargs: Any) -> int:
        own = inside(path) if flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT) else None
        if own is not None:
            strike("open", own)
        descriptor = real_open(path, flags, *args, **kwargs)
        if own is not None:
            descriptors[descriptor] = own
        return descriptor

    def written(descriptor: int, data: Any) -> int:
        if descriptor in descriptors:
            strike("write", descriptors[descriptor])
        return real_write(descriptor, data)

    def synced(descriptor: Any) -> None:
        number = descriptor if isinstance(descriptor, int) else descriptor.fileno()
        strike("sync", descriptors.get(number, Path()))
        real_sync(descriptor)

    def closed(descriptor: int) -> None:
        descriptors.pop(descriptor, None)
        real_close(descriptor)

    os.open, os.write, os.fsync, os.close = opened, written, synced, closed
