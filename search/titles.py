"""Titles by their holders: «وزير الخارجية الأميركي» names Tillerson in 2017 and Blinken in 2021.

A title is an office and whose office it is, a country or an organisation. Both are compared by stems,
so that joined particles, the article and the schools of spelling do not matter, and the owner may be
written as a name or as a nisba wherever it stands: وزير خارجية الولايات المتحدة. An English title, and
an organisation's that says whose it is in other words (رئيسة المفوضية الأوروبية), count as they stand in
the table of terms. Only terms of office that are sure and whose beginning is known count, and a title
without an owner names nobody.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from archive.arabic.particles import word_set
from search.analysis import Term
from search.names import Alternative, Name, Run, Spelling, other_spellings, unjoined
from search.offices import Held, Holder, Offices, Owner, Phrases, TitleWords, is_feminine, without_owner
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


def find_titles(
    run: Run,
    offices: Offices,
    *,
    countries: Sequence[CountryNames],
    organisations: Mapping[int, Sequence[Spelling]],
    unconfirmed: set[int],
) -> Iterator[tuple[int, int, list[Holder]]]:
    """The titles of a run and who surely held each when, the latest first.

    ``countries`` and ``organisations`` (spellings by the speaker's primary key) are those that the run
    may mean; ``unconfirmed`` are the speakers who count as nobody.
    """
    if run.is_of_single_words:
        return
    owners = offices.owners(countries, organisations)
    held = offices.held(owners, run.keys, unconfirmed, latin=run.is_latin)
    if held:
        yield from _read_titles(run, owners, held, offices.words)


def name_holders(
    found: tuple[int, int, Sequence[Holder]], spellings: Mapping[int, Sequence[Spelling]]
) -> Name | None:
    """A title as a name: its holders' Arabic spellings, each in its term; None if no holder has one.

    ``spellings`` are those that name each speaker by themselves, by primary key. A holder is left out
    whole rather than named by half of them.
    """
    start, end, held = found
    alternatives: list[Alternative] = []
    speakers: dict[int, None] = {}
    for holder in held:
        arabic = [spelling for spelling in spellings.get(holder.speaker, ()) if not spelling[0].isascii()]
        ways = [Alternative(spelling, holder.first, holder.last) for spelling in other_spellings((), arabic)]
        if len(alternatives) + len(ways) > MOST_ALTERNATIVES:
            break
        alternatives += ways
        speakers[holder.speaker] = None
    if not alternatives:
        return None
    listed = tuple(speakers) if len(speakers) <= MOST_LISTED else ()
    return Name(start, end, listed, tuple(alternatives), is_title=True)


def _read_titles(
    run: Run, owners: Mapping[Owner, Phrases], held: Held, words: TitleWords
) -> Iterator[tuple[int, int, list[Holder]]]:
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
                yield start, end, holders
            break
        start = following


def _holders(
    run: Sequence[Term], owners: Mapping[Owner, Phrases], held: Held, words: TitleWords
) -> list[Holder]:
    """Who ever held the office that the whole of ``run`` denotes."""
    rest = tuple(term.stem for term in run[1:])
    for head in _head_stems(run[0]):
        title = (head, *rest)
        found = list(held.get((None, title), ()))
        for owner, phrases in owners.items():
            office, removed = without_owner(title, phrases)
            if removed and office:
                found += held.get((owner, words.office(office)), ())
        if found and is_feminine(run[0].surface):
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


def _head_stems(term: Term) -> Sequence[str]:
    """The stems of a word as it stands and without joined particles."""
    return _stems_of_readings(term.surface, term.stem)


@lru_cache(maxsize=4096)
def _stems_of_readings(surface: str, stem: str) -> tuple[str, ...]:
    stemmed = stemmer().stem
    return tuple(dict.fromkeys((stem, *(stemmed(word) for word in unjoined(surface, 2)[1:]))))
