"""Source phrases: بحسب ما نقلت وكالة …، وفقًا للبيان، على حد قوله.

Inside a sentence that has a cue they only hand on; after a clause without one they name its speaker.
"""

from typing import NamedTuple

from archive.extraction.document import Document
from archive.extraction.noun_phrases import Mention
from archive.extraction.sentences import Sentence
from archive.extraction.vocabulary import Vocabulary

_ENDS = frozenset('،,:؛."«“”»')
_LONGEST = 14


class SourcePhrase(NamedTuple):
    """Words ``first`` to before ``last``; ``own`` for على حد قوله; ``mention`` whom the phrase names."""

    first: int
    last: int
    own: bool
    mention: Mention | None


def find_source_phrases(
    document: Document, sentence: Sentence, mentions: dict[int, Mention], vocabulary: Vocabulary
) -> list[SourcePhrase]:
    """The source phrases of a sentence, in order."""
    found: list[SourcePhrase] = []
    place = sentence.first
    while place < sentence.last:
        match = vocabulary.cue_phrases.match_at(document.keys, place, sentence.last)
        kinds = match.values if match is not None else ()
        if (
            match is None
            or not ({"source", "own_words"} & set(kinds))
            or match.proclitics not in ("", "و", "ف")
        ):
            place += 1
            continue
        if "own_words" in kinds:
            found.append(SourcePhrase(place, match.end, True, None))
            place = match.end
            continue
        last, named = match.end, None
        limit = min(sentence.last, match.end + _LONGEST)
        while last < limit:
            if (
                last > match.end
                and any(sign in _ENDS for sign in document.gap_before(last))
                and not _continues(document, last)
            ):
                break
            if last in mentions and named is None and last - match.end <= 2:
                named = mentions[last]
                last = max(last + 1, min(named.last, limit))
                continue
            if document.keys[last] in ("قوله", "قولها", "قولهم"):
                break
            last += 1
        found.append(SourcePhrase(place, last, False, named))
        place = last
    return found


def _continues(document: Document, place: int) -> bool:
    """Whether a mark before the word belongs to the phrase: وكالة "فرانس برس"."""
    gap = document.gap_before(place)
    return not any(sign in gap for sign in "،,:؛.") and any(sign in gap for sign in '"«“”»')
