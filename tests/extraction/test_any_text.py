"""Whatever the text: no exception, every span slices back, the promises of the printed form hold."""

import sys
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import archive
from archive.extraction.extractor import extract
from archive.extraction.facts import (
    DATE_BASES,
    FIGURE_BOUNDS,
    FURNITURE_REASONS,
    QUOTE_FORMS,
    RESOLUTIONS,
    SPEAKER_KINDS,
)
from archive.extraction.knowledge import Knowledge
from archive.extraction.printing import as_document
from tests.extraction.reading import SEEDS

pytestmark = pytest.mark.django_db

SEED_TEXTS = [path.read_bytes().decode("utf-8") for path in sorted(SEEDS.glob("*.txt"))]
EXTRACTION = str(Path(archive.__file__).parent)
PIECES = [
    *"«»“”\"()':،؛.\n \u200f\u202e\u2067ـً",
    "\n\n",
    "أن",
    "إن",
    "قال",
    "وأضاف",
    "مشيرا إلى أن",
    "وزير الخارجية",
    "الأميركي",
    "بلينكن",
    "ودي مايو",
    "بحسب",
    "عن",
    "قوله",
    "الذي",
    "28 يونيو 2021",
    "اليوم الاثنين",
    "في روما",
    "التحالف الدولي",
    "83 دولة",
    "436 مليون",
    "و200 ألف",
    "ثلاث وثمانون",
    "148,7",
    "بين 14",
    "أكثر من",
    "من مقاتلي",
    "الـ٨٣",
    "98 %",
    "10.000.5",
    "مواضيع ذات صلة",
    "اقرأ أيضا",
    "روما (رويترز) -",
    "بغداد/ شفق نيوز/",
    "19 ذو القعدة 1444 هـ الموافق",
    "2/10/2026 7:25 PM",
    "المصدر: وكالات",
    "- صورة أرشيفية",
    "العراقوسوريا",
    "أمس الأول",
    "المملكة",
    "لـ«النيل الجديد»",
    "u0639u0627u062fu0644",
    "The minister said",
    "ﻻ",
    "\ufdfa",
    "\x00",
    "🙂",
    "كلمة",
]
few = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def spans(value: Any) -> Iterator[dict[str, Any]]:
    """Every object of the printed form that has offsets."""
    if isinstance(value, dict):
        if "start" in value and "end" in value:
            yield value
        for item in value.values():
            yield from spans(item)
    elif isinstance(value, list):
        for item in value:
            yield from spans(item)


def check(text: str, extracted: Any) -> None:
    extraction = extracted(text)
    mine = as_document(extraction, name="x", sha256="", text_sha256="", chars=len(text))
    for span in spans(mine):
        assert 0 <= span["start"] <= span["end"] <= len(text)
        written = span.get("text", span.get("title"))
        if written is not None:
            assert text[span["start"] : span["end"]] == written
    paragraphs = {item["paragraph"]: item for item in mine["body"]}
    speakers = {speaker["id"] for speaker in mine["speakers"]}
    ids = [quote["id"] for quote in mine["quotes"]]
    assert len(ids) == len(set(ids))
    assert mine["dateline"]["date_basis"] in DATE_BASES
    assert {item["reason"] for item in mine["boilerplate"]} <= set(FURNITURE_REASONS)
    assert {speaker["type"] for speaker in mine["speakers"]} <= set(SPEAKER_KINDS)
    for quote in mine["quotes"]:
        assert quote["form"] in QUOTE_FORMS
        assert quote["speaker"]["resolution"] in RESOLUTIONS
        assert all(
            quote["end"] <= item["start"] or item["end"] <= quote["start"] for item in mine["boilerplate"]
        )
        if quote["form"] != "headline":
            inside = paragraphs[quote["paragraph"]]
            assert inside["start"] <= quote["start"] <= quote["end"] <= inside["end"]
        speaker = quote["speaker"]
        assert speaker["id"] in speakers or (speaker["id"] is None and quote["needs_review"])
        assert (speaker["name_ar"] is None) == (speaker["id"] is None)
        assert quote["parent"] is None or quote["parent"] in ids
        assert quote["continues"] is None or quote["continues"] in ids
    for figure in mine["figures"]:
        assert figure["value"] > 0
        assert figure["bound"] in FIGURE_BOUNDS
        assert (figure["high"] is not None) == (figure["bound"] == "range")
        assert figure["unit"]
        assert figure["unit"] in figure["text"]
        assert figure["counted"]
    assert extracted(text) == extraction


@few
@given(st.text(max_size=300))
def test_any_unicode(extracted: Any, text: str) -> None:
    check(text, extracted)


@few
@given(st.lists(st.sampled_from(PIECES), max_size=80).map(" ".join))
def test_any_order_of_words_and_marks(extracted: Any, text: str) -> None:
    check(text, extracted)


@few
@given(
    st.sampled_from(SEED_TEXTS),
    st.lists(st.tuples(st.integers(0, 3000), st.integers(0, 40), st.sampled_from(PIECES)), max_size=12),
)
def test_any_damage_to_an_article(extracted: Any, text: str, damage: list[tuple[int, int, str]]) -> None:
    for position, length, piece in damage:
        text = text[:position] + piece + text[position + length :]
    check(text, extracted)


ALPHABETS = {
    "Arabic": st.characters(min_codepoint=0x0600, max_codepoint=0x06FF),
    "presentation forms": st.characters(min_codepoint=0xFB50, max_codepoint=0xFEFF),
    "controls of direction": st.sampled_from(
        "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069ا \n«"
    ),
    "marks": st.sampled_from("«»“”\"'‘’()[]{}:،؛.؟!-–—/|\n و"),
    "digits": st.sampled_from("0123456789٠١٢٣٤٥٦٧٨٩۰۱۲۳/-.:، "),
    "Persian, Kurdish, Hebrew, Chinese": st.sampled_from("پچژگێۆەשלוםאבג中文字。، \n«»"),
}


@few
@pytest.mark.parametrize("letters", ALPHABETS.values(), ids=ALPHABETS.keys())
@given(data=st.data())
def test_any_text_of_an_alphabet(
    extracted: Any, letters: st.SearchStrategy[str], data: st.DataObject
) -> None:
    check(data.draw(st.text(letters, max_size=200)), extracted)


def test_without_any_knowledge_nothing_is_found_and_nothing_breaks() -> None:
    for text in ("", *SEED_TEXTS):
        check(text, lambda given: extract(given, Knowledge()))


@pytest.mark.parametrize(
    "piece",
    [
        "قال «",
        "«",
        '" ',
        "وقال بلينكن إن هذا ",
        "وبلينكن ",
        "83 ",
        "1.",
        "ألف و",
        "الدول الـ83 ",
        "عدد الدول ",
        "، مشيرا إلى أن هذا ",
        "بحسب بلينكن، ",
        "نص\n",
        "ا",
        "« (",
        "12 ",
        "2021-06-28 ",
        "28 يونيو 2021 ",
        "روما/ ",
        "وزير الخارجية ",
        "أنتوني بلينكن ",
        "اليوم الاثنين ",
        "المملكة ",
        "العراقو",
        "اقرأ أيضا\nرابط\n",
        "قال لـ«النيل الجديد» ",
        "\u202e",
    ],
)
def test_a_long_text_of_one_piece_is_read(extracted: Any, piece: str) -> None:
    check(piece * (8000 // len(piece)), extracted)


def steps(text: str, extracted: Any) -> int:
    """How many lines of the extraction's code run for ``text``; a warm run comes before."""
    extracted(text)
    count = 0

    def count_lines(frame: FrameType, event: str, argument: object) -> Any:
        nonlocal count
        if frame.f_code.co_filename.startswith(EXTRACTION):
            count += event == "line"
            return count_lines
        return None

    before = sys.gettrace()
    sys.settrace(count_lines)
    try:
        extracted(text)
    finally:
        sys.settrace(before)
    return count


ARTICLE = SEED_TEXTS[0] if SEED_TEXTS else ""


@pytest.mark.parametrize(
    "piece",
    [
        "قال «نعم» إن هذا ",
        "قال بلينكن إن هذا صحيح. ",
        "وزير الخارجية ",
        "اليوم الاثنين في روما ",
        "28 يونيو 2021 ",
        "عنوان قصير\n",
        "«",
        ARTICLE,
        ARTICLE.replace(".", " ").replace("\n", " "),
    ],
    ids=["mark", "sentence", "title", "day", "date", "lines", "open", "article", "no full stop"],
)
def test_twice_the_text_is_twice_the_work(extracted: Any, piece: str) -> None:
    size = max(6000, 2 * len(piece))
    text = piece * (size // len(piece))
    assert steps(text * 2, extracted) <= 2.4 * steps(text, extracted) + 2000
