from collections import Counter

import pytest
from django.utils import translation

from search.engine.asking import Results
from search.remarks import remarks_on


@pytest.mark.parametrize(
    ("letters", "sentence"),
    [
        ("bl", "words begin with “bl”"),
        ("bl*n", "words fit “bl*n”"),
        ("bl?n", "words fit “bl?n”"),
    ],
)
def test_prefix_or_pattern_that_stands_for_too_many_words_is_named(letters: str, sentence: str) -> None:
    results = Results(1, [], [], {"kind": Counter()}, {}, [], 0, [letters], {}, False)
    with translation.override("en"):
        (remark,) = remarks_on(results)
    assert sentence in remark
