"""Names of the shipped reference data in queries, and the seeds that they find."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date

import pytest

from archive.models import LexiconEntry, Speaker
from search.aliases import MOST_QUERIES, find_names
from search.analysis import terms
from search.face import search
from search.indexing import drain_changes
from search.names import phrase_of, spelling_of
from tests.search.conftest import SeedArchive, article_of

NAMING = (
    "وزير الخارجية الأميركي أنتوني بلينكن في روما 2021",
    "Antony Blinken, Rome and Turkey",
    "الأمين العام للناتو في تركيا يوم 28 يونيو",
)


@pytest.mark.parametrize(
    ("runs", "count"),
    [
        ([], 0),
        ([""], 0),
        (["القارة"], 1),  # one word that names nothing
        (["بلينكن"], 1),
        ([f"{NAMING[number % 3]} {number}" for number in range(64)], 1),
    ],
)
def test_names_that_are_remembered_cost_one_query(
    seeds: SeedArchive,
    runs: list[str],
    count: int,
    django_assert_num_queries: Callable[..., AbstractContextManager[None]],
) -> None:
    find_names([tuple(terms(run)) for run in NAMING])
    with django_assert_num_queries(count):
        find_names([tuple(terms(run)) for run in runs])


def test_unconfirmed_speakers_cost_one_query_more(
    seeds: SeedArchive, django_assert_num_queries: Callable[..., AbstractContextManager[None]]
) -> None:
    Speaker.objects.update(needs_review=True)
    runs = [tuple(terms(run)) for run in (*NAMING, "Tillerson")]
    find_names(runs)
    with django_assert_num_queries(MOST_QUERIES):
        find_names(runs)


def test_runs_are_read_together_as_each_by_itself(seeds: SeedArchive) -> None:
    texts = (*NAMING, "وزير الخارجية", "الأميركي", "28", "آب", "2021", "روما", "نائب", NAMING[0])
    runs = [tuple(terms(text)) for text in texts]
    assert find_names(runs) == {run: find_names([run])[run] for run in runs}


def test_every_shipped_other_spelling_can_be_typed_and_gives_words(seeds: SeedArchive) -> None:
    entries = LexiconEntry.objects.filter(category=LexiconEntry.Category.ALIAS)
    assert entries
    for entry in entries:
        entry.full_clean()
        assert phrase_of(entry.text) == entry.key.replace("-", " ")
        assert all(map(spelling_of, entry.attributes["spellings"])), entry.text


@pytest.mark.parametrize(
    ("latin", "arabic"),
    [
        ("Blinken", "بلينكن"),
        ("Anthony Blinken", "بلينكن"),
        ("Tillerson", "تيلرسون"),
        ("Turkey", "تركيا"),
        ("Türkiye", "تركيا"),
        ("Iraq", "العراق"),
        ("United States", "الولايات المتحدة"),
        ("USA", "الولايات المتحدة"),
        ("Washington", "واشنطن"),
        ("Rome 2021", "روما"),
        ("Paris", "باريس"),
        ("ISIS", "داعش"),
        ("ISIL", "داعش"),
        ("Daesh", "داعش"),
        ("Global Coalition", "التحالف الدولي"),
        ("Global Coalition to Defeat ISIS", "التحالف الدولي"),
        ("NATO", "الناتو"),
        ("يونيو", "حزيران"),
    ],
)
def test_other_name_finds_the_same_seeds(seeds: SeedArchive, latin: str, arabic: str) -> None:
    assert seeds.found(latin) == seeds.found(arabic) != set()


def test_naming_one_minister_does_not_find_another(seeds: SeedArchive) -> None:
    assert "003" not in seeds.found("Blinken")
    assert seeds.found("Tillerson") == {"003"}


def test_seeds_are_found_by_title_and_not_by_another_ministers_name(seeds: SeedArchive) -> None:
    assert seeds.found("وزير خارجية الولايات المتحدة") == {"000", "001", "002", "003", "004"}
    assert seeds.found("وزير خارجية الولايات المتحدة", date_from=date(2021, 1, 1)) == {
        "000",
        "001",
        "002",
        "004",
    }


def test_holder_stands_above_the_scattered_words_of_his_title(seeds: SeedArchive) -> None:
    text = "شارك وزير البيئة في حوار حول الدفاع المدني بحضور السفير الألماني"
    scattered = article_of(text, published_on=date(2021, 5, 1))
    holder = article_of("قالت كرامب كارنباور إن الجنود باقون", published_on=date(2021, 5, 2))
    drain_changes()
    found = [hit.id for hit in search("وزير الدفاع الألماني").hits]
    assert found.index(holder.pk) < found.index(scattered.pk)


@pytest.mark.parametrize("query", ["لودريان", "لو دريان", "جان إيف لودريان", '"لو دريان"'])
def test_name_written_in_one_word_or_two_is_one_name(seeds: SeedArchive, query: str) -> None:
    articles = {article_of("قال لودريان كلاما").pk, article_of("قال لو دريان كلاما").pk}
    drain_changes()
    assert articles <= {hit.id for hit in search(query).hits}


def test_repeated_word_keeps_its_names(seeds: SeedArchive) -> None:
    article = article_of("قال بلينكن كلاما", published_on=date(2021, 6, 1))
    drain_changes()
    answer = search("الأميركي في وزير الخارجية الأميركي")
    assert article.pk in {hit.id for hit in answer.hits}
