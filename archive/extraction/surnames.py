"""Surnames alone: the words by which the text calls again those whom it has introduced."""

from archive.arabic.clitics import readings, without_article
from archive.arabic.given_names import GIVEN_NAMES
from archive.arabic.names import ENDINGS, PARTICLES
from archive.arabic.numerals import ORDINALS
from archive.extraction.document import Document
from archive.extraction.noun_phrases import SPACE, Mention, is_governed
from archive.extraction.vocabulary import Vocabulary


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


def introduced_as(document: Document, word: str) -> tuple[int, int] | None:
    """Where the text gives the full name of somebody called by a surname (هناء الصالحي), or None."""
    for form in (word, "و" + word):
        for place in document.places.get(form, ()):
            start = place
            while start > 0 and place - start < 4 and not document.gap_before(start).strip(SPACE):
                start -= 1
                if document.keys[start] in GIVEN_NAMES:
                    return start, place + 1
                if document.keys[start] not in PARTICLES and place - start > 1:
                    break
    return None
