"""The state of the indexes, nothing compared: what serves, what waits, and what went wrong last."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from archive.models import Change
from search.engine.schema import INDEXES
from search.engine.store import IndexUnusableError
from search.entries import index_store
from search.models import IndexEvent

# A queue is drained within seconds; one that is older has something in its way.
STUCK_AFTER = 3600.0
# What has to follow an error for it to be over.
_MENDED_BY = {
    IndexEvent.Kind.FAILED: (IndexEvent.Kind.DRAINED, IndexEvent.Kind.REBUILT),
    IndexEvent.Kind.DAMAGED: (IndexEvent.Kind.REBUILT,),
}


@dataclass(frozen=True, slots=True)
class IndexState:
    """``unusable`` says why the indexes cannot be read; empty when they can. ``size`` is in bytes.

    ``waiting`` counts the queued changes, the oldest of them queued at ``waiting_since``. An outdated index
    can be read but was built by another analysis. ``last_error`` is the latest event that told one;
    ``is_over``, whether the index was written since.
    """

    unusable: str = ""
    is_outdated: bool = False
    generation: str = ""
    size: int = 0
    waiting: int = 0
    waiting_since: datetime | None = None
    last_error: IndexEvent | None = None
    is_over: bool = True

    @property
    def oldest_seconds(self) -> float:
        """How long the oldest change has waited; 0 when none waits, or when the clock was set back."""
        if self.waiting_since is None:
            return 0.0
        return max(0.0, (timezone.now() - self.waiting_since).total_seconds())

    @property
    def is_stuck(self) -> bool:
        """Whether changes wait that will not be indexed without somebody looking into it."""
        return bool(self.waiting) and (self.oldest_seconds > STUCK_AFTER or not self.is_over)


def read_state() -> IndexState:
    """The state as it is now. Raises ``DatabaseError``; of the indexes' files nothing is raised."""
    store = index_store()
    unusable, generation, size = "", "", 0
    try:
        for kind in INDEXES:
            store.snapshot(kind)
    except IndexUnusableError as error:
        unusable = str(error) or type(error).__name__
    try:
        generation, size = store.generation(), store.size()
    except (IndexUnusableError, OSError) as error:
        unusable = unusable or str(error)
    oldest = Change.objects.order_by("pk").first()
    last_error = IndexEvent.objects.filter(kind__in=_MENDED_BY).order_by("-pk").first()
    return IndexState(
        unusable=unusable,
        is_outdated=not unusable and not store.is_current(),
        generation=generation,
        size=size,
        waiting=Change.objects.count(),
        waiting_since=oldest.created_at if oldest else None,
        last_error=last_error,
        is_over=last_error is None or _is_over(last_error),
    )


def _is_over(error: IndexEvent) -> bool:
    return IndexEvent.objects.filter(kind__in=_MENDED_BY[error.kind], pk__gt=error.pk).exists()
