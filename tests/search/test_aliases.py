import pytest
from django.core.exceptions import ValidationError

from archive.models import LexiconEntry, NameVariant, Speaker
from search.aliases import Name, find_names
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


def names_in(query: str) -> list[Name]:
    run = tuple(terms(query))
    return find_names([run])[run]


def names(query: str) -> list[tuple[int, int, list[str], set[str]]]:
    return [
        (
            name.start,
            name.end,
            [Speaker.objects.get(pk=pk).key for pk in name.speakers],
            {" ".join(one.spelling) for one in name.alternatives},
        )
        for name in names_in(query)
    ]


def test_surname_is_exchanged_for_all_that_does_not_contain_it(blinken: Speaker) -> None:
    assert names("قال بلينكن") == [(1, 2, ["blinken"], {"بلينكين", "انطوني بلنكن"})]


def test_whole_name_is_exchanged_for_what_names_him_alone(blinken: Speaker) -> None:
    assert names("أنتوني بلينكن") == [(0, 2, ["blinken"], {"بلينكن", "بلينكين", "انطوني بلنكن"})]


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
    assert alternatives == {"بلينكين", "بلنكان", "انطوني بلنكن"}


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("Blinken", (0, 1)),
        ("Antony Blinken", (0, 2)),  # his Latin name is no variant here
        ("BLINKEN", (0, 1)),
    ],
)
def test_latin_name_stands_for_every_arabic_spelling(
    blinken: Speaker, query: str, words: tuple[int, int]
) -> None:
    assert names(query) == [(*words, ["blinken"], {"بلينكن", "بلينكين", "انطوني بلنكن"})]


@pytest.mark.parametrize(
    ("name_en", "query"),
    [
        ("Mevlüt Çavuşoğlu", "Cavusoglu"),  # accents do not count
        ("Jean-Yves Le Drian", "Le Drian"),
        ("Adel al-Jubeir", "al-Jubeir"),
        ("Adel al-Jubeir", "Jubeir"),
        ("Fikri Işık", "Isik"),  # a letter without an accent to lose
        ("Ine Eriksen Søreide", "Søreide"),
    ],
)
def test_latin_surname_names_its_only_bearer(db: None, name_en: str, query: str) -> None:
    Speaker.objects.create(key="bearer", name_ar="حامل الاسم", name_en=name_en)
    assert [name[2] for name in names(query)] == [["bearer"]]


def test_fathers_name_is_no_surname(db: None) -> None:
    Speaker.objects.create(key="qaboos", name_ar="قابوس بن سعيد", name_en="Qaboos bin Said")
    assert names("he said") == []


def test_latin_surname_of_two_people_names_nobody(blinken: Speaker) -> None:
    Speaker.objects.create(key="other", name_ar="آخر", name_en="John Blinken")
    assert names("Blinken") == []


def test_a_variant_without_a_word_stands_in_for_nothing(blinken: Speaker) -> None:
    NameVariant.objects.create(speaker=blinken, text="...")
    [name] = names_in("بلينكن")
    assert all(each.spelling for each in name.alternatives)


@pytest.mark.parametrize("query", ["لبلينكن", "وبلينكن", "ولبلينكن"])
def test_joined_particles_do_not_hide_a_name(blinken: Speaker, query: str) -> None:
    assert [(name[:3]) for name in names(query)] == [(0, 1, ["blinken"])]


def test_particle_is_not_taken_from_a_short_word(db: None) -> None:
    speaker = Speaker.objects.create(key="ban", name_ar="بان كي مون")
    NameVariant.objects.create(speaker=speaker, text="بان")
    assert names("وبان") == []  # «and it became clear» as well


def test_spelling_that_contains_another_is_not_looked_for(blinken: Speaker) -> None:
    """«أنتوني بلينكن» is found wherever «بلينكن» is."""
    [name] = names_in("Blinken")
    assert ("انتوني", "بلينكن") not in {each.spelling for each in name.alternatives}


def test_organisation_is_exchanged_for_names_of_any_length(db: None) -> None:
    nato = Speaker.objects.create(key="nato", kind="organisation", name_ar="حلف شمال الأطلسي")
    for text in ("حلف شمال الأطلسي", "الناتو"):
        NameVariant.objects.create(speaker=nato, text=text)
    assert names("الناتو") == [(0, 1, ["nato"], {"حلف شمال الاطلسي"})]
    assert names("لحلف شمال الأطلسي") == [(0, 3, ["nato"], {"حلف شمال الاطلسي", "الناتو"})]


def test_lexicon_gives_other_spellings(db: None) -> None:
    LexiconEntry.objects.create(
        category="alias", text="Islamic-State", attributes={"spellings": ["داعش", "تنظيم الدولة"]}
    )
    assert names("islamic STATE") == [(0, 2, [], {"داعش", "تنظيم الدوله"})]


@pytest.mark.parametrize("attributes", [{}, [], {"spellings": []}, {"spellings": "داعش"}, {"spellings": [1]}])
def test_other_spelling_without_any_is_refused(attributes: object) -> None:
    with pytest.raises(ValidationError):
        LexiconEntry(category="alias", text="ISIS", attributes=attributes).clean()


@pytest.mark.parametrize(
    "attributes",
    [[], *({"spellings": value} for value in ([], None, 1, True, "داعش", {"a": 1}, [1], [None]))],
)
def test_malformed_row_of_the_lexicon_harms_no_search(db: None, attributes: object) -> None:
    LexiconEntry.objects.create(category="alias", text="ISIS", attributes=attributes)
    LexiconEntry.objects.create(category="title", text="وزير", attributes=attributes)
    LexiconEntry.objects.create(category="month", text="حزيرن", attributes=attributes)
    assert all(not alternatives for *_words, alternatives in names("وزير ISIS حزيرن"))


def test_name_inside_a_longer_one_is_none(db: None) -> None:
    Speaker.objects.create(key="white", name_ar="بات وايت", name_en="Pat White")
    LexiconEntry.objects.create(
        category="alias", text="White House", attributes={"spellings": ["البيت الأبيض"]}
    )
    assert names("White House") == [(0, 2, [], {"البيت الابيض"})]
    assert [name[:3] for name in names("White")] == [(0, 1, ["white"])]


def test_strings_among_malformed_spellings_are_looked_for(db: None) -> None:
    LexiconEntry.objects.create(
        category="alias", text="ISIS", attributes={"spellings": [None, "داعش", 1, ["الدولة"]]}
    )
    assert names("ISIS") == [(0, 1, [], {"داعش"})]


@pytest.fixture
def may(db: None) -> Speaker:
    speaker = Speaker.objects.create(key="may", name_ar="تيريزا ماي", name_en="Theresa May")
    NameVariant.objects.create(speaker=speaker, text="تيريزا ماي")
    return speaker


@pytest.mark.parametrize(
    ("query", "months", "speakers"),
    [
        ("Daesh May 2021", [(1, 2), (1, 3)], []),
        ("Daesh 28 May", [(1, 3), (2, 3)], []),
        ("Theresa May", [], [(0, 2)]),
        ("Theresa May 2017", [], [(0, 2)]),  # her name, whatever follows it
        ("May", [], [(0, 1)]),
        ("Theresa May May 2017", [(2, 3), (2, 4)], [(0, 2)]),
    ],
)
def test_month_beside_a_day_or_a_year_is_no_surname(
    may: Speaker, query: str, months: list[tuple[int, int]], speakers: list[tuple[int, int]]
) -> None:
    found = names_in(query)
    assert sorted((name.start, name.end) for name in found if not name.speakers) == months
    assert [(name.start, name.end) for name in found if name.speakers] == speakers


def test_person_out_of_sight_does_not_hide_who_shares_his_surname(blinken: Speaker) -> None:
    Speaker.objects.create(key="hidden", name_ar="خفي", name_en="John Blinken", needs_review=True)
    assert [name[2] for name in names("Blinken")] == [["blinken"]]
