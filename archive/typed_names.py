"""Names as readers type them, in Arabic or Latin letters, and the keys by which they are found."""

from collections.abc import Iterable
from functools import lru_cache
from itertools import product

from archive.arabic.clitics import ARTICLE, without_article
from archive.arabic.normalize import fold, match_key
from archive.arabic.words import segment

# In longer names the article is written as it should be.
_MOST_WORDS = 4
# Letters that have no accent to lose; many readers write them plainly (Yildirim, Soreide).
_PLAIN_LATIN = str.maketrans(
    {"ı": "i", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "æ": "ae", "ß": "ss"}
)
# What follows these is a father's name, no surname (Qaboos bin Said).
_NO_SURNAME_AFTER = frozenset({"bin", "bint", "ibn"})
# No surname reaches over this (Salman of Saudi Arabia).
_OF = "of"


@lru_cache(maxsize=16384)
def words_key(text: str) -> str:
    """The folded words of ``text`` with a space between them."""
    return " ".join(filter(None, (fold(word.text) for word in segment(text))))


def typed_keys(text: str) -> frozenset[str]:
    """The folded keys that ``text`` may mean: as it stands, and each word with or without the article."""
    words = words_key(text).split()
    ways = [(word, *_other_article(word)) if len(words) <= _MOST_WORDS else (word,) for word in words]
    found = {" ".join(way) for way in product(*ways)}
    if words and words[0] == "the":
        found.add(" ".join(words[1:]))
    return frozenset(found | {match_key(text)}) - {""}


def typed_numbers(texts: Iterable[str]) -> list[int]:
    """Those of ``texts`` that may be primary keys: ASCII digits, no more than a database's integer holds."""
    return [int(text) for text in texts if text.isascii() and text.isdigit() and len(text) < 19]


def is_latin(text: str) -> bool:
    """Whether the folded ``text`` has a Latin letter."""
    return any("a" <= letter <= "z" for letter in text)


@lru_cache(maxsize=16384)
def latin_keys(name: str, *, surnames: bool = False) -> tuple[str, ...]:
    """The keys of a Latin name: whole, without an article and, with ``surnames``, each end of it."""
    found: dict[str, None] = {}
    for spelled in (name, name.translate(_PLAIN_LATIN)):
        words = words_key(spelled).split()
        found[" ".join(words)] = None
        if words[:1] == ["the"]:
            found[" ".join(words[1:])] = None
        for at in range(1, len(words) if surnames else 0):
            if words[at - 1] not in _NO_SURNAME_AFTER and _OF not in words:
                found[" ".join(words[at:])] = None
    return tuple(filter(None, found))


def _other_article(word: str) -> tuple[str, ...]:
    if is_latin(word) or word.isdecimal():
        return ()
    bare = without_article(word)
    return (bare,) if bare != word else (ARTICLE + word,)
