from archive.arabic.normalize import fold
from archive.arabic.particles import AUXILIARIES, NEGATIONS, PREPOSITIONS, RELATIVES, word_set


def test_lists_are_folded() -> None:
    for words in (PREPOSITIONS, RELATIVES, NEGATIONS, AUXILIARIES):
        assert words == {fold(word) for word in words}


def test_a_list_is_written_as_a_line_of_words() -> None:
    assert word_set("إلى على") == {"الي", "علي"}
