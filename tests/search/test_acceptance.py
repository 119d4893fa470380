"""What a reader finds in the five seeds: the acceptance list of the first part, a row each."""

import pytest

from archive.models import Article, NameVariant, Speaker
from search.face import search
from search.indexing import drain_changes
from tests.search.conftest import SeedArchive

BLINKEN = {"000", "001", "002", "004"}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("بلينكن", BLINKEN),
        ("بلينكين", BLINKEN),
        ('"أنتوني بلينكن"', BLINKEN),
        ("Blinken", BLINKEN),
        ("Antony Blinken", BLINKEN),
        ("تيلرسون", {"003"}),
        ("شكري", {"004"}),  # not 001, which has وشكر
        ("وشكري", {"004"}),
        ("“هذا الوضع ببساطة”", {"001", "004"}),
        ('"هذا الوضع ببساطة"', {"001", "004"}),
        ("«هذا الوضع ببساطة»", {"001", "004"}),
        ("„هذا الوضع ببساطة“", {"001", "004"}),
        ("‹هذا الوضع ببساطة›", {"001", "004"}),
        ("＂هذا الوضع ببساطة＂", {"001", "004"}),
        ("“ببساطة الوضع هذا”", set()),
        ('"ببساطة الوضع هذا"', set()),
        ("تشترك", set()),  # 002's subscription box: لم تشترك بعد
        ("«انشئ حسابا»", set()),
        ("«مواضيع ذات صلة»", set()),  # 004's navigation
        ("«الملكة السورية ماوية»", set()),
        ("ماوية", set()),
        ("الرومانية", set()),
        ("«كلمة تيلرسون»", {"003"}),  # a subheading
    ],
)
def test_query_finds_exactly_these_seeds(seeds: SeedArchive, query: str, expected: set[str]) -> None:
    assert seeds.found(query) == expected


@pytest.mark.parametrize(
    "spellings",
    [
        ("ايطاليا", "إيطاليا", "إيطاليا"),
        ("سورية", "سوريا", "سوريّة"),
        ("الأمريكي", "الأميركي", "الامريكي", "أميركا", "أمريكا"),
        ("القاره", "القارة"),
        ("٤٣٦", "436", "۴۳۶"),
        ("التحـالف", "تحالف", "للتحالف", "والتحالف", "التّحالُف", "ﺍﻟﺘﺤﺎﻟﻒ"),
        ("الدُّوَل", "الدول", "دول"),
    ],
)
def test_spellings_of_one_word_find_the_same(seeds: SeedArchive, spellings: tuple[str, ...]) -> None:
    found = [seeds.found(spelling) for spelling in spellings]
    assert found[0]
    assert all(each == found[0] for each in found)


def test_digits_find_the_articles_with_the_number(seeds: SeedArchive) -> None:
    assert seeds.found("٤٣٦") == {"000", "001", "004"}


def test_country_filter_takes_what_is_about_or_mentions_it(seeds: SeedArchive) -> None:
    found = seeds.found("", country="TR")
    assert found >= {"000", "004"}
    assert "002" not in found


@pytest.mark.parametrize("name", ["blinken", "بلينكين", "أنتوني بلينكن", "Antony Blinken"])
def test_speaker_filter_takes_key_and_any_variant(seeds: SeedArchive, name: str) -> None:
    assert seeds.found("", speaker=name) == BLINKEN


def test_new_name_variant_works_at_once(seeds: SeedArchive) -> None:
    assert seeds.found("بلنكاين") == set()
    speaker = Speaker.objects.get(key="blinken")
    NameVariant.objects.create(speaker=speaker, text="بلنكاين")
    assert seeds.found("بلنكاين") == BLINKEN


def test_edit_is_searchable_when_the_queue_is_drained(seeds: SeedArchive) -> None:
    article = seeds.articles["003"]
    edited = Article.objects.get(pk=article.pk)
    edited.headline = edited.title = "عنوان يذكر زنجبار"
    edited.title_basis = Article.TitleBasis.CORRECTED
    edited.save()
    drain_changes()
    assert seeds.found("زنجبار") == {"003"}


def test_hidden_article_leaves_search(seeds: SeedArchive) -> None:
    Article.objects.filter(pk=seeds.articles["003"].pk).update(rights="hidden")
    drain_changes()
    assert seeds.found("تيلرسون") == set()


def test_deleted_article_leaves_search(seeds: SeedArchive) -> None:
    Article.objects.get(pk=seeds.articles["003"].pk).delete()
    drain_changes()
    assert seeds.found("تيلرسون") == set()


def test_dates_narrow_and_order(seeds: SeedArchive) -> None:
    answer = search("داعش", sort="oldest")
    assert seeds.numbers(answer)[:2] == ["003", "002"]
    assert seeds.numbers(search("داعش", sort="newest"))[-2:] == ["002", "003"]
