"""The sound of a word: what the spellings of a foreign name have in common.

The Arabic press writes one foreign sound with several letters and a short vowel with a long one or none:
غوغل، جوجل، قوقل، كوكل; بلينكن، بلنكن، بلينكين; تاتشر، ثاتشر. Many native words share a sound too, so this
is for a word that an archive hardly has, never for every word.
"""

# One foreign sound, several letters: g and k; t and th; s and z; d and th; h.
_LETTERS = {
    "غ": "ج",
    "ق": "ج",
    "ك": "ج",
    "ط": "ت",
    "ث": "ت",
    "ص": "س",
    "ز": "س",
    "ض": "د",
    "ذ": "د",
    "ظ": "د",
    "ح": "ه",
}
_CONSONANTS = str.maketrans(_LETTERS)
_SKELETON = str.maketrans(_LETTERS | dict.fromkeys("اوي", ""))


def sound(stem: str) -> str:
    """The consonants of a stem, letters that stand for one foreign sound as one; the first letter stays."""
    return stem[:1].translate(_CONSONANTS) + stem[1:].translate(_SKELETON)
