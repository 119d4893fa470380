"""Other spellings of the names in a query, looked up when it is asked.

Curators' name variants act here and nowhere else, on the normalised surface, so a new one works at
once. A variant of several words is replaced by the speaker's other variants of several words, a
variant of one word by his variants of one word. A variant that does not name the speaker ``alone``
is never expanded by itself, and never stands in for another.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import Q, Value
from django.db.models.functions import Replace

from archive.models import NameVariant, Quotation, Speaker
from search.analysis import Term, terms

LONGEST_NAME = 7
MAX_ALTERNATIVES = 24


@dataclass(frozen=True, slots=True)
class Name:
    """The words ``start`` to ``end`` (half-open) of a query name ``speakers``.

    ``alternatives`` are the folded words of their other spellings.
    """

    start: int
    end: int
    speakers: tuple[Speaker, ...]
    alternatives: tuple[tuple[str, ...], ...]


def find_names(words: Sequence[Term]) -> list[Name]:
    """The names in a run of words, the longest first at every place; four database queries at most.

    A speaker that an import made and only articles out of sight quote is unknown here.
    """
    surfaces = [term.surface for term in words]
    spans = {
        (start, end): " ".join(surfaces[start:end])
        for start in range(len(words))
        for end in range(start + 1, min(start + LONGEST_NAME, len(words)) + 1)
    }
    known = _speakers_named(set(spans.values()))
    if not known:
        return []
    spellings = _spellings({speaker.pk for found in known.values() for speaker in found})
    names: list[Name] = []
    start = 0
    while start < len(words):
        ends = range(min(start + LONGEST_NAME, len(words)), start, -1)
        end = next((end for end in ends if spans[start, end] in known), None)
        if end is not None:
            speakers = known[spans[start, end]]
            others = _alternatives(tuple(surfaces[start:end]), speakers, spellings)
            names.append(Name(start, end, tuple(speakers), others))
        start = end or start + 1
    return names


def _speakers_named(keys: set[str]) -> dict[str, list[Speaker]]:
    """The speakers that each of ``keys`` (folded words, a space between them) names by itself."""
    found: dict[str, dict[int, Speaker]] = defaultdict(dict)
    spelled = NameVariant.objects.alias(words=Replace("key", Value("-"), Value(" ")))
    for variant in spelled.filter(words__in=keys, alone=True).select_related("speaker"):
        found[variant.key.replace("-", " ")][variant.speaker_id] = variant.speaker
    surnames = {key for key in keys - set(found) if key.isascii() and key.isalpha() and len(key) > 2}
    if surnames:
        ending = reduce(or_, (Q(name_en__iendswith=f" {surname}") for surname in surnames))
        bearers = list(Speaker.objects.filter(ending, kind=Speaker.Kind.PERSON))
        for surname in surnames:
            named = [speaker for speaker in bearers if speaker.name_en.casefold().endswith(f" {surname}")]
            if len(named) == 1:
                found[surname][named[0].pk] = named[0]
    kept_back = _kept_back(
        {pk for speakers in found.values() for pk, each in speakers.items() if each.needs_review}
    )
    named = {
        key: [speaker for pk, speaker in speakers.items() if pk not in kept_back]
        for key, speakers in found.items()
    }
    return {key: speakers for key, speakers in named.items() if speakers}


def _kept_back(unconfirmed: set[int]) -> set[int]:
    """Those of the speakers whom no quotation that a reader may see names."""
    if not unconfirmed:
        return unconfirmed
    seen = Quotation.objects.published().filter(speaker__in=unconfirmed)
    return unconfirmed - set(seen.order_by().values_list("speaker", flat=True))


def _spellings(speakers: set[int]) -> dict[int, dict[tuple[str, ...], None]]:
    """Every spelling of each speaker as folded words, in the order of the variants' table."""
    found: dict[int, dict[tuple[str, ...], None]] = defaultdict(dict)
    for variant in NameVariant.objects.filter(speaker__in=speakers, alone=True):
        if spelling := tuple(term.surface for term in terms(variant.text)):
            found[variant.speaker_id][spelling] = None
    return found


def _alternatives(
    words: tuple[str, ...], speakers: list[Speaker], spellings: dict[int, dict[tuple[str, ...], None]]
) -> tuple[tuple[str, ...], ...]:
    found = dict.fromkeys(
        spelling
        for speaker in speakers
        for spelling in spellings[speaker.pk]
        if spelling != words and (len(spelling) > 1) == (len(words) > 1)
    )
    return tuple(found)[:MAX_ALTERNATIVES]
