"""From what a segment holds to the arrays of its columns: one way, whatever the content came from."""

from collections.abc import Collection, Sequence

import numpy as np

from archive.arabic.sounds import sound
from search.engine.collocations import GAP, count_pairs, count_trigrams, starts_of
from search.engine.column_files import Array
from search.engine.content import Content, Form
from search.engine.schema import KEY_FIELDS

LEAD_WORDS = 40


def derive_arrays(content: Content) -> tuple[dict[str, Array], dict[str, list[str]]]:
    """The arrays of the columns, and the values of the fields of keys in their order there."""
    arrays = _layers(content.vocabulary)
    arrays |= _parts(content)
    arrays |= _occurrences(content.stream, len(content.vocabulary))
    arrays |= count_pairs(arrays)
    arrays |= count_trigrams(arrays, list(_surfaces(content.vocabulary)))
    arrays |= strings("trigram", arrays.pop("names").tolist())
    arrays["primary_keys"], arrays["articles"] = content.primary_keys, content.articles
    arrays["digests"] = content.digests
    arrays["dates"] = content.dates.astype(np.int32)
    values: dict[str, list[str]] = {}
    for field in KEY_FIELDS:
        having = content.keys[field]
        values[field] = sorted(value for value in having if len(having[value]))
        documents = [np.asarray(having[value], np.uint32) for value in values[field]]
        arrays[f"{field}_starts"] = starts_of([len(each) for each in documents])
        arrays[f"{field}_documents"] = np.concatenate([np.zeros(0, np.uint32), *documents])
    for name, array in arrays.items():
        if name.endswith("_starts"):
            arrays[name] = array.astype(np.uint32)
    return arrays, values


def strings(name: str, texts: Collection[str]) -> dict[str, Array]:
    """The arrays of ``columns.Strings``."""
    encoded = [b"\n" + text.encode() for text in texts]
    return {
        f"{name}_blob": np.frombuffer(b"".join(encoded), np.uint8),
        f"{name}_starts": starts_of([len(each) for each in encoded]),
    }


def _surfaces(vocabulary: Sequence[Form]) -> dict[str, None]:
    return dict.fromkeys(surface for _stem, surface, _exact in vocabulary)


def _layers(vocabulary: Sequence[Form]) -> dict[str, Array]:
    """The strings of each layer, and where the forms of each stem and surface begin."""
    stems: list[str] = []
    surfaces: list[str] = []
    first_surface, first_exact = [], []
    last_stem = last_surface = None
    for number, (stem, surface, _exact) in enumerate(vocabulary):
        if surface != last_surface:
            if stem != last_stem:
                first_surface.append(len(surfaces))
                stems.append(stem)
                last_stem = stem
            first_exact.append(number)
            surfaces.append(surface)
            last_surface = surface
    arrays = {
        "first_surface": np.array([*first_surface, len(surfaces)], np.uint32),
        "first_exact": np.array([*first_exact, len(vocabulary)], np.uint32),
    }
    arrays["surface_of"] = _owners(arrays["first_exact"])
    arrays["stem_of"] = _owners(arrays["first_surface"])[arrays["surface_of"]]
    arrays["surface_order"] = np.array(sorted(range(len(surfaces)), key=surfaces.__getitem__), np.uint32)
    arrays |= _sounds(stems)
    for name, texts in (("stem", stems), ("surface", surfaces), ("exact", [row[2] for row in vocabulary])):
        arrays |= strings(name, texts)
    return arrays


def _owners(firsts: Array) -> Array:
    """The number of the range in which each number stands; ``firsts`` are where they begin, and the end."""
    return np.repeat(np.arange(len(firsts) - 1, dtype=np.uint32), firsts[1:] - firsts[:-1])


def _sounds(stems: Sequence[str]) -> dict[str, Array]:
    sounds: dict[str, list[int]] = {}
    for number, stem in enumerate(stems):
        if not stem.isascii():
            sounds.setdefault(sound(stem), []).append(number)
    names = sorted(sounds)
    return {
        "first_sounding": starts_of([len(sounds[name]) for name in names]).astype(np.uint32),
        "sounding": np.array([number for name in names for number in sounds[name]], np.uint32),
        **strings("sound", names),
    }


def _parts(content: Content) -> dict[str, Array]:
    """The stream, where its documents, titles and leads begin and end, and how many words these have."""
    starts = starts_of(content.lengths)
    ends = starts[1:] - 1
    # The words before each place, and the place of each word.
    is_word = content.stream != GAP
    before = np.concatenate([[0], np.cumsum(is_word, dtype=np.int64)])
    placed = np.append(np.flatnonzero(is_word), 0)
    lengths = before[starts[1:]] - before[starts[:-1]]
    firsts = before[starts[:-1]]

    def place_of(ranks: Array) -> Array:
        """The place of the word of this rank in each document; its end when it has fewer words."""
        inside = ranks < lengths
        return np.where(inside, placed[np.where(inside, firsts + ranks, -1)], ends).astype(np.uint32)

    titles = content.title_lengths
    return {
        "stream": content.stream,
        "document_starts": starts,
        "title_ends": place_of(titles),
        "lead_ends": place_of(titles + LEAD_WORDS),
        "lengths": lengths.astype(np.uint32),
        "title_lengths": titles.astype(np.uint32),
        "lead_lengths": np.minimum(LEAD_WORDS, lengths - titles).astype(np.uint32),
    }


def _occurrences(stream: Array, vocabulary: int) -> dict[str, Array]:
    # Word and place as one number, which sorts faster than an order of the words is found.
    placed = stream.astype(np.uint64)
    placed <<= np.uint64(32)
    placed |= np.arange(len(stream), dtype=np.uint64)
    placed.sort()
    counts = np.bincount(stream[stream != GAP], minlength=vocabulary)
    return {
        "occurrences": placed[: int(counts.sum())].astype(np.uint32),
        "occurrence_starts": starts_of(counts),
    }
