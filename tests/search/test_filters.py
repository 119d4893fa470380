from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date

import pytest

from archive.models import Article, Country, LexiconEntry, Meeting, Source, Speaker
from search.face import Filters, search
from search.filters import MAX_VALUES, resolve_filters
from search.indexing import build_index
from search.meanings import named_keys
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


@pytest.fixture
def known(db: None) -> None:
    """Rows to be named; what is called like one of them but is not meant stands beside it."""
    Country.objects.create(
        code="TR",
        name_ar="تركيا",
        name_en="Türkiye",
        other_names=["جمهورية تركيا"],
        demonyms=["تركي", "تركية"],
        capitals=["أنقرة"],
        epithets=["الباب العالي"],
    )
    Country.objects.create(
        code="US", name_ar="الولايات المتحدة", name_en="United States", other_names=["أميركا", "أمريكا"]
    )
    Country.objects.create(code="IQ", name_ar="العراق", name_en="Iraq", demonyms=["عراقي"])
    Country.objects.create(code="GW", name_ar="غينيا - بيساو", name_en="Guinea-Bissau")
    for text, spellings in (
        ("Turkey", ["تركيا", "تركية"]),
        ("USA", ["الولايات المتحدة"]),
        ("Ankara", ["أنقرة"]),
        ("Secretary Blinken", ["بلينكن"]),
    ):
        LexiconEntry.objects.create(category="alias", text=text, attributes={"spellings": spellings})
    for key, name_ar, name_en, variants in (
        ("blinken", "أنتوني بلينكن", "Antony Blinken", ["بلينكن", "بلينكين"]),
        ("jubeir", "عادل الجبير", "Adel al-Jubeir", ["الجبير"]),
        ("sullivan", "جيك سوليفان", "Jake Sullivan", ["سوليفان"]),
        ("sullivan-john", "جون سوليفان", "John Sullivan", ["سوليفان"]),
        ("cavusoglu", "مولود أوغلو", "Mevlüt Çavuşoğlu", ["جاووش-أوغلو"]),
        ("king", "الملك سلمان", "Salman of Saudi Arabia", []),
    ):
        speaker = Speaker.objects.create(key=key, name_ar=name_ar, name_en=name_en)
        for text in variants:
            speaker.variants.create(text=text)
    nato = Speaker.objects.create(
        key="nato", kind="organisation", name_ar="الناتو", name_en="Atlantic Alliance"
    )
    nato.variants.create(text="NATO")
    Source.objects.create(key="elaph", name_ar="إيلاف", name_en="Elaph")
    Source.objects.create(key="aawsat", name_ar="الشرق الأوسط", name_en="Asharq Al-Awsat")
    Source.objects.create(key="guardian", name_ar="الغارديان", name_en="The Guardian")
    for key, city_ar, city_en, year, short in (
        ("rome-2018", "روما", "Rome", 2018, "روما 2018"),
        ("rome-2021", "روما", "Rome", 2021, "روما 2021"),
        ("washington-2021", "واشنطن", "Washington", 2021, "واشنطن 2021"),
        ("washington-2021-defence", "واشنطن", "Washington", 2021, "واشنطن 2021 (الدفاع)"),
        ("kuwait-2018", "الكويت", "Kuwait City", 2018, "الكويت 2018"),
        ("virtual-2020", "", "", 2020, "الاجتماع الافتراضي 2020"),
    ):
        Meeting.objects.create(
            key=key,
            kind="ministerial",
            name_ar=f"اجتماع {key}",
            short_name_ar=short,
            city_ar=city_ar,
            city_en=city_en,
            starts_on=date(year, 6, 28),
            ends_on=date(year, 6, 28),
        )


@pytest.mark.parametrize(
    ("field", "name", "meant"),
    [
        ("country", "TR", {"TR"}),
        ("country", "tr", {"TR"}),
        ("country", "Türkiye", {"TR"}),
        ("country", "TURKIYE", {"TR"}),  # case and accents do not count
        ("country", "Turkey", {"TR"}),  # the lexicon's spelling
        ("country", "turkey", {"TR"}),
        ("country", "usa", {"US"}),
        ("country", "the United States", {"US"}),
        ("country", "جمهورية تركيا", {"TR"}),
        ("country", "تركي", {"TR"}),  # a nisba
        ("country", "التركية", {"TR"}),
        ("country", "أمريكا", {"US"}),
        ("country", "اميركا", {"US"}),
        ("country", "عراق", {"IQ"}),  # without its article
        ("country", "Guinea Bissau", {"GW"}),
        ("country", "غينيا بيساو", {"GW"}),
        ("country", "Tur", set()),  # half a name
        ("country", "أنقرة", set()),  # a capital is no country
        ("country", "Ankara", set()),
        ("country", "الباب العالي", set()),
        ("country", "المتحدة", set()),
        ("speaker", "Antony Blinken", {"blinken"}),
        ("speaker", "BLINKEN", {"blinken"}),
        ("speaker", "بلينكين", {"blinken"}),
        ("minister", "بلينكين", {"blinken"}),
        ("speaker", "Secretary Blinken", {"blinken"}),  # the lexicon's spelling
        ("speaker", "Antony", set()),  # a given name
        ("speaker", "al-Jubeir", {"jubeir"}),
        ("speaker", "Jubeir", {"jubeir"}),
        ("speaker", "جبير", {"jubeir"}),
        ("speaker", "عادل جبير", {"jubeir"}),
        ("speaker", "Cavusoglu", {"cavusoglu"}),
        ("speaker", "جاووش أوغلو", {"cavusoglu"}),
        ("speaker", "Sullivan", {"sullivan", "sullivan-john"}),  # whoever bears the name
        ("speaker", "سوليفان", {"sullivan", "sullivan-john"}),
        ("speaker", "sullivan", {"sullivan"}),  # a key means its row alone
        ("speaker", "Saudi Arabia", set()),
        ("speaker", "nato", {"nato"}),
        ("speaker", "Alliance", set()),  # an organisation has no surname
        ("source", "Elaph", {"elaph"}),
        ("source", "ايلاف", {"elaph"}),
        ("source", "asharq al-awsat", {"aawsat"}),
        ("source", "Asharq Alawsat", {"aawsat"}),
        ("source", "شرق الأوسط", {"aawsat"}),
        ("source", "Guardian", {"guardian"}),
        ("source", "Awsat", set()),
        ("meeting", "روما", {"rome-2018", "rome-2021"}),
        ("meeting", "rome", {"rome-2018", "rome-2021"}),
        ("meeting", "Rome 2021", {"rome-2021"}),
        ("meeting", "روما ٢٠٢١", {"rome-2021"}),
        ("meeting", "واشنطن 2021", {"washington-2021"}),  # its very name
        ("meeting", "Washington 2021", {"washington-2021", "washington-2021-defence"}),
        ("meeting", "كويت", {"kuwait-2018"}),
        ("meeting", "Kuwait", {"kuwait-2018"}),
        ("meeting", "2018", {"rome-2018", "kuwait-2018"}),
        ("meeting", "Rome 2020", set()),
        ("meeting", "2020", {"virtual-2020"}),
        ("meeting", "1999", set()),
        ("meeting", "City", set()),
    ],
)
def test_name_in_a_field_means_what_readers_call_so(
    known: None, field: str, name: str, meant: set[str]
) -> None:
    values, problem = named_keys([(field, name)])[field, name]
    table = {"speaker": Speaker, "minister": Speaker, "source": Source, "meeting": Meeting}.get(field)
    keys = table.objects.filter(pk__in=values).values_list("key", flat=True) if table else values
    assert set(keys) == meant
    assert bool(problem) == (not meant)


@pytest.mark.parametrize(
    "attributes", [[], *({"spellings": value} for value in ("تركيا", None, 1, [1], [None]))]
)
def test_malformed_other_spelling_names_nothing(known: None, attributes: object) -> None:
    LexiconEntry.objects.create(category="alias", text="Turcia", attributes=attributes)
    assert named_keys([("country", "Turcia")])["country", "Turcia"][0] == frozenset()


def test_names_are_looked_up_together_as_each_by_itself(known: None) -> None:
    names = (
        "blinken",
        "بلينكين",
        "Secretary Blinken",
        "Sullivan",
        "TR",
        "Turkey",
        "التركية",
        "Elaph",
        "2018",
    )
    names += ("روما ٢٠٢١", "Rome", "لا أحد", "", " ")
    pairs = [
        (field, name) for field in ("speaker", "minister", "country", "source", "meeting") for name in names
    ]
    together = named_keys(pairs)
    assert list(together) == pairs
    assert all(named_keys([pair]) == {pair: found} for pair, found in together.items())


@pytest.mark.parametrize(
    "fields", [("speaker",), ("speaker", "minister"), ("country",), ("source",), ("meeting",)]
)
def test_number_of_database_queries_does_not_grow_with_the_names(
    known: None,
    fields: tuple[str, ...],
    django_assert_max_num_queries: Callable[..., AbstractContextManager[None]],
) -> None:
    names = ["Turkey", *(f"{name} {number}" for name in ("Turkey", "كلمة") for number in range(30))]
    with django_assert_max_num_queries(7):
        named_keys((field, name) for field in fields for name in names)


def test_number_of_database_queries_does_not_grow_with_the_fields_of_a_query(
    archive: dict[str, Article],
    django_assert_max_num_queries: Callable[..., AbstractContextManager[None]],
) -> None:
    with django_assert_max_num_queries(24):
        search(" ".join(f"speaker:كلمة{number}" for number in range(60)))


@pytest.fixture
def made_by_import(archive: dict[str, Article]) -> Article:
    """An article out of sight, with an outlet and a speaker whom no other article has."""
    speaker = Speaker.objects.create(
        key="zaid", name_ar="زيد الخفي", name_en="Zaid Hidden", needs_review=True
    )
    speaker.variants.create(text="الخفي")
    source = Source.objects.create(key="khafi", name_ar="جريدة الخفاء", name_en="Khafi", needs_review=True)
    article = article_of("كلمة رابعة", source=source, rights="hidden")
    article.quotations.create(kind="direct", start=0, end=4, speaker=speaker)
    return article


@pytest.mark.parametrize(
    ("field", "name"),
    [
        ("speaker", "zaid"),
        ("speaker", "{pk}"),
        ("speaker", "زيد الخفي"),
        ("speaker", "الخفي"),
        ("speaker", "Zaid Hidden"),
        ("speaker", "Hidden"),
        ("source", "khafi"),
        ("source", "جريدة الخفاء"),
        ("source", "Khafi"),
    ],
)
def test_what_is_out_of_sight_is_as_unknown_as_what_is_not_there(
    made_by_import: Article, field: str, name: str
) -> None:
    name = name.format(pk=Speaker.objects.get(key="zaid").pk)
    [nobody] = resolve_filters(Filters(**{field: "لا أحد"})).problems
    unknown = nobody.replace("لا أحد", name)
    assert named_keys([(field, name)]) == {(field, name): (frozenset(), unknown)}
    assert resolve_filters(Filters(**{field: name})).problems == (unknown,)
    made_by_import.rights = "full"
    made_by_import.save()
    assert named_keys([(field, name)])[field, name][0]


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


def test_values_of_a_field_are_joined_by_or_and_fields_by_and(archive: dict[str, Article]) -> None:
    italy = Country.objects.create(code="IT", name_ar="إيطاليا", name_en="Italy")
    archive["old"].country_links.create(country=italy, role="primary")
    build_index()
    assert found(archive, country=("TR", "IT")) == {"full", "old"}
    assert found(archive, country=("TR", "IT"), speaker="blinken") == {"full"}
    assert found(archive, country=("IT",), speaker="blinken") == set()


def test_one_text_is_one_value_and_blank_ones_are_none() -> None:
    assert Filters(speaker="blinken") == Filters(speaker=["blinken", " ", "blinken ", "\x00"])
    assert Filters(speaker="  ", country=[], source=("",)) == Filters()
    assert not Filters(meeting=["\ud800"])


def test_value_that_names_nothing_is_told_and_the_others_count(archive: dict[str, Article]) -> None:
    answer = search("كلمة", filters=Filters(speaker=("لا أحد", "blinken")))
    assert [hit.id for hit in answer.hits] == [archive["full"].pk]
    assert "لا أحد" in answer.message
    assert answer.unknown == {"speaker": ["لا أحد"]}


def test_field_whose_values_all_name_nothing_finds_nothing(archive: dict[str, Article]) -> None:
    answer = search("كلمة", filters=Filters(speaker=("لا أحد", "غيره"), country="TR"))
    assert (answer.total, len(answer.notes)) == (0, 2)


def test_more_values_than_count_are_told(archive: dict[str, Article]) -> None:
    names = ["blinken", *(f"كلمة {number}" for number in range(MAX_VALUES))]
    resolved = resolve_filters(Filters(speaker=names))
    assert list(resolved.keys) == ["speaker"]
    assert not resolved.finds_nothing
    assert len(resolved.unknown["speaker"]) == MAX_VALUES - 1
    assert str(MAX_VALUES) in resolved.problems[-1]


def test_index_values_keep_the_text_they_were_asked_by(archive: dict[str, Article]) -> None:
    resolved = resolve_filters(Filters(country=("تركيا", "XX"), kind="DIRECT"))
    assert resolved.values == {"country": {"TR": "تركيا"}, "kind": {"direct": "DIRECT"}}
    assert resolved.unknown == {"country": ["XX"]}


@pytest.mark.parametrize("kind", ["direct", "Indirect", "مباشر"])
def test_kind_of_quotation_is_a_filter(archive: dict[str, Article], kind: str) -> None:
    archive["old"].quotations.create(kind="indirect", start=0, end=4)
    answer = search("", filters=Filters(kind=kind))
    assert [hit.id for hit in answer.hits] == [
        archive[name].pk for name in {"direct": ["full"], "Indirect": ["old"]}.get(kind, [])
    ]
    assert bool(answer.message) == (kind == "مباشر")


@pytest.mark.parametrize(
    ("field", "name", "named", "told"),
    [
        ("speaker", "بلينكن", True, False),
        ("minister", "بلينكن", True, False),
        ("country", "tr", True, False),
        ("speaker", "لا أحد", False, True),
        ("minister", "لا أحد", False, False),  # the words of an article may name him still
        ("speaker", "  ", False, False),
    ],
)
def test_field_of_a_query_names_keys(
    archive: dict[str, Article], field: str, name: str, named: bool, told: bool
) -> None:
    keys, problem = named_keys([(field, name)])[field, name]
    assert (bool(keys), bool(problem)) == (named, told)
