"""Titles by their holders: «وزير الخارجية الأميركي» names Tillerson in 2017 and Blinken in 2021.

A title is an office and whose office it is, a country or an organisation. Both are compared by stems,
so that joined particles, the article and the schools of spelling do not matter, and the owner may be
written as a name or as a nisba wherever it stands: وزير خارجية الولايات المتحدة. An English title, and
an organisation's that says whose it is in other words (رئيسة المفوضية الأوروبية), count as they stand in
the table of terms. Only terms of office that are sure and whose beginning is known count, and a title
without an owner names nobody.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from django.db.models import Q
from django.db.models.functions import Lower

from archive.arabic.particles import word_set
from archive.models import LexiconEntry, Speaker, TermOfOffice
from search.analysis import Term
from search.names import Alternative, Name, Run, Spelling, other_spellings, stems_of, unjoined
from search.places import CountryNames
from search.vocabulary import stemmer

LONGEST_TITLE = 10
# An office with more holders keeps the latest: of them the archive has most to say.
MOST_ALTERNATIVES = 32
# More people than these tell a reader nothing when they are listed beside the results.
MOST_LISTED = 6
# Before a title these make it somebody else's (the speaker for the minister, the minister's deputy);
# after it, of somebody who holds it no more.
_OF_ANOTHER = word_set("باسم اعمال باعمال مهام بمهام former deputy acting")
_FORMER = word_set("السابق السابقة الأسبق السابقين سابقا الراحل الراحلة")
_DAY = timedelta(days=1)

Stems = tuple[str, ...]
Owner = tuple[str, str | int]
# The phrases that say whose an office is: by the first stem, the stems after it.
Phrases = Mapping[str, Sequence[Stems]]


@dataclass(frozen=True, slots=True)
class TitleWords:
    """What the lexicon knows of titles, as stems.

    ``heads`` open a title that can stand before another one (نائب، مستشار); ``same`` gives the plain
    office for its other names (رئيس الدبلوماسية is وزير الخارجية).
    """

    heads: frozenset[str]
    same: Mapping[Stems, Stems]

    @classmethod
    def load(cls) -> "TitleWords":
        """From the lexicon; one database query."""
        rows = LexiconEntry.objects.filter(category=LexiconEntry.Category.TITLE)
        entries = [
            (text, attributes)
            for text, attributes in rows.order_by("pk").values_list("text", "attributes")
            if isinstance(attributes, dict)
        ]
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


@dataclass(frozen=True, slots=True)
class _Holder:
    speaker: Speaker
    feminine: bool
    first: date
    last: date | None


def find_titles(
    run: Run,
    *,
    countries: Sequence[CountryNames],
    organisations: Mapping[int, Sequence[Spelling]],
) -> Iterator[tuple[int, int, list[tuple[Speaker, date, date | None]]]]:
    """The titles of a run and who surely held each when, the latest first; two database queries at most.

    ``countries`` and ``organisations`` (spellings by the speaker's primary key) are those that the run
    may mean.
    """
    if run.is_of_single_words:
        return
    stated = Q(organisation__isnull=False, title_key__in=run.keys)
    if run.is_latin:
        stated |= Q(english__in=run.keys)
    rows = (
        TermOfOffice.objects.alias(english=Lower("title_en"))
        .filter(
            Q(country__in=[country.code for country in countries])
            | Q(organisation__in=list(organisations))
            | stated,
            sure=True,
            starts_on__isnull=False,
            speaker__needs_review=False,
        )
        .select_related("speaker")
        .order_by("-starts_on", "pk")
    )
    if not rows:
        return
    owners, words = _owners(countries, organisations), TitleWords.load()
    held: dict[tuple[Owner | None, Stems], list[_Holder]] = defaultdict(list)
    for term in rows:
        title = stems_of(term.title_ar)
        last = max(term.ends_on, date.min + _DAY) - _DAY if term.ends_on else None
        holder = _Holder(term.speaker, _is_feminine(term.title_key), term.starts_on, last)
        if term.organisation_id is not None:
            held[None, title].append(holder)
        if english := stems_of(term.title_en):
            held[None, english].append(holder)
        for owner in (("country", term.country_id), ("organisation", term.organisation_id)):
            if owner in owners:
                held[owner, words.office(_without(title, owners[owner])[0])].append(holder)
    yield from _read_titles(run, owners, held, words)


def name_holders(
    found: tuple[int, int, list[tuple[Speaker, date, date | None]]],
    spellings: Mapping[int, Sequence[Spelling]],
) -> Name | None:
    """A title as a name: its holders' Arabic spellings, each in its term; None if no holder has one.

    ``spellings`` are those that name each speaker by themselves, by primary key. A holder is left out
    whole rather than named by half of them.
    """
    start, end, held = found
    alternatives: list[Alternative] = []
    speakers: dict[int, Speaker] = {}
    for speaker, first, last in held:
        arabic = [spelling for spelling in spellings.get(speaker.pk, ()) if not spelling[0].isascii()]
        ways = [Alternative(spelling, first, last) for spelling in other_spellings((), arabic)]
        if len(alternatives) + len(ways) > MOST_ALTERNATIVES:
            break
        alternatives += ways
        speakers[speaker.pk] = speaker
    if not alternatives:
        return None
    listed = tuple(speakers.values()) if len(speakers) <= MOST_LISTED else ()
    return Name(start, end, listed, tuple(alternatives), is_title=True)


def _owners(
    countries: Sequence[CountryNames], organisations: Mapping[int, Sequence[Spelling]]
) -> dict[Owner, Phrases]:
    owners: dict[Owner, Phrases] = {
        ("country", country.code): _by_first(map(stems_of, (*country.names, *country.demonyms)))
        for country in countries
    }
    for pk, spellings in organisations.items():
        owners["organisation", pk] = _by_first(stems_of(" ".join(spelling)) for spelling in spellings)
    return owners


def _by_first(phrases: Iterable[Stems]) -> Phrases:
    found: dict[str, list[Stems]] = defaultdict(list)
    for phrase in phrases:
        if phrase:
            found[phrase[0]].append(phrase[1:])
    return found


def _read_titles(
    run: Run,
    owners: Mapping[Owner, Phrases],
    held: Mapping[tuple[Owner | None, Stems], list[_Holder]],
    words: TitleWords,
) -> Iterator[tuple[int, int, list[tuple[Speaker, date, date | None]]]]:
    # A title begins with an office or with whose it is.
    openings = {stems[0] for _owner, stems in held if stems}.union(
        (stems[0] for stems in words.same if stems), *owners.values()
    )
    start = 0
    while start < len(run.words) - 1:
        following = start + 1
        longest = start + LONGEST_TITLE if openings.intersection(_head_stems(run.words[start])) else start
        for end in range(min(longest, run.ends[start]), start + 1, -1):
            holders = _holders(run.words[start:end], owners, held, words)
            if not holders:
                continue
            following = end
            if _is_held_by_whom_it_names(run.words, start, end, words):
                yield start, end, [(each.speaker, each.first, each.last) for each in holders]
            break
        start = following


def _holders(
    run: Sequence[Term],
    owners: Mapping[Owner, Phrases],
    held: Mapping[tuple[Owner | None, Stems], list[_Holder]],
    words: TitleWords,
) -> list[_Holder]:
    """Who ever held the office that the whole of ``run`` denotes."""
    rest = tuple(term.stem for term in run[1:])
    for head in _head_stems(run[0]):
        title = (head, *rest)
        found = list(held.get((None, title), ()))
        for owner, phrases in owners.items():
            office, removed = _without(title, phrases)
            if removed and office:
                found += held.get((owner, words.office(office)), ())
        if found and _is_feminine(run[0].surface):
            # وزيرة is said of women only, وزير of whoever holds the office.
            found = [each for each in found if each.feminine]
        if found:
            return list(dict.fromkeys(found))
    return []


def _is_held_by_whom_it_names(run: Sequence[Term], start: int, end: int, words: TitleWords) -> bool:
    if end < len(run) and run[end].surface in _FORMER:
        return False
    before = run[start - 1] if start else None
    return before is None or not (
        before.surface in _OF_ANOTHER or words.heads.intersection(_head_stems(before))
    )


def _without(title: Stems, phrases: Phrases) -> tuple[Stems, bool]:
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


@lru_cache(maxsize=4096)
def _joined(stem: str) -> tuple[str, ...]:
    """A stem as it stands and without joined particles."""
    return tuple(unjoined(stem, 2))


def _head_stems(term: Term) -> list[str]:
    """The stems of a word as it stands and without joined particles."""
    stem = stemmer().stem
    return list(dict.fromkeys((term.stem, *(stem(word) for word in unjoined(term.surface, 2)[1:]))))


def _is_feminine(title_key: str) -> bool:
    return title_key.partition(" ")[0].endswith("ه")
