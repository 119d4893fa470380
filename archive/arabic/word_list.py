"""What a counted corpus says about a word: attested or not, and what may be joined before and after it.

A word list is counts of folded words (``archive.arabic.normalize.fold``) and nothing else. It is
static: made once by ``manage.py count_words`` and shipped, so that what it decides never changes.
The text of a list is remarks (``# ...``: where it comes from) and one line a count,
``count<TAB>word word word``, which is small and quick to read.
"""

from collections import defaultdict
from collections.abc import Mapping

# Evidence counts when it was seen this often, and in this share of the word's own occurrences.
_LEAST = 2
_SHARE = 0.005
_SHARE_OF_ENDINGS = 0.02
# A word that is so many times commoner than its rest is no particle and that rest (كانت is not ك + أنت;
# yet وأضاف is ten times as common in the press as أضاف).
_RATIO = 10
# Endings that nothing but a word can take which ends there (لبناني، قانونية، مهرجانات, never معلمونية).
_ENDINGS = ("ي", "يه", "ات", "ه", "ها")
# What may follow a word that is under the same particle: وجوده is judged as وجود is.
_INFLECTIONS = ("هما", "ها", "هم", "نا", "ات", "ان", "ون", "ين", "يه", "ه", "ي", "ا")
_SHORTEST = 3


class WordList:
    """Counts of folded words, and the questions that a light stemmer asks of them.

    The first letter of a word is its own when the word is attested after the article or a preposition:
    nothing stands there but a whole word (الوزير، لوزير: و is the minister's own; nobody ever wrote الوقال).
    """

    def __init__(self, counts: Mapping[str, int]) -> None:
        self._counts = counts

    def count(self, word: str) -> int:
        """How often the corpus has the word; 0 for one that is not in the list."""
        return self._counts.get(word, 0)

    def takes_article(self, word: str) -> bool:
        """Whether the article is attested before the word (المساهم: so the هم of مساهم is no pronoun)."""
        return self._shown(word, self._with_article(word))

    def keeps_article(self, word: str) -> bool:
        """Whether the letters ال of the word are its own (الالتزام; لألمانيا, for ل + ال is لل).

        The evidence must outweigh the word without them, or half the word itself: الألسنة does not make
        the ال of السنة its own.
        """
        evidence, after_lam = self._with_article(word), self.count("ل" + word)
        if after_lam > _RATIO * self.count("لل" + word[2:]):  # else a name in quotes: ل«الخليج»
            evidence += after_lam
        outweighs = evidence > self.count(word[2:]) or 2 * evidence > self.count(word)
        return outweighs and self._shown(word, evidence)

    def stands_alone(self, word: str) -> bool:
        """Whether the first letter is the word's own: see the class; a verb's own و is shown by يوافق."""
        evidence = self._with_article(word) + self.count("ب" + word) + self.count("ك" + word)
        if not word.startswith("ل"):  # للمجلس is the article before مجلس, not ل before لمجلس
            evidence += self.count("ل" + word)
        if word.startswith("و"):
            evidence += self.count("ي" + word)
        return self._shown(word, evidence)

    def is_joined(self, word: str) -> bool:
        """Whether the word is attested as a one-letter particle and another word.

        The rest is in the list, the whole is not much commoner, and neither the whole nor a commoner
        word of which it is an inflection ``stands_alone`` (بحثا is no ب + حثا: there is البحث).
        """
        count, rest = self.count(word), self.count(word[1:])
        if not rest or count > _RATIO * rest or self.stands_alone(word):
            return False
        bases = (word.removesuffix(ending) for ending in _INFLECTIONS if word.endswith(ending))
        return not any(
            len(base) >= _SHORTEST and self.count(base) > count and self.stands_alone(base) for base in bases
        )

    def keeps_ending(self, word: str) -> bool:
        """Whether the letters ان، ون، ين at the end are the word's own (لبنان, for there is لبناني)."""
        evidence = sum(self.count(word + ending) + self.count("ال" + word + ending) for ending in _ENDINGS)
        return evidence >= max(_LEAST, _SHARE_OF_ENDINGS * (self.count(word) + self.count("ال" + word)))

    def _with_article(self, word: str) -> int:
        evidence = self.count("ال" + word) + self.count("وال" + word) + self.count("بال" + word)
        return evidence if word.startswith("ل") else evidence + self.count("لل" + word)

    def _shown(self, word: str, evidence: int) -> bool:
        return evidence >= max(_LEAST, _SHARE * self.count(word))


def read_word_list(text: str) -> dict[str, int]:
    """The counts that ``write_word_list`` wrote. Raises ValueError for any other text."""
    counts: dict[str, int] = {}
    for line in text.splitlines():
        count, tab, words = line.partition("\t")
        if tab:
            counts.update(dict.fromkeys(words.split(" "), int(count)))
        elif not line.startswith("#"):
            raise ValueError(f"a line of the word list is no count and no remark: {line[:40]!r}")
    return counts


def write_word_list(counts: Mapping[str, int], *, about: str = "") -> str:
    """The list as text: the lines of ``about`` as remarks, then a line for every count, rising."""
    words: defaultdict[int, list[str]] = defaultdict(list)
    for word, count in counts.items():
        words[count].append(word)
    remarks = "".join(f"# {line}\n" for line in about.splitlines())
    return remarks + "".join(f"{count}\t{' '.join(sorted(words[count]))}\n" for count in sorted(words))
