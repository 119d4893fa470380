"""Our rendering of the analysis that Lucene gives Arabic, from its public description.

Normalisation, then the "light10" stemmer of Larkey, Ballesteros and Connell ("Light stemming for Arabic
information retrieval", 2007): one prefix, then every suffix of a list in turn, each only where enough
letters remain.
"""

# Alef with hamza or madda, ya without dots and ta marbuta; vowel signs and tatweel are dropped.
_NORMAL = str.maketrans("آأإىة", "ااايه", "\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652\u0640")
PREFIXES = ("ال", "وال", "بال", "كال", "فال", "لل", "و")
SUFFIXES = ("ها", "ان", "ات", "ون", "ين", "يه", "ه", "ي")
_LETTERS_LEFT = 2
_LETTERS_LEFT_BY_WA = 3


def normalize(word: str) -> str:
    """The letters that Lucene tells apart."""
    return word.translate(_NORMAL)


def stem(word: str) -> str:
    """The light stem of a normalised word."""
    for prefix in PREFIXES:
        left = _LETTERS_LEFT_BY_WA if prefix == "و" else _LETTERS_LEFT
        if word.startswith(prefix) and len(word) - len(prefix) >= left:
            word = word[len(prefix) :]
            break
    for suffix in SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= _LETTERS_LEFT:
            word = word[: -len(suffix)]
    return word
