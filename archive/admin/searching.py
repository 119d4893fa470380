"""Search boxes and autocomplete fields that do not care how a word is spelled."""

import re
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from archive.arabic.letters import COMBINING, FOLDED_LETTERS, INVISIBLE, TATWEEL
from archive.arabic.normalize import match_key

# A pasted page is cut here: a condition of thousands of words is more than a database accepts.
MOST_WORDS = 24

_BARE_HAMZA = "".join(letter for letter, folded in FOLDED_LETTERS.items() if not folded)
_BETWEEN = f"[{COMBINING}{INVISIBLE}{TATWEEL}{_BARE_HAMZA}]*"
_ARABIC_INDIC_ZEROS = (0x0660, 0x06F0)


def spelling_pattern(word: str) -> str:
    """A regular expression for every spelling of ``word`` in text that has no key column.

    It finds what ``match_key`` joins: hamza seats, ى and ي, ة and ه, vowel signs, tatweel, digits.
    Understood by both Python's and PostgreSQL's engines. Empty for a word without letters.
    """
    return _BETWEEN.join(_spellings(letter) for letter in match_key(word))


def _spellings(letter: str) -> str:
    others = [written for written, folded in FOLDED_LETTERS.items() if folded == letter]
    if letter.isdecimal():
        others = [chr(zero + int(letter)) for zero in _ARABIC_INDIC_ZEROS]
    return f"[{letter}{''.join(others)}]" if others else re.escape(letter)


class SpellingSearch:
    """For a ModelAdmin: all words must match, each in any of three kinds of column.

    ``search_fields`` are matched as written, ``key_fields`` (columns made by ``match_key``) in the
    normal form, ``text_fields`` (long texts without a key column) in every spelling.
    """

    key_fields: tuple[str, ...] = ()
    text_fields: tuple[str, ...] = ()
    search_help_text = _("Any spelling: hamza, vowel signs and final letters are ignored.")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        wanted = Q()
        for word in search_term.replace("\0", " ").split()[:MOST_WORDS]:
            wanted &= self._condition(word)
        # One filter, so that a relation of many rows is joined once however many the words.
        return queryset.filter(wanted), True

    def _condition(self, word: str) -> Q:
        condition = Q(*((f"{field}__icontains", word) for field in self.search_fields), _connector=Q.OR)
        if key := match_key(word):
            tests: list[tuple[str, Any]] = [(f"{field}__contains", key) for field in self.key_fields]
            tests += [(f"{field}__iregex", spelling_pattern(word)) for field in self.text_fields]
            condition |= Q(*tests, _connector=Q.OR)
        return condition
