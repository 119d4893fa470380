"""The light stem of an Arabic word: what its written forms in the press have in common."""

from collections.abc import Collection, Iterator
from functools import lru_cache
from typing import NamedTuple

from archive.arabic.own_letters import OWN_ARTICLE, OWN_ENDING, OWN_WAW, OWN_WAW_BEGINNINGS
from archive.arabic.spellings import joined_spelling


class Affix(NamedTuple):
    """Letters that may be cut if at least ``left`` letters remain."""

    letters: str
    left: int


# The article with whatever is joined before it; the longest first.
ARTICLES = (
    Affix("وبال", 3),
    Affix("فبال", 3),
    Affix("وكال", 3),
    Affix("ولل", 3),
    Affix("فلل", 3),
    Affix("وال", 2),
    Affix("فال", 3),
    Affix("بال", 2),
    Affix("كال", 3),
    Affix("ال", 2),
    Affix("لل", 3),
)
AND = Affix("و", 3)
# Cut only before a known word: as a first letter they belong to too many words.
PARTICLES = ("وب", "ول", "وك", "فب", "فل", "ف", "ب", "ل", "ك")
SHORTEST_AFTER_PARTICLE = 4
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


class LightStemmer:
    """A light stemmer after light10 (Larkey, Ballesteros, Connell 2007) for folded words.

    ``stem`` takes a word as ``archive.arabic.normalize.fold`` leaves it, so hamza seats, ة and ى are
    already one letter, and does this:

    1. **Protected words** (personal names) are never stemmed: only the article goes, and what is
       joined before it. Behind و a protected word of three letters is recognised, behind ف ب ل ك and
       their pairs one of four (وبلينكن، لبلينكن → بلينكن; لبن is not ل + بن).
    2. **The article** and what is joined before it goes (``ARTICLES``), unless its letters are the
       word's own (ألمانيا، التزام، والدة: ``OWN_ARTICLE``).
    3. Else **ف ب ل ك**, alone or after و, go before an ``attested`` word only (بروما، ولسوريا), of four
       letters or more: فلسطين, باريس and لبنان must never lose a letter.
    4. Else **و** goes if three letters remain and it is not the word's own (وزير، واشنطن، وكالة:
       ``OWN_WAW``).
    5. **Suffixes** go (``SUFFIXES``) until none fits: ها ات ان ون ين ية ة ي and the final alef
       (سوريا، سورية، السوريين → سور; أمريكا، أمريكي → أمريك), unless they are the word's own
       (لبنان، قانون، تأمين: ``OWN_ENDING``).
    6. **Spellings** that no stem joins become one (أميرك → أمريك).

    Words without Arabic letters stay as they are. The result depends on nothing but the word and the
    two sets, so that stems never change while the archive grows.

    >>> LightStemmer(protected={"شكري"}).stem("للتحالف")
    'تحالف'
    """

    def __init__(self, *, protected: Collection[str] = (), attested: Collection[str] = ()) -> None:
        """``protected`` and ``attested`` are folded words."""
        self._protected = frozenset(protected).union(map(_bare, protected))
        self._known = frozenset(attested)
        self.stem = lru_cache(maxsize=1 << 17)(self._stem)

    def _stem(self, word: str) -> str:
        if word.isascii():
            return word
        name = self._name(word)
        return name or joined_spelling(without_suffixes(self._without_proclitics(word)))

    def is_protected(self, word: str) -> bool:
        """Whether the folded word is a word of a personal name, alone or behind joined particles."""
        return self._name(word) is not None

    def _name(self, word: str) -> str | None:
        if word in self._protected:
            return _bare(word)
        if word[0] == AND.letters and len(word) > AND.left and word[1:] in self._protected:
            return _bare(word[1:])
        for rest in _after_particles(word):
            if rest in self._protected:
                return _bare(rest)
        if word.startswith(("لل", "ولل", "فلل")):
            named = "ال" + word[word.index("لل") + 2 :]
            return _bare(named) if named in self._protected else None
        bare = _without_article(word)
        return bare if bare != word and bare in self._protected else None

    def _without_proclitics(self, word: str) -> str:
        if (bare := _without_article(word)) != word:
            return bare
        if known := next((rest for rest in _after_particles(word) if rest in self._known), ""):
            return known
        if word[0] == AND.letters and len(word) - 1 >= AND.left and not _waw_is_its_own(word):
            return word[1:]
        return word


def without_suffixes(word: str) -> str:
    """``word`` without inflectional endings; linear in their number."""
    while word not in OWN_ENDING:
        for suffix, left in SUFFIXES:
            if word.endswith(suffix) and len(word) - len(suffix) >= left:
                word = word[: -len(suffix)]
                break
        else:
            break
    return word


def _without_article(word: str) -> str:
    if not word.startswith(("ال", "لل", "و", "ف", "ب", "ك")):
        return word
    if without_suffixes(word) in OWN_ARTICLE:
        return word
    for letters, left in ARTICLES:
        if word.startswith(letters) and len(word) - len(letters) >= left:
            inner = word[len(letters) - 2 :]
            return inner if without_suffixes(inner) in OWN_ARTICLE else word[len(letters) :]
    return word


def _waw_is_its_own(word: str) -> bool:
    return word.startswith(OWN_WAW_BEGINNINGS) or word in OWN_WAW or without_suffixes(word) in OWN_WAW


def _after_particles(word: str) -> Iterator[str]:
    for particle in PARTICLES:
        if word.startswith(particle) and len(word) - len(particle) >= SHORTEST_AFTER_PARTICLE:
            yield word[len(particle) :]


def _bare(name: str) -> str:
    """A name without the article, which it has or lacks from one paper to the next (الكاظمي، كاظمي)."""
    return name[2:] if name.startswith("ال") and len(name) >= 5 and name not in OWN_ARTICLE else name
