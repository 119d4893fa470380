"""What the engine should find, in plain loops over analysed texts: slow, and without an index.

Everything that the engine reads from arrays is counted here word by word: which documents a plan holds for,
by which layer and with which score; what a query lets go; facets; orders; the second look of the ranking.
The formulas are those of ``search.engine.ranking``'s documentation, its weights are imported.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from math import log

from archive.arabic.sounds import sound
from search.analysis import Term, term_of
from search.engine.asking import Request
from search.engine.plans import (
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
from search.engine.ranking import (
    EXACT_WEIGHT,
    LEAD_TRIGRAM_WEIGHT,
    LEAD_WEIGHT,
    PAIR_WEIGHT,
    STEM_WEIGHT,
    SURFACE_WEIGHT,
    TITLE_WEIGHT,
    TRIGRAM_WEIGHT,
)
from search.engine.schema import KEY_FIELDS
from tests.search.archives import Doc, trigrams

RARE = 20
OTHER_SPELLING = 0.8
EXACT, FOLDED, STEMMED, ALIAS, SIMILAR = 1, 2, 3, 4, 5


@dataclass
class Answered:
    """What the engine should say; ``scores`` and ``layers`` of the counted and the partial, first stage."""

    counted: set[int]
    partial: set[int]
    scores: dict[int, float]
    layers: dict[int, int]
    let_go: list[str]
    undated: int


@dataclass
class Held:
    """Whether a plan holds for one document, by which layer, and what that is worth."""

    holds: bool
    score: float = 0.0
    layer: int = 0


def answer(docs: Sequence[Doc], request: Request) -> Answered:
    """The documents (numbers of ``docs``) that have every clause, or else the most of them."""
    clauses = request.clauses
    docs = [replace(doc, live=doc.live and doc.article not in request.hidden) for doc in docs]
    held = [evaluate(clause.plan, docs, exact=request.exact) for clause in clauses]
    days = [clause.plan for clause in clauses if clause.required and isinstance(clause.plan, DayPlan)]
    if request.date_from or request.date_to:
        first, last = request.date_from or date.min, request.date_to or date.max
        days.append(DayPlan(first.toordinal(), last.toordinal()))
    optional = [number for number, clause in enumerate(clauses) if not clause.required]
    had: dict[int, int] = {}
    undated = 0
    for number, doc in enumerate(docs):
        required = all(
            held[each][number].holds
            for each, clause in enumerate(clauses)
            if clause.required and not isinstance(clause.plan, DayPlan)
        )
        passes = all(set(doc.keys.get(name, ())) & values for name, values in request.filters.items())
        if not doc.live or not required or not passes:
            continue
        count = sum(held[each][number].holds for each in optional)
        if days and doc.day is None:
            undated += count == len(optional)
            continue
        if doc.day and not all(each.first <= doc.day.toordinal() <= each.last for each in days):
            continue
        had[number] = count
    most = max(had.values(), default=0)
    if optional and not most and not any(clause.required and clause.has_words for clause in clauses):
        counted = set()
    else:
        counted = {number for number, count in had.items() if count == most}
    partial = {number for number, count in had.items() if count and number not in counted}
    nearly = [
        nearly_held(clause.plan, docs, exact=request.exact) if not clause.required else {}
        for clause in clauses
    ]
    return Answered(
        counted,
        partial,
        {
            number: sum(
                clause.times * (held[each][number].score + nearly[each].get(number, 0.0))
                for each, clause in enumerate(clauses)
            )
            for number in counted | partial
        },
        {number: max((each[number].layer for each in held), default=0) for number in counted | partial},
        [
            clauses[each].label
            for each in optional
            if counted and not all(held[each][number].holds for number in counted)
        ],
        undated,
    )


def count_without_own(docs: Sequence[Doc], request: Request) -> dict[str, Counter[str]]:
    """The facets of what is found; one that is filtered by, of what is found without that filter."""
    counts = facets(docs, answer(docs, request).counted)
    for name in request.filters:
        others = {other: values for other, values in request.filters.items() if other != name}
        counts[name] = facets(docs, answer(docs, replace(request, filters=others)).counted)[name]
    timeless = replace(request, date_from=None, date_to=None)
    counts["year"] = facets(docs, answer(docs, timeless).counted)["year"]
    return counts


def evaluate(plan: Plan, docs: Sequence[Doc], *, exact: bool = False) -> list[Held]:
    """What a plan gives for each document, deleted ones included."""
    match plan:
        case WordPlan():
            return _word(plan, docs, exact)
        case RunPlan():
            return _run(plan, docs, exact)
        case PrefixPlan(letters, titled):
            counts = [
                sum(
                    word.exact.startswith(letters)
                    if exact
                    else word.surface.startswith(letters) or word.stem.startswith(letters)
                    for word in _part(doc, titled)
                )
                for doc in docs
            ]
            return [
                Held(count > 0, score, (EXACT if exact else STEMMED) if count else 0)
                for count, score in zip(counts, _bm25(counts, _lengths(docs)), strict=True)
            ]
        case WildcardPlan(pattern, titled):
            layer = "exact" if exact else "surface"
            counts = [
                sum(_fits(pattern, getattr(word, layer)) for word in _part(doc, titled)) for doc in docs
            ]
            return [
                Held(count > 0, score, (EXACT if exact else STEMMED) if count else 0)
                for count, score in zip(counts, _bm25(counts, _lengths(docs)), strict=True)
            ]
        case KeyPlan(name, values):
            return [Held(bool(set(doc.keys.get(name, ())) & values)) for doc in docs]
        case DayPlan(first, last):
            return [Held(doc.day is not None and first <= doc.day.toordinal() <= last) for doc in docs]
        case NotPlan(child):
            return [Held(not each.holds) for each in evaluate(child, docs, exact=exact)]
        case AnyPlan(children):
            return [
                _any(row)
                for row in zip(*(evaluate(each, docs, exact=exact) for each in children), strict=True)
            ]
        case AllPlan(children):
            return [
                _all(row)
                for row in zip(*(evaluate(each, docs, exact=exact) for each in children), strict=True)
            ]


def _any(row: Sequence[Held]) -> Held:
    """At least one: the nearest layer of those that hold and looked for words."""
    layers = [each.layer for each in row if each.holds and each.layer]
    return Held(any(each.holds for each in row), sum(each.score for each in row), min(layers, default=0))


def _fits(pattern: str, word: str) -> bool:
    """Whether a word is the pattern, a star for any letters or none, a question mark for one."""
    if not pattern or not word:
        return pattern.strip("*") == word
    if pattern[0] == "*":
        return _fits(pattern[1:], word) or _fits(pattern, word[1:])
    return pattern[0] in ("?", word[0]) and _fits(pattern[1:], word[1:])


def _all(row: Sequence[Held]) -> Held:
    if not all(each.holds for each in row):
        return Held(False)
    return Held(True, sum(each.score for each in row), max(each.layer for each in row))


def _word(plan: WordPlan, docs: Sequence[Doc], exact: bool) -> list[Held]:
    counts = _counts(plan.term, docs, plan.titled)
    scores = _word_scores(plan.term, docs, plan.titled)
    others = (
        [0] * len(docs) if exact else [_occurrences(plan.ways, doc, "surface", plan.titled) for doc in docs]
    )
    for number, score in enumerate(_bm25(others, _lengths(docs))):
        scores[number] += plan.weight * STEM_WEIGHT * score
    layers = [
        _nearest(
            (EXACT, counts["exact"][number]),
            (FOLDED, 0 if exact else counts["surface"][number]),
            (STEMMED, 0 if exact else counts["stem"][number]),
            (ALIAS, others[number]),
        )
        for number in range(len(docs))
    ]
    if exact:
        return [
            Held(layer > 0, score if layer else 0, layer) for layer, score in zip(layers, scores, strict=True)
        ]
    elsewhere = _counts(plan.term, docs, False)["stem"]
    here = elsewhere if plan.titled else [0] * len(docs)
    if plan.strange and not any(
        layer or other for layer, other, doc in zip(layers, here, docs, strict=True) if doc.live
    ):
        scores = _nearly(plan, similar_words(plan.term, docs), docs)
        return [Held(score > 0, score, SIMILAR if score else 0) for score in scores]
    return [
        Held(layer > 0, score if layer else 0.0, layer) for layer, score in zip(layers, scores, strict=True)
    ]


def nearly_held(plan: Plan, docs: Sequence[Doc], *, exact: bool) -> dict[int, float]:
    """What documents that lack a rare word are worth for what sounds like it."""
    if exact or not isinstance(plan, WordPlan):
        return {}
    if sum(count > 0 for count in _counts(plan.term, docs, plan.titled)["stem"]) > RARE:
        return {}
    scores = _nearly(plan, same_sounding(plan.term, docs), docs)
    held = evaluate(plan, docs)
    return {number: score for number, score in enumerate(scores) if score and not held[number].holds}


def _counts(term: Term, docs: Sequence[Doc], titled: bool) -> dict[str, list[int]]:
    return {
        layer: [
            sum(getattr(word, layer) == getattr(term, layer) for word in _part(doc, titled)) for doc in docs
        ]
        for layer in ("exact", "surface", "stem")
    }


def _word_scores(term: Term, docs: Sequence[Doc], titled: bool) -> list[float]:
    """What a word is worth for each document: its layers in the whole, its stem in the title and the lead."""
    counts, lengths = _counts(term, docs, titled), _lengths(docs)
    in_title = [sum(word.stem == term.stem for word in doc.title_words) for doc in docs]
    in_lead = [0 if titled else sum(word.stem == term.stem for word in doc.lead) for doc in docs]
    scores = [0.0] * len(docs)
    for weight, each, part_lengths in (
        (STEM_WEIGHT, counts["stem"], lengths),
        (SURFACE_WEIGHT, counts["surface"], lengths),
        (EXACT_WEIGHT, counts["exact"], lengths),
        (TITLE_WEIGHT, in_title, [len(doc.title_words) for doc in docs]),
        (LEAD_WEIGHT, in_lead, [len(doc.lead) for doc in docs]),
    ):
        for number, score in enumerate(_bm25(each, part_lengths)):
            scores[number] += weight * score
    return scores


def _nearly(plan: WordPlan, words: Sequence[Term], docs: Sequence[Doc]) -> list[float]:
    """For each document the best score of any of the words that may be meant."""
    scores = [0.0] * len(docs)
    for word in words:
        for number, score in enumerate(_word_scores(word, docs, plan.titled)):
            scores[number] = max(scores[number], OTHER_SPELLING * score)
    return scores


def same_sounding(term: Term, docs: Sequence[Doc]) -> list[Term]:
    """The commonest words of other living stems with the sound of this one, the most alike first."""
    if term.stem.isascii() or len(term.surface) < 4 or len(sound(term.stem)) < 3:
        return []
    stems = {
        word.stem
        for doc in docs
        if doc.live
        for word in doc.words
        if word.stem != term.stem and len(word.stem) >= 3 and sound(word.stem) == sound(term.stem)
    }
    asked = set(trigrams(term.stem))

    def alike(stem: str) -> float:
        grams = set(trigrams(stem))
        return len(asked & grams) / (len(asked) + len(grams))

    nearest = sorted(stems, key=lambda stem: (-alike(stem), stem))[:3]
    return [term_of(_commonest(stem, docs)) for stem in nearest]


def _commonest(stem: str, docs: Sequence[Doc]) -> str:
    """The surface of a stem that occurs most often, of those that a living document has."""
    surfaces = [word.surface for doc in docs for word in doc.words if word.stem == stem]
    living = {word.surface for doc in docs if doc.live for word in doc.words}
    return min(living.intersection(surfaces), key=lambda surface: (-surfaces.count(surface), surface))


def similar_words(term: Term, docs: Sequence[Doc]) -> list[Term]:
    """What sounds the same, or else the nearest that has half of the trigrams and is an edit or two away."""
    surface = term.surface
    if len(surface) < 4 or not surface.isalpha():
        return []
    if heard := same_sounding(term, docs):
        return heard
    asked = set(trigrams(surface))
    living = {word.surface for doc in docs if doc.live for word in doc.words}
    distances = {}
    for word in {word.surface for doc in docs for word in doc.words}:
        spelled = trigrams(word)
        shared = sum(gram in asked for gram in spelled)
        distance = _distance(surface, word)
        enough = 2 * shared / (len(spelled) + len(asked)) >= 0.5
        if enough and distance <= (1 if len(surface) < 6 else 2) and word in living:
            distances[word] = distance
    if not min(distances.values(), default=0):
        return []
    return [term_of(word) for word in sorted(distances) if distances[word] == min(distances.values())][:3]


@cache
def _distance(left: str, right: str) -> int:
    if not left or not right:
        return len(left) + len(right)
    if left[-1] == right[-1]:
        return _distance(left[:-1], right[:-1])
    return 1 + min(_distance(left[:-1], right), _distance(left, right[:-1]), _distance(left[:-1], right[:-1]))


def _run(plan: RunPlan, docs: Sequence[Doc], exact: bool) -> list[Held]:
    lengths = _lengths(docs)
    spelled, folded, others = (
        [_occurrences(ways, doc, layer, plan.titled, plan.slop) for doc in docs]
        for ways, layer in (
            (plan.ways[:1], "exact"),
            (() if exact else plan.ways[:1], "surface"),
            (() if exact else plan.ways[1:], "surface"),
        )
    )
    weights = (1.0 if exact else EXACT_WEIGHT, 1.0, OTHER_SPELLING)
    columns = [_bm25(counts, lengths) for counts in (spelled, folded, others)]
    found = []
    for number in range(len(docs)):
        layer = _nearest((EXACT, spelled[number]), (FOLDED, folded[number]), (ALIAS, others[number]))
        score = sum(weight * column[number] for weight, column in zip(weights, columns, strict=True))
        found.append(Held(True, score, layer) if layer else Held(False))
    return found


def _nearest(*layers: tuple[int, int]) -> int:
    return next((layer for layer, count in layers if count), 0)


def _occurrences(ways: Sequence[Way], doc: Doc, layer: str, titled: bool, slop: int = 0) -> int:
    """How often any of the runs of words begins in a document of its days."""
    total = 0
    for way in ways:
        if way.is_bounded and not (doc.day and way.first <= doc.day.toordinal() <= way.last):
            continue
        begins = range(len(_part(doc, titled)))
        total += sum(_stands(way.words, doc.words, start, layer, slop) for start in begins)
    return total


def _stands(asked: Sequence[Term], words: Sequence[Term], start: int, layer: str, slop: int) -> bool:
    """Whether the words stand in order from ``start``, with no more than ``slop`` others between them."""
    place = start
    for step, term in enumerate(asked):
        place += step > 0
        while step and place < len(words) and getattr(words[place], layer) != getattr(term, layer):
            place += 1
        if place >= len(words) or getattr(words[place], layer) != getattr(term, layer):
            return False
    without_gap = words[place].position - words[start].position == place - start
    return without_gap and place - start - (len(asked) - 1) <= slop


def _part(doc: Doc, titled: bool) -> list[Term]:
    return doc.title_words if titled else doc.words


def _lengths(docs: Sequence[Doc]) -> list[int]:
    return [len(doc.words) for doc in docs]


def _bm25(counts: Sequence[int], lengths: Sequence[int]) -> list[float]:
    """BM25 of each document, k1 1.2 and b .75; the documents that have it at all are counted here."""
    found = sum(count > 0 for count in counts)
    average = _average(lengths)
    return [
        _bm25_of(count, length, average, found, len(counts)) if count else 0.0
        for count, length in zip(counts, lengths, strict=True)
    ]


def _average(lengths: Sequence[int]) -> float:
    """The mean length of those that have any."""
    present = [length for length in lengths if length]
    return sum(present) / len(present) if present else 0.0


def _bm25_of(count: int, length: int, average: float, found: int, documents: int) -> float:
    rarity = log(1 + (documents - found + 0.5) / (found + 0.5))
    return rarity * count * 2.2 / (count + 1.2 * (0.25 + 0.75 * length / average))


def second_look(
    docs: Sequence[Doc], rescored: Iterable[int], words: Sequence[Term], neighbours: Sequence[tuple[str, str]]
) -> dict[int, float]:
    """What the second stage adds to the documents ``rescored`` for words and pairs of stems of the query."""
    rescored = list(rescored)
    asked = [gram for word in words for gram in trigrams(word.surface)]
    whole, leads = [doc.trigrams for doc in docs], [doc.lead_trigrams for doc in docs]
    pairs = [doc.pairs for doc in docs]
    added = dict.fromkeys(rescored, 0.0)
    for weight, counters in ((TRIGRAM_WEIGHT, whole), (LEAD_TRIGRAM_WEIGHT, leads)):
        lengths = [each.total() for each in counters]
        for gram in asked:
            scores = _bm25([each[gram] for each in counters], lengths)
            for number in rescored:
                added[number] += weight * scores[number]
    lengths = [max(len(doc.words) - 1, 0) for doc in docs]
    average = _average(lengths)
    for pair in neighbours if words else ():
        # A pair that one document of a segment has is not counted there.
        counted = Counter(doc.segment for doc, each in zip(docs, pairs, strict=True) if each[pair])
        found = sum(count for count in counted.values() if count > 1)
        found = max(found, sum(pairs[number][pair] > 0 for number in rescored))
        for number in rescored:
            if pairs[number][pair]:
                added[number] += PAIR_WEIGHT * _bm25_of(
                    pairs[number][pair], lengths[number], average, found, len(docs)
                )
    return added


def facets(docs: Sequence[Doc], counted: Iterable[int]) -> dict[str, Counter[str]]:
    """How many of the counted documents have each value of each facet."""
    counts: dict[str, Counter[str]] = {name: Counter() for name in (*KEY_FIELDS, "year")}
    for number in counted:
        for name in KEY_FIELDS:
            counts[name].update(set(docs[number].keys.get(name, ())))
        if docs[number].day:
            counts["year"][str(docs[number].day.year)] += 1
    return counts


def in_order(
    docs: Sequence[Doc], counted: Iterable[int], scores: Mapping[int, float], sort: str
) -> list[int]:
    """The counted documents sorted: equals by date, newest first, then by key; undated last."""
    rows = sorted(counted, key=lambda number: docs[number].pk)
    if sort == "least":
        return in_order(docs, counted, scores, "relevance")[::-1]
    if sort == "oldest":
        return sorted(rows, key=lambda number: docs[number].day or date.max)
    rows.sort(key=lambda number: docs[number].day or date.min, reverse=True)
    if sort == "newest":
        return rows
    return sorted(rows, key=lambda number: -round(scores[number], 9))
