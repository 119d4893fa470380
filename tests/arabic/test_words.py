import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.arabic.letters import COMBINING
from archive.arabic.words import segment


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("قال الوزير.", ["قال", "الوزير"]),
        ("العَرَبِيّة", ["العَرَبِيّة"]),  # not five pieces at the vowel signs
        ("التحـالف", ["التحـالف"]),
        ("في28يونيو", ["في", "28", "يونيو"]),  # a missing space
        ("الـ83", ["الـ", "83"]),
        ("(داعش)،«قسد»", ["داعش", "قسد"]),
        ("٤٣٦ مليون", ["٤٣٦", "مليون"]),
        ("G7 2021", ["G7", "2021"]),
        ("سوريا\u200f والعراق", ["سوريا", "والعراق"]),
        ("a_b", ["a", "b"]),
        ("", []),
        ("…!؟", []),
    ],
)
def test_words_of_a_text(text: str, words: list[str]) -> None:
    assert [word.text for word in segment(text)] == words


@given(st.text(st.characters(codec=None, exclude_categories=()) | st.sampled_from("ابجة ـًّ\u200f7a")))
@settings(max_examples=200)
def test_words_are_disjoint_slices_in_order(text: str) -> None:
    end = 0
    for word in segment(text):
        assert end <= word.start < word.end
        assert text[word.start : word.end] == word.text
        assert not (
            word.end < len(text) and text[word.end] in "\u064b\u064c\u0651" and word.text[-1] in COMBINING
        )
        end = word.end
