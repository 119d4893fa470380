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
        (f"{MEETING}روما أمس الاثنين. {BODY}", "2021-06-29", "event"),
        (f"{MEETING}روما أول من أمس الاثنين. {BODY}", "2021-06-30", "event"),
        (f"{MEETING}روما يوم الأحد، ووصل الوزراء أمس الأول الاثنين.", "2021-06-30", "event"),
        (
            f"تستضيف روما بعد غد الاثنين اجتماع وزراء خارجية التحالف الدولي ضد داعش. {BODY}",
            "2021-06-26",
            "event",
        ),
        # KUNA writes no year: the meeting gives it
        (f"روما - 28 - 6 (كونا) -- {MEETING}روما اليوم الاثنين. {BODY}", "2021-06-28", "event"),
        (f"هانوفر - 4 مايو 2019 - {BODY}", "2019-05-04", "explicit"),  # a place that nobody told us of
        (
            f"لندن 22 يناير كانون الثاني 2015 (رويترز) - {BODY}",
            "2015-01-22",
            "explicit",
        ),  # both names, no sign
        (f"الجزائر، 12 جويلية 2018 (وأج) - {BODY}", "2018-07-12", "explicit"),
        (f"مراكش 11 ماي 2022 / ومع / {BODY}", "2022-05-11", "explicit"),
        (f"باريس (أ ف ب) - 2-6-2015 - {BODY}", "2015-06-02", "explicit"),
        # beside a date of the Islamic calendar, and with no sign before the sentence
        (f"باريس 20 ذو القعدة 1435 هـ الموافق 15 سبتمبر 2014 م واس {BODY}", "2014-09-15", "explicit"),
        (f"بلينكن: مهمتنا مستمرة\n2022 ماي 11 - 14:20\n{BODY}", "2022-05-11", "furniture"),  # the year first
        (f"بلينكن: مهمتنا مستمرة\n28 June 2021\n{BODY}", "2021-06-28", "furniture"),
        (f"2 حزيران (يونيو - جوان)، 2018\nبلينكن: مهمتنا مستمرة\n{BODY}", "2018-06-02", "furniture"),
        (f"٩ سبتمبر ٢٠١٤{BODY}", "2014-09-09", "furniture"),  # glued to the text
        # the page's own date above, the article's with a time of day
        (f"الاثنين 10 مارس 2025\nبلينكن: مهمتنا مستمرة\n9-3-2025 | 19:06\n{BODY}", "2025-03-09", "furniture"),
        # month first, as the weekday in the text shows; as an American clock beside it shows
        (f"موقع - 2/10/2026\nقال باراك اليوم الثلاثاء إن التحالف مستمر. {BODY}", "2026-02-10", "furniture"),
        (f"2/10/2026 7:25:52 PM\n{BODY}", "2026-02-10", "furniture"),
        (
            f"قال بلينكن اليوم الثامن والعشرين من يونيو 2021 إن المهمة مستمرة. {BODY}",
            "2021-06-28",
            "explicit",
        ),
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
        # a whole date without اليوم or أمس is as often another event's
        f"استقبل بلينكن الوزير يوم الخميس 21 يوليو 2016. {BODY}",
        # a weekday to come is not the article's
        "يجتمع وزراء خارجية التحالف الدولي ضد داعش في روما الاثنين.",
        "قال بلينكن إن اجتماع وزراء التحالف الدولي ضد داعش سيعقد في روما يوم الاثنين.",
        "ينظم بلينكن اجتماع وزراء التحالف الدولي ضد داعش في روما في 28 يونيو الجاري.",
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
        (f"روما (رويترز) - {BODY}", "روما", "رويترز"),
        (f"واشنطن - أ ف ب - {BODY}", "واشنطن", "وكالة فرانس برس"),
        (f"بغداد/ شفق نيوز/ {BODY}", "بغداد", "شفق نيوز"),
        (f"بغداد /البغدادية نيوز/.. {BODY}", "بغداد", "البغدادية نيوز"),
        (f"السوسنة - {BODY}", None, "وكالة السوسنة"),
        (f"دمشق- سبوتنيك. {BODY}", "دمشق", "سبوتنيك"),
        (f"دبي، الإمارات العربية المتحدة (CNN)-- {BODY}", "دبي", "سي إن إن"),
        # a line of its own, with a reporter, with a name that nobody told us of
        (f"بلينكن يطمئن الحلفاء\nواشنطن/ هاكان تشوبور/ الأناضول\n{BODY}", "واشنطن", "وكالة الأناضول"),
        (f"بلينكن يطمئن الحلفاء\nالحرة - واشنطن\n{BODY}", "واشنطن", "الحرة"),
        (f"بلينكن يطمئن الحلفاء\nروما: نزار حداد - لندن: «المتوسط اليوم»\n{BODY}", "روما", "المتوسط اليوم"),
        (f"بلينكن يطمئن الحلفاء\nنوروز نيوز/ أربيل\n{BODY}", "أربيل", "نوروز نيوز"),
        (f"بلينكن يطمئن الحلفاء\nروما - كتب: محمد الجندى\n{BODY}", "روما", None),
        (f"الصخيرات (المغرب) 26 جوان 2018 (المنبر التونسي) - {BODY}", "الصخيرات", "المنبر التونسي"),
        (f"برشلونة - «الشاطئ»: {BODY}", "برشلونة", "الشاطئ"),  # neither is known
        (f"برشلونة «الشاطئ»: {BODY}", "برشلونة", "الشاطئ"),
        (f"البرنامج : الاثنين 28 يونيو 2021 : {BODY}", None, None),
        (f"الصفدي: «سنواصل»: {BODY}", None, None),
        # no dateline: a programme, a speaker and his words, a sentence, a heading with a colon
        (f'وقال بلينكن في روما، بحسب ما نقلت وكالة "فرانس برس": {BODY}', None, None),
        (f'العراق من روما: الهول "مدرسة" لجيل داعشي\n{BODY}', None, None),
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
        # two on one day: the ministers of defence in Rome, the foreign ministers in Kuwait
        ("شارك وزراء دفاع التحالف الدولي ضد داعش الثلاثاء 13 فبراير في اجتماع في روما.", "rome-2018"),
        ("شارك وزراء خارجية التحالف الدولي ضد داعش الثلاثاء 13 فبراير في اجتماع في الكويت.", "kuwait-2018"),
        (f"{MEETING}واشنطن. واجتماع 14 تشرين الثاني/نوفمبر دعا إليه بومبيو.", "washington-2019-small-group"),
        ("احتضن المغرب، اليوم، الاجتماع الوزاري للتحالف الدولي ضد داعش بحضور بوريطة.", "marrakech-2022"),
        ("تعهد وزراء الائتلاف الدولي بمواصلة قتال داعش خلال اجتماعهم الخميس في لندن.", "london-2015"),
        # another alliance's meeting, of whom Daesh is not the matter
        ("عقد وزراء خارجية مجموعة أصدقاء اليمن اجتماعهم أمس الخميس في لندن لبحث مكافحة الإرهاب.", None),
        # a press conference, a talk of two: no meeting
        ("قال المبعوث ماكغورك في مؤتمر صحفي بواشنطن اليوم الخميس إن التحالف الدولي مستمر.", None),
        ("اجتمع فيليب هاموند في لندن الأربعاء بالجنرال جون آلن مبعوث التحالف الدولي.", None),
        ("سيزور العبادي واشنطن الأسبوع المقبل، والتحالف الدولي ضد داعش مستمر.", None),
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
