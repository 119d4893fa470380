"""The columns of a segment on disk, opened, or made anew from its Whoosh files."""

import logging
from copy import copy
from pathlib import Path

from whoosh.codec.base import Segment
from whoosh.filedb.filestore import FileStorage

from search.engine.column_files import ColumnFileError, read_arrays, write_arrays
from search.engine.columns import Columns
from search.engine.mapped import open_readers
from search.engine.schema import index_schema

EXTENSION = "columns"

logger = logging.getLogger(__name__)


def columns_path(folder: Path, segment: str) -> Path:
    """Where the columns of a segment are kept; Whoosh removes the file with the segment."""
    return folder / f"{segment}.{EXTENSION}"


def open_columns(folder: Path, segment: Segment) -> Columns:
    """The columns of a segment; lost ones are made from its Whoosh files, and kept if the disk allows."""
    path = columns_path(folder, segment.segment_id())
    try:
        return read_columns(path, segment.segment_id(), segment.doc_count_all())
    except ColumnFileError:
        pass
    # Only damage needs what writes: a process that reads starts sooner without.
    from search.engine.building import derive_columns
    from search.engine.recovery import recover_content

    # A copy, for the reader changes it.
    (reader,) = open_readers(FileStorage(str(folder)), index_schema(), [copy(segment)])
    columns, arrays, extra = derive_columns(recover_content(reader), segment.segment_id())
    try:
        write_arrays(path, arrays, extra)
    except OSError:
        logger.warning("The columns of %s cannot be kept.", path.name, exc_info=True)
    return columns


def read_columns(path: Path, segment_id: str, documents: int) -> Columns:
    """The columns kept at ``path``. Raises ``ColumnFileError`` unless they are those of the segment."""
    arrays, extra = read_arrays(path)
    try:
        if extra["segment"] != segment_id or extra["documents"] != documents:
            raise ColumnFileError(f"{path.name} is of another segment")
        return Columns(arrays, extra)
    except KeyError as error:
        raise ColumnFileError(f"{path.name} has other columns") from error
