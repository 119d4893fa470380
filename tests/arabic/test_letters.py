import sys
import unicodedata

import pytest

from archive.arabic.letters import FOLDED_LETTERS, UNDECOMPOSED_FORMS, is_presentation_form, plain_digit


@pytest.mark.parametrize(
    ("character", "expected"),
    [
        ("٤", "4"),  # Arabic-Indic
        ("۴", "4"),  # Persian
        ("４", "4"),  # fullwidth
        ("4", "4"),
        ("س", "س"),
        ("½", "½"),  # a number, but no decimal digit
    ],
)
def test_plain_digit(character: str, expected: str) -> None:
    assert plain_digit(character) == expected


@pytest.mark.parametrize(
    ("character", "expected"), [("ﻻ", True), ("ﭐ", True), ("\ufeff", True), ("ل", False)]
)
def test_presentation_forms_are_told_apart(character: str, expected: bool) -> None:
    assert is_presentation_form(character) is expected


def test_folding_a_folded_letter_changes_nothing() -> None:
    assert all(FOLDED_LETTERS.get(letter, letter) == letter for letter in FOLDED_LETTERS.values())


def test_every_letter_form_is_decomposed_by_unicode_or_by_the_table() -> None:
    for code in range(0xFB50, 0xFF00):
        form = chr(code)
        if (
            is_presentation_form(form)
            and unicodedata.category(form) == "Lo"
            and form not in UNDECOMPOSED_FORMS
        ):
            plain = unicodedata.normalize("NFKC", form)
            assert not any(map(is_presentation_form, plain)), hex(code)


def test_table_holds_single_letters() -> None:
    assert all(len(letter) == 1 and ord(letter) <= sys.maxunicode for letter in FOLDED_LETTERS)
