import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.arabic.word_list import WordList, read_word_list, write_word_list

WORDS = WordList(
    {
        "وزير": 4000,
        "الوزير": 500,
        "زير": 20,
        "وقال": 25000,
        "قال": 26000,
        "كانت": 15000,
        "انت": 1400,
        "وافق": 400,
        "يوافق": 60,
        "افق": 250,
        "التزام": 800,
        "الالتزام": 1000,
        "المانيا": 1500,
        "لالمانيا": 47,
        "التحالف": 900,
        "تحالف": 300,
        "بحثا": 495,
        "حثا": 60,
        "بحث": 900,
        "البحث": 700,
        "لمجلس": 600,
        "للمجلس": 500,
        "مجلس": 10000,
        "مساهم": 90,
        "المساهم": 30,
        "لبنان": 1100,
        "لبناني": 300,
        "عاملان": 40,
        "بسبب": 5500,
        "سبب": 1100,
        "البسبب": 1,
        "السنه": 9000,
        "سنه": 8000,
        "الالسنه": 150,
        "الخليج": 13000,
        "لالخليج": 270,
        "للخليج": 50,
    }
)


@pytest.mark.parametrize(
    ("word", "joined"),
    [
        ("وقال", True),
        ("بسبب", True),  # commoner than سبب, but not ten times; one misprint البسبب is no evidence
        ("لمجلس", True),  # للمجلس is the article before مجلس, not ل before لمجلس
        ("وزير", False),  # there is الوزير
        ("كانت", False),  # ten times commoner than أنت
        ("وافق", False),  # there is يوافق: a verb's own letter
        ("بحثا", False),  # there is البحث, of which it is an inflection
        ("بلينكن", False),  # the rest is not attested
    ],
)
def test_first_letter_is_a_particle_only_before_an_attested_word(word: str, joined: bool) -> None:
    assert WORDS.is_joined(word) is joined


@pytest.mark.parametrize(
    ("word", "own"),
    [
        ("التزام", True),
        ("المانيا", True),
        ("التحالف", False),
        ("المجهول", False),
        ("السنه", False),
        ("الخليج", False),
    ],
)
def test_article_is_the_words_own_when_another_stands_before_it(word: str, own: bool) -> None:
    assert WORDS.keeps_article(word) is own


def test_word_with_an_article_takes_no_pronoun() -> None:
    assert WORDS.takes_article("مساهم")
    assert not WORDS.takes_article("لبنان")


@pytest.mark.parametrize(("word", "own"), [("لبنان", True), ("عاملان", False), ("غائبان", False)])
def test_ending_is_the_words_own_when_another_follows(word: str, own: bool) -> None:
    assert WORDS.keeps_ending(word) is own


def test_a_word_that_is_not_in_the_list_counts_nothing() -> None:
    assert WORDS.count("زنجبار") == 0


def test_text_has_remarks_and_a_line_a_count() -> None:
    text = write_word_list({"قال": 3, "اكد": 3, "في": 10}, about="one\ntwo")
    assert text == "# one\n# two\n3\tاكد قال\n10\tفي\n"


@settings(max_examples=50)
@given(st.dictionaries(st.text("ابتثجحخد", min_size=1, max_size=6), st.integers(1, 10**6)))
def test_list_is_read_as_it_was_written(counts: dict[str, int]) -> None:
    assert read_word_list(write_word_list(counts, about="whose")) == counts


@pytest.mark.parametrize("text", ["قال 5", "many\tقال"])
def test_another_text_is_no_list(text: str) -> None:
    with pytest.raises(ValueError, match=r"list|many"):
        read_word_list(text)
