import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.query_language import MAX_LENGTH, MAX_WORDS, parse, storable
from search.tree import All, Phrase, Word


def shape(query: str) -> list[str | tuple[str, ...]]:
    """Words as texts, phrases as tuples of their folded words."""
    return [
        child.written if isinstance(child, Word) else tuple(term.surface for term in child.terms)
        for child in parse(query).root.children
        if isinstance(child, Word | Phrase)
    ]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("بلينكن روما", ["بلينكن", "روما"]),
        ('"هذا الوضع"', [("هذا", "الوضع")]),
        ("“هذا الوضع”", [("هذا", "الوضع")]),
        ("”هذا الوضع“", [("هذا", "الوضع")]),  # the wrong way round, as the press has it
        ("“هذا الوضع“", [("هذا", "الوضع")]),
        ('“هذا الوضع"', [("هذا", "الوضع")]),  # mixed
        ("«هذا الوضع»", [("هذا", "الوضع")]),
        ("„هذا الوضع“", [("هذا", "الوضع")]),
        ("‹هذا الوضع›", [("هذا", "الوضع")]),
        ("＂هذا الوضع＂", [("هذا", "الوضع")]),
        ('روما "هذا الوضع" 2021', ["روما", ("هذا", "الوضع"), "2021"]),
        ('"داعش"', [("داعش",)]),  # as it is spelled
        ('"هذا الوضع', ["هذا", "الوضع"]),  # no partner
        ('""', []),
        ("!!! …", []),
        ("", []),
        ("AND (OR) *:", ["AND", "OR"]),
    ],
)
def test_query_becomes_words_and_phrases(query: str, expected: list[str | tuple[str, ...]]) -> None:
    assert shape(query) == expected


def test_empty_query_is_the_empty_tree() -> None:
    assert parse("").root == All(())


@pytest.mark.parametrize(
    ("query", "kept"), [("كلمة " * (MAX_WORDS + 1), MAX_WORDS), ("ا" * (MAX_LENGTH + 1), 1), ("كلمة", 1)]
)
def test_long_query_is_shortened_and_says_so(query: str, kept: int) -> None:
    parsed = parse(query)
    assert len(parsed.root.children) == kept
    assert parsed.shortened is (query != "كلمة")


@given(
    st.text(
        st.characters(codec=None, exclude_categories=()) | st.sampled_from('"“”«»ا ل-:()*\x00'), max_size=300
    )
)
@settings(max_examples=300)
def test_any_text_is_a_query(query: str) -> None:
    assert len(parse(query).root.children) <= MAX_WORDS


def test_what_no_database_takes_becomes_space() -> None:
    assert storable("a\ud800b\x00c") == "a b c"
