"""Writing a segment: its columns first, and the Whoosh files made from them."""

from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from whoosh.codec.base import Segment
from whoosh.util import random_name

from search.engine.column_files import Array, write_arrays
from search.engine.columns import Columns
from search.engine.content import Content
from search.engine.derivation import derive_arrays
from search.engine.schema import INDEX_NAME
from search.engine.segments import columns_path, read_columns
from search.engine.whoosh_files import new_segment, write_segment

_NAME_LENGTH = 16


class SegmentBuilder:
    """Builds the segments of one index in ``folder``, its Whoosh files in ``pool`` when there is one.

    One segment at a time is in the other process, so what waits in memory is bounded.
    """

    def __init__(self, folder: Path, kind: str, pool: ProcessPoolExecutor | None = None) -> None:
        self._folder, self._kind, self._pool = folder, kind, pool
        self._running: Future[None] | None = None

    def build(self, content: Content) -> Segment:
        """Write a segment of ``content``, durably once ``finish`` has returned."""
        name = random_name(_NAME_LENGTH)
        segment_id = f"{INDEX_NAME}_{name}"
        columns, arrays, extra = derive_columns(content, segment_id)
        write_arrays(columns_path(self._folder, segment_id), arrays, extra)
        segment = new_segment(columns, name)
        if self._pool is None:
            write_segment(self._folder, segment, columns, self._kind)
        else:
            self.finish()
            self._running = self._pool.submit(write_files, self._folder, self._kind, name, columns.documents)
        return segment

    def finish(self) -> None:
        """Wait for the other process; raises what went wrong there."""
        if self._running is not None:
            self._running.result()
            self._running = None


def write_files(folder: Path, kind: str, name: str, documents: int) -> None:
    """Write the Whoosh files of a segment whose columns are on disk: the work of the other process."""
    segment_id = f"{INDEX_NAME}_{name}"
    columns = read_columns(columns_path(folder, segment_id), segment_id, documents)
    write_segment(folder, new_segment(columns, name), columns, kind)


@contextmanager
def other_process(workers: int) -> Iterator[ProcessPoolExecutor | None]:
    """A process for the Whoosh files, or none; started fresh, so it inherits nothing that is open."""
    if not workers:
        yield None
        return
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        # It starts now, while there is little that a fork would have to share.
        pool.submit(int)
        yield pool


def derive_columns(content: Content, segment_id: str) -> tuple[Columns, dict[str, Array], dict[str, Any]]:
    """The columns of ``content``, and the arrays and values to keep of them."""
    arrays, values = derive_arrays(content)
    extra = {"segment": segment_id, "documents": content.documents, "keys": values}
    return Columns(arrays, extra), arrays, extra
