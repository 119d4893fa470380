"""Months by their other names: حزيران for يونيو, جوان and June."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from archive.arabic.months import AMBIGUOUS, MONTHS, RARELY_MONTHS
from search.names import Alternative, Name, Run
from search.query_dates import ENGLISH_MONTHS

# An English abbreviation (Mar Mattai, Jan Kubiš), May and March are a month only beside a day or a year.
_UNSURE = AMBIGUOUS | {name for name in ENGLISH_MONTHS if len(name) == 3 or name == "march"}


def find_months(run: Run, further: Mapping[str, int]) -> Iterator[Name]:
    """The months that a run names; ``further`` are the curators' spellings (folded) with their numbers.

    A name that is also a word (آب، مارس، May) is a month only beside a day or a year. One that mostly is
    something else (آب) stands in for another name only together with that number. The press being Arabic,
    no English name stands in for another.
    """
    arabic = {**MONTHS, **further}
    names: dict[int, list[str]] = defaultdict(list)
    for name, number in arabic.items():
        names[number].append(name)
    for start, end, number in run.find({**ENGLISH_MONTHS, **arabic}):
        others = [name for name in names[number] if name not in run.phrases[start, end]]
        if not (_UNSURE.isdisjoint(run.phrases[start, end]) or is_dated(run, start, end)):
            continue
        plain = [Alternative(tuple(name.split())) for name in others if name not in RARELY_MONTHS]
        if plain:
            yield Name(start, end, (), tuple(plain))
        unsure = [tuple(name.split()) for name in others if name in RARELY_MONTHS]
        before, after = _beside(run, start, end)
        if unsure and _is_day(before):
            yield Name(start - 1, end, (), tuple(Alternative((before, *name)) for name in unsure))
        if unsure and _is_day(after):
            yield Name(start, end + 1, (), tuple(Alternative((*name, after)) for name in unsure))


def is_dated(run: Run, start: int, end: int) -> bool:
    """Whether the words ``start`` to ``end`` stand beside the number of a day or of a year."""
    return any(map(_is_day, _beside(run, start, end)))


def _beside(run: Run, start: int, end: int) -> tuple[str, str]:
    """The folded words before and after those from ``start`` to ``end``; empty where there is none."""
    before = run.words[start - 1].surface if start else ""
    after = run.words[end].surface if end < len(run.words) else ""
    return before, after


def _is_day(word: str) -> bool:
    """Whether a folded word is the number of a day or of a year."""
    return word.isdecimal() and (1 <= int(word) <= 31 if len(word) < 3 else is_year(word))


def is_year(word: str) -> bool:
    """Whether a folded word is the number of a year that the press may write of."""
    return len(word) == 4 and word.isdecimal() and 1900 <= int(word) <= 2100
