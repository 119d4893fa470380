"""The canonical text: decoded, unshaped, and otherwise left alone."""

import hashlib
from pathlib import Path

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from archive.arabic.letters import is_presentation_form
from archive.importing.deriving import derive, derive_file
from archive.importing.problems import DecodingError, FileError

SEEDS = sorted((settings.FIXTURES_DIR / "seeds").glob("*.txt"))


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.name[:3])
def test_the_text_of_a_utf8_file_is_the_decoded_file(path):
    content = path.read_bytes()
    assert derive(content).text == content.decode("utf-8")


def test_newlines_spaces_marks_and_digits_stay():
    text = "سطر  أول\r\n\r\n\tسطرٌ ٢\u00a0ـ ثانٍ\u200f \n"
    assert derive(text.encode()).text == text


def test_presentation_forms_become_letters():
    assert derive("ﺍﻟﺘﺤﺎﻟﻒ ﷲ ﻻ".encode()).text == "التحالف الله لا"


def test_the_mark_at_the_head_is_dropped():
    assert derive("\ufeffروما".encode()).text == "روما"


def test_the_hash_is_that_of_the_text_in_utf8():
    derived = derive("روما".encode("utf-16"))
    assert derived.text_sha256 == hashlib.sha256("روما".encode()).hexdigest()


@pytest.mark.parametrize("text", [" \n\t\r\n", "—\n…\n«»", "\ufeff", "\u200f\u202b"])
def test_text_without_a_word_is_refused(text):
    with pytest.raises(DecodingError, match="no_words"):
        derive(text.encode())


def test_a_file_that_cannot_be_derived_is_named():
    with pytest.raises(FileError) as caught:
        derive_file(b"\xff\xff\xff", Path("some/where.txt"))
    assert caught.value.details["name"] == "some/where.txt"


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"])))
def test_no_presentation_form_is_ever_kept_and_deriving_again_changes_nothing(text):
    try:
        derived = derive(("كلمة " + text).encode()).text
    except DecodingError:
        return
    assert not any(map(is_presentation_form, derived))
    assert derive(derived.encode()).text == derived
