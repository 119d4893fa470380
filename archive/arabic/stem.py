"""The light stem of an Arabic word: what its written forms in the press have in common."""

from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from archive.arabic.own_letters import OWN_ARTICLE, OWN_ENDING
from archive.arabic.spellings import joined_spelling
from archive.arabic.word_list import WordList


class Affix(NamedTuple):
    """Letters that may be cut if at least ``left`` letters remain."""

    letters: str
    left: int


# The article with whatever is joined before it; the longest first.
ARTICLES = (
    Affix("وبال", 3),
    Affix("فبال", 3),
    Affix("وكال", 3),
    Affix("ولل", 2),
    Affix("فلل", 2),
    Affix("وال", 2),
    Affix("فال", 3),
    Affix("بال", 2),
    Affix("كال", 3),
    Affix("ال", 2),
    Affix("لل", 2),
)
CONJUNCTIONS = "وف"
PREPOSITIONS = "بلك"
AFTER_PARTICLE = 3
# A word that the list has in no form: its و is cut before this many letters or more.
AFTER_UNKNOWN_AND = 4
FUTURE = "س"
IMPERFECT = "يتن"
# Cut once, before the suffixes, when what is before them is attested.
PRONOUNS = ("هما", "كما", "ها", "هم", "هن", "كم", "نا", "ه")
BEFORE_PRONOUN = 3
# Tried in this order, again and again until none fits.
SUFFIXES = (
    Affix("ها", 3),
    Affix("ات", 2),
    Affix("ان", 3),
    Affix("ون", 3),
    Affix("ين", 3),
    Affix("يه", 3),
    Affix("ه", 2),
    Affix("ي", 3),
    Affix("ا", 3),
)
_PLURAL_ENDINGS = ("ان", "ون", "ين")


class LightStemmer:
    """A light stemmer after light10 (Larkey, Ballesteros, Connell 2007) that asks a word list.

    ``stem`` takes a word as ``archive.arabic.normalize.fold`` leaves it, so hamza seats, ة and ى are
    already one letter, and does this:

    1. **Protected words** (personal names) are never stemmed: only the article goes, and what is
       joined before it. Behind و a protected word of three letters is recognised, behind ف ب ل ك and
       their pairs one of four (وبلينكن، لبلينكن → بلينكن; لبن is not ل + بن).
    2. **The article** and what is joined before it goes (``ARTICLES``), unless its letters are the word's
       own: الالتزام and لألمانيا show that of التزام and ألمانيا, الوالد of والد; كال and فال go only
       before an attested word (فالنسيا). After لل the ل is the word's own if that word is
       commoner (للبنان → لبنان, للجنة → لجنة, but للدول → دول).
    3. Else **a pronoun** goes when what is before it is attested and as common (``PRONOUNS``: قواتهم), never
       from a word that takes the article (مساهم); before a pronoun ت is ة where the list has that
       word (وزارتها → وزارة).
    4. **و ف**, then **ب ل ك** go before an attested rest (وبسوريا، لروما), unless the list shows that the
       letter is the word's own (``WordList.is_joined``): وزير، واشنطن، فلسطين، باريس، لبنان، كيري
       never lose a letter. ب and ك stand before no verb, that is before nothing that takes the future
       س. A و before a word that the list has in no form goes too; no other letter does.
    5. **The future س** goes before ي ت ن and an attested rest (وسيعقد → يعقد; سيناء stays).
    6. **Suffixes** go (``SUFFIXES``) until none fits: ها ات ان ون ين ية ة ي and the final alef
       (سوريا، سورية، السوريين → سور; أمريكا، أمريكي → أمريك). ان ون ين stay where another
       ending is attested after them (لبنان، قانون: لبناني، قانونية).
    7. **Spellings** that no stem joins become one (أميرك → أمريك).

    Words without Arabic letters stay as they are. The result depends on nothing but the word and the
    static lists, so that stems never change while the archive grows.

    >>> LightStemmer(protected={"شكري"}).stem("للتحالف")
    'تحالف'
    """

    def __init__(self, *, protected: Collection[str] = (), counts: Mapping[str, int] | None = None) -> None:
        """``protected`` are folded words, ``counts`` how often a corpus has a folded word."""
        self._words = WordList(counts or {})
        self._protected = frozenset(protected).union(map(self._bare, protected))
        self.stem = lru_cache(maxsize=1 << 17)(self._stem)

    def _stem(self, word: str) -> str:
        if word.isascii():
            return word
        name = self._name(word)
        if name is not None:
            return name
        rest = self._without_article(word)
        if rest is None:
            rest = self._without_future(self._without_particles(self._without_pronoun(word)))
        return joined_spelling(self.without_suffixes(rest))

    def is_protected(self, word: str) -> bool:
        """Whether the folded word is a word of a personal name, alone or behind joined particles."""
        return self._name(word) is not None

    def is_attested(self, word: str) -> bool:
        """Whether the word list has the folded word."""
        return self._words.count(word) > 0

    def _name(self, word: str) -> str | None:
        if word in self._protected:
            return self._bare(word)
        for rest in _after_particles(word):
            if rest in self._protected:
                return self._bare(rest)
        if word.startswith(("لل", "ولل", "فلل")):
            named = "ال" + word[word.index("لل") + 2 :]
            return self._bare(named) if named in self._protected else None
        bare = self._without_article(word)
        return bare if bare in self._protected else None

    def _bare(self, name: str) -> str:
        """A name without the article, which it has or lacks from one paper to the next (الكاظمي)."""
        return (
            name[2:] if name.startswith("ال") and len(name) >= 5 and not self._keeps_article(name) else name
        )

    def _without_article(self, word: str) -> str | None:
        """What is left behind the article and what is joined before it; None where there is no article."""
        for letters, left in ARTICLES:
            if word.startswith(letters) and len(word) - len(letters) >= left:
                rest = word[len(letters) :]
                return (
                    self._after_lam(rest)
                    if letters.endswith("لل")
                    else self._after_article(word, letters, rest)
                )
        return None

    def _after_lam(self, rest: str) -> str:
        own = "ل" + rest
        is_own = self._words.count(own) > self._words.count("ال" + rest) and not self._words.is_joined(own)
        return own if is_own else rest

    def _after_article(self, word: str, letters: str, rest: str) -> str | None:
        definite = "ال" + rest
        for start in range(len(letters) - 2):  # والد, كاليفورنيا, وكاليفورنيا
            if self._words.stands_alone(word[start:]) or self._is_tabled(word[start:]):
                return word[start:] if start else None
        attested = self._words.count(definite) or self._words.count(rest)
        if letters.endswith(("كال", "فال")) and not attested:
            return None
        return definite if self._keeps_article(definite) else rest

    def _keeps_article(self, word: str) -> bool:
        return self._words.keeps_article(word) or self._is_tabled(word)

    def _is_tabled(self, word: str) -> bool:
        return word in OWN_ARTICLE or self.without_suffixes(word) in OWN_ARTICLE

    def _without_particles(self, word: str) -> str:
        if word[0] not in CONJUNCTIONS or len(word) <= AFTER_PARTICLE:
            return self._without_preposition(word)
        rest = word[1:]
        if self._words.is_joined(word):
            return self._without_preposition(rest)
        if self._words.count(word):
            return word
        inner = self._without_preposition(rest)
        unknown = word[0] == "و" and len(rest) >= AFTER_UNKNOWN_AND and not self._words.stands_alone(word)
        return inner if inner != rest or unknown else word

    def _without_preposition(self, word: str) -> str:
        if word[0] not in PREPOSITIONS or len(word) <= AFTER_PARTICLE or not self._words.is_joined(word):
            return word
        rest = word[1:]
        return word if word[0] != "ل" and self._words.count(FUTURE + rest) else rest

    def _without_future(self, word: str) -> str:
        is_future = word[0] == FUTURE and len(word) > AFTER_PARTICLE + 1 and word[1] in IMPERFECT
        return word[1:] if is_future and self._words.is_joined(word) else word

    def _without_pronoun(self, word: str) -> str:
        letters = next((each for each in PRONOUNS if word.endswith(each)), "")
        rest = word[: -len(letters)]
        if not letters or len(rest) < BEFORE_PRONOUN or self._words.takes_article(word):
            return word
        count = self._words.count
        if rest.endswith("ت") and len(rest) > BEFORE_PRONOUN:
            closed = rest[:-1] + "ه"
            if count(closed) > max(count(rest), count(word)):
                return closed
        return rest if count(rest) >= max(1, count(word)) else word

    def without_suffixes(self, word: str) -> str:
        """``word`` without inflectional endings; linear in their number."""
        while not (word.endswith(_PLURAL_ENDINGS) and (word in OWN_ENDING or self._words.keeps_ending(word))):
            for suffix, left in SUFFIXES:
                if word.endswith(suffix) and len(word) - len(suffix) >= left:
                    word = word[: -len(suffix)]
                    break
            else:
                break
        return word


def _after_particles(word: str) -> Iterator[str]:
    """What is left of ``word`` behind و, and behind ف ب ل ك and their pairs."""
    if word[0] == "و" and len(word) > 3:
        yield word[1:]
    bare = word[1:] if word[0] in CONJUNCTIONS else word
    if word[0] == "ف" and len(bare) >= 4:
        yield bare
    if bare[:1] in tuple(PREPOSITIONS) and len(bare) > 4:
        yield bare[1:]
