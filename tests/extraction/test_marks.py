"""Pairing of quotation marks: one row a kind of damage."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.extraction.marks import pair_marks


def inner(text: str) -> list[str]:
    pairs, _ = pair_marks(text, 0, len(text))
    return [text[pair.inner_start : pair.inner_end] for pair in pairs if pair.family != "bracket"]


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("قال: «نحن هنا».", ["نحن هنا"]),
        ('قال: "نحن هنا".', ["نحن هنا"]),
        ('"نحن "هنا" الآن"', ['نحن "هنا" الآن', "هنا"]),  # one kind inside itself
        ("«نحن (داعش) هنا»", ["نحن (داعش) هنا"]),
        ("قال: “نحن هنا “.", ["نحن هنا "]),  # the opening shape closes
        ("قال ”نحن هنا“ أمس", ["نحن هنا"]),  # both shapes the wrong way round
        ("قال: «نحن هنا”.", ["نحن هنا"]),  # closed by another kind
        (
            "“الدولة ضمن “ناتو”، ضد “داعش”.",
            ["الدولة ضمن “ناتو”، ضد “داعش", "ناتو", "داعش"],
        ),  # a closer missing
        (
            "قال: «بدأنا مع «داعش» أمس. وأضاف: «لن نتوقف أبداً عن القتال»",
            ["بدأنا مع «داعش» أمس", "داعش", "لن نتوقف أبداً عن القتال"],
        ),  # ends before the next quotation
        ('ومشيداً بـ"شجاعة القوات"', ["شجاعة القوات"]),  # after a joined preposition
        ("<<نحن هنا>>", ["نحن هنا"]),
        ("إن مؤتمرنا » كان مثمرا جدا ».", [" كان مثمرا جدا "]),  # the first faces the wrong way, blanks
        ("قال الوزير:» إنه من الضروري «.", ["إنه من الضروري"]),  # a colon opens, whatever the mark's shape
        ('وأكد أن" قواته باقية هناك ".', [" قواته باقية هناك "]),  # no blank before the opening one
        (
            "إن “الحملة طويلة. وأضاف إن ”قتالها صعب”، ",
            ["الحملة طويلة", "قتالها صعب"],
        ),  # the closing shape opens again
        ("إلى ازدياد”وتيرة التجنيد” هناك", ["وتيرة التجنيد"]),  # glued to the word before
        ("أن المقاتلين 'متحصنون هناك جيدا'.", ["متحصنون هناك جيدا"]),  # apostrophes
        ("مدينة لو'هافر وحي 'الميناء' فيها", ["الميناء"]),  # between letters it is none
        ("قال ((نحن هنا معكم)) أمس", ["نحن هنا معكم"]),  # double round brackets
        ("قالت: «جئنا كي نبقى معكم هنا. لن نرحل", ["جئنا كي نبقى معكم هنا. لن نرحل"]),  # never closed
        (
            "قالت: «جئنا كي نبقى معكم هنا. وأضافت أن الأمر صعب",
            ["جئنا كي نبقى معكم هنا."],
        ),  # never closed: the writer goes on
        (
            "إن « حضورنا اليوم دليل قوي جدا، مؤكدة « التزام بلادها بدعم جيرانها كلهم.",
            ["حضورنا اليوم دليل قوي جدا", "التزام بلادها بدعم جيرانها كلهم."],
        ),  # two never closed
        (
            '"بلدنا ضد "داعش"، واصفا إياه بأنه "خطر على الجميع".',
            ['بلدنا ضد "داعش', "داعش", "خطر على الجميع"],
        ),  # a participle after a missing closer
        ("قال: لا بد من عمل مشترك واسع».", ["لا بد من عمل مشترك واسع"]),  # only closed
        ("نص» بلا بداية", []),
        ("«نص بلا نهاية", []),
        ('واحد " اثنان', []),
    ],
)
def test_marks_are_paired(text: str, spans: list[str]) -> None:
    assert [found.strip() for found in inner(text)] == [span.strip() for span in spans]


def test_a_pair_after_one_that_is_never_closed_lies_in_none() -> None:
    text = "قال إن «الأمر صعب جدا على الجميع. وقال إن «العمل مستمر» وإن «الخطر قائم هناك»."
    pairs, _ = pair_marks(text, 0, len(text))
    assert [pair.depth for pair in pairs] == [0, 0, 0]


@pytest.mark.parametrize(
    ("text", "code"),
    [("نص» بلا بداية", "unbalanced_quote"), ("«نص بلا نهاية", "unbalanced_quote"), ("«نص”", "late_closer")],
)
def test_damage_is_told(text: str, code: str) -> None:
    _, diagnostics = pair_marks(text, 0, len(text))
    assert [item.code for item in diagnostics] == [code]


@given(st.text(alphabet="«»“”„\"'()‘’ .،:نصو\n", max_size=80))
def test_any_marks_give_spans_that_lie_in_order_inside_the_paragraph(text: str) -> None:
    pairs, diagnostics = pair_marks(text, 0, len(text))
    for pair in pairs:
        assert 0 <= pair.start < pair.inner_start <= pair.inner_end <= pair.end <= len(text)
    assert [pair.start for pair in pairs] == sorted(pair.start for pair in pairs)
    for item in diagnostics:
        assert 0 <= item.start <= item.end <= len(text)
