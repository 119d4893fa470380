"""Which figures of several articles state the same fact, and whether they agree.

A wrong comparison is worse than none: two figures are compared only when they count the same and what is
said around them, or who says it, shows that they are the same fact. Pure: plain values in and out.
"""

import re
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations
from typing import NamedTuple

from archive.arabic.clitics import readings, without_article
from archive.arabic.normalize import fold
from archive.arabic.particles import PREPOSITIONS, RELATIVES, SUBORDINATORS, word_set
from archive.arabic.words import segment
from archive.extraction.counted import light_key
from archive.extraction.numbers import ABOUT, EXACT, OVER, RANGE, UNDER

AGREEING, ROUNDED, DIFFERING = "agreeing", "rounded", "differing"
VERDICTS = (DIFFERING, ROUNDED, AGREEING)

# Words of a sentence that a figure is read with, on either side.
_AROUND = 14
_SENTENCE_END = re.compile(r"[!؟?;؛\n]|\.(?=\s|$)")
# Said in nearly every article on these meetings: sharing them shows nothing.
_EVERYWHERE = word_set(
    "داعش تنظيم الدولة الإسلامية تحالف دولي محاربة مكافحة إرهاب إرهابي وزير وزراء خارجية اجتماع مؤتمر وزاري "
    "أميركي أمريكي الولايات المتحدة واشنطن بلاده قال أكد أضاف أعلن أوضح أشار إن أن أنه أنها كان كانت نحو "
    "حوالي أكثر أقل قرابة هذا هذه ذلك التي الذي لا ما لم لن قد كما بعد قبل أيضا عدد مليون مليار ألف "
    "آلاف ملايين اليوم أمس جديد جديدة تقديم قيمة بقيمة مبلغ"
)
_COALITION = word_set("تحالف ائتلاف كتلة")
_MEMBERSHIP = word_set("عضو أعضاء عضوية يضم تضم ضم مؤلف يتألف تتألف مكون يتكون تتكون ينضوي منضوية")
_PART = word_set("من بينها بينهم منها منهم")
_BEFORE_NOW = word_set(
    "كان كانت سابقا آنذاك حينها بداية بدايته تأسيس تأسيسه انطلاق انطلاقه الماضي ارتفع ارتفعت"
)
_STATES, _MEMBERS = fold("دولة"), fold("عضو")
_MEMBER_COUNTS = (_STATES, _MEMBERS, " ".join(sorted((_STATES, fold("منظمة")))))
_OTHER = fold("أخرى")
_FROM = "من"
_NOT_COMPARED = frozenset({"time"})
_SMALL = 11
# Figures that lie further apart than this share of the larger one are hardly of one fact.
_HALF, _TENTH = Decimal("0.5"), Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Stated:
    """A figure as one article states it; ``ref`` is what the caller knows it by.

    ``speaker`` and ``statement`` are those of the quotation that it stands in (None: the article's own
    words, or unknown); ``before`` and ``after`` the text on either side, a sentence at least.
    """

    ref: Hashable
    article: Hashable
    value: Decimal
    high: Decimal | None
    bound: str
    counted: str
    kind: str
    speaker: Hashable | None
    statement: Hashable | None
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """One fact as several articles state it: one figure an article at most, in the order given."""

    verdict: str
    figures: tuple[Stated, ...]


class _Read(NamedTuple):
    """A figure with the content words around it; ``members`` says that it counts the coalition's."""

    figure: Stated
    words: tuple[frozenset[str], ...]
    keys: frozenset[str]
    members: bool
    past: bool


def compare_figures(figures: Iterable[Stated]) -> list[Comparison]:
    """The facts that at least two articles state: differing ones first, then rounded, then agreeing.

    All figures are of articles on one meeting. Every two figures of a comparison were found to be the
    same fact; of two in one article the more exact stands for it.
    """
    kinds: dict[str, list[_Read]] = {}
    for figure in figures:
        if figure.kind in _NOT_COMPARED or figure.bound == RANGE or _OTHER in figure.counted.split():
            continue
        read = _read(figure)
        kinds.setdefault("members" if read.members else figure.counted, []).append(read)
    found = [
        comparison
        for reads in kinds.values()
        if len({read.figure.article for read in reads}) > 1
        for comparison in _compare(reads)
    ]
    return sorted(found, key=lambda one: (VERDICTS.index(one.verdict), -len(one.figures)))


def _compare(reads: Sequence[_Read]) -> list[Comparison]:
    stated: dict[Hashable, set[Decimal]] = {}
    for read in reads:
        stated.setdefault(read.figure.article, set()).add(read.figure.value)
    groups: list[list[_Read]] = []
    for read in sorted(reads, key=lambda one: _roundness(one.figure)):
        home = next((group for group in groups if _is_one_fact([read], group, stated)), None)
        if home is None:
            groups.append([read])
        elif all(other.figure.article != read.figure.article for other in home):
            home.append(read)
    # What agrees is together before what differs is set beside it.
    groups = _joined(groups, stated)
    order = {id(read): place for place, read in enumerate(reads)}
    return [
        Comparison(
            _verdict(group), tuple(read.figure for read in sorted(group, key=lambda one: order[id(one)]))
        )
        for group in groups
        if len(group) > 1
    ]


def _verdict(group: Sequence[_Read]) -> str:
    verdicts = {relation(one.figure, other.figure) for one, other in combinations(group, 2)}
    return next(verdict for verdict in VERDICTS if verdict in verdicts)


def _joined(groups: list[list[_Read]], stated: dict[Hashable, set[Decimal]]) -> list[list[_Read]]:
    """The groups with those joined that state one fact of no common article differently."""
    joined: list[list[_Read]] = []
    for group in groups:
        articles = {read.figure.article for read in group}
        home = next(
            (
                other
                for other in joined
                if articles.isdisjoint(read.figure.article for read in other)
                and _is_one_fact(group, other, stated, differing=True)
            ),
            None,
        )
        if home is None:
            joined.append(list(group))
        else:
            home += group
    return joined


def _is_one_fact(
    group: Sequence[_Read],
    others: Sequence[_Read],
    stated: dict[Hashable, set[Decimal]],
    *,
    differing: bool = False,
) -> bool:
    """Whether every figure of one group is the same fact as every one of the others."""
    return all(
        (differing or relation(one.figure, other.figure) != DIFFERING) and _same_fact(one, other, stated)
        for one in group
        for other in others
    )


def _same_fact(one: _Read, other: _Read, stated: dict[Hashable, set[Decimal]]) -> bool:
    """Whether two figures are the same fact, by what is around them and who says them."""
    figure, second = one.figure, other.figure
    verdict = relation(figure, second)
    if figure.article == second.article:
        return verdict != DIFFERING and (one.members or _shared(one, other) >= 2)
    if verdict == DIFFERING:
        # An article that also states the other value tells two facts apart.
        both = second.value in stated[figure.article] or figure.value in stated[second.article]
        if both or one.past or other.past or not _is_near(figure.value, second.value, _HALF):
            return False
    if one.members:
        return verdict != DIFFERING or _is_near(figure.value, second.value, _TENTH)
    if figure.statement is not None and figure.statement == second.statement:
        return True
    voices = {figure.speaker, second.speaker} - {None}
    if len(voices) > 1:
        return False
    same_voice = figure.speaker is not None and figure.speaker == second.speaker
    shared = _shared(one, other)
    if verdict == AGREEING:
        return shared >= _needed(figure.value, same_voice)
    if verdict == ROUNDED:
        return shared >= (2 if same_voice else 3) and figure.value >= _SMALL
    return shared >= (4 if same_voice else 6) and figure.value >= _SMALL


def _needed(value: Decimal, same_voice: bool) -> int:
    """How many words two equal figures must share: the rarer the number, the fewer."""
    if len(value.normalize().as_tuple().digits) >= 3:
        return 1
    needed = 4 if value < _SMALL else 3
    return needed - same_voice


def relation(one: Stated, other: Stated) -> str:
    """How two figures for one fact stand to each other: agreeing, rounded or differing."""
    if one.value == other.value:
        strict = {one.bound, other.bound}
        if OVER in strict and UNDER in strict:
            return DIFFERING
        return AGREEING if strict <= {EXACT, ABOUT} or len(strict) == 1 else ROUNDED
    coarse, fine = (one, other) if _roundness(one) > _roundness(other) else (other, one)
    if coarse.bound == OVER:
        fits = coarse.value < fine.value
    elif coarse.bound == UNDER:
        fits = coarse.value > fine.value
    else:
        fits = abs(coarse.value - fine.value) <= _step(coarse.value) / 2
    limit = Decimal("0.02") if coarse.bound == EXACT else _TENTH
    return ROUNDED if fits and _is_near(one.value, other.value, limit) else DIFFERING


def _is_near(one: Decimal, other: Decimal, limit: Decimal) -> bool:
    return abs(one - other) <= limit * max(one, other)


def _step(value: Decimal) -> Decimal:
    """The size of the last digit that is not zero: 10 million of 440 million."""
    return Decimal(1).scaleb(int(value.normalize().as_tuple().exponent))


def _roundness(figure: Stated) -> tuple[bool, int]:
    """How rough a figure is: exact ones first, then by how few digits it has."""
    return figure.bound != EXACT, -len(figure.value.normalize().as_tuple().digits)


def _shared(one: _Read, other: _Read) -> int:
    """How many content words around one figure also stand around the other, in any joined form."""
    smaller, larger = (one, other) if len(one.words) <= len(other.words) else (other, one)
    return sum(not keys.isdisjoint(larger.keys) for keys in smaller.words)


def _read(figure: Stated) -> _Read:
    before = _SENTENCE_END.split(figure.before)[-1]
    after = _SENTENCE_END.split(figure.after, maxsplit=1)[0]
    left = [fold(word.text) for word in segment(before)][-_AROUND:]
    right = [fold(word.text) for word in segment(after)][:_AROUND]
    words = {keys for word in (*left, *right) if (keys := _keys(word))}
    return _Read(
        figure,
        tuple(words),
        frozenset().union(*words),
        _counts_members(figure.counted, left, right),
        _is_past(left, figure.bound),
    )


def _is_past(left: Sequence[str], bound: str) -> bool:
    """Whether a figure is of an earlier day: «كان يضم 79», «ارتفع من 79 إلى 83»."""
    since = left[-1:] == [_FROM] and bound == EXACT and not _plain(left[-2:]) & _MEMBERSHIP
    return since or bool(_plain(left[-6:]) & _BEFORE_NOW)


def _keys(word: str) -> frozenset[str]:
    """The keys of a content word under every reading of its proclitics; none for any other word."""
    plain = _plain([word])
    if plain & (_EVERYWHERE | PREPOSITIONS | RELATIVES | SUBORDINATORS) or len(word) < 3 or word.isdecimal():
        return frozenset()
    return frozenset(key for form in plain if len(key := light_key(form)) >= 3)


def _plain(words: Iterable[str]) -> set[str]:
    return {without_article(form) for word in words for _, form in readings(word)}


def _counts_members(counted: str, left: Sequence[str], right: Sequence[str]) -> bool:
    """Whether a figure is the number of the coalition's members, not of some of them."""
    if counted not in _MEMBER_COUNTS or (right and right[0] in _PART):
        return False
    near = _plain((*left, *right))
    if not near & _COALITION:
        return False
    return counted == _MEMBERS or bool(_plain((*left[-5:], *right[:3])) & _MEMBERSHIP)
