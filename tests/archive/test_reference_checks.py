"""What is wrong or doubtful in the curators' tables, each kind on tables of a few rows."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.utils.translation import override

import archive.extraction
import search.names
from archive.extraction.knowledge import (
    CountryNames,
    Entry,
    Knowledge,
    KnownMeeting,
    Outlet,
    Person,
    Term,
    Variant,
)
from archive.reference import ReferenceDataError, lexicon_checks
from archive.reference.checking import check_knowledge
from archive.reference.findings import MESSAGES, Finding, Known, read_known

LEXICON = {
    "title": (
        Entry("وزير", {"feminine": "وزيرة"}),
        Entry("رئيس", {"feminine": "رئيسة"}),
        Entry("نائب", {"deputy": True}),
        Entry("الخارجية", {"part": True}),
    ),
    "verb": (Entry("قال", {"imperfect": "يقول", "clause": [""]}),),
    "stop_word": (Entry("كل"),),
}
COUNTRIES = (
    CountryNames("US", ("الولايات المتحدة",), ("أميركي", "أميركية"), ("واشنطن",), ()),
    CountryNames("FR", ("فرنسا",), ("فرنسي", "فرنسية"), ("باريس",), ()),
)
MINISTER = "وزير الخارجية الأميركي"


def term(key: str, start: str | None, end: str | None, title: str = MINISTER, **more: Any) -> Term:
    days = [date.fromisoformat(day) if day else None for day in (start, end)]
    return Term(key, title, more.get("country", "US"), None, days[0], days[1], more.get("sure", True))


def person(key: str, *terms: Term, name: str = "", variants: tuple[Variant, ...] = ()) -> Person:
    return Person(key, "person", name or f"اسم {key}", "", "US", variants, terms)


def meeting(key: str, start: str, end: str, **more: Any) -> KnownMeeting:
    days = (date.fromisoformat(start), date.fromisoformat(end))
    kind, cities = more.get("kind", "ministerial"), more.get("cities", ("روما",))
    return KnownMeeting(key, kind, cities, "IT", *days, more.get("members"), True)


def findings(
    *people: Person,
    precision: dict[str, str] | None = None,
    known: tuple[Known, ...] = (),
    lexicon: dict[str, tuple[Entry, ...]] | None = None,
    **tables: Any,
) -> list[Finding]:
    knowledge = Knowledge(
        people=people,
        countries=tables.get("countries", COUNTRIES),
        outlets=tables.get("outlets", ()),
        meetings=tables.get("meetings", ()),
        lexicon={**LEXICON, **(lexicon or {})},
    )
    categories = (
        *("title", "verb", "stop_word", "cue", "group", "furniture", "month", "organisation"),
        "not_country",
    )
    return check_knowledge(knowledge, precision=precision or {}, categories=categories, known=known)


def told(found: list[Finding]) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(finding.severity, finding.check, finding.rows) for finding in found]


@pytest.mark.parametrize(
    ("first", "second", "wanted"),
    [
        # (start, end, sure) of two people's terms in one office
        (("2013-02-01", "2017-01-20", True), ("2017-01-20", None, True), []),
        (("2013-02-01", "2017-01-27", True), ("2017-01-20", None, True), []),  # the week at the edge
        (
            ("2013-02-01", "2017-01-28", True),
            ("2017-01-20", None, True),
            [("error", "two_holders", ("a--1", "b--1"))],
        ),
        (
            ("2013-02-01", None, True),
            ("2017-01-20", None, True),
            [("error", "two_holders", ("a--1", "b--1"))],
        ),
        (
            ("2013-02-01", None, False),
            ("2017-01-20", None, True),
            [("warning", "two_holders", ("a--1", "b--1"))],
        ),
        (
            (None, "2017-01-20", True),
            ("2010-01-20", None, True),
            [("error", "two_holders", ("a--1", "b--1"))],
        ),
        (
            ("2013-02-01", "2015-01-01", True),
            ("2016-01-02", None, True),
            [("note", "office_gap", ("a--1", "b--1"))],
        ),
        (("2013-02-01", "2015-01-01", True), ("2016-01-01", None, True), []),  # a gap of a year
        (("2013-02-01", "2015-01-01", False), ("2018-01-01", None, True), []),  # an end that is not sure
    ],
)
def test_holders_of_one_office(first: Any, second: Any, wanted: list[Any]) -> None:
    people = [
        person(key, term(f"{key}--1", start, end, sure=sure))
        for key, (start, end, sure) in (("a", first), ("b", second))
    ]
    assert told(findings(*people)) == wanted


def test_a_date_known_to_the_month_is_tolerated_by_a_month() -> None:
    people = (
        person("a", term("a--1", "2013-02-01", "2017-02-15")),
        person("b", term("b--1", "2017-01-20", None)),
    )
    assert findings(*people)
    assert not findings(*people, precision={"a--1": "month"})


@pytest.mark.parametrize(
    ("title", "country"), [("وزير الخارجية الفرنسي", "FR"), ("نائب وزير الخارجية الأميركي", "US")]
)
def test_another_office_is_no_overlap(title: str, country: str) -> None:
    other = term("b--1", "2013-02-01", None, title, country=country)
    assert not findings(person("a", term("a--1", "2013-02-01", None)), person("b", other))


def test_deputies_may_be_several() -> None:
    deputies = [
        person(key, term(f"{key}--1", "2013-02-01", None, "نائب وزير الخارجية الأميركي")) for key in "ab"
    ]
    assert not findings(*deputies)


def test_a_woman_and_a_man_hold_one_office() -> None:
    woman = person("b", term("b--1", "2013-02-01", None, "وزيرة الخارجية الأميركية"))
    found = findings(person("a", term("a--1", "2013-02-01", None)), woman)
    assert told(found) == [("error", "two_holders", ("a--1", "b--1"))]


def test_titles_that_the_extraction_confuses_are_told() -> None:
    people = [
        person(key, term(f"{key}--1", "2013-02-01", None, title))
        for key, title in (("a", "الرئيس الأميركي"), ("b", "الرئيس الأميركي الخاص"))
    ]
    assert told(findings(*people)) == [("warning", "one_role", ("a--1", "b--1"))]


def test_one_person_twice_in_one_office() -> None:
    twice = person("a", term("a--1", "2013-02-01", "2015-01-01"), term("a--2", "2014-01-01", "2016-01-01"))
    assert told(findings(twice)) == [("error", "term_twice", ("a--1", "a--2"))]
    again = person("a", term("a--1", "2013-02-01", "2015-01-01"), term("a--2", "2015-01-01", "2016-01-01"))
    assert not findings(again)


@pytest.mark.parametrize("end", ["2012-01-01", "2013-02-01"])
def test_a_term_ends_after_it_begins(end: str) -> None:
    """``ends_on`` is the first day out of office."""
    assert told(findings(person("a", term("a--1", "2013-02-01", end)))) == [
        ("error", "term_backwards", ("a--1",))
    ]


def test_a_title_begins_with_a_word_of_the_lexicon() -> None:
    odd = person("a", term("a--1", "2013-02-01", None, "قيصر الأمن الأميركي"))
    assert told(findings(odd)) == [("warning", "unknown_title", ("a--1",))]


@pytest.mark.parametrize(
    ("alone", "wanted"),
    [
        ((True, True), [("error", "shared_name", ("a", "b", "كوبر"))]),
        ((True, False), [("note", "shared_name_once", ("a", "b", "كوبر"))]),
        ((False, False), []),
    ],
)
def test_a_spelling_that_two_people_share(alone: tuple[bool, bool], wanted: list[Any]) -> None:
    people = [
        person(key, variants=(Variant("كُوبر", by_itself),))
        for key, by_itself in zip("ab", alone, strict=True)
    ]
    assert told(findings(*people)) == wanted


def test_two_people_of_one_name() -> None:
    assert told(findings(person("a", name="علي حسن"), person("b", name="على حسن"))) == [
        ("error", "shared_name", ("a", "b", "علي حسن"))
    ]


@pytest.mark.parametrize(
    ("text", "alone", "wanted"),
    [
        ("وزير الخارجية الأميركي", False, ("error", "title_as_name")),
        ("وزير", True, ("warning", "word_as_name")),
        ("قال", True, ("warning", "word_as_name")),
        ("كل", True, ("warning", "word_as_name")),
        ("فرنسا", True, ("warning", "word_as_name")),
        ("الولايات المتحدة", True, ("warning", "word_as_name")),
        ("يقول", False, None),  # never alone: harmless
        ("الوزير كيري", True, None),  # a title with a name
        ("كيري", True, None),
    ],
)
def test_names_that_are_titles_or_words(text: str, alone: bool, wanted: tuple[str, str] | None) -> None:
    found = told(findings(person("a", variants=(Variant(text, alone),))))
    assert found == ([(*wanted, ("a", text))] if wanted else [])


@pytest.mark.parametrize(
    ("second", "wanted"),
    [
        (meeting("b", "2021-06-29", "2021-06-29"), []),
        (meeting("b", "2021-06-28", "2021-06-28"), [("error", "meeting_twice", ("a", "b"))]),
        (meeting("b", "2021-06-28", "2021-06-28", cities=("باريس",)), []),
        (meeting("b", "2021-06-28", "2021-06-28", kind="conference"), []),
        (meeting("b", "2021-07-28", "2021-07-27"), [("error", "meeting_backwards", ("b",))]),
        (meeting("b", "2021-07-28", "2021-07-28", members=82), [("warning", "fewer_members", ("b", "a"))]),
        (meeting("b", "2021-07-28", "2021-07-28", members=83), []),
    ],
)
def test_meetings(second: KnownMeeting, wanted: list[Any]) -> None:
    first = meeting("a", "2021-06-28", "2021-06-28", members=83)
    assert told(findings(meetings=(second, first))) == wanted


def test_meetings_online_are_in_one_place() -> None:
    online = [meeting(key, "2021-06-28", "2021-06-28", cities=()) for key in "ab"]
    assert told(findings(meetings=tuple(online))) == [("error", "meeting_twice", ("a", "b"))]


def test_countries_with_one_demonym() -> None:
    second = CountryNames("GF", ("غويانا",), ("فرنسى",), (), ())
    assert told(findings(countries=(*COUNTRIES, second))) == [
        ("warning", "shared_demonym", ("FR", "GF", "فرنسي"))
    ]


def test_outlets_with_one_name() -> None:
    outlets = (Outlet("a", "paper", ("الحياة",), None), Outlet("b", "tv", ("قناة الحياة", "الحياه"), None))
    assert told(findings(outlets=outlets)) == [("error", "shared_outlet", ("a", "b", "الحياه"))]


@pytest.mark.parametrize(
    ("category", "attributes", "wanted"),
    [
        ("cue", {"kind": "trap"}, None),
        ("spell", {}, ("error", "unknown_category")),
        ("cue", {"kidn": "trap"}, ("warning", "unknown_attribute")),
        ("verb", {"clause": "أن"}, ("error", "bad_value")),
        ("title", {"deputy": "yes"}, ("error", "bad_value")),
        ("group", {"gender": "x"}, ("error", "bad_value")),
        ("group", {"speaker": "nobody"}, ("error", "bad_value")),
        ("furniture", {"reason": "advert"}, ("error", "bad_value")),
        ("month", {"number": 13}, ("error", "bad_value")),
        ("month", {"number": [1]}, ("error", "bad_value")),
        ("organisation", {"country": "FR"}, None),
        ("not_country", {"beside": True}, None),
        ("not_country", {"beside": "yes"}, ("error", "bad_value")),
        ("organisation", {"country": "fr"}, ("error", "bad_value")),
    ],
)
def test_the_lexicon(category: str, attributes: dict[str, Any], wanted: tuple[str, str] | None) -> None:
    found = findings(lexicon={category: (Entry("كلمة", attributes),)})
    assert [(finding.severity, finding.check) for finding in found] == ([wanted] if wanted else [])


@pytest.mark.parametrize(
    "name", sorted({name for names in lexicon_checks.ATTRIBUTES.values() for name in names})
)
def test_every_attribute_is_read_somewhere(name: str) -> None:
    readers = [*Path(archive.extraction.__path__[0]).glob("*.py"), Path(search.names.__file__)]
    assert any(f'"{name}"' in path.read_text(encoding="utf-8") for path in readers)


def test_what_is_known_is_not_told_again() -> None:
    people = person("a", term("a--1", "2013-02-01", None)), person("b", term("b--1", "2017-01-20", None))
    rivals = Known("two_holders", frozenset({"b--1", "a--1"}), "two governments")
    assert not findings(*people, known=(rivals,))
    past = Known("office_gap", frozenset({"x"}), "no longer so")
    assert told(findings(*people, known=(rivals, past))) == [("note", "known_no_more", ("x",))]


def test_the_known_are_read_from_a_file(tmp_path: Path) -> None:
    path = tmp_path / "known.json"
    assert read_known(path) == ()
    path.write_text(json.dumps({"rows": [{"check": "office_gap", "rows": ["a", "b"], "why": "war"}]}))
    assert read_known(path) == (Known("office_gap", frozenset({"a", "b"}), "war"),)


@pytest.mark.parametrize(
    "content", ["{", "[]", '{"rows": [{"check": "x"}]}', '{"rows": [{"check": "x", "rows": [], "why": ""}]}']
)
def test_a_malformed_file_of_the_known_is_told(tmp_path: Path, content: str) -> None:
    path = tmp_path / "known.json"
    path.write_text(content)
    with pytest.raises(ReferenceDataError, match=r"known\.json"):
        read_known(path)


@pytest.mark.parametrize("language", ["ar", "en"])
def test_every_finding_is_a_sentence_in_both_languages(language: str) -> None:
    with override(language):
        sentences = {check: str(message) for check, message in MESSAGES.items()}
    for check, sentence in sentences.items():
        assert any("\u0621" <= letter <= "\u064a" for letter in sentence) == (language == "ar"), check
