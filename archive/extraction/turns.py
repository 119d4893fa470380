"""Turns of speech: who was a subject where, and which verbs may go on with whom."""

from collections.abc import Sequence
from typing import NamedTuple

from archive.extraction.facts import Span
from archive.extraction.noun_phrases import Mention
from archive.extraction.sentences import Sentence
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


def may_follow(form: VerbForm, mention: Mention) -> bool:
    """Whether a mention after a verb may be its subject; a verb before its subject is singular."""
    # قالت أماني الجسمي، مدير الإدارة: a woman by a masculine title.
    titled = mention.title is not None and mention.name is not None and mention.name[0] == mention.first
    if form.gender == "f" and mention.gender == "m" and mention.number == "s" and not titled:
        return False
    return not (
        form.gender == "m" and mention.gender == "f" and mention.kind != "group" and form.number == "s"
    )


def grammar_of(voice: Voice, mention: Mention | None) -> tuple[str, str]:
    """Gender and number that agreement sees: a document's or group's words decide, else the voice's."""
    if mention is not None and mention.group is not None and not voice.members:
        return mention.group.gender, mention.group.number
    return voice.gender, voice.number


NOBODY = Subject(None, None, "none", 0.0)


def said_here(voice: Voice, mention: Mention, surface: Span, *, relative: bool = False) -> Subject:
    """The subject that a mention with the words ``surface`` is, by how it names the voice."""
    if relative:
        return Subject(voice, surface, "relative", 0.87, mention)
    if voice.members:
        return Subject(voice, surface, "group", 0.88, mention)
    if voice.kind in ("group", "statement") or (voice.kind == "organisation" and mention.group is not None):
        anonymous = mention.kind == "anonymous"
        return Subject(
            voice, surface, "anonymous" if anonymous else "group", 0.8 if anonymous else 0.87, mention
        )
    if voice.kind == "anonymous":
        return Subject(voice, surface, "anonymous", 0.85, mention)
    if mention.name is None:
        return Subject(voice, surface, "role", 0.9, mention)
    known = 0.0 if voice.sure else -0.03
    if mention.form == "surname" and mention.title is None and voice.kind == "person":
        return Subject(voice, surface, "surname", 0.93 + known, mention)
    return Subject(voice, surface, "named", 0.96 + known, mention)


_THINGS = ("organisation", "state", "statement")


def learn_gender(form: VerbForm, subject: Subject) -> None:
    """A verb before its subject shows the gender of a person whose name or title does not."""
    voice = subject.voice
    if voice is not None and voice.kind == "person" and form.gender and not voice.members:
        voice.gender = "f" if form.gender == "f" else voice.gender or form.gender


# Paragraphs over which a speaker may be carried without much doubt.
_ABOUT = 4
# So many turns back a dropped subject is looked for.
MEMORY = 40


def _is_person(turn: Turn) -> bool:
    return turn.voice is not None and turn.voice.kind == "person"


def carried(
    turns: Sequence[Turn], form: VerbForm, place: int, sentence: Sentence, *, within: bool
) -> Subject:
    """The latest subject before ``place`` that agrees: of this sentence first, then of those before.

    ``within``: a participle, which goes with the subject of its own sentence.
    """
    candidates = [turn for turn in turns if turn.place < place and agrees(form, turn.gender, turn.number)]
    if not candidates:
        return NOBODY
    here = [turn for turn in candidates if turn.place >= sentence.first]
    if here:
        chosen = here[-1]
        if chosen.voice is None:
            return NOBODY
        if within and form.gender == "m" and not chosen.reporting and chosen.voice.kind in _THINGS:
            chosen = next((turn for turn in reversed(here) if _is_person(turn)), chosen)
        return Subject(chosen.voice, None, "dropped", 0.93 if within or chosen.reporting else 0.85)
    chosen = candidates[-1]
    if chosen.voice is None:
        return NOBODY
    if chosen.voice.kind in _THINGS and not chosen.reporting:
        chosen = next(
            (
                turn
                for turn in reversed(candidates)
                if _is_person(turn) and chosen.paragraph - turn.paragraph <= _ABOUT
            ),
            chosen,
        )
    distance = sentence.paragraph - chosen.paragraph
    alone = len({turn.voice.id if turn.voice else "" for turn in candidates if turn.reporting}) == 1
    if distance > _ABOUT + 2 and not alone:
        return NOBODY
    confidence = (0.9 if chosen.reporting else 0.82) - 0.04 * min(distance, 3 if alone else 8)
    return Subject(chosen.voice, None, "dropped", round(confidence, 2))
