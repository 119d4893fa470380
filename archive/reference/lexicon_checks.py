"""Rows of the lexicon that do nothing, or not what they say: unknown categories, attributes and values.

The attributes are those that ``archive.extraction`` (and search, for ``alias``) reads; what stands here
under no category is read by nothing.
"""

from collections.abc import Callable, Collection, Iterator, Mapping

from archive.extraction.facts import FURNITURE_REASONS, SPEAKER_KINDS
from archive.extraction.knowledge import Entry, Knowledge
from archive.reference.findings import ERROR, WARNING, Finding

TABLE = "lexiconentry"

_VERB_FORMS = {
    "imperfect",
    "imperfect_plural",
    "participle",
    "participle_accusative",
    "participle_feminine",
    "participle_plural",
    "masdar",
    "feminine",
    "plural",
}
ATTRIBUTES: dict[str, set[str]] = {
    "verb": {*_VERB_FORMS, "clause", "noun", "mood", "transitive", "object"},
    "cue": {"kind"},
    "title": {
        "feminine",
        "plural",
        "dual",
        "deputy",
        "counterpart",
        "prefix",
        "part",
        "same_as",
        "general",
        "like",
    },
    "group": {"kind", "gender", "number", "speaker", "bare", "document", "unnamed", "institution"},
    "organisation": {"kind", "country"},
    "furniture": {"reason", "match"},
    "month": {"number"},
    "weekday": {"number"},
    "alias": {"spellings"},
    "counted": {"kind", "country", "forms", "dual"},
    "not_country": {"beside"},
}
_LISTS = {"clause", "noun", "spellings", "forms"}
_FLAGS = {
    "transitive",
    "object",
    "deputy",
    "counterpart",
    "prefix",
    "part",
    "bare",
    "document",
    "unnamed",
    "institution",
    "general",
    "beside",
}

Accepts = Callable[[object], bool]


def check_lexicon(knowledge: Knowledge, categories: Collection[str]) -> Iterator[Finding]:
    """``categories`` are those that the lexicon may have."""
    values = _values(knowledge)
    for category, entries in knowledge.lexicon.items():
        for entry in entries:
            row = (f"{category}: {entry.text}",)
            if category not in categories:
                yield Finding(ERROR, "unknown_category", TABLE, row, {"what": category, "text": entry.text})
            else:
                yield from _check_entry(category, entry, row, values)


def _check_entry(
    category: str, entry: Entry, row: tuple[str, ...], values: Mapping[tuple[str, str], Accepts]
) -> Iterator[Finding]:
    for name, value in entry.attributes.items():
        details = {"what": name, "text": entry.text, "category": category}
        if name not in ATTRIBUTES.get(category, ()):
            yield Finding(WARNING, "unknown_attribute", TABLE, (*row, name), details)
        elif not values.get((category, name), _of_its_type(name))(value):
            yield Finding(ERROR, "bad_value", TABLE, (*row, name), {**details, "value": value})


def _of_its_type(name: str) -> Accepts:
    if name in _LISTS:
        return lambda value: isinstance(value, list) and all(isinstance(item, str) for item in value)
    if name in _FLAGS:
        return lambda value: isinstance(value, bool)
    return lambda value: isinstance(value, str | list) if name == "dual" else isinstance(value, str)


def _values(knowledge: Knowledge) -> dict[tuple[str, str], Accepts]:
    """For the attributes whose values are fixed, by category and name, whether a value is one."""
    countries = {country.code for country in knowledge.countries}
    speakers = {person.key for person in knowledge.people}
    return {
        ("group", "kind"): _one_of(SPEAKER_KINDS),
        ("group", "gender"): _one_of(("m", "f")),
        ("group", "number"): _one_of(("s", "d", "p")),
        ("group", "speaker"): _one_of(speakers),
        ("organisation", "country"): _one_of(countries),
        ("counted", "country"): _one_of(countries),
        ("furniture", "reason"): _one_of(FURNITURE_REASONS),
        ("furniture", "match"): _one_of(("prefix", "whole")),
        ("month", "number"): _one_of(range(1, 13)),
        ("weekday", "number"): _one_of(range(7)),
    }


def _one_of(known: Collection[object]) -> Accepts:
    return lambda value: isinstance(value, str | int) and value in known
