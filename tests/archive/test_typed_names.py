import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.typed_names import latin_keys, typed_keys


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("العراق", {"العراق", "عراق"}),
        ("عراق", {"عراق", "العراق"}),
        ("أ.ف.ب", {"ا ف ب", "ا.ف.ب"}),  # a key keeps its signs
        ("al-Jubeir", {"al jubeir", "al-jubeir"}),
        ("The Hague", {"the hague", "hague"}),
        ("روما ٢٠٢١", {"روما 2021", "الروما 2021"}),  # a number has no article
        ("جمهورية مصر العربية الشقيقة جدا", {"جمهوريه مصر العربيه الشقيقه جدا"}),  # too many ways
        ("", set()),
        (" ! ", {"!"}),
    ],
)
def test_typed_name_may_mean_several_keys(text: str, keys: set[str]) -> None:
    found = typed_keys(text)
    assert keys <= found
    assert len(found) <= 17


@given(st.text(max_size=60))
@settings(max_examples=60)
def test_any_text_has_few_keys_and_no_empty_one(text: str) -> None:
    assert "" not in typed_keys(text)
    assert len(typed_keys(text)) <= 18


@pytest.mark.parametrize(
    ("name", "surnames"),
    [
        ("Antony Blinken", {"blinken"}),
        ("Jean-Yves Le Drian", {"yves le drian", "le drian", "drian"}),
        ("Qaboos bin Said", {"bin said"}),  # a father's name is no surname
        ("Salman of Saudi Arabia", set()),
        ("Madonna", set()),
    ],
)
def test_surnames_are_the_ends_of_a_name(name: str, surnames: set[str]) -> None:
    assert set(latin_keys(name, surnames=True)) - set(latin_keys(name)) == surnames


@pytest.mark.parametrize(
    ("name", "typed", "called"),
    [
        ("Asharq Al-Awsat", "asharq alawsat", True),
        ("Türkiye", "turkiye", True),
        ("Fikri Işık", "Fikri Isik", True),  # a letter without an accent to lose
        ("The Guardian", "Guardian", True),
        ("Turkey", "Tur", False),
        ("Antony Blinken", "Blinken", False),
    ],
)
def test_latin_name_is_called_whole(name: str, typed: str, called: bool) -> None:
    """Whoever compares the keys leaves out spaces."""
    names, keys = ({key.replace(" ", "") for key in found} for found in (latin_keys(name), typed_keys(typed)))
    assert bool(names & keys) is called
