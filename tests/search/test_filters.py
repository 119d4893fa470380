from datetime import date

import pytest

from archive.models import Article, Country, Meeting, Source, Speaker
from search.face import Filters, search
from search.indexing import build_index
from tests.search.conftest import article_of


@pytest.fixture
def archive(empty_index: object) -> dict[str, Article]:
    turkey = Country.objects.create(code="TR", name_ar="تركيا", name_en="Turkey")
    speaker = Speaker.objects.create(key="blinken", name_ar="أنتوني بلينكن")
    speaker.variants.create(text="بلينكن")
    source = Source.objects.create(key="elaph", name_ar="إيلاف")
    meeting = Meeting.objects.create(
        key="rome-2021",
        kind="ministerial",
        name_ar="اجتماع روما الوزاري",
        short_name_ar="روما 2021",
        starts_on=date(2021, 6, 28),
        ends_on=date(2021, 6, 28),
    )
    rows = {
        "full": article_of("كلمة أولى", published_on=date(2021, 6, 28), source=source, meeting=meeting),
        "old": article_of("كلمة ثانية", published_on=date(2017, 3, 22)),
        "undated": article_of("كلمة ثالثة"),
    }
    rows["full"].quotations.create(kind="direct", start=0, end=4, speaker=speaker)
    rows["old"].quotations.create(kind="direct", start=0, end=4, speaker=speaker, review="rejected")
    rows["full"].country_links.create(country=turkey, role="mentioned")
    rows["old"].country_links.create(country=turkey, role="incidental")
    build_index()
    return rows


def found(archive: dict[str, Article], **filters: object) -> set[str]:
    names = {article.pk: name for name, article in archive.items()}
    return {names[hit.id] for hit in search("", filters=Filters(**filters)).hits}


@pytest.mark.parametrize(
    "filters",
    [
        {"speaker": "blinken"},
        {"speaker": "بلينكن"},
        {"speaker": " أنتوني  بلينكن"},  # a rejected quotation does not count
        {"country": "TR"},
        {"country": "tr"},
        {"country": "تركيا"},  # an incidental naming does not count
        {"source": "elaph"},
        {"source": "ايلاف"},
        {"meeting": "rome-2021"},
        {"meeting": "روما 2021"},
        {"date_from": date(2021, 6, 28)},  # inclusive
        {"date_from": date(2020, 1, 1), "date_to": date(2021, 6, 28)},
        {"speaker": "blinken", "country": "TR", "source": "elaph", "meeting": "rome-2021"},
    ],
)
def test_filter_passes_only_what_meets_it(archive: dict[str, Article], filters: dict[str, object]) -> None:
    assert found(archive, **filters) == {"full"}


def test_filters_by_number(archive: dict[str, Article]) -> None:
    speaker = Speaker.objects.get()
    assert found(archive, speaker=str(speaker.pk)) == {"full"}


@pytest.mark.parametrize(
    "filters",
    [
        {"speaker": "لا أحد"},
        {"country": "XX"},
        {"source": "99999999999999999999"},
        {"meeting": "\ud800\x00"},
        {"meeting": "م" * 5000},
        {"date_from": date(2022, 1, 1), "date_to": date(2021, 1, 1)},
    ],
)
def test_filter_that_names_nothing_finds_nothing_and_says_so(
    archive: dict[str, Article], filters: dict[str, object]
) -> None:
    answer = search("كلمة", filters=Filters(**filters))
    blank = filters.get("meeting") == "\ud800\x00"
    assert (answer.total == 0 and answer.message) or blank
    assert blank or all(not values for values in answer.facets.values())


def test_undated_articles_are_left_out_and_counted(archive: dict[str, Article]) -> None:
    answer = search("كلمة", filters=Filters(date_from=date(2000, 1, 1)))
    assert answer.total == 2
    assert "1" in answer.message or "واحد" in answer.message
