"""Quotations without a reporting verb before them: what stands beside them says whose they are."""

from typing import Any

import pytest

pytestmark = pytest.mark.django_db


def said(printed: dict[str, Any]) -> list[tuple[str, str, str | None]]:
    return [(quote["kind"], quote["text"], quote["speaker"]["name_ar"]) for quote in printed["quotes"]]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        pytest.param(
            "قال أيمن الصفدي إن الخطر قائم. «لن نترك جيراننا وحدهم في هذه المحنة».",
            "أيمن الصفدي",
            id="a marked sentence after one in which he spoke",
        ),
        pytest.param(
            "«لن نترك جيراننا وحدهم أبدا»، هكذا قال أيمن الصفدي أمام الحضور.",
            "أيمن الصفدي",
            id="a verb after it, past هكذا",
        ),
        pytest.param(
            "وصل أيمن الصفدي إلى بغداد وتحدث عن أمر واحد: «لن نترك جيراننا وحدهم أبدا».",
            "أيمن الصفدي",
            id="a colon in a sentence about him",
        ),
        pytest.param(
            "أما أيمن الصفدي: «لن نترك جيراننا وحدهم أبدا».", "أيمن الصفدي", id="أما before the name"
        ),
        pytest.param(
            "وزارة الدفاع التركية: «لن نترك جيراننا وحدهم أبدا».",
            "وزارة الدفاع التركية",
            id="a body and a colon",
        ),
        pytest.param(
            "«لن نترك جيراننا وحدهم أبدا»، على حد قوله.", None, id="his words, and nobody named before"
        ),
        pytest.param(
            "وبحسب رويترز، فإن الطريق آمن «لن نترك جيراننا وحدهم أبدا».", None, id="an agency hands it on"
        ),
    ],
)
def test_who_says_what_no_verb_brings_in(printed: Any, text: str, name: str | None) -> None:
    quote = next(quote for quote in said(printed(text)) if quote[0] == "direct")
    assert quote[1].startswith("لن نترك جيراننا")
    assert quote[2] == name


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "لن تغادر القوات مواقعها قبل نهاية العام، بحسب أيمن الصفدي.",
            [("indirect", "لن تغادر القوات مواقعها قبل نهاية العام", "أيمن الصفدي")],
            id="a source at the end, and a name",
        ),
        pytest.param("الطريق آمن اليوم على ما يقال في المدينة.", [], id="hearsay is nobody's"),
        pytest.param(
            "رفع الحضور لافتة عليها: «معا من أجل السلام»\nوصل أيمن الصفدي أمس.",
            [("direct", "معا من أجل السلام", None)],
            id="a banner has no speaker",
        ),
    ],
)
def test_what_a_sentence_without_a_verb_of_speech_says(
    printed: Any, text: str, expected: list[tuple[str, str, str | None]]
) -> None:
    assert said(printed(text)) == expected
