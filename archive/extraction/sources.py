"""Source phrases: بحسب ما نقلت وكالة …، وفقًا للبيان، على حد قوله.

Inside a sentence that has a cue they only hand on; after a clause without one they name its speaker.
"""

from collections.abc import Set
from typing import NamedTuple

from archive.arabic.clitics import readings
from archive.arabic.particles import word_set
from archive.extraction.document import Document
from archive.extraction.noun_phrases import Mention
from archive.extraction.sentences import Sentence
from archive.extraction.verbs import PERFECT
from archive.extraction.vocabulary import Vocabulary

_ENDS = frozenset('،,:؛."«“”»–—-')
_LONGEST = 14
OUTLETS = word_set("وكالة صحيفة قناة موقع شبكة إذاعة مجلة جريدة يومية تلفزيون فضائية")
_LONGEST_NAME = 5


class SourcePhrase(NamedTuple):
    """Words ``first`` to before ``last``; ``own`` for على حد قوله; ``mention`` whom the phrase names."""

    first: int
    last: int
    own: bool
    mention: Mention | None


def find_source_phrases(
    document: Document,
    sentence: Sentence,
    mentions: dict[int, Mention],
    vocabulary: Vocabulary,
    quoted: Set[int] = frozenset(),
) -> list[SourcePhrase]:
    """The source phrases of a sentence, in order; ``quoted``: words in marks, which are the speaker's."""
    found: list[SourcePhrase] = []
    place = sentence.first
    while place < sentence.last:
        if place in quoted:
            place += 1
            continue
        match = vocabulary.cue_phrases.match_at(document.keys, place, sentence.last)
        kinds = match.values if match is not None else ()
        if (
            match is None
            or not ({"source", "own_words"} & set(kinds))
            or match.proclitics not in ("", "و", "ف")
        ):
            place += 1
            continue
        if document.keys[place : match.end] == ("علي", "ما") and not _relays(document, match.end, vocabulary):
            place += 1
            continue
        if "own_words" in kinds:
            found.append(SourcePhrase(place, match.end, True, None))
            place = match.end
            continue
        last, named = match.end, None
        limit = min(sentence.last, match.end + _LONGEST)
        while last < limit:
            if last in quoted or (last > match.end and _reports(document, last, vocabulary)):
                break
            if (
                last > match.end
                and any(sign in _ENDS for sign in document.gap_before(last))
                and not _continues(document, last)
            ):
                break
            near = last - match.end <= 2 or document.keys[last - 1] in ("من", "عن")
            if last in mentions and named is None and near:
                named = mentions[last]
                last = max(last + 1, min(named.last, limit))
                continue
            if document.keys[last] in ("قوله", "قولها", "قولهم"):
                break
            last += 1
        found.append(SourcePhrase(place, last, False, named))
        place = last
    return found


def _relays(document: Document, place: int, vocabulary: Vocabulary) -> bool:
    """على ما أفادت, not على ما يقال: whether a reporting verb in the perfect follows."""
    key = document.keys[place] if place < len(document.keys) else ""
    return any(form.form == PERFECT for form in vocabulary.verbs.get(key, ()))


def _reports(document: Document, place: int, vocabulary: Vocabulary) -> bool:
    """وبحسب رويترز قالت فلانة: whether the sentence itself begins, with a reporting verb."""
    forms = vocabulary.verbs.get(document.keys[place], ())
    follows = document.keys[place - 1] not in ("ما", "كما")
    return follows and any(form.form == PERFECT and form.verb.mood == "assertion" for form in forms)


def _continues(document: Document, place: int) -> bool:
    """Whether a mark before the word belongs to the phrase: وكالة "فرانس برس"."""
    gap = document.gap_before(place)
    return not any(sign in gap for sign in "،,:؛.") and any(sign in gap for sign in '"«“”»')


def outlet_of(document: Document, phrase: SourcePhrase, vocabulary: Vocabulary) -> str | None:
    """The agency or outlet that a source phrase names, with the marks around its name; None without one."""
    if phrase.own:
        return None
    for place in range(phrase.first + 1, phrase.last):
        heads = {word for _, word in readings(document.keys[place])} & OUTLETS
        if heads and place + 1 < phrase.last:
            return _text(document, place, min(phrase.last, place + _LONGEST_NAME))
        match = vocabulary.outlets.match_at(document.keys, place, phrase.last)
        if match is not None:
            return _text(document, place, match.end)
    return None


def _text(document: Document, first: int, last: int) -> str:
    start, end = document.words[first].start, document.words[last - 1].end
    text = document.text
    if any(sign in text[start:end] for sign in '"«“”') and text[end : end + 1] in ('"', "»", "”", "“"):
        end += 1
    return text[start:end]
