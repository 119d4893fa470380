"""fixtures/reference/countries.json: complete, equal to CLDR but for what it says, never two-faced."""

import json
from collections import defaultdict

import pytest
from babel import Locale
from babel.core import get_cldr_version
from django.conf import settings

from archive.arabic.normalize import match_key

CONTENT = json.loads((settings.FIXTURES_DIR / "reference" / "countries.json").read_text())
ABOUT, ROWS = CONTENT["about"], CONTENT["rows"]
BY_CODE = {row["code"]: row for row in ROWS}
ARABIC, ENGLISH = Locale("ar").territories, Locale("en").territories

# Two-letter codes that CLDR names and ISO 3166-1 does not assign to a country.
NOT_COUNTRIES = {"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"}


def test_every_country_is_there_once():
    codes = [row["code"] for row in ROWS]
    assert len(codes) == len(set(codes))
    assert set(codes) == {code for code in ARABIC if len(code) == 2} - NOT_COUNTRIES


@pytest.mark.parametrize(("field", "cldr"), [("name_ar", ARABIC), ("name_en", ENGLISH)])
def test_names_are_those_of_cldr_or_listed_deviations(field, cldr):
    assert get_cldr_version() in ABOUT["names"]
    deviating = {row["code"]: row[field] for row in ROWS if row[field] != cldr[row["code"]]}
    assert deviating == ABOUT["deviations"][field]


def test_the_arabic_name_of_cldr_is_kept_beside_a_deviation():
    for code in ABOUT["deviations"]["name_ar"]:
        assert ARABIC[code] in BY_CODE[code]["other_names"]


@pytest.mark.parametrize("field", ["demonyms", "other_names", "capitals", "epithets"])
def test_no_name_means_two_countries_unless_listed(field):
    owners = defaultdict(set)
    for row in ROWS:
        for text in row[field]:
            owners[match_key(text)].add(row["code"])
    assert {text: codes for text, codes in owners.items() if len(codes) > 1} == {}


def test_a_name_that_is_equal_to_another_countrys_without_vowel_signs_is_listed():
    owners = defaultdict(set)
    for row in ROWS:
        for text in (row["name_ar"], *row["other_names"], *row["capitals"], *row["demonyms"]):
            owners[match_key(text)].add(row["code"])
    shared = {text: codes for text, codes in owners.items() if len(codes) > 1}
    listed = {match_key(text): set(entry["codes"]) for text, entry in ABOUT["ambiguous_names"].items()}
    assert shared.items() <= listed.items()


def test_what_was_left_out_stays_out():
    """Words that are mostly something else: «الدعم المالي» is not about Mali."""
    for code, words in ABOUT["left_out"].items():
        for word in words.split(":")[0].split(", "):
            assert word not in BY_CODE[code]["demonyms"], (code, word)
    for code, word in ABOUT["left_out_capitals"].items():
        assert word.split(":")[0] not in BY_CODE[code]["capitals"], (code, word)


@pytest.mark.parametrize(
    ("code", "forms"),
    [
        ("SA", "سعودي سعودية سعودياً سعوديان سعوديين سعوديون سعوديات سعوديتان سعوديتين"),  # all of one nisba
        ("US", "أمريكي أميركي أمريكية أميركية أميركيون أمريكان"),  # two spellings
        ("RU", "روسي روس"),  # broken plural
        ("TR", "تركي أتراك"),
        ("MA", "مغربي مغاربة"),
        ("GB", "بريطاني إنكليز"),
        ("NE", "نيجري"),  # not Nigeria's
        ("NG", "نيجيري"),
    ],
)
def test_every_form_of_a_nisba_is_there(code, forms):
    assert set(forms.split()) <= set(BY_CODE[code]["demonyms"])


def test_a_nisba_of_two_words_has_the_form_with_the_inner_article():
    """«وزير الخارجية الكوري الجنوبي»: both words have the article, only the first one's is cut off."""
    assert {"كوري جنوبي", "كوري الجنوبي", "كورية الجنوبية"} <= set(BY_CODE["KR"]["demonyms"])


def test_no_demonym_has_the_article():
    for row in ROWS:
        assert not [text for text in row["demonyms"] if text.startswith("ال")]


def test_every_member_has_a_demonym_and_a_capital():
    members = [row for row in ROWS if row["is_member"]]
    assert len(members) == 83  # 82 states and Kosovo; the other members are organisations
    assert not [row["code"] for row in members if not row["demonyms"]]
    without = {row["code"] for row in members if not row["capitals"]}
    assert without <= {"SG", *ABOUT["left_out_capitals"]}


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("SY", "سورية"),
        ("US", "أميركا"),
        ("US", "الولايات المتحدة الأميركية"),
        ("GB", "المملكة المتحدة"),
        ("RU", "روسيا الاتحادية"),
        ("CI", "كوت ديفوار"),
        ("DK", "الدانمرك"),
    ],
)
def test_spellings_of_the_press_are_known(code, name):
    assert name in BY_CODE[code]["other_names"]


def test_ambiguous_epithets_are_said_to_be():
    for text, codes in ABOUT["ambiguous_epithets"].items():
        assert all(code in BY_CODE for code in codes)
        assert len(codes) > 1
        assert sum(text in row["epithets"] for row in ROWS) <= 1
    assert set(ABOUT["ambiguous_epithets"]["المملكة"]) == {"SA", "MA", "JO", "BH"}
