"""Lines: what is headline, deck, subheading, body, furniture."""

import pytest

from archive.extraction.calendar_dates import written_dates
from archive.extraction.document import read_document
from archive.extraction.knowledge import Knowledge
from archive.extraction.layout import Layout, read_layout
from archive.extraction.vocabulary import vocabulary_of

pytestmark = pytest.mark.django_db

BODY = "قال وزير الخارجية الأميركي إن المهمة لم تنته بعد وإن التحالف سيواصل عمله في العراق وسوريا."
HEADLINE = "بلينكن: مهمتنا لم تكتمل بعد"


def layout_of(knowledge: Knowledge, *lines: str) -> tuple[Layout, str]:
    text = "\n".join(lines)
    document, vocabulary = read_document(text), vocabulary_of(knowledge)
    return read_layout(document, written_dates(document, vocabulary), vocabulary), text


@pytest.mark.parametrize(
    "lines",
    [
        (HEADLINE, BODY),
        (BODY, HEADLINE, HEADLINE),  # after the body, twice
        ("الرئيسية / سياسة", HEADLINE, BODY, "زر الذهاب إلى الأعلى"),
        ("اخبار العالمسلايد رئيسي", HEADLINE, BODY),  # labels glued together
        ("سوريا | الشمال السوري | تقارير | رأي", HEADLINE, BODY),  # a menu
        ("شاهد أيضا", HEADLINE, BODY),  # an announcement of links above the article announces none of it
        ("28 يونيو 2021", HEADLINE, BODY),
        ("وزير الخارجية الأميركي أنتوني بلينكن", "وزير الخارجية الأميركي أنتوني بلينكن", HEADLINE, BODY),
    ],
)
def test_the_headline_is_found_before_and_after_the_body(
    knowledge: Knowledge, lines: tuple[str, ...]
) -> None:
    layout, _ = layout_of(knowledge, *lines)
    assert layout.headline is not None
    assert (layout.headline.text, layout.headline.basis) == (HEADLINE, "explicit")
    assert len(layout.body) == 1


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("مواضيع ذات صلة : مؤتمر آخر في باريس", "related"),
        ("اقرأ أيضاً: فرنسا تنسحب", "related"),
        ("زر الذهاب إلى الأعلى", "nav"),
        ("لم تشترك بعد", "subscribe"),
        ("&", "noise"),
        ("© جميع الحقوق محفوظة", "nav"),
        ("الإثنين 28 يونيو 2021 - 14:30", "noise"),  # when, not what
        ("// انتهى //", "noise"),
        ("17:42ت م", "noise"),
        ("0164", "noise"),
        ("mainThumb", "noise"),
        ("(1)    هل أعجبتك المقالة (2)", "noise"),
        ("u0639u0627u062fu0644 u0627u0644u062cu0628u064au0631", "noise"),  # letters that lost their escapes
        ("2468 مشاهدات 0", "noise"),
        ("المصدر: موقع الحرة/ وكالات", "nav"),
        ("الرئيسية » سوريا » اخبار", "nav"),
        ("بلينكن متحدثا في مقر الخارجية الأميركية خلال اجتماع التحالف - رويترز", "caption"),
        ("نازحون قرب القيارة جنوب الموصل (عدسة: مصور)", "caption"),
        ("بلينكن لدى وصوله - صورة أرشيفية", "caption"),
        ("الأخبار المنشورة على الصفحة الرسمية لوكالة الأناضول، هي اختصار لجزء من أخبارها.", "subscribe"),
    ],
)
def test_furniture_is_told_with_its_reason(knowledge: Knowledge, line: str, reason: str) -> None:
    layout, text = layout_of(knowledge, HEADLINE, BODY, line)
    assert [(text[item.start : item.end], item.reason) for item in layout.furniture] == [(line, reason)]


@pytest.mark.parametrize("announced", ["اقرأ أيضا", "موضوعات متعلقة:", "قد يهمك:"])
def test_the_lines_after_an_announcement_of_links_are_links(knowledge: Knowledge, announced: str) -> None:
    links = ["ماذا يريد العراق من مؤتمر الكويت؟", "- كيري: مصر شريك رئيسي"]
    layout, text = layout_of(knowledge, HEADLINE, BODY, announced, *links, BODY + " وقال كذلك.")
    found = [text[item.start : item.end] for item in layout.furniture if item.reason == "related"]
    assert found == [announced, *links]
    assert len(layout.body) == 2


def test_titles_of_other_articles_close_a_page(knowledge: Knowledge) -> None:
    links = ["قطر تدين استهداف أراضيها", "هزة أرضية في ديالى", "انفجارات في القدس"]
    layout, text = layout_of(knowledge, HEADLINE, BODY, *links)
    assert [text[item.start : item.end] for item in layout.furniture] == links


def test_a_list_that_the_text_introduces_closes_no_page(knowledge: Knowledge) -> None:
    items = ["دعم الحكومة العراقية", "وقف تمويل التنظيم", "عودة النازحين إلى ديارهم"]
    layout, _ = layout_of(knowledge, HEADLINE, BODY, "واتفق الوزراء في ختام اجتماعهم على ثلاث نقاط:", *items)
    assert layout.furniture == []


def test_labels_under_the_headline_are_furniture(knowledge: Knowledge) -> None:
    layout, _ = layout_of(knowledge, HEADLINE, "- أنتوني بلينكن", "- تنظيم داعش", "- التحالف الدولي", BODY)
    assert [item.reason for item in layout.furniture] == ["nav", "nav", "nav"]


@pytest.mark.parametrize(
    "line",
    [
        "“داعش” على أبواب سرت… وكيري يحذر: آخر ما نريده خلافة كاذبة!",  # it exclaims
        "ماذا قيل في اجتماع واشنطن عن المنطقة الآمنة؟",  # it asks
        "التحالف الدولي يجدد دعمه لبغداد والعبادي يتحدث عن فشل العالم",  # يتحدث is no pose
    ],
)
def test_a_headline_may_ask_or_exclaim(knowledge: Knowledge, line: str) -> None:
    layout, _ = layout_of(knowledge, line, BODY)
    assert layout.headline is not None
    assert layout.headline.text == line


@pytest.mark.parametrize(
    "line",
    [
        "من جاك مورلي وسامية الطاهر",
        "كتب - محمود عبد الرازق",
        "واشنطن/ هاكان تشوبور/ الأناضول",
        "أربيل (كوردستان 24)-",
        "الرياض 19 ذو القعدة 1444 هـ الموافق 08 يونيو 2023 م واس",
    ],
)
def test_a_byline_or_a_dateline_is_no_heading(knowledge: Knowledge, line: str) -> None:
    layout, _ = layout_of(knowledge, HEADLINE, line, BODY)
    assert layout.headline is not None
    assert (layout.headline.text, layout.deck, layout.furniture) == (HEADLINE, None, [])


def test_an_opening_without_a_full_stop_is_no_headline(knowledge: Knowledge) -> None:
    opening = (
        "استنكرت الوزارة الاعتداء الذي وقع أمس على مقرها في العاصمة وقررت أن ترفع قضية على من قاموا به"
        " ومن أمر به"
    )
    layout, _ = layout_of(knowledge, opening, BODY)
    assert layout.headline is None
    assert len(layout.body) == 2


def test_a_subheading_may_ask(knowledge: Knowledge) -> None:
    layout, _ = layout_of(knowledge, BODY, "* هل تغيرت الاستراتيجية؟", BODY + " وقال كذلك.")
    assert [section.text for section in layout.sections] == ["* هل تغيرت الاستراتيجية؟"]


def test_items_of_a_list_are_no_subheadings(knowledge: Knowledge) -> None:
    layout, _ = layout_of(knowledge, BODY, "* عودة النازحين", "* وقف التمويل", BODY + " وقال كذلك.")
    assert layout.sections == []


@pytest.mark.parametrize(
    "sentence",
    [
        "وحسب مراسلنا فإن الضحايا كانوا على متن شاحنة تقلهم (وات)",
        "قال الوزير إن العمل مستمر في روما (رويترز)",
    ],
)
def test_text_that_ends_in_its_source_is_no_caption(knowledge: Knowledge, sentence: str) -> None:
    layout, text = layout_of(knowledge, HEADLINE, BODY, sentence)
    assert [text[item.start : item.end] for item in layout.body] == [BODY, sentence]


def test_a_sentence_that_begins_like_furniture_is_text(knowledge: Knowledge) -> None:
    sentence = "شاهد العالم كيف تمكن التحالف من هزيمة التنظيم في مدينة الموصل بعد تسعة أشهر من القتال العنيف."
    layout, text = layout_of(knowledge, HEADLINE, BODY, sentence)
    assert [text[item.start : item.end] for item in layout.body] == [BODY, sentence]


def test_a_short_line_between_paragraphs_is_a_subheading(knowledge: Knowledge) -> None:
    layout, _ = layout_of(knowledge, BODY, "كلمة تيلرسون", BODY + " وقال كذلك.")
    assert [section.text for section in layout.sections] == ["كلمة تيلرسون"]


@pytest.mark.parametrize("text", ["", "\n \n", "&", "كلمة"])
def test_next_to_nothing_is_no_error(knowledge: Knowledge, text: str) -> None:
    layout, _ = layout_of(knowledge, text)
    assert len(layout.body) <= 1
