import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.arabic.months import MONTHS
from search.query_dates import read_date, read_range


def days(found) -> str | None:
    return found and f"{found.first or ''}..{found.last or ''}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2021", "2021-01-01..2021-12-31"),
        ("٢٠٢١", "2021-01-01..2021-12-31"),
        ("۲۰۲۱", "2021-01-01..2021-12-31"),
        ("２０２１", "2021-01-01..2021-12-31"),
        ("2021-06", "2021-06-01..2021-06-30"),
        ("2021/6", "2021-06-01..2021-06-30"),
        ("6/2021", "2021-06-01..2021-06-30"),
        ("2021-06-28", "2021-06-28..2021-06-28"),
        ("2021/6/28", "2021-06-28..2021-06-28"),
        ("28/6/2021", "2021-06-28..2021-06-28"),
        ("28-6-2021", "2021-06-28..2021-06-28"),
        ("28.6.2021", "2021-06-28..2021-06-28"),
        ("٢٨/٦/٢٠٢١", "2021-06-28..2021-06-28"),
        ("2021‑06‑28", "2021-06-28..2021-06-28"),  # hyphens that do not break
        ("28 حزيران 2021", "2021-06-28..2021-06-28"),
        ("28 يونيو 2021", "2021-06-28..2021-06-28"),
        ("28 حزيران/يونيو 2021", "2021-06-28..2021-06-28"),
        ("28 حزيران / يونيو 2021", "2021-06-28..2021-06-28"),
        ("28 يونيو (حزيران) 2021", "2021-06-28..2021-06-28"),
        ("28يونيو 2021", "2021-06-28..2021-06-28"),  # as the press glues them
        ("نوفمبر (تشرين الثاني) 2014", "2014-11-01..2014-11-30"),
        ("تشرين الأول 2019", "2019-10-01..2019-10-31"),
        ("كانون ثاني 2020", "2020-01-01..2020-01-31"),
        ("جوان 2021", "2021-06-01..2021-06-30"),  # Algeria and Tunisia
        ("غشت 2021", "2021-08-01..2021-08-31"),  # Morocco
        ("حَزيران، 2021", "2021-06-01..2021-06-30"),
        ("June 2021", "2021-06-01..2021-06-30"),
        ("28 June 2021", "2021-06-28..2021-06-28"),
        ("June 28, 2021", "2021-06-28..2021-06-28"),
        ("sept 2021", "2021-09-01..2021-09-30"),
        ("Dec. 2021", "2021-12-01..2021-12-31"),
        ("29/2/2020", "2020-02-29..2020-02-29"),
        ("0001", "0001-01-01..0001-12-31"),
        ("9999-12", "9999-12-01..9999-12-31"),
    ],
)
def test_forms_of_dates(text: str, expected: str) -> None:
    found = read_date(text)
    assert days(found) == expected
    assert found is not None
    assert found.end == len(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "روما",
        "31/2/2021",
        "29/2/2021",
        "0/6/2021",
        "28/0/2021",
        "28/13/2021",
        "6/28/2021",  # the month never comes first: 6/7 would be anyone's guess
        "0000",
        "10000",
        "21",
        "28/6/21",
        "حزيران",
        "28 حزيران",
        "31 حزيران 2021",
        "حزيران/يوليو 2021",  # two months
        "2" * 5000,
    ],
)
def test_what_is_no_date(text: str) -> None:
    found = read_date(text)
    assert found is None or found.end < len(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2017..2021", "2017-01-01..2021-12-31"),
        ("2017 .. 2021", "2017-01-01..2021-12-31"),
        ("2017...2021", "2017-01-01..2021-12-31"),
        ("2017…2021", "2017-01-01..2021-12-31"),
        ("2017–2021", "2017-01-01..2021-12-31"),
        ("2017-2021", "2017-01-01..2021-12-31"),
        ("2017-03-22 - 2021-06-28", "2017-03-22..2021-06-28"),
        ("22/3/2017..28/6/2021", "2017-03-22..2021-06-28"),
        ("آذار 2017..حزيران 2021", "2017-03-01..2021-06-30"),
        ("2017..", "2017-01-01.."),
        ("..2021", "..2021-12-31"),
        ("2021", "2021-01-01..2021-12-31"),
        ("2021..2017", "2017-01-01..2021-12-31"),
    ],
)
def test_ranges(text: str, expected: str) -> None:
    found = read_range(text)
    assert days(found) == expected
    assert found is not None
    assert found.end == len(text)
    assert found.turned is (text == "2021..2017")


@pytest.mark.parametrize("name", sorted(MONTHS))
def test_every_name_of_a_month(name: str) -> None:
    found = read_date(f"{name} 2021")
    assert found is not None
    assert found.first is not None
    assert found.first.month == MONTHS[name]


def test_reading_ends_with_the_date() -> None:
    found = read_date("من:28 حزيران 2021 روما 2017", 3)
    assert found is not None
    assert found.end == len("من:28 حزيران 2021")


@given(st.text(st.sampled_from("0123456789٠٢٨ /-.()…–حزيرانكتشول,\u200f"), max_size=150))
@settings(max_examples=300, deadline=None)
def test_any_text_can_be_tried(text: str) -> None:
    for read in (read_date, read_range):
        found = read(text)
        assert found is None or 0 < found.end <= len(text)
