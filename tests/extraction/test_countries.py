"""Countries and their evidence: clitics, nisbas, epithets, look-alikes."""

from typing import Any

import pytest

pytestmark = pytest.mark.django_db


def codes(mine: dict[str, Any], *, incidental: bool = False) -> set[str]:
    return {item["iso2"] for item in mine["countries"] if (item["salience"] == "incidental") == incidental}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("شارك حلفاء، كالسعودية والأردن وموزمبيق.", {"SA", "JO", "MZ"}),  # ك and و
        ("رسالة للولايات المتحدة ولأميركا.", {"US"}),  # لل
        ("القوات العراقية والجنود الأميركيون والسوريين.", {"IQ", "US", "SY"}),  # every nisba
        ("قال السعودي إن المملكة تدعم التحالف.", {"SA"}),  # the country in focus
        ("قال المغربي إن المملكة تدعم التحالف.", {"MA"}),
        ("كالمملكة المتحدة وفرنسا.", {"GB", "FR"}),  # the longer name wins
        ("الموارد المالية للتنظيم، الإمبراطورية الرومانية، المحيط الهندي.", set()),  # look-alikes
        ("المملكة تدعم التحالف.", set()),  # of which country?
        ("قال محمد شياع السوداني إن السوداني ملتزم.", set()),  # a name, not a nisba
    ],
)
def test_countries_of_a_text(printed: Any, text: str, expected: set[str]) -> None:
    assert codes(printed(text)) == expected


def test_a_country_inside_an_organisations_name_is_incidental(printed: Any) -> None:
    mine = printed("قالت قوات سوريا الديمقراطية إن المعركة مستمرة.")
    assert codes(mine) == set()
    assert codes(mine, incidental=True) == {"SY"}


def test_the_country_of_a_dateline_is_incidental(printed: Any) -> None:
    mine = printed("كييف في 28 يونيو 2021 - قالت إيطاليا إن التحالف مستمر.")
    assert codes(mine) == {"IT"}
    assert codes(mine, incidental=True) == {"UA"}


def test_every_place_is_evidence_without_its_proclitics(printed: Any) -> None:
    [country] = printed("في سوريا وسوريا والسوري ودمشق.")["countries"]
    assert [(item["text"], item["kind"]) for item in country["evidence"]] == [
        ("سوريا", "name"),
        ("سوريا", "name"),
        ("السوري", "nisba"),
        ("دمشق", "capital"),
    ]


def test_speakers_and_hosts_are_primary(printed: Any) -> None:
    mine = printed("قال وزير الخارجية المصري سامح شكري إن فرنسا صديقة.")
    assert {item["iso2"]: item["salience"] for item in mine["countries"]} == {
        "EG": "primary",
        "FR": "mentioned",
    }
