from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from search.analysis import AnalysedText
from search.engine.documents import Document

DIGEST = -5606841372555245940
DOCUMENT = Document(
    1, 2, "التحالف في روما", "التحالف", date(2021, 6, 28), {"speaker": ["7", "8"], "country": []}
)


@pytest.mark.parametrize(
    "changed",
    [
        {"article": 3},
        {"text": "التحالف في رومه"},
        {"title": "التحالف في"},
        {"title": None},
        {"date": date(2021, 6, 29)},
        {"date": None},
        {"keys": {"speaker": ["7"]}},
        {"keys": {"speaker": ["78"]}},
        {"keys": {"source": ["7", "8"]}},
    ],
)
def test_digest_differs_when_an_index_would_hold_something_else(changed: dict[str, Any]) -> None:
    assert replace(DOCUMENT, **changed).digest != DOCUMENT.digest


@pytest.mark.parametrize(
    "same",
    [
        {"text": AnalysedText.of(DOCUMENT.text)},
        {"keys": {"speaker": ["8", "7", "8"]}},
        {"keys": {"speaker": ("7", "8"), "unknown": ["1"]}},
    ],
)
def test_digest_is_the_same_when_an_index_would_hold_the_same(same: dict[str, Any]) -> None:
    assert replace(DOCUMENT, **same).digest == DOCUMENT.digest


def test_document_without_a_title_is_one_with_an_empty_title() -> None:
    assert replace(DOCUMENT, title=None).digest == replace(DOCUMENT, title="").digest


def test_digest_is_the_same_in_every_process() -> None:
    """And fits the 64 bits in which it is kept."""
    assert Document(1, 1, "روما").digest == DIGEST
    assert -(2**63) <= DIGEST < 2**63


def test_any_text_has_a_digest() -> None:
    assert Document(1, 1, "\ud800").digest != Document(1, 1, "").digest
