"""Names and titles: where a name begins and ends, and which title is whose."""

from typing import Any

import pytest

pytestmark = pytest.mark.django_db


def names(printed: dict[str, Any]) -> list[str | None]:
    return [quote["speaker"]["name_ar"] for quote in printed["quotes"]]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        pytest.param(
            "قال وزير الصحة المغربي “رمزي الدكالي” إن الخطة جاهزة.",
            "رمزي الدكالي",
            id="a name in marks after its title",
        ),
        pytest.param(
            "قال القيادي في الجيش الحر “أبو البراء الحموي” إن الطريق مقطوع.",
            "أبو البراء الحموي",
            id="a name in marks after a longer title",
        ),
        pytest.param(
            "قال رئيس «تيار الغد» فارس العكيلي إن الوقت حان.",
            "فارس العكيلي",
            id="a marked body inside a title",
        ),
        pytest.param(
            "قالت الباحثة في “مركز النزاعات” لينا تورنيه إن الأموال قليلة.",
            "لينا تورنيه",
            id="a marked body after في",
        ),
        pytest.param(
            "قال الأمين العام لحلف شمال الأطلسي “ناتو” ينس ستولتنبرغ إن الحلف باق.",
            "ينس ستولتنبرغ",
            id="an abbreviation in marks is no name",
        ),
        pytest.param(
            "قال المبعوث الأميركي لدى التحالف الدولي لمحاربة تنظيم داعش بريت ماكغورك إن الرقة محاصرة.",
            "بريت ماكغورك",
            id="a known name at the end of a long title",
        ),
        pytest.param(
            "قالت المكلفة بملف العائدين في الحكومة، السيدة سلوى بن عيسى، إن الملف قضائي.",
            "سلوى بن عيسى",
            id="a name between commas after an unknown title",
        ),
        pytest.param(
            "قال مدير المركز والمشرف العام على برامجه الدكتور عبدالرحمن القاسم إن النتائج قريبة.",
            "عبدالرحمن القاسم",
            id="two titles joined by و and a form of address",
        ),
        pytest.param(
            "قال الأمير سعود الفيصل وزير الخارجية إن الرياض ملتزمة.",
            "سعود الفيصل",
            id="a title after the name",
        ),
        pytest.param(
            "قال رمزي العلواني الناشط في المدينة إن الماء مقطوع.",
            "رمزي العلواني",
            id="a stranger and what he is",
        ),
        pytest.param(
            "قال نصر الدين طواهرية إن المدرسة مفتوحة.", "نصر الدين طواهرية", id="a compound given name"
        ),
        pytest.param("تقول أم ليث إن الخيمة باردة.", "أم ليث", id="a mother's byname"),
        pytest.param(
            "قال وزير الخارجية العراقي محمد علي الجبوري إن بغداد ملتزمة.",
            "محمد علي الجبوري",
            id="علي after a name is no preposition",
        ),
        pytest.param(
            "قال الوزير التونسي المقال رمزي بن عاشور إن القرار نهائي.",
            "رمزي بن عاشور",
            id="an adjective before the name is no part of it",
        ),
        pytest.param(
            "قال نائب الوزير مولود الشامي لوسائل إعلام تركية إن بلاده حاضرة.",
            "مولود الشامي",
            id="a joined preposition ends a name",
        ),
        pytest.param(
            "قال مبعوث الرئيس الأميركي بريت ماكغورك إن الموصل ستتحرر.", "بريت ماكغورك", id="whose envoy he is"
        ),
        pytest.param(
            "قال مسؤول دائرة العلاقات في الحكومة، فلاح الزيباري، إن الوفد وصل.",
            "فلاح الزيباري",
            id="an official of a department is not unnamed",
        ),
        pytest.param(
            "قال متحدث وزارة الخارجية التركية نعمان أقصوي إن أنقرة لن تنتظر.",
            "نعمان أقصوي",
            id="the spokesman of a ministry is not unnamed",
        ),
        pytest.param("قال وزير تركي إن القرار خاطئ.", "وزير تركي", id="a minister whom nobody names"),
        pytest.param(
            "قال وزراء خارجية فرنسا وألمانيا إن الوضع مقلق.",
            "وزراء خارجية فرنسا وألمانيا",
            id="ministers together",
        ),
        pytest.param(
            "قال قائد القوات الفريق عبدالله بن سلطان الحارثي إن التمرين بدأ.",
            "عبدالله بن سلطان الحارثي",
            id="a name goes on after بن, whatever the word means",
        ),
        pytest.param(
            "قال المتحدث باسم الوزارة، عاصم جهاد في بيان، إن الحريق انطفأ.",
            "عاصم جهاد",
            id="a name after a comma goes up to a preposition",
        ),
        pytest.param(
            "نبه رئيسه وزير الخارجية البريطاني فيليب هاموند إلى أن الطريق طويل.",
            "فيليب هاموند",
            id="in apposition to a noun with a pronoun",
        ),
        pytest.param(
            "قال وزير الإعلام الناطق باسم الحكومة رمزي الدكالي إن الطريق آمن.",
            "رمزي الدكالي",
            id="two titles in a row",
        ),
        pytest.param(
            "قال رمزي الدكالي، مدير المركز، إن الطريق آمن.", "رمزي الدكالي", id="a title between commas"
        ),
        pytest.param(
            "رمزي الدكالي، مدير المركز، قال إن الطريق آمن.",
            "رمزي الدكالي",
            id="a name that opens the sentence, and its title",
        ),
        pytest.param(
            "زار رمزي الدكالي مدير المركز المخيم. وقال الدكالي إن الطريق آمن.",
            "رمزي الدكالي",
            id="a name between a verb of action and a title",
        ),
        pytest.param(
            "قال المتحدث باسم التحالف الدولي لمكافحة «داعش»، رايان ديلون، إن الطريق آمن.",
            "رايان ديلون",
            id="a name between commas after a body in marks",
        ),
        pytest.param("قال رمزي العلواني يوم الاثنين إن الطريق آمن.", "رمزي العلواني", id="a day ends a name"),
        pytest.param("قالت جبهة محلية إن الطريق آمن.", "جبهة محلية", id="a body that is not known"),
        pytest.param("أعلن أمام لجنة برلمانية «لن نغادر هذا البلد أبداً».", None, id="أمام is no imam"),
        pytest.param("رد الوزير مبتسماً: «سؤال صعب جداً علينا».", None, id="a word of manner is no name"),
        pytest.param(
            "قال مسؤول أميركي طلب عدم كشف هويته «لن نغادر هذا البلد أبداً».",
            "مسؤول أميركي",
            id="a noun with a pronoun is no name",
        ),
        pytest.param(
            "قالت صحيفة محلية لقرائها «لن نغادر هذا البلد أبداً».", "صحيفة محلية", id="nor what is handed on"
        ),
    ],
)
def test_who_is_named(printed: Any, text: str, name: str | None) -> None:
    assert names(printed(text)) == [name]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "زارت المعلمة سلوى الصالحي المخيم. وقالت الصالحي إن الأطفال بلا كتب.",
            ["سلوى الصالحي"],
            id="a surname whose full name the text gives elsewhere",
        ),
        pytest.param(
            "قال ينس شتولتنبرج إن الحلف باق. وقال ستولتنبرغ إن العمل مستمر.",
            ["ينس ستولتنبرغ"] * 2,
            id="two transcriptions of one name",
        ),
        pytest.param(
            "رحب وزير خارجية الأردن بالاتفاق، مؤكداً أن الخطر باق.\n"
            "وقال وزير الخارجية الأردني أيمن الصفدي إن عمان حاضرة.",
            ["أيمن الصفدي"] * 2,
            id="a title that stands before the name",
        ),
    ],
)
def test_one_speaker_under_several_names(printed: Any, text: str, expected: list[str | None]) -> None:
    assert [name for name in names(printed(text)) if name] == expected
