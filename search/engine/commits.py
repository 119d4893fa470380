"""Commits to the index in a folder: what is made its next state in one step, and what is swept then."""

from collections.abc import Sequence
from pathlib import Path

from whoosh.codec.base import Segment
from whoosh.filedb.filestore import RamStorage
from whoosh.index import TOC

from search.engine.damage import IndexDamagedError
from search.engine.durable_files import remove_if_possible, write_file
from search.engine.manifests import MANIFEST, Manifest, SegmentRecord, read_manifest, record_of
from search.engine.schema import INDEX_NAME, index_schema
from search.engine.segments import columns_path


def publish(folder: Path, segments: Sequence[Segment], before: Manifest | None) -> Manifest:
    """Make ``segments``, whose files are on disk, what the index holds, in one step and durably.

    What ``before`` says of files that stay is taken over, so that no damage to them is taken for sound.
    """
    number = before.contents + 1 if before else 0
    known = before.files if before else {}
    files = {}
    for segment in segments:
        for path in (
            columns_path(folder, segment.segment_id()),
            folder / segment.make_filename(segment.COMPOUND_EXT),
        ):
            files[path.name] = known[path.name] if path.name in known else record_of(path)
    contents, memory = TOC._filename(INDEX_NAME, number), RamStorage()
    TOC(index_schema(), list(segments), number).write(memory, INDEX_NAME)
    write_file(folder / contents, memory.files[contents])
    files[contents] = record_of(folder / contents)
    listed = [
        SegmentRecord(segment.segment_id(), segment.doc_count_all(), tuple(sorted(segment.deleted_docs())))
        for segment in segments
    ]
    manifest = Manifest(number, listed, files)
    manifest.write(folder)
    return manifest


def sweep(folder: Path) -> None:
    """Remove what the manifest does not name: what was before, and what was never published.

    As far as the file system allows: what stays goes with the next commit.
    """
    try:
        kept = read_manifest(folder).files
        for path in folder.iterdir():
            if path.name != MANIFEST and path.name not in kept:
                remove_if_possible(path)
    except (IndexDamagedError, OSError):
        return
