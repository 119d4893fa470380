"""Whatever the text: no exception, every span slices back, the promises of the printed form hold."""

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.extraction.extractor import extract
from archive.extraction.facts import (
    DATE_BASES,
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
    "مواضيع ذات صلة",
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
        "، مشيرا إلى أن هذا ",
        "بحسب بلينكن، ",
        "نص\n",
        "ا",
    ],
)
def test_a_long_text_of_one_piece_is_read(extracted: Any, piece: str) -> None:
    check(piece * (8000 // len(piece)), extracted)
