import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.arabic.letters import is_presentation_form
from archive.arabic.normalize import fold, match_key, sort_key, unshape

ANY_TEXT = st.text(
    st.characters(codec=None, exclude_categories=()) | st.sampled_from("اأإآىئةهوؤءلاﻻﷲـًّٰ٤۴\u200f\u200c ")
)


@pytest.mark.parametrize(
    ("written", "same_as"),
    [
        ("أحمد", "احمد"),  # hamza on its seat
        ("إيطاليا", "ايطاليا"),
        ("آذار", "اذار"),  # madda
        ("\u0627\u0653ذار", "اذار"),  # the same as alef and a combining madda
        ("مستشفى", "مستشفي"),  # final ya without dots
        ("القارة", "القاره"),  # ta marbuta
        ("مسؤول", "مسوول"),
        ("شئون", "شيون"),
        ("شيء", "شي"),  # bare hamza
        ("العَرَبِيّة", "العربيه"),  # vowel signs
        ("التحـــالف", "التحالف"),  # tatweel
        ("ﺍﻟﺘﺤﺎﻟﻒ", "التحالف"),  # presentation forms
        ("کیف", "كيف"),  # Persian keyboard
        ("٤٣٦", "436"),
        ("۴۳۶", "436"),
        ("Élysée", "elysee"),  # case and accents
        ("سوريا\u200f", "سوريا"),  # direction mark
        ("می\u200cرود", "ميرود"),  # zero width non-joiner
    ],
)
def test_spellings_of_one_word_fold_to_one_form(written: str, same_as: str) -> None:
    assert fold(written) == same_as


@pytest.mark.parametrize(("one", "other"), [("سلم", "سلام"), ("كلب", "قلب"), ("طين", "تين"), ("وزير", "وزر")])
def test_different_words_stay_different(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@given(ANY_TEXT)
@settings(max_examples=200)
def test_fold_is_idempotent(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(ANY_TEXT, ANY_TEXT)
@settings(max_examples=100)
def test_long_and_short_texts_fold_alike(text: str, other: str) -> None:
    """The cache of short texts gives what the long way gives."""
    padding = "x" * 50
    assert fold(f"{text} {padding}") == f"{fold(text)} {padding}"


@given(ANY_TEXT)
@settings(max_examples=200)
def test_unshape_leaves_no_presentation_form_and_nothing_else_changed(text: str) -> None:
    plain = unshape(text)
    assert not any(map(is_presentation_form, plain))
    assert unshape(plain) == plain
    if not any(map(is_presentation_form, text)):
        assert plain == text


def test_match_key_joins_white_space() -> None:
    assert match_key("  أنتوني\n  بلينكن ") == "انتوني بلينكن"


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("الأردن", "اردن"),  # the article does not sort
        ("ٱلأردن", "اردن"),
        ("ألمانيا", "المانيا"),  # a hamza: no article
        ("آل ثاني", "ال ثاني"),
        ("الله", "الله"),  # too short to be an article and a word
        ("«الحرة»", "حره"),
        ("الأمم المتحدة", "امم المتحده"),
        ("", ""),
    ],
)
def test_sort_key(name: str, key: str) -> None:
    assert sort_key(name) == key
