"""Titles: a head noun, what it is of, and for which country or organisation.

وزير الخارجية الأميركي، نائب رئيس الوزراء، الأمين العام لحلف شمال الأطلسي (الناتو)، المتحدث باسم
الوزارة، وزير خارجيتها. The grammar needs no list of people; where one is known it tells where a name begins.
"""

from dataclasses import dataclass

from archive.arabic.clitics import ARTICLE, is_definite, readings, without_article
from archive.arabic.names import ENDINGS
from archive.extraction.document import Document
from archive.extraction.vocabulary import TitleHead, Vocabulary

_LONGEST = 14
_BEFORE_MARKS = frozenset(
    {"ل", "في", "من", "لدي", "باسم", "حزب", "حركه", "تنظيم", "تيار", "مجلس", "قناه", "صحيفه"}
)
_JOINING = frozenset({"في", "الي", "لدي", "باسم", "علي", "ضد", "من", "ل", "عن", "ب"})
_SPEAKING_FOR = frozenset({"باسم", "باعمال", "بمهام", "اعمال", "مهام"})
_ADJECTIVES = ("ي", "يه", "يين", "يون")
_OF_SOMEBODY = frozenset({"مبعوث", "مستشار", "سكرتير", "متحدث", "ممثل", "كبير", "مدير"})
_AT_THE_TIME = frozenset({"حاليا", "سابقا", "انذاك"})
_HOUSES = frozenset({"مركز", "معهد"})
_OF_A_STATE = frozenset({"خارجيه", "داخليه", "دفاع", "وزرا", "حكومه"})
_POSSESSED = {"بلاده", "بلادها", "بلادهم"}
_PRONOUNS = ("ها", "هم", "هما", "ه")
# Adjectives of a title that say nothing of the office.
_EMPTY = frozenset(
    {
        "السابق",
        "السابقه",
        "الاسبق",
        "المنتخب",
        "المنتخبه",
        "المخلوع",
        "المعزول",
        "المستقيل",
        "المستقيله",
        "الموقت",
        "الموقته",
        "الحالي",
        "الحاليه",
        "الجديد",
        "الجديده",
        "المكلف",
        "المكلفه",
        "بالوكاله",
        "بالانابه",
        "باسم",
        "الخاص",
        "الخاصه",
        "ل",
        "الي",
        "في",
        "حاليا",
        "سابقا",
        "انذاك",
    }
)


@dataclass(frozen=True, slots=True)
class Title:
    """A title in the words ``first`` to before ``last``.

    ``role`` is the office in its plainest words, masculine and without the country; ``country`` a code,
    ``organisation`` a speaker's key; ``possessive`` says that the country stands in a pronoun.
    """

    first: int
    last: int
    head: TitleHead
    proclitics: str
    role: tuple[str, ...]
    country: str | None
    organisation: str | None
    possessive: bool
    former: bool


def _connected(gap: str) -> bool:
    # After a marked name inside a title its closing mark stands in the gap.
    return all(sign.isspace() or sign in "(»”“ـ-\u200f\u200e" for sign in gap) and "\n" not in gap


def _marked_name(document: Document, at: int, limit: int, *, after_head: bool = False) -> int | None:
    """The end of a marked name inside a title: القائد العام لـ«قوات سوريا الديمقراطية», رئيس «القوات»."""
    if document.gap_before(at).strip() not in tuple('«“”"'):
        return None
    if not after_head and document.keys[at - 1] not in _BEFORE_MARKS:
        return None
    for end in range(at + 1, min(limit, at + 6)):
        gap = document.gap_before(end)
        if any(sign in gap for sign in '»”“"'):
            return end
        if gap.strip():
            return None
    return None


def _organisation_in(document: Document, first: int, last: int, vocabulary: Vocabulary) -> str | None:
    match = vocabulary.names.match_at(document.keys, first, last, proclitics=False)
    return match.values[0].person.key if match is not None and match.end == last else None


def head_at(document: Document, place: int, vocabulary: Vocabulary) -> tuple[str, TitleHead] | None:
    """The head noun of a title at a word, with the proclitics before it."""
    for proclitics, word in readings(document.keys[place]):
        head = vocabulary.titles.get(word)
        if head is not None and not (word == "امام" and "إ" not in document.words[place].text):
            # أمام, the preposition, is no imam.
            return proclitics, head
    return None


def read_title(document: Document, place: int, limit: int, vocabulary: Vocabulary) -> Title | None:
    """The title that begins at a word and ends before ``limit``, or None."""
    found = head_at(document, place, vocabulary)
    if found is None:
        return None
    proclitics, head = found
    role = [head.lemma]
    country: str | None = None
    organisation: str | None = None
    possessive = former = joined = False
    at = place + 1
    limit = min(limit, place + _LONGEST)
    keys = document.keys
    while at < limit:
        if not _connected(document.gap_before(at)):
            closed = _marked_name(document, at, limit, after_head=at == place + 1 and not head.definite)
            if closed is None:
                break
            organisation = organisation or _organisation_in(document, at, closed, vocabulary)
            at = closed
            continue
        key = keys[at]
        named = vocabulary.names.match_at(keys, at, limit)
        if named is not None and all(value.person.kind != "person" for value in named.values):
            organisation = organisation or named.values[0].person.key
            at = named.end
            continue
        if (
            named is not None
            and not named.proclitics
            and _begins_name(document, at, named.end, named.values[0].alone, vocabulary)
        ):
            break
        if key in vocabulary.honorifics and at > place + 1:
            break
        if key == "باسم" and key in keys[place + 1 : at]:
            # المتحدث باسم الحكومة باسم العوادي: the second one is a name.
            break
        place_match = vocabulary.places.match_at(keys, at, limit)
        if place_match is not None and place_match.proclitics in ("", "ل", "و", "ب"):
            country = country or (
                None if place_match.values[0].kind == "epithet" else place_match.values[0].code
            )
            at = place_match.end
            continue
        body = vocabulary.organisations.match_at(keys, at, limit)
        if body is not None:
            at = body.end
            continue
        possessed = _possessed(key, vocabulary)
        if possessed is not None:
            possessive = True
            if possessed:
                role.append(possessed)
            at += 1
            continue
        step = _part(document, at, limit, head, role, vocabulary)
        if step is None:
            break
        former = former or key in ("السابق", "السابقه", "الاسبق", "المخلوع", "المعزول")
        second = _second_office(key, vocabulary)
        if second is not None:
            # نائب رئيس الوزراء ووزير الخارجية: the last office is the one that others are told by.
            role, joined = [second], False
        elif key.startswith("و"):
            # وزير الخارجية والتعاون الدولي: what is joined to an office does not change it.
            joined = len(role) > 1
        if not joined and second is None and key not in _EMPTY and key not in _JOINING:
            role.append(_plain_head(key, vocabulary))
        at = step
    if at == place + 1 and not head.definite:
        return None
    if head.prefix and not head.counterpart and (head.definite or at == place + 1):
        return None
    return Title(
        place,
        at,
        head,
        proclitics,
        _office(tuple(role), country, vocabulary),
        country,
        organisation,
        possessive,
        former,
    )


def _begins_name(document: Document, at: int, end: int, alone: bool, vocabulary: Vocabulary) -> bool:
    """Whether a known name at a word is a name here, and not the nisba or noun that it looks like."""
    if end - at > 1:
        return True
    key = document.keys[at]
    return (
        alone
        and key not in vocabulary.title_parts
        and vocabulary.places.match_at(document.keys, at, end, proclitics=False) is None
    )


def _possessed(key: str, vocabulary: Vocabulary) -> str | None:
    """خارجيتها → خارجية; '' for بلاده; None if the word is not possessed."""
    if key in _POSSESSED:
        return ""
    for pronoun in _PRONOUNS:
        if key.endswith(pronoun) and len(key) > len(pronoun) + 2:
            base = key.removesuffix(pronoun)
            if base.endswith("ت") and base[:-1] + "ه" in vocabulary.title_parts:
                return base[:-1] + "ه"
            if ARTICLE + base in vocabulary.title_parts and not base.endswith("ي"):
                return base
            if base.endswith("ي") and base[:-1] == "وزرا":
                return "وزراء"
    return None


def _part(
    document: Document, at: int, limit: int, head: TitleHead, role: list[str], vocabulary: Vocabulary
) -> int | None:
    """The word after a part of a title at ``at``, or None if the title ends before it."""
    key = document.keys[at]
    words = {word for _, word in readings(key)}
    if words & vocabulary.title_parts:
        return at + 1
    if (words - {key}) & vocabulary.institutions or (key in vocabulary.institutions and len(role) == 1):
        return at + 1
    last = document.keys[at - 1]
    inner = head_at(document, at, vocabulary)
    if inner is not None:
        proclitics, second = inner
        if proclitics in ("ل", "و", "ول") and not second.prefix and not second.counterpart:
            # نائبًا لرئيس الوزراء ووزير الخارجية: one person's titles, if the second is indefinite.
            return at + 1 if proclitics == "ل" or (not second.definite and len(role) > 1) else None
        if proclitics:
            return None
        if head.lemma in _OF_SOMEBODY and len(role) == 1 and second.definite:
            # مبعوث الرئيس الأميركي: whose envoy, not what he is.
            return at + 1
        if head.deputy or last in _SPEAKING_FOR or without_article(last) in ("مساعد", "نايب", "وكيل"):
            return at + 1
        return at + 1 if second.deputy and head.definite and second.definite else None
    if key in _AT_THE_TIME:
        return at + 1
    if key in ENDINGS and key not in _JOINING:
        return None
    if key in _JOINING:
        following = at + 1
        if following >= limit:
            return None
        if not _connected(document.gap_before(following)):
            return at + 1 if _marked_name(document, following, limit) is not None else None
        after = document.keys[following]
        if key == "لدي" and head_at(document, following, vocabulary) is not None:
            return following + 1
        if any(word in vocabulary.title_parts for _, word in readings(after)):
            return at + 1 if key not in ("من", "عن") else None
        match = vocabulary.places.match_at(document.keys, following, limit)
        if (
            match is not None
            and match.values[0].kind in ("name", "capital")
            and (key in ("ل", "لدي", "الي", "باسم") or role[0] in ("مبعوث", "سفير", "ممثل", "مندوب", "منسق"))
        ):
            return at + 1
        if vocabulary.organisations.match_at(document.keys, following, limit) is not None and key in (
            "ل",
            "باسم",
            "لدي",
        ):
            return at + 1
        return at + 1 if key == "باسم" else None
    if key in vocabulary.verbs or any(word in vocabulary.verbs for word in words):
        return None
    if head.general and head.definite and len(role) <= 2 and is_definite(key) and key.endswith(_ADJECTIVES):
        return at + 1
    if is_definite(key) and (last in _HOUSES or (last in _OF_A_STATE and not head.definite)):
        # وزير خارجية الطوغو، باحث في مركز النزاعات: what no list has.
        return at + 1
    idafa = not head.definite and len(role) == 1
    if idafa and (is_definite(key) or key.startswith("ل")):
        return at + 1
    if (
        key.startswith("وال")
        and len(role) > 1
        and key[1:] not in vocabulary.titles
        and key.endswith(("ه", "ي", "ن", "ات", "م"))
    ):
        return at + 1
    if role[0] in ("متحدث", "ناطق", "امين") and is_definite(key) and last in ("باسم", *_SPEAKING_FOR):
        return at + 1
    return None


def _plain_head(key: str, vocabulary: Vocabulary) -> str:
    head = vocabulary.titles.get(key)
    return head.lemma if head is not None and key not in vocabulary.title_parts else key


def _second_office(key: str, vocabulary: Vocabulary) -> str | None:
    """The head noun that و joins to a title (ووزير), None if the word is no such noun."""
    second = vocabulary.titles.get(key.removeprefix("و")) if key.startswith("وو") else None
    return second.lemma if second is not None else None


def _office(role: tuple[str, ...], country: str | None, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The office in the words that its other names stand for (رئيس الدبلوماسية = وزير الخارجية).

    Some do in one country alone: كاتب الدولة الأمريكي.
    """
    for size in (4, 3, 2):
        same = vocabulary.same_titles.get(role[:size])
        if same is None and country is not None:
            same = vocabulary.same_titles.get((*role[:size], country))
        if same is not None:
            return (*same, *role[size:])
    return role
