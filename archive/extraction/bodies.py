"""Speakers that are not persons: groups, documents, bodies, states, and those whom nobody names."""

from archive.arabic.clitics import is_definite, readings
from archive.arabic.names import ENDINGS
from archive.arabic.particles import COMPANY, word_set
from archive.extraction.countries import CountryMentions
from archive.extraction.document import Document
from archive.extraction.noun_phrases import SPACE, Mention, is_governed, tight
from archive.extraction.phrases import Match
from archive.extraction.verbs import attribute
from archive.extraction.vocabulary import Group, Vocabulary

# No coalition meeting had fewer members than this since 2014.
_COALITION_SIZE = 50
_QUALITIES = word_set(
    "كبير كبار رفيع رفيعو بارز بارزون مطلع مطلعة مقرب مقربة سابق سابقون المستوى كبيرة رفيعة"
)


def read_group(
    document: Document,
    match: Match[Group],
    limit: int,
    floor: int,
    countries: CountryMentions,
    vocabulary: Vocabulary,
) -> Mention | None:
    group = match.values[0]
    last = match.end
    country = None
    if group.institution:
        return _institution(document, match, limit, floor, countries, vocabulary)
    if group.unnamed:
        return _unnamed(document, match, limit, floor, countries, vocabulary)
    for word in range(last, min(limit, last + 8)):
        # «وزراء التحالف الدولي ضد "داعش"»: the name goes on to what the coalition fights.
        if (
            group.speaker.startswith("coalition")
            and document.keys[word]
            in (
                "ضد",
                "لهزيمه",
                "لمحاربه",
                "المناهض",
                "لتنظيم",
                "تنظيم",
                "داعش",
                "الدولي",
                "ل",
                "ضدّ",
                "المحارب",
                "علي",
            )
            and document.gap_before(word).strip(SPACE + '"«“(”»)') == ""
        ):
            last = word + 1
        else:
            break
    return Mention(
        match.start,
        last,
        group.kind,
        (match.start, last) if group.speaker else None,
        None,
        (),
        group,
        country,
        group.gender,
        group.number,
        is_governed(document, match.start, floor, match.proclitics),
        match.proclitics.startswith(("و", "ف")),
    )


def _unnamed(
    document: Document,
    match: Match[Group],
    limit: int,
    floor: int,
    countries: CountryMentions,
    vocabulary: Vocabulary,
) -> Mention | None:
    """مسؤولون أميركيون، مصدر في وزارة الدفاع: somebody whom the text does not name."""
    group = match.values[0]
    last = match.end
    country = None
    while last < limit and last - match.end < 4 and tight(document.gap_before(last)):
        key = document.keys[last]
        if last in countries.at:
            country = country or countries.at[last][1]
            last = countries.at[last][0]
        elif (
            key in ENDINGS
            or key in vocabulary.name_breaks
            or vocabulary.names.match_at(document.keys, last, limit)
        ):
            break
        elif key in _QUALITIES or (
            key.endswith(("ه", "ي", "ين", "ون", "يه"))
            and len(key) > 3
            and (not key.startswith("و") or key.startswith("وال"))
        ):
            last += 1
        else:
            break
    if vocabulary.names.match_at(document.keys, last, limit, proclitics=False) if last < limit else None:
        return None
    return Mention(
        match.start,
        last,
        "anonymous",
        None,
        None,
        (),
        group,
        country,
        group.gender,
        group.number,
        is_governed(document, match.start, floor, match.proclitics),
        match.proclitics.startswith(("و", "ف")),
    )


def _closes_soon(document: Document, place: int, limit: int) -> bool:
    """Whether a mark closes within a few words."""
    return any(
        any(sign in document.gap_before(at) for sign in '"»”“)')
        for at in range(place + 1, min(limit, place + 6))
    )


def read_numbered_states(
    document: Document, place: int, limit: int, floor: int, vocabulary: Vocabulary
) -> Mention | None:
    """83 دولة: so many states together are the coalition."""
    key = document.keys[place]
    if not key.isdecimal() or len(key) != 2 or int(key) < _COALITION_SIZE or place + 1 >= limit:
        return None
    if document.keys[place + 1] not in ("دوله", "دول", "عضوا") or "coalition" not in vocabulary.people:
        return None
    group = Group("دول التحالف", "coalition", "organisation", "f", "s", False, False, False, False)
    return Mention(
        place,
        place + 2,
        "organisation",
        (place, place + 2),
        None,
        (),
        group,
        None,
        "f",
        "s",
        is_governed(document, place, floor, ""),
        False,
    )


def _institution(
    document: Document,
    match: Match[Group],
    limit: int,
    floor: int,
    countries: CountryMentions,
    vocabulary: Vocabulary,
) -> Mention | None:
    """الحكومة العراقية، وزارة الدفاع التركية: a body named by what it is and whose it is."""
    group = match.values[0]
    last = match.end
    country = None
    marked = False
    whole = vocabulary.organisations.match_at(document.keys, match.start, limit)
    if whole is not None and whole.end >= last:
        last = whole.end
        country = attribute(whole.values[0], "country") or None
    while last < limit and last - match.start < 8:
        key, gap = document.keys[last], document.gap_before(last)
        if not tight(gap):
            # مليشيا "كتائب سيد الشهداء" العراقية: a marked name inside.
            sign = gap.strip(SPACE)
            if sign in tuple('"«“”(') and last == match.end and _closes_soon(document, last, limit):
                marked = True
                last += 1
                continue
            if not (marked and sign in tuple('"»”“)')):
                break
            marked = False
            if not is_definite(key) or last not in countries.at:
                break
        elif marked:
            last += 1
            continue
        body = vocabulary.organisations.match_at(document.keys, last, limit)
        if last > match.start + 1 and _ends_body(document, last, limit, country, vocabulary):
            break
        if last in countries.at:
            country, last = countries.at[last][1], countries.at[last][0]
        elif body is not None:
            last = body.end
        elif key in ENDINGS or any(word in vocabulary.verbs for _, word in readings(key)):
            break
        elif (
            (last == match.end and not is_definite(document.keys[match.start]) and _is_adjective(key))
            or is_definite(key)
            or any(word in vocabulary.title_parts for _, word in readings(key))
        ):
            last += 1
        else:
            break
    definite = is_definite(document.keys[match.start])
    if last == match.end and not definite and match.end - match.start == 1:
        return None
    return Mention(
        match.start,
        last,
        group.kind,
        (match.start, last),
        None,
        (),
        group,
        country,
        group.gender,
        "s",
        is_governed(document, match.start, floor, match.proclitics),
        match.proclitics.startswith(("و", "ف")),
    )


def _is_adjective(key: str) -> bool:
    """Whether a word looks like an indefinite adjective (صحيفة محلية، منظمة دولية)."""
    return len(key) > 4 and key.endswith(("يه", "ي"))


def _ends_body(document: Document, at: int, limit: int, country: str | None, vocabulary: Vocabulary) -> bool:
    """Whether a body's name has ended before a word: a known name, or للصفدي once its country is said."""
    named = vocabulary.names.match_at(document.keys, at, limit)
    if named is not None and named.values[0].person.kind == "person":
        return True
    if document.keys[at] in COMPANY:
        # الحكومة المؤقتة برئاسة …
        return True
    return country is not None and document.keys[at].startswith("لل")


def read_state(
    document: Document, place: int, floor: int, countries: CountryMentions, vocabulary: Vocabulary
) -> Mention | None:
    """A country or a capital that may act (أكدت السعودية، أعلنت واشنطن)."""
    at = countries.at.get(place)
    if at is None or at[2] == "nisba":
        return None
    proclitics = next(
        (p for p, word in readings(document.keys[place]) if word in vocabulary.places.by_first), ""
    )
    return Mention(
        place,
        at[0],
        "state",
        (place, at[0]),
        country=at[1],
        gender="m"
        if document.keys[place].lstrip("و") in ("العراق", "الاردن", "لبنان", "المغرب", "اليمن", "السودان")
        else "f",
        governed=is_governed(document, place, floor, proclitics),
        conjoined=proclitics.startswith("و"),
    )
