import shutil
from pathlib import Path

import pytest
from django.conf import settings

from archive.arabic.normalize import fold
from search import vocabulary


@pytest.mark.parametrize("name", ["بلينكن", "تيلرسون", "شكري", "كيري", "لافروف", "السيسي", "المالكي"])
def test_words_of_the_shipped_names_are_protected(name: str) -> None:
    assert vocabulary.stemmer().is_protected(fold(name))


@pytest.mark.parametrize("word", ["السوري", "السوداني", "الملك", "العربي", "وزير", "التحالف"])
def test_ordinary_words_are_not(word: str) -> None:
    assert not vocabulary.stemmer().is_protected(fold(word))


@pytest.mark.parametrize(
    ("joined", "alone"),
    [
        ("بسوريا", "سوريا"),
        ("لإيران", "إيران"),
        ("ببروكسل", "بروكسل"),
        ("وبتركيا", "تركيا"),
        ("وبلينكن", "بلينكن"),
        ("لبلينكن", "بلينكن"),
        ("للبنان", "لبنان"),
        ("وزارتها", "الوزارة"),
        ("سيبحث", "يبحث"),
    ],
)
def test_the_shipped_words_and_names_take_affixes_off(joined: str, alone: str) -> None:
    stem = vocabulary.stemmer().stem
    assert stem(fold(joined)) == stem(fold(alone))


@pytest.mark.parametrize(
    "word", ["وزير", "واشنطن", "بلينكن", "كيري", "لبنان", "فلسطين", "باريس", "لندن", "بوتين", "فرنسا"]
)
def test_first_letters_stay(word: str) -> None:
    assert vocabulary.stemmer().stem(fold(word))[:2] == fold(word)[:2]


@pytest.mark.parametrize("word", ["في", "متى", "أين", "لماذا", "بأي", "كم", "ال", "الذي", "where"])
def test_small_words_are_stop_words(word: str) -> None:
    assert fold(word) in vocabulary.stop_words()


@pytest.mark.parametrize("word", ["حزيران", "آب", "وزير", "اليوم", "سبب", "عدد"])
def test_words_that_a_reader_looks_for_are_not(word: str) -> None:
    assert fold(word) not in vocabulary.stop_words()


@pytest.fixture
def reference(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the reference data that the vocabulary reads in place of the shipped one."""
    caches = (vocabulary.fingerprint, vocabulary.protected)
    shutil.copytree(Path(settings.FIXTURES_DIR) / "reference", tmp_path / "reference")
    monkeypatch.setattr(settings, "FIXTURES_DIR", tmp_path)
    for cached in caches:
        monkeypatch.setattr(vocabulary, cached.__name__, cached.__wrapped__)
    return tmp_path / "reference"


def test_fingerprint_is_of_the_content(reference: Path) -> None:
    assert vocabulary.fingerprint() == vocabulary.fingerprint()


def test_fingerprint_counts_the_word_list(reference: Path) -> None:
    before = vocabulary.fingerprint()
    (reference / vocabulary.WORD_LIST).write_bytes(b"")
    assert vocabulary.fingerprint() != before


def test_fingerprint_counts_the_names(reference: Path) -> None:
    before = vocabulary.fingerprint()
    (reference / "people.json").write_text('{"rows": []}', encoding="utf-8")
    assert vocabulary.fingerprint() != before


def test_format_does_not_depend_on_the_vocabulary(reference: Path) -> None:
    """So that an index of other words serves until it is built anew."""
    before = vocabulary.format_digest.__wrapped__()
    (reference / vocabulary.WORD_LIST).write_bytes(b"")
    assert vocabulary.format_digest.__wrapped__() == before


@pytest.mark.parametrize("name", ["engine/columns", "engine/manifests"])
def test_format_counts_what_explains_the_arrays(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    before = vocabulary.format_digest.__wrapped__()
    monkeypatch.setattr(vocabulary, "_FORMAT", tuple(set(vocabulary._FORMAT) - {name}))
    assert vocabulary.format_digest.__wrapped__() != before
