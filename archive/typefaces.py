"""The five faces that pages and share images are set in, and their subsets for the web.

The faces come from the packages ``fontpkg-amiri`` and ``fontpkg-ibm-plex-sans-arabic`` (OFL). Share
images draw from the whole files; pages load subsets, which ``build_subsets`` writes once.
"""

import hashlib
import json
import os
from importlib.metadata import version
from pathlib import Path

import fontpkg_amiri
import fontpkg_ibm_plex_sans_arabic

_AMIRI = Path(fontpkg_amiri.ROOT) / "files"
_PLEX = Path(fontpkg_ibm_plex_sans_arabic.ROOT) / "files"
FACES = {
    "amiri-400": _AMIRI / "Amiri-Regular.ttf",
    "amiri-700": _AMIRI / "Amiri-Bold.ttf",
    "plex-400": _PLEX / "IBMPlexSansArabic-Regular.ttf",
    "plex-500": _PLEX / "IBMPlexSansArabic-Medium.ttf",
    "plex-600": _PLEX / "IBMPlexSansArabic-SemiBold.ttf",
}
_PACKAGES = ("fontpkg-amiri", "fontpkg-ibm-plex-sans-arabic", "fonttools", "brotli")
_STAMP = ".stamp"  # hidden, so that collectstatic leaves it

# What the pages write. Presentation forms are left out: they never reach a page.
_RANGES = (
    (0x0020, 0x007E),  # Latin
    (0x00A0, 0x017F),  # Latin with accents, Turkish and Polish letters, «»
    (0x0218, 0x021B),  # Romanian
    (0x060C, 0x060C),  # Arabic comma
    (0x061B, 0x061C),  # semicolon, letter mark
    (0x061F, 0x063A),  # question mark, letters
    (0x0640, 0x065F),  # tatweel, letters, vowel signs
    (0x0660, 0x066D),  # digits and their punctuation
    (0x0670, 0x0671),  # dagger alif, alif wasla
    (0x200C, 0x200F),  # joiners, direction marks
    (0x2010, 0x2015),  # dashes
    (0x2018, 0x201E),  # quotation marks
    (0x2066, 0x2069),  # isolates
)
# Persian, Urdu and Kurdish letters in names, extended digits, and single signs.
_SINGLES = "پچژڤکگڪہۀھۆیێېەے۰۱۲۳۴۵۶۷۸۹•…‰′″‹›€−×"


def characters() -> list[int]:
    """The code points that the subsets keep, as far as a face has them."""
    listed = {ord(sign) for sign in _SINGLES}
    for first, last in _RANGES:
        listed.update(range(first, last + 1))
    return sorted(listed)


def recipe() -> str:
    """A digest of all that the subsets depend on: package versions, faces and characters."""
    parts = {
        "packages": {name: version(name) for name in _PACKAGES},
        "faces": {name: path.name for name, path in FACES.items()},
        "characters": characters(),
    }
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


def build_subsets(folder: Path) -> dict[str, int] | None:
    """Write ``<face>.woff2`` for each face into ``folder``; the sizes in bytes, None when up to date.

    A file is replaced as a whole, so a page never loads half a font.
    """
    stamp = folder / _STAMP
    complete = all((folder / f"{name}.woff2").exists() for name in FACES)
    if complete and stamp.exists() and stamp.read_text() == recipe():
        return None
    folder.mkdir(parents=True, exist_ok=True)
    sizes = {name: _build_subset(path, folder / f"{name}.woff2") for name, path in FACES.items()}
    stamp.write_text(recipe())
    return sizes


def _build_subset(source: Path, target: Path) -> int:
    # Heavy to import, and only ever needed at set-up.
    from fontTools import subset

    options = subset.Options(flavor="woff2", hinting=False, notdef_outline=True, name_IDs=["*"])
    options.drop_tables += ["meta"]
    font = subset.load_font(str(source), options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=characters())
    subsetter.subset(font)
    unfinished = target.with_suffix(f".{os.getpid()}.part")
    try:
        subset.save_font(font, str(unfinished), options)
        unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)
        font.close()
    return target.stat().st_size
