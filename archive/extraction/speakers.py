"""The speakers of one article: mentions of one speaker brought together, and linked to who is known.

A name decides before a title; a title alone means whoever bore it earlier in the article or, at the
article's date, in the reference data. What stays open is left unnamed: a wrong name is worse than none.
"""

from bisect import bisect_left
from dataclasses import dataclass, field
from datetime import date

from archive.arabic.clitics import readings, without_article
from archive.extraction.countries import CountryMentions
from archive.extraction.document import Document
from archive.extraction.facts import Mention as FoundMention
from archive.extraction.identity import choose_person, person_by_surname
from archive.extraction.knowledge import Person
from archive.extraction.noun_phrases import Mention
from archive.extraction.offices import holders, parse_title, term_at
from archive.extraction.phrases import phrase_key
from archive.extraction.vocabulary import Vocabulary
from archive.extraction.voices import Voice, by_given_name, by_surname, same_name

# So many voices are remembered when a name or title is looked for.
_MEMORY = 60
_COALITION = ("coalition", "coalition-ministers")


@dataclass(slots=True)
class Cast:
    """All voices of the article, in the order in which they appear."""

    document: Document
    vocabulary: Vocabulary
    countries: CountryMentions
    day: date | None
    voices: list[Voice] = field(default_factory=list)
    by_mention: dict[tuple[int, int], Voice | None] = field(default_factory=dict)
    by_person: dict[str, Voice] = field(default_factory=dict)
    strangers: int = 0

    def resolve(self, mention: Mention) -> Voice | None:
        """The voice that a mention means, None if it cannot be said safely. Remembered for each mention."""
        key = (mention.first, mention.last)
        if key not in self.by_mention:
            voice = self._find(mention)
            self.by_mention[key] = voice
            if voice is not None:
                self._remember(voice, mention)
        return self.by_mention[key]

    def _find(self, mention: Mention) -> Voice | None:
        if mention.group is not None and mention.group.unnamed:
            return self._unnamed(mention)
        if mention.group is not None and mention.group.institution:
            return self._body(mention)
        if mention.group is not None:
            return self._group(mention)
        if mention.kind == "state":
            return self._state(mention)
        if mention.kind in ("organisation", "group", "statement"):
            return self._known(mention.named[0].person)
        if mention.name is None:
            return self._by_title(mention)
        return self._by_name(mention)

    def _recent(self) -> list[Voice]:
        """The latest voices, the last first; older ones are not looked for, so that the work stays linear."""
        return self.voices[: -_MEMORY - 1 : -1]

    # Names

    def _by_name(self, mention: Mention) -> Voice | None:
        assert mention.name is not None
        words = self._name_words(mention.name)
        folded = " ".join(words)
        single = len(words) == 1
        if mention.named:
            person = choose_person(mention, self.by_person, self.day, self.vocabulary, single=single)
            if person is not None:
                return self._known(person)
            if single and not mention.title:
                return self._earlier(mention.name, words[-1])
        elif single or not mention.title:
            found = self._earlier(mention.name, words[-1]) if single else same_name(self._recent(), folded)
            if found is not None:
                return found
        else:
            found = same_name(self._recent(), folded)
            if found is not None:
                return found
        person = person_by_surname(words, mention, self.vocabulary)
        if person is not None:
            return self._known(person)
        if single and mention.title is None and mention.named:
            return None
        voice = self._new("person", self._plain(mention.name, words))
        voice.names.add(folded)
        voice.sure = False
        return voice

    def _earlier(self, name: tuple[int, int], word: str) -> Voice | None:
        """Who of the article is called by one word: a surname or, behind an honorific, a given name."""
        found = by_surname(self._recent(), word)
        if found is None and name[0] and self.document.keys[name[0] - 1] in self.vocabulary.honorifics:
            found = by_given_name(self._recent(), word)
        return found

    def _surface(self, name: tuple[int, int]) -> str:
        return self.document.span(*name).text

    def _plain(self, name: tuple[int, int], words: list[str]) -> str:
        """The name as written, without a و that is written with its first word."""
        text = self._surface(name)
        return text if words[0] == self.document.keys[name[0]] else text[1:]

    def _name_words(self, name: tuple[int, int]) -> list[str]:
        keys = list(self.document.keys[name[0] : name[1]])
        if keys and self.vocabulary.names.match_at(keys, 0) is not None:
            match = self.vocabulary.names.match_at(keys, 0)
            if match is not None and match.proclitics:
                keys[0] = keys[0][len(match.proclitics) :]
        return keys

    def knows_surname(self, word: str) -> bool:
        """Whether a person of the article so far is called by this word."""
        return by_surname(self._recent(), word) is not None

    # Titles

    def _by_title(self, mention: Mention) -> Voice | None:
        title = mention.title
        if title is None or mention.number == "p":
            return None
        where = title.country or title.organisation
        if title.possessive and where is None:
            where = self._country_before(self.document.words[mention.first].start)
        if title.head.counterpart:
            return self._counterpart(title.country, mention)
        bare = len(title.role) == 1
        for voice in self._recent():
            if voice.kind != "person" or (voice.gender and mention.gender and voice.gender != mention.gender):
                continue
            for role, place in voice.roles:
                same_office = role == title.role or (bare and role[0] == title.role[0])
                if same_office and (
                    where is None or place is None or place == where or voice.country == where
                ):
                    return voice
        if not title.head.definite and title.head.lemma in self.vocabulary.unnamed_heads:
            return self._somebody(mention)
        if title.former or where is None:
            return None
        found = holders(title.role, where, self.day, self.vocabulary)
        people = {person.key: person for person, _ in found}
        if len(people) == 1:
            return self._known(next(iter(people.values())))
        return None

    def _somebody(self, mention: Mention) -> Voice:
        """متحدث باسم الوزارة: an office holder whom the text does not name."""
        name = self._plain((mention.first, mention.last), [self.document.keys[mention.first].lstrip("وف")])
        name = self._surface((mention.first, mention.last)) if not mention.conjoined else name
        voice = self._same_unnamed(name)
        if voice is None:
            voice = self._new("anonymous", name)
            voice.country, voice.gender, voice.sure = mention.country, mention.gender, False
        return voice

    def _counterpart(self, country: str | None, mention: Mention) -> Voice | None:
        """نظيره الأميركي: the same office in another country."""
        last = next((voice for voice in self._recent() if voice.roles), None)
        if last is None or country is None:
            return None
        role = last.roles[0][0]
        for voice in self._recent():
            if any(item[0] == role and item[1] == country for item in voice.roles):
                return voice
        people = {person.key: person for person, _ in holders(role, country, self.day, self.vocabulary)}
        return self._known(next(iter(people.values()))) if len(people) == 1 else None

    def _country_before(self, position: int) -> str | None:
        at = bisect_left(self.countries.order, (position, ""))
        return self.countries.order[at - 1][1] if at else None

    # Others

    def _group(self, mention: Mention) -> Voice | None:
        group = mention.group
        assert group is not None
        if group.document:
            issuer = None
            if not self._issued_by_another(mention):
                issuer = next(
                    (v for v in self._recent() if v.person is not None and v.person.key in _COALITION), None
                )
            if issuer is not None:
                return issuer
            known = next((v for v in self._recent() if v.kind == "statement"), None)
            return known or self._new("statement", group.name)
        person = self.vocabulary.people.get(group.speaker)
        return self._known(person) if person is not None else None

    def _issued_by_another(self, mention: Mention) -> bool:
        """بيان للسفارة، بيان وزارة الخارجية: whether the document names an issuer of its own."""
        keys = self.document.keys
        if mention.last >= len(keys) or self.document.gap_before(mention.last).strip():
            return False
        words = {word for _, word in readings(keys[mention.last])}
        return bool(words & self.vocabulary.institutions)

    def _state(self, mention: Mention) -> Voice:
        for voice in self._recent():
            if voice.kind == "state" and voice.country == mention.country:
                return voice
        known = next((c for c in self.vocabulary.knowledge.countries if c.code == mention.country), None)
        name = (
            known.names[0]
            if known is not None and known.names
            else self._surface((mention.first, mention.last))
        )
        voice = self._new("state", name)
        voice.country, voice.gender = mention.country, mention.gender
        return voice

    def _unnamed(self, mention: Mention) -> Voice | None:
        group = mention.group
        assert group is not None
        key = self.document.keys[mention.first]
        if any(word.startswith("ال") for _, word in readings(key)) and mention.last - mention.first == 1:
            base = {without_article(word) for _, word in readings(key)}
            for voice in self._recent():
                if any(role[0] in base for role, _ in voice.roles) or base & {
                    n.split()[0] for n in voice.names
                }:
                    return voice
        return self._new_unnamed(mention, key)

    def _new_unnamed(self, mention: Mention, key: str) -> Voice:
        group = mention.group
        assert group is not None
        name = self.document.span(mention.first, mention.last).text
        if key.startswith("و") and not group.name.startswith("و"):
            name = name[1:]
        voice = self._same_unnamed(name)
        if voice is None:
            voice = self._new("group" if group.number == "p" else "anonymous", name)
            voice.names.add(" ".join(self.document.keys[mention.first : mention.last]))
            voice.country, voice.gender, voice.number = mention.country, group.gender, group.number
            voice.sure = False
        return voice

    def _same_unnamed(self, name: str) -> Voice | None:
        return next((voice for voice in self._recent() if voice.person is None and voice.name == name), None)

    def _body(self, mention: Mention) -> Voice:
        """A body that speaks and is not known (الحكومة العراقية), named by the text's words."""
        key = self.document.keys[mention.first]
        name = self.document.span(mention.first, mention.last).text
        if key not in self.vocabulary.groups.by_first and key.startswith(("و", "ف")):
            name = name[1:]
        voice = self._same_unnamed(name)
        if voice is None and mention.last - mention.first == 1:
            first = self.document.keys[mention.first]
            bare = {without_article(word) for _, word in readings(first)}
            for other in self._recent():
                words = phrase_key(other.name)
                if other.kind == "organisation" and words and without_article(words[0]) in bare:
                    return other
        if voice is None:
            voice = self._new("organisation", name)
            voice.gender, voice.country, voice.sure = mention.gender, mention.country, False
        return voice

    def joint(self, voices: list[Voice]) -> Voice:
        """One group voice that stands for several (بلينكن ودي مايو)."""
        ids = tuple(sorted(voice.id for voice in voices))
        for voice in self._recent():
            if voice.members == ids:
                return voice
        name = " و".join(voice.name for voice in voices)
        joint = self._new("group", name)
        joint.members, joint.number, joint.gender = ids, "d" if len(ids) == 2 else "p", "m"
        return joint

    def _known(self, person: Person) -> Voice:
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

    def _new(self, kind: str, name: str) -> Voice:
        self.strangers += 1
        voice = Voice(f"new-{self.strangers}", kind, name)
        self.voices.append(voice)
        return voice

    def _remember(self, voice: Voice, mention: Mention) -> None:
        """Add what a mention says of its voice: name, title, country, gender."""
        span = self.document.span(mention.first, mention.last)
        form = mention.form if voice.kind == "person" else ("full" if mention.name else "role")
        voice.mentions.append(FoundMention(span.text, span.start, span.end, form))
        if mention.name is not None and voice.kind == "person":
            words = self._name_words(mention.name)
            voice.names.add(" ".join(words))
            plain = self._plain(mention.name, words)
            if plain not in voice.variants:
                voice.variants.append(plain)
            if voice.person is None and len(words) > len(voice.name.split()):
                voice.name = plain
        title = mention.title
        if title is not None and voice.kind == "person":
            role = title.role
            where = title.country or title.organisation
            if title.head.counterpart:
                last = next((v for v in self._recent() if v.roles and v is not voice), None)
                role = last.roles[0][0] if last is not None else role
            if where is None and title.possessive:
                where = self._country_before(span.start)
            if (role, where) not in voice.roles and len(role) >= 1:
                voice.roles.append((role, where))
            voice.gender = voice.gender or mention.gender
            voice.country = voice.country or (where if where in self.vocabulary.country_codes else None)
            if not voice.role_text:
                voice.role_text = self.document.span(title.first, title.last).text
        elif voice.gender == "" and mention.gender:
            voice.gender = mention.gender
