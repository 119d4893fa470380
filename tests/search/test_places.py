from datetime import date

import pytest

from archive.models import Country, Meeting, MeetingVariant
from search.analysis import terms
from search.memory import remember
from search.names import Name, read_runs
from search.places import find_countries

pytestmark = pytest.mark.django_db


@pytest.fixture
def turkey() -> Country:
    return Country.objects.create(
        code="TR",
        name_ar="تركيا",
        name_en="Türkiye",
        other_names=["جمهورية تركيا", "الجمهورية التركية"],
        demonyms=["تركي", "تركية"],
        capitals=["أنقرة"],
    )


@pytest.fixture
def rome() -> Meeting:
    meeting = Meeting.objects.create(
        key="rome-2021",
        kind="ministerial",
        name_ar="اجتماع روما الوزاري",
        short_name_ar="روما 2021",
        city_ar="روما",
        city_en="Rome",
        starts_on=date(2021, 6, 28),
        ends_on=date(2021, 6, 28),
        sure=True,
    )
    MeetingVariant.objects.create(meeting=meeting, text="اجتماع روما")
    return meeting


def countries(query: str) -> list[Name]:
    run = read_runs([list(terms(query))])
    return list(find_countries(run, remember().countries.said_in(run)))


def meetings(query: str) -> list[tuple[int, int, tuple[str, ...], date | None, date | None]]:
    return [
        (name.start, name.end, each.spelling, each.first, each.last)
        for name in remember().meetings.find(read_runs([list(terms(query))]))
        for each in name.alternatives
    ]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("Türkiye", (0, 1, {"تركيا", "الجمهوريه التركيه"})),
        ("in turkiye", (1, 2, {"تركيا", "الجمهوريه التركيه"})),
        ("لتركيا", (0, 1, {"تركيا", "الجمهوريه التركيه"})),
        ("الجمهورية التركية", (0, 2, {"تركيا"})),
    ],
)
def test_country_goes_by_its_arabic_names(
    turkey: Country, query: str, expected: tuple[int, int, set[str]]
) -> None:
    [name] = countries(query)
    assert (name.start, name.end, {" ".join(each.spelling) for each in name.alternatives}) == expected
    assert name.speakers == ()


@pytest.mark.parametrize("query", ["أنقرة", "التركي", "TR", "Turk", "قارة"])
def test_what_is_no_name_of_a_country_names_none(turkey: Country, query: str) -> None:
    assert countries(query) == []


@pytest.mark.parametrize("query", ["Rome 2021", "روما 2021", "روما ٢٠٢١"])
def test_city_and_year_mean_the_meeting_in_its_weeks(rome: Meeting, query: str) -> None:
    assert (0, 2, ("روما",), date(2021, 6, 14), date(2021, 7, 28)) in meetings(query)


def test_name_of_a_meeting_means_it_in_its_weeks(rome: Meeting) -> None:
    assert meetings("اجتماع روما") == [(0, 2, ("روما",), date(2021, 6, 14), date(2021, 7, 28))]


def test_english_city_is_exchanged_for_the_arabic_one_at_any_time(rome: Meeting) -> None:
    assert meetings("Rome") == [(0, 1, ("روما",), None, None)]


def test_city_of_another_year_means_no_meeting(rome: Meeting) -> None:
    assert meetings("روما 2020") == []


def test_unsure_date_of_a_meeting_resolves_nothing(rome: Meeting) -> None:
    Meeting.objects.update(sure=False)
    assert meetings("روما 2021") == []


@pytest.mark.parametrize(
    ("day", "weeks"),
    [
        (date(1, 1, 2), (date.min, date(1, 2, 1))),
        (date(9999, 12, 31), (date(9999, 12, 17), date.max)),
    ],
)
def test_weeks_of_a_meeting_end_where_the_calendar_ends(
    rome: Meeting, day: date, weeks: tuple[date, date]
) -> None:
    Meeting.objects.update(starts_on=day, ends_on=day)
    assert meetings("اجتماع روما") == [(0, 2, ("روما",), *weeks)]
    assert meetings("Rome 1")
