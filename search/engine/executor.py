"""From compiled clauses to the documents that answer them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, reduce

import numpy as np

from search.engine.column_files import Array
from search.engine.matching import Matched, Matcher, Outcome, join_all, mask_of, unscored
from search.engine.plans import Clause, DayPlan
from search.engine.snapshot import Snapshot

# The filter of days asked for beside the query; undated documents are told apart from it.
DATE = "date"


@dataclass(slots=True)
class Found:
    """The documents that answer a query, and those that have some of its words only.

    ``outside`` are for every filter the documents that the query finds without it. ``let_go`` are the labels
    of the clauses that not all of the documents have, ``undated`` counts those that match but have no date to
    compare with the one asked for; ``expanded`` are the prefixes and patterns that stand for more words than
    were looked for; ``similar`` are by their surface the words that no document has, with those looked for in
    their place. ``all_let_go``: each of the documents lacks another of the words.
    """

    documents: Matched
    partial: Matched
    outside: dict[str, Matched] = field(default_factory=dict)
    let_go: list[str] = field(default_factory=list)
    undated: int = 0
    expanded: list[str] = field(default_factory=list)
    similar: dict[str, list[str]] = field(default_factory=dict)
    all_let_go: bool = False


def find(
    snapshot: Snapshot,
    clauses: Sequence[Clause],
    *,
    filters: Mapping[str, Array] | None = None,
    visible: Array | None = None,
    exact: bool = False,
    with_partial: bool = True,
) -> Found:
    """The live, ``visible`` documents in all masks of ``filters`` that have every clause; else most of them.

    A ``required`` clause is never let go; without one that has words, neither is the last word. Words of
    documents that are not ``visible`` are never named. ``partial`` is empty unless it is asked for.
    """
    finder = _Finder(snapshot, clauses, snapshot.live if visible is None else snapshot.live & visible, exact)
    return finder.find(filters or {}, with_partial)


class _Finder:
    """One search: the outcomes of its clauses, and what is joined of them."""

    def __init__(self, snapshot: Snapshot, clauses: Sequence[Clause], seen: Array, exact: bool) -> None:
        self._snapshot = snapshot
        self._seen = seen
        self._matcher = Matcher(snapshot, seen, exact)
        self._days: list[Array] = []
        self._required: list[Outcome] = []
        self._optional: list[tuple[Clause, Matched]] = []
        for clause in clauses:
            outcome = self._matcher.match(clause.plan)
            if clause.required and isinstance(clause.plan, DayPlan):
                self._days.append(mask_of(outcome, snapshot.count))
            elif clause.required:
                self._required.append(
                    outcome.times(clause.times) if isinstance(outcome, Matched) else outcome
                )
            else:
                scored = outcome if isinstance(outcome, Matched) else unscored(outcome)
                self._optional.append((clause, scored.times(clause.times)))
        # Without a word there would be nothing that the query asks for.
        self._needs_word = not any(clause.required and clause.has_words for clause in clauses)
        every = [self._seen, *self._required, *(matched for _clause, matched in self._optional)]
        joined = join_all(every, snapshot.count)
        self._whole = joined if isinstance(joined, Matched) else unscored(joined)

    def find(self, filters: Mapping[str, Array], with_partial: bool) -> Found:
        masks = [*filters.values(), *self._days]
        found = self._answering(masks)
        partial = self._having_some(masks, found) if with_partial else found.having(slice(0))
        outside = {
            name: self._answering([*(mask for other, mask in filters.items() if other != name), *self._days])
            for name in filters
        }
        let_go = self._let_go(found)
        return Found(
            found,
            partial,
            outside,
            let_go,
            self._count_undated(filters),
            self._matcher.expanded,
            self._matcher.similar,
            bool(let_go) and len(let_go) == len(self._optional) and bool(self._had[found.documents].any()),
        )

    def _answering(self, masks: Iterable[Array]) -> Matched:
        """The documents of all ``masks`` that have every clause; if none has, those that have the most."""
        masks = list(masks)
        found = reduce(Matched.among, masks, self._whole)
        if len(found.documents) or not self._optional:
            return found
        among = reduce(np.logical_and, masks, self._allowed)
        most = int(self._had[among].max(initial=0))
        if not most and self._needs_word:
            return found
        return self._scored(among & (self._had == most))

    def _let_go(self, found: Matched) -> list[str]:
        """The labels of the clauses that not all of ``found`` have."""
        if not len(found.documents) or self._is_whole(found):
            return []
        return [
            clause.label
            for clause, matched in self._optional
            if not mask_of(matched, self._snapshot.count)[found.documents].all()
        ]

    def _is_whole(self, found: Matched) -> bool:
        """Whether the first of ``found`` has every clause, as then all of them have."""
        place = int(np.searchsorted(self._whole.documents, found.documents[0]))
        return place < len(self._whole.documents) and self._whole.documents[place] == found.documents[0]

    def _having_some(self, masks: Iterable[Array], found: Matched) -> Matched:
        """The documents of all ``masks`` that have some of the optional clauses, ``found`` left out."""
        if len(self._optional) < 2:
            return found.having(slice(0))
        some = reduce(np.logical_and, masks, self._allowed & (self._had > 0))
        some[found.documents] = False
        return self._scored(some)

    def _count_undated(self, filters: Mapping[str, Array]) -> int:
        """The documents that only lack a date to be found."""
        if not self._days and DATE not in filters:
            return 0
        masks = (mask for name, mask in filters.items() if name != DATE)
        found = reduce(Matched.among, masks, self._whole)
        return int(np.count_nonzero(self._snapshot.dates[found.documents] == 0))

    @cached_property
    def _allowed(self) -> Array:
        """The mask of the documents that may be found whatever they have of the optional clauses."""
        masks = (mask_of(outcome, self._snapshot.count) for outcome in self._required)
        return reduce(np.logical_and, masks, self._seen)

    @cached_property
    def _had(self) -> Array:
        """How many of the optional clauses each document has."""
        had = np.zeros(self._snapshot.count, np.int16)
        for _clause, matched in self._optional:
            had[matched.documents] += 1
        return had

    def _scored(self, mask: Array) -> Matched:
        """The documents of ``mask`` with what they have of the clauses, also nearly."""
        scores, layers = self._sums
        documents = np.flatnonzero(mask)
        return Matched(documents, scores[documents], layers[documents])

    @cached_property
    def _sums(self) -> tuple[Array, Array]:
        count = self._snapshot.count
        scores, layers = np.zeros(count), np.zeros(count, np.uint8)
        found = [outcome for outcome in self._required if isinstance(outcome, Matched)]
        found += [matched for _clause, matched in self._optional]
        for each in found:
            scores[each.documents] += each.scores
            layers[each.documents] = np.maximum(layers[each.documents], each.layers)
        for clause, matched in self._optional:
            nearly = self._matcher.nearly(clause.plan, matched)
            scores[nearly.documents] += clause.times * nearly.scores
        return scores, layers
