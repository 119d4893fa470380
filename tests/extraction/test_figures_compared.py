"""Comparing figures: a small labelled set, in which no comparison may be wrong."""

from decimal import Decimal

import pytest

from archive.extraction.figures_compared import Stated, compare_figures, relation


def stated(article: str, text: str, value: str, **values: object) -> Stated:
    """The figure between the brackets of a sentence, as article ``article`` states it."""
    before, _bracket, rest = text.partition("[")
    words, _bracket, after = rest.partition("]")
    given = {"counted": "دولار", "kind": "money", "bound": "exact", "high": None, "speaker": None}
    given |= {"statement": None, **values}
    return Stated(
        ref=(article, words),
        article=article,
        value=Decimal(value),
        before=before,
        after=after,
        **given,
    )


def compared(*figures: Stated) -> list[tuple[str, list[str]]]:
    return [(one.verdict, [row.article for row in one.figures]) for one in compare_figures(figures)]


AID = "وأعلن الوزير مساهمة جديدة بقيمة [436 مليون دولار] لمساعدة النازحين في سوريا والدول المجاورة"
AID_TOO = "كما أعلن تقديم [436 مليون دولار] مساعدات إنسانية إضافية لسوريا"
FREED = "وتحرير قرابة [8 ملايين شخص] من سيطرته في العراق وسوريا"
PEOPLE = {"counted": "شخص", "kind": "people", "bound": "about"}
MEMBERS = {"counted": "عضو", "kind": "people"}
STATES = {"counted": "دوله", "kind": "places"}


@pytest.mark.parametrize(
    ("one", "other", "verdict"),
    [
        (stated("a", AID, "436e6"), stated("b", AID_TOO, "436e6"), "agreeing"),
        (
            stated("a", FREED, "8e6", **PEOPLE),
            stated("b", "رغم تحرر [ثمانية ملايين شخص] من سيطرته في العراق وسورية", "8e6", **PEOPLE),
            "agreeing",
        ),
        (
            stated("a", "التحالف الدولي المؤلف من [83 عضوا] يواصل جهوده", "83", **MEMBERS),
            stated("b", "بيان الدول [الدول الـ83] الأعضاء في التحالف", "83", **STATES),
            "agreeing",
        ),
        (
            stated("a", AID, "436e6"),
            stated("b", AID.replace("436", "نحو 440"), "440e6", bound="about"),
            "rounded",
        ),
        (stated("a", AID, "436e6"), stated("b", AID, "430e6", bound="over"), "rounded"),
        (stated("a", AID, "436e6", speaker=1), stated("b", AID, "463e6", speaker=1), "differing"),
        (
            stated("a", "[436] [", "436e6", statement=7),
            stated("b", "[346]", "346e6", statement=7),
            "differing",
        ),
        (
            stated("a", "التحالف الذي يضم [79 عضوا] في روما", "79", **MEMBERS),
            stated("b", "التحالف المؤلف من [83 عضوا] في روما", "83", **MEMBERS),
            "differing",
        ),
    ],
    ids=[
        "equal",
        "two sentences of one sense",
        "members",
        "about",
        "over",
        "one voice",
        "one statement",
        "counts",
    ],
)
def test_one_fact_in_two_articles(one: Stated, other: Stated, verdict: str) -> None:
    assert compared(one, other) == [(verdict, ["a", "b"])]
    assert compared(other, one) == [(verdict, ["b", "a"])]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (stated("a", AID, "436e6"), stated("b", AID, "436e6", counted="يورو")),
        (stated("a", AID, "436e6"), stated("a", AID_TOO, "436e6")),
        (stated("a", AID, "436e6"), stated("b", "وأنفقت بلاده [700 مليون دولار] على الأسلحة", "700e6")),
        (
            stated("a", FREED, "8e6", **PEOPLE),
            stated("b", "عاد نحو [8 ملايين شخص] إلى ديارهم بدعم القوات", "8e6", **PEOPLE),
        ),
        (
            stated("a", AID.replace("436", "200"), "200e6", speaker=1),
            stated("b", AID.replace("436", "200"), "200e6", speaker=2),
        ),
        (
            stated("a", "حث ممثلي [77 دولة أخرى] في التحالف", "77", counted="دوله اخري", kind="places"),
            stated("b", "التحالف المؤلف من [77 دولة] عضوا", "77", **STATES),
        ),
        (
            stated("a", "وشاركت [30 دولة] من أعضاء التحالف في الضربات", "30", **STATES),
            stated("b", "التحالف الذي يضم [30 دولة] في الضربات", "30", **STATES),
        ),
        (
            stated("a", "التحالف الذي يضم [68 عضوا] في واشنطن", "68", **MEMBERS),
            stated("b", "التحالف الذي يضم [83 عضوا] في روما", "83", **MEMBERS),
        ),
        (
            stated("a", "وكان التحالف يضم [79 عضوا] حينها", "79", **MEMBERS),
            stated("b", "التحالف الذي يضم [83 عضوا] في روما", "83", **MEMBERS),
        ),
        (
            stated("a", "قبل [3 سنوات] من تحرير الموصل والرقة وسرت", "3", counted="سنه", kind="time"),
            stated("b", "قبل [3 سنوات] من تحرير الموصل والرقة وسرت", "3", counted="سنه", kind="time"),
        ),
    ],
    ids=[
        "currency",
        "one article",
        "other fact",
        "freed, returned",
        "two voices",
        "others",
        "a part",
        "far",
        "then",
        "time",
    ],
)
def test_what_is_not_one_fact_is_not_compared(one: Stated, other: Stated) -> None:
    assert compared(one, other) == []


def test_an_article_that_states_both_values_tells_two_facts() -> None:
    figures = [
        stated("a", AID, "436e6", speaker=1),
        stated("b", AID, "436e6", speaker=1),
        stated("b", AID, "463e6", speaker=1),
    ]
    assert compared(*figures) == [("agreeing", ["a", "b"])]


def test_the_more_exact_of_an_articles_figures_stands_for_it() -> None:
    figures = [
        stated("a", AID, "440e6", bound="about", speaker=1),
        stated("a", AID, "436e6", speaker=1),
        stated("b", AID, "436e6", speaker=1),
    ]
    found = compare_figures(figures)
    assert [(one.verdict, [row.value for row in one.figures]) for one in found] == [
        ("agreeing", [Decimal("436e6"), Decimal("436e6")])
    ]


def test_differing_facts_come_first() -> None:
    figures = [
        *(stated(article, AID_TOO, "436e6") for article in "ab"),
        stated("a", "التحالف الذي يضم [79 عضوا] في روما", "79", **MEMBERS),
        stated("b", "التحالف الذي يضم [83 عضوا] في روما", "83", **MEMBERS),
    ]
    assert [verdict for verdict, _articles in compared(*figures)] == ["differing", "agreeing"]


@pytest.mark.parametrize(
    ("one", "other", "verdict"),
    [
        (("436e6", "exact"), ("436e6", "about"), "agreeing"),
        (("10000", "exact"), ("10000", "over"), "rounded"),
        (("10000", "under"), ("10000", "over"), "differing"),
        (("1393", "exact"), ("1400", "about"), "rounded"),
        (("148.7e6", "exact"), ("149e6", "exact"), "rounded"),
        (("148.7e6", "exact"), ("150e6", "about"), "rounded"),
        (("148.7e6", "exact"), ("100e6", "over"), "differing"),
        (("83", "exact"), ("80", "over"), "rounded"),
        (("83", "exact"), ("90", "under"), "rounded"),
        (("83", "exact"), ("80", "under"), "differing"),
        (("83", "exact"), ("82", "exact"), "differing"),
        (("83", "exact"), ("79", "exact"), "differing"),
    ],
)
def test_how_two_figures_stand_to_each_other(
    one: tuple[str, str], other: tuple[str, str], verdict: str
) -> None:
    first, second = (stated("a", "[]", value, bound=bound) for value, bound in (one, other))
    assert relation(first, second) == relation(second, first) == verdict


def test_what_agrees_is_joined_before_what_differs() -> None:
    sentence = "وأفاد بأن العراق استعاد [أسرة] عراقية من مخيم الهول إلى مدنها المحررة"
    values = (("a", "1393"), ("b", "1300"), ("c", "1900"), ("d", "1393"))
    figures = [stated(article, sentence, value, counted="عايله", speaker=1) for article, value in values]
    assert compared(*figures) == [("differing", ["a", "b", "c", "d"])]
    about = stated(
        "e", "وأعاد [نحو 1400 أسرة] من مخيم الهول", "1400", counted="عايله", speaker=1, bound="about"
    )
    assert compared(*figures, about) == [("differing", ["b", "c"]), ("rounded", ["a", "d", "e"])]
