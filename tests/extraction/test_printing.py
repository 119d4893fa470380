"""The printed form: the schema's keys in its order, plain values."""

import json
from typing import Any

import pytest

pytestmark = pytest.mark.django_db

KEYS = [
    *("schema", "file", "headline", "deck", "standfirst", "sections", "body", "boilerplate", "dateline"),
    *("outlet", "cited_sources", "event", "speakers", "quotes", "scare_quotes", "countries"),
    *("organisations", "diagnostics", "figures"),
]
QUOTE_KEYS = [
    *("id", "kind", "form", "text", "start", "end", "cue", "speaker", "parent", "continues", "via"),
    *("paragraph", "needs_review"),
]


def test_keys_stand_in_the_order_of_the_schema(printed: Any) -> None:
    mine = printed("روما في 28 يونيو 2021 - قال بلينكن إن المهمة مستمرة في سوريا.")
    assert list(mine) == KEYS
    assert list(mine["quotes"][0]) == QUOTE_KEYS
    assert mine["schema"] == "1.0"
    assert mine["dateline"]["date"] == "2021-06-28"
    assert mine["countries"][0]["count"] == len(mine["countries"][0]["evidence"])
    assert json.loads(json.dumps(mine, ensure_ascii=False)) == mine


def test_an_empty_text_prints_nulls_and_empty_lists(printed: Any) -> None:
    mine = printed("")
    assert [mine[key] for key in ("headline", "outlet", "event")] == [None, None, None]
    assert [mine[key] for key in ("quotes", "countries", "speakers")] == [[], [], []]
    assert mine["dateline"]["date_basis"] == "none"
