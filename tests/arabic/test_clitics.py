import pytest

from archive.arabic.clitics import is_definite, readings, without_article, without_conjunction


@pytest.mark.parametrize(
    ("word", "plain"),
    [
        ("وزير", "وزير"),  # a minister before «and a zir»
        ("كالسعوديه", "السعوديه"),
        ("ولسوريا", "سوريا"),
        ("للولايات", "الولايات"),  # لل is ل + ال
        ("فبالعراق", "العراق"),
        ("و", "و"),  # nothing would be left
    ],
)
def test_a_word_is_read_with_its_proclitics(word: str, plain: str) -> None:
    assert plain in [rest for _, rest in readings(word)]
    assert readings(word)[0] == ("", word)


def test_a_run_of_letters_longer_than_any_word_has_one_reading() -> None:
    assert readings("و" * 1000) == (("", "و" * 1000),)


@pytest.mark.parametrize(
    ("word", "definite"),
    [("الوزير", True), ("للوزير", True), ("والوزير", True), ("وزير", False), ("ال", False)],
)
def test_the_article_is_seen_behind_proclitics(word: str, definite: bool) -> None:
    assert is_definite(word) is definite


def test_the_article_and_the_conjunction_come_off_only_if_a_word_remains() -> None:
    assert without_article("الوزير") == "وزير"
    assert without_article("الا") == "الا"
    assert without_conjunction("وقال") == "قال"
    assert without_conjunction("وا") == "وا"
