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
        ("قال أيمن الصفدي إن المملكة تدعم التحالف.", {"JO"}),  # of the person named
        ("داعش في العراقوسوريا يهدد الولاياتالمتحدة.", {"IQ", "SY", "US"}),  # spaces lost
        ("دعم مالي جديد، وخبير كيني دالغليش، من مال وبنين.", set()),  # ordinary words, a name
        ("انتشار المتطرفين في مالي والنيجر وبنين.", {"ML", "NE", "BJ"}),
        ("المرتزقة الموجودون بمالي.", {"ML"}),
        ("قال الباحث أحمد السويدي إن العمل مستمر.", set()),  # a surname
        ("وصل الأمير تركي الفيصل إلى نهر الأردن.", set()),
        ("التقى الوزراء في عمان ثم في مسقط رأسه.", {"JO"}),  # the city, the birthplace
        ("شاركت البحرين وقطر وعمان.", {"BH", "QA", "OM"}),
        ("وصل الوفد إلى أربيل في إقليم كردستان.", {"IQ"}),
        ("دول أمريكا اللاتينية.", set()),
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


def test_the_country_of_the_dateline_is_whose_kingdom_is_meant(printed: Any) -> None:
    mine = printed(
        "جدة 11 سبتمبر 2014 م واس\n"
        "شارك وزراء المملكة الأردنية الهاشمية ومصر ولبنان في الاجتماع الذي عقد أمس في القصر.\n"
        "وأكدت حكومة المملكة بعد ذلك أهمية أن يضطلع كل طرف بمسؤولياته في الحرب كما جاء في البيان."
    )
    assert {"SA", "JO"} <= codes(mine)


def test_the_headline_counts(printed: Any) -> None:
    mine = printed(
        "الخارجية عن اجتماع روما: بيان مكتوب سلفا\nقالت الوزارة إن البيان الختامي للاجتماع لا يعنيها بشيء."
    )
    assert codes(mine) == {"IT"}


def test_glued_names_have_their_own_evidence(printed: Any) -> None:
    mine = printed("في العِراقوسوريا.")
    found = {item["iso2"]: [evidence["text"] for evidence in item["evidence"]] for item in mine["countries"]}
    assert found == {"IQ": ["العِراق"], "SY": ["سوريا"]}


def test_every_place_is_evidence_without_its_proclitics(printed: Any) -> None:
    [country] = printed("في سوريا وسوريا والسوري ودمشق.")["countries"]
    assert [(item["text"], item["kind"]) for item in country["evidence"]] == [
        ("سوريا", "name"),
        ("سوريا", "name"),
        ("السوري", "nisba"),
        ("دمشق", "capital"),
    ]


def test_what_the_headline_names_is_primary(printed: Any) -> None:
    mine = printed(
        "هجوم جديد على الحدود مع تركيا\nقالت الوزارة إن الهجوم على الحدود مع تركيا لن يمر من دون رد."
    )
    assert [item["salience"] for item in mine["countries"]] == ["primary"]


def test_speakers_and_hosts_are_primary(printed: Any) -> None:
    mine = printed("قال وزير الخارجية المصري سامح شكري إن فرنسا صديقة.")
    assert {item["iso2"]: item["salience"] for item in mine["countries"]} == {
        "EG": "primary",
        "FR": "mentioned",
    }
