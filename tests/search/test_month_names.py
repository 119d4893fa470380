from datetime import date
from pathlib import Path

import pytest

from archive.models import LexiconEntry, Speaker
from search.analysis import terms
from search.face import search
from search.indexing import drain_changes
from search.month_names import find_months
from search.names import read_runs
from tests.search.conftest import article_of


def months(query: str) -> dict[str, set[str]]:
    """The named words and what stands for them."""
    run = read_runs([list(terms(query))])
    return {
        " ".join(run.spelling(name.start, name.end)): {" ".join(each.spelling) for each in name.alternatives}
        for name in find_months(run, {"حزيرن": 6})
    }


@pytest.mark.parametrize(
    ("query", "month", "others"),
    [
        ("حزيران", "حزيران", {"يونيو", "يونيه", "حزيرن"}),  # جوان is Juan as well
        ("يونيو", "يونيو", {"حزيران", "يونيه", "حزيرن"}),
        ("وحزيران", "وحزيران", {"يونيو", "يونيه", "حزيرن"}),
        ("حزيرن", "حزيرن", {"حزيران", "يونيو", "يونيه"}),  # a curator's spelling
        ("تشرين الأول", "تشرين الاول", {"تشرين اول", "اكتوبر"}),
        ("أكتوبر", "اكتوبر", {"تشرين الاول", "تشرين اول"}),
        ("غشت", "غشت", {"اغسطس"}),  # آب folds to «father», أوت to «sheltered»
        ("أيار", "ايار", {"مايو"}),  # mostly the month; ماي is Theresa May
        ("آذار", "اذار", {"مارس"}),  # mostly the month, though «practised» as well
        ("مارس 2021", "مارس", {"اذار"}),
        ("٢٨ آب", "اب", {"اغسطس", "غشت"}),
        ("June 2021", "june", {"حزيران", "يونيو", "يونيه", "حزيرن"}),
        ("June", "june", {"حزيران", "يونيو", "يونيه", "حزيرن"}),
        ("May 2021", "may", {"ايار", "مايو"}),
        ("28 MAY", "may", {"ايار", "مايو"}),
        ("March 2017 London", "march", {"اذار", "مارس"}),
        ("Jan 2020", "jan", {"كانون الثاني", "كانون ثاني", "يناير", "جانفي"}),
    ],
)
def test_month_goes_by_its_other_names(query: str, month: str, others: set[str]) -> None:
    assert months(query)[month] == others


@pytest.mark.parametrize(
    "query",
    [
        *("مارس", "آب", "تيريزا ماي", "مارس ضغوطا", "مارس 45", "آب 20210", "مايو"),
        *("may", "Theresa May", "march of victory", "Jan Kubis"),
    ],
)
def test_word_that_is_also_a_month_is_none_without_a_day_or_a_year(query: str) -> None:
    assert months(query) == {}


def test_name_that_mostly_is_no_month_stands_in_only_together_with_the_number() -> None:
    found = months("28 حزيران 2021")
    assert found["28 حزيران"] == {"28 جوان"}
    assert found["حزيران 2021"] == {"جوان 2021"}
    assert "جوان" not in found["حزيران"]
    assert months("أغسطس 2021")["اغسطس 2021"] == {"اب 2021", "اوت 2021"}


@pytest.mark.parametrize(
    ("query", "months"),
    [
        ("Daesh May 2021", {"أيار", "مايو"}),
        ("داعش أيار", {"أيار", "مايو"}),
        ("أيار الماضي", {"أيار", "مايو"}),
        ("June 2021", {"حزيران", "يونيو"}),
    ],
)
def test_month_finds_the_articles_that_name_it_otherwise(
    empty_index: Path, query: str, months: set[str]
) -> None:
    Speaker.objects.create(key="may", name_ar="تيريزا ماي", name_en="Theresa May")
    LexiconEntry.objects.create(category="alias", text="Daesh", attributes={"spellings": ["داعش"]})
    names = {
        article_of(f"هزيمة داعش في {name} الماضي", published_on=date(2021, 6, 28)).pk: name
        for name in ("أيار", "مايو", "حزيران", "يونيو", "آب")
    }
    drain_changes()
    answer = search(query)
    assert {names[hit.id] for hit in answer.hits} == months
    assert answer.speakers == []
