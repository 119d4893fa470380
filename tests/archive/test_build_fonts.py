"""The web fonts of the pages."""

from io import BytesIO, StringIO

import pytest
from django.conf import settings
from django.core.management import call_command
from fontTools.ttLib import TTFont

from archive.typefaces import FACES, build_subsets


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("fonts")
    assert set(build_subsets(folder)) == set(FACES)
    return folder


@pytest.fixture(params=FACES)
def font(request, folder):
    return TTFont(BytesIO((folder / f"{request.param}.woff2").read_bytes()))


def test_five_faces_weigh_about_as_much_as_a_photograph(folder):
    files = sorted(path.name for path in folder.glob("*.woff2"))
    assert files == sorted(f"{name}.woff2" for name in FACES)
    assert 150_000 < sum((folder / name).stat().st_size for name in files) < 260_000


def test_a_face_writes_arabic_latin_digits_and_marks(font):
    known = font.getBestCmap()
    wanted = (
        "أبتثجحخدذرزسشصضطظعغفقكلمنهويىةءؤئإآ" + "ًٌٍَُِّْ" + "،؛؟«»…–“”‘’" + "0123456789٠١٢٣٤٥٦٧٨٩" + "AZaz(){}éüçöÇ"
    )
    assert not [sign for sign in wanted if ord(sign) not in known]


def test_amiri_writes_turkish_and_polish_names(folder):
    """Latin names are set in Amiri: Plex Arabic has no ğ and ş."""
    for name in ("amiri-400", "amiri-700"):
        known = TTFont(folder / f"{name}.woff2").getBestCmap()
        assert not [sign for sign in "ğşıİęłŞĞ" if ord(sign) not in known]


def test_a_face_keeps_what_joins_arabic_letters(font):
    features = {record.FeatureTag for record in font["GSUB"].table.FeatureList.FeatureRecord}
    assert {"init", "medi", "fina", "rlig"} <= features
    assert "mark" in {record.FeatureTag for record in font["GPOS"].table.FeatureList.FeatureRecord}


def test_presentation_forms_are_not_reachable(font):
    assert not [code for code in font.getBestCmap() if 0xFB50 <= code <= 0xFDFF or 0xFE70 <= code <= 0xFEFF]


def test_building_again_does_nothing(folder):
    before = {path: path.stat().st_mtime_ns for path in folder.iterdir()}
    assert build_subsets(folder) is None
    assert {path: path.stat().st_mtime_ns for path in folder.iterdir()} == before


@pytest.mark.parametrize("lost", ["amiri-700.woff2", ".stamp"])
def test_what_is_lost_or_from_other_packages_is_built_again(tmp_path, folder, lost, monkeypatch):
    for path in folder.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    (tmp_path / lost).unlink()
    built = []
    monkeypatch.setattr(
        "archive.typefaces._build_subset", lambda source, target: built.append(target.name) or 1
    )
    assert build_subsets(tmp_path) is not None
    assert len(built) == len(FACES)


def test_the_command_builds_where_the_pages_look(folder, monkeypatch):
    seen = []
    monkeypatch.setattr(
        "archive.management.commands.build_fonts.build_subsets",
        lambda target: seen.append(target) or {"amiri-400": 70_000},
    )
    out = StringIO()
    call_command("build_fonts", stdout=out)
    assert seen == [settings.FONTS_DIR]
    assert "amiri-400.woff2" in out.getvalue()
