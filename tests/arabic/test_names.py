import pytest

from archive.arabic.given_names import GIVEN_NAMES
from archive.arabic.names import ENDINGS, is_ordinary, name_length
from archive.arabic.normalize import fold
from archive.arabic.particles import ACTIONS, PREPOSITIONS


@pytest.mark.parametrize(
    ("words", "length"),
    [
        ("لويجي دي مايو اجتماع", 3),  # the noun that follows is no name
        ("فيصل بن فرحان بن عبدالله في", 5),  # a chain of ancestors
        ("أنالينا بيربوك خلال", 2),
        ("أيمن الصفدي للصحافيين", 2),  # a joined preposition and article
        ("صباح خالد الحمد الصباح اليوم", 4),  # صباح is a name unless a day follows
        ("صباح الأحد", 0),
        ("محمد بن", 1),  # a particle at the end is given back
        ("إن المهمة", 0),
        ("أم ليث إن", 2),  # a byname, not the disjunction
    ],
)
def test_where_a_name_ends(words: str, length: int) -> None:
    assert name_length([fold(word) for word in words.split()]) == length


def test_further_words_may_end_a_name() -> None:
    assert name_length(["سامح", "شكري", "وصف"], frozenset({"وصف"})) == 2


def test_a_chain_of_ancestors_goes_on_through_a_title() -> None:
    words = [fold(word) for word in ["عبدالله", "بن", "سلطان", "الحارثي"]]
    assert name_length(words, frozenset({"سلطان"})) == 4


@pytest.mark.parametrize(
    ("word", "ordinary"),
    [
        ("سريعاً", True),  # a foreign name has no nunation
        ("مبتسما", True),  # a participle of manner
        ("ساخرا", True),
        ("سموه", True),
        ("لموقعنا", True),
        ("ماتاريلا", False),
        ("بيدرسون", False),
    ],
)
def test_which_words_are_no_names_by_their_form(word: str, ordinary: bool) -> None:
    assert is_ordinary(fold(word), word) is ordinary


def test_given_names_are_folded_and_no_small_words() -> None:
    assert {"فواد", "انتوني", "فيكتوريا"} <= GIVEN_NAMES
    assert not GIVEN_NAMES & (ENDINGS | ACTIONS | PREPOSITIONS)
