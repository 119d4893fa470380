"""The voices of one article: how they are made, told apart, and what each mention adds to them."""

from bisect import bisect_left
from dataclasses import dataclass, field
from datetime import date

from archive.arabic.clitics import ARTICLE, readings, without_article
from archive.extraction.countries import CountryMentions
from archive.extraction.document import Document
from archive.extraction.facts import Mention as FoundMention
from archive.extraction.knowledge import Person
from archive.extraction.noun_phrases import Mention
from archive.extraction.offices import parse_title, term_at
from archive.extraction.phrases import phrase_key
from archive.extraction.vocabulary import Vocabulary
from archive.extraction.voices import Voice

# So many voices are remembered when a name or title is looked for.
_MEMORY = 60


@dataclass(slots=True)
class Roster:
    """All voices of the article, in the order in which they appear."""

    document: Document
    vocabulary: Vocabulary
    countries: CountryMentions
    day: date | None
    voices: list[Voice] = field(default_factory=list)
    by_person: dict[str, Voice] = field(default_factory=dict)
    strangers: int = 0

    def recent(self) -> list[Voice]:
        """The latest voices, the last first; older ones are not looked for, so that the work stays linear."""
        return self.voices[: -_MEMORY - 1 : -1]

    def surface(self, name: tuple[int, int]) -> str:
        return self.document.span(*name).text

    def plain(self, name: tuple[int, int], words: list[str]) -> str:
        """The name as written, without a و that is written with its first word."""
        text = self.surface(name)
        return text if words[0] == self.document.keys[name[0]] else text[1:]

    def name_words(self, name: tuple[int, int]) -> list[str]:
        keys = list(self.document.keys[name[0] : name[1]])
        if keys and self.vocabulary.names.match_at(keys, 0) is not None:
            match = self.vocabulary.names.match_at(keys, 0)
            if match is not None and match.proclitics:
                keys[0] = keys[0][len(match.proclitics) :]
        return keys

    def country_before(self, position: int) -> str | None:
        at = bisect_left(self.countries.order, (position, ""))
        return self.countries.order[at - 1][1] if at else None

    def same_unnamed(self, name: str) -> Voice | None:
        return next((voice for voice in self.recent() if voice.person is None and voice.name == name), None)

    def without_proclitics(self, mention: Mention) -> str:
        """The words of a body without what is written with the first (لوزارة الخارجية، للخارجية)."""
        text = self.document.span(mention.first, mention.last).text
        known = self.vocabulary.groups.by_first
        prefix, word = next(
            (item for item in readings(self.document.keys[mention.first]) if item[1] in known), ("", "")
        )
        if prefix.endswith("ل") and word.startswith(ARTICLE):
            return ARTICLE + text[len(prefix) + 1 :]
        return text[len(prefix) :]

    def joint(self, voices: list[Voice]) -> Voice:
        """One group voice that stands for several (بلينكن ودي مايو)."""
        ids = tuple(sorted(voice.id for voice in voices))
        for voice in self.recent():
            if voice.members == ids:
                return voice
        name = " و".join(voice.name for voice in voices)
        joint = self.new("group", name)
        joint.members, joint.number, joint.gender = ids, "d" if len(ids) == 2 else "p", "m"
        return joint

    def known(self, person: Person) -> Voice:
        voice = self.by_person.get(person.key)
        if voice is None:
            voice = Voice(person.key, person.kind, person.name_ar, person, person.country)
            voice.number = "p" if person.kind == "group" else "s"
            voice.names.add(" ".join(phrase_key(person.name_ar)))
            term = term_at(person, None, self.day, self.vocabulary)
            title = parse_title(term.title_ar, self.vocabulary) if term else None
            if title is None and person.terms and self.day is None:
                title = parse_title(person.terms[-1].title_ar, self.vocabulary)
            if title is not None:
                voice.gender = title.head.gender
            elif person.kind == "person":
                voice.gender = ""
            if term is not None:
                voice.role_text, voice.organisation = term.title_ar, term.organisation
                voice.country = term.country or voice.country
                if title is not None:
                    voice.roles.append((title.role, term.country or term.organisation))
            self.by_person[person.key] = voice
            self.voices.append(voice)
        return voice

    def new(self, kind: str, name: str) -> Voice:
        self.strangers += 1
        voice = Voice(f"new-{self.strangers}", kind, name)
        self.voices.append(voice)
        return voice

    def remember(self, voice: Voice, mention: Mention) -> None:
        """Add what a mention says of its voice: name, title, country, gender."""
        span = self.document.span(mention.first, mention.last)
        voice.seen = mention.first
        voice.addressed |= self.addresses(mention)
        form = mention.form if voice.kind == "person" else ("full" if mention.name else "role")
        voice.mentions.append(FoundMention(span.text, span.start, span.end, form))
        if mention.name is not None and voice.kind == "person":
            words = self.name_words(mention.name)
            voice.names.add(" ".join(words))
            plain = self.plain(mention.name, words)
            if plain not in voice.variants:
                voice.variants.append(plain)
            if voice.person is None and len(words) > len(voice.name.split()):
                voice.name = plain
        title = mention.title
        if title is not None and voice.kind == "person":
            role = title.role
            where = title.country or title.organisation
            if title.head.counterpart:
                last = next((v for v in self.recent() if v.roles and v is not voice), None)
                role = last.roles[0][0] if last is not None else role
            if where is None and title.possessive:
                where = self.country_before(span.start)
            if (role, where) not in voice.roles and len(role) >= 1:
                voice.roles.append((role, where))
            voice.gender = voice.gender or mention.gender
            voice.country = voice.country or (where if where in self.vocabulary.country_codes else None)
            if not voice.role_text:
                voice.role_text = self.document.span(title.first, title.last).text
        elif voice.gender == "" and mention.gender:
            voice.gender = mention.gender

    def addresses(self, mention: Mention) -> set[str]:
        """The forms of address before a mention and, in it, before its name."""
        keys, found = self.document.keys, set()
        end = mention.name[0] if mention.name is not None else mention.first + 1
        for place in range(end - 1, max(-1, mention.first - 4), -1):
            inside = place >= mention.first
            word = next(
                (word for _, word in readings(keys[place]) if word in self.vocabulary.honorifics), None
            )
            if word is not None:
                found.add(without_article(word))
            elif not inside and keys[place] not in ("الملكي", "السمو"):
                break
        return found
