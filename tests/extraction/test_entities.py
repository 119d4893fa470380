"""Which names a short text has."""

import pytest

from archive.extraction.entities import EntityNames

NAMES = EntityNames(
    [
        ("US", ["الولايات المتحدة", "أميركا", "أميركي"]),
        ("FR", ["فرنسا", "فرنسي"]),
        ("al-qaeda", ["القاعدة", "تنظيم القاعدة"]),
    ]
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("وللولايات المتحدة", {"US"}),
        ("الحكومة الفرنسية والشعب الفرنسي", {"FR"}),
        ("هزيمة «داعش» وهزيمة التنظيم", {"daesh"}),
        ("تنظيم الدولة الإسلامية", {"daesh"}),
        ("تنظيم القاعدة", {"al-qaeda"}),
        ("في الرقة ودير الزور", {"الرقة", "دير الزور"}),
        ("الولايات", set()),
        ("", set()),
    ],
    ids=[
        "two words",
        "adjective",
        "adversary",
        "long name",
        "longest name",
        "places",
        "half a name",
        "nothing",
    ],
)
def test_names_are_found_behind_particles_the_longest_first(text, found):
    assert NAMES.find(text) == found
