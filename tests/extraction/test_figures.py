"""Figures: numbers with what they count, and the numbers that count nothing."""

from typing import Any

import pytest

from archive.extraction.figures_compared import Stated, compare_figures
from tests.extraction.reading import SEEDS

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="session")
def figures(printed: Any) -> Any:
    """A function from a paragraph to its figures."""
    return lambda text: printed(f"قال وزير الخارجية إن الاجتماع بحث الأمر، {text}، وإن العمل مستمر.")[
        "figures"
    ]


@pytest.mark.parametrize(
    ("text", "words", "value", "counted"),
    [
        ("ستقدم 436 مليون دولار", "436 مليون دولار", 436_000_000, "دولار"),
        ("يضم 83 عضواً", "83 عضواً", 83, "عضو"),
        ("تحرير 8 ملايين شخص", "8 ملايين شخص", 8_000_000, "شخص"),
        ("10 آلاف مقاتل", "10 آلاف مقاتل", 10_000, "مقاتل"),
        ("بمشاركة ثلاث وثمانين دولة", "ثلاث وثمانين دولة", 83, "دوله"),
        ("بمشاركة ٨٣ دولة", "٨٣ دولة", 83, "دوله"),
        ("بمشاركة ۸۳ دولة", "۸۳ دولة", 83, "دوله"),
        ("110 آلاف كيلومتر مربع", "110 آلاف كيلومتر مربع", 110_000, "كيلومتر مربع"),
        ("1.2 مليار يورو", "1.2 مليار يورو", 1_200_000_000, "يورو"),
        ("2,5 مليون نازح", "2,5 مليون نازح", 2_500_000, "نازح"),
        ("1,400 أسرة", "1,400 أسرة", 1400, "عايله"),
        ("10.000 مقاتل", "10.000 مقاتل", 10_000, "مقاتل"),
        ("10 000 مقاتل", "10 000 مقاتل", 10_000, "مقاتل"),
        ("3 ملايين و200 ألف لاجئ", "3 ملايين و200 ألف لاجئ", 3_200_000, "لاجي"),
        ("خسر 98 في المئة من الأراضي", "98 في المئة", 98, "في الميه"),
        ("خسر 98% من الأراضي", "98%", 98, "في الميه"),
        ("خسر 25 % من الأراضي", "25 %", 25, "في الميه"),
        ("خسر 98 بالمائة", "98 بالمائة", 98, "في الميه"),
        ("خسر %98 من الأراضي", "%98", 98, "في الميه"),
        ("دفع 500$ لهم", "500$", 500, "دولار"),
        ("مليونا دولار", "مليونا دولار", 2_000_000, "دولار"),
        ("انضمت دولتان إليه", "دولتان", 2, "دوله"),
        ("مليون ونصف المليون لاجئ", "مليون ونصف المليون لاجئ", 1_500_000, "لاجي"),
        ("وخمس منظمات", "خمس منظمات", 5, "منظمه"),
        ("بـ148,7 مليون دولار", "148,7 مليون دولار", 148_700_000, "دولار"),
        ("والدول الـ83 الأعضاء", "الدول الـ83", 83, "دوله"),
        ("للدول الـ 28", "للدول الـ 28", 28, "دوله"),
        ("أعضاء التحالف الدولي ضد (داعش) الـ68", "أعضاء التحالف الدولي ضد (داعش) الـ68", 68, "عضو"),
        ("مساراته العسكرية الخمسة", "مساراته العسكرية الخمسة", 5, "محور"),
        ("4 آلاف و500 من عناصره", "4 آلاف و500 من عناصره", 4500, "مقاتل"),
        ("الدول والمنظمات وعددها 74", "الدول والمنظمات وعددها 74", 74, "دوله منظمه"),
        ("الدول الأعضاء، وعددها 74", "الأعضاء، وعددها 74", 74, "عضو"),
        ("تدريب 450 عسكرياً", "450 عسكرياً", 450, "جندي"),
        ("ارتفع عدد أعضاء التحالف إلى 85", "أعضاء التحالف إلى 85", 85, "عضو"),
    ],
)
def test_figures(figures: Any, text: str, words: str, value: float, counted: str) -> None:
    assert [(found["text"], found["value"], found["counted"]) for found in figures(text)] == [
        (words, value, counted)
    ]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("100 دولار أميركي", "دولار"),
        ("100 دولار كندي", "دولار ca"),
        ("100 دينار كويتي", "دينار kw"),
        ("20 ألف جنيه إسترليني", "جنيه استرليني"),
        ("8 ملايين إنسان", "شخص"),
        ("83 بلدا", "دوله"),
        ("77 دولة أخرى", "دوله اخري"),
        ("80 دولة ومنظمة", "دوله منظمه"),
        ("74 عضوا وهدف واحد", "عضو"),
    ],
)
def test_what_figures_are_compared_by(figures: Any, text: str, key: str) -> None:
    """One key for all forms and spellings of a thing, another for another thing."""
    assert [found["counted"] for found in figures(text)] == [key]


@pytest.mark.parametrize(
    ("text", "bound", "value", "high"),
    [
        ("83 دولة", "exact", 83, None),
        ("نحو 700 مليون دولار", "about", 700_000_000, None),
        ("ما يقرب من 10000 مقاتل", "about", 10_000, None),
        ("ما يقرب ثمانية ملايين شخص", "about", 8_000_000, None),
        ("50 دولة تقريبا", "about", 50, None),
        ("لأكثر من 60 في المئة", "over", 60, None),
        ("ما لا يقل عن خمسين ألف نازح", "over", 50_000, None),
        ("تعهدات تفوق في مجموعها 600 مليون دولار", "over", 600_000_000, None),
        ("300 مقاتل على الأقل", "over", 300, None),
        ("أقل من 20 بلدا", "under", 20, None),
        ("لا يزيد على 200 جندي", "under", 200, None),
        ("ما بين 14 و18 ألف مقاتل", "range", 14_000, 18_000),
        ("14-18 ألف مقاتل", "range", 14_000, 18_000),
        ("أربعة أو خمسة أشهر", "range", 4, 5),
        ("من 68 إلى 83 دولة", "exact", 83, None),
    ],
)
def test_how_exact_a_figure_is(figures: Any, text: str, bound: str, value: float, high: float | None) -> None:
    assert [(found["bound"], found["value"], found["high"]) for found in figures(text)] == [
        (bound, value, high)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "عشرات الآلاف من المقاتلين",
        "ملايين النازحين",
        "في عام 2014 قوات أخرى",
        "منذ 2015",
        "في 28 يونيو 2021",
        "الساعة 10:30 صباحا",
        "القرار 2254",
        "المادة 51",
        "هاتف 0123456789",
        "علي (45 عاماً)",
        "يبلغ من العمر 30 عاما",
        "وهو شاب يبلغ 17 عاما",
        "محمود الرفاعي، 35 سنة",
        "الساعة 23 و40 دقيقة",
        "المصنف 44 عالميًا",
        "85 بمنوبة",
        "قمة الـ20",
        "مجموعة السبع",
        "مجموعة G7",
        "العضو الـ90",
        "الدولة الثالثة",
        "الجولة الرابعة والعشرين",
        "في 17 من الشهر",
        "5ر2 مليون دولار",
        "1.250 مليار دولار",
        "1/3 المقاعد",
        "دولة واحدة",
        "10² دولة",
    ],
)
def test_numbers_that_count_nothing_or_are_unclear(figures: Any, text: str) -> None:
    assert figures(text) == []


def test_a_number_at_the_head_of_a_line_of_a_list_is_no_figure(printed: Any) -> None:
    text = "اتفق الوزراء على ما يأتي من خطوات:\n1- دول التحالف تعمل معا.\n2) مقاتلون يعودون إلى بلدانهم."
    assert printed(text)["figures"] == []


def test_page_furniture_has_no_figures(printed: Any) -> None:
    text = "قال الوزير إن العمل مستمر حتى النهاية في كل مكان.\nمواضيع ذات صلة : مقتل 30 جنديا في هجوم"
    assert printed(text)["figures"] == []


# A careful reader's list for each seed, in the order of the text.
IN_SEEDS = {
    "000": ["أربعة من عناصرها", "436 مليون دولار أميركي", "4 آلاف و500 من عناصر", "ثمانية ملايين شخص"],
    "001": [
        "83 عضوا",
        "77 دولة أخرى",
        "خمس منظمات",
        "8 ملايين شخص",
        "مساراته العسكرية الخمسة",
        "436 مليون دولار",
        "10000 من مقاتلي",
        "الدول الثلاث",
    ],
    "002": ["الدول الـ83", "عامين", "83 عضواً", "8 ملايين شخص", "83 دولة", "7 أعوام"],
    "003": ["أعضاء التحالف الدولي ضد (داعش) الـ68", "60 في المئة", "68 دولة", "25 %"],
    "004": [
        "83 دولةً",
        "83 عضواً",
        "10 آلاف من مقاتلي",
        "436 مليون دولار",
        "8 ملايين إنسان",
        "83 وزيراً ووفد",
    ],
}


@pytest.mark.parametrize("seed", IN_SEEDS)
def test_the_seeds_figures_are_all_found_and_nothing_else(printed: Any, seed: str) -> None:
    (path,) = SEEDS.glob(f"{seed}_*.txt")
    text = path.read_bytes().decode("utf-8")
    assert [found["text"] for found in printed(text)["figures"]] == IN_SEEDS[seed]


def test_the_seeds_on_one_meeting_agree_where_they_state_one_fact(extracted: Any) -> None:
    stated = []
    for seed in ("000", "001", "004"):
        (path,) = SEEDS.glob(f"{seed}_*.txt")
        text = path.read_bytes().decode("utf-8")
        for found in extracted(text).figures:
            before, after = text[max(0, found.start - 300) : found.start], text[found.end : found.end + 300]
            values = (found.value, found.high, found.bound, found.counted, found.kind)
            stated.append(Stated(found.text, seed, *values, None, None, before, after))
    compared = [
        (one.verdict, one.figures[0].value, [figure.article for figure in one.figures])
        for one in compare_figures(stated)
    ]
    assert sorted(compared) == [
        ("agreeing", 83, ["001", "004"]),
        ("agreeing", 8_000_000, ["000", "001", "004"]),
        ("agreeing", 436_000_000, ["000", "001", "004"]),
    ]
