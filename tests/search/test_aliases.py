import pytest

from archive.models import NameVariant, Speaker
from search.aliases import find_names
from search.analysis import terms

pytestmark = pytest.mark.django_db


@pytest.fixture
def blinken() -> Speaker:
    speaker = Speaker.objects.create(key="blinken", name_ar="أنتوني بلينكن", name_en="Antony Blinken")
    for text in ("أنتوني بلينكن", "أنطوني بلنكن", "بلينكن", "بلينكين"):
        NameVariant.objects.create(speaker=speaker, text=text)
    return speaker


@pytest.fixture
def cavusoglu() -> Speaker:
    speaker = Speaker.objects.create(key="cavusoglu", name_ar="مولود جاووش أوغلو")
    for text, alone in (("جاووش-أوغلو", True), ("تشاووش أوغلو", True), ("أوغلو", False)):
        NameVariant.objects.create(speaker=speaker, text=text, alone=alone)
    return speaker


def names(query: str) -> list[tuple[int, int, list[str], set[str]]]:
    return [
        (
            name.start,
            name.end,
            [speaker.key for speaker in name.speakers],
            {" ".join(one) for one in name.alternatives},
        )
        for name in find_names(list(terms(query)))
    ]


def test_word_is_exchanged_for_words(blinken: Speaker) -> None:
    assert names("قال بلينكن") == [(1, 2, ["blinken"], {"بلينكين"})]


def test_several_words_are_exchanged_for_several(blinken: Speaker) -> None:
    assert names("أنتوني بلينكن") == [(0, 2, ["blinken"], {"انطوني بلنكن"})]


def test_the_longest_name_wins(blinken: Speaker) -> None:
    Speaker.objects.create(key="other", name_ar="آخر")
    assert [name[:2] for name in names("الوزير أنطوني بلنكن وبعده بلينكين")] == [(1, 3), (4, 5)]


def test_variant_that_does_not_stand_alone_is_neither_expanded_nor_put_in(cavusoglu: Speaker) -> None:
    assert names("أوغلو") == []
    assert names("تشاووش أوغلو") == [(0, 2, ["cavusoglu"], {"جاووش اوغلو"})]


def test_hyphen_in_a_variant_is_a_space(cavusoglu: Speaker) -> None:
    assert [name[:3] for name in names("جاووش أوغلو")] == [(0, 2, ["cavusoglu"])]


def test_variant_of_two_speakers_names_both(blinken: Speaker) -> None:
    other = Speaker.objects.create(key="other", name_ar="آخر")
    NameVariant.objects.create(speaker=other, text="بلينكن")
    NameVariant.objects.create(speaker=other, text="بلنكان")
    ((_start, _end, speakers, alternatives),) = names("بلينكن")
    assert sorted(speakers) == ["blinken", "other"]
    assert alternatives == {"بلينكين", "بلنكان"}


def test_latin_surname_stands_for_the_arabic_one(blinken: Speaker) -> None:
    assert names("Blinken") == [(0, 1, ["blinken"], {"بلينكن", "بلينكين"})]


def test_latin_surname_of_two_people_names_nobody(blinken: Speaker) -> None:
    Speaker.objects.create(key="other", name_ar="آخر", name_en="John Blinken")
    assert names("Blinken") == []


def test_title_is_no_name(blinken: Speaker) -> None:
    blinken.terms.create(key="blinken--us-fm", title_ar="وزير الخارجية الأميركي")
    assert names("وزير الخارجية الأميركي") == []


def test_a_variant_without_a_word_stands_in_for_nothing(blinken: Speaker) -> None:
    NameVariant.objects.create(speaker=blinken, text="...")
    [name] = find_names(list(terms("بلينكن")))
    assert () not in name.alternatives
