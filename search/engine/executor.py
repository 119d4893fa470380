"""From compiled clauses to documents: what matches, how well, in which order, with which facets."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np

from search.analysis import Term
from search.engine.column_files import Array
from search.engine.plans import (
    ALIAS_WEIGHT,
    AllPlan,
    AnyPlan,
    Clause,
    DayPlan,
    KeyPlan,
    NotPlan,
    Plan,
    PrefixPlan,
    RunPlan,
    Way,
    WordPlan,
)
from search.engine.postings import Postings, WordPostings, counted, find_prefix, find_run, find_word
from search.engine.ranking import EXACT_WEIGHT, RESCORED, STEM_WEIGHT, rescore, score_postings, score_word
from search.engine.schema import KEY_FIELDS
from search.engine.similar import RARE, same_sounding, similar_words
from search.engine.snapshot import Snapshot

SORTS = ("relevance", "newest", "oldest")
FACETS = (*KEY_FIELDS, "year")
# How many different words a star may stand for.
MAX_EXPANSIONS = 1000
# What the words of a title are worth that stand here and there in an article.
SCATTERED = 0.3
# How a word was found, from the nearest to the farthest; 0 where nothing was looked for.
LAYERS = ("", "exact", "folded", "stemmed", "alias", "similar")
_EXACT, _FOLDED, _STEMMED, _ALIAS, _SIMILAR = range(1, 6)


@dataclass(frozen=True, slots=True)
class Matched:
    """What a plan gives, by document of the snapshot: whether it holds, its score, the layer it needed."""

    mask: Array
    scores: Array
    layers: Array


@dataclass(slots=True)
class Found:
    """The documents that answer a query.

    ``mask`` marks those that count; ``partial`` those that have some of the words only. ``scores`` and
    ``layers`` (numbers of ``LAYERS``) are by document. ``let_go`` are the labels of the clauses that not all
    of the counted have, ``undated`` counts the documents that match but have no date to compare with the
    one asked for; ``expanded`` are the prefixes that stand for more words than were looked for; ``similar``
    are by their surface the words that no document has, with those looked for in their place. ``all_let_go``:
    each of the counted lacks another of the words.
    """

    mask: Array
    partial: Array
    scores: Array
    layers: Array
    let_go: list[str] = field(default_factory=list)
    undated: int = 0
    expanded: list[str] = field(default_factory=list)
    similar: dict[str, list[str]] = field(default_factory=dict)
    all_let_go: bool = False


def find(
    snapshot: Snapshot,
    clauses: Sequence[Clause],
    *,
    among: Array | None = None,
    visible: Array | None = None,
    date_from: date | None = None,
    date_to: date | None = None,
    exact: bool = False,
) -> Found:
    """The live documents of the mask ``among`` that have every clause; if none has, those that have the most.

    A ``required`` clause is never let go; without one that has words, neither is the last word. The days are
    inclusive. Words of documents outside the mask ``visible`` are never named.
    """
    search = _Search(snapshot, snapshot.live if visible is None else snapshot.live & visible, exact)
    among = snapshot.live if among is None else snapshot.live & among
    first, last = date_from or date.min, date_to or date.max
    days = [DayPlan(first.toordinal(), last.toordinal())] if date_from or date_to else []
    had = np.zeros(snapshot.count, np.int16)
    scores = np.zeros(snapshot.count)
    layers = np.zeros(snapshot.count, np.uint8)
    optional: list[tuple[Clause, Matched]] = []
    for clause in clauses:
        if clause.required and isinstance(clause.plan, DayPlan):
            days.append(clause.plan)
            continue
        matched = search.match(clause.plan)
        scores += clause.times * matched.scores
        layers = np.maximum(layers, matched.layers)
        if clause.required:
            among = among & matched.mask
        else:
            optional.append((clause, matched))
            had += matched.mask
    undated = 0
    if days:
        undated = int((among & (snapshot.dates == 0) & (had == len(optional))).sum())
    for day in days:
        among = among & search.match(day).mask
    most = int(had[among].max(initial=0))
    nothing = optional and not most and not any(clause.required and clause.has_words for clause in clauses)
    mask = np.zeros_like(among) if nothing else among & (had == most)
    partial = among & (had > 0) & ~mask
    any_found = bool(mask.any())
    let_go = [clause.label for clause, each in optional if any_found and not each.mask[mask].all()]
    return Found(
        mask,
        partial,
        scores,
        layers,
        let_go,
        undated,
        search.expanded,
        search.similar,
        bool(most) and len(let_go) == len(optional),
    )


def rescore_best(snapshot: Snapshot, found: Found, clauses: Sequence[Clause]) -> None:
    """Add to the scores of the best ``RESCORED`` documents what a second look at them gives."""
    words = [term for clause in clauses for term in clause.terms * clause.times]
    best = _best(found.scores, found.mask, RESCORED)
    if len(best) < RESCORED:
        best = np.concatenate([best, _best(found.scores, found.partial, RESCORED - len(best))])
    if len(best):
        neighbours = [pair for clause in clauses for pair in clause.pairs]
        found.scores[best] += rescore(snapshot, best, words, neighbours)


def rank(snapshot: Snapshot, clauses: Sequence[Clause], limit: int) -> list[tuple[int, float]]:
    """The ``limit`` best documents with their scores, those that have only some of the words among them."""
    found = find(snapshot, clauses)
    found.mask |= found.partial
    rescore_best(snapshot, found, clauses)
    documents = ordered(snapshot, found.mask, found.scores, "relevance")[:limit]
    return list(zip(documents.tolist(), found.scores[documents].tolist(), strict=True))


def ordered(snapshot: Snapshot, mask: Array, scores: Array, sort: str, layers: Array | None = None) -> Array:
    """The documents of ``mask`` by ``sort``; equals newest first, then by primary key; undated last.

    With ``layers``, relevance puts the nearest layer first, whatever the scores.
    """
    documents = np.flatnonzero(mask)
    dates, keys = snapshot.dates[documents].astype(np.int64), snapshot.primary_keys[documents]
    if sort == "oldest":
        return documents[np.lexsort((keys, dates, dates == 0))]
    if sort == "newest":
        return documents[np.lexsort((keys, -dates))]
    nearness = np.zeros(len(documents)) if layers is None else layers[documents]
    return documents[np.lexsort((keys, -dates, -np.round(scores[documents], 9), nearness))]


def count_facets(snapshot: Snapshot, mask: Array) -> dict[str, Counter[str]]:
    """For every facet, how many of the documents of ``mask`` have each value; exact."""
    counts: dict[str, Counter[str]] = {facet: Counter() for facet in FACETS}
    for facet in KEY_FIELDS:
        for value, documents in snapshot.keyed[facet].items():
            if number := int(mask[documents].sum()):
                counts[facet][value] = number
    days, numbers = np.unique(snapshot.dates[mask], return_counts=True)
    for day, number in zip(days.tolist(), numbers.tolist(), strict=True):
        if day:
            counts["year"][f"{date.fromordinal(day).year:04}"] += number
    return counts


def _best(scores: Array, mask: Array, most: int) -> Array:
    documents = np.flatnonzero(mask)
    if len(documents) > most:
        documents = documents[np.argpartition(-scores[documents], most - 1)[:most]]
    return documents


class _Search:
    """Evaluates plans over one snapshot."""

    def __init__(self, snapshot: Snapshot, visible: Array, exact: bool) -> None:
        self._snapshot = snapshot
        self._visible = visible
        self._exact = exact
        self.expanded: list[str] = []
        self.similar: dict[str, list[str]] = {}

    def match(self, plan: Plan) -> Matched:
        match plan:
            case WordPlan():
                return self._word(plan)
            case RunPlan():
                return self._run(plan)
            case PrefixPlan(letters, titled):
                postings, cut = find_prefix(
                    self._snapshot.leaves,
                    letters,
                    most=MAX_EXPANSIONS,
                    layer="exact" if self._exact else "surface",
                    titled=titled,
                )
                if cut:
                    self.expanded.append(letters)
                return self._scored(postings, _EXACT if self._exact else _STEMMED)
            case KeyPlan(field_name, values):
                return self._filter(self._snapshot.having(field_name, values))
            case DayPlan(first, last):
                dates = self._snapshot.dates
                return self._filter((dates >= first) & (dates <= last) & (dates > 0))
            case NotPlan(child):
                return self._filter(~self.match(child).mask)
            case AnyPlan(children):
                found = [self.match(child) for child in children]
                layers = np.full(self._snapshot.count, len(LAYERS), np.uint8)
                for each in found:
                    needed = np.where(each.layers == 0, len(LAYERS), each.layers)
                    layers = np.where(each.mask, np.minimum(layers, needed), layers)
                return Matched(
                    np.logical_or.reduce([each.mask for each in found]),
                    np.sum([each.scores for each in found], axis=0),
                    np.where(layers == len(LAYERS), 0, layers).astype(np.uint8),
                )
            case AllPlan(children):
                found = [self.match(child) for child in children]
                if not found:
                    return self._filter(self._snapshot.live)
                mask = np.logical_and.reduce([each.mask for each in found])
                return Matched(
                    mask,
                    np.where(mask, np.sum([each.scores for each in found], axis=0), 0.0),
                    np.where(mask, np.maximum.reduce([each.layers for each in found]), 0).astype(np.uint8),
                )

    def _word(self, plan: WordPlan) -> Matched:
        snapshot = self._snapshot
        word = self._postings(plan.term, plan.titled)
        layers = np.zeros(snapshot.count, np.uint8)
        scores = score_word(snapshot, word)
        if self._exact:
            layers[word.exact.documents] = _EXACT
            return Matched(layers > 0, np.where(layers > 0, scores, 0.0), layers)
        if plan.ways:
            others = self._ways(plan.ways, plan.titled)
            layers[others.documents] = _ALIAS
            scores[others.documents] += plan.weight * STEM_WEIGHT * score_postings(snapshot, others)
        if plan.title:
            together = find_run(snapshot.leaves, plan.title, layer="stem", titled=plan.titled)
            scattered = layers == 0
            scattered[together.documents] = False
            scores[scattered] *= SCATTERED
        layers[word.stem.documents] = _STEMMED
        layers[word.surface.documents] = _FOLDED
        layers[word.exact.documents] = _EXACT
        if plan.strange and not layers[self._visible].any() and not self._stands_elsewhere(plan):
            return self._similar(plan)
        if len(word.stem.documents) <= RARE:
            nearly = self._nearly(plan, same_sounding(snapshot, plan.term, self._visible))
            scores = np.where(layers > 0, scores, nearly)
        return Matched(layers > 0, scores, layers)

    def _similar(self, plan: WordPlan) -> Matched:
        words = similar_words(self._snapshot, plan.term, self._visible)
        scores = self._nearly(plan, words)
        if scores.any():
            self.similar[plan.term.surface] = [word.surface for word in words]
        layers = np.where(scores > 0, _SIMILAR, 0).astype(np.uint8)
        return Matched(layers > 0, scores, layers)

    def _stands_elsewhere(self, plan: WordPlan) -> bool:
        """Whether a word that no title has is somewhere else."""
        return plan.titled and bool(self._visible[self._postings(plan.term, False).stem.documents].any())

    def _nearly(self, plan: WordPlan, words: Sequence[Term]) -> Array:
        """The scores of what is nearly the word: that of the best of ``words``, as another spelling's."""
        scores = np.zeros(self._snapshot.count)
        for word in words:
            found = score_word(self._snapshot, self._postings(word, plan.titled))
            scores = np.maximum(scores, ALIAS_WEIGHT * found)
        return scores

    def _postings(self, term: Term, titled: bool) -> WordPostings:
        snapshot = self._snapshot
        return snapshot.cache.get(
            (term.exact, titled), lambda: find_word(snapshot.leaves, term, titled=titled)
        )

    def _run(self, plan: RunPlan) -> Matched:
        snapshot = self._snapshot
        asked = plan.ways[:1]
        exact = self._ways(asked, plan.titled, layer="exact")
        if self._exact:
            return self._scored(exact, _EXACT)
        folded = self._ways(asked, plan.titled)
        found = self._scored(folded, _FOLDED)
        found.layers[exact.documents] = _EXACT
        found.scores[exact.documents] += EXACT_WEIGHT * score_postings(snapshot, exact)
        if others := plan.ways[1:]:
            other = self._scored(self._ways(others, plan.titled), _ALIAS)
            return Matched(
                found.mask | other.mask,
                found.scores + ALIAS_WEIGHT * other.scores,
                np.where(found.mask, found.layers, other.layers).astype(np.uint8),
            )
        return found

    def _ways(self, ways: Sequence[Way], titled: bool, layer: str = "surface") -> Postings:
        """The documents that have one of ``ways``, and how often they have any."""
        snapshot = self._snapshot

        def look() -> Postings:
            every = []
            for way in ways:
                postings = find_run(snapshot.leaves, way.words, layer=layer, titled=titled)
                documents = np.repeat(postings.documents, postings.counts)
                if way.is_bounded:
                    dates = snapshot.dates[documents]
                    documents = documents[(dates >= way.first) & (dates <= way.last) & (dates > 0)]
                every.append(documents)
            return counted(every)

        return snapshot.cache.get((tuple(ways), titled, layer), look)

    def _scored(self, postings: Postings, layer: int) -> Matched:
        layers = np.zeros(self._snapshot.count, np.uint8)
        scores = np.zeros(self._snapshot.count)
        layers[postings.documents] = layer
        scores[postings.documents] = score_postings(self._snapshot, postings)
        return Matched(layers > 0, scores, layers)

    def _filter(self, mask: Array) -> Matched:
        count = self._snapshot.count
        return Matched(mask, np.zeros(count), np.zeros(count, np.uint8))
