"""Who speaks: the subject of a cue, said, anticipated, or carried over from before.

A subject stands after its verb or before it; a participle takes the sentence's; a verb without one takes
the latest speaker that agrees with it in gender and number, a person before a body that has not spoken.
"""

from dataclasses import dataclass, field

from archive.arabic.clitics import ARTICLE, is_definite, readings
from archive.arabic.names import ENDINGS
from archive.arabic.particles import PREPOSITIONS, RELATIVES, RESUMPTIVES
from archive.extraction.clauses import is_subject, opening_stranger, opens_clause
from archive.extraction.cues import Cue
from archive.extraction.document import Document
from archive.extraction.noun_phrases import SPACE, Mention
from archive.extraction.sentences import Sentence
from archive.extraction.speakers import Cast
from archive.extraction.turns import NOBODY, Subject, Turn, agrees, grammar_of
from archive.extraction.verbs import MASDAR, PARTICIPLE, VerbForm
from archive.extraction.vocabulary import Vocabulary
from archive.extraction.voices import Voice

# Paragraphs over which a speaker may be carried without much doubt.
_ABOUT = 4
# So many turns back a dropped subject is looked for.
_MEMORY = 40
_JOINED = 6
_HELPERS = frozenset({"قد", "فقد", "كان", "كانت", "ايضا", "بدوره", "بدورها"})


@dataclass(slots=True)
class Discourse:
    """The course of speakers through the article; feed it sentence by sentence."""

    document: Document
    vocabulary: Vocabulary
    cast: Cast
    turns: list[Turn] = field(default_factory=list)
    sentence_number: int = 0
    mention_at: dict[int, Mention] = field(default_factory=dict)
    mention_ending: dict[int, Mention] = field(default_factory=dict)

    def enter_paragraph(self, mentions: list[Mention]) -> None:
        """Make a paragraph's mentions known."""
        self.mention_at = {mention.first: mention for mention in mentions}
        self.mention_ending = {mention.last: mention for mention in mentions}

    def enter_sentence(self, sentence: Sentence, first_cue: int | None) -> None:
        """Begin a sentence: resolve its mentions up to the first cue, and note its grammatical subject."""
        self.sentence_number += 1
        limit = sentence.last if first_cue is None else first_cue
        self._note_stranger(sentence, limit)
        for place in range(sentence.first, limit):
            mention = self.mention_at.get(place)
            if mention is None:
                continue
            voice = (
                self._resolve_joint(mention)[0]
                if is_subject(self.document, mention, sentence, self.vocabulary)
                else None
            )
            if voice is None:
                self.cast.resolve(mention)
            elif not self.turns or self.turns[-1].place != place:
                self.note(place, voice, sentence, mention, reporting=False)

    def _note_stranger(self, sentence: Sentence, limit: int) -> None:
        if sentence.first + 1 in self.mention_at or sentence.first >= limit:
            return
        form = opening_stranger(self.document, sentence, self.vocabulary)
        if form is not None:
            place = sentence.first + 1
            self.turns.append(
                Turn(place, None, True, sentence.paragraph, self.sentence_number, form.gender, form.number)
            )

    def note(
        self, place: int, voice: Voice, sentence: Sentence, mention: Mention | None, *, reporting: bool
    ) -> None:
        """Remember that a voice was a subject here; without a mention it goes on as it was."""
        gender, number = grammar_of(voice, mention)
        if mention is None:
            before = next((turn for turn in reversed(self.turns[-_MEMORY:]) if turn.voice is voice), None)
            gender, number = (before.gender, before.number) if before else (gender, number)
        self.turns.append(
            Turn(place, voice, reporting, sentence.paragraph, self.sentence_number, gender, number)
        )

    def subject_of(self, cue: Cue, sentence: Sentence) -> Subject:
        """The speaker of a cue."""
        if cue.form.form == PARTICIPLE:
            return self._carried(cue, sentence, within=True)
        if cue.form.form == MASDAR or cue.form.verb.mood == "relay":
            return self._relayed(cue, sentence)
        after = self._after(cue)
        if after is not None:
            return after
        before = self._before(cue, sentence)
        if before is not None:
            return before
        return self._carried(cue, sentence, within=False)

    def _resolve_joint(self, mention: Mention) -> tuple[Voice | None, int]:
        """The voice of a mention together with those that و joins to it, and where the last one ends."""
        voice = self.cast.resolve(mention)
        if voice is None:
            return None, mention.last
        voices, last = [voice], mention.last
        following = self.mention_at.get(last)
        while (
            following is not None
            and following.conjoined
            and not any(sign in self.document.gap_before(following.first) for sign in ":؛.")
        ):
            other = self.cast.resolve(following)
            if other is None or other.kind not in ("person", "state", "organisation", "group"):
                break
            if other not in voices:
                voices.append(other)
            last = following.last
            following = self.mention_at.get(last)
        return (voices[0] if len(voices) == 1 else self.cast.joint(voices)), last

    def _said(self, mention: Mention, *, relative: bool = False) -> Subject | None:
        voice, last = self._resolve_joint(mention)
        if voice is None:
            return None
        surface = self.document.span(mention.first, last)
        if relative:
            return Subject(voice, surface, "relative", 0.87, mention)
        if voice.members:
            return Subject(voice, surface, "group", 0.88, mention)
        if voice.kind in ("group", "statement") or (
            voice.kind == "organisation" and mention.group is not None
        ):
            anonymous = mention.kind == "anonymous"
            return Subject(
                voice, surface, "anonymous" if anonymous else "group", 0.8 if anonymous else 0.9, mention
            )
        if voice.kind == "anonymous":
            return Subject(voice, surface, "anonymous", 0.75, mention)
        if mention.name is None:
            return Subject(voice, surface, "role", 0.9, mention)
        known = 0.0 if voice.sure else -0.08
        if mention.form == "surname" and mention.title is None and voice.kind == "person":
            return Subject(voice, surface, "surname", 0.93 + known, mention)
        return Subject(voice, surface, "named", 0.96 + known, mention)

    def _after(self, cue: Cue) -> Subject | None:
        """The subject after its verb, past adverbs and asides."""
        limit = cue.complement.first
        at = cue.last
        if cue.form.verb.mood == "document":
            mention = self.mention_at.get(cue.place + 2)
            return self._said(mention) if mention is not None else None
        skipped = 0
        while at < limit and skipped < 24:
            mention = self.mention_at.get(at)
            if mention is not None and not mention.governed:
                if not self._may_follow(cue.form, mention):
                    return None
                return self._said(mention) or NOBODY
            if mention is None and at == cue.last:
                unknown = self._unknown_person(at, limit)
                if unknown is not None:
                    return self._said(unknown)
            step = self._aside(at, limit)
            if step is None:
                return NOBODY if at == cue.last and self._names_somebody(cue, at) else None
            skipped += step - at
            at = step
        return None

    def _names_somebody(self, cue: Cue, at: int) -> bool:
        """Whether the word after a verb is a subject that is not known (أوروبا، والي الولاية)."""
        key = self.document.keys[at]
        if self.document.gap_before(at).strip(SPACE) or key in ENDINGS or key in self.vocabulary.verbs:
            return False
        if key in PREPOSITIONS or any(
            word.startswith(ARTICLE) for proclitics, word in readings(key) if proclitics
        ):
            return False
        return not (cue.form.verb.transitive and cue.conjoined)

    def leave_sentence(self, sentence: Sentence) -> None:
        """Resolve the mentions that nobody asked for, so that later titles may mean them."""
        for place in range(sentence.first, sentence.last):
            mention = self.mention_at.get(place)
            if mention is not None:
                self.cast.resolve(mention)

    def note_unknown(self, cue: Cue, sentence: Sentence) -> None:
        """Remember that somebody unknown spoke, so that what follows is not given to the one before."""
        self.turns.append(
            Turn(
                cue.place,
                None,
                True,
                sentence.paragraph,
                self.sentence_number,
                cue.form.gender,
                cue.form.number,
            )
        )

    def _may_follow(self, form: VerbForm, mention: Mention) -> bool:
        if mention.gender and form.gender == "f" and mention.gender == "m" and mention.number == "s":
            return False
        return not (
            form.gender == "m" and mention.gender == "f" and mention.kind != "group" and form.number == "s"
        )

    def _unknown_person(self, at: int, limit: int) -> Mention | None:
        """Two to four unknown words between verb and complement: a name that stands without a title."""
        keys = self.document.keys
        last = at + 1
        while last < limit and last - at < 5 and self.document.gap_before(last).strip(SPACE) == "":
            last += 1
        words = keys[at:last]
        if last < limit and not any(sign in self.document.gap_before(last) for sign in "،,:"):
            return None
        stance = self.vocabulary.cue("stance")
        if len(words) > 4 or any(
            word in ENDINGS
            or word in self.vocabulary.name_breaks
            or word in self.vocabulary.title_parts
            or word in stance
            for word in words
        ):
            return None
        if any(self.vocabulary.groups.match_at(keys, place, last) for place in range(at, last)):
            return None
        mention = Mention(at, last, "person", (at, last))
        if len(words) == 1:
            return mention if self.cast.knows_surname(words[0]) else None
        return None if is_definite(words[0]) or not words[0].isalpha() else mention

    def _aside(self, at: int, limit: int) -> int | None:
        """The end of an adverb or prepositional phrase at a word, None if something else stands there."""
        keys = self.document.keys
        if keys[at] in RESUMPTIVES:
            return at + 1
        match = self.vocabulary.cue_phrases.match_at(keys, at, limit, proclitics=False)
        if match is not None and set(match.values) & {"turn", "adverb"}:
            return match.end
        if keys[at] in self.vocabulary.weekdays or keys[at] in ("يوم", "مسا", "صباح"):
            return at + 1
        bare = keys[at]
        governed = bare in PREPOSITIONS or bare.startswith("لل") or (bare[:1] in "بل" and len(bare) > 3)
        if governed or any(sign in self.document.gap_before(at) for sign in "،,"):
            end = at + 1
            while end < limit and not any(sign in self.document.gap_before(end) for sign in "،,"):
                end += 1
            return end if end < limit else None
        return None

    def _before(self, cue: Cue, sentence: Sentence) -> Subject | None:
        """The subject before its verb: الذي قال, X أكد, وكان X قد أكد."""
        keys = self.document.keys
        at = cue.place
        while at > sentence.first and keys[at - 1] in _HELPERS:
            at -= 1
        if at > sentence.first and keys[at - 1] in RELATIVES:
            for back in range(at - 1, max(sentence.first, at - 14), -1):
                mention = self.mention_ending.get(back)
                if mention is not None:
                    if mention.governed and mention.kind == "state":
                        return NOBODY
                    voice = self.cast.resolve(mention)
                    if voice is not None and agrees(cue.form, *grammar_of(voice, mention)):
                        return self._said(mention, relative=True)
            return NOBODY
        mention = self.mention_ending.get(at)
        if mention is None:
            mention = self._across_commas(at, sentence)
        if mention is None or mention.governed or (cue.conjoined and keys[cue.place][:1] == "و"):
            return None
        if any(sign in self.document.gap_before(at) for sign in ":؛"):
            return None
        starts = mention.first == sentence.first or opens_clause(self.document, mention.first, sentence)
        voice = self.cast.resolve(mention)
        if voice is None or not starts or not agrees(cue.form, *grammar_of(voice, mention)):
            return None
        return self._said(mention)

    def _across_commas(self, at: int, sentence: Sentence) -> Mention | None:
        """بلينكن، من جهته، أكد: the mention before an aside in commas."""
        if not any(sign in self.document.gap_before(at) for sign in "،,"):
            return None
        for back in range(at - 1, max(sentence.first, at - 8), -1):
            mention = self.mention_ending.get(back)
            if mention is not None and any(sign in self.document.gap_before(back) for sign in "،,"):
                return mention if mention.first == sentence.first else None
        return None

    def _relayed(self, cue: Cue, sentence: Sentence) -> Subject:
        """نقلت وكالة … عن X قوله: the one after عن; with عنه the subject before."""
        keys = self.document.keys
        stop = cue.place if cue.form.form == MASDAR else cue.complement.first
        start = sentence.first if cue.form.form == MASDAR else cue.place
        for place in range(stop - 1, max(start, stop - _MEMORY), -1):
            if keys[place] in ("عن", "وعن"):
                mention = self.mention_at.get(place + 1)
                if mention is not None and mention.last <= stop:
                    return self._said(mention) or NOBODY
                return NOBODY
            if keys[place] in ("عنه", "عنها", "عنهم"):
                return self._carried(cue, sentence, within=False)
        if cue.form.verb.mood == "relay":
            return NOBODY
        return self._carried(cue, sentence, within=False)

    def _carried(self, cue: Cue, sentence: Sentence, *, within: bool) -> Subject:
        """The latest subject that agrees: of this sentence first, then of those before."""
        candidates = [
            turn
            for turn in self.turns[-_MEMORY:]
            if turn.place < cue.place and agrees(cue.form, turn.gender, turn.number)
        ]
        if not candidates:
            return NOBODY
        here = [turn for turn in candidates if turn.sentence == self.sentence_number]
        if here:
            chosen = here[-1]
            if chosen.voice is None:
                return NOBODY
            return Subject(chosen.voice, None, "dropped", 0.93 if within or chosen.reporting else 0.85)
        chosen = candidates[-1]
        if chosen.voice is None:
            return NOBODY
        if chosen.voice.kind in ("organisation", "state", "statement") and not chosen.reporting:
            chosen = next(
                (
                    turn
                    for turn in reversed(candidates)
                    if turn.voice is not None
                    and turn.voice.kind == "person"
                    and chosen.paragraph - turn.paragraph <= _ABOUT
                ),
                chosen,
            )
        distance = sentence.paragraph - chosen.paragraph
        confidence = (0.9 if chosen.reporting else 0.82) - 0.04 * min(distance, 8)
        if distance > _ABOUT + 2:
            return NOBODY
        return Subject(chosen.voice, None, "dropped", round(confidence, 2))
