"""Other spellings of the names in a query, looked up when it is asked.

Curators' name variants, titles and other spellings act here and nowhere else, on the normalised
surface, so a new one works at once. What can be named: a speaker, by any spelling or in Latin letters;
an office, by whoever held it when an article appeared; countries, cities and meetings; months; and
whatever the lexicon has another spelling for.

A variant is replaced by all the others that name the speaker ``alone``: whole names, surnames, and names
written in one word or two. One that does not is never expanded, and never stands in for another: so who
writes a whole name gets no namesakes.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from search.analysis import Term
from search.memory import Memory, remember
from search.month_names import find_months, is_dated
from search.named_rows import NamedRows
from search.names import Alternative, Name, Run, Spelling, is_latin, other_spellings, read_runs
from search.places import CountryNames, find_countries
from search.titles import find_titles, name_holders

__all__ = ["Alternative", "Name", "find_names"]

MAX_ALTERNATIVES = 24
SHORTEST_SURNAME = 3
# The stamps, and who of the unconfirmed speakers that are named is in sight.
MOST_QUERIES = 2


def find_names(runs: Iterable[Sequence[Term]]) -> dict[tuple[Term, ...], list[Name]]:
    """The names in each run of words; ``MOST_QUERIES`` database queries at most for all of them.

    The first question after a name has changed reads that table again.
    In the order of their first words, the longest first. Names of one kind never overlap, of different
    kinds they may: a country inside a title, which names its holder in his days only. Inside any other
    name there is none (the White House is no Mr White), and beside a day or a year an English month is no
    surname.
    A speaker that an import made and only articles out of sight quote is unknown here.
    """
    found: dict[tuple[Term, ...], list[Name]] = {tuple(run): [] for run in runs if run}
    if not found:
        return {}
    names = _names_in(read_runs(list(found)), remember())
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


def _names_in(run: Run, memory: Memory) -> list[Name]:
    speakers = memory.speakers
    countries = memory.countries.said_in(run)
    known = _speakers_named(run, speakers)
    names = list(_name_speakers(run, known, speakers))
    names += _name_holders(run, countries, known, memory)
    names += find_countries(run, countries)
    names += memory.meetings.find(run)
    names += _other_spellings(run, memory.lexicon.aliases)
    names = _with_months(run, _outermost(names), find_months(run, memory.lexicon.months))
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


def _name_speakers(run: Run, known: Mapping[str, Sequence[int]], speakers: NamedRows) -> Iterator[Name]:
    for start, end, found in run.find(known):
        others = [spelling for pk in found for spelling in speakers.spellings(pk)]
        yield Name(start, end, tuple(found), _alternatives(run.spelling(start, end), others))


def _name_holders(
    run: Run, countries: Sequence[CountryNames], known: Mapping[str, Sequence[int]], memory: Memory
) -> Iterator[Name]:
    speakers = memory.speakers
    named = {pk for found in known.values() for pk in found}
    titles = list(
        find_titles(
            run,
            memory.offices,
            countries=countries,
            organisations={pk: speakers.spellings(pk) for pk in named & speakers.impersonal},
            unconfirmed=speakers.unconfirmed,
        )
    )
    spellings = {
        holder.speaker: speakers.spellings(holder.speaker) for *_place, held in titles for holder in held
    }
    for title in titles:
        name = name_holders(title, spellings)
        if name is not None:
            yield name


def _other_spellings(run: Run, aliases: Mapping[str, Sequence[Spelling]]) -> Iterator[Name]:
    """The words for which the lexicon has another spelling."""
    for start, end, spellings in run.find(aliases):
        if others := _alternatives(run.spelling(start, end), spellings):
            yield Name(start, end, (), others)


def _alternatives(asked: Spelling, spellings: Sequence[Spelling]) -> tuple[Alternative, ...]:
    return tuple(map(Alternative, other_spellings(asked, spellings)[:MAX_ALTERNATIVES]))


def _speakers_named(run: Run, speakers: NamedRows) -> dict[str, list[int]]:
    """The speakers (primary keys) whom each phrase of the run names by itself."""
    found = speakers.named_alone(run.keys)
    surnames: dict[str, Sequence[int]] = {}
    if run.is_latin:
        bearers = speakers.persons_in_latin
        surnames = {key: bearers[key] for key in run.keys if len(key) >= SHORTEST_SURNAME and key in bearers}
    hidden = speakers.out_of_sight(set().union(*found.values(), *surnames.values()))
    for key, pks in surnames.items():
        # A surname names the only one who bears it.
        if len(seen := set(pks) - hidden) == 1:
            found.setdefault(key, seen)
    return {key: sorted(pks - hidden) for key, pks in found.items() if pks - hidden}
