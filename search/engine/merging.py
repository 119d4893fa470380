"""Several segments as one: which are merged by a commit, and how.

A segment belongs to a tier by the documents that live in it: up to 64, 512, 4,096 and so on. A commit merges
what it brings with every segment of the first tier, and with those of a later tier once there are
eight of it. So that saving one article stays quick, the segments that it merges have no more than
``MOST_MERGED`` documents together, or no more than it brings itself. No segment gets more than
``MOST_WORDS`` words, and one whose documents are all deleted is dropped.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from search.analysis import forms
from search.engine.collocations import GAP, expand, starts_of
from search.engine.column_files import Array
from search.engine.columns import Columns
from search.engine.content import Content, Form, Keys, renumber
from search.engine.schema import KEY_FIELDS

MOST_WORDS = 2_500_000
MOST_MERGED = 2000
_FIRST_TIER, _TIER_RATIO = 64, 8
_BY_DOCUMENT = ("lengths", "title_lengths", "dates", "primary_keys", "articles", "digests")


class Size(NamedTuple):
    """The documents that live in a segment, and their words."""

    documents: int
    words: int


def choose_merges(segments: Sequence[Size], brought: Size) -> list[int]:
    """The indexes of the segments that a commit merges with what it brings, ascending."""
    most, room = max(MOST_MERGED, brought.documents), MOST_WORDS - brought.words
    tiers: dict[int, list[int]] = {}
    for number, size in enumerate(segments):
        tiers.setdefault(_tier(size.documents), []).append(number)
    chosen: list[int] = []
    merged = 0
    for tier in sorted(tiers):
        if tier and len(tiers[tier]) < _TIER_RATIO:
            continue
        for number in sorted(tiers[tier], key=lambda each: segments[each].documents):
            size = segments[number]
            if merged + size.documents <= most and size.words <= room:
                chosen.append(number)
                merged, room = merged + size.documents, room - size.words
    return sorted(chosen) if brought.documents or len(chosen) > 1 else []


def content_of(columns: Columns, live: Array) -> Content:
    """The content of the documents for which ``live`` is true."""
    surfaces, stems = list(columns.surfaces), list(columns.stems)
    content = Content(
        vocabulary=[
            (stems[stem], surfaces[surface], exact)
            for stem, surface, exact in zip(
                columns.stem_of.tolist(), columns.surface_of.tolist(), columns.exact, strict=True
            )
        ],
        stream=columns.stream,
        lengths=np.diff(columns.document_starts.astype(np.int64)),
        title_lengths=columns.title_lengths.astype(np.int64),
        dates=columns.dates.astype(np.int64),
        primary_keys=columns.primary_keys,
        articles=columns.articles,
        digests=columns.digests,
        keys={field: dict(columns.keyed_documents(field)) for field in KEY_FIELDS},
    )
    return select(content, live)


def select(content: Content, wanted: Array) -> Content:
    """The content of the documents for which ``wanted`` is true, without the words that only others have."""
    if wanted.all():
        return content
    starts = starts_of(content.lengths)
    kept, numbers = np.flatnonzero(wanted), np.cumsum(wanted) - 1
    keys: dict[str, dict[str, Array]] = {}
    for field, values in content.keys.items():
        listed = {value: np.asarray(documents, np.int64) for value, documents in values.items()}
        keys[field] = {value: numbers[some[wanted[some]]] for value, some in listed.items()}
    stream, vocabulary = _prune(content.stream[expand(starts[kept], starts[kept + 1])], content.vocabulary)
    by_document = {name: getattr(content, name)[kept] for name in _BY_DOCUMENT}
    return Content(vocabulary, stream, **by_document, keys=keys)


def join(contents: Sequence[Content]) -> Content:
    """One content of several, one after another; every word of theirs is in a document."""
    numbers: dict[Form, int] = {}
    streams = []
    for content in contents:
        local = [numbers.setdefault(form, len(numbers)) for form in content.vocabulary]
        local.append(int(GAP))
        streams.append(np.array(local, np.uint32)[np.minimum(content.stream, len(content.vocabulary))])
    stream, vocabulary = renumber(np.concatenate(streams), list(numbers))
    joined = {name: np.concatenate([getattr(each, name) for each in contents]) for name in _BY_DOCUMENT}
    return Content(vocabulary, stream, **joined, keys=_join_keys(contents))


def analyse_anew(content: Content) -> Content:
    """The content of an index of another analysis as it can be joined with that of the present one."""
    vocabulary = [forms(exact)[::-1] for _stem, _surface, exact in content.vocabulary]
    return replace(content, vocabulary=vocabulary)


def _prune(stream: Array, vocabulary: Sequence[Form]) -> tuple[Array, list[Form]]:
    """The stream, and the words of the vocabulary that are in it."""
    used = np.bincount(np.minimum(stream, len(vocabulary)), minlength=len(vocabulary) + 1)[:-1] > 0
    places = np.append(np.cumsum(used) - 1, int(GAP)).astype(np.uint32)
    kept = [vocabulary[number] for number in np.flatnonzero(used).tolist()]
    return places[np.minimum(stream, len(vocabulary))], kept


def _join_keys(contents: Sequence[Content]) -> Keys:
    keys: dict[str, dict[str, list[Array]]] = {field: {} for field in KEY_FIELDS}
    first = 0
    for content in contents:
        for field in KEY_FIELDS:
            for value, documents in content.keys[field].items():
                keys[field].setdefault(value, []).append(np.asarray(documents, np.int64) + first)
        first += content.documents
    return {
        field: {value: np.concatenate(parts) for value, parts in values.items()}
        for field, values in keys.items()
    }


def _tier(documents: int) -> int:
    tier, most = 0, _FIRST_TIER
    while documents > most:
        tier, most = tier + 1, most * _TIER_RATIO
    return tier
