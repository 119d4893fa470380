"""Titles, ranks and forms of address alone: whom they mean."""

from typing import Any

import pytest

pytestmark = pytest.mark.django_db

TWO = (
    "استقبل وزير الخارجية السعودي الأمير فيصل بن فرحان نظيره الأميركي أنتوني بلينكن. "
    "وقال الأمير فيصل بن فرحان إن الخطر قائم. "
)


def names(printed: dict[str, Any]) -> list[str | None]:
    return [quote["speaker"]["name_ar"] for quote in printed["quotes"]]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        pytest.param(
            TWO + "وقال سموه إن العمل مستمر.", "فيصل بن فرحان", id="a form of address with a pronoun"
        ),
        pytest.param(
            "قال معالي الوزير أحمد الجسمي إن الخطة جاهزة. ورحب الأمير خالد العنزي بالوفد. "
            "وأضاف معاليه أن العمل مستمر.",
            "أحمد الجسمي",
            id="the form of address that stood before the name",
        ),
        pytest.param(
            TWO + "وأكد المسؤول الأميركي أن العمل مستمر.", "أنتوني بلينكن", id="a general noun and a country"
        ),
        pytest.param(
            "قالت نائبة الوزير الأميركية فيكتوريا نولاند إن الخطر قائم. "
            "وأوضحت الدبلوماسية الأميركية أن العمل مستمر.",
            "فيكتوريا نولاند",
            id="the same for a woman",
        ),
        pytest.param(
            TWO + "وقال الوزير إن العمل مستمر.", "فيصل بن فرحان", id="a bare title means who spoke last"
        ),
        pytest.param(
            TWO + "وقال الوزير الأميركي إن العمل مستمر.", "أنتوني بلينكن", id="a country tells them apart"
        ),
        pytest.param(
            TWO + "وقال كبير الدبلوماسيين الأميركيين إن العمل مستمر.",
            "أنتوني بلينكن",
            id="another name of an office",
        ),
        pytest.param(
            "قالت المتحدثة باسم الوزارة مها العطار إن الخطر قائم. وأوضحت الناطقة أن العمل مستمر.",
            "مها العطار",
            id="another noun for the office",
        ),
        pytest.param(
            "قال متحدث باسم الشرطة إن الخطر قائم. وأوضح المتحدث أن العمل مستمر.",
            "متحدث باسم الشرطة",
            id="an unnamed one goes on unnamed",
        ),
        pytest.param(
            "قال العميد عدنان التميمي إن الخطر قائم. وقال الوزير أحمد الجسمي إن الوقت حان. "
            "وأوضح العميد أن العمل مستمر.",
            "عدنان التميمي",
            id="a rank",
        ),
        pytest.param(
            "قال الوزير أحمد الجسمي إن الخطر قائم. وأوضح العميد أن العمل مستمر.",
            None,
            id="a rank that nobody bears",
        ),
        pytest.param(
            "قال مسؤول في وزارة الدفاع إن الخطر قائم. وأضاف المسؤول أن العمل مستمر.",
            "مسؤول في وزارة الدفاع",
            id="an official whom nobody names",
        ),
        pytest.param(
            "قالت وزارة الدفاع التركية إن الخطر قائم. وأضافت الوزارة أن العمل مستمر.",
            "وزارة الدفاع التركية",
            id="a body by its head noun",
        ),
        pytest.param(
            "استقبل أيمن الصفدي أنتوني بلينكن في عمان. وأكد الأخير أن العمل مستمر.",
            "أنتوني بلينكن",
            id="the latter",
        ),
        pytest.param(
            "روما في 28 يونيو 2021 - قال وزير الخارجية الأردني أيمن الصفدي إن الخطر قائم. "
            "وقال نظيره الأميركي إن العمل مستمر.",
            "أنتوني بلينكن",
            id="the counterpart who held the office on that day",
        ),
        pytest.param(
            "قال وزير الخارجية الأردني أيمن الصفدي إن الخطر قائم. وقال نظيره الأميركي إن العمل مستمر.",
            None,
            id="a counterpart in an article without a date",
        ),
        pytest.param(
            "روما في 28 يونيو 2021 - أكدت الولايات المتحدة على لسان وزير خارجيتها أن العمل مستمر.",
            "أنتوني بلينكن",
            id="the minister of the country just named",
        ),
        pytest.param(
            "التقى أيمن الصفدي أنتوني بلينكن في روما. وأكد الوزيران أن العمل مستمر.",
            None,
            id="a dual is not said to mean the two named before",
        ),
    ],
)
def test_whom_a_title_alone_means(printed: Any, text: str, name: str | None) -> None:
    assert names(printed(text))[-1] == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        pytest.param(
            "جاء في بيان للخارجية الأردنية أن الوفد وصل.", "الخارجية الأردنية", id="it stood in the document"
        ),
        pytest.param("وذكر بيان لوزارة الخارجية أن الوفد وصل.", "وزارة الخارجية", id="of a ministry"),
        pytest.param(
            "وذكر بيان للخارجية الأردنية أن الوفد وصل.", "الخارجية الأردنية", id="with the article joined"
        ),
        pytest.param(
            "وذكر بيان صحافي صادر عن وزارة الدفاع أن الوفد وصل.", "وزارة الدفاع", id="issued by a ministry"
        ),
        pytest.param(
            "قالت وزارة الدفاع في بيان إن الوفد وصل. وأضاف البيان أن العمل مستمر.",
            "وزارة الدفاع",
            id="in which the ministry spoke",
        ),
        pytest.param(
            "قال الوزير أحمد الجسمي إن الوفد وصل. وذكر بيان لمكتبه أن العمل مستمر.",
            "أحمد الجسمي",
            id="of his office",
        ),
        pytest.param(
            "وصل أيمن الصفدي أمس. ونسب بيان صادر عن وزارة الخارجية الأردنية للصفدي تأكيده أن الوفد وصل.",
            "أيمن الصفدي",
            id="that hands on another's words",
        ),
    ],
)
def test_whose_words_a_document_holds(printed: Any, text: str, name: str) -> None:
    assert names(printed(text))[-1] == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        pytest.param(
            "خاطبهم أيمن الصفدي قائلاً إن العمل مستمر.", "أيمن الصفدي", id="the one named before قائلاً"
        ),
        pytest.param(
            "وفي رسالة لأيمن الصفدي قال فيها إن العمل مستمر.", "أيمن الصفدي", id="whose message it is"
        ),
        pytest.param(
            "وقال المتحدث باسم الوزارة إن الوزير أيمن الصفدي بحث الأزمة، وشدد على أن العمل مستمر.",
            "أيمن الصفدي",
            id="whom a spokesman reports",
        ),
        pytest.param(
            "أكدت واشنطن على لسان وزير خارجيتها أنتوني بلينكن أن العمل مستمر.",
            "أنتوني بلينكن",
            id="through whose mouth",
        ),
        pytest.param(
            "ومن المقرر أن تزور فيكتوريا نولاند بغداد. وكانت قد أكدت أن العمل مستمر.",
            "فيكتوريا نولاند",
            id="the subject of what is expected",
        ),
        pytest.param(
            "نقلت وكالة محلية عن أيمن الصفدي القول إن العمل مستمر.",
            "أيمن الصفدي",
            id="القول as what an agency hands on",
        ),
        pytest.param(
            "وصل أيمن الصفدي الذي أكد أن العمل مستمر.",
            "أيمن الصفدي",
            id="the antecedent of a relative clause",
        ),
        pytest.param(
            "التقى أيمن الصفدي أنتوني بلينكن، مؤكداً أن العمل مستمر.",
            "أيمن الصفدي",
            id="a participle is the subject's, not the object's",
        ),
        pytest.param("وبيَّن أيمن الصفدي أن العمل مستمر.", "أيمن الصفدي", id="بيّن with its doubled letter"),
        pytest.param(
            "واختتم أيمن الصفدي كلمته مجدداً التأكيد أن العمل مستمر.", "أيمن الصفدي", id="what is renewed"
        ),
        pytest.param(
            "وكان أيمن الصفدي وصف القرار الأميركي بأنه «خطأ جسيم لا يغتفر».",
            "أيمن الصفدي",
            id="what follows a verb that takes an object is no subject",
        ),
    ],
)
def test_whom_a_verb_takes_for_its_subject(printed: Any, text: str, name: str) -> None:
    assert names(printed(text))[-1] == name
