"""A tree that is written as a query is read as the same tree."""

import pytest
from hypothesis import given, settings

from search.query_language import parse
from search.query_writing import written
from tests.search.query_notation import top
from tests.search.test_query_language import ANYTHING, SIGNS


@pytest.mark.parametrize(
    ("query", "canonical"),
    [
        ("روما “هذا الوضع”", 'روما "هذا الوضع"'),
        ('"كيري" أو -"بلينكن"', '("كيري" OR (-"بلينكن"))'),
        ('"كيري" و، "بلينكن"', '"كيري" (و) "بلينكن"'),  # a word, not the operator
        ("-(كيري و بلينكن) تحال*", "-(كيري AND بلينكن) تحال*"),
        ("دولة:«تركيا» عنوان:روما", 'country:"تركيا" title:(روما)'),
        ("من:2017 إلى:2021", "from:2017-01-01 to:2021-12-31"),
        ("تاريخ:2021", "date:2021-01-01..2021-12-31"),
        ("+روما", "+روما"),
        ("«هذا الوضع»~٣ -“قال في”~2", '"هذا الوضع"~3 -"قال في"~2'),
        ("م٭ر؟ -?لين*ن عنوان:*ستان", "م*ر -?لين*ن title:(*ستان)"),
    ],
)
def test_canonical_spelling(query: str, canonical: str) -> None:
    assert written(parse(query).root) == canonical


@given(SIGNS | ANYTHING)
@settings(max_examples=400, deadline=None)
def test_what_is_written_is_read_as_the_same_tree(query: str) -> None:
    root = parse(query).root
    again = parse(written(root))
    if not again.shortened:
        assert top(again.root) == top(root)
