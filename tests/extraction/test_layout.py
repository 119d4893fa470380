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
        ("الإثنين 28 يونيو 2021 - 14:30", "nav"),  # when, not what
    ],
)
def test_furniture_is_told_with_its_reason(knowledge: Knowledge, line: str, reason: str) -> None:
    layout, text = layout_of(knowledge, HEADLINE, BODY, line)
    assert [(text[item.start : item.end], item.reason) for item in layout.furniture] == [(line, reason)]


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
