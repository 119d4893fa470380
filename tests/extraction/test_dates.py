"""When an article was published: one row a way of saying it, and the traps."""

from typing import Any

import pytest

pytestmark = pytest.mark.django_db

BODY = "قال وزير الخارجية الأميركي أنتوني بلينكن إن التحالف الدولي ضد داعش سيواصل عمله في سوريا والعراق."
MEETING = "عقد وزراء خارجية التحالف الدولي ضد داعش اجتماعاً في "


@pytest.mark.parametrize(
    ("text", "day", "basis"),
    [
        (f"روما في 28 يونيو 2021 - {BODY}", "2021-06-28", "explicit"),
        (f"الرياض 8 حزيران/يونيو 2023 (واس) -- {BODY}", "2023-06-08", "explicit"),
        (f"بلينكن: مهمتنا مستمرة\nالإثنين 28 يونيو 2021 - 14:30\n{BODY}", "2021-06-28", "furniture"),
        (f"بلينكن: مهمتنا مستمرة\nتاريخ النشر: 28/06/2021\n{BODY}", "2021-06-28", "furniture"),
        (
            f"بلينكن: مهمتنا مستمرة\nتاريخ النشر: 2021-06-28\nآخر تحديث: 30 يونيو 2021\n{BODY}",
            "2021-06-28",
            "furniture",
        ),
        (f"قال بلينكن اليوم الاثنين ٢٨ يونيو ٢٠٢١ إن المهمة مستمرة. {BODY}", "2021-06-28", "explicit"),
        (f"قال بلينكن أمس الاثنين 28 يونيو 2021 إن المهمة مستمرة. {BODY}", "2021-06-29", "relative"),
        (f"{MEETING}روما اليوم الاثنين. {BODY}", "2021-06-28", "event"),
        (f"{MEETING}روما أمس الاثنين. {BODY}", "2021-06-29", "relative"),
        (f"{MEETING}مراكش الأربعاء. {BODY}", "2022-05-11", "event"),
        (f"روما في 29 يونيو - {MEETING}روما أمس. {BODY}", "2021-06-29", "event"),
        ("أصدر بلينكن بياناً أمس بمناسبة الذكرى الثانية لهزيمة «داعش» الإقليمية.", "2021-03-24", "relative"),
    ],
)
def test_a_date_that_the_text_gives(printed: Any, text: str, day: str, basis: str) -> None:
    dateline = printed(text)["dateline"]
    assert (dateline["date"], dateline["date_basis"]) == (day, basis)
    assert dateline["evidence"]


@pytest.mark.parametrize(
    "text",
    [
        BODY,
        "أسس التحالف في نوفمبر (تشرين الثاني) 2014.",  # a month of the past
        "يعقد الاجتماع القادم للتحالف الدولي بحلول يونيو/حزيران 2022.",  # a month to come
        "قتل البغدادي في 27 أكتوبر 2019 في عملية أميركية في سوريا.",  # another event's day
        f"بلينكن: مهمتنا مستمرة\nتاريخ الزيارة: 12 نوفمبر 2024\n{BODY}",  # when the page was fetched
        f"{MEETING}روما اليوم الأحد. {BODY}",  # no meeting in Rome fell on a Sunday
        "قال بلينكن اليوم الاثنين إن المهمة مستمرة.",  # a weekday alone
        "ولد في 31 شباط 2020.",  # no such day
        "في 15 رجب 1442 قال بلينكن إن المهمة مستمرة.",  # another calendar
    ],
)
def test_what_is_not_known_stays_unknown(printed: Any, text: str) -> None:
    dateline = printed(text)["dateline"]
    assert (dateline["date"], dateline["date_basis"]) == (None, "none")


@pytest.mark.parametrize(
    ("text", "place", "outlet"),
    [
        (f"بوابة اوكرانيا -كييف في28يونيو 2021 –{BODY}", "كييف", "بوابة اوكرانيا"),
        (f"إيلاف: {BODY}", None, "إيلاف"),
        (f"روما: {BODY}", "روما", None),
        (f"واشنطن - «الشرق الأوسط»: {BODY}", "واشنطن", "الشرق الأوسط"),
        (BODY, None, None),
    ],
)
def test_the_dateline_names_place_and_outlet(
    printed: Any, text: str, place: str | None, outlet: str | None
) -> None:
    mine = printed(text)
    assert mine["dateline"]["place"] == place
    assert (mine["outlet"] and mine["outlet"]["name"]) == outlet


@pytest.mark.parametrize(
    ("text", "meeting"),
    [
        (f"{MEETING}واشنطن الأربعاء، بمشاركة 68 دولة.", "washington-2017"),
        (f"{MEETING}واشنطن الأربعاء، بمشاركة 79 دولة.", "washington-2019"),
        (f"روما في 2 فبراير 2016 - {MEETING}روما.", "rome-2016"),
        ("زار بلينكن روما الاثنين للقاء البابا.", None),  # no coalition
        ("قال بلينكن إن التحالف الدولي ضد داعش سيواصل عمله.", None),  # no city
    ],
)
def test_the_meeting_is_told_by_city_and_date_and_number(
    printed: Any, text: str, meeting: str | None
) -> None:
    event = printed(text)["event"]
    assert (event and event["id"]) == meeting
