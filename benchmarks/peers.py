"""The analyzers that we compare ours with, each from a text to the words that it matches.

``real_lucene`` runs Lucene itself where it can; the rendering here stands for it everywhere else.
"""

import re
from collections.abc import Callable, Iterator
from functools import cache

import snowballstemmer
from whoosh.analysis import LowercaseFilter, RegexTokenizer, StemFilter, Token
from whoosh.lang.isri import ISRIStemmer

from benchmarks import light10

Analyzer = Callable[[str], list[str]]

# Letters and digits with their vowel signs; an apostrophe or a point between two does not part a word.
_WORD = re.compile(r"[\w\u064b-\u0655\u0670]+(?:['.]\w+)*")
# As short as the peers' own lists: particles and pronouns, no question words.
_PARTICLES = """
    في من إلى على عن مع ب ل و ف ثم أو أي لا ما لم لن إن أن إذا كما حتى عند عندما منذ بين بينما بعد
    قبل خلال حيث غير بعض كل نحو ضمن هو هي أنت له لها لك به بها منه منها فيه فيها عليه عليها هذا هذه
    ذلك تلك هناك الذي التي الذين كان كانت يكون تكون قد لكن إلا أما أيضا أنه أنها بأن فأن لدى جميع
    الآن وفي ومن ولا وما وهو وهي وكان وكانت وأن ولم ولن وقد وكل وعلى فهو فهي فما
"""
_STOP_WORDS = frozenset(map(light10.normalize, _PARTICLES.split()))


def whitespace(text: str) -> list[str]:
    """What stands between spaces, as it stands."""
    return text.split()


def isri(text: str) -> list[str]:
    """What Whoosh's ``LanguageAnalyzer("ar")`` chains: its words and their ISRI roots."""
    return [token.text for token in _whoosh_analyzer()(text)]


def snowball(text: str) -> list[str]:
    """The Snowball project's Arabic stemmer, without stop words."""
    return [_snowball_stem(word) for word in _content(text)]


def lucene(text: str) -> list[str]:
    """Our rendering of Lucene's ArabicAnalyzer: light10, without stop words."""
    return [light10.stem(light10.normalize(word)) for word in _content(text)]


ANALYZERS: dict[str, Analyzer] = {
    "whitespace": whitespace,
    "ISRI roots (Whoosh)": isri,
    "Snowball": snowball,
    "Lucene, our rendering": lucene,
}


def _content(text: str) -> list[str]:
    words = (match.group().lower() for match in _WORD.finditer(text))
    return [word for word in words if light10.normalize(word) not in _STOP_WORDS]


@cache
def _snowball_stem(word: str) -> str:
    return str(_snowball_stemmer().stemWord(word))


@cache
def _snowball_stemmer() -> snowballstemmer.arabic_stemmer.ArabicStemmer:
    return snowballstemmer.stemmer("arabic")


class _Roots(ISRIStemmer):
    """Whoosh's stemmer, which by itself fails on every word that begins with a hamza (since Python 3.7)."""

    def norm(self, num: int) -> str:
        if num == 1:
            return super().norm(1)
        if self.stm.startswith(("آ", "أ", "إ")):
            self.stm = "ا" + self.stm[1:]
        return self.stm


@cache
def _whoosh_analyzer() -> Callable[[str], Iterator[Token]]:
    return RegexTokenizer() | LowercaseFilter() | StemFilter(stemfn=_Roots().stem)
