"""Nominal quotations: the nouns that carry them (شدد على ضرورة …), and whether a verb's object is one."""

from archive.arabic.clitics import without_article
from archive.arabic.particles import word_set
from archive.extraction.document import Document
from archive.extraction.noun_phrases import SPACE, Mention
from archive.extraction.vocabulary import Vocabulary

# أعرب عن شكره: thanks say nothing.
THANKS = frozenset(
    stem + ending
    for stem in word_set("شكر امتنان تعاز تعازي تهان تهاني تهنئ عرفان بالغ خالص")
    for ending in ("", "ه", "ها", "هم", "ته", "تها", "تهم")
)


def is_stance(key: str, vocabulary: Vocabulary, *, definite: bool = True) -> bool:
    """Whether a word is a noun that carries a nominal quotation (ضرورة، دعمهم)."""
    stance = vocabulary.cue("stance")
    if key in stance or (definite and without_article(key) in stance):
        return True
    for pronoun in ("هم", "ها", "هما", "ه"):
        base = key.removesuffix(pronoun)
        if base != key and (base in stance or (base.endswith("ت") and base[:-1] + "ه" in stance)):
            return True
    return False


def follows_subject(
    document: Document, at: int, start: int, mention_ending: dict[int, Mention], vocabulary: Vocabulary
) -> bool:
    """Whether only a subject and asides in commas stand between the cue and a nominal complement."""
    if at == start:
        return True
    before = document.gap_before(at)
    if before.strip(SPACE)[:1] in ("،", ",") or ")" in before:
        return True
    back = at
    adverbs = vocabulary.cue("adverb")
    while back > start and (
        document.keys[back - 1] in adverbs or document.keys[back - 1] in vocabulary.weekdays
    ):
        back -= 1
    if back in mention_ending and start <= mention_ending[back].first:
        return True
    return at - start <= 4
