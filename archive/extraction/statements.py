"""Which quotations of one speaker report the same words: in another translation, outlet or length.

Pure: texts in, groups out. Two quotations are compared by the content words that they share, by how
far those stand in one order, by the figures in common, and by whether the shorter lies within the
longer. A figure, a negation or an opposite word that speaks against it outweighs any agreement, and what
is in doubt stays apart: a wrong group puts words into somebody's mouth, a missing one only costs a link.

The thresholds were chosen on labelled pairs (``tests/extraction/statement_pairs.txt``) so that no pair
that is not the same passes, with room to spare.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from archive.extraction.entities import EntityNames
from archive.extraction.statement_words import ContentWord, content_words, opposed

# Weights of a word: one that everybody uses on the subject shows little, a figure of size much.
TOPIC_WEIGHT, FIGURE_WEIGHT = 0.3, 2.0
# Of a match by the consonants alone (تصالح, مصالحة).
ROOT_MATCH = 0.7
# Of words that stand twice the one that is negated likewise is meant.
OTHER_POLARITY = 0.95
# A quotation with less (in weighted words) is too short to be recognised.
LEAST_WEIGHT = 3.0
# The least shared, in weighted words, and as a share of both (Dice) or of the shorter one.
LEAST_SHARED = 2.6
SAME_SHARE = 0.53
WITHIN_SHARE = 0.8
SHARE_WITH_FIGURE = 0.41
# How much of what is shared must stand in one order.
IN_ORDER = 0.4
# Longer ones are speeches, not quotations: they are compared with nothing.
MOST_WORDS = 400
# Without a meeting, articles so many days apart may report one occasion.
DAYS_APART = 2


@dataclass(frozen=True, slots=True)
class Candidate:
    """A quotation to be grouped. ``day`` is an ordinal; None when the meeting says that it is one occasion.

    ``key`` is what the caller knows it by; candidates are ordered by it where nothing else decides.
    """

    key: int
    article: int
    text: str
    day: int | None = None


@dataclass(frozen=True, slots=True)
class Likeness:
    """How two quotations agree. ``shared`` is in weighted words, the others are shares from 0 to 1."""

    shared: float
    dice: float
    within: float
    order: float
    figure: bool
    conflict: bool

    @property
    def contained(self) -> bool:
        """Whether the shorter one is a part of the longer one, or repeats it."""
        return self._possible and self.within >= WITHIN_SHARE

    @property
    def same(self) -> bool:
        """Whether the two report the same words."""
        least = SHARE_WITH_FIGURE if self.figure else SAME_SHARE
        return self._possible and (self.dice >= least or self.contained)

    @property
    def _possible(self) -> bool:
        return not self.conflict and self.shared >= LEAST_SHARED and self.order >= IN_ORDER


NOTHING_ALIKE = Likeness(0.0, 0.0, 0.0, 0.0, False, False)


class StatementMatcher:
    """Compares and groups quotations; ``names`` are what it knows of countries, people and groups.

    What it has compared it remembers, so that a group grows at the price of its new pairs.
    """

    def __init__(self, names: EntityNames) -> None:
        self._entities = lru_cache(maxsize=1 << 12)(names.find)
        self._compare = lru_cache(maxsize=1 << 16)(self._compared)

    def compare(self, one: str, other: str, own: frozenset[str] = frozenset()) -> Likeness:
        """How far two quotations report the same words; symmetric.

        ``own`` are the names that mean the speaker's own side, which a report may put for «we» or leave
        out. Quadratic in their words, of which there are at most ``MOST_WORDS``.
        """
        return self._compare(*sorted((one, other)), own)

    def group(
        self, candidates: Iterable[Candidate], own: frozenset[str] = frozenset()
    ) -> list[list[Candidate]]:
        """The candidates that report the same words in several articles, in each group the fullest first.

        All are of one speaker on one occasion. The fullest member of a group is like every other one.
        Two of one article are in a group only when one contains the other, or when each is a part of
        the fullest, which another article has. The result depends on the candidates, not on their order.
        """
        rows = sorted(candidates, key=lambda row: row.key)
        likes = self._likenesses(rows, own)
        groups = {row.key: [row] for row in rows}
        owner = {row.key: row.key for row in rows}
        for pair in sorted(likes, key=lambda pair: (-likes[pair].dice, -likes[pair].within, pair)):
            left, right = (owner[key] for key in pair)
            if left == right:
                continue
            joined = sorted(groups[left] + groups[right], key=lambda row: (-fullness(row.text), row.key))
            if _holds(joined, likes):
                groups[left] = joined
                owner.update((row.key, left) for row in groups.pop(right))
        several = (members for members in groups.values() if len({row.article for row in members}) > 1)
        return sorted(several, key=lambda members: min(row.key for row in members))

    def _compared(self, one: str, other: str, own: frozenset[str]) -> Likeness:
        first, second = content_words(one), content_words(other)
        weights = weigh(first), weigh(second)
        if min(weights) < LEAST_WEIGHT or max(len(first), len(second)) > MOST_WORDS:
            return NOTHING_ALIKE
        chain = _chain(first, second)
        pairs = chain + _moved(first, second, chain)
        in_order, shared = (
            sum(_agreement(first[left], second[right]) for left, right in some) for some in (chain, pairs)
        )
        if shared < LEAST_SHARED:
            return NOTHING_ALIKE
        mine, theirs = (self._entities(text) - own for text in (one, other))
        return Likeness(
            shared=shared,
            dice=2 * shared / sum(weights),
            within=shared / min(weights),
            order=in_order / shared,
            figure=any(first[left].telling for left, _right in pairs),
            conflict=bool(mine - theirs and theirs - mine) or _conflict(first, second, pairs),
        )

    def _likenesses(
        self, rows: Sequence[Candidate], own: frozenset[str]
    ) -> Mapping[tuple[int, int], Likeness]:
        """The pairs that report the same words, by their keys, the lower first."""
        holders: defaultdict[str, list[int]] = defaultdict(list)
        likes = {}
        for number, row in enumerate(rows):
            words = content_words(row.text)
            if len(words) > MOST_WORDS:
                continue
            telling = {root for word in words if not word.topic for root in word.forms | word.roots}
            for other, shared in Counter(place for root in telling for place in holders[root]).items():
                if shared > 1 and _one_occasion(rows[other], row):
                    likeness = self.compare(rows[other].text, row.text, own)
                    if likeness.same:
                        likes[rows[other].key, row.key] = likeness
            for root in telling:
                holders[root].append(number)
        return likes


def parts(texts: Sequence[str]) -> list[int]:
    """Which of one article's texts in a group make up its version: those not contained in a fuller one.

    Indices in the order given; never none if there are texts.
    """
    matcher = StatementMatcher(EntityNames())
    ranked = sorted(range(len(texts)), key=lambda place: (-fullness(texts[place]), place))
    kept: list[int] = []
    for place in ranked:
        if not any(matcher.compare(texts[place], texts[fuller]).contained for fuller in kept):
            kept.append(place)
    return sorted(kept)


def fullness(text: str) -> float:
    """How much a quotation says, in weighted content words: the order in which versions are shown."""
    return weigh(content_words(text))


def weigh(words: Sequence[ContentWord]) -> float:
    return sum(map(_weight, words))


def _weight(word: ContentWord) -> float:
    if word.value is not None:
        return FIGURE_WEIGHT if word.telling else 1.0
    return TOPIC_WEIGHT if word.topic else 1.0


def _agreement(one: ContentWord, other: ContentWord) -> float:
    """How much it weighs that two words stand for each other; 0 for two that are not alike."""
    if not one.forms.isdisjoint(other.forms):
        weight = min(_weight(one), _weight(other))
    elif not one.roots.isdisjoint(other.roots):
        weight = min(_weight(one), _weight(other)) * ROOT_MATCH
    else:
        return 0.0
    return weight if one.negated == other.negated else weight * OTHER_POLARITY


def _chain(first: Sequence[ContentWord], second: Sequence[ContentWord]) -> list[tuple[int, int]]:
    """The pairs of alike words in one order on both sides that weigh most together."""
    best = [[0.0] * (len(second) + 1) for _row in range(len(first) + 1)]
    for left, word in enumerate(first):
        above, row = best[left], best[left + 1]
        for right, other in enumerate(second):
            joined = above[right] + _agreement(word, other)
            row[right + 1] = max(above[right + 1], row[right], joined)
    pairs = []
    left, right = len(first), len(second)
    while left and right:
        joined = _agreement(first[left - 1], second[right - 1])
        if joined and best[left][right] == best[left - 1][right - 1] + joined:
            left, right = left - 1, right - 1
            pairs.append((left, right))
        elif best[left][right] == best[left - 1][right]:
            left -= 1
        else:
            right -= 1
    return pairs[::-1]


def _moved(
    first: Sequence[ContentWord], second: Sequence[ContentWord], chain: Sequence[tuple[int, int]]
) -> list[tuple[int, int]]:
    """The pairs of alike words that stand in another order, each word once."""
    taken = {right for _left, right in chain}
    settled = {left for left, _right in chain}
    pairs = []
    for left, word in enumerate(first):
        if left in settled:
            continue
        free = (right for right in range(len(second)) if right not in taken)
        right = next((right for right in free if _agreement(word, second[right])), None)
        if right is not None:
            taken.add(right)
            pairs.append((left, right))
    return pairs


def _conflict(
    first: Sequence[ContentWord],
    second: Sequence[ContentWord],
    pairs: Sequence[tuple[int, int]],
) -> bool:
    """Whether a negation, a figure or an opposite word tells the two apart."""
    if _negations(first, [left for left, _right in pairs]) != _negations(
        second, [right for _left, right in pairs]
    ):
        return True
    figures = Counter(word.value for word in first if word.value is not None)
    others = Counter(word.value for word in second if word.value is not None)
    if figures - others and others - figures:
        return True
    lefts, rights = {left for left, _right in pairs}, {right for _left, right in pairs}
    unmatched = [word for number, word in enumerate(first) if number not in lefts]
    facing = [word for number, word in enumerate(second) if number not in rights]
    return any(opposed(one, other) for one in unmatched for other in facing)


def _negations(words: Sequence[ContentWord], matched: Sequence[int]) -> int:
    """How many words are negated from the first matched one to the last."""
    return sum(word.negated for word in words[min(matched) : max(matched) + 1])


def _one_occasion(one: Candidate, other: Candidate) -> bool:
    if one.day is None or other.day is None:
        return one.day == other.day
    return abs(one.day - other.day) <= DAYS_APART


def _holds(members: Sequence[Candidate], likes: Mapping[tuple[int, int], Likeness]) -> bool:
    """Whether candidates, the fullest first, are one statement (see ``group``)."""

    def like(one: Candidate, other: Candidate) -> Likeness:
        return likes.get((min(one.key, other.key), max(one.key, other.key)), NOTHING_ALIKE)

    hub = members[0]
    if not all(like(hub, row).same for row in members[1:]):
        return False
    for number, row in enumerate(members):
        for other in members[number + 1 :]:
            if not _one_occasion(row, other):
                return False
            if row.article == other.article and not (
                like(row, other).contained
                or (hub.article != row.article and like(hub, row).contained and like(hub, other).contained)
            ):
                return False
    return True
