"""Names that stand without a title after a verb, and the asides that part a verb from what is said."""

from collections.abc import Callable, Mapping

from archive.arabic.clitics import ARTICLE, is_definite, readings
from archive.arabic.given_names import GIVEN_NAMES
from archive.arabic.names import ENDINGS, is_ordinary, name_length
from archive.arabic.particles import PREPOSITIONS, RESUMPTIVES, word_set
from archive.extraction.cues import Cue
from archive.extraction.document import Document
from archive.extraction.noun_phrases import SPACE, Mention
from archive.extraction.personal_names import is_given, may_name, name_end, name_keys, skip_honorifics
from archive.extraction.vocabulary import Vocabulary

_COMMAS = "،,"
# A clause about the one just named (نازدار عمر وهي معلمة).
_DESCRIBING = word_set("وهو وهي الذي التي والذي والتي")


def read_stranger(
    document: Document,
    at: int,
    limit: int,
    vocabulary: Vocabulary,
    knows_surname: Callable[[str], bool],
    *,
    object_taken: bool = False,
) -> Mention | None:
    """A name that stands without a title between verb and complement, nobody known by it.

    Two to four words; one word only right before what is said (قالت أفخم: …), or when it is the
    surname of somebody introduced before. ``object_taken``: the verb may have a noun as its object,
    so that only a comma, a colon or the complement itself may follow, unless a given name stands first.
    """
    keys = document.keys
    at = skip_honorifics(document, at, limit, vocabulary)
    if at >= limit:
        return None
    end = min(limit, name_end(document, at, limit))
    last = at + name_length(name_keys(document, at, end), vocabulary.name_breaks | vocabulary.cue("adverb"))
    words = keys[at:last]
    if not words or len(words) > 4 or not may_name(document, at, last, vocabulary):
        return None
    closed = (
        last >= limit
        or any(sign in document.gap_before(last) for sign in "،,:(-–")
        or keys[last] in _DESCRIBING
        or keys[last] in vocabulary.verbs
    )
    sure = len(words) > 1 and (is_given(document, at) or knows_surname(words[-1]))
    if sure and last < limit:
        closed = (
            closed or is_definite(keys[last]) or any(w in vocabulary.titles for _, w in readings(keys[last]))
        )
    goes_on = last < limit and (
        aside_end(document, last, limit, vocabulary) is not None
        or (keys[last] in PREPOSITIONS and knows_surname(words[-1]))
    )
    if not closed and not (goes_on and (sure or not object_taken)):
        return None
    if any(vocabulary.groups.match_at(keys, place, last) for place in range(at, last)):
        return None
    mention = Mention(at, last, "person", (at, last))
    joined = words[0][:1] in "لبك" and words[0] not in GIVEN_NAMES and len(document.places[words[0]]) == 1
    if joined and not knows_surname(words[-1]):
        return None
    if len(words) == 1:
        # وأضاف سنبقي، وقال دراستنا: what is said begins here.
        ours = words[0].startswith("سن") or words[0].endswith("نا")
        bare = not object_taken and len(words[0]) > 3 and not is_definite(words[0]) and not ours
        return mention if knows_surname(words[0]) or bare else None
    return mention if sure or not is_definite(words[0]) else None


def enclosed_name(
    document: Document, mention_at: Mapping[int, Mention], at: int, limit: int
) -> Mention | None:
    """قالت المكلفة بملف العائدين، السيدة سلوى بن عمر، إن: between commas after an unknown title."""
    if not is_definite(document.keys[at]) or at in mention_at:
        return None
    for place in range(at + 1, limit):
        if not any(sign in document.gap_before(place) for sign in _COMMAS):
            continue
        mention = mention_at.get(place)
        if mention is None or mention.name is None or mention.kind != "person" or mention.governed:
            return None
        closed = mention.last >= limit or any(sign in document.gap_before(mention.last) for sign in "،,:")
        return mention if closed else None
    return None


def named_next(document: Document, mention_at: Mapping[int, Mention], at: int) -> Mention | None:
    """نبه رئيسه وزير الخارجية فيليب هاموند: the name after a noun with a pronoun, in apposition."""
    mention = mention_at.get(at + 1)
    if mention is None or mention.name is None or mention.kind != "person" or mention.governed:
        return None
    possessed = document.words[at].text.endswith(("ه", "ها", "هم")) and at not in mention_at
    return mention if possessed and not document.gap_before(at + 1).strip(SPACE) else None


def names_somebody(document: Document, cue: Cue, at: int, vocabulary: Vocabulary) -> bool:
    """Whether the word after a verb is a subject that is not known (أوروبا، والي الولاية)."""
    key = document.keys[at]
    ends = key in ENDINGS and key not in vocabulary.titles
    if document.gap_before(at).strip(SPACE) or ends or key in vocabulary.verbs:
        return False
    if key in PREPOSITIONS or is_ordinary(key, document.words[at].text):
        return False
    if any(word.startswith(ARTICLE) for proclitics, word in readings(key) if proclitics):
        return False
    if key[:1] in "لبك" and len(key) > 3 and key not in GIVEN_NAMES:
        return False
    return not (cue.form.verb.transitive and cue.conjoined)


def aside_end(document: Document, at: int, limit: int, vocabulary: Vocabulary) -> int | None:
    """The end of an adverb or prepositional phrase at a word, None if something else stands there."""
    keys = document.keys
    if keys[at] in RESUMPTIVES or _says_how(document, at):
        return at + 1
    match = vocabulary.cue_phrases.match_at(keys, at, limit, proclitics=False)
    if match is not None and set(match.values) & {"turn", "adverb"}:
        return match.end
    if keys[at] in vocabulary.weekdays or keys[at] in ("يوم", "مسا", "صباح"):
        return at + 1
    bare = keys[at]
    governed = bare in PREPOSITIONS or bare.startswith("لل") or (bare[:1] in "بل" and len(bare) > 3)
    if governed or any(sign in document.gap_before(at) for sign in _COMMAS):
        end = at + 1
        while end < limit and not any(sign in document.gap_before(end) for sign in _COMMAS):
            end += 1
        return end if end < limit else None
    return None


def _says_how(document: Document, at: int) -> bool:
    """A word in the accusative that says how (مبتسماً, ساخراً, حرفياً)."""
    word = document.words[at]
    return word.key not in ENDINGS and is_ordinary(word.key, word.text) and word.key.endswith("ا")
