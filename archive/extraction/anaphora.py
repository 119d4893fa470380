"""Who is meant by a title, a rank or a form of address alone: الوزير، المسؤول الأميركي، سموه، العميد.

The latest to have spoken comes first, then the latest to be mentioned; all functions take the voices in
that order. Nobody is returned rather than somebody who does not fit.
"""

from collections.abc import Iterable, Sequence

from archive.arabic.clitics import without_article
from archive.arabic.particles import word_set
from archive.extraction.voices import Voice

Role = tuple[str, ...]

# What else shows that a form of address is somebody's: words before the name, or the first of the title.
_SHOWN_BY = {
    "سمو": word_set("أمير أميرة سمو"),
    "معالي": word_set("معالي وزير وزيرة أمين"),
    "سعاده": word_set("سعادة سفير سفيرة"),
    "فخامه": word_set("فخامة رئيس"),
    "جلاله": word_set("جلالة ملك ملكة عاهل"),
    "دوله": word_set("دولة رئيس"),
}
_OFFICES = word_set("مكتبه مكتبها وزارته وزارتها سيادة حضرة")
# A stem of this many letters tells an adjective's forms from another's (العسكري، العسكرية).
_STEM = 4


def attended(voices: Iterable[Voice]) -> list[Voice]:
    """The persons and the unnamed, those first to whom the reader last attended."""
    heard = [voice for voice in voices if voice.kind in ("person", "anonymous")]
    return sorted(heard, key=lambda voice: (voice.spoke, voice.seen), reverse=True)


def _same_gender(voice: Voice, gender: str) -> bool:
    return not voice.gender or not gender or voice.gender == gender


def by_office(
    voices: Sequence[Voice], role: Role, where: str | None, gender: str, address: str = ""
) -> Voice | None:
    """The person who bears an office: of that place before of none, all its words before its head noun."""
    people = [voice for voice in voices if voice.kind == "person" and _same_gender(voice, gender)]
    if address:
        people.sort(key=lambda voice: not _bears(voice, address))
    bare = len(role) == 1
    tiers: list[Voice | None] = [None] * 4
    for voice in people:
        for held, place in voice.roles:
            same_place = place == where or (where is not None and voice.country == where)
            # وزير الخارجية الأميركي is not the وزير الخارجية of the paper's own country.
            unsaid = place is None and (voice.country == where or (bare and voice.country is None))
            open_place = where is None or unsaid
            if not (same_place or open_place):
                continue
            if held == role:
                tier = 0 if same_place else 2
            elif bare and held[0] == role[0]:
                tier = 1 if same_place and where is not None else 3
            else:
                continue
            tiers[tier] = tiers[tier] or voice
    return next((voice for voice in tiers if voice is not None), None)


def by_standing(voices: Sequence[Voice], role: Role, where: str | None, gender: str) -> Voice | None:
    """Whom a general noun means (المسؤول الأميركي، الدبلوماسية الفرنسية): anybody of that country."""
    for voice in voices:
        if not _same_gender(voice, gender) or (where is not None and not _is_of(voice, where)):
            continue
        if voice.kind == "anonymous" and not any(name.split()[:1] == [role[0]] for name in voice.names):
            continue
        if where is None and not _described(voice, role[1:]):
            continue
        return voice if where is not None or voice.spoke >= 0 else None
    return None


def by_address(voices: Sequence[Voice], address: str, gender: str) -> Voice | None:
    """Whom a form of address means; one with a pronoun falls back on whoever spoke last."""
    people = [voice for voice in voices if voice.kind == "person" and _same_gender(voice, gender)]
    called = [voice for voice in people if address in voice.addressed]
    shown = [voice for voice in people if _bears(voice, address)]
    if called or shown:
        return (called or shown)[0]
    return people[0] if people and (address in _SHOWN_BY or address in _OFFICES) else None


def by_latter(voices: Iterable[Voice], gender: str) -> Voice | None:
    """Whom الأخير means: the person mentioned last."""
    people = [voice for voice in voices if voice.kind == "person" and _same_gender(voice, gender)]
    return max(people, key=lambda voice: voice.seen, default=None)


def _bears(voice: Voice, address: str) -> bool:
    shown = _SHOWN_BY.get(address, frozenset()) | {address}
    return bool(shown & voice.addressed) or any(role[0] in shown for role, _ in voice.roles)


def _is_of(voice: Voice, where: str) -> bool:
    return voice.country == where or any(place == where for _, place in voice.roles)


def _described(voice: Voice, adjectives: Role) -> bool:
    """Whether the adjectives of a general noun are among the words of the voice's own titles."""
    words = [without_article(word) for role, _ in voice.roles for word in role]
    return all(
        any(word[:_STEM] == without_article(adjective)[:_STEM] for word in words) for adjective in adjectives
    )
