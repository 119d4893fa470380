"""What a number counts: the noun after it, «من» and a noun, or the noun that it follows."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from archive.arabic.clitics import readings
from archive.arabic.numerals import CARDINALS
from archive.arabic.particles import (
    ACTIONS,
    AUXILIARIES,
    NEGATIONS,
    PREPOSITIONS,
    RELATIVES,
    RESUMPTIVES,
    SUBORDINATORS,
    word_set,
)
from archive.extraction.counted import CountedNoun, bare_forms, light_key, sign_at
from archive.extraction.document import Block, Document
from archive.extraction.numbers import Written, is_spaces, start_after
from archive.extraction.phrases import Match
from archive.extraction.vocabulary import Vocabulary

_OTHERS = word_set("أخرى آخر آخرين آخرون أخريات غيرها")
_COUNT = word_set("عدد العدد")
_COUNTED_BY = word_set("عددها عددهم عدده عددهن")
_PARTITIVE = "من"
_ONE = (("واحد",), ("واحده",))
_STARTS = PREPOSITIONS - word_set("إلى")  # «ارتفع العدد من 50 إلى 140 رحلة»
# Words that are no noun, or none that a number counts.
_NO_NOUNS = (
    PREPOSITIONS
    | RELATIVES
    | RESUMPTIVES
    | SUBORDINATORS
    | NEGATIONS
    | AUXILIARIES
    | ACTIONS
    | word_set(
        "و أو ثم بل إلا إن إنه إنها هو هي هم هذا هذه ذلك تلك هؤلاء هناك هنا كل بعض غير سوى مثل جميع كافة أي "
        "أيضا فقط حاليا سنويا شهريا يوميا تقريبا أسبوعيا صباحا مساء ظهرا عصرا فجرا ليلا غرينتش بتوقيت جديد "
        "جديدا جديدة قبلها بعدها منها منهم منه عنه عنها وفقا طبقا نظرا مقابل مقارنة بدلا أكثر أقل أكبر فأكثر "
        "مئوية ميلادي ميلادية هجري هجرية هـ م نصف ربع ثلث عشرات مئات آلاف ملايين تم يتم كانت سيتم وذلك ليس"
    )
)
_IMPERFECT = re.compile("(?:س?[يتن])[ا-ي]{3,}|[ا-ي]{2,}وا")
_ARABIC = re.compile("[ا-ي]{3,}")
# An unlisted word that begins so may be one with a preposition («بمنوبة»).
_JOINED = ("و", "ف", "ب", "ل", "ك")
_NEAR = 8  # words between a noun and the number after it («أعضاء التحالف الدولي ضد داعش الـ68»)
_LINKS = re.compile(r"[\s()\[\]«»“”\"'ـ]*")


class Unit(NamedTuple):
    """What is counted: the words ``first`` to before ``last`` (none for a sign), ``start`` to ``end``.

    ``is_one`` says that the noun is singular, so that a number after it is an ordinal («العضو الـ90»).
    """

    first: int
    last: int
    start: int
    end: int
    key: str
    kind: str
    is_one: bool = False


class Units:
    """Finds what the numbers of one text count; the words at the places of ``closed`` are dates."""

    def __init__(self, document: Document, closed: set[int], vocabulary: Vocabulary) -> None:
        self.document = document
        self.closed = closed
        self.vocabulary = vocabulary
        self.keys = document.keys

    def of(self, number: Written, block: Block) -> Unit | None:
        """What a number counts; None if it cannot be told."""
        found = self._sign(number) or self._listed_after(number, block)
        if number.definite or found is not None:
            return found or self._before(number, block) or self._unlisted_after(number, block)
        return self._unlisted_after(number, block) or self._before(number, block)

    def is_listed_at(self, place: int, block: Block) -> bool:
        """Whether a listed noun, «من» or a sign follows, so that even «2000» is no year."""
        return (
            self.vocabulary.counted.phrases.match_at(self.keys, place, block.last, proclitics=False)
            is not None
            or self.keys[place : place + 1] == (_PARTITIVE,)
            or bool(sign_at(self.document.gap_before(place), self.vocabulary.counted.signs))
        )

    def _sign(self, number: Written) -> Unit | None:
        """«98%», «%98», «$436 مليون»."""
        signs = self.vocabulary.counted.signs
        text = self.document.text
        gap = self._gap(number.last)
        sign = sign_at(gap, signs)
        start = self.document.words[number.last - 1].end + gap.find(sign)
        if not sign:
            sign = sign_at(self.document.gap_before(number.first), signs, before=True)
            start = text.rfind(sign, 0, self.document.words[number.first].start)
        if not sign:
            return None
        noun = signs[sign]
        return Unit(number.last, number.last, start, start + len(sign), noun.key, noun.kind)

    def _gap(self, place: int) -> str:
        """What follows the word before ``place``, also at the end of the text."""
        if place < len(self.document.words):
            return self.document.words[place].gap
        return self.document.text[self.document.words[place - 1].end :]

    def _follows(self, number: Written, block: Block) -> bool:
        """Whether a word follows a number on the same line, without a mark between them."""
        place = number.last
        return place < block.last and place not in self.closed and is_spaces(self.document.gap_before(place))

    def _unlisted_after(self, number: Written, block: Block) -> Unit | None:
        place = number.last
        if not self._follows(number, block) or not self._is_noun(place, number):
            return None
        return self._unit_of(place, place + 1, light_key(self.keys[place]), "other")

    def _listed_after(self, number: Written, block: Block) -> Unit | None:
        place = number.last
        if not self._follows(number, block):
            return None
        match = self.vocabulary.counted.phrases.match_at(self.keys, place, block.last, proclitics=False)
        if match is not None:
            return self._extended(place, match.end, match.values[0], block)
        if self.keys[place] == _PARTITIVE:
            return self._part_of(place + 1, block)
        return None

    def _unit_of(self, first: int, last: int, key: str, kind: str) -> Unit:
        words = self.document.words
        return Unit(first, last, words[first].start, words[last - 1].end, key, kind)

    def _extended(self, first: int, last: int, noun: CountedNoun, block: Block) -> Unit:
        """The unit with what belongs to it: whose currency, «other», a second noun joined by و."""
        key = noun.key
        follows = self.keys[last] if last < block.last and is_spaces(self.document.gap_before(last)) else ""
        if noun.kind == "money" and follows:
            issuer = self._issuer(last, block)
            if issuer:
                last, key = issuer[0], key if issuer[1] == noun.country else f"{key} {issuer[1].lower()}"
        elif follows in _OTHERS:
            last, key = last + 1, f"{key} {follows}"
        elif follows.startswith("و") and last not in self.closed:
            rest = (follows[1:], *self.keys[last + 1 : min(block.last, last + 3)])
            joined = self.vocabulary.counted.phrases.match_at(rest, 0, proclitics=False)
            whole = self.vocabulary.counted.phrases.match_at(self.keys, last, block.last, proclitics=False)
            if joined is not None and whole is None and noun.kind != "time" and self._is_plain(joined, rest):
                key = " ".join(sorted({key, joined.values[0].key}))
                last += joined.end
        return self._unit_of(first, last, key, noun.kind)

    def _is_plain(self, match: Match[CountedNoun], words: Sequence[str]) -> bool:
        """Whether a second noun is counted by the same number: no dual, and not «وهدف واحد»."""
        return not match.values[0].dual and words[match.end : match.end + 1] not in _ONE

    def _issuer(self, place: int, block: Block) -> tuple[int, str] | None:
        """The country that a currency is of («دولار كندي»), and the end of its words."""
        match = self.vocabulary.places.match_at(self.keys, place, block.last, proclitics=False)
        if match is None or self.keys[place].startswith("ال") or match.values[0].kind != "nisba":
            return None
        return match.end, match.values[0].code

    def _part_of(self, place: int, block: Block) -> Unit | None:
        """«10 آلاف من مقاتلي داعش», «أربعة من عناصرها»: known nouns only."""
        if place >= block.last or not is_spaces(self.document.gap_before(place)):
            return None
        unit = self._noun_at(place)
        return None if unit is None or unit.kind == "time" else unit

    def _noun_at(self, place: int) -> Unit | None:
        """The counted noun that a word is, with the article, a pronoun or proclitics."""
        phrases = self.vocabulary.counted.phrases
        for proclitics, word in readings(self.keys[place]):
            for form in (word, *bare_forms(word)):
                match = phrases.match_at((form,), 0, proclitics=False)
                if match is not None and not match.values[0].dual:
                    noun = match.values[0]
                    # Of لل the second ل is the article.
                    left = len(proclitics) if self.keys[place].endswith(word) else 0
                    start = start_after(self.document, place, left)
                    unit = self._unit_of(place, place + 1, noun.key, noun.kind)
                    return unit._replace(start=start, is_one=form == noun.key)
        return None

    def _is_noun(self, place: int, number: Written) -> bool:
        """Whether a word that the lexicon does not list may be what a number counts."""
        key, raw = self.keys[place], self.document.words[place].text
        vocabulary = self.vocabulary
        if _ARABIC.fullmatch(key) is None or key.startswith("ال") or key in _NO_NOUNS or key in CARDINALS:
            return False
        if key in vocabulary.verbs or key in vocabulary.months or key in vocabulary.weekdays:
            return False
        for proclitics, word in readings(key):
            if word in _NO_NOUNS or word.startswith("ال") or (proclitics and self._is_listed(word)):
                return False
        if vocabulary.places.match_at(self.keys, place, proclitics=False) is not None:
            return False
        tail = number.value % 100
        if 11 <= tail <= 99 and number.value == number.value.to_integral_value():
            accusative = raw.endswith(("اً", "ًا", "ة", "ةً"))
            # عالميا is an adverb.
            return accusative and not key.startswith(_JOINED) and not key.endswith("يا")
        return (
            3 <= tail <= 10
            and key.endswith("ات")
            and _IMPERFECT.fullmatch(key) is None
            and not key.startswith(_JOINED)
        )

    def _is_listed(self, key: str) -> bool:
        return self.vocabulary.counted.phrases.match_at((key,), 0, proclitics=False) is not None

    def _before(self, number: Written, block: Block) -> Unit | None:
        """«الدول الـ83», «المسارات العسكرية الخمسة», «الدول وعددها 74», «عدد الأعضاء إلى 83»."""
        by_count = number.outer > block.first and any(
            word in _COUNTED_BY for _, word in readings(self.keys[number.outer - 1])
        )
        if by_count:
            return self._nearest(number.outer - 1, block, _NEAR)
        if number.definite and number.outer > block.first:
            before = self.keys[number.outer - 1]
            if before in PREPOSITIONS:
                return None
            return self._nearest(number.outer, block, _NEAR if number.digits else 2)
        return self._number_of(number, block)

    def _nearest(self, place: int, block: Block, reach: int) -> Unit | None:
        """The nearest counted noun before a word, with nothing but blanks, brackets and marks between."""
        for at in range(place - 1, max(block.first, place - reach) - 1, -1):
            gap = self.document.gap_before(at + 1)
            # «الدول الأعضاء، وعددها 74»
            joined = _LINKS.fullmatch(gap) or (at == place - 1 and gap.strip() == "،")
            if not joined or at in self.closed:
                return None
            unit = self._noun_at(at)
            if unit is not None and unit.kind not in ("time", "share", "measure"):
                return None if unit.is_one else self._with_pair(unit, block)
        return None

    def _with_pair(self, unit: Unit, block: Block) -> Unit:
        """«الدول والمنظمات»: both nouns are counted."""
        at = unit.first
        joined = unit.start > self.document.words[at].start and self.keys[at].startswith("و")
        if not joined or at == block.first or not is_spaces(self.document.gap_before(at)):
            return unit
        other = self._noun_at(at - 1)
        if other is None:
            return unit
        key = " ".join(sorted({other.key, unit.key}))
        return other._replace(last=unit.last, end=unit.end, key=key)

    def _number_of(self, number: Written, block: Block) -> Unit | None:
        """«بلغ عدد الأعضاء 83»: the noun after عدد counts, if the number has none of its own."""
        if number.outer > block.first and self.keys[number.outer - 1] in _STARTS:
            return None
        for at in range(number.outer - 2, max(block.first, number.outer - _NEAR) - 1, -1):
            if not _LINKS.fullmatch(self.document.gap_before(at + 2)):
                return None
            if any(word in _COUNT for _, word in readings(self.keys[at])):
                return self._noun_at(at + 1)
        return None
