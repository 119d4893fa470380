"""Names and titles side by side: one mention for أنتوني بلينكن، وزير الخارجية الأميركي.

A name before its title, a title after a name, two titles in a row before a name.
"""

from dataclasses import replace

from archive.arabic.clitics import is_definite, readings, without_conjunction
from archive.arabic.given_names import GIVEN_NAMES
from archive.arabic.names import name_length
from archive.arabic.particles import ACTIONS
from archive.extraction.complements import THAT
from archive.extraction.document import Document
from archive.extraction.knowledge import Person
from archive.extraction.noun_phrases import COMMAS, SPACE, Mention, comma, tight
from archive.extraction.titles import Title
from archive.extraction.vocabulary import Vocabulary

# A name in marks or brackets may stand inside a title (حلف شمال الأطلسي "ناتو").
_IN_NAMES = SPACE + '"“”«»()'


def title_after_name(
    document: Document, found: list[Mention], mention: Mention, vocabulary: Vocabulary
) -> Mention:
    """أنتوني بلينكن، وزير الخارجية الأميركي: a name and the title after it are one mention."""
    title = mention.title
    if not found or title is None or mention.name is not None:
        return mention
    before = found[-1]
    if before.kind != "person" or before.name is None:
        return mention
    gap = document.gap_before(mention.first)
    plain = before.title is None or (len(before.title.role) == 1 and before.title.country is None)
    joined = comma(gap) or (
        tight(gap) and (title.head.definite or _is_own_office(document, before, title, vocabulary))
    )
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


def title_after_title(document: Document, found: list[Mention], mention: Mention) -> Mention:
    """وزير الإعلام الناطق باسم الحكومة محمد المومني: two titles in a row and a name are one mention."""
    before = found[-1]
    if before.title is None or before.name is not None or mention.title is None or mention.name is None:
        return mention
    if (
        before.last != mention.first
        or mention.title.proclitics
        or not (mention.title.head.definite or mention.title.last - mention.title.first > 1)
    ):
        return mention
    if not tight(document.gap_before(mention.first)):
        return mention
    found.pop()
    country = before.country or mention.country
    return replace(
        mention,
        first=before.first,
        title=before.title,
        country=country,
        governed=before.governed,
        conjoined=before.conjoined,
    )


def title_before_name(
    document: Document, found: list[Mention], mention: Mention, vocabulary: Vocabulary
) -> Mention:
    """المبعوث لدى التحالف الدولي لمحاربة داعش بريت ماكغورك: a known name at the end of a longer title."""
    if mention.title is not None or mention.name is None or mention.kind != "person" or mention.governed:
        return mention
    back = len(found) - 1
    while back >= 0 and found[back].kind != "person" and len(found) - back < 4:
        back -= 1
    if back < 0 or found[back].title is None or found[back].name is not None:
        return mention
    before = found[back]
    words = range(before.last, mention.first)
    whole = all(not document.gap_before(place).strip(_IN_NAMES) for place in words)
    gap = document.gap_before(mention.first).strip(_IN_NAMES)
    # المتحدث باسم التحالف لمكافحة "داعش"، رايان ديلون، إن: enclosed in commas, of no other country.
    enclosed = gap in COMMAS and _of_his_country(before, mention) and _encloses(document, mention.last)
    if not words or len(words) > 8 or not whole or not (not gap or enclosed):
        return mention
    if not (is_definite(document.keys[before.first]) or before.last - before.first > 1):
        return mention
    keys = document.keys
    others = THAT | vocabulary.cue("stance")
    spoken = any(keys[place] in others or _is_verb(keys[place], vocabulary) for place in words)
    last = mention.first - 1
    closes = is_definite(keys[last]) or any(
        index.match_at(keys, last, mention.first) for index in (vocabulary.places, vocabulary.organisations)
    )
    if spoken or not closes:
        return mention
    del found[back:]
    return replace(before, last=mention.last, name=mention.name, named=mention.named, number="s")


def _of_his_country(before: Mention, mention: Mention) -> bool:
    """Whether the title's country does not speak against the one who is known by the name."""
    country = before.title.country if before.title is not None else None
    homes = {place for named in mention.named for place in _countries(named.person)}
    return country is None or not homes or country in homes


def _countries(person: Person) -> set[str | None]:
    return {person.country, *(term.country for term in person.terms)}


def _encloses(document: Document, last: int) -> bool:
    if last >= len(document.keys):
        return True
    return comma(document.gap_before(last)) or document.keys[last] in THAT


def _is_verb(key: str, vocabulary: Vocabulary) -> bool:
    return without_conjunction(key) in ACTIONS or any(word in vocabulary.verbs for _, word in readings(key))


def _is_own_office(document: Document, before: Mention, title: Title, vocabulary: Vocabulary) -> bool:
    """الأمير فيصل بن فرحان وزير الخارجية: a title without a comma, of a known person's own country.

    Of one who is not known, if a form of address begins the name or a verb of speech stands before it.
    """
    if len(title.role) < 2:
        return False
    if not before.named:
        spoken = (
            before.first > 0 and before.form == "full" and _speaks(document, before.first - 1, vocabulary)
        )
        return spoken or (before.name is not None and before.name[0] > before.first)
    return title.country is None or title.country in {named.person.country for named in before.named}


def _speaks(document: Document, place: int, vocabulary: Vocabulary) -> bool:
    """Whether a verb of speech that takes nobody as its object stands at a word."""
    forms = (vocabulary.verbs.get(word, ()) for _, word in readings(document.keys[place]))
    return any(not form.verb.transitive and form.verb.mood != "relay" for found in forms for form in found)


def name_before_title(document: Document, mention: Mention, floor: int, vocabulary: Vocabulary) -> Mention:
    """قال أنتوني بلينكن، وزير الخارجية الأميركي: an unknown name between a verb and a title.

    Without a comma (قال عمرو موسى أمين عام الجامعة) the verb must be one of speech.
    """
    title = mention.title
    if title is None or title.proclitics:
        return mention
    gap = document.gap_before(mention.first)
    if not comma(gap) and not (tight(gap) and title.last - title.first > 1):
        return mention
    start = mention.first - 1
    while start > floor and mention.first - start < 6 and tight(document.gap_before(start)):
        if any(word in vocabulary.verbs for _, word in readings(document.keys[start - 1])):
            break
        if without_conjunction(document.keys[start - 1]) in ACTIONS:
            break
        start -= 1
    opener = document.keys[start - 1] if start > floor else ""
    after_verb = any(word in vocabulary.verbs for _, word in readings(opener)) if opener else False
    acted = without_conjunction(opener) in ACTIONS
    while start < mention.first and document.keys[start] in vocabulary.honorifics:
        start += 1
    keys = list(document.keys[start : mention.first])
    opens = start == floor and comma(gap)
    sure = bool(keys) and keys[0] in GIVEN_NAMES and comma(gap)
    if not (after_verb or acted or opens or sure) or len(keys) < 2 or (is_definite(keys[0]) and not sure):
        return mention
    if name_length(keys, vocabulary.name_breaks) != len(keys):
        return mention
    return replace(mention, first=start, name=(start, mention.first), governed=False)
