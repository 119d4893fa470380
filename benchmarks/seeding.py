"""What an article of a corpus lacks, drawn by a seed: title, date, outlet, who spoke, where and for whom."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

SPEAKERS, COUNTRIES, MEETINGS, OUTLETS = 500, 80, 50, 12
KINDS = ("direct", "indirect")
FIRST_DAY, DAYS = date(2014, 9, 11), 4000
TITLE_WORDS = 9
# How many speakers an article has: none is as rare as three.
_SPEAKERS_AN_ARTICLE = ((0, 1, 2, 3), (1, 5, 3, 1))
_COUNTRIES_AN_ARTICLE = ((1, 2, 3), (3, 2, 1))
_WITH_MEETING = 0.6
_DIRECT = 0.7

# Text, speaker, the speaker's country, kind.
Said = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class Seeded:
    """The fields of an article as the corpus gives them or as they were drawn; every value is text."""

    title: str
    date: str
    source: str
    countries: tuple[str, ...]
    meeting: str
    speakers: tuple[str, ...]
    quotations: tuple[Said, ...]


class Seeder:
    """Draws for one article after another; the same articles in the same order get the same."""

    def __init__(self, seed: int) -> None:
        self._chance = random.Random(seed)
        self._outlets: dict[str, str] = {}
        self._country_of = {str(each): code(self._one_of(COUNTRIES)) for each in range(1, SPEAKERS + 1)}

    def seed(self, row: Mapping[str, Any], paragraphs: Sequence[str]) -> Seeded:
        """The fields of ``row``; one or two of its ``paragraphs`` are said by its speakers, if it has any."""
        chance = self._chance
        # Everything is drawn for every article, so that what one lacks does not change the next.
        day = FIRST_DAY + timedelta(days=chance.randrange(DAYS))
        outlet = str(self._one_of(OUTLETS))
        meeting = str(self._one_of(MEETINGS)) if chance.random() < _WITH_MEETING else ""
        speakers = tuple(map(str, self._several(_SPEAKERS_AN_ARTICLE, SPEAKERS)))
        countries = tuple(map(code, self._several(_COUNTRIES_AN_ARTICLE, COUNTRIES)))
        said = (
            chance.sample(list(paragraphs), min(len(paragraphs), chance.choice((1, 2)))) if speakers else []
        )
        return Seeded(
            title=(row.get("title") or "").strip() or " ".join(paragraphs[0].split()[:TITLE_WORDS]),
            date=(row.get("date") or "")[:10] or day.isoformat(),
            source=self._outlet(row["source"]) if row.get("source") else outlet,
            countries=countries,
            meeting=meeting,
            speakers=speakers,
            quotations=tuple(self._said(paragraph, speakers) for paragraph in said),
        )

    def _said(self, paragraph: str, speakers: Sequence[str]) -> Said:
        speaker = self._chance.choice(speakers)
        kind = KINDS[0] if self._chance.random() < _DIRECT else KINDS[1]
        return paragraph, speaker, self._country_of[speaker], kind

    def _several(self, numbers: tuple[Sequence[int], Sequence[int]], of: int) -> list[int]:
        wanted = self._chance.choices(*numbers)[0]
        return sorted({self._one_of(of) for _one in range(wanted)})

    def _one_of(self, count: int) -> int:
        """One of the numbers 1 to ``count``: half of all draws are at most about its square root."""
        return int((count + 1) ** self._chance.random())

    def _outlet(self, name: str) -> str:
        """The key of an outlet that the corpus names; those that are drawn have lower ones."""
        return self._outlets.setdefault(name, str(OUTLETS + 1 + len(self._outlets)))


def code(number: int) -> str:
    """Two letters that stand for a country: AB is the first."""
    return chr(ord("A") + number // 26) + chr(ord("A") + number % 26)
