"""The countries that a text speaks of, each with every place that proves it.

Names, nisbas, capitals and epithets count, with any proclitics. Inside the name of an organisation or
an outlet, and in a dateline, a country is incidental; a look-alike (المالية) is none.
"""

from collections import Counter
from dataclasses import dataclass, field

from archive.arabic.clitics import readings
from archive.arabic.given_names import GIVEN_NAMES
from archive.arabic.normalize import fold
from archive.arabic.particles import word_set
from archive.extraction.document import Block, Document
from archive.extraction.facts import Evidence, FoundCountry
from archive.extraction.phrases import Match
from archive.extraction.vocabulary import Place, Vocabulary

# A country is primary when it speaks, hosts, or makes up so large a share of all mentions.
_SHARE = 0.12
_OFTEN = 3
# So near (characters), المملكة is the kingdom just named, not the one where the text was written.
_NEAR = 100
# Letters of words that may hide two names, and of the shortest name in them.
_GLUED, _SHORTEST = (7, 40), 3
_KIND_RANK = {"name": 0, "nisba": 1, "capital": 2, "epithet": 3}
# Before a nisba these make another thing of it.
_EMPIRES = frozenset(
    {"الامبراطوريه", "امبراطوريه", "الكنيسه", "المحيط", "اللغه", "باللغه", "الليره", "الخليج"}
)
_BEFORE_PLACES = word_set(
    "في من الي مع عن دوله جمهوريه حكومه جيش رييس عاصمه حدود شمال جنوب شرق غرب وسط شمالي جنوبي شرقي غربي "
    "سلطات تجاه دول ضد انضمام بلاده"
)
_WHERE = frozenset({"في", "الي", "العاصمه", "مدينه", "من"})
_CURRENCIES = frozenset({"دولار", "دولارا", "الدولار", "جنيه", "ليره", "دينار", "ريال", "درهم"})


@dataclass(slots=True)
class CountryMentions:
    """Evidence by country; ``order`` the places of all mentions (character, code), for the focus."""

    evidence: dict[str, list[Evidence]] = field(default_factory=dict)
    incidental: dict[str, list[Evidence]] = field(default_factory=dict)
    order: list[tuple[int, str]] = field(default_factory=list)
    at: dict[int, tuple[int, str, str]] = field(default_factory=dict)

    def within(self, start: int, end: int) -> set[str]:
        """The countries named from the character ``start`` to before ``end``."""
        return {code for position, code in self.order if start <= position < end}


def _evidence(document: Document, match: Match[Place], kind: str) -> Evidence:
    first = document.words[match.start]
    start, end = first.start, document.words[match.end - 1].end
    if match.proclitics:
        # Keep what follows the proclitics; of لل the second lam belongs to the article and stays.
        letters = [index for index, letter in enumerate(first.text) if fold(letter)]
        start += letters[len(match.proclitics)] if len(letters) > len(match.proclitics) else 0
    return Evidence(document.text[start:end], start, end, kind)


def find_countries(
    document: Document,
    blocks: list[Block],
    closed: set[int],
    names: set[int],
    homes: list[str],
    vocabulary: Vocabulary,
) -> CountryMentions:
    """All mentions in ``blocks``; words in ``closed`` are incidental, words in ``names`` people's names.

    ``homes`` are the dateline's or the outlet's country, then those of the people named: whose المملكة
    is meant while no other is in focus.
    """
    found = CountryMentions()
    for block in blocks:
        place = block.first
        while place < block.last:
            blocked = vocabulary.not_places.match_at(document.keys, place, block.last)
            match = vocabulary.places.match_at(document.keys, place, block.last)
            doubtful = blocked is not None and blocked.values[0]
            if blocked is not None and doubtful and _is_beside(document, block, blocked, vocabulary):
                blocked = None
            if blocked is not None and (match is None or blocked.end >= match.end):
                place = blocked.end if blocked.end > place + 1 or match is None else place + 1
                continue
            if match is None and place not in names:
                for value, evidence in _glued(document, place, vocabulary):
                    found.evidence.setdefault(value.code, []).append(evidence)
                    found.order.append((evidence.start, value.code))
                    found.at.setdefault(place, (place + 1, value.code, value.kind))
            if match is None or place in names:
                place += 1
                continue
            chosen = _choose(
                match,
                found,
                homes,
                max(block.start, document.words[place].start - _NEAR),
                document.keys[place - 1] if place > block.first else "",
            )
            if chosen is None or _is_other_word(document, match, chosen, block):
                place = match.end if match.end > place else place + 1
                continue
            value = chosen
            evidence = _evidence(document, match, value.kind)
            target = found.incidental if place in closed else found.evidence
            target.setdefault(value.code, []).append(evidence)
            if place not in closed:
                found.order.append((evidence.start, value.code))
            found.at[place] = (match.end, value.code, value.kind)
            place = match.end
    return found


def _glued(document: Document, place: int, vocabulary: Vocabulary) -> list[tuple[Place, Evidence]]:
    """The countries of words that lost the space between them: العراقوسوريا، الولاياتالمتحدة."""
    key = document.keys[place]
    if not _GLUED[0] <= len(key) <= _GLUED[1]:
        return []
    for prefix, word in readings(key):
        begin = len(prefix) if word == key[len(prefix) :] else 0
        whole = vocabulary.joined_places.get(word)
        if whole is not None:
            return [(whole, _part(document, place, begin, len(key), whole.kind))]
        for cut in range(_SHORTEST, len(word) - _SHORTEST):
            if word[cut] != "و":
                continue
            first = _one_place(word[:cut], vocabulary)
            second = _one_place(word[cut + 1 :], vocabulary)
            if first is not None and second is not None:
                return [
                    (first, _part(document, place, begin, begin + cut, first.kind)),
                    (second, _part(document, place, begin + cut + 1, len(key), second.kind)),
                ]
    return []


def _one_place(word: str, vocabulary: Vocabulary) -> Place | None:
    if len(word) < _SHORTEST:
        return None
    joined = vocabulary.joined_places.get(word)
    if joined is not None:
        return joined
    match = vocabulary.places.match_at([word], 0, proclitics=False)
    values = sorted(match.values, key=lambda value: _KIND_RANK[value.kind]) if match is not None else []
    if not values or len({value.code for value in values}) > 1 or values[0].kind not in ("name", "capital"):
        return None
    return values[0]


def _part(document: Document, place: int, first: int, last: int, kind: str) -> Evidence:
    """The folded letters ``first`` to before ``last`` of a word as evidence."""
    word = document.words[place]
    letters = [index for index, letter in enumerate(word.text) if fold(letter)]
    start = word.start + (letters[first] if first < len(letters) else 0)
    end = word.start + letters[last] if last < len(letters) else word.end
    return Evidence(document.text[start:end], start, end, kind)


def _choose(
    match: Match[Place], found: CountryMentions, homes: list[str], near: int, before: str
) -> Place | None:
    """Which country an ambiguous phrase means: an epithet the one spoken of, else the plainest sense.

    Characters from ``near`` on are near enough for that; ``before`` is the word before the phrase.
    """
    values = sorted(match.values, key=lambda value: _KIND_RANK[value.kind])
    if len(values) == 1 and values[0].kind != "epithet":
        return values[0]
    codes = {value.code for value in values}
    recent = next(((start, code) for start, code in reversed(found.order[-40:]) if code in codes), None)
    nearest = recent[1] if recent else None
    if all(value.kind == "epithet" for value in values):
        close = recent is not None and recent[0] >= near
        own = next((code for code in homes if code in codes), None)
        chosen = nearest if close or own is None else own
        chosen = chosen or (values[0].code if len(codes) == 1 else None)
        return next((value for value in values if value.code == chosen), None)
    capital = next((value for value in values if value.kind == "capital"), None)
    there = match.proclitics == "ب" or before in _WHERE
    if capital is not None and values[0].kind == "name" and there and nearest in (None, capital.code):
        # عمان: the city after a preposition of place, else the sultanate.
        return capital
    plain = [value for value in values if value.kind == values[0].kind]
    if len(plain) > 1 or len(codes) > 1:
        return next((value for value in values if value.code == nearest), values[0])
    return values[0]


def _is_other_word(document: Document, match: Match[Place], value: Place, block: Block) -> bool:
    """Whether a nisba is part of another name: الليرة التركية، أحمد السويدي."""
    before = document.keys[match.start - 1] if match.start > block.first else ""
    if value.kind != "nisba":
        return False
    surname = before in GIVEN_NAMES and not match.proclitics and not document.gap_before(match.start).strip()
    return before in _EMPIRES or before in _CURRENCIES or surname


def _is_beside(document: Document, block: Block, match: Match[bool], vocabulary: Vocabulary) -> bool:
    """Whether a word that is mostly no country is one here: في مالي، النيجر ومالي."""
    keys = document.keys
    if match.proclitics.endswith("ب") or (
        match.start > block.first and keys[match.start - 1] in _BEFORE_PLACES
    ):
        return True
    for place in (match.start - 1, match.end):
        if block.first <= place < block.last:
            near = vocabulary.places.match_at(keys, place, block.last)
            if near is not None and near.values[0].kind in ("name", "capital"):
                return not vocabulary.not_places.match_at(keys, place, block.last)
    return False


def rank_countries(found: CountryMentions, central: set[str]) -> tuple[FoundCountry, ...]:
    """The countries in the order of their weight; ``central`` ones (speakers', the host) are primary."""
    for items in (*found.evidence.values(), *found.incidental.values()):
        items.sort(key=lambda item: item.start)
    counts = Counter({code: len(items) for code, items in found.evidence.items()})
    total = sum(counts.values()) or 1
    result: list[FoundCountry] = []
    for code, count in counts.items():
        often = count >= _OFTEN and count / total >= _SHARE
        salience = "primary" if often or (code in central) else "mentioned"
        result.append(FoundCountry(code, salience, tuple(found.evidence[code])))
    for code, items in found.incidental.items():
        if code not in counts:
            result.append(FoundCountry(code, "incidental", tuple(items)))
    rank = {"primary": 0, "mentioned": 1, "incidental": 2}
    result.sort(key=lambda item: (rank[item.salience], -len(item.evidence), item.evidence[0].start))
    return tuple(result)
