"""Who held which office when, and whose office it is: the terms of office as plain data, by stems."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, NamedTuple

from archive.models import TermOfOffice
from search.names import Spelling, stems_of, unjoined
from search.places import CountryNames

_DAY = timedelta(days=1)

Stems = tuple[str, ...]
# A country by its code or an organisation by its primary key.
Owner = tuple[str, str | int]
# The phrases that say whose an office is: by the first stem, the stems after it.
Phrases = Mapping[str, Sequence[Stems]]


class Holder(NamedTuple):
    """A speaker (primary key) who held an office from ``first`` to ``last``, both inclusive."""

    speaker: int
    feminine: bool
    first: date
    last: date | None


class _Term(NamedTuple):
    holder: Holder
    title: Stems
    english: Stems
    owners: tuple[Owner, ...]


# Who held an office, by whose it is (None: its whole title says it) and its stems.
Held = Mapping[tuple[Owner | None, Stems], Sequence[Holder]]


@dataclass(frozen=True, slots=True)
class TitleWords:
    """What the lexicon knows of titles, as stems.

    ``heads`` open a title that can stand before another one (نائب، مستشار); ``same`` gives the plain
    office for its other names (رئيس الدبلوماسية is وزير الخارجية).
    """

    heads: frozenset[str]
    same: Mapping[Stems, Stems]

    @classmethod
    def of(cls, entries: Iterable[tuple[str, Mapping[str, Any]]]) -> "TitleWords":
        """From the texts and attributes of the lexicon's titles."""
        entries = list(entries)
        heads = {
            stem
            for text, attributes in entries
            if not {"part", "same_as", "prefix", "counterpart"} & attributes.keys()
            for stem in stems_of(text)
        }
        same = {
            stems_of(text): stems_of(str(attributes["same_as"]))
            for text, attributes in entries
            if attributes.get("same_as") and not attributes.get("country")
        }
        return cls(frozenset(heads), same)

    def office(self, stems: Stems) -> Stems:
        """The office in the words that its other names stand for."""
        for size in range(min(len(stems), 5), 1, -1):
            if stems[:size] in self.same:
                return (*self.same[stems[:size]], *stems[size:])
        return stems


class Offices:
    """The terms of office that are sure and whose beginning is known, the latest first."""

    def __init__(self, titles: Iterable[tuple[str, Mapping[str, Any]]]) -> None:
        """Read the table; one database query. ``titles`` are the lexicon's."""
        self.words = TitleWords.of(titles)
        self._terms: list[_Term] = []
        self._owned: dict[Owner, list[int]] = defaultdict(list)
        # Titles that say in other words whose they are, and English ones, as they stand in the table.
        self._stated: dict[str, list[int]] = defaultdict(list)
        self._english: dict[str, list[int]] = defaultdict(list)
        self._phrases: dict[Owner, Phrases] = {}
        self._offices: dict[tuple[int, Owner], Stems] = {}
        rows = TermOfOffice.objects.filter(sure=True, starts_on__isnull=False).order_by("-starts_on", "pk")
        for number, (speaker, title, key, english, country, organisation, first, end) in enumerate(
            rows.values_list(
                "speaker",
                "title_ar",
                "title_key",
                "title_en",
                "country",
                "organisation",
                "starts_on",
                "ends_on",
            )
        ):
            last = max(end, date.min + _DAY) - _DAY if end else None
            holder = Holder(speaker, is_feminine(key), first, last)
            owners: list[Owner] = []
            if country is not None:
                owners.append(("country", country))
            if organisation is not None:
                owners.append(("organisation", organisation))
                self._stated[key].append(number)
            for owner in owners:
                self._owned[owner].append(number)
            self._terms.append(_Term(holder, stems_of(title), stems_of(english), tuple(owners)))
            self._english[english.lower()].append(number)

    def owners(
        self, countries: Sequence[CountryNames], organisations: Mapping[int, Sequence[Spelling]]
    ) -> dict[Owner, Phrases]:
        """Those that own an office, with the stems of what they are called."""
        found: dict[Owner, Phrases] = {}
        for country in countries:
            owner: Owner = ("country", country.code)
            if owner in self._owned:
                found[owner] = self._called(owner, (*country.names, *country.demonyms))
        for pk, spellings in organisations.items():
            owner = ("organisation", pk)
            if owner in self._owned:
                found[owner] = self._called(owner, map(" ".join, spellings))
        return found

    def _called(self, owner: Owner, names: Iterable[str]) -> Phrases:
        if owner not in self._phrases:
            self._phrases[owner] = _by_first(map(stems_of, names))
        return self._phrases[owner]

    def held(
        self, owners: Mapping[Owner, Phrases], phrases: Iterable[str], unconfirmed: set[int], *, latin: bool
    ) -> Held:
        """Who held the offices of ``owners`` and those that one of the ``phrases`` (folded) states.

        With ``latin`` a phrase may be an English title. Speakers that are ``unconfirmed`` held none.
        """
        numbers: set[int] = set()
        for owner in owners:
            numbers.update(self._owned[owner])
        for phrase in phrases:
            numbers.update(self._stated.get(phrase, ()))
            if latin:
                numbers.update(self._english.get(phrase, ()))
        held: dict[tuple[Owner | None, Stems], list[Holder]] = defaultdict(list)
        for number in sorted(numbers):
            term = self._terms[number]
            if term.holder.speaker in unconfirmed:
                continue
            if any(kind == "organisation" for kind, _name in term.owners):
                held[None, term.title].append(term.holder)
            if term.english:
                held[None, term.english].append(term.holder)
            for owner in term.owners:
                if owner in owners:
                    held[owner, self._office(number, owner, owners[owner])].append(term.holder)
        return held

    def _office(self, number: int, owner: Owner, phrases: Phrases) -> Stems:
        """The office of a term, its owner taken out of the title."""
        known = self._offices.get((number, owner))
        if known is None:
            known = self.words.office(without_owner(self._terms[number].title, phrases)[0])
            self._offices[number, owner] = known
        return known


def without_owner(title: Stems, phrases: Phrases) -> tuple[Stems, bool]:
    """A title without its owner, and whether the owner stood in it."""
    kept: list[str] = []
    at = 0
    while at < len(title):
        size = max(
            (
                len(rest) + 1
                for head in _joined(title[at])
                for rest in phrases.get(head, ())
                if title[at + 1 : at + 1 + len(rest)] == rest
            ),
            default=0,
        )
        if not size:
            kept.append(title[at])
        at += size or 1
    return tuple(kept), len(kept) < len(title)


def is_feminine(title: str) -> bool:
    """Whether the first word of a folded title is said of women only."""
    return title.partition(" ")[0].endswith("ه")


def _by_first(phrases: Iterable[Stems]) -> Phrases:
    found: dict[str, list[Stems]] = defaultdict(list)
    for phrase in phrases:
        if phrase:
            found[phrase[0]].append(phrase[1:])
    return found


@lru_cache(maxsize=4096)
def _joined(stem: str) -> tuple[str, ...]:
    """A stem as it stands and without joined particles."""
    return tuple(unjoined(stem, 2))
