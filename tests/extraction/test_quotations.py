"""What is a quotation and where it begins and ends; what is none."""

from typing import Any

import pytest

pytestmark = pytest.mark.django_db


def quoted(mine: dict[str, Any]) -> list[tuple[str, str]]:
    return [(quote["kind"], quote["text"]) for quote in mine["quotes"]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("قال بلينكن: «المهمة مستمرة في سوريا».", [("direct", "المهمة مستمرة في سوريا")]),
        ("قال بلينكن إن «المهمة مستمرة في سوريا».", [("direct", "المهمة مستمرة في سوريا")]),
        (
            "قال بلينكن إن بلاده «ملتزمة تماماً بهذه المهمة».",
            [("indirect", "إن بلاده «ملتزمة تماماً بهذه المهمة»"), ("direct", "ملتزمة تماماً بهذه المهمة")],
        ),
        (
            "أكد بلينكن أن المهمة مستمرة، مشيراً إلى أن الخطر قائم.",
            [("indirect", "أن المهمة مستمرة"), ("indirect", "إلى أن الخطر قائم")],
        ),
        ("شدد بلينكن على ضرورة العمل.", [("indirect", "على ضرورة العمل")]),
        ("جدد بلينكن التأكيد أن المهمة مستمرة.", [("indirect", "أن المهمة مستمرة")]),
        ("قال بلينكن إن الخطر قائم، بحسب البيان.", [("indirect", "إن الخطر قائم")]),
        ("وقال بلينكن بعد أن التقى نظيره إن الخطر قائم.", [("indirect", "إن الخطر قائم")]),
        (
            "قال بلينكن إن الخطر قائم، جاء ذلك خلال اجتماع في روما.",
            [("indirect", "إن الخطر قائم")],
        ),
        ("«لن نسمح بعودة التنظيم»، قال بلينكن.", [("direct", "لن نسمح بعودة التنظيم")]),
        (
            "قال بلينكن: «الوضع صعب جداً». «لا يمكن أن يستمر هكذا.»",
            [("direct", "الوضع صعب جداً"), ("direct", "لا يمكن أن يستمر هكذا.")],
        ),
    ],
)
def test_quotations_and_their_extent(printed: Any, text: str, expected: list[tuple[str, str]]) -> None:
    assert quoted(printed(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "شكر بلينكن إيطاليا على استضافة الاجتماع.",  # thanks
        "رحب بلينكن بالأعضاء الجدد في التحالف.",  # welcome
        "أشاد بلينكن بجهود العراق.",  # praise
        "انسحبت «قوات سوريا الديمقراطية» من معارك ضد «داعش».",  # names
        "يذكر أن التحالف أسس قبل أعوام.",  # the writer himself
        "كان من بين الحاضرين وزير الخارجية الأميركي.",  # بين is no verb here
        "لم يعلن بلينكن أي موقف.",
    ],
)
def test_what_quotes_nobody(printed: Any, text: str) -> None:
    assert quoted(printed(text)) == []


def test_a_headline_quotes_without_claiming_to_be_exact(printed: Any) -> None:
    body = "قال وزير الخارجية الأميركي أنتوني بلينكن إن المهمة لم تنته بعد وإن العمل مستمر في العراق."
    first = printed(f"بلينكن: مهمتنا لم تكتمل بعد\n{body}")["quotes"][0]
    assert (first["form"], first["text"]) == ("headline", "مهمتنا لم تكتمل بعد")
    assert first["paragraph"] is None


def test_the_outlet_in_between_is_told_as_the_way(printed: Any) -> None:
    [quote] = printed('قال بلينكن، بحسب ما نقلت وكالة "فرانس برس": "المهمة مستمرة في سوريا".')["quotes"]
    assert quote["via"] == ['بحسب ما نقلت وكالة "فرانس برس']
    assert quote["cue"] == {"lemma": "قال", "text": "قال", "start": 0, "end": 3}
