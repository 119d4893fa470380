"""What the second stage of ranking counts: trigrams of letters, and pairs of neighbouring stems.

A word's trigrams are every three consecutive characters of its surface between two boundary marks, so that
بن has two (#بن، بن#). A pair is two stems side by side, in order. Both are counted by the documents that
have them; how often they occur in one document is read from its words when it is rescored.
"""

from array import array
from collections.abc import Mapping, Sequence

import numpy as np

from search.engine.column_files import Array

# What stands in the stream of a segment where there is no word.
GAP = np.uint32(0xFFFFFFFF)
_BOUNDARY = "#"
# Fewer than 256, so that a byte counts them.
_DOCUMENTS_A_CHUNK = 64


def trigrams(surface: str) -> list[str]:
    """The trigrams of a folded word; one that occurs twice stands twice."""
    marked = f"{_BOUNDARY}{surface}{_BOUNDARY}"
    return [marked[place : place + 3] for place in range(len(marked) - 2)]


def starts_of(lengths: Sequence[int] | Array) -> Array:
    """Where each of neighbours of these lengths begins, and where the last one ends."""
    return np.concatenate([[0], np.cumsum(lengths, dtype=np.int64)])


def expand(starts: Array, ends: Array) -> Array:
    """All the whole numbers of the ranges ``starts`` to ``ends`` (half-open), one range after another."""
    lengths = ends.astype(np.int64) - starts
    before = np.cumsum(lengths) - lengths
    return np.repeat(starts - before, lengths) + np.arange(int(lengths.sum()))


def count_pairs(arrays: Mapping[str, Array]) -> dict[str, Array]:
    """The pairs that two documents or more have, and how many: ``left * stems + right`` of stem numbers."""
    stream, stem_of, starts = arrays["stream"], arrays["stem_of"], arrays["document_starts"]
    beside = (stream[:-1] != GAP) & (stream[1:] != GAP)
    # Pair and document as one number (below 2 ** 63) are sorted faster than as two, and in place.
    width = len(starts)
    pairs = stem_of[stream[:-1][beside]].astype(np.int64)
    pairs *= len(arrays["first_surface"]) - 1
    pairs += stem_of[stream[1:][beside]]
    pairs *= width
    documents = np.repeat(np.arange(width - 1, dtype=np.uint32), starts[1:] - starts[:-1])
    pairs += documents[:-1][beside]
    del documents
    pairs.sort()
    fresh = np.ones(len(pairs), bool)
    fresh[1:] = pairs[1:] != pairs[:-1]
    pairs = pairs[fresh] // width
    fresh = np.ones(len(pairs), bool)
    fresh[1:] = pairs[1:] != pairs[:-1]
    firsts = np.flatnonzero(fresh)
    counts = np.diff(np.append(firsts, len(pairs)))
    return {"pairs": pairs[firsts[counts > 1]], "pair_df": counts[counts > 1].astype(np.uint32)}


def count_trigrams(arrays: Mapping[str, Array], surfaces: Sequence[str]) -> dict[str, Array]:
    """The trigrams of every surface, and of how many documents, and leads of documents, each is one.

    ``names`` of the result are the trigrams, sorted, as an array of strings.
    """
    numbers: dict[str, int] = {}
    spelled = array("I")
    for surface in surfaces:
        spelled.extend([numbers.setdefault(trigram, len(numbers)) for trigram in trigrams(surface)])
    names = sorted(numbers)
    places = np.zeros(len(names), np.uint32)
    places[[numbers[name] for name in names]] = np.arange(len(names))
    found = {
        "names": np.array(names, dtype=str),
        "spelled": places[np.frombuffer(spelled, np.uint32)],
        "spelled_starts": starts_of([len(surface) for surface in surfaces]),
    }
    stream, surface_of = arrays["stream"], arrays["surface_of"]
    sizes = np.append(np.diff(found["spelled_starts"])[surface_of], 0).astype(np.uint32)
    sums = np.zeros(len(stream) + 1, np.int64)
    np.cumsum(sizes[np.minimum(stream, len(surface_of))], out=sums[1:])
    starts, ends = arrays["document_starts"][:-1], arrays["document_starts"][1:]
    for name, first, last in (
        ("trigram", starts, ends),
        ("lead_trigram", arrays["title_ends"], arrays["lead_ends"]),
    ):
        found[f"{name}_lengths"] = (sums[last] - sums[first]).astype(np.uint32)
        found[f"{name}_df"] = _document_counts(arrays, found, first, last)
    return found


def _document_counts(
    arrays: Mapping[str, Array], found: Mapping[str, Array], firsts: Array, lasts: Array
) -> Array:
    count = len(found["names"])
    total = np.zeros(count, np.int64)
    for start in range(0, len(firsts), _DOCUMENTS_A_CHUNK):
        first, last = firsts[start : start + _DOCUMENTS_A_CHUNK], lasts[start : start + _DOCUMENTS_A_CHUNK]
        words = arrays["stream"][expand(first, last)]
        documents = np.repeat(np.arange(len(first)), last.astype(np.int64) - first)
        written = words != GAP
        surfaces = arrays["surface_of"][words[written]]
        ids, source = trigrams_of(found["spelled"], found["spelled_starts"], surfaces)
        # A mark for each trigram of each document, which costs less than to sort them.
        marks = np.zeros(len(first) * count, np.uint8)
        marks[documents[written][source] * count + ids] = 1
        total += marks.reshape(len(first), count).sum(axis=0, dtype=np.uint8)
    return total.astype(np.uint32)


def words_of(stream: Array, form_of: Array, firsts: Array, lasts: Array) -> tuple[Array, Array, Array]:
    """The distinct forms in stretches of the stream: the form, the number of the stretch, how often."""
    words = stream[expand(firsts, lasts)]
    stretches = np.repeat(np.arange(len(firsts)), lasts.astype(np.int64) - firsts)
    written = words != GAP
    forms = form_of[words[written]].astype(np.int64)
    width = int(forms.max(initial=0)) + 1
    distinct, counts = np.unique(stretches[written] * width + forms, return_counts=True)
    return distinct % width, distinct // width, counts


def trigrams_of(spelled: Array, starts: Array, surfaces: Array) -> tuple[Array, Array]:
    """The numbers of the trigrams of ``surfaces``, and for each the index of its surface there."""
    firsts, lasts = starts[surfaces], starts[surfaces + 1]
    return spelled[expand(firsts, lasts)], np.repeat(np.arange(len(surfaces)), lasts - firsts)
