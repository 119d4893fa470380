import pytest

from benchmarks import peers


@pytest.mark.parametrize(
    ("name", "matched"),
    [
        ("whitespace", ["في", "القارّة،", "الأفريقية"]),
        ("Snowball", ["قار", "افريق"]),
        ("Lucene, our rendering", ["قار", "افريق"]),
    ],
)
def test_words_that_a_peer_matches(name: str, matched: list[str]) -> None:
    assert peers.ANALYZERS[name]("في القارّة، الأفريقية") == matched


def test_isri_takes_words_that_begin_with_a_hamza() -> None:
    """Whoosh's own stemmer ends in an error on them."""
    assert peers.isri("أفريقية") == peers.isri("افريقية")
