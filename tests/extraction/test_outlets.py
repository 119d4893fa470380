"""Who publishes a text, when no dateline says so, and whom it cites."""

from typing import Any

import pytest

pytestmark = pytest.mark.django_db

HEADLINE = "بلينكن: مهمتنا لم تكتمل بعد"
BODY = "قال وزير الخارجية الأميركي أنتوني بلينكن إن التحالف الدولي ضد داعش سيواصل عمله في سوريا والعراق."


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (f"{HEADLINE}\n{BODY}\nالمصدر: موقع الحرة/ وكالات", "الحرة"),
        (f"{HEADLINE}\n{BODY}\nزمان الوصل", "زمان الوصل"),  # a line of its own
        (f"{HEADLINE}\nزمان الوصل - رصد\n{BODY}", "زمان الوصل"),
        # its own reporters
        (f"{HEADLINE}\n{BODY} وأضاف ردا على سؤال لـ«النيل الجديد» أن العمل مستمر.", "النيل الجديد"),
        (f"{HEADLINE}\n{BODY} وقال الباحث لـ«المتوسط اليوم» إن العمل مستمر.", "المتوسط اليوم"),
        (f"{HEADLINE}\nوذكر بيان تلقت (نوروز نيوز) نسخة منه أن العمل مستمر في البلاد.", "نوروز نيوز"),
        # agencies are told what others print; two outlets say nothing
        (f"{HEADLINE}\n{BODY} وقال دبلوماسي لـ«رويترز» إن العمل مستمر.", None),
        (f"{HEADLINE}\n{BODY} وقال لـ«العربية» إن كذا. وقال لـ«الحرة» إن كذا.", None),
        (f"{HEADLINE}\n{BODY} وقال إن الاجتماع الوزاري لـ«المجموعة المصغرة» مستمر.", None),
    ],
)
def test_the_outlet_that_publishes(printed: Any, text: str, name: str | None) -> None:
    outlet = printed(text)["outlet"]
    assert (outlet and outlet["name"]) == name


def test_a_cited_paper_is_a_source(printed: Any) -> None:
    mine = printed(f"{BODY} ونقلت صحيفة «وول ستريت جورنال» عن مسؤولين أن الأمر مستمر.")
    assert [(item["name"], item["kind"]) for item in mine["cited_sources"]] == [("وول ستريت جورنال", "paper")]
    assert mine["outlet"] is None
