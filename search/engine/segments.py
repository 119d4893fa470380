"""The columns of a segment on disk, opened, or made anew from its Whoosh files."""

import logging
from pathlib import Path

from search.engine.column_files import ColumnFileError, read_arrays, write_arrays
from search.engine.columns import Columns

EXTENSION, WHOOSH_EXTENSION = "columns", "seg"
# A segment of more documents than these takes longer to recover than a reader waits.
MOST_RECOVERED = 2_000

logger = logging.getLogger(__name__)


def columns_path(folder: Path, segment: str) -> Path:
    """Where the columns of a segment are kept."""
    return folder / f"{segment}.{EXTENSION}"


def whoosh_path(folder: Path, segment: str) -> Path:
    """Where the Whoosh files of a segment are, as one."""
    return folder / f"{segment}.{WHOOSH_EXTENSION}"


def read_columns(path: Path, segment_id: str, documents: int, *, checked: bool = False) -> Columns:
    """The columns kept at ``path``. Raises ``ColumnFileError`` unless they are those of the segment.

    ``checked`` as for ``column_files.read_arrays``.
    """
    arrays, extra = read_arrays(path, checked=checked)
    try:
        if extra["segment"] != segment_id or extra["documents"] != documents:
            raise ColumnFileError(f"{path.name} is of another segment")
        return Columns(arrays, extra)
    except KeyError as error:
        raise ColumnFileError(f"{path.name} has other columns") from error


def recover_columns(folder: Path, segment_id: str, documents: int) -> Columns:
    """The columns of a segment made from its Whoosh files, and kept if the disk allows.

    The files must be what was written: nothing is checked here.
    """
    # Only damage needs what writes: a process that reads starts sooner without.
    from whoosh.filedb.filestore import FileStorage

    from search.engine.building import derive_columns
    from search.engine.mapped import open_readers
    from search.engine.recovery import recover_content
    from search.engine.schema import index_schema
    from search.engine.whoosh_files import name_of, segment_named

    segment = segment_named(name_of(segment_id), documents)
    (reader,) = open_readers(FileStorage(str(folder)), index_schema(), [segment])
    columns, arrays, extra = derive_columns(recover_content(reader), segment_id)
    path = columns_path(folder, segment_id)
    logger.warning("The columns of %s were not what was written and are made anew.", path.name)
    try:
        write_arrays(path, arrays, extra)
    except OSError:
        logger.warning("The columns of %s cannot be kept.", path.name, exc_info=True)
    return columns
