"""Who is mentioned where: titles with names, names alone, titles alone, groups, bodies, states.

Mentions do not overlap. Nothing here decides who speaks; a mention after a preposition or a proclitic is
marked as such, because it is never the subject of a verb.
"""

from dataclasses import replace

from archive.arabic.clitics import ARTICLE, is_definite, readings, without_article
from archive.arabic.given_names import GIVEN_NAMES
from archive.arabic.names import ADDRESSED, PARTICLES
from archive.arabic.particles import word_set
from archive.extraction.appositions import (
    name_before_title,
    title_after_name,
    title_after_title,
    title_before_name,
)
from archive.extraction.bodies import read_group, read_numbered_states, read_state
from archive.extraction.countries import CountryMentions
from archive.extraction.document import Document
from archive.extraction.noun_phrases import (
    Mention,
    after_closing,
    comma,
    grammatical_gender,
    is_governed,
    tight,
)
from archive.extraction.personal_names import (
    is_given,
    name_after_aside,
    name_after_definite,
    name_between_commas,
    name_in_marks,
    read_name,
    skip_adjectives,
    skip_honorifics,
)
from archive.extraction.sources import OUTLETS
from archive.extraction.titles import Title, read_title
from archive.extraction.vocabulary import Named, Vocabulary

# A verb's first letter rather than a surname's.
_IMPERFECT = "ي"
_EITHER = word_set("جلالة فخامة سعادة دولة سماحة فضيلة سيادة")
# Between a document and its issuer.
_ISSUED = word_set("صدر صادر الصادر أصدره أصدرته عن من نشره نشرته")
_PLAIN_DOCUMENT = word_set("صحفي صحافي رسمي إعلامي مقتضب مكتوب اليوم أمس")
# أم عمر، أبو ليث
_PARENTS = word_set("أم أبو")
_OFFICES = word_set("مكتبه مكتبها وزارته وزارتها")


def find_mentions(
    document: Document, first: int, last: int, countries: CountryMentions, vocabulary: Vocabulary
) -> list[Mention]:
    """The mentions in the words ``first`` to before ``last`` (one paragraph), in order."""
    found: list[Mention] = []
    place = first
    while place < last:
        mention = _mention_at(document, place, last, first, countries, vocabulary)
        if mention is None:
            place += 1
            continue
        if found:
            mention = title_after_name(
                document, found, title_after_title(document, found, mention), vocabulary
            )
            mention = title_before_name(document, found, mention, vocabulary)
        if mention.title is not None and mention.name is None:
            inner = bool(found) and found[-1].title is None and found[-1].form == "surname"
            before = found[:-1] if inner else found
            mention = name_before_title(
                document, mention, max(first, before[-1].last if before else first), vocabulary
            )
            if inner and mention.first <= found[-1].first:
                found.pop()
        found.append(mention)
        place = max(mention.last, place + 1)
    return found


def _mention_at(
    document: Document, place: int, limit: int, floor: int, countries: CountryMentions, vocabulary: Vocabulary
) -> Mention | None:
    states = read_numbered_states(document, place, limit, floor, vocabulary)
    if states is not None:
        return states
    group = vocabulary.groups.match_at(document.keys, place, limit)
    titled = _titled(document, place, limit, floor, vocabulary)
    standing = (
        titled is not None
        and titled.title is not None
        and titled.title.head.definite
        and titled.number == "s"
    )
    if group is not None and (
        titled is None or (titled.name is None and group.end >= titled.last and not standing)
    ):
        made = read_group(document, group, limit, floor, countries, vocabulary)
        if made is not None:
            return _with_issuer(document, made, limit, countries, vocabulary)
    if titled is not None:
        return titled
    return (
        _honoured(document, place, limit, floor, vocabulary)
        or _addressed(document, place, limit, floor, vocabulary)
        or _known(document, place, limit, floor, vocabulary)
        or read_state(document, place, floor, countries, vocabulary)
        or _untitled(document, place, limit, floor, vocabulary)
    )


def _nameless(document: Document, title: Title, vocabulary: Vocabulary) -> bool:
    """Whether no name follows such a title: الوزراء, مسؤول أميركي كبير."""
    if title.head.number == "p" and title.head.definite:
        return True
    following = document.keys[title.first + 1] if title.last > title.first + 1 else ""
    if following in vocabulary.institutions:
        return False
    return (
        title.head.lemma in vocabulary.unnamed_heads
        and not title.head.definite
        and not is_definite(following)
        and following != "باسم"
    )


def _titled(document: Document, place: int, limit: int, floor: int, vocabulary: Vocabulary) -> Mention | None:
    title = read_title(document, place, limit, vocabulary)
    if title is None:
        return None
    name: tuple[int, int] | None = None
    named: tuple[Named, ...] = ()
    read: tuple[int, tuple[Named, ...]] | None = None
    last = title.last
    at = skip_honorifics(document, title.last, limit, vocabulary)
    if at < limit and tight(document.gap_before(at)):
        at = skip_adjectives(document, at, limit, vocabulary)
    if at < limit and not _nameless(document, title, vocabulary):
        gap = document.gap_before(title.last)
        marked = name_in_marks(document, title.last, limit, vocabulary)
        if marked is not None and OUTLETS.isdisjoint(w for _, w in readings(document.keys[title.last - 1])):
            at, read = marked[0], (marked[1], marked[2])
        elif tight(after_closing(gap)):
            read = read_name(document, at, limit, vocabulary)
            if read is None:
                at, read = name_after_aside(document, title.last, limit, vocabulary)
        elif comma(gap):
            trusted = title.country is not None or len(title.role) > 1 or title.last - title.first > 1
            read = name_between_commas(document, at, limit, vocabulary, trusted=trusted)
        if read is not None and not read[1] and comma(document.gap_before(read[0])):
            # أستاذ العلاقات بجامعة القاضي عياض، عبد الحق الإدريسي: the name of a place inside the title.
            later = name_between_commas(document, read[0], limit, vocabulary)
            single = read[0] - at == 1 or not is_given(document, at)
            if later is not None and single and is_given(document, read[0]):
                at, read = read[0], later
        if read is None:
            ending = name_after_definite(document, title.first, limit, vocabulary)
            if ending is not None and ending[0] >= title.last:
                at, read = ending[0], (ending[1], ())
        if read is not None and title.head.number == "p" and not read[1] and not is_given(document, at):
            # وزراء خارجية وممثلو أكثر من …
            read = None
        if read is not None:
            name, named, last = (at, read[0]), read[1], read[0]
    number = title.head.number if name is None else "s"
    return Mention(
        title.first,
        last,
        "person" if name is not None or title.head.number != "p" else "anonymous",
        name,
        title,
        named,
        country=title.country,
        gender=title.head.gender,
        number="s" if name is not None else number,
        governed=is_governed(document, title.first, floor, title.proclitics),
        conjoined=title.proclitics.startswith(("و", "ف")),
    )


def _honoured(
    document: Document, place: int, limit: int, floor: int, vocabulary: Vocabulary
) -> Mention | None:
    """الأمير فيصل، الدكتور سلام فياض: a form of address and a name."""
    for proclitics, word in readings(document.keys[place]):  # noqa: B007 - used after the loop
        if word in vocabulary.honorifics and len(word) > 1:
            break
    else:
        return None
    at = skip_honorifics(document, place + 1, limit, vocabulary)
    if at >= limit:
        return None
    marked = name_in_marks(document, at, limit, vocabulary)
    if marked is None and not tight(document.gap_before(at)):
        return None
    read = marked[1:] if marked is not None else read_name(document, at, limit, vocabulary, addressed=True)
    if read is None:
        titled = _titled(document, at, limit, floor, vocabulary)
        if titled is None:
            return None
        ruled = is_governed(document, place, floor, proclitics)
        return replace(
            titled,
            first=place,
            governed=ruled,
            conjoined=proclitics.startswith(("و", "ف")),
            address=without_article(word),
        )
    feminine = document.keys[place].endswith("ه") and document.keys[place] not in _EITHER
    return Mention(
        place,
        read[0],
        "person",
        (at, read[0]),
        None,
        read[1],
        gender="f" if feminine else "m",
        governed=is_governed(document, place, floor, proclitics),
        conjoined=proclitics.startswith(("و", "ف")),
    )


def _calls(word: str, vocabulary: Vocabulary) -> bool:
    """Whether a word may stand for a person by itself: سموه, or an honorific with the article."""
    return word in ADDRESSED or (word in vocabulary.honorifics and len(word) > 4 and word.startswith(ARTICLE))


def _addressed(
    document: Document, place: int, limit: int, floor: int, vocabulary: Vocabulary
) -> Mention | None:
    """سموه، معاليه، العميد: a form of address that stands alone for somebody named before."""
    called = [(before, word) for before, word in readings(document.keys[place]) if _calls(word, vocabulary)]
    if not called:
        return None
    proclitics, word = called[0]
    pronoun = next((p for p in ("ها", "ه") if word in ADDRESSED and word.endswith(p)), "")
    base = word.removesuffix(pronoun) if pronoun else without_article(word)
    base = base[:-1] + "ه" if pronoun and base.endswith("ت") else base
    feminine = pronoun == "ها" or (not pronoun and base.endswith("ه"))
    return Mention(
        place,
        place + 1,
        "person",
        gender="f" if feminine else "m",
        governed=is_governed(document, place, floor, proclitics),
        conjoined=proclitics.startswith(("و", "ف")),
        address=base,
    )


def _untitled(
    document: Document, place: int, limit: int, floor: int, vocabulary: Vocabulary
) -> Mention | None:
    """مارين لوبن، أحمد الواوي: a given name and what else a name has, nobody known by it."""
    key = document.keys[place]
    joined = key[:1] in "وف" and key not in GIVEN_NAMES and key[1:] in GIVEN_NAMES
    parental = key in _PARENTS and place + 1 < limit and document.keys[place + 1] in GIVEN_NAMES
    if key not in GIVEN_NAMES and not joined and not parental:
        return None
    read = read_name(document, place, limit, vocabulary)
    if read is None or read[1] or read[0] - place < 2:
        return None
    words = document.keys[place + 1 : read[0]]
    if any(word[:1] in _IMPERFECT and len(document.places[word]) == 1 for word in words):
        return None
    return Mention(
        place,
        read[0],
        "person",
        (place, read[0]),
        gender="f" if key == "ام" else "m" if parental else "",
        governed=is_governed(document, place, floor, ""),
        conjoined=joined,
    )


def _with_issuer(
    document: Document, mention: Mention, limit: int, countries: CountryMentions, vocabulary: Vocabulary
) -> Mention:
    """بيان لوزارة الخارجية، بيان صادر عن مكتب العبادي: a document and whose words it holds."""
    if mention.group is None or not mention.group.document:
        return mention
    at = mention.last
    own = at == mention.first + 1 and not is_definite(document.keys[mention.first])
    while at < limit and at - mention.last < 3 and tight(document.gap_before(at)):
        key = document.keys[at]
        if key in _ISSUED:
            own = True
        elif key not in _PLAIN_DOCUMENT:
            break
        at += 1
    if at >= limit or not tight(document.gap_before(at)):
        return mention
    words = readings(document.keys[at])
    for proclitics, word in words:
        if word in _OFFICES and (proclitics == "ل" or own):
            issuer = Mention(at, at + 1, "person", gender="f" if word.endswith("ها") else "m", address=word)
            return replace(mention, last=at + 1, issuer=issuer)
    found = _mention_at(document, at, limit, mention.first, countries, vocabulary)
    if found is None or found.kind in ("anonymous", "statement") or found.number == "p":
        return mention
    if not (own or found.governed) or found.kind == "state":
        return mention
    return replace(mention, last=found.last, issuer=found)


def _known(document: Document, place: int, limit: int, floor: int, vocabulary: Vocabulary) -> Mention | None:
    match = vocabulary.names.match_at(document.keys, place, limit)
    if match is None:
        return None
    value = match.values[0]
    last = match.end
    if value.person.kind == "person":
        while last + 1 < limit and document.keys[last] in PARTICLES and tight(document.gap_before(last)):
            last += 2
    return Mention(
        place,
        last,
        value.person.kind,
        (place, last),
        None,
        match.values,
        country=value.person.country if value.person.kind != "person" else None,
        gender="" if value.person.kind == "person" else grammatical_gender(document.keys[place]),
        governed=is_governed(document, place, floor, match.proclitics),
        conjoined=match.proclitics.startswith(("و", "ف")),
    )
