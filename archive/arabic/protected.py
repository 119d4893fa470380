"""Which words of personal names the stemmer leaves alone."""

from collections.abc import Iterable

from archive.arabic.normalize import fold
from archive.arabic.words import segment

# Words that stand in the spellings of names (الملك عبدالله الثاني، أنور العربي، علي السوداني) and are
# ordinary words of the press all the same: titles, ordinals, adjectives. They are stemmed like any other.
_ORDINARY = """
    الأمير الملك الملكة السلطان الشيخ السيد السيدة الدكتور الدكتورة البروفيسور المهندس السفير السفيرة
    الجنرال الأدميرال الفريق اللواء العميد العماد المشير اللورد الحاجة الثاني الثانية ثاني الثالث السادس
    العربي عربي النفطي نفطي المدني مدني الرئيسي رئيسي السلمي سلمي الوطني وطني
"""


def words_of(texts: Iterable[str]) -> frozenset[str]:
    """The folded words of ``texts``."""
    return frozenset(fold(word.text) for text in texts for word in segment(text)) - {""}


ORDINARY = words_of([_ORDINARY])


def protected_words(names: Iterable[str], *, nationalities: Iterable[str] = ()) -> frozenset[str]:
    """The folded words of personal ``names``, without those that the press uses as ordinary words.

    ``nationalities`` are the names of countries and of their peoples: a surname that is one of them
    (السوداني) must not keep a reader from finding the country.
    """
    nations = words_of(nationalities)
    with_article = {"ال" + word for word in nations}
    return words_of(names) - ORDINARY - nations - with_article
