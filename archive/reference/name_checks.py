"""Names that mean several: of people, countries and outlets; and names that are titles or ordinary words."""

from collections.abc import Iterable, Iterator

from archive.arabic.normalize import fold, match_key
from archive.arabic.particles import word_set
from archive.extraction.knowledge import CountryNames, Entry, Outlet, Person
from archive.extraction.offices import parse_title
from archive.extraction.phrases import phrase_key
from archive.extraction.vocabulary import Vocabulary
from archive.reference.findings import ERROR, NOTE, WARNING, Finding

_NAMES = "namevariant"


def check_names(people: Iterable[Person], vocabulary: Vocabulary) -> Iterator[Finding]:
    """A spelling that several people share is fine while it names none of them by itself."""
    people = list(people)
    holders: dict[str, dict[str, tuple[Person, str, bool]]] = {}
    for person in people:
        for text, alone in _spellings(person):
            known = holders.setdefault(match_key(text), {})
            _, said, before = known.get(person.key, (person, text, False))
            known[person.key] = (person, said, before or alone)
    for known in holders.values():
        alone = [person for person, _, by_itself in known.values() if by_itself]
        if len(known) > 1 and alone:
            severity, check = (ERROR, "shared_name") if len(alone) > 1 else (NOTE, "shared_name_once")
            text = next(iter(known.values()))[1]
            meant = alone if len(alone) > 1 else [person for person, _, _ in known.values()]
            yield _shared(severity, check, _NAMES, text, [(one.key, one.name_ar) for one in meant])
    words = _OrdinaryWords(vocabulary)
    for person in people:
        if person.kind == "person":
            yield from _unfit_names(person, vocabulary, words)


def _spellings(person: Person) -> Iterator[tuple[str, bool]]:
    """The names by which the extraction knows a person; the name itself always stands alone."""
    yield person.name_ar, True
    for variant in person.variants:
        yield variant.text, variant.alone


def _unfit_names(person: Person, vocabulary: Vocabulary, words: "_OrdinaryWords") -> Iterator[Finding]:
    for text, alone in dict(_spellings(person)).items():
        details = {"text": text, "names": person.name_ar}
        size = len(phrase_key(text))
        title = parse_title(text, vocabulary)
        if size > 1 and title is not None and title.last == size:
            yield Finding(ERROR, "title_as_name", _NAMES, (person.key, text), details)
        elif alone and (what := words.kind_of(text)):
            yield Finding(WARNING, "word_as_name", _NAMES, (person.key, text), {**details, "what": what})


class _OrdinaryWords:
    """Words of the curated tables that mean something else than a person."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        entries: Iterable[Entry] = vocabulary.knowledge.lexicon.get("stop_word", ())
        self._stop_words = {match_key(entry.text) for entry in entries} | word_set("بان أن من علي")

    def kind_of(self, text: str) -> str:
        """What else a name means; empty if nothing. A name of several words is at most a country."""
        key = phrase_key(text)
        place = self._vocabulary.places.match_at(key, 0, proclitics=False)
        if place is not None and place.end == len(key):
            return "country"
        if len(key) != 1:
            return ""
        kinds = {
            "stop_word": self._stop_words,
            "verb": self._vocabulary.verbs,
            "title": self._vocabulary.titles,
            "honorific": self._vocabulary.honorifics,
            "month": self._vocabulary.months,
            "weekday": self._vocabulary.weekdays,
        }
        return next((kind for kind, words in kinds.items() if key[0] in words), "")


def check_countries(countries: Iterable[CountryNames]) -> Iterator[Finding]:
    """Demonyms that several countries share."""
    holders: dict[str, dict[str, tuple[str, str]]] = {}
    for country in countries:
        for text in country.demonyms:
            holders.setdefault(match_key(text), {})[country.code] = (country.names[0], text)
    yield from _all_shared(WARNING, "shared_demonym", "country", holders)


def check_outlets(outlets: Iterable[Outlet]) -> Iterator[Finding]:
    """Names that several outlets share."""
    holders: dict[str, dict[str, tuple[str, str]]] = {}
    for outlet in outlets:
        for text in outlet.names:
            holders.setdefault(match_key(text), {})[outlet.key] = (outlet.names[0], text)
    yield from _all_shared(ERROR, "shared_outlet", "source", holders)


def _all_shared(
    severity: str, check: str, table: str, holders: dict[str, dict[str, tuple[str, str]]]
) -> Iterator[Finding]:
    for known in holders.values():
        if len(known) > 1:
            text = next(iter(known.values()))[1]
            rows = [(key, f"{name} ({key})") for key, (name, _) in known.items()]
            yield _shared(severity, check, table, text, rows)


def _shared(severity: str, check: str, table: str, text: str, rows: list[tuple[str, str]]) -> Finding:
    details = {"text": text, "names": tuple(name for _, name in rows)}
    return Finding(severity, check, table, (*(key for key, _ in rows), fold(text)), details)
