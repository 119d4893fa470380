"""Words that sound or are spelled nearly as one that the index has hardly or not at all.

A foreign name is respelled in ways that no stem joins (بلينكن، بلينكين; غوغل، جوجل): its other spellings have
its sound. Where nothing has that sound, a word may be mistyped: what shares at least half of its trigrams
(Dice's coefficient) and is one edit away, two when it has ``LONG`` letters or more. Only what a document that
readers may see has is given: it may be shown to them.
"""

from collections import Counter
from itertools import islice

import numpy as np

from archive.arabic.sounds import sound
from search.analysis import Term, term_of
from search.engine.collocations import trigrams
from search.engine.column_files import Array
from search.engine.columns import Columns
from search.engine.runs import find_run
from search.engine.snapshot import Snapshot

SHORTEST, LONG = 4, 6
# A word that more documents have is spelled as it should be.
RARE = 20
_SHORTEST_SOUND, _SHORTEST_STEM = 3, 3
_MOST = 3
_SHARED = 0.5
_CANDIDATES = 50


def same_sounding(snapshot: Snapshot, word: Term, visible: Array) -> list[Term]:
    """The words that sound like ``word``, one a stem, at most three, those with most of its trigrams first.

    Only what a document of the mask ``visible`` has is given.
    """
    heard = sound(word.stem)
    if word.stem.isascii() or len(word.surface) < SHORTEST or len(heard) < _SHORTEST_SOUND:
        return []
    stems = {
        stem
        for columns, _first in snapshot.leaves
        for stem in columns.stems_sounding(heard)
        if stem != word.stem and len(stem) >= _SHORTEST_STEM
    }
    grams = set(trigrams(word.stem))
    nearest = sorted(stems, key=lambda stem: (-_dice(grams, set(trigrams(stem))), stem))
    words = (_commonest_word(snapshot, stem, visible) for stem in nearest)
    return list(islice((each for each in words if each), _MOST))


def similar_words(snapshot: Snapshot, word: Term, visible: Array) -> list[Term]:
    """What may be meant by a word that no visible document has, at most three words; none for a short one."""
    if len(word.surface) < SHORTEST or not word.surface.isalpha():
        return []
    if heard := same_sounding(snapshot, word, visible):
        return heard
    found: dict[str, int] = {}
    for columns, _first in snapshot.leaves:
        for candidate in _sharing_trigrams(columns, word.surface):
            distance = edit_distance(word.surface, candidate)
            if distance <= (1 if len(word.surface) < LONG else 2):
                found[candidate] = distance
    seen = {term: found[term.surface] for term in map(term_of, found) if _is_seen(snapshot, term, visible)}
    nearest = min(seen.values(), default=0)
    return sorted(term for term, distance in seen.items() if distance == nearest)[:_MOST] if nearest else []


def edit_distance(left: str, right: str) -> int:
    """The least number of letters to add, drop or change to make one word the other (Levenshtein)."""
    row = list(range(len(right) + 1))
    for place, letter in enumerate(left, 1):
        before, row[0] = row[0], place
        for other, sign in enumerate(right, 1):
            before, row[other] = (
                row[other],
                min(row[other] + 1, row[other - 1] + 1, before + (letter != sign)),
            )
    return row[-1]


def _is_seen(snapshot: Snapshot, word: Term, visible: Array) -> bool:
    return bool(visible[find_run(snapshot.leaves, [word]).documents].any())


def _commonest_word(snapshot: Snapshot, stem: str, visible: Array) -> Term | None:
    """The surface of a stem that occurs most often among those that a visible document has."""
    counts: Counter[str] = Counter()
    for columns, _first in snapshot.leaves:
        for form in range(*columns.stem_forms(stem)):
            counts[columns.surfaces[int(columns.surface_of[form])]] += columns.occurrence_count(
                form, form + 1
            )
    words = (
        term_of(surface) for surface, _count in sorted(counts.items(), key=lambda each: (-each[1], each[0]))
    )
    return next((word for word in words if _is_seen(snapshot, word, visible)), None)


def _dice(left: set[str], right: set[str]) -> float:
    return 2 * len(left & right) / (len(left) + len(right))


def _sharing_trigrams(columns: Columns, surface: str) -> list[str]:
    if not len(columns.surfaces):
        return []
    grams = set(trigrams(surface))
    wanted = np.zeros(len(columns.trigrams), bool)
    wanted[[number for gram in grams if (number := columns.trigrams.find(gram)) is not None]] = True
    starts = columns.surface_trigram_starts.astype(np.int64)
    shared = np.add.reduceat(wanted[columns.surface_trigrams], starts[:-1], dtype=np.int64)
    alike: Array = 2 * shared / (np.diff(starts) + len(grams))
    best = np.argsort(-alike, kind="stable")[:_CANDIDATES]
    return [columns.surfaces[int(number)] for number in best if alike[number] >= _SHARED]
