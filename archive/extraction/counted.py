"""Counted nouns: every form that a noun takes after a number, and what it is compared by.

Singular, dual and plural, with their case endings, share one key («دولار، دولارات، دولارا»); a noun that
the lexicon does not list is keyed by its letters without inflectional endings.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from archive.arabic.clitics import without_article
from archive.arabic.normalize import fold
from archive.extraction.knowledge import Entry
from archive.extraction.phrases import PhraseIndex, phrase_key
from archive.extraction.verbs import attribute

# Longest first; a cut leaves at least three letters.
_ENDINGS = ("ات", "ين", "ون", "ان", "ا", "ه")
_PRONOUNS = ("هما", "ها", "هم", "هن", "نا", "ه")
# Not كم: its accusative would be كما.
_TAKES_ALEF = re.compile("[ا-ي]{2,}[ب-نوي]")


class CountedNoun(NamedTuple):
    """A noun of the lexicon in one form. ``dual`` says that the form alone is the number two."""

    key: str
    kind: str
    country: str
    dual: bool


class CountedNouns(NamedTuple):
    """The nouns by their words, and those that are written as a sign (%, $)."""

    phrases: PhraseIndex[CountedNoun]
    signs: dict[str, CountedNoun]


def read_counted(entries: Iterable[Entry]) -> CountedNouns:
    """An index of the lexicon's counted nouns."""
    phrases: list[tuple[str, CountedNoun]] = []
    signs: dict[str, CountedNoun] = {}
    for entry in entries:
        for text, noun in _forms(entry):
            if phrase_key(text):
                phrases.append((text, noun))
            else:
                signs[text] = noun
    return CountedNouns(PhraseIndex.build(phrases), signs)


def _forms(entry: Entry) -> Iterator[tuple[str, CountedNoun]]:
    listed = entry.attributes.get("forms")
    others = [str(form) for form in listed] if isinstance(listed, list | tuple) else []
    key = " ".join(phrase_key(entry.text)) or entry.text
    noun = CountedNoun(key, attribute(entry, "kind"), attribute(entry, "country"), False)
    for text in (entry.text, *others):
        for form in _cases(fold(text)):
            yield form, noun
    duals = entry.attributes.get("dual")
    for text in duals if isinstance(duals, list | tuple) else ():
        yield str(text), noun._replace(dual=True)


def _cases(text: str) -> Iterator[str]:
    """A folded noun with its case endings: دولارا, مقاتلين and مقاتلي, كيلومترا مربعا."""
    yield text
    words = text.split()
    if all(_TAKES_ALEF.fullmatch(word) for word in words):
        yield " ".join(word + "ا" for word in words)
    if len(words) == 1 and text.endswith("ون") and len(text) > 4:
        yield text[:-2] + "ين"
        yield text[:-2] + "ي"
        yield text[:-1]


def light_key(word: str) -> str:
    """The key of a folded noun that the lexicon does not list: without its inflectional ending."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word


def bare_forms(word: str) -> Iterator[str]:
    """A folded noun as it may stand in the lexicon: without the article, or without a pronoun.

    ``أعضائها`` and ``عناصرها`` are أعضاء and عناصر.
    """
    yield without_article(word)
    for pronoun in _PRONOUNS:
        rest = word[: -len(pronoun)]
        if word.endswith(pronoun) and len(rest) >= 3:
            yield rest
            if rest.endswith("ت"):
                yield rest[:-1] + "ه"
            if rest.endswith(("ي", "و")):
                yield rest[:-1]


def sign_at(gap: str, signs: Iterable[str], *, before: bool = False) -> str:
    """The sign (%, $) that a gap begins with, or ends with if it stands ``before`` a number; '' if none."""
    inner = gap.strip(" \u00a0\u200e\u200f\u202f")
    return next((sign for sign in signs if (inner.endswith if before else inner.startswith)(sign)), "")
