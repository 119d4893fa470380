"""What plans give over one snapshot: the documents for which they hold, their scores and layers."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import reduce

import numpy as np

from search.analysis import Term
from search.engine.column_files import Array
from search.engine.expansions import find_prefix, find_wildcard
from search.engine.plans import (
    ALIAS_WEIGHT,
    AllPlan,
    AnyPlan,
    DayPlan,
    KeyPlan,
    NotPlan,
    Plan,
    PrefixPlan,
    RunPlan,
    Way,
    WildcardPlan,
    WordPlan,
)
from search.engine.postings import Postings, counted, find_word
from search.engine.ranking import EXACT_WEIGHT, STEM_WEIGHT, score_postings, score_word
from search.engine.runs import find_run
from search.engine.similar import RARE, same_sounding, similar_words
from search.engine.snapshot import Snapshot

# What the words of a title are worth that stand here and there in an article.
SCATTERED = 0.3
# How a word was found, from the nearest to the farthest; 0 where nothing was looked for.
LAYERS = ("", "exact", "folded", "stemmed", "alias", "similar")
_EXACT, _FOLDED, _STEMMED, _ALIAS, _SIMILAR = range(1, 6)
# A list this many times shorter than another is looked up in it; else both are laid out.
_MUCH_SHORTER = 16


@dataclass(frozen=True, slots=True)
class Matched:
    """Documents of the snapshot, ascending, with the score and the layer of each."""

    documents: Array
    scores: Array
    layers: Array

    @property
    def nbytes(self) -> int:
        return int(self.documents.nbytes + self.scores.nbytes + self.layers.nbytes)

    def among(self, wanted: Array) -> "Matched":
        """Those of the documents that the mask ``wanted`` marks."""
        return self.having(wanted[self.documents])

    def having(self, kept: Array | slice) -> "Matched":
        """Those of the documents that ``kept``, a mask over them or a part of them, marks."""
        return Matched(self.documents[kept], self.scores[kept], self.layers[kept])

    def times(self, number: int) -> "Matched":
        """The same, counted so many times."""
        return self if number == 1 else Matched(self.documents, number * self.scores, self.layers)


# Filters hold or not, and neither score nor need a layer: masks of documents.
Outcome = Matched | Array


def unscored(mask: Array) -> Matched:
    """The documents of a mask, without score and layer."""
    documents = np.flatnonzero(mask)
    return Matched(documents, np.zeros(len(documents)), np.zeros(len(documents), np.uint8))


def mask_of(outcome: Outcome, count: int) -> Array:
    """The documents of an outcome as a mask of ``count``."""
    if not isinstance(outcome, Matched):
        return outcome
    mask = np.zeros(count, bool)
    mask[outcome.documents] = True
    return mask


def join_all(outcomes: Sequence[Outcome], count: int) -> Outcome:
    """Where all of them hold (at least one): scores summed, the farthest of the layers."""
    masks = [each for each in outcomes if not isinstance(each, Matched)]
    lists = sorted((each for each in outcomes if isinstance(each, Matched)), key=lambda it: len(it.documents))
    if not lists:
        return reduce(np.logical_and, masks)
    joined = reduce(lambda left, right: _joined(left, right, count), lists)
    return reduce(Matched.among, masks, joined)


def join_any(outcomes: Sequence[Outcome], count: int) -> Matched:
    """Where any of them holds: scores summed, the nearest of the layers."""
    found = [each if isinstance(each, Matched) else unscored(each) for each in outcomes]
    scores = np.zeros(count)
    layers = np.full(count, len(LAYERS), np.uint8)
    mask = np.zeros(count, bool)
    for each in found:
        mask[each.documents] = True
        scores[each.documents] += each.scores
        needed = np.where(each.layers == 0, len(LAYERS), each.layers).astype(np.uint8)
        layers[each.documents] = np.minimum(layers[each.documents], needed)
    documents = np.flatnonzero(mask)
    layers = layers[documents]
    layers[layers == len(LAYERS)] = 0
    return Matched(documents, scores[documents], layers)


def _joined(few: Matched, many: Matched, count: int) -> Matched:
    """What is in both; ``few`` has no more documents than ``many``."""
    if len(few.documents) * _MUCH_SHORTER < len(many.documents):
        ranks = np.minimum(np.searchsorted(many.documents, few.documents), len(many.documents) - 1)
        both = many.documents[ranks] == few.documents
        ranks = ranks[both]
    else:
        laid_out = np.full(count, -1, np.int32)
        laid_out[many.documents] = np.arange(len(many.documents), dtype=np.int32)
        ranks = laid_out[few.documents]
        both = ranks >= 0
        ranks = ranks[both]
    return Matched(
        few.documents[both],
        few.scores[both] + many.scores[ranks],
        np.maximum(few.layers[both], many.layers[ranks]),
    )


class Matcher:
    """Evaluates plans over one snapshot; words of documents outside ``visible`` are never named.

    ``expanded`` are the prefixes and patterns that stand for more words than were looked for, ``similar``
    by their surface the words that no document has, with those looked for in their place.
    """

    def __init__(self, snapshot: Snapshot, visible: Array, exact: bool) -> None:
        self._snapshot = snapshot
        self._visible = visible
        self._exact = exact
        self.expanded: list[str] = []
        self.similar: dict[str, list[str]] = {}

    def match(self, plan: Plan) -> Outcome:
        snapshot = self._snapshot
        match plan:
            case WordPlan():
                return self._word(plan)
            case RunPlan():
                return self._run(plan)
            case PrefixPlan(letters, titled):
                return self._expansion(find_prefix, letters, titled)
            case WildcardPlan(pattern, titled):
                return self._expansion(find_wildcard, pattern, titled)
            case KeyPlan(field_name, values):
                return snapshot.having(field_name, values)
            case DayPlan(first, last):
                mask: Array = (snapshot.dates >= first) & (snapshot.dates <= last) & (snapshot.dates > 0)
                return mask
            case NotPlan(child):
                return ~mask_of(self.match(child), snapshot.count)
            case AnyPlan(children):
                return join_any([self.match(child) for child in children], snapshot.count)
            case AllPlan(children):
                found = [self.match(child) for child in children]
                return join_all(found, snapshot.count) if found else snapshot.live

    def nearly(self, plan: Plan, found: Matched) -> Matched:
        """What is nearly a rare word where it was not ``found``: what sounds like it."""
        if self._exact or not isinstance(plan, WordPlan):
            return _NOTHING
        if np.count_nonzero(self._known(plan).layers < _ALIAS) > RARE:
            return _NOTHING
        nearly = self._best_of(plan, same_sounding(self._snapshot, plan.term, self._visible))
        return nearly.among(~mask_of(found, self._snapshot.count))

    def _word(self, plan: WordPlan) -> Matched:
        found = self._known(plan)
        strange = plan.strange and not self._exact and not self._visible[found.documents].any()
        return self._similar(plan) if strange and not self._stands_elsewhere(plan) else found

    def _known(self, plan: WordPlan) -> Matched:
        """The documents that have the word in one of its forms, or another spelling of it."""
        ways = tuple(map(_key, plan.ways))
        title = tuple(term.stem for term in plan.title)
        key = ("word", plan.term.exact, ways, title, plan.weight, plan.titled, self._exact)
        return self._snapshot.cache.get(key, lambda: self._look_up(plan))

    def _look_up(self, plan: WordPlan) -> Matched:
        snapshot = self._snapshot
        word = find_word(snapshot.leaves, plan.term, titled=plan.titled)
        scores = score_word(snapshot, word)
        layers = np.full(len(word.documents), _STEMMED, np.uint8)
        layers[word.surface > 0] = _FOLDED
        layers[word.exact > 0] = _EXACT
        found = Matched(word.documents, scores, layers)
        if self._exact:
            return found.having(word.exact > 0)
        others = self._ways(plan.ways, plan.titled)
        if plan.title:
            together = find_run(snapshot.leaves, plan.title, layer="stem", titled=plan.titled)
            scattered = np.ones(snapshot.count, bool)
            scattered[together.documents] = scattered[others.documents] = False
            scores[scattered[word.documents]] *= SCATTERED
        if not len(others.documents):
            return found
        alias = self._scored(others, _ALIAS, plan.weight * STEM_WEIGHT)
        return join_any([found, alias], snapshot.count)

    def _similar(self, plan: WordPlan) -> Matched:
        words = similar_words(self._snapshot, plan.term, self._visible)
        found = self._best_of(plan, words)
        if len(found.documents):
            self.similar[plan.term.surface] = [word.surface for word in words]
        return found

    def _stands_elsewhere(self, plan: WordPlan) -> bool:
        """Whether a word that no title has is somewhere else."""
        if not plan.titled:
            return False
        return bool(self._visible[self._known(WordPlan(plan.term)).documents].any())

    def _best_of(self, plan: WordPlan, words: Sequence[Term]) -> Matched:
        """The documents of any of ``words``, with the score of the best of them."""
        scores = np.zeros(self._snapshot.count)
        for word in words:
            found = self._known(WordPlan(word, titled=plan.titled))
            scores[found.documents] = np.maximum(scores[found.documents], ALIAS_WEIGHT * found.scores)
        documents = np.flatnonzero(scores)
        return Matched(documents, scores[documents], np.full(len(documents), _SIMILAR, np.uint8))

    def _run(self, plan: RunPlan) -> Matched:
        key = ("run", tuple(map(_key, plan.ways)), plan.titled, plan.slop, self._exact)
        return self._snapshot.cache.get(key, lambda: self._look_up_run(plan))

    def _look_up_run(self, plan: RunPlan) -> Matched:
        count = self._snapshot.count
        asked, others = plan.ways[:1], plan.ways[1:]
        exact = self._ways(asked, plan.titled, plan.slop, layer="exact")
        if self._exact:
            return self._scored(exact, _EXACT)
        spelled = self._scored(exact, _EXACT, EXACT_WEIGHT)
        folded = self._scored(self._ways(asked, plan.titled, plan.slop), _FOLDED)
        alias = self._scored(self._ways(others, plan.titled, plan.slop), _ALIAS, ALIAS_WEIGHT)
        return join_any([folded, spelled, alias], count)

    def _ways(self, ways: Sequence[Way], titled: bool, slop: int = 0, layer: str = "surface") -> Postings:
        """The documents that have one of ``ways``, and how often they have any."""
        snapshot = self._snapshot
        every = []
        for way in ways:
            postings = find_run(snapshot.leaves, way.words, layer=layer, titled=titled, slop=slop)
            documents = np.repeat(postings.documents, postings.counts)
            if way.is_bounded:
                dates = snapshot.dates[documents]
                documents = documents[(dates >= way.first) & (dates <= way.last) & (dates > 0)]
            every.append(documents)
        return counted(every)

    def _expansion(self, find: Callable[..., tuple[Postings, bool]], letters: str, titled: bool) -> Matched:
        layer = "exact" if self._exact else "surface"

        def look_up() -> _Expanded:
            postings, cut = find(self._snapshot.leaves, letters, layer=layer, titled=titled)
            found = self._scored(postings, _EXACT if self._exact else _STEMMED)
            return _Expanded(found.documents, found.scores, found.layers, cut)

        found = self._snapshot.cache.get((find.__name__, letters, titled, layer), look_up)
        if found.cut:
            self.expanded.append(letters)
        return found

    def _scored(self, postings: Postings, layer: int, weight: float = 1.0) -> Matched:
        return Matched(
            postings.documents,
            weight * score_postings(self._snapshot, postings),
            np.full(len(postings.documents), layer, np.uint8),
        )


@dataclass(frozen=True, slots=True)
class _Expanded(Matched):
    """What a prefix or pattern stands for; ``cut`` when it could stand for more words."""

    cut: bool


_NOTHING = unscored(np.zeros(0, bool))


def _key(way: Way) -> tuple[tuple[str, ...], int, int]:
    """What tells a way from others, wherever its words were written."""
    return tuple(term.exact for term in way.words), way.first, way.last
