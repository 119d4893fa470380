"""A noun phrase that may mean a speaker, and the small marks by which one is told from the next."""

from dataclasses import dataclass

from archive.arabic.clitics import readings, without_conjunction
from archive.arabic.particles import COMPANY, PREPOSITIONS
from archive.extraction.document import Document
from archive.extraction.titles import Title
from archive.extraction.vocabulary import Group, Named

SPACE = " #\t\u00a0\u200f\u200e"
COMMAS = ("،", ",")
SHADDA = "\u0651"
_RULING = PREPOSITIONS | COMPANY


@dataclass(frozen=True, slots=True)
class Mention:
    """A noun phrase for a possible speaker: words ``first`` to before ``last``.

    ``kind`` as ``facts.SPEAKER_KINDS``; ``name`` the words of the name, if there is one; ``named`` who is
    known by it; ``governed`` says that a preposition or proclitic rules it; ``conjoined`` that و joins it.
    ``address`` is a form of address that stands alone for somebody named before (سموه، العميد);
    ``issuer`` whose words a document holds (بيان لوزارة الخارجية).
    """

    first: int
    last: int
    kind: str
    name: tuple[int, int] | None = None
    title: Title | None = None
    named: tuple[Named, ...] = ()
    group: Group | None = None
    country: str | None = None
    gender: str = ""
    number: str = "s"
    governed: bool = False
    conjoined: bool = False
    address: str = ""
    issuer: "Mention | None" = None

    @property
    def form(self) -> str:
        """The kind of mention, as ``facts.MENTION_KINDS``."""
        if self.title is not None and self.title.possessive and self.name is None:
            return "possessive"
        if self.name is None:
            return "role"
        return "full" if self.name[1] - self.name[0] > 1 else "surname"


def tight(gap: str) -> bool:
    return all(sign in SPACE for sign in gap)


def after_closing(gap: str) -> str:
    """``gap`` without the closing marks that it begins with; an opening mark, after a blank, stays."""
    if gap[:1] == "“" and gap[1:2].isspace():
        # A mark that faces the wrong way.
        return gap[1:]
    return gap.lstrip(')»”"')


def comma(gap: str) -> bool:
    return after_closing(gap).strip(SPACE) in COMMAS


def is_governed(document: Document, first: int, floor: int, proclitics: str) -> bool:
    if any(letter in "بلك" for letter in proclitics):
        return True
    if first <= floor:
        return False
    word = document.words[first - 1]
    before = without_conjunction(word.key)
    if before == "بين" and (SHADDA in word.text or (before != word.key and first - 1 == floor)):
        # وبيّن: the verb, not the preposition.
        return False
    ruled = before in _RULING or word.key in _RULING
    return ruled and not any(sign in document.gap_before(first) for sign in "،,:؛.")


def grammatical_gender(key: str) -> str:
    for _, word in readings(key):
        if word.endswith("ه") or word in ("الولايات", "قوات", "القوات", "الامم", "حركه", "كتايب"):
            return "f"
    return "m"
