"""Where a personal name begins and ends, known or not.

A known name is as long as its spelling; an unknown one goes on until a word that no name holds.
"""

from archive.arabic.clitics import ARTICLE, is_definite, readings, without_article
from archive.arabic.given_names import GIVEN_NAMES
from archive.arabic.names import ENDINGS, PARTICLES, is_ordinary, name_length
from archive.arabic.numerals import ORDINALS
from archive.arabic.particles import PREPOSITIONS, word_set
from archive.extraction.document import Document
from archive.extraction.noun_phrases import SPACE, comma, tight
from archive.extraction.vocabulary import Named, Vocabulary

# How far a title that is not known goes on before its bearer's name.
_PHRASE = 10
_STOPS_NAME = PREPOSITIONS | word_set("أن إن أنه إنه أنها إنها بأن اليوم أمس الذي التي قوله")
_OPENING = tuple('"«“”')
_CLOSING = '"»”“'
_THAT = word_set("أن إن أنه إنه أنها إنها بأن بأنه بأنها")
# Any word that is no preposition.
_ALI, _ANN = "عليي", "اان"
_COMPOUNDS = word_set("الدين الله الرحمن الإسلام")
_LATIN = frozenset("abcdefghijklmnopqrstuvwxyz")


def name_keys(document: Document, first: int, last: int) -> list[str]:
    """The folded words, but for علي and آن, which are told from على and أن where the text does so."""
    return [
        _ALI
        if word.key == "علي" and word.text.endswith("ي") and _follows_name(document, place, last)
        else word.key
        for place, word in enumerate(document.words[first:last], first)
    ]


def _follows_name(document: Document, place: int, last: int) -> bool:
    """Whether على cannot stand here: a name before it and after it a word that is no noun of place."""
    return (place > 0 and document.keys[place - 1] in GIVEN_NAMES) or (
        place + 1 < last and document.keys[place + 1] in GIVEN_NAMES
    )


def name_end(document: Document, at: int, limit: int) -> int:
    """Where the run of words that begins at ``at`` is first interrupted by punctuation."""
    end = at + 1
    while end < limit and end - at < 8 and tight(document.gap_before(end)):
        end += 1
    return end


def read_name(
    document: Document,
    at: int,
    limit: int,
    vocabulary: Vocabulary,
    *,
    enclosed: bool = False,
    addressed: bool = False,
) -> tuple[int, tuple[Named, ...]] | None:
    """The personal name that begins at a word: ``(end, who is known by it)``; unknown names have nobody.

    ``enclosed``: commas stand around it, so that its first word may be an ordinary one (غير بيدرسون).
    ``addressed``: a form of address stands before it, so that a nisba may be a surname (الشيخ العيسى).
    """
    if at >= limit:
        return None
    end = name_end(document, at, limit)
    known = vocabulary.names.match_at(document.keys, at, limit, proclitics=False)
    if known is not None and known.values[0].person.kind == "person":
        reach = known.end
        while reach + 1 < end and document.keys[reach] in PARTICLES:
            reach += 2
        return reach, known.values
    keys = name_keys(document, at, end)
    if addressed and keys[0] == "علي" and document.words[at].text.endswith("ي"):
        keys[0] = _ALI
    if keys[0][:1] == "و" and keys[0][1:-1] + "ين" in vocabulary.titles:
        # وممثلي الدول
        return None
    if enclosed and 2 <= len(keys) <= 4 and keys[0] == "غير":
        return end, ()
    if len(keys[0]) < 2 or without_article(keys[0]) in vocabulary.cue("stance"):
        return None
    if any(
        word in vocabulary.titles or word in vocabulary.honorifics or word.startswith(ARTICLE)
        for proclitics, word in readings(keys[0])
        if proclitics
    ):
        return None
    length = name_length(keys[: _run(document, at, end)], vocabulary.name_breaks)
    if length > 1 and is_definite(keys[0]) and keys[0] not in GIVEN_NAMES and is_definite(keys[1]):
        return None
    if (
        length == 1
        and is_definite(keys[0])
        and keys[0].endswith(("ي", "يه", "ه"))
        and not (addressed and keys[0].endswith("ي") and keys[0] not in vocabulary.title_parts)
    ):
        # An adjective that the title does not know (المسؤول الحكومي) rather than a surname.
        return None
    if not length or any(letter in _LATIN for letter in keys[0]) or keys[0] in vocabulary.title_parts:
        return None
    if vocabulary.places.match_at(document.keys, at, limit, proclitics=False) is not None and length == 1:
        return None
    if not (enclosed or likely_name(document, at, at + length, limit, vocabulary)):
        return None
    return at + length, ()


def skip_adjectives(document: Document, at: int, limit: int, vocabulary: Vocabulary) -> int:
    """Past an adjective that no list has, right before a given name (المعزول رياك، الليبي أحمد)."""
    keys = document.keys
    while at + 1 < limit and keys[at].startswith(ARTICLE) and keys[at] not in GIVEN_NAMES:
        known = vocabulary.names.match_at(keys, at, limit, proclitics=False)
        if known is not None or keys[at + 1] not in GIVEN_NAMES or not tight(document.gap_before(at + 1)):
            break
        at += 1
    return at


def _run(document: Document, first: int, end: int) -> int:
    """How many words may be of one name: up to a joined و or ل and a letter that stands alone."""
    keys, places = document.keys, document.places
    for place in range(first + 1, end):
        key = keys[place]
        joined = key[:1] == "و" and key not in GIVEN_NAMES and len(key) > 3 and key[1:] in places
        handed = (
            key[:1] == "ل"
            and place - first > 1
            and len(places[key]) == 1
            and keys[place - 1] not in PARTICLES
        )
        if joined or handed or len(key) == 1 or _after_surname(document, place, first):
            return place - first
    return end - first


def is_given(document: Document, place: int) -> bool:
    """Whether a given name or a particle stands at a word (محمد، أبو …، نصر الدين)."""
    key = document.keys[place]
    compound = place + 1 < len(document.keys) and document.keys[place + 1] in _COMPOUNDS
    return key in GIVEN_NAMES or key in PARTICLES or (compound and not key.startswith(ARTICLE))


def _after_surname(document: Document, place: int, first: int) -> bool:
    """Whether the word before is a surname with the article, which no plain word follows in a name."""
    before, key = document.keys[place - 1], document.keys[place]
    if place - first < 2 or not before.startswith(ARTICLE) or before in _COMPOUNDS or len(before) < 5:
        return False
    if document.keys[place - 2] in PARTICLES:
        return False
    again = key.startswith(ARTICLE) and not before.endswith("ي")
    return not (again or key in PARTICLES or key in GIVEN_NAMES)


def begins_like_name(document: Document, first: int, end: int) -> bool:
    """Whether a given name, a particle or a word that recurs shows that a name begins here."""
    key = document.keys[first]
    if is_given(document, first):
        return True
    recurring = any(len(document.places[word]) > 1 for word in document.keys[first + 1 : min(end, first + 3)])
    return recurring and key[:1] not in "لبكوي" and not is_ordinary(key, document.words[first].text)


def likely_name(document: Document, first: int, last: int, limit: int, vocabulary: Vocabulary) -> bool:
    """Whether words that may be a name are one: a given name, a word that recurs, or a pause shows it."""
    if not may_name(document, first, last, vocabulary):
        return False
    key = document.keys[first]
    if is_given(document, first) or (last - first > 1 and document.keys[first + 1] in PARTICLES):
        return True
    surname = document.keys[last - 1]
    paused = last >= limit or not tight(document.gap_before(last)) or document.keys[last] in _THAT
    if last - first > 1 and is_definite(document.keys[first + 1]) and not paused:
        # أعلن الرئيس حظر التنصت على …: what he announced.
        return False
    if key[:1] in "لب" and last - first > 1 and is_definite(document.keys[first + 1]):
        return False
    if last - first > 1 and len(document.places[surname]) + len(document.places.get("و" + surname, ())) > 1:
        return key[:1] not in "لبك" or len(document.places[key]) > 1
    if key[:1] in "لبوسكف" and len(document.places[key]) == 1 and last - first == 1:
        return False
    return paused or len(document.places[key]) > 1 or (last - first > 1 and key[:1] not in "لبك")


def name_in_marks(
    document: Document, at: int, limit: int, vocabulary: Vocabulary
) -> tuple[int, int, tuple[Named, ...]] | None:
    """الوزير "مايك بومبيو"، القيادي “أبو البراء الحمصي”: a name alone in marks, ``(start, end, who)``."""
    if at >= limit or document.gap_before(at).strip(SPACE) not in _OPENING:
        return None
    start = (
        skip_honorifics(document, at + 1, limit, vocabulary)
        if document.keys[at] in vocabulary.honorifics
        else at
    )
    end = next(
        (
            e
            for e in range(start + 1, min(limit, start + 5) + 1)
            if any(s in document.gap_before(e) for s in _CLOSING)
        ),
        None,
    )
    if end is None or any(document.gap_before(place).strip(SPACE) for place in range(start + 1, end)):
        return None
    known = vocabulary.names.match_at(document.keys, start, end, proclitics=False)
    if known is not None and known.end == end:
        return (start, end, known.values) if known.values[0].person.kind == "person" else None
    if vocabulary.organisations.match_at(document.keys, start, end) is not None:
        return None
    keys = list(document.keys[start:end])
    if name_length(keys, vocabulary.name_breaks) != len(keys) or not may_name(
        document, start, end, vocabulary
    ):
        return None
    if len(keys) == 1 and is_definite(keys[0]) and len(document.places[keys[0]]) == 1:
        return None
    return (start, end, ()) if keys[0] in GIVEN_NAMES or keys[0] in PARTICLES or len(keys) == 1 else None


def may_name(document: Document, first: int, last: int, vocabulary: Vocabulary) -> bool:
    """Whether none of the words is by its form or meaning something else than a part of a name."""
    for place in range(first, last):
        word = document.words[place]
        if place == first and word.key in PARTICLES:
            continue
        if is_ordinary(word.key, word.text) or not word.key.isalpha():
            return False
        if word.key in vocabulary.title_parts or word.key in vocabulary.cue("stance"):
            return False
        if without_article(word.key) in ORDINALS:
            return False
        if word.key[:1] in "لب" and len(word.key) > 4 and word.key[1:] in ENDINGS:
            # لمؤتمر، بجلسة
            return False
        pronoun = word.text.endswith(("ه", "ها", "هم")) and len(word.key) > 4
        if pronoun and word.key not in GIVEN_NAMES and document.keys[first] not in GIVEN_NAMES:
            # A noun with a pronoun (انتقاده، مصيرهم).
            return False
    return True


def skip_honorifics(document: Document, at: int, limit: int, vocabulary: Vocabulary) -> int:
    while (
        at < limit
        and document.keys[at] in vocabulary.honorifics
        and not any(sign in document.gap_before(at) for sign in '\n:؛"«“')
    ):
        at += 1
        if at < limit and document.keys[at] in ("الملكي", "الركن"):
            at += 1
    return at


def name_after_aside(
    document: Document, start: int, limit: int, vocabulary: Vocabulary
) -> tuple[int, tuple[int, tuple[Named, ...]] | None]:
    """A title goes on with words that are not known to be titles', up to a comma and an enclosed name."""
    at = start
    while at < limit and at - start < 9 and tight(document.gap_before(at)):
        key = document.keys[at]
        if key in ("ان", "انه", "انها") or vocabulary.names.match_at(
            document.keys, at, limit, proclitics=False
        ):
            return start, None
        if at > start + 1 and key in vocabulary.verbs and not key.startswith(("ت", "ي")):
            return start, None
        at += 1
    if at >= limit or at == start or not comma(document.gap_before(at)):
        return start, None
    at = skip_honorifics(document, at, limit, vocabulary)
    read = name_between_commas(document, at, limit, vocabulary, trusted=False) if at < limit else None
    enclosed = read is not None and (read[0] >= limit or comma(document.gap_before(read[0])))
    return (at, read) if enclosed else (start, None)


def name_after_definite(
    document: Document, first: int, limit: int, vocabulary: Vocabulary
) -> tuple[int, int] | None:
    """The name at the end of a noun phrase that begins at ``first``, as words ``(start, end)``, or None.

    After a definite noun no indefinite one goes on with the phrase, so that two to four indefinite words
    there, up to a comma, a mark, أن or a preposition, are a name (ممثل المفوضية في الأردن أندرو هاربر).
    """
    keys = document.keys
    for at in range(first + 1, min(limit - 1, first + _PHRASE)):
        marked = name_in_marks(document, at, limit, vocabulary) if is_definite(keys[at - 1]) else None
        if marked is not None:
            return marked[0], marked[1]
        if not tight(document.gap_before(at)):
            return None
        key = keys[at]
        if key in vocabulary.verbs or key in ("ان", "انه", "انها"):
            return None
        if key in ("من", "الي", "عن"):
            # طلب الرئيس من البرلمان …: the verb's, no longer the title's.
            return None
        closed = is_definite(keys[at - 1]) or vocabulary.places.match_at(keys, at - 1, at) is not None
        start = skip_honorifics(document, at, limit, vocabulary)
        if not closed or start >= limit or is_definite(keys[start]) or key in ENDINGS:
            continue
        if any(
            word in vocabulary.title_parts or word in vocabulary.titles for _, word in readings(keys[start])
        ):
            continue
        end = name_end(document, start, limit)
        if not begins_like_name(document, start, end):
            continue
        length = name_length(name_keys(document, start, end), vocabulary.name_breaks)
        last = start + length
        stops = last >= limit or not tight(document.gap_before(last)) or keys[last] in _STOPS_NAME
        if 2 <= length <= 4 and stops and not keys[start].startswith(("ل", "ب")):
            return start, last
        return None
    return None


def name_between_commas(
    document: Document, at: int, limit: int, vocabulary: Vocabulary, *, trusted: bool = True
) -> tuple[int, tuple[Named, ...]] | None:
    """وزيرة الخارجية الألمانية، أنالينا بيربوك، …: a known name, or some words up to the next comma."""
    read = read_name(document, at, limit, vocabulary, enclosed=True)
    if read is None or (document.keys[at].startswith("و") and not read[1]):
        return None
    if read[1]:
        return read
    closed = (
        read[0] >= limit
        or comma(document.gap_before(read[0]))
        or document.keys[read[0]] in ("ان", "انه", "انها")
        or (document.keys[read[0]] in PREPOSITIONS and is_given(document, at))
    )
    if not closed or not 2 <= read[0] - at <= 5:
        return None
    if document.keys[at] == "غير":
        return read
    sure = trusted or begins_like_name(document, at, read[0])
    return read if sure and may_name(document, at, read[0], vocabulary) else None
