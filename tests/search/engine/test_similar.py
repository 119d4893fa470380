from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.analysis import term_of
from search.engine.executor import find
from search.engine.plans import Clause, WordPlan
from search.engine.similar import edit_distance, same_sounding, similar_words
from search.engine.snapshot import Snapshot
from tests.search.archives import Doc, archive_of

WORDS = st.text(st.sampled_from("بلينكه"), max_size=7)


def similar(folder: Path, body: str, surface: str) -> list[str]:
    snapshot = snapshot_of(folder, body)
    return [word.surface for word in similar_words(snapshot, term_of(surface), snapshot.live)]


def sounding(snapshot: Snapshot, surface: str) -> list[str]:
    return [word.surface for word in same_sounding(snapshot, term_of(surface), snapshot.live)]


def snapshot_of(folder: Path, *bodies: str) -> Snapshot:
    return archive_of(folder, [Doc(body) for body in bodies]).store.snapshot()


@pytest.mark.parametrize(
    ("left", "right", "distance"),
    [
        ("بلينكن", "بلينكن", 0),
        ("بلينكن", "بلينكين", 1),  # added
        ("بلينكن", "بلنكن", 1),  # dropped
        ("بلينكن", "بلينكم", 1),  # changed
        ("بلينكن", "بيلنكن", 2),  # exchanged: two changes
        ("", "بلينكن", 6),
    ],
)
def test_distance_counts_letters(left: str, right: str, distance: int) -> None:
    assert edit_distance(left, right) == distance


@given(WORDS, WORDS, WORDS)
def test_distance_is_a_metric(one: str, two: str, three: str) -> None:
    assert edit_distance(one, two) == edit_distance(two, one)
    assert (edit_distance(one, two) == 0) == (one == two)
    assert edit_distance(one, three) <= edit_distance(one, two) + edit_distance(two, three)
    assert abs(len(one) - len(two)) <= edit_distance(one, two) <= max(len(one), len(two))


@given(WORDS, st.integers(0, 7), st.sampled_from("بلن"))
def test_one_more_letter_is_a_distance_of_one(word: str, place: int, letter: str) -> None:
    assert edit_distance(word, word[:place] + letter + word[place:]) == 1


@pytest.mark.parametrize(
    ("surface", "expected"),
    [
        ("خزعبلط", ["خزعبلق"]),
        ("خسعبلك", ["خزعبلق"]),  # the same sound
        ("خزعبلقشش", ["خزعبلق"]),  # two edits in a long word
        ("شكصر", ["شكصم"]),
        ("شكرر", []),  # a short one may have one
        ("طنجبق", []),
        ("خزعبلق", []),  # it is there
        ("خزع", []),  # too short to be told from other words
        ("43٦٧", []),  # numbers are not misspelled
    ],
)
def test_nearest_words_stand_for_one_that_is_nowhere(
    tmp_path: Path, surface: str, expected: list[str]
) -> None:
    assert similar(tmp_path, "خزعبلق شكصم روما 4365", surface) == expected


def test_only_the_nearest_are_taken(tmp_path: Path) -> None:
    assert similar(tmp_path, "خزعبلق خزعبلقشم", "خزعبلقش") == ["خزعبلق", "خزعبلقشم"]
    assert similar(tmp_path / "other", "خزعبلق خزعبلقشمم", "خزعبلقش") == ["خزعبلق"]


def test_no_more_than_three_are_taken(tmp_path: Path) -> None:
    bodies = " ".join(f"خزعبلق{letter}" for letter in "بجدرسع")
    assert len(similar(tmp_path, bodies, "خزعبلقش")) == 3


def test_words_of_every_segment_are_compared(tmp_path: Path) -> None:
    archive = archive_of(tmp_path, [Doc("خزعبلقشم")], [Doc("خزعبلق")], [Doc("")])
    snapshot = archive.store.snapshot()
    found = similar_words(snapshot, term_of("خزعبلقش"), snapshot.live)
    assert [word.surface for word in found] == ["خزعبلق", "خزعبلقشم"]


def test_index_without_words_has_nothing_similar(tmp_path: Path) -> None:
    assert similar(tmp_path, "", "خزعبلق") == []


@pytest.mark.parametrize(
    ("surface", "expected"),
    [
        ("جوجلند", ["غوغلاند"]),  # one foreign sound in several letters, long vowels or none
        ("غوغلاند", []),  # not itself
        ("غوجلاندو", ["غوغلاند"]),
        ("google", []),  # only Arabic letters
        ("غو", []),  # too short a sound
    ],
)
def test_words_that_sound_the_same_are_known(tmp_path: Path, surface: str, expected: list[str]) -> None:
    assert sounding(snapshot_of(tmp_path, "شركة غوغلاند"), surface) == expected


def test_commonest_spelling_of_a_sound_stands_for_its_stem(tmp_path: Path) -> None:
    found = sounding(snapshot_of(tmp_path, "وغوغلاند وغوغلاند غوغلاند"), "جوجلند")
    assert found == ["وغوغلاند"]


def test_most_alike_of_the_same_sound_come_first(tmp_path: Path) -> None:
    snapshot = snapshot_of(tmp_path, "كوكلند غوغلاند غوجلند قوقلند")
    assert sounding(snapshot, "غوغلند")[0] == "غوغلاند"
    assert len(sounding(snapshot, "غوغلند")) == 3


def test_what_only_deleted_documents_have_is_no_candidate(tmp_path: Path) -> None:
    """It would show a reader a word of an article that he may not see."""
    archive = archive_of(tmp_path, [Doc("خزعبلقش غوغلاند"), Doc("خزعبلق")])
    archive.commit({"a.1": None})
    snapshot = archive.store.snapshot()
    assert sounding(snapshot, "جوجلند") == []
    assert [word.surface for word in similar_words(snapshot, term_of("خزعبلقشم"), snapshot.live)] == [
        "خزعبلق"
    ]


def test_word_that_only_deleted_documents_have_is_nowhere(tmp_path: Path) -> None:
    archive = archive_of(tmp_path, [Doc("خزعبلقش"), Doc("خزعبلق")])
    archive.commit({"a.1": None})
    clause = Clause("خزعبلقش", False, WordPlan(term_of("خزعبلقش"), strange=True))
    assert find(archive.store.snapshot(), [clause]).similar == {"خزعبلقش": ["خزعبلق"]}
