"""What one write brings to one index: new segments, merged ones, and documents that go."""

from array import array
from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import numpy as np
from whoosh.codec.base import Segment

from search.engine.building import SegmentBuilder
from search.engine.column_files import Array
from search.engine.content import Content, Inverter
from search.engine.documents import Document
from search.engine.merging import MOST_WORDS, Size, analyse_anew, choose_merges, content_of, join, select
from search.engine.snapshot import OpenedSnapshot
from search.engine.whoosh_files import name_of, new_segment


class Batch:
    """The documents of one write for the index ``kind`` in ``folder``; a segment whenever there are many.

    Of an article that comes twice the last entry counts, so every document comes with the number of
    its entry.
    """

    def __init__(self, folder: Path, kind: str, pool: ProcessPoolExecutor | None) -> None:
        self._builder = SegmentBuilder(folder, kind, pool)
        self._inverter = Inverter()
        self._entries = array("q")
        self._written: list[tuple[Segment, Array, Array]] = []

    def add(self, document: Document, entry: int) -> None:
        """Add a document of the entry with this number."""
        self._inverter.add(document)
        self._entries.append(entry)
        if self._inverter.words >= MOST_WORDS:
            content = self._inverter.content()
            self._inverter = Inverter(self._inverter)
            segment = self._builder.build(content)
            self._written.append((segment, content.articles, np.array(self._entries)))
            self._entries = array("q")

    def segments(self, before: OpenedSnapshot | None, last: Mapping[int, int]) -> list[Segment] | None:
        """The segments of the next generation, on disk; None if nothing changes.

        ``before`` is the snapshot of what stays but for the articles in ``last``, which gives the number
        of the last entry of each; None when nothing stays.
        """
        fresh = []
        for segment, articles, entries in self._written:
            for number in np.flatnonzero(_superseded(articles, entries, last)).tolist():
                segment.delete_document(number)
            fresh.append(segment)
        content = self._inverter.content()
        content = select(content, ~_superseded(content.articles, np.array(self._entries), last))
        stay, merged, changed = self._divide(before, last, content) if before else ([], [], True)
        if merged:
            content = join([*merged, content])
        if content.documents:
            fresh.append(self._builder.build(content))
        self._builder.finish()
        return [*stay, *fresh] if changed or fresh else None

    def _divide(
        self, before: OpenedSnapshot, last: Mapping[int, int], content: Content
    ) -> tuple[list[Segment], list[Content], bool]:
        """The segments that stay, what of the others is merged, and whether anything is other than before."""
        gone = before.live & np.isin(before.articles, np.fromiter(last, np.int64, len(last)))
        live = before.live & ~gone
        kept, lives, sizes = [], [], []
        for record, (columns, first) in zip(before.manifest.segments, before.leaves, strict=True):
            own = slice(first, first + columns.documents)
            if live[own].any():
                segment = new_segment(columns, name_of(record.name))
                for number in np.flatnonzero(~live[own]).tolist():
                    segment.delete_document(number)
                kept.append((segment, columns))
                lives.append(live[own])
                sizes.append(Size(int(live[own].sum()), int(columns.lengths[live[own]].sum())))
        words = int(content.lengths.sum())
        chosen = choose_merges(sizes, Size(content.documents, words))
        contents = [content_of(kept[number][1], lives[number]) for number in chosen]
        return (
            [segment for number, (segment, _columns) in enumerate(kept) if number not in chosen],
            contents if before.is_current else [analyse_anew(content) for content in contents],
            bool(gone.any() or chosen or len(kept) < len(before.leaves)),
        )


def _superseded(articles: Array, entries: Array, last: Mapping[int, int]) -> Array:
    """The mask of the documents whose article came again in a later entry."""
    latest = np.fromiter((last[article] for article in articles.tolist()), np.int64, len(articles))
    superseded: Array = latest != entries
    return superseded
