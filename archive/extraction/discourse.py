"""Who speaks: the subject of a cue, said, anticipated, or carried over from before.

A subject stands after its verb or before it; a participle takes the sentence's; a verb without one takes
the latest speaker that agrees with it in gender and number, a person before a body that has not spoken.
"""

from dataclasses import dataclass, field

from archive.arabic.particles import RELATIVES, word_set
from archive.extraction.anaphora import by_latter
from archive.extraction.clauses import (
    author_of,
    before_aside,
    is_subject,
    is_writing,
    opening_stranger,
    opens_alone,
    opens_clause,
    opens_unread,
    reported_person,
)
from archive.extraction.cues import Cue
from archive.extraction.document import Document
from archive.extraction.noun_phrases import SPACE, Mention
from archive.extraction.relays import ITS_OWN, UNNAMED, read_relay
from archive.extraction.sentences import Sentence
from archive.extraction.speakers import Cast
from archive.extraction.strangers import aside_end, enclosed_name, named_next, names_somebody, read_stranger
from archive.extraction.turns import (
    MEMORY,
    NOBODY,
    Subject,
    Turn,
    agrees,
    carried,
    grammar_of,
    learn_gender,
    may_follow,
    said_here,
)
from archive.extraction.verbs import MASDAR, PARTICIPLE
from archive.extraction.vocabulary import Vocabulary
from archive.extraction.voices import Voice, speaks_for_others

_IN_IT = word_set("فيه فيها خلاله خلالها")
_LATTER = word_set("الأخير الأخيرة")
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
    reported: Mention | None = None

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
        voice.spoke = place
        if mention is None:
            before = next((turn for turn in reversed(self.turns[-MEMORY:]) if turn.voice is voice), None)
            gender, number = (before.gender, before.number) if before else (gender, number)
        self.turns.append(
            Turn(place, voice, reporting, sentence.paragraph, self.sentence_number, gender, number)
        )
        if reporting and speaks_for_others(voice):
            self._note_reported()

    def _note_reported(self) -> None:
        """Whom a spokesman's words are about may be the subject of what is joined to them."""
        told = self.cast.resolve(self.reported) if self.reported is not None else None
        turn = self.turns[-1]
        if told is not None and told is not turn.voice:
            self.turns.append(turn._replace(voice=told, gender=told.gender, number=told.number))

    def subject_of(self, cue: Cue, sentence: Sentence) -> Subject:
        """The speaker of a cue."""
        subject = self._subject_of(cue, sentence)
        named = self.mention_at.get(cue.last)
        spokesman = named is not None and named.title is not None and named.title.role[0] == "متحدث"
        told = subject.voice is not None or spokesman
        self.reported = reported_person(self.mention_at, cue, sentence) if told else None
        about = self.cast.resolve(self.reported) if self.reported is not None else None
        if about is not None:
            # لفت إلى أن وزير الخارجية استعجل …: a title alone may mean him next, after the speaker.
            about.spoke = max(about.spoke, cue.place - 1)
        return subject

    def _subject_of(self, cue: Cue, sentence: Sentence) -> Subject:
        if cue.form.form == PARTICIPLE or cue.form.form == MASDAR:
            adjacent = self._adjacent(cue, sentence)
            if adjacent is not None:
                return adjacent
        if cue.form.form == PARTICIPLE:
            return self._carried(cue, sentence, within=True)
        if cue.form.form == MASDAR or cue.form.verb.mood == "relay":
            return self._relayed(cue, sentence)
        if cue.form.verb.transitive or cue.form.verb.mood == "label":
            # وكان لودريان وصف القرار: what follows such a verb may be its object.
            before = self._before(cue, sentence)
            if before is not None and before.voice is not None:
                return before
        after = self._after(cue)
        if after is not None:
            return after
        before = self._before(cue, sentence)
        if before is not None:
            return before
        return self._carried(cue, sentence, within=False)

    def _adjacent(self, cue: Cue, sentence: Sentence) -> Subject | None:
        """خاطبهم العبادي قائلا, اكتفى الوزير بالقول: the one named right before."""
        mention = self.mention_ending.get(cue.place)
        if mention is None or mention.kind != "person" or mention.governed or cue.form.verb.lemma != "قال":
            return None
        if mention.first == sentence.first or self.document.gap_before(cue.place).strip(SPACE):
            return None
        return self._said(mention)

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
        return said_here(voice, mention, self.document.span(mention.first, last), relative=relative)

    def _said_as(self, mention: Mention) -> Subject | None:
        """قالت الرئيسة المقبلة للمجلس ووزيرة الخارجية فلانة: two titles of one whom the second names."""
        second = self.mention_at.get(mention.last)
        if second is None or not second.conjoined or second.title is None or second.name is None:
            return None
        same = mention.title is not None and mention.name is None and mention.gender == second.gender
        return self._said(second) if same else None

    def _after(self, cue: Cue) -> Subject | None:
        """The subject after its verb, past adverbs and asides."""
        limit = cue.complement.first
        at = cue.last
        if cue.form.verb.mood == "document":
            mention = self.mention_at.get(cue.place + 2)
            return self._said(mention) if mention is not None else None
        skipped = 0
        while at < limit and skipped < 24:
            if self.document.keys[at] in _LATTER:
                return self._latter(at)
            mention = self.mention_at.get(at)
            if mention is not None and not mention.governed:
                if self.document.keys[mention.last : mention.last + 2] == ("علي", "لسان"):
                    at = mention.last
                    continue
                if not may_follow(cue.form, mention):
                    return None
                subject = self._said(mention) or self._said_as(mention) or NOBODY
                learn_gender(cue.form, subject)
                return subject
            if mention is None and at == cue.last:
                taken = "" in cue.form.verb.noun or cue.form.verb.transitive
                unknown = self._stranger(at, limit, object_taken=taken)
                if unknown is not None:
                    return self._said(unknown)
            if at == cue.last:
                enclosed = enclosed_name(self.document, self.mention_at, at, limit) or named_next(
                    self.document, self.mention_at, at
                )
                if enclosed is not None:
                    return self._said(enclosed) or NOBODY
            if self.document.keys[at : at + 2] == ("علي", "لسان") and at + 2 in self.mention_at:
                return self._said(self.mention_at[at + 2]) or NOBODY
            step = aside_end(self.document, at, limit, self.vocabulary)
            if step is None:
                return (
                    NOBODY
                    if at == cue.last
                    and mention is None
                    and names_somebody(self.document, cue, at, self.vocabulary)
                    else None
                )
            skipped += step - at
            at = step
        return None

    def _latter(self, place: int) -> Subject:
        """ورد عليه الأخير: whoever was mentioned last, of those who did not speak last."""
        gender = "f" if self.document.keys[place].endswith("ه") else "m"
        last = self.turns[-1].voice if self.turns else None
        voice = by_latter((voice for voice in self.cast.recent() if voice is not last), gender)
        return NOBODY if voice is None else Subject(voice, self.document.span(place, place + 1), "role", 0.8)

    def leave_sentence(self, sentence: Sentence) -> None:
        """Resolve the mentions that nobody asked for, so that later titles may mean them.

        A document in which a speaker of this sentence says it is his (قالت الوزارة في بيان).
        """
        speaking = self.turns[-1].voice if self.turns and self.turns[-1].place >= sentence.first else None
        for place in range(sentence.first, sentence.last):
            mention = self.mention_at.get(place)
            if mention is None:
                continue
            group = mention.group
            if group is not None and group.document and mention.governed and mention.issuer is None:
                self.cast.issuer = speaking or self.cast.issuer
            else:
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
        self._note_reported()

    def _stranger(self, at: int, limit: int, *, object_taken: bool = False) -> Mention | None:
        known = self.cast.knows_surname
        return read_stranger(self.document, at, limit, self.vocabulary, known, object_taken=object_taken)

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
        if cue.last < len(keys) and keys[cue.last] in _IN_IT:
            author = author_of(self.mention_ending, cue, sentence)
            return self._said(author, relative=True) if author is not None else None
        mention = self.mention_ending.get(at)
        if mention is None:
            mention = before_aside(self.document, self.mention_ending, at, sentence)
        turn = self.turns[-1] if self.turns and self.turns[-1].place >= sentence.first else None
        if turn is not None and turn.voice is not None and turn.reporting and is_writing(mention):
            # وذكرت الوزارة في بيان ورد لموقعنا
            return Subject(turn.voice, None, "dropped", 0.9)
        if mention is None or mention.governed or (cue.conjoined and keys[cue.place][:1] == "و"):
            return None
        if any(sign in self.document.gap_before(at) for sign in ":؛"):
            return None
        starts = mention.first == sentence.first or opens_clause(self.document, mention.first, sentence)
        voice = self.cast.resolve(mention)
        if voice is None and starts and mention.kind == "person" and opens_alone(self.document, mention):
            # وكان وزير الخارجية الأميركي قد أعلن: he, whoever he is.
            return NOBODY
        if voice is None or not starts or not agrees(cue.form, *grammar_of(voice, mention)):
            return None
        return self._said(mention)

    def _relayed(self, cue: Cue, sentence: Sentence) -> Subject:
        read = read_relay(self.document, cue, sentence, self.mention_at, self.mention_ending, self._stranger)
        if isinstance(read, Mention):
            return self._said(read) or NOBODY
        return NOBODY if read == UNNAMED else self._carried(cue, sentence, within=read == ITS_OWN)

    def _carried(self, cue: Cue, sentence: Sentence, *, within: bool) -> Subject:
        """The latest subject that agrees; a participle may take its sentence's first person instead."""
        turns = self.turns[-MEMORY:]
        if within and not any(turn.place >= sentence.first for turn in turns):
            for place in range(sentence.first, cue.place):
                mention = self.mention_at.get(place)
                if mention is None or mention.governed or mention.kind not in ("person", "anonymous"):
                    continue
                voice = self.cast.resolve(mention)
                if voice is None and mention.title is not None:
                    return NOBODY
                if voice is not None and agrees(cue.form, *grammar_of(voice, mention)):
                    return Subject(voice, None, "dropped", 0.8)
        if not any(turn.place >= sentence.first for turn in turns) and opens_unread(
            self.document, self.mention_at, cue, sentence, self.vocabulary
        ):
            return NOBODY
        return carried(turns, cue.form, cue.place, sentence, within=within)
