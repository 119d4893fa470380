"""Who said it: titles and names, anaphora, relays, those whom nobody names."""

from typing import Any

import pytest

from archive.extraction.knowledge import Knowledge

pytestmark = pytest.mark.django_db

DATED = "روما في 28 يونيو 2021 - "


def said(mine: dict[str, Any]) -> list[tuple[str | None, str]]:
    return [(quote["speaker"]["name_ar"], quote["speaker"]["resolution"]) for quote in mine["quotes"]]


@pytest.mark.parametrize(
    ("text", "name", "resolution"),
    [
        ("قال وزير الخارجية الأردني أيمن الصفدي إن الحل سياسي.", "أيمن الصفدي", "named"),
        ("قالت وزيرة الخارجية الألمانية، أنالينا بيربوك، إن بلادها باقية.", "أنالينا بيربوك", "named"),
        ("قال أنتوني بلينكن، وزير الخارجية الأميركي، إن المهمة مستمرة.", "أنتوني بلينكن", "named"),
        ("وكان أنتوني بلينكن قد أكد أن المهمة مستمرة.", "أنتوني بلينكن", "named"),
        ("قال الأمين العام لحلف شمال الأطلسي (ناتو)، ينس ستولتنبرغ، إن الحلف باق.", "ينس ستولتنبرغ", "named"),
        (
            "قال وزير أوروبا والشؤون الخارجية الفرنسي جان إيف لودريان إن فرنسا باقية.",
            "جان إيف لودريان",
            "named",
        ),
        ("قال الفريق ركن زيد العمرو، المتحدث باسم الوزارة، إن العمل مستمر.", "زيد العمرو", "named"),
        (DATED + "قال وزير الخارجية الأميركي إن المهمة مستمرة.", "أنتوني بلينكن", "role"),
        (
            "روما في 22 مارس 2017 - قال وزير الخارجية الأميركي إن المهمة مستمرة.",
            "ريكس تيلرسون",
            "role",
        ),
        ("أكد مسؤولون أميركيون أن الاجتماع مهم.", "مسؤولون أميركيون", "anonymous"),
        ("أعلنت وزارة الدفاع التركية أن العملية مستمرة.", "وزارة الدفاع التركية", "group"),
        ("نقلت وكالة الأناضول عن أنتوني بلينكن قوله إن المهمة مستمرة.", "أنتوني بلينكن", "named"),
        ("وذكر بلينكن أن المهمة مستمرة.", "أنتوني بلينكن", "surname"),
    ],
)
def test_the_speaker_of_one_sentence(printed: Any, text: str, name: str, resolution: str) -> None:
    assert said(printed(text)) == [(name, resolution)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        # carried over
        (
            "قال وزير الخارجية المصري سامح شكري إن الخطر قائم. وأضاف أن العمل مستمر، مشيراً إلى أن مصر معه.",
            ["سامح شكري"] * 3,
        ),
        # a given name behind an honorific, as the Gulf's press writes
        (
            "قال وزير الخارجية السعودي الأمير فيصل بن فرحان إن الخطر قائم. وقال الأمير فيصل إن العمل مستمر.",
            ["فيصل بن فرحان"] * 2,
        ),
        # number: a plural speaker in between does not take the singular verb
        (
            "قال أنتوني بلينكن إن الخطر قائم. ويقول مسؤولون أميركيون إن الأمر مهم. وأضاف أن المهمة مستمرة.",
            ["أنتوني بلينكن", "مسؤولون أميركيون", "أنتوني بلينكن"],
        ),
        # gender
        (
            "قالت وزيرة الخارجية الألمانية أنالينا بيربوك إن الخطر قائم. "
            "وقال أنتوني بلينكن إن المهمة مستمرة. وأضافت أن بلادها باقية.",
            ["أنالينا بيربوك", "أنتوني بلينكن", "أنالينا بيربوك"],
        ),
        # a title alone, after the name
        (
            "استقبل وزير الخارجية السعودي الأمير فيصل بن فرحان نظيره الأميركي أنتوني بلينكن. "
            "وقال الوزير الأميركي إن المهمة مستمرة.",
            ["أنتوني بلينكن"],
        ),
        # somebody unknown speaks in between: the next verb is not given to the one before
        (
            "قال أنتوني بلينكن إن الخطر قائم. وقال الرجل العجوز إن الحياة صعبة. وأضاف أن الماء قليل.",
            ["أنتوني بلينكن", None, None],
        ),
        # two together
        ("أكد بلينكن ودي مايو أن التحالف باق.", ["أنتوني بلينكن ولويجي دي مايو"]),
    ],
)
def test_speakers_across_sentences(printed: Any, text: str, names: list[str | None]) -> None:
    assert [name for name, _ in said(printed(text))] == names


def test_a_title_without_date_or_name_names_nobody(printed: Any) -> None:
    mine = printed("قال وزير الخارجية الأميركي إن المهمة مستمرة.")
    assert said(mine) == [(None, "none")]
    assert mine["quotes"][0]["needs_review"]


def test_a_speaker_who_is_not_known_is_named_by_the_text(
    printed: Any, knowledge_without_people: Knowledge
) -> None:
    mine = printed(
        "قال وزير الخارجية الأميركي أنطوني بلينكين إن المهمة مستمرة. وأكد بلينكن أن بلاده باقية.",
        knowledge_without_people,
    )
    [speaker] = mine["speakers"]
    assert speaker["name_ar"] == "أنطوني بلينكين"
    assert (speaker["country"], speaker["role_ar"]) == ("US", "وزير الخارجية الأميركي")
    assert {quote["speaker"]["id"] for quote in mine["quotes"]} == {speaker["id"]}
    assert all(quote["needs_review"] for quote in mine["quotes"])


def test_confidence_falls_with_the_evidence(printed: Any) -> None:
    mine = printed("قال أنتوني بلينكن إن الخطر قائم، مضيفاً أن العمل مستمر.\nوأضاف أن الحرب طويلة.")
    named, participle, dropped = (quote["speaker"]["confidence"] for quote in mine["quotes"])
    assert named > participle > dropped


FIRST = "قال وزير الخارجية المصري سامح شكري إن الخطر قائم. "


@pytest.mark.parametrize(
    ("text", "names"),
    [
        pytest.param(
            FIRST + "ولفت إلى أن رئيس الدبلوماسية الفرنسية استعجل خطوات أخرى.",
            ["سامح شكري"] * 2,
            id="a verb of the tenth form is no name",
        ),
        pytest.param(
            "أكد الرئيس الأميركي دونالد ترامب أن رئيس الدبلوماسية الفرنسية جان إيف لودريان وصل. "
            "ورأى الوزير أن الخطر قائم.",
            ["دونالد ترامب", "جان إيف لودريان"],
            id="the minister is the last subject who is one",
        ),
        pytest.param(
            FIRST + "الرجل الكبير في القرية، في حديث معنا، يقول إن الخطر زال.",
            ["سامح شكري", None],
            id="an unread subject of its own",
        ),
        pytest.param(
            "المنتصر بنعلي، باحث في الدراسات الأمنية، يرى أن الخطر زال. وزاد أن العمل مستمر.",
            ["المنتصر بنعلي"] * 2,
            id="a name no list has before a title",
        ),
        pytest.param(
            FIRST + "وفي المخيم، تتابع أم عمر (52 عاما) الأخبار. وتقول: «نريد خبزا وماء ومدرسة قريبة».",
            ["سامح شكري", "أم عمر"],
            id="a mother's name",
        ),
        pytest.param(
            "استنكر وزير خارجية الطوغو، روبير دوسي، الهجوم. وقال إن الخطر قائم.",
            ["روبير دوسي"],
            id="a state no list has",
        ),
        pytest.param(
            DATED + "قال كاتب الدولة الأمريكي إن الخطر قائم.",
            ["أنتوني بلينكن"],
            id="a secretary of state of the United States",
        ),
        pytest.param(
            FIRST + "واستطرد المتحدث قائلا: «العمل مستمر مع جميع الشركاء».",
            ["سامح شكري"] * 2,
            id="the speaker where there is no spokesman",
        ),
        pytest.param(
            "قالت وزارة الخارجية العراقية في بيان ورد لموقعنا، إن «الوزير تلقى اتصالا هاتفيا اليوم».",
            ["وزارة الخارجية العراقية"],
            id="a statement that came to us",
        ),
        pytest.param(
            "وقال المتحدث لوكالة “نوفوستي”: “نحن على علم بما جرى هناك اليوم”.",
            [None],
            id="an agency in marks is no name",
        ),
        pytest.param(
            "أكدت أماني الجسمي، مدير إدارة التقنية، أن العمل مستمر. وقالت إن الخطر زال.",
            ["أماني الجسمي"] * 2,
            id="a woman by a masculine title",
        ),
        pytest.param(
            "قال الدكتور علي العبيدلي، المدير التنفيذي: «نقدم الخدمات الحديثة كلها».",
            ["علي العبيدلي"],
            id="a given name that looks like a preposition",
        ),
        pytest.param(
            "قال المتحدث باسم الحكومة باسم العوادي إن العمل مستمر.",
            ["باسم العوادي"],
            id="a name like a preposition",
        ),
        pytest.param(
            FIRST + "وأكدت الدفاع التركية أن العملية مستمرة.",
            ["سامح شكري", "الدفاع التركية"],
            id="a ministry by its office",
        ),
        pytest.param(
            FIRST + "وقال قصر الإليزيه إن فرنسا باقية.", ["سامح شكري", "قصر الإليزيه"], id="a palace"
        ),
        pytest.param(
            "قالت الرئيسة المرتقبة للسياسة الخارجية ووزيرة الخارجية الإيطالية حالياً "
            "فيديريكا موغيريني إن الخطر قائم.",
            ["فيديريكا موغيريني"],
            id="two titles of one person",
        ),
        pytest.param(
            "قال المتحدث باسم الوزارة أحمد أبو زيد إن الخطر قائم. "
            "وكان وزير الخارجية الأميركي قد أعلن أن العمل يطول.",
            ["أحمد أبو زيد", None],
            id="a title that nobody bears yet",
        ),
        pytest.param(
            "قال تيلرسون إن الخطر قائم. وأعلن تقديم 200 مليون دولار، مضيفا أن العمل يطول.",
            ["ريكس تيلرسون", "ريكس تيلرسون"],
            id="what is announced is no subject",
        ),
        pytest.param(
            "قال تيلرسون إن الخطر قائم. وختم كلمته بالقول: «العمل يطول ولن نترك فراغا».",
            ["ريكس تيلرسون", "ريكس تيلرسون"],
            id="a speech that somebody ends is no subject",
        ),
    ],
)
def test_who_speaks_where_the_evidence_is_thin(printed: Any, text: str, names: list[str | None]) -> None:
    assert [name for name, _ in said(printed(text))] == names
