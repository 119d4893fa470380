"""When a printed speaker is the one that a careful reading names.

A person is right by the canonical name, by a spelling that the reading lists, or by a part of either
that holds a word of the name: a bare title is nobody's name, and neither is another man's full name
that ends in the same surname. A group, an organisation or an unnamed source has no name but its words:
one side must hold the words of the other in their order. Where the reading names nobody, printing
nobody is right.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from archive.arabic.names import PARTICLES
from archive.extraction.phrases import phrase_key
from archive.extraction.scoring import contains

Verdict = Literal["right", "wrong", "empty", "nobody"]
Words = tuple[str, ...]

_AND = "و"


@dataclass(frozen=True, slots=True)
class KnownSpeaker:
    """A speaker of the reading. ``spellings`` holds the canonical name first; ``titles`` never count."""

    kind: str
    spellings: tuple[str, ...]
    titles: tuple[str, ...] = ()


def known_speakers(
    rows: Iterable[Mapping[str, Any]], quotes: Iterable[Mapping[str, Any]]
) -> dict[str, KnownSpeaker]:
    """The speakers of a reading by id.

    ``rows`` are those of ``speakers.json``; ``quotes`` add the names that they give their own speakers,
    and speakers that have no row (taken for persons).
    """
    kinds: dict[str, str] = {}
    spellings: dict[str, list[str]] = {}
    titles: dict[str, tuple[str, ...]] = {}
    for row in rows:
        kinds[row["id"]] = row.get("type") or "person"
        spellings[row["id"]] = [row["name_ar"], *row.get("mentions", ())]
        titles[row["id"]] = tuple(row.get("titles_only", ()))
    for quote in quotes:
        speaker = quote.get("speaker") or {}
        if key := speaker_key(speaker):
            spellings.setdefault(key, []).append(speaker.get("name_ar") or key)
    return {
        key: KnownSpeaker(kinds.get(key, "person"), tuple(dict.fromkeys(names)), titles.get(key, ()))
        for key, names in spellings.items()
    }


def speaker_key(speaker: Mapping[str, Any]) -> str | None:
    """What a reading's quotation calls its speaker: the id, or the name where it gives no id."""
    return speaker.get("id") or speaker.get("name_ar")


def judge(printed: str | None, known: KnownSpeaker | None) -> Verdict:
    """Whether the printed name is that of ``known`` (None: the reading names nobody).

    ``empty`` is a name that is not printed, ``nobody`` one that is rightly not printed.
    """
    if known is None:
        return "wrong" if printed else "nobody"
    if not printed:
        return "empty"
    same = _is_person if known.kind == "person" else _is_group
    return "right" if same(phrase_key(printed), known) else "wrong"


def _is_person(printed: Words, known: KnownSpeaker) -> bool:
    if printed in {phrase_key(title) for title in known.titles}:
        return False
    spellings = [phrase_key(spelling) for spelling in known.spellings]
    named = set(spellings[0]).union(*(words for words in spellings if len(words) == 1)) - PARTICLES
    return any(
        printed == spelling
        or (contains(spelling, printed) and not named.isdisjoint(printed))
        or (len(spelling) > 1 and not named.isdisjoint(spelling) and _holds(printed, spelling))
        for spelling in spellings
    )


def _holds(printed: Words, spelling: Words) -> bool:
    """Whether a longer printed name is the same person's: not one of two joined by and."""
    rest = [
        printed[at + len(spelling)]
        for at in range(len(printed) - len(spelling))
        if printed[at : at + len(spelling)] == spelling
    ]
    return contains(printed, spelling) and not any(word.startswith(_AND) for word in rest)


def _is_group(printed: Words, known: KnownSpeaker) -> bool:
    words = _bare(printed)
    return any(
        _in_order(words, other) or _in_order(other, words)
        for other in (_bare(phrase_key(spelling)) for spelling in known.spellings)
    )


def _bare(words: Words) -> Words:
    """The words without a leading and, and with the plural in one case.

    Two persons may be joined by surnames here, by full names there; المسؤولين are المسؤولون.
    """
    return tuple(_plural(word.removeprefix(_AND) or word) for word in words)


def _plural(word: str) -> str:
    return word[:-2] + "ون" if word.endswith("ين") else word


def _in_order(longer: Words, shorter: Words) -> bool:
    rest = iter(longer)
    return bool(shorter) and all(word in rest for word in shorter)
