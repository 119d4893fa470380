"""What the curators' lexicon tells the search: other spellings, months, words of titles, stop words."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from archive.models import LexiconEntry
from search.names import Spelling, phrase_of, spelling_of, spellings_in

_ALIAS = str(LexiconEntry.Category.ALIAS)
_MONTH = str(LexiconEntry.Category.MONTH)
_STOP_WORD = str(LexiconEntry.Category.STOP_WORD)
_TITLE = str(LexiconEntry.Category.TITLE)


class Lexicon:
    """Its words as plain data. What a curator wrote in another shape than his category's is passed over.

    ``aliases`` are the other spellings of a phrase, folded; ``spelled`` the same by the entries' keys and
    as they are written; ``months`` the numbers of months by folded names; ``titles`` the words of titles
    with their attributes; ``stop_words`` are folded.
    """

    def __init__(self) -> None:
        """Read the table; one database query."""
        self.aliases: dict[str, list[Spelling]] = defaultdict(list)
        self.spelled: dict[str, list[str]] = defaultdict(list)
        self.months: dict[str, int] = {}
        self.titles: list[tuple[str, Mapping[str, Any]]] = []
        stop_words: set[str] = set()
        wanted = LexiconEntry.objects.filter(category__in=[_ALIAS, _MONTH, _STOP_WORD, _TITLE])
        rows = wanted.order_by("pk").values_list("category", "text", "key", "attributes")
        for category, text, key, attributes in rows:
            if category == _STOP_WORD:
                stop_words.add(key)
            elif not isinstance(attributes, dict):
                continue
            elif category == _ALIAS:
                spellings = spellings_in(attributes)
                self.aliases[phrase_of(text)] += map(spelling_of, spellings)
                self.spelled[key] += spellings
            elif category == _TITLE:
                self.titles.append((text, attributes))
            elif attributes.get("number") in range(1, 13):
                self.months[phrase_of(text)] = attributes["number"]
        self.stop_words = frozenset(stop_words)
