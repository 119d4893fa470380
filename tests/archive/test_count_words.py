"""The word list of the stemmer, counted from a corpus."""

import gzip
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from archive.arabic.word_list import read_word_list

BODIES = ["قالَ الوزيرُ، وقال الـوزير: NATO 17", "قال الوزير إن الإمارات", "قال إلى الأبد", "قال وقال"]


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    path = tmp_path / "corpus.jsonl"
    path.write_text("".join(json.dumps({"body": body}) + "\n" for body in BODIES), encoding="utf-8")
    return path


def count(corpus: Path, least: int = 2, **options: str) -> str:
    output = corpus.with_name("words.txt.gz")
    call_command("count_words", corpus, output=output, least=least, **options)
    return gzip.decompress(output.read_bytes()).decode()


def test_folded_words_are_counted(corpus: Path) -> None:
    assert read_word_list(count(corpus)) == {"قال": 4, "الوزير": 3, "وقال": 2}


def test_single_letters_and_other_scripts_are_left_out(corpus: Path) -> None:
    words = set(read_word_list(count(corpus, least=1)))
    assert words == {"قال", "الوزير", "وقال", "ان", "الامارات", "الي", "الابد"}


def test_list_says_where_it_comes_from(corpus: Path) -> None:
    text = count(corpus, about="A newspaper.\nCC BY 4.0.")
    assert text.startswith("# A newspaper.\n# CC BY 4.0.\n# 4 articles, 15 words.")


def test_same_corpus_makes_the_same_bytes_packed_or_not(corpus: Path) -> None:
    count(corpus)
    first = corpus.with_name("words.txt.gz").read_bytes()
    packed = corpus.with_suffix(".gz")
    packed.write_bytes(gzip.compress(corpus.read_bytes()))
    count(packed)
    assert corpus.with_name("words.txt.gz").read_bytes() == first


@pytest.mark.parametrize(
    "content", [b"no json\n", b'{"body": null}\n', b"[]\n", b'{"text": ""}\n', b"\x1f\x8bcut", b"\xff\xfe"]
)
def test_what_is_no_corpus_is_a_sentence(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "corpus"
    path.write_bytes(content)
    with pytest.raises(CommandError, match="corpus"):
        count(path)


def test_missing_corpus_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="corpus"):
        count(tmp_path / "corpus")
