"""Other spellings of the names in a query, looked up when it is asked.

Curators' name variants, titles and other spellings act here and nowhere else, on the normalised
surface, so a new one works at once. What can be named: a speaker, by any spelling or in Latin letters;
an office, by whoever held it when an article appeared; countries, cities and meetings; months; and
whatever the lexicon has another spelling for.

A variant is replaced by all the others that name the speaker ``alone``: whole names, surnames, and names
written in one word or two. One that does not is never expanded, and never stands in for another: so who
writes a whole name gets no namesakes.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.db.models import F, Q, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Replace

from archive.models import LexiconEntry, NameVariant, Speaker
from archive.typed_names import latin_keys
from search.analysis import Term
from search.month_names import find_months, is_dated
from search.names import (
    Alternative,
    Name,
    Run,
    Spelling,
    is_latin,
    other_spellings,
    phrase_of,
    read_runs,
    spelling_of,
    spellings_in,
)
from search.places import CountryNames, countries_in, find_countries, find_meetings
from search.titles import find_titles, name_holders

__all__ = ["Alternative", "Name", "find_names"]

MAX_ALTERNATIVES = 24
SHORTEST_SURNAME = 3
MOST_QUERIES = 13

_ALIAS = str(LexiconEntry.Category.ALIAS)
_MONTH = str(LexiconEntry.Category.MONTH)
# A row of the lexicon: category, text and attributes.
_Entry = tuple[str, str, Mapping[str, Any]]
# A hyphen in a spelling is a space in a query.
_SPACED = Replace("key", Value("-"), Value(" "))


def find_names(runs: Iterable[Sequence[Term]]) -> dict[tuple[Term, ...], list[Name]]:
    """The names in each run of words; ``MOST_QUERIES`` database queries at most for all of them.

    In the order of their first words, the longest first. Names of one kind never overlap, of different
    kinds they may: a country inside a title, which names its holder in his days only. Inside any other
    name there is none (the White House is no Mr White), and beside a day or a year an English month is no
    surname.
    A speaker that an import made and only articles out of sight quote is unknown here.
    """
    found: dict[tuple[Term, ...], list[Name]] = {tuple(run): [] for run in runs if run}
    if not found:
        return {}
    names = _names_in(read_runs(list(found)))
    start = 0
    for run, named in found.items():
        end = start + len(run)
        named += [
            replace(name, start=name.start - start, end=name.end - start)
            for name in names
            if start <= name.start < end
        ]
        start = end + 1
    return found


def _names_in(run: Run) -> list[Name]:
    lexicon = _lexicon(run)
    countries = countries_in(run)
    known, spellings = _speakers_named(run)
    organisations = [
        speaker.pk for found in known.values() for speaker in found if speaker.kind != Speaker.Kind.PERSON
    ]
    names = list(_name_speakers(run, known, spellings))
    names += _name_holders(run, countries, {pk: spellings[pk] for pk in organisations})
    names += find_countries(run, countries)
    names += find_meetings(run)
    names += _other_spellings(run, lexicon)
    names = _with_months(run, _outermost(names), find_months(run, _months(lexicon)))
    return sorted(names, key=lambda name: (name.start, -name.end))


def _outermost(names: Sequence[Name]) -> list[Name]:
    """``names`` without those inside a longer one that holds at any time."""
    lasting = [name for name in names if not any(each.first or each.last for each in name.alternatives)]
    return [
        name
        for name in names
        if not any(
            other.start <= name.start
            and name.end <= other.end
            and other.end - other.start > name.end - name.start
            for other in lasting
        )
    ]


def _with_months(run: Run, names: Sequence[Name], months: Iterable[Name]) -> list[Name]:
    """``names`` and ``months``: none of these in a speaker's name of several words (Theresa May 2021).

    A surname that is an English month beside a day or a year is dropped for it (Daesh May 2021).
    """
    whole = [name for name in names if name.speakers and name.end - name.start > 1]
    kept = [
        month for month in months if not any(month.start < it.end and it.start < month.end for it in whole)
    ]
    dated = {
        (month.start, month.end)
        for month in kept
        if is_latin(run.words[month.start].surface) and is_dated(run, month.start, month.end)
    }
    return [name for name in names if not (name.speakers and (name.start, name.end) in dated)] + kept


def _name_speakers(
    run: Run, known: Mapping[str, list[Speaker]], spellings: Mapping[int, Sequence[Spelling]]
) -> Iterator[Name]:
    for start, end, speakers in run.find(known):
        others = [spelling for speaker in speakers for spelling in spellings.get(speaker.pk, ())]
        yield Name(start, end, tuple(speakers), _alternatives(run.spelling(start, end), others))


def _name_holders(
    run: Run, countries: Sequence[CountryNames], organisations: Mapping[int, Sequence[Spelling]]
) -> Iterator[Name]:
    titles = list(find_titles(run, countries=countries, organisations=organisations))
    spellings = _spellings({speaker.pk for *_place, held in titles for speaker, *_dates in held})
    for title in titles:
        name = name_holders(title, spellings)
        if name is not None:
            yield name


def _other_spellings(run: Run, lexicon: Iterable[_Entry]) -> Iterator[Name]:
    """The words for which the lexicon has another spelling."""
    known: dict[str, list[Spelling]] = {}
    for category, text, attributes in lexicon:
        if category == _ALIAS:
            known.setdefault(phrase_of(text), []).extend(map(spelling_of, spellings_in(attributes)))
    for start, end, spellings in run.find(known):
        if others := _alternatives(run.spelling(start, end), spellings):
            yield Name(start, end, (), others)


def _alternatives(asked: Spelling, spellings: Sequence[Spelling]) -> tuple[Alternative, ...]:
    return tuple(map(Alternative, other_spellings(asked, spellings)[:MAX_ALTERNATIVES]))


def _lexicon(run: Run) -> list[_Entry]:
    """The lexicon's months, and those of its other spellings that the run may name."""
    wanted = Q(category=_MONTH) | Q(category=_ALIAS, words__in=run.keys)
    spelled = LexiconEntry.objects.alias(words=_words(run))
    rows = spelled.filter(wanted).order_by("pk").values_list("category", "text", "attributes")
    return [row for row in rows if isinstance(row[2], dict)]


def _months(lexicon: Iterable[_Entry]) -> dict[str, int]:
    return {
        phrase_of(text): attributes["number"]
        for category, text, attributes in lexicon
        if category == _MONTH and attributes.get("number") in range(1, 13)
    }


def _words(run: Run) -> Combinable:
    """A row's key as words; an index answers for a single word, which no hyphen can be in."""
    return F("key") if run.is_of_single_words else _SPACED


def _speakers_named(run: Run) -> tuple[dict[str, list[Speaker]], dict[int, list[Spelling]]]:
    """The speakers that each phrase of the run names by itself, and every speaker's spellings."""
    named = NameVariant.objects.alias(words=_words(run)).filter(words__in=run.keys, alone=True)
    latin = dict(_latin_names(run)) if run.is_latin else {}
    wanted = {*named.order_by().values_list("speaker", flat=True), *latin.values()}
    if not wanted:
        return {}, {}
    speakers: dict[int, Speaker] = {}
    spellings: dict[int, list[Spelling]] = defaultdict(list)
    found: dict[str, set[int]] = defaultdict(set)
    for variant in NameVariant.objects.filter(speaker__in=wanted, alone=True).select_related("speaker"):
        spelling = spelling_of(variant.text)
        speakers[variant.speaker_id] = variant.speaker
        spellings[variant.speaker_id].append(spelling)
        if (key := " ".join(spelling)) in run.keys:
            found[key].add(variant.speaker_id)
    if strangers := wanted - speakers.keys():
        speakers |= Speaker.objects.in_bulk(strangers)
    for key, pk in latin.items():
        found.setdefault(key, {pk})
    kept_back = _kept_back({pk for pk, speaker in speakers.items() if speaker.needs_review})
    known = {
        key: [speakers[pk] for pk in sorted(pks - kept_back)] for key, pks in found.items() if pks - kept_back
    }
    return known, spellings


def _latin_names(run: Run) -> Iterator[tuple[str, int]]:
    """People (primary keys) by their Latin names, or by a surname that only one of them bears."""
    bearers: dict[str, set[int]] = defaultdict(set)
    people = Speaker.objects.known().filter(kind=Speaker.Kind.PERSON).exclude(name_en="").order_by()
    for pk, name_en in people.values_list("pk", "name_en"):
        for key in latin_keys(name_en, surnames=True):
            if key in run.keys and len(key) >= SHORTEST_SURNAME:
                bearers[key].add(pk)
    for key, pks in bearers.items():
        if len(pks) == 1:
            yield key, next(iter(pks))


def _kept_back(unconfirmed: set[int]) -> set[int]:
    """Those of the speakers whom no quotation that a reader may see names."""
    if not unconfirmed:
        return unconfirmed
    known = Speaker.objects.known().filter(pk__in=unconfirmed)
    return unconfirmed - set(known.order_by().values_list("pk", flat=True))


def _spellings(speakers: set[int]) -> dict[int, list[Spelling]]:
    """Every spelling of each speaker that names him by itself, in the order of the variants' table."""
    found: dict[int, list[Spelling]] = defaultdict(list)
    if speakers:
        variants = NameVariant.objects.filter(speaker__in=speakers, alone=True)
        for pk, text in variants.values_list("speaker", "text"):
            found[pk].append(spelling_of(text))
    return found
