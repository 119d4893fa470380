"""Who is mentioned where: titles with names, names alone, titles alone, groups, bodies, states.

Mentions do not overlap. Nothing here decides who speaks; a mention after a preposition or a proclitic is
marked as such, because it is never the subject of a verb.
"""

from dataclasses import replace

from archive.arabic.clitics import is_definite, readings, without_article
from archive.arabic.names import ENDINGS, PARTICLES, name_length
from archive.arabic.numerals import ORDINALS
from archive.extraction.bodies import read_group, read_numbered_states, read_state
from archive.extraction.countries import CountryMentions
from archive.extraction.document import Document
from archive.extraction.noun_phrases import Mention, comma, grammatical_gender, is_governed, tight
from archive.extraction.personal_names import (
    name_after_aside,
    name_between_commas,
    read_name,
    skip_honorifics,
)
from archive.extraction.titles import Title, read_title
from archive.extraction.vocabulary import Named, Vocabulary


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
            mention = _apposition(document, found, mention)
        if mention.title is not None and mention.name is None:
            mention = _name_before(
                document, mention, max(first, found[-1].last if found else first), vocabulary
            )
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
    if group is not None and (titled is None or (titled.name is None and group.end >= titled.last)):
        made = read_group(document, group, limit, floor, countries, vocabulary)
        if made is not None:
            return made
    if titled is not None:
        return titled
    return (
        _honoured(document, place, limit, floor, vocabulary)
        or _known(document, place, limit, floor, vocabulary)
        or read_state(document, place, floor, countries, vocabulary)
    )


def _nameless(document: Document, title: Title, vocabulary: Vocabulary) -> bool:
    """Whether no name follows such a title: الوزراء, مسؤول أميركي كبير."""
    if title.head.number == "p" and title.head.definite:
        return True
    following = document.keys[title.first + 1] if title.last > title.first + 1 else ""
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
    last = title.last
    at = skip_honorifics(document, title.last, limit, vocabulary)
    if at < limit and not _nameless(document, title, vocabulary):
        gap = document.gap_before(title.last)
        if tight(gap.strip(')»”"')):
            read = read_name(document, at, limit, vocabulary)
            if read is None:
                at, read = name_after_aside(document, title.last, limit, vocabulary)
        elif comma(gap):
            read = name_between_commas(document, at, limit, vocabulary)
        else:
            read = None
        if read is not None:
            name, named, last = (at, read[0]), read[1], read[0]
    if name is None and title.head.number == "p":
        return None
    number = title.head.number if name is None else "s"
    return Mention(
        title.first,
        last,
        "person",
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
    if at >= limit or not tight(document.gap_before(at)):
        return None
    read = read_name(document, at, limit, vocabulary)
    if read is None:
        titled = _titled(document, at, limit, floor, vocabulary)
        if titled is None:
            return None
        ruled = is_governed(document, place, floor, proclitics)
        return replace(titled, first=place, governed=ruled, conjoined=proclitics.startswith(("و", "ف")))
    feminine = document.keys[place].endswith("ه")
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


def _apposition(document: Document, found: list[Mention], mention: Mention) -> Mention:
    """أنتوني بلينكن، وزير الخارجية الأميركي: a name and the title after it are one mention."""
    before = found[-1]
    title = mention.title
    if title is None or mention.name is not None or before.kind != "person" or before.name is None:
        return mention
    gap = document.gap_before(mention.first)
    plain = before.title is None or (len(before.title.role) == 1 and before.title.country is None)
    joined = comma(gap) or (tight(gap) and (title.head.definite or _is_own_office(before, title)))
    if not plain or title.proclitics or not joined:
        return mention
    if before.last != mention.first:
        return mention
    found.pop()
    return replace(
        before,
        last=mention.last,
        title=title,
        country=title.country,
        gender=title.head.gender or before.gender,
    )


def _is_own_office(before: Mention, title: Title) -> bool:
    """الأمير فيصل بن فرحان وزير الخارجية: a known person's title without a comma, of no other country."""
    if not before.named or len(title.role) < 2:
        return False
    return title.country is None or title.country in {named.person.country for named in before.named}


def _name_before(document: Document, mention: Mention, floor: int, vocabulary: Vocabulary) -> Mention:
    """قال أنتوني بلينكن، وزير الخارجية الأميركي: an unknown name between a verb and a title."""
    title = mention.title
    if title is None or title.proclitics or not comma(document.gap_before(mention.first)):
        return mention
    start = mention.first - 1
    while start > floor and mention.first - start < 5 and tight(document.gap_before(start)):
        if any(word in vocabulary.verbs for _, word in readings(document.keys[start - 1])):
            break
        start -= 1
    after_verb = start > floor and any(
        word in vocabulary.verbs for _, word in readings(document.keys[start - 1])
    )
    keys = list(document.keys[start : mention.first])
    if not (after_verb or start == floor) or len(keys) < 2 or is_definite(keys[0]):
        return mention
    if name_length(keys, vocabulary.name_breaks) != len(keys):
        return mention
    return replace(mention, first=start, name=(start, mention.first), governed=False)


def add_surnames(
    document: Document, first: int, last: int, mentions: list[Mention], surnames: frozenset[str]
) -> list[Mention]:
    """The mentions of a paragraph with those words that are surnames of people whom the text introduces."""
    taken = {place for mention in mentions for place in range(mention.first, mention.last)}
    found = list(mentions)
    for place in range(first, last):
        if place in taken:
            continue
        for proclitics, word in readings(document.keys[place]):
            if word in surnames:
                governed = is_governed(document, place, first, proclitics)
                found.append(
                    Mention(
                        place,
                        place + 1,
                        "person",
                        (place, place + 1),
                        governed=governed,
                        conjoined=proclitics.startswith(("و", "ف")),
                    )
                )
                break
    return sorted(found, key=lambda mention: mention.first)


def surnames_of(document: Document, mentions: list[Mention], vocabulary: Vocabulary) -> set[str]:
    """The last words of the names that titles or forms of address introduce, ordinary words left out."""
    found: set[str] = set()
    for mention in mentions:
        if mention.kind != "person" or mention.name is None or mention.name[1] - mention.name[0] < 2:
            continue
        word = document.keys[mention.name[1] - 1]
        ordinary = (
            without_article(word) in ORDINALS
            or word in vocabulary.title_parts
            or word in vocabulary.months
            or vocabulary.places.match_at(document.keys, mention.name[1] - 1, mention.name[1]) is not None
        )
        if len(word) >= 3 and not ordinary and word not in ENDINGS:
            found.add(word)
    return found
