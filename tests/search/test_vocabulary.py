import pytest

from archive.arabic.normalize import fold
from search import vocabulary


@pytest.mark.parametrize("name", ["بلينكن", "تيلرسون", "شكري", "كيري", "لافروف", "السيسي", "المالكي"])
def test_words_of_the_shipped_names_are_protected(name: str) -> None:
    assert vocabulary.stemmer().is_protected(fold(name))


@pytest.mark.parametrize("word", ["السوري", "السوداني", "الملك", "العربي", "وزير", "التحالف"])
def test_ordinary_words_are_not(word: str) -> None:
    assert not vocabulary.stemmer().is_protected(fold(word))


def test_particles_go_before_names_of_countries_and_capitals() -> None:
    stem = vocabulary.stemmer().stem
    for joined, alone in (
        ("بسوريا", "سوريا"),
        ("لإيران", "إيران"),
        ("ببروكسل", "بروكسل"),
        ("وبتركيا", "تركيا"),
    ):
        assert stem(fold(joined)) == stem(fold(alone))


def test_fingerprint_counts_the_words(monkeypatch: pytest.MonkeyPatch) -> None:
    before = vocabulary.fingerprint()
    monkeypatch.setattr(vocabulary, "_words", lambda: (frozenset({"شكري"}), frozenset()))
    vocabulary.fingerprint.cache_clear()
    try:
        assert vocabulary.fingerprint() != before
    finally:
        monkeypatch.undo()
        vocabulary.fingerprint.cache_clear()
    assert vocabulary.fingerprint() == before
