"""Comparing the indexes with the database, document by document, and mending what differs.

Nobody is kept from writing meanwhile. So what differs at first is looked at again until the indexes stood
still for the length of a look: then a change that they lack is still in the queue, or it was lost.
"""

import sys
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from django.db import transaction

from archive.models import Article, Change, Quotation
from archive.models.changes import record_changes
from search.engine.damage import Damage
from search.engine.documents import Entry
from search.engine.schema import ARTICLES, INDEXES, QUOTATIONS
from search.engine.snapshot import Snapshot
from search.engine.store import LOCK_WAIT, IndexStore, IndexUnusableError
from search.entries import entries, in_parts, index_store
from search.index_state import IndexState, read_state
from search.indexing import build_index, drain_changes

MISSING, STALE, EXTRA = "missing", "stale", "extra"
_LOOKS = 10


class Difference(NamedTuple):
    """A document that an index should hold and does not, holds otherwise, or should not hold (or not twice).

    ``kind`` is the index, ``what`` is ``MISSING``, ``STALE`` or ``EXTRA``, ``primary_key`` that of the
    article or quotation, ``article`` that of its article. A ``queued`` one waits for the next drain.
    """

    kind: str
    what: str
    primary_key: int
    article: int
    queued: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    """What a check found. ``checked`` counts the documents that the database asks for, by index."""

    state: IndexState
    checked: dict[str, int]
    differences: tuple[Difference, ...] = ()
    files: tuple[Damage, ...] = ()

    @property
    def wrong(self) -> list[Difference]:
        """The differences that no queued change explains."""
        return [difference for difference in self.differences if not difference.queued]

    @property
    def is_clean(self) -> bool:
        """Whether nothing is lost, nothing is damaged and what waits will be indexed."""
        return not (self.wrong or self.needs_rebuild or self.state.is_stuck)

    @property
    def needs_rebuild(self) -> bool:
        return bool(self.files or self.state.unusable or self.state.is_outdated)

    def keys(self, kind: str, what: str) -> list[int]:
        """The primary keys of one sort of difference, in order; those that are queued aside."""
        return sorted({each.primary_key for each in self.wrong if (each.kind, each.what) == (kind, what)})

    def queued_keys(self, kind: str) -> list[int]:
        return sorted({each.primary_key for each in self.differences if each.queued and each.kind == kind})


class _Look(NamedTuple):
    """One comparison; ``steady`` when the indexes were the same from its beginning to its end."""

    checked: dict[str, int]
    differences: set[Difference]
    steady: bool


def check_index(*, progress: bool = False) -> Report:
    """Compare every published article and quotation with the indexes, and every file with its manifest.

    ``progress``, for commands: a bar on a terminal. Raises ``DatabaseError``.
    """
    store = index_store()
    files = tuple(store.check_files())
    try:
        checked, differences = _compare(store, progress)
    except IndexUnusableError:
        checked, differences = dict.fromkeys(INDEXES, 0), set()
    return Report(read_state(), checked, tuple(sorted(differences)), files)


def repair_index(report: Report, *, wait: float = LOCK_WAIT, progress: bool = False) -> None:
    """Mend what ``report`` tells: build anew if it must be, else queue what differs and drain the queue.

    Raises ``IndexBusyError`` and ``OSError`` when it cannot be built, and ``DatabaseError``. What cannot be
    drained stays queued.
    """
    if report.needs_rebuild:
        build_index(progress=progress, wait=wait)
        return
    with transaction.atomic():
        record_changes(("article", pk) for pk in sorted({each.article for each in report.wrong}))
    drain_changes(wait=wait)


def _compare(store: IndexStore, progress: bool) -> tuple[dict[str, int], set[Difference]]:
    """How many documents were checked, and the differences that every look saw."""
    first = look = _look(store, None, progress)
    for _again in range(_LOOKS):
        if look.steady or not look.differences:
            break
        before = {(each.kind, each.primary_key) for each in look.differences}
        look = _look(store, {each.article for each in look.differences}, progress=False)
        still = {each for each in look.differences if (each.kind, each.primary_key) in before}
        look = look._replace(differences=still)
    return first.checked, look.differences


def _look(store: IndexStore, articles: Collection[int] | None, progress: bool) -> _Look:
    """Compare these articles, or all. The index is read first, then the database, then the queue."""
    snapshots = {kind: store.snapshot(kind) for kind in INDEXES}
    held = {kind: _held(snapshot, articles) for kind, snapshot in snapshots.items()}
    checked, differences = dict.fromkeys(INDEXES, 0), set()
    for entry in _followed(entries(articles), progress):
        for kind, documents in ((ARTICLES, entry.documents), (QUOTATIONS, entry.quotations)):
            for document in documents:
                checked[kind] += 1
                key, wanted = document.primary_key, (document.article, document.digest)
                found = held[kind].pop(key, [])
                if not found:
                    differences.add(Difference(kind, MISSING, key, entry.article))
                elif wanted not in found:
                    differences.add(Difference(kind, STALE, key, entry.article))
                    differences.update(Difference(kind, STALE, key, article) for article, _digest in found)
                elif len(found) > 1:
                    differences.update(Difference(kind, EXTRA, key, article) for article, _digest in found)
    for kind, rest in held.items():
        for key, found in rest.items():
            differences.update(Difference(kind, EXTRA, key, article) for article, _digest in found)
    queued = _queued({each.article for each in differences}, snapshots.values())
    return _Look(
        checked,
        {each._replace(queued=each.article in queued) for each in differences},
        all(store.snapshot(kind) is snapshot for kind, snapshot in snapshots.items()),
    )


def _held(snapshot: Snapshot, articles: Collection[int] | None) -> dict[int, list[tuple[int, int]]]:
    """The live documents of an index by primary key: article and digest of each that has it."""
    held: dict[int, list[tuple[int, int]]] = {}
    columns = (snapshot.primary_keys, snapshot.articles, snapshot.digests)
    for key, article, digest in zip(*(each[snapshot.live].tolist() for each in columns), strict=True):
        if articles is None or article in articles:
            held.setdefault(key, []).append((article, digest))
    return held


def _queued(articles: set[int], snapshots: Iterable[Snapshot]) -> set[int]:
    """Those of ``articles`` whose entry a change in the queue may alter."""
    changed: dict[str, set[str]] = {"article": set(), "source": set(), "speaker": set()}
    for subject, key in Change.objects.order_by().values_list("subject", "object_id").iterator():
        if subject in changed:
            changed[subject].add(key)
    queued = {pk for pk in articles if str(pk) in changed["article"]}
    if changed["source"] or changed["speaker"]:
        for some in in_parts(sorted(articles)):
            outlets = Article.objects.filter(pk__in=some).order_by()
            said = Quotation.objects.filter(article__in=some).order_by()
            for subject, pairs in (
                ("source", outlets.values_list("pk", "source")),
                ("speaker", said.values_list("article", "speaker")),
            ):
                queued.update(pk for pk, key in pairs if str(key) in changed[subject])
        # A row that is gone is named by the index alone.
        for snapshot in snapshots:
            for subject in ("source", "speaker"):
                theirs = snapshot.having(subject, changed[subject]) & snapshot.live
                queued |= articles.intersection(snapshot.articles[theirs].tolist())
    return queued


def _followed(every: Iterator[Entry], progress: bool) -> Iterable[Entry]:
    if not progress:
        return every
    from tqdm import tqdm  # commands alone draw it, and a page should not wait for the import

    total = Article.objects.published().count()
    return tqdm(every, total=total, file=sys.stderr, disable=not sys.stderr.isatty(), leave=False)
