"""Titles by date. The country's own words, the office's other names and its holders are made here."""

from datetime import date
from pathlib import Path

import pytest

from archive.models import Country, LexiconEntry, NameVariant, Speaker, TermOfOffice
from search.aliases import find_names
from search.analysis import terms
from search.face import Filters, search
from search.indexing import drain_changes
from search.names import Name
from search.titles import MOST_ALTERNATIVES, MOST_LISTED
from tests.search.conftest import article_of

pytestmark = pytest.mark.django_db

FOREIGN_MINISTER = "وزير الخارجية الأميركي"
TERMS = {
    "tillerson": (date(2017, 2, 1), date(2018, 3, 31)),
    "blinken": (date(2021, 1, 26), date(2025, 1, 20)),
}


def hold(
    key: str,
    title: str,
    starts_on: date | None,
    ends_on: date | None = None,
    *,
    variants: tuple[str, ...] = (),
    country: str | None = None,
    organisation: Speaker | None = None,
    sure: bool = True,
    title_en: str = "",
) -> TermOfOffice:
    """A speaker called by ``variants`` who held an office."""
    speaker = Speaker.objects.create(key=key, name_ar=key)
    for text in variants:
        NameVariant.objects.create(speaker=speaker, text=text)
    return TermOfOffice.objects.create(
        key=f"{key}--1",
        speaker=speaker,
        title_ar=title,
        title_en=title_en,
        country_id=country,
        organisation=organisation,
        starts_on=starts_on,
        ends_on=ends_on,
        sure=sure,
    )


@pytest.fixture
def america(db: None) -> None:
    Country.objects.create(
        code="US",
        name_ar="الولايات المتحدة",
        name_en="United States",
        other_names=["أمريكا", "أميركا"],
        demonyms=["أمريكي", "أميركي", "أميركية"],
    )
    for text, attributes in (
        ("وزير", {"feminine": "وزيرة"}),
        ("نائب", {"deputy": True}),
        ("مستشار", {}),
        ("جنرال", {"prefix": True}),
        ("رئيس الدبلوماسية", {"same_as": "وزير الخارجية"}),
    ):
        LexiconEntry.objects.create(category="title", text=text, attributes=attributes)
    hold(
        "tillerson",
        FOREIGN_MINISTER,
        *TERMS["tillerson"],
        variants=("ريكس تيلرسون", "تيلرسون"),
        country="US",
    )
    hold(
        "blinken",
        FOREIGN_MINISTER,
        *TERMS["blinken"],
        variants=("أنتوني بلينكن", "بلينكن", "بلينكين", "Antony Blinken"),
        country="US",
        title_en="US Secretary of State",
    )


def holders(name: Name) -> list[str]:
    """The keys of those whom a title names."""
    return [Speaker.objects.get(pk=pk).key for pk in name.speakers]


def titles(query: str) -> list[Name]:
    """The names with dates."""
    run = tuple(terms(query))
    return [
        name for name in find_names([run])[run] if any(each.first or each.last for each in name.alternatives)
    ]


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("وزير الخارجية الأميركي", (0, 3)),
        ("وزير الخارجية الأمريكي", (0, 3)),
        ("وزير الخارجيه الامريكى", (0, 3)),
        ("لوزير الخارجية الأميركي", (0, 3)),
        ("ووزير الخارجية الأميركي", (0, 3)),
        ("كوزير الخارجية الأميركي", (0, 3)),
        ("وزير خارجية الولايات المتحدة", (0, 4)),
        ("وزير خارجية أميركا", (0, 3)),
        ("وزير الخارجية في القارة", None),
        ("رئيس الدبلوماسية الأميركية", (0, 3)),
        ("قال وزير الخارجية الأميركي في روما", (1, 4)),
        ("الجنرال وزير الخارجية الأميركي", (1, 4)),
        ("US Secretary of State", (0, 4)),
        ("former US Secretary of State", None),
        ("Secretary of State", None),
        ("وزير الخارجية", None),  # of no country
        ("الخارجية الأميركية", None),  # the ministry: its spokesmen speak for it
        ("وزارة الخارجية الأميركية", None),
        ("وزراء الخارجية الأميركيون", None),
        ("الأميركي", None),
        ("وزير الدفاع الأميركي", None),  # nobody is known
        ("نائب وزير الخارجية الأميركي", None),  # his deputy
        ("مستشار وزير الخارجية الأميركي", None),
        ("المتحدث باسم وزير الخارجية الأميركي", None),
        ("وزير الخارجية الأميركي السابق", None),  # no more in those years
        ("وزيرة الخارجية الأميركية", None),  # no woman held it
    ],
)
def test_title_resolves_when_it_names_an_office_and_its_owner(
    america: None, query: str, words: tuple[int, int] | None
) -> None:
    assert [(name.start, name.end) for name in titles(query)] == ([words] if words else [])


def test_each_holder_counts_in_his_own_term(america: None) -> None:
    [name] = titles(FOREIGN_MINISTER)
    assert {(" ".join(each.spelling), each.first, each.last) for each in name.alternatives} == {
        ("تيلرسون", date(2017, 2, 1), date(2018, 3, 30)),  # the end is exclusive
        ("بلينكن", date(2021, 1, 26), date(2025, 1, 19)),
        ("بلينكين", date(2021, 1, 26), date(2025, 1, 19)),
    }
    assert holders(name) == ["blinken", "tillerson"]


def test_who_is_still_in_office_counts_to_this_day(america: None) -> None:
    TermOfOffice.objects.filter(speaker__key="blinken").update(ends_on=None)
    [name] = titles(FOREIGN_MINISTER)
    assert {each.last for each in name.alternatives if each.first == date(2021, 1, 26)} == {None}


@pytest.mark.parametrize("values", [{"sure": False}, {"starts_on": None}])
def test_term_that_is_unsure_or_without_a_beginning_never_resolves(
    america: None, values: dict[str, object]
) -> None:
    TermOfOffice.objects.filter(speaker__key="tillerson").update(**values)
    [name] = titles(FOREIGN_MINISTER)
    assert holders(name) == ["blinken"]


def test_unconfirmed_speaker_never_resolves(america: None) -> None:
    Speaker.objects.filter(key="tillerson").update(needs_review=True)
    [name] = titles(FOREIGN_MINISTER)
    assert holders(name) == ["blinken"]


def test_variant_that_does_not_stand_alone_is_not_put_in(america: None) -> None:
    NameVariant.objects.filter(text="تيلرسون").update(alone=False)
    [name] = titles(FOREIGN_MINISTER)
    assert ("تيلرسون",) not in {each.spelling for each in name.alternatives}


def test_feminine_title_names_women_and_masculine_whoever_holds_the_office(db: None) -> None:
    Country.objects.create(code="DE", name_ar="ألمانيا", name_en="Germany", demonyms=["ألماني", "ألمانية"])
    hold(
        "von-der-leyen", "وزيرة الدفاع الألمانية", date(2013, 1, 1), variants=("فون دير لاين",), country="DE"
    )
    hold("pistorius", "وزير الدفاع الألماني", date(2023, 1, 1), variants=("بيستوريوس",), country="DE")

    [of_women], [of_all] = titles("وزيرة الدفاع الألمانية"), titles("وزير الدفاع الألماني")
    assert holders(of_women) == ["von-der-leyen"]
    assert holders(of_all) == ["pistorius", "von-der-leyen"]


@pytest.mark.parametrize("query", ["الأمين العام للناتو", "أمين عام حلف شمال الأطلسي"])
def test_office_of_an_organisation_resolves_by_any_of_its_names(db: None, query: str) -> None:
    nato = Speaker.objects.create(key="nato", kind="organisation", name_ar="حلف شمال الأطلسي")
    for text in ("حلف شمال الأطلسي", "الناتو"):
        NameVariant.objects.create(speaker=nato, text=text)
    hold(
        "stoltenberg",
        "الأمين العام لحلف شمال الأطلسي",
        date(2014, 10, 1),
        variants=("ستولتنبرغ",),
        organisation=nato,
    )
    [name] = titles(query)
    assert holders(name) == ["stoltenberg"]
    assert titles("الأمين العام") == []


def spelled_out(year: int) -> str:
    """A word of its own for every year."""
    return "".join("بتثجحخدذرز"[int(digit)] for digit in str(year))


def test_many_holders_are_cut_at_the_earliest_and_not_listed(db: None) -> None:
    Country.objects.create(code="YE", name_ar="اليمن", name_en="Yemen", demonyms=["يمني"])
    for year in range(1990, 2026):
        hold(
            f"minister-{year}",
            "وزير الخارجية اليمني",
            date(year, 1, 1),
            date(year + 1, 1, 1),
            variants=(spelled_out(year),),
            country="YE",
        )
    [name] = titles("وزير الخارجية اليمني")
    assert len(name.alternatives) == MOST_ALTERNATIVES
    assert name.alternatives[0].spelling == (spelled_out(2025),)
    assert MOST_ALTERNATIVES > MOST_LISTED
    assert name.speakers == ()


@pytest.fixture
def articles(america: None, empty_index: Path) -> dict[str, int]:
    """Six articles that name a minister or the title, at one time or another."""
    made = {
        "blinken in 2021": ("وصل بلينكن إلى روما.", date(2021, 6, 28)),
        "blinken before his term": ("تحدث بلينكن في ندوة.", date(2019, 5, 1)),
        "tillerson in 2017": ("رحب تيلرسون بالوفود.", date(2017, 3, 22)),
        "tillerson after his term": ("نشر تيلرسون مذكراته.", date(2021, 6, 28)),
        "the words": ("قال وزير الخارجية الأميركي إن الاجتماع مهم.", date(2012, 1, 1)),
        "blinken without a date": ("وصل بلينكن أمس.", None),
    }
    rows = {name: article_of(text, published_on=day).pk for name, (text, day) in made.items()}
    drain_changes()
    return rows


@pytest.mark.parametrize("query", [FOREIGN_MINISTER, "لوزير الخارجية الأمريكي", "وزير خارجية أميركا"])
def test_title_finds_who_held_it_when_the_article_appeared(articles: dict[str, int], query: str) -> None:
    found = {hit.id for hit in search(query).hits}
    assert found == {articles[name] for name in ("blinken in 2021", "tillerson in 2017", "the words")}


def test_title_and_a_date_find_the_holder_of_that_date(articles: dict[str, int]) -> None:
    year = Filters(date_from=date(2021, 1, 1), date_to=date(2021, 12, 31))
    assert [hit.id for hit in search(FOREIGN_MINISTER, filters=year).hits] == [articles["blinken in 2021"]]


def test_office_left_on_the_first_day_of_the_calendar_names_its_holder(america: None) -> None:
    TermOfOffice.objects.filter(key="blinken--1").update(starts_on=date.min, ends_on=date.min)
    [name] = titles(FOREIGN_MINISTER)
    assert {each.last for each in name.alternatives} == {date.min, date(2018, 3, 30)}
