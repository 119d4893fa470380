"""Which countries, people and groups a short text names: what tells apart two sentences of one form.

Pure: the names come in as data. A name counts after joined particles and with or without the article;
of a name and a longer one around it the longer counts.
"""

from collections.abc import Iterable, Mapping

from archive.arabic.clitics import readings, without_article
from archive.extraction.phrases import phrase_key

# The adversary goes by several names, all of one group.
ADVERSARY = (
    "daesh",
    (
        "داعش",
        "التنظيم",
        "التنظيم الإرهابي",
        "تنظيم داعش",
        "تنظيم الدولة",
        "تنظيم الدولة الإسلامية",
        "الدولة الإسلامية",
        "الدولة الإسلامية في العراق والشام",
        "تنظيم الدولة الإسلامية في العراق والشام",
        "الدولة الإسلامية في العراق وسوريا",
    ),
)
# Places of the war that the press names without their country.
PLACES = (
    "الموصل",
    "الرقة",
    "الفلوجة",
    "الرمادي",
    "تكريت",
    "الأنبار",
    "نينوى",
    "تلعفر",
    "كركوك",
    "أربيل",
    "سنجار",
    "دير الزور",
    "الباغوز",
    "الهول",
    "الحسكة",
    "منبج",
    "حلب",
    "إدلب",
    "عفرين",
    "كوباني",
    "عين العرب",
    "تدمر",
    "سرت",
    "سيناء",
    "خراسان",
    "الساحل",
)
_SHORTEST = 3


class EntityNames:
    """Names of entities, to find them in a text.

    >>> EntityNames([("FR", ["فرنسا", "فرنسي"]), ("BE", ["بلجيكا", "بلجيكي"])]).find("وللشعب الفرنسي")
    frozenset({'FR'})
    """

    def __init__(self, names: Iterable[tuple[str, Iterable[str]]] = ()) -> None:
        """``names`` are entities, each a key and what it is called; who first has a name keeps it."""
        found: dict[str, str] = {}
        for entity, spellings in (ADVERSARY, *((place, (place,)) for place in PLACES), *names):
            for spelling in spellings:
                key = " ".join(map(without_article, phrase_key(spelling)))
                if len(key) >= _SHORTEST:
                    found.setdefault(key, entity)
        self._names: Mapping[str, str] = found
        self._longest = max(key.count(" ") for key in found) + 1

    def find(self, text: str) -> frozenset[str]:
        """The keys of the entities that ``text`` names; linear in its length."""
        words = phrase_key(text)
        bare = list(map(without_article, words))
        found = set()
        at = 0
        while at < len(words):
            used, entity = self._at(words[at], bare[at + 1 : at + self._longest])
            if entity is not None:
                found.add(entity)
            at += used
        return frozenset(found)

    def _at(self, word: str, following: list[str]) -> tuple[int, str | None]:
        """How many words the name that begins here has, and whose it is; one word and None without a name."""
        starts = [without_article(rest) for _clitics, rest in readings(word)]
        for more in range(len(following), -1, -1):
            for start in starts:
                entity = self._names.get(" ".join([start, *following[:more]]))
                if entity is not None:
                    return more + 1, entity
        return 1, None
