"""A speaker in the making, and how names are recognised as one."""

from dataclasses import dataclass, field

from archive.arabic.given_names import GIVEN_NAMES
from archive.arabic.sounds import sound
from archive.extraction.facts import FoundSpeaker
from archive.extraction.facts import Mention as FoundMention
from archive.extraction.knowledge import Person


@dataclass(slots=True)
class Voice:
    """A speaker in the making; ``names`` holds folded names, ``roles`` offices with their countries.

    ``addressed`` holds the forms of address before its name (سمو، امير، عميد), without the article.
    ``spoke`` and ``seen`` are the places where it was last a subject and last mentioned, -1 for never.
    """

    id: str
    kind: str
    name: str
    person: Person | None = None
    country: str | None = None
    gender: str = ""
    number: str = "s"
    role_text: str = ""
    organisation: str | None = None
    names: set[str] = field(default_factory=set)
    roles: list[tuple[tuple[str, ...], str | None]] = field(default_factory=list)
    mentions: list[FoundMention] = field(default_factory=list)
    variants: list[str] = field(default_factory=list)
    members: tuple[str, ...] = ()
    sure: bool = True
    addressed: set[str] = field(default_factory=set)
    spoke: int = -1
    seen: int = -1


def _sounds_alike(first: str, second: str) -> bool:
    """Whether two long foreign names are one (ماكغورك، مكجورك; شتولتنبرغ، ستولتنبرج)."""
    if min(len(first), len(second)) < 5 or first in GIVEN_NAMES or second in GIVEN_NAMES:
        return False
    sounds = [sound(word.replace("شت", "ست", 1)) for word in (first, second)]
    return len(sounds[0]) >= 4 and sounds[0] == sounds[1]


def speaks_for_others(voice: Voice) -> bool:
    """Whether a spokesman, an office or a document speaks, which often reports what another one said."""
    if voice.kind in ("organisation", "statement"):
        return True
    return any(role[0] in ("متحدث", "سكرتير") for role, _ in voice.roles)


def alike(first: str, second: str) -> bool:
    """Whether two transcriptions of one name differ by at most one letter (بلينكن، بلينكين)."""
    if first == second or _sounds_alike(first, second):
        return True
    if min(len(first), len(second)) < 4 or abs(len(first) - len(second)) > 1:
        return False
    shorter, longer = sorted((first, second), key=len)
    at = 0
    while at < len(shorter) and shorter[at] == longer[at]:
        at += 1
    if len(shorter) == len(longer):
        return len(shorter) >= 5 and shorter[at + 1 :] == longer[at + 1 :]
    return shorter[at:] == longer[at + 1 :]


def found_speakers(voices: list[Voice], used: set[str]) -> tuple[FoundSpeaker, ...]:
    """The voices that speak or are persons of the article, as facts."""
    result = []
    for voice in voices:
        if voice.id not in used and voice.kind != "person":
            continue
        mentions = tuple(sorted(voice.mentions, key=lambda item: item.start))
        result.append(
            FoundSpeaker(
                voice.id,
                voice.person.key if voice.person else None,
                voice.kind,
                voice.name,
                voice.person.name_en if voice.person else "",
                voice.role_text,
                voice.organisation,
                voice.country,
                mentions,
                tuple(voice.variants),
            )
        )
    return tuple(result)


def by_surname(voices: list[Voice], word: str) -> Voice | None:
    """The voice whose name ends in (or is nearly) this word, the latest first."""
    for voice in voices:
        if voice.kind != "person":
            continue
        for name in voice.names:
            parts = name.split()
            if word in parts[-2:] or (len(parts) > 1 and any(alike(word, part) for part in parts[1:])):
                return voice
            if len(parts) == 1 and alike(word, parts[0]):
                return voice
    return None


def by_given_name(voices: list[Voice], word: str) -> Voice | None:
    """The one voice whose name begins with this word (الأمير فيصل); None if two people's do."""
    bearers = {
        voice.id: voice
        for voice in voices
        if voice.kind == "person" and any(name.split()[:1] == [word] for name in voice.names)
    }
    return next(iter(bearers.values())) if len(bearers) == 1 else None


def same_name(voices: list[Voice], folded: str) -> Voice | None:
    """The voice that bears this name or a longer or shorter form of it."""
    words = folded.split()
    for voice in voices:
        for name in voice.names:
            if name == folded:
                return voice
            parts = name.split()
            shorter, longer = sorted((words, parts), key=len)
            if len(shorter) > 1 and all(any(alike(word, other) for other in longer) for word in shorter):
                return voice
            if (
                len(shorter) == 1
                and voice.kind == "person"
                and len(longer) > 1
                and alike(shorter[0], longer[-1])
            ):
                return voice
    return None
