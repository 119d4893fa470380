import pytest

from archive.arabic.sounds import sound


@pytest.mark.parametrize(
    "spellings",
    [
        ("غوغل", "جوجل", "قوقل", "كوكل", "جوغل"),
        ("بلينكن", "بلينكين", "بلنكن", "بلينكان"),
        ("تاتشر", "ثاتشر"),
        ("طوكيو", "توكيو"),
        ("شواب", "شوب"),
        ("ساركوزي", "ساركوسي"),
        ("اوباما", "اوبما"),
    ],
)
def test_spellings_of_a_foreign_name_sound_alike(spellings: tuple[str, ...]) -> None:
    assert len(set(map(sound, spellings))) == 1


@pytest.mark.parametrize(("one", "other"), [("بوتين", "بوش"), ("اوباما", "بوم"), ("لندن", "لبنان")])
def test_other_names_do_not(one: str, other: str) -> None:
    assert sound(one) != sound(other)


def test_first_letter_stays_and_nothing_has_no_sound() -> None:
    assert sound("يالطا") == "يلت"
    assert sound("") == ""
