"""Writing entries into the indexes of one generation: segments first, then what names them."""

from collections.abc import Callable, Collection, Iterable, Mapping
from pathlib import Path

from whoosh.codec.base import Segment

from search.engine.batches import Batch
from search.engine.building import other_process
from search.engine.commits import publish, sweep
from search.engine.documents import Entry
from search.engine.schema import ARTICLES, INDEXES, QUOTATIONS
from search.engine.snapshot import OpenedSnapshot

Announce = Callable[[Collection[int]], None]


def put(
    folder: Path,
    entries: Iterable[Entry],
    before: Mapping[str, OpenedSnapshot],
    *,
    workers: int = 0,
    announce: Announce | None = None,
) -> dict[str, int]:
    """Replace what the generation in ``folder`` holds of the articles of ``entries``, durably.

    ``before`` is what stays but for these articles; nothing stays of an index that is not in it.
    ``announce`` is told the articles before anything of them can be found. Returns how many documents
    were given by kind of index. Whatever is raised, files that nothing names are removed if possible.
    """
    try:
        segments, given = _write(folder, entries, before, workers, announce)
        for kind, some in segments.items():
            if some is not None:
                publish(folder / kind, some, before[kind].manifest if kind in before else None)
    except BaseException:
        _sweep_all(folder)
        raise
    _sweep_all(folder)
    return given


def _write(
    folder: Path,
    entries: Iterable[Entry],
    before: Mapping[str, OpenedSnapshot],
    workers: int,
    announce: Announce | None,
) -> tuple[dict[str, list[Segment] | None], dict[str, int]]:
    last: dict[int, int] = {}
    counts: dict[int, tuple[int, int]] = {}
    with other_process(workers) as pool:
        batches = {}
        for kind in INDEXES:
            (folder / kind).mkdir(exist_ok=True)
            batches[kind] = Batch(folder / kind, kind, pool)
        for number, entry in enumerate(entries):
            last[entry.article] = number
            counts[entry.article] = len(entry.documents), len(entry.quotations)
            for kind, documents in ((ARTICLES, entry.documents), (QUOTATIONS, entry.quotations)):
                for document in documents:
                    batches[kind].add(document, number)
        if announce and last:
            announce(last)
        segments = {kind: batch.segments(before.get(kind), last) for kind, batch in batches.items()}
    given = (sum(count[place] for count in counts.values()) for place in range(len(INDEXES)))
    return segments, dict(zip(INDEXES, given, strict=True))


def _sweep_all(folder: Path) -> None:
    for kind in INDEXES:
        sweep(folder / kind)
