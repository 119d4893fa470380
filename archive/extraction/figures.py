"""Figures: the numbers of a text that count something, with what they count.

Not figures: years and dates, clock times, ages, numbers that are names (القرار 2254، المادة 51، مجموعة
العشرين), numbers of a list, ordinals, fractions, and vague words (عشرات الآلاف).
"""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from archive.arabic.clitics import readings
from archive.arabic.particles import word_set
from archive.extraction.document import Block, Document
from archive.extraction.facts import FoundFigure
from archive.extraction.numbers import (
    EXACT,
    Written,
    after_digits,
    bound_after,
    is_spaces,
    number_at,
    start_after,
)
from archive.extraction.units import Unit, Units
from archive.extraction.vocabulary import Vocabulary

_TOO_LARGE = Decimal(10) ** 15
_THOUSANDTH = Decimal("0.001")
_YEARS = range(1900, 2101)
_BEFORE_YEARS = word_set(
    "عام العام سنة السنة عاما منذ مطلع أوائل أواخر نهاية بداية منتصف صيف خريف شتاء ربيع حتى في وحتى بحلول"
)
# What stands before a number that is a name or a place in a list.
_NUMBERED = word_set(
    "رقم الرقم رقما قرار القرار القرارات قراره قرارها المادة مادة المادتين الفقرة البند الفصل الصفحة المرسوم "
    "القانون الساعة ساعة هاتف فاكس الغرفة القناة اللواء الكتيبة الفرقة الفوج الدورة دورته دورتها النسخة "
    "العدد "
    "الحلقة الطريق مجموعة المجموعة مجموعتي قمة القمة سن السن"
)
_AGES = word_set("العمر عمر عمره عمرها عمرهم أعمارهم سن السن سنا عمرا")
_AGE_UNITS = word_set("سنة شهر")
_REACHING = word_set("يبلغ تبلغ البالغ البالغة دون")
_LEAST_AGE, _GREATEST_AGE = 12, 100  # «علي، 45 عاما»
_CLOCK, _MINUTE = word_set("الساعة"), word_set("دقيقة")


class _Reader:
    """One text's figures, block by block."""

    def __init__(self, document: Document, closed: set[int], vocabulary: Vocabulary) -> None:
        self.document = document
        self.units = Units(document, closed, vocabulary)
        self.closed = closed
        self.vocabulary = vocabulary
        self.keys = document.keys

    def read(self, block: Block) -> Iterator[FoundFigure]:
        place = block.first
        while place < block.last:
            number = (
                None if place in self.closed else number_at(self.document, place, block.first, block.last)
            )
            if number is None:
                dual = self._dual(place, block)
                if dual is not None:
                    yield dual
                place = after_digits(self.document, place, block.last)
                continue
            figure = self._figure(number, block)
            if figure is not None:
                yield figure
                place = max(number.last, self.document.place_at(figure.end))
            else:
                place = after_digits(self.document, place, block.last)

    def _figure(self, number: Written, block: Block) -> FoundFigure | None:
        if number.value >= _TOO_LARGE or (number.high or 0) >= _TOO_LARGE or number.value == 0:
            return None
        if any(at in self.closed for at in range(number.first, number.last)) or self._is_name(number, block):
            return None
        unit = self.units.of(number, block)
        if unit is None or self._is_age(number, unit, block):
            return None
        if number.value == 1 and not number.digits and number.last == number.first + 1:
            return None
        start, end = min(number.start, unit.start), max(self._end(number), unit.end)
        bound = number.bound
        if bound == EXACT:
            bound = bound_after(self.document, self.document.place_at(end), block.last)
        words = self.document.text[unit.start : unit.end]
        return FoundFigure(
            self.document.text[start:end],
            start,
            end,
            number.value.quantize(_THOUSANDTH),
            None if number.high is None else number.high.quantize(_THOUSANDTH),
            bound,
            words,
            unit.key,
            unit.kind,
        )

    def _end(self, number: Written) -> int:
        return self.document.words[number.last - 1].end

    def _dual(self, place: int, block: Block) -> FoundFigure | None:
        """A dual that is a number by itself (دولتين); never «the two states», which were named before."""
        if place in self.closed:
            return None
        match = self.vocabulary.counted.phrases.match_at(self.keys, place, block.last)
        if match is None or not match.values[0].dual or match.proclitics not in ("", "و"):
            return None
        noun, start = match.values[0], start_after(self.document, place, len(match.proclitics))
        end = self.document.words[place].end
        word = self.document.text[start:end]
        return FoundFigure(word, start, end, Decimal("2.000"), None, EXACT, word, noun.key, noun.kind)

    def _is_name(self, number: Written, block: Block) -> bool:
        """A year, a number of a law, a number at the head of a list."""
        before = self.keys[number.outer - 1] if number.outer > block.first else ""
        words = {word for _, word in readings(before)} if before else set()
        if words & _NUMBERED and is_spaces(self.document.gap_before(number.outer)):
            return True
        if number.outer > block.first and self.document.gap_before(number.first)[-1:] in ("/", ":", "#", "+"):
            return True
        if not number.digits:
            return False
        follows = self.document.gap_before(number.last).lstrip()[:1]
        if follows in ("/", ":") or (number.outer == block.first and follows in tuple("-.)–ـ")):
            return True
        year = self.keys[number.first]
        if len(year) != 4 or int(year) not in _YEARS or number.bound != EXACT:
            return False
        return bool(words & _BEFORE_YEARS) or not self.units.is_listed_at(number.last, block)

    def _is_age(self, number: Written, unit: Unit, block: Block) -> bool:
        """«عمره 30 عاما», «علي (45 عاما)», «علي، 45 عاما»; and minutes of the clock."""
        before = self.keys[max(block.first, number.outer - 4) : number.outer]
        if unit.key in _MINUTE:
            return any(word in _CLOCK for word in before)
        if unit.key not in _AGE_UNITS:
            return False
        gap = self.document.gap_before(number.first)
        apposed = number.digits and number.outer == number.first and gap.strip() in ("،", ",")
        if gap.endswith("(") or (apposed and _LEAST_AGE <= number.value <= _GREATEST_AGE):
            return True
        near = (*before, *self.keys[unit.last : min(block.last, unit.last + 2)])
        reached = any(word in _REACHING for word in before[-1:])
        return reached or any(word in _AGES for key in near for _, word in readings(key))


def find_figures(
    document: Document, blocks: Iterable[Block], dates: Iterable[tuple[int, int]], vocabulary: Vocabulary
) -> tuple[FoundFigure, ...]:
    """The figures of ``blocks`` in the order of the text; ``dates`` are the words that are dates.

    Linear in the length of the blocks.
    """
    closed = {place for first, last in dates for place in range(first, last)}
    reader = _Reader(document, closed, vocabulary)
    found = {(figure.start, figure.end): figure for block in blocks for figure in reader.read(block)}
    return tuple(found[span] for span in sorted(found))
