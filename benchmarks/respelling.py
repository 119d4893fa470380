"""One word of a query spelled another way, as readers do; the same at every run.

When some word may be a foreign name (five letters and no article), one such word gets a vowel or a foreign
sound of another spelling: there spelling varies most, and no stemmer helps. Else a word gets another hamza or
last letter. The rule is chosen among those that fit, then the word, then the spelling.
"""

import random
import re
from collections.abc import Callable

SEED = 2019
_WORD = re.compile(r"\w+")
_ARTICLE = ("ال", "وال", "بال", "كال", "فال", "لل")
_LONG_VOWELS = "اوي"
# Letters for one foreign sound: غوغل, جوجل, كوكل; ڤ and پ typed or not; تويتر, طويطر.
_FOREIGN = {"غ": "ج", "ج": "غ", "ڤ": "ف", "ف": "ڤ", "پ": "ب", "ط": "ت"}
_SEATS = {"ؤ": ("ئ", "و"), "ئ": ("ي", "ؤ"), "ء": ("",)}


def hamza_of_alef(word: str) -> list[str]:
    """إيران and ايران, أمن and آمن."""
    at = 2 if word.startswith("ال") and len(word) > 3 else 0
    letter, others = word[at], "اأإ"
    if letter not in "اأإآ":
        return []
    return [word[:at] + other + word[at + 1 :] for other in others if other != letter]


def seat_of_hamza(word: str) -> list[str]:
    """مسؤول and مسئول, رئيس and رييس."""
    return [
        word[:at] + seat + word[at + 1 :]
        for at, letter in enumerate(word)
        for seat in _SEATS.get(letter, ())
        if at
    ]


def last_letter(word: str) -> list[str]:
    """القارة and القاره, مصطفى and مصطفي, سوريا and سورية."""
    swaps = {"ة": "ه", "ى": "ي", "ي": "ى", "ا": "ة"}
    return [word[:-1] + swaps[word[-1]]] if len(word) > 3 and word[-1] in swaps else []


def long_vowel_dropped(word: str) -> list[str]:
    """بلينكين and بلينكن."""
    if not _may_be_foreign(word):
        return []
    return [word[:at] + word[at + 1 :] for at in range(1, len(word) - 1) if word[at] in _LONG_VOWELS]


def long_vowel_added(word: str) -> list[str]:
    """بلينكن and بلينكين, between two consonants."""
    if not _may_be_foreign(word):
        return []
    return [
        word[:at] + vowel + word[at:]
        for at in range(1, len(word))
        if not {word[at - 1], word[at]} & set(_LONG_VOWELS + "ةىأإآؤئء")
        for vowel in _LONG_VOWELS
    ]


def foreign_sound(word: str) -> list[str]:
    """غوغل and جوجل: every such letter of the word at once."""
    if not _may_be_foreign(word) or not set(word) & set(_FOREIGN):
        return []
    return ["".join(_FOREIGN.get(letter, letter) for letter in word)]


Rule = Callable[[str], list[str]]
RULES_OF_NAMES: tuple[Rule, ...] = (long_vowel_dropped, long_vowel_added, foreign_sound)
RULES_OF_WORDS: tuple[Rule, ...] = (hamza_of_alef, seat_of_hamza, last_letter)


def respell(query: str, key: str) -> str:
    """``query`` with one of its words respelled; ``key`` (its identifier) and ``SEED`` decide how.

    A query in which no rule fits a word is returned as it is.
    """
    chance = random.Random(f"{SEED} {key}")
    words = list(_WORD.finditer(query))
    for rules in (RULES_OF_NAMES, RULES_OF_WORDS):
        fitting = [[(word, rule(word.group())) for word in words if rule(word.group())] for rule in rules]
        if any(fitting):
            word, spellings = chance.choice(chance.choice([found for found in fitting if found]))
            return query[: word.start()] + chance.choice(spellings) + query[word.end() :]
    return query


def _may_be_foreign(word: str) -> bool:
    """Whether it has no article, no ta marbuta, and letters enough to keep its shape without one."""
    return len(word) >= 5 and not word.startswith(_ARTICLE) and "ة" not in word and not word.isascii()
