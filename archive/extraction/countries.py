"""The countries that a text speaks of, each with every place that proves it.

Names, nisbas, capitals and epithets count, with any proclitics. Inside the name of an organisation or
an outlet, and in a dateline, a country is incidental; a look-alike (المالية) is none.
"""

from collections import Counter
from dataclasses import dataclass, field

from archive.arabic.normalize import fold
from archive.extraction.document import Block, Document
from archive.extraction.facts import Evidence, FoundCountry
from archive.extraction.phrases import Match
from archive.extraction.vocabulary import Place, Vocabulary

# A country is primary when it speaks, hosts, or makes up so large a share of all mentions.
_SHARE = 0.12
_OFTEN = 3
_KIND_RANK = {"name": 0, "nisba": 1, "capital": 2, "epithet": 3}
# Before a nisba these make another thing of it.
_EMPIRES = frozenset(
    {"الامبراطوريه", "امبراطوريه", "الكنيسه", "المحيط", "اللغه", "باللغه", "الليره", "الخليج"}
)
_CURRENCIES = frozenset({"دولار", "دولارا", "الدولار", "جنيه", "ليره", "دينار", "ريال", "درهم"})


@dataclass(slots=True)
class CountryMentions:
    """Evidence by country; ``order`` the places of all mentions (character, code), for the focus."""

    evidence: dict[str, list[Evidence]] = field(default_factory=dict)
    incidental: dict[str, list[Evidence]] = field(default_factory=dict)
    order: list[tuple[int, str]] = field(default_factory=list)
    at: dict[int, tuple[int, str, str]] = field(default_factory=dict)


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
    home: str | None,
    vocabulary: Vocabulary,
) -> CountryMentions:
    """All mentions in ``blocks``; words in ``closed`` are incidental, words in ``names`` people's names.

    ``home`` is the dateline's or the outlet's country: whose المملكة is meant while no other is in focus.
    """
    found = CountryMentions()
    for block in blocks:
        place = block.first
        while place < block.last:
            blocked = vocabulary.not_places.match_at(document.keys, place, block.last)
            match = vocabulary.places.match_at(document.keys, place, block.last)
            if blocked is not None and (match is None or blocked.end >= match.end):
                place = blocked.end if blocked.end > place + 1 or match is None else place + 1
                continue
            if match is None or place in names:
                place += 1
                continue
            value = _choose(match, found, home)
            if value is None or _is_other_word(document, match, value, block):
                place = match.end if match.end > place else place + 1
                continue
            evidence = _evidence(document, match, value.kind)
            target = found.incidental if place in closed else found.evidence
            target.setdefault(value.code, []).append(evidence)
            if place not in closed:
                found.order.append((evidence.start, value.code))
            found.at[place] = (match.end, value.code, value.kind)
            place = match.end
    return found


def _choose(match: Match[Place], found: CountryMentions, home: str | None) -> Place | None:
    """Which country an ambiguous phrase means: an epithet the one in focus, else the plainest sense."""
    values = sorted(match.values, key=lambda value: _KIND_RANK[value.kind])
    if len(values) == 1 and values[0].kind != "epithet":
        return values[0]
    codes = {value.code for value in values}
    recent = [code for _, code in found.order[-40:]]
    nearest = next((code for code in reversed(recent) if code in codes), None)
    if all(value.kind == "epithet" for value in values):
        chosen = nearest or (home if home in codes else None) or (values[0].code if len(codes) == 1 else None)
        return next((value for value in values if value.code == chosen), None)
    plain = [value for value in values if value.kind == values[0].kind]
    if len(plain) > 1 or len(codes) > 1:
        return next((value for value in values if value.code == nearest), values[0])
    return values[0]


def _is_other_word(document: Document, match: Match[Place], value: Place, block: Block) -> bool:
    before = document.keys[match.start - 1] if match.start > block.first else ""
    return value.kind == "nisba" and (before in _EMPIRES or before in _CURRENCIES)


def rank_countries(found: CountryMentions, central: set[str]) -> tuple[FoundCountry, ...]:
    """The countries in the order of their weight; ``central`` ones (speakers', the host) are primary."""
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
