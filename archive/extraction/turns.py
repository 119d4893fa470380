"""Turns of speech: who was a subject where, and which verbs may go on with whom."""

from typing import NamedTuple

from archive.extraction.facts import Span
from archive.extraction.noun_phrases import Mention
from archive.extraction.verbs import VerbForm
from archive.extraction.voices import Voice


class Turn(NamedTuple):
    """Somebody in subject position, None if unknown; ``reporting`` when the verb reports speech."""

    place: int
    voice: Voice | None
    reporting: bool
    paragraph: int
    sentence: int
    gender: str
    number: str


class Subject(NamedTuple):
    """The speaker of a cue, or None; ``words`` the words that name it here."""

    voice: Voice | None
    surface: Span | None
    resolution: str
    confidence: float
    mention: Mention | None = None


def agrees(form: VerbForm, gender: str, number: str) -> bool:
    """Whether a verb form without a subject of its own may have one of this gender and number.

    A plural of things is feminine singular to its verb (القيادات أكدت) and may be plural again later.
    """
    if form.number == "s":
        if number not in ("s", "") and not (form.gender == "f" and gender == "f"):
            return False
    elif form.number == "d":
        if number != "d":
            return False
    elif form.number == "p" and number not in ("p", "d"):
        return False
    return not (form.gender and gender and form.number == "s" and form.gender != gender)


def grammar_of(voice: Voice, mention: Mention | None) -> tuple[str, str]:
    """Gender and number that agreement sees: a document's or group's words decide, else the voice's."""
    if mention is not None and mention.group is not None and not voice.members:
        return mention.group.gender, mention.group.number
    return voice.gender, voice.number


NOBODY = Subject(None, None, "none", 0.0)
