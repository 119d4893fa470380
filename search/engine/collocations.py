"""What the second stage of ranking counts: trigrams of letters, and pairs of neighbouring stems.

A word's trigrams are every three consecutive characters of its surface between two boundary marks, so that
بن has two (#بن، بن#). A pair is two stems side by side, in order. Both are counted by the documents that
have them; how often they occur in one document is read from its words when it is rescored.
"""

from collections.abc import Mapping, Sequence

import numpy as np

from search.engine.column_files import Array

# What stands in the stream of a segment where there is no word.
GAP = np.uint32(0xFFFFFFFF)
_BOUNDARY = "#"
_DOCUMENTS_A_CHUNK = 2000


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
    stream, stem_of = arrays["stream"], arrays["stem_of"]
    stems = len(arrays["first_surface"]) - 1
    places = np.flatnonzero((stream[:-1] != GAP) & (stream[1:] != GAP))
    pairs = stem_of[stream[places]].astype(np.int64) * stems + stem_of[stream[places + 1]]
    documents = np.searchsorted(arrays["document_starts"], places, side="right") - 1
    order = np.lexsort((documents, pairs))
    pairs, documents = pairs[order], documents[order]
    first = np.ones(len(pairs), bool)
    first[1:] = (pairs[1:] != pairs[:-1]) | (documents[1:] != documents[:-1])
    found, counts = np.unique(pairs[first], return_counts=True)
    return {"pairs": found[counts > 1], "pair_df": counts[counts > 1].astype(np.uint32)}


def count_trigrams(arrays: Mapping[str, Array], surfaces: Sequence[str]) -> dict[str, Array]:
    """The trigrams of every surface, and of how many documents, and leads of documents, each is one.

    ``names`` of the result are the trigrams, sorted, as an array of strings.
    """
    spelled = [trigrams(surface) for surface in surfaces]
    names = sorted({trigram for each in spelled for trigram in each})
    numbers = {trigram: number for number, trigram in enumerate(names)}
    found = {
        "names": np.array(names, dtype=str),
        "spelled": np.array([numbers[trigram] for each in spelled for trigram in each], np.uint32),
        "spelled_starts": starts_of([len(each) for each in spelled]),
    }
    stream, surface_of = arrays["stream"], arrays["surface_of"]
    sizes = np.append(np.diff(found["spelled_starts"].astype(np.int64))[surface_of], 0)
    sums = np.concatenate([[0], np.cumsum(sizes[np.where(stream == GAP, len(surface_of), stream)])])
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
    total = np.zeros(len(found["names"]), np.int64)
    for start in range(0, len(firsts), _DOCUMENTS_A_CHUNK):
        first, last = firsts[start : start + _DOCUMENTS_A_CHUNK], lasts[start : start + _DOCUMENTS_A_CHUNK]
        words, documents, _counts = words_of(arrays["stream"], arrays["surface_of"], first, last)
        ids, source = trigrams_of(found["spelled"], found["spelled_starts"], words)
        pairs = np.unique(documents[source] * len(total) + ids)
        total += np.bincount(pairs % len(total), minlength=len(total)) if len(pairs) else 0
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
