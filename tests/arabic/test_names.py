import pytest

from archive.arabic.names import name_length
from archive.arabic.normalize import fold


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
    ],
)
def test_where_a_name_ends(words: str, length: int) -> None:
    assert name_length([fold(word) for word in words.split()]) == length


def test_further_words_may_end_a_name() -> None:
    assert name_length(["سامح", "شكري", "وصف"], frozenset({"وصف"})) == 2
