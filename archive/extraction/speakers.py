"""The speakers of one article: mentions of one speaker brought together, and linked to who is known.

A name decides before a title; a title alone means whoever bore it earlier in the article or, at the
article's date, in the reference data. What stays open is left unnamed: a wrong name is worse than none.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from archive.arabic.clitics import is_definite, readings, without_article
from archive.arabic.particles import word_set
from archive.extraction.anaphora import attended, by_address, by_office, by_standing
from archive.extraction.identity import choose_person, person_by_sound, person_by_surname, person_in_office
from archive.extraction.noun_phrases import Mention
from archive.extraction.offices import holders
from archive.extraction.phrases import phrase_key
from archive.extraction.roster import Roster
from archive.extraction.surnames import introduced_as
from archive.extraction.titles import Title
from archive.extraction.voices import Voice, alike, by_given_name, by_surname, same_name

_COALITION = ("coalition", "coalition-ministers")


def _fits_gender(first: Mention, second: Mention) -> bool:
    return not first.gender or not second.gender or first.gender == second.gender


_COALITION_NAMES = word_set("التحالف للتحالف والتحالف بالتحالف الائتلاف للائتلاف")


@dataclass(slots=True)
class Cast(Roster):
    """Resolves mentions to voices; ``issuer`` is whose words the latest document holds."""

    by_mention: dict[tuple[int, int], Voice | None] = field(default_factory=dict)
    issuer: Voice | None = None
    announced: dict[tuple[tuple[str, ...], str | None], Mention] = field(default_factory=dict)

    def expect(self, mentions: Iterable[Mention]) -> None:
        """Note who bears which office anywhere in the article, for titles that stand before the name."""
        open_to: dict[tuple[tuple[str, ...], str | None], list[Mention]] = {}
        for mention in mentions:
            if mention.title is not None and mention.name is not None and len(mention.title.role) > 1:
                where = mention.title.country or mention.title.organisation
                open_to.setdefault((mention.title.role, where), []).append(mention)
        for office, bearers in open_to.items():
            names = [self.document.keys[m.name[1] - 1] for m in bearers if m.name is not None]
            if all(alike(names[0], name) for name in names):
                self.announced[office] = max(bearers, key=lambda m: m.name[1] - m.name[0] if m.name else 0)

    def resolve(self, mention: Mention) -> Voice | None:
        """The voice that a mention means, None if it cannot be said safely. Remembered for each mention."""
        key = (mention.first, mention.last)
        if key not in self.by_mention:
            voice = self._find(mention)
            self.by_mention[key] = voice
            if voice is not None:
                self.remember(voice, mention)
        return self.by_mention[key]

    def _find(self, mention: Mention) -> Voice | None:
        if mention.group is not None and mention.group.unnamed:
            return self._unnamed(mention)
        if mention.group is not None and mention.group.institution:
            return self._body(mention)
        if mention.group is not None:
            return self._group(mention)
        if mention.address and mention.title is None and mention.name is None:
            return by_address(attended(self.recent()), mention.address, mention.gender)
        if mention.kind == "state":
            return self._state(mention)
        if mention.kind in ("organisation", "group", "statement"):
            return self.known(mention.named[0].person)
        if mention.name is None:
            return self._by_title(mention)
        return self._by_name(mention)

    # Names

    def _by_name(self, mention: Mention) -> Voice | None:
        assert mention.name is not None
        words = self.name_words(mention.name)
        folded = " ".join(words)
        single = len(words) == 1
        if mention.named:
            person = choose_person(mention, self.by_person, self.day, self.vocabulary, single=single)
            if person is not None:
                return self.known(person)
            if single and not mention.title:
                return self._earlier(mention.name, words[-1]) or self._in_office(mention)
        elif single or not mention.title:
            found = self._earlier(mention.name, words[-1]) if single else same_name(self.recent(), folded)
            if found is not None:
                return found
        else:
            found = same_name(self.recent(), folded)
            if found is not None:
                return found
        person = person_by_surname(words, mention, self.vocabulary) or person_by_sound(
            words, mention, self.vocabulary
        )
        if person is not None:
            return self.known(person)
        voice = self.new("person", self.plain(mention.name, words))
        voice.names.add(folded)
        voice.sure = False
        return voice

    def _earlier(self, name: tuple[int, int], word: str) -> Voice | None:
        """Who of the article is called by one word: a surname or, behind an honorific, a given name."""
        found = by_surname(self.recent(), word)
        if found is None and name[0] and self.document.keys[name[0] - 1] in self.vocabulary.honorifics:
            found = by_given_name(self.recent(), word)
        if found is None:
            full = introduced_as(self.document, word)
            if full is not None and full != name:
                found = self._by_name(Mention(*full, "person", full))
        return found

    def _in_office(self, mention: Mention) -> Voice | None:
        """قال السوداني: a word that is many people's name, right after a verb of speech."""
        before = self.document.keys[mention.first - 1] if mention.first else ""
        if not any(word in self.vocabulary.verbs for _, word in readings(before)):
            return None
        codes = {code for _, code in self.countries.order}
        person = person_in_office(mention, codes, self.day)
        return self.known(person) if person is not None else None

    def knows_surname(self, word: str) -> bool:
        """Whether a person of the article is called by this word."""
        return by_surname(self.recent(), word) is not None or introduced_as(self.document, word) is not None

    # Titles

    def _by_title(self, mention: Mention) -> Voice | None:
        title = mention.title
        if title is None:
            return None
        if mention.number in ("p", "d"):
            # Without a name or a country it is not said who they are.
            return self._somebody(mention) if title.last - title.first > 1 else None
        where = title.country or title.organisation
        if title.possessive and where is None:
            where = self.country_before(self.document.words[mention.first].start)
        if title.head.counterpart:
            return self._counterpart(title.country, mention)
        people = attended(self.recent())
        voice = by_office(people, title.role, where, mention.gender, mention.address)
        if voice is not None:
            return voice
        unnamed = title.head.lemma in self.vocabulary.unnamed_heads
        if unnamed and not title.head.definite:
            return self._somebody(mention)
        if title.head.general or unnamed:
            meant = by_standing(people, title.role, where, mention.gender) if title.head.general else None
            meant = meant or self._same_head(people, title.head.lemma, mention.gender)
            if meant is None and title.head.lemma == "متحدث" and "باسم" not in self.document.places:
                # An article without a spokesman: whoever is speaking.
                meant = by_standing(people, title.role, where, mention.gender)
            if meant is not None or len(title.role) == 1:
                return meant
        named = self.announced.get((title.role, where))
        if named is not None and _fits_gender(named, mention):
            return self._by_name(named)
        if mention.governed is False and not self._is_definite(title):
            return self._somebody(mention)
        if title.former or where is None:
            return None
        held = holders(title.role, where, self.day, self.vocabulary)
        bearers = {person.key: person for person, _ in held}
        return self.known(next(iter(bearers.values()))) if len(bearers) == 1 else None

    def _somebody(self, mention: Mention) -> Voice:
        """متحدث باسم الوزارة: an office holder whom the text does not name."""
        name = self.plain((mention.first, mention.last), [self.document.keys[mention.first].lstrip("وف")])
        name = self.surface((mention.first, mention.last)) if not mention.conjoined else name
        voice = self.same_unnamed(name)
        if voice is None:
            voice = self.new("anonymous" if mention.number == "s" else "group", name)
            voice.number = mention.number
            voice.country, voice.gender, voice.sure = mention.country, mention.gender, False
            if mention.title is not None:
                voice.names.add(" ".join(mention.title.role))
        return voice

    def _is_definite(self, title: Title) -> bool:
        """Whether a title says which one (وزير الخارجية) rather than that there is one (وزير تركي)."""
        return (
            any(is_definite(key) for key in self.document.keys[title.first : title.last]) or title.possessive
        )

    def _same_head(self, voices: list[Voice], lemma: str, gender: str) -> Voice | None:
        """المتحدث after متحدث باسم الوزارة: the unnamed one introduced by the same noun."""
        for voice in voices:
            same = any(name.split()[:1] == [lemma] for name in voice.names)
            if voice.kind == "anonymous" and same and voice.gender in ("", gender):
                return voice
        return None

    def _counterpart(self, country: str | None, mention: Mention) -> Voice | None:
        """نظيره الأميركي: the same office in another country."""
        last = next((voice for voice in self.recent() if voice.roles), None)
        if last is None or country is None:
            return None
        role = last.roles[0][0]
        for voice in self.recent():
            if any(item[0] == role and item[1] == country for item in voice.roles):
                return voice
        people = {person.key: person for person, _ in holders(role, country, self.day, self.vocabulary)}
        return self.known(next(iter(people.values()))) if len(people) == 1 else None

    # Others

    def _group(self, mention: Mention) -> Voice | None:
        group = mention.group
        assert group is not None
        if group.document:
            if mention.issuer is not None:
                self.issuer = self.resolve(mention.issuer) or self.issuer
                return self.issuer
            known = is_definite(self.document.keys[mention.first])
            if self.issuer is not None and known and len(group.name.split()) == 1:
                return self.issuer
            issuer = next(
                (v for v in self.recent() if v.person is not None and v.person.key in _COALITION), None
            )
            if issuer is not None:
                return issuer
            statement = next((v for v in self.recent() if v.kind == "statement"), None)
            return statement or self.new("statement", group.name)
        if group.bare and group.kind == "group" and not _COALITION_NAMES & self.document.places.keys():
            # Those who met, in an article that does not speak of the coalition.
            return self._own_words(mention)
        person = self.vocabulary.people.get(group.speaker)
        return self.known(person) if person is not None else None

    def _own_words(self, mention: Mention) -> Voice:
        name = self.document.span(mention.first, mention.last).text
        voice = self.same_unnamed(name)
        if voice is None:
            voice = self.new("group", name)
            voice.number, voice.sure = "p", False
        return voice

    def _state(self, mention: Mention) -> Voice:
        for voice in self.recent():
            if voice.kind == "state" and voice.country == mention.country:
                return voice
        known = next((c for c in self.vocabulary.knowledge.countries if c.code == mention.country), None)
        name = (
            known.names[0]
            if known is not None and known.names
            else self.surface((mention.first, mention.last))
        )
        voice = self.new("state", name)
        voice.country, voice.gender = mention.country, mention.gender
        return voice

    def _unnamed(self, mention: Mention) -> Voice | None:
        group = mention.group
        assert group is not None
        key = self.document.keys[mention.first]
        if any(word.startswith("ال") for _, word in readings(key)) and mention.last - mention.first == 1:
            base = {without_article(word) for _, word in readings(key)}
            for voice in self.recent():
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
        voice = self.same_unnamed(name)
        if voice is None:
            voice = self.new("group" if group.number == "p" else "anonymous", name)
            voice.names.add(" ".join(self.document.keys[mention.first : mention.last]))
            voice.country, voice.gender, voice.number = mention.country, group.gender, group.number
            voice.sure = False
        return voice

    def _body(self, mention: Mention) -> Voice:
        """A body that speaks and is not known (الحكومة العراقية), named by the text's words."""
        name = self.without_proclitics(mention)
        voice = self.same_unnamed(name)
        if voice is None and mention.last - mention.first == 1:
            first = self.document.keys[mention.first]
            bare = {without_article(word) for _, word in readings(first)}
            for other in self.recent():
                words = phrase_key(other.name)
                if other.kind == "organisation" and words and without_article(words[0]) in bare:
                    return other
        if voice is None:
            voice = self.new(mention.kind, name)
            voice.gender, voice.country, voice.sure = mention.gender, mention.country, False
        return voice
