"""When a printed name is the right one."""

import pytest

from archive.extraction.speaker_scoring import KnownSpeaker, judge, known_speakers

PRINCE = KnownSpeaker(
    "person",
    ("فيصل بن فرحان آل سعود", "الأمير فيصل", "وزير الخارجية السعودي الأمير فيصل بن فرحان"),
    ("الوزير السعودي", "وزير الخارجية السعودي"),
)
OGLU = KnownSpeaker("person", ("مولود جاووش أوغلو", "أوغلو", "وزير خارجيتها مولود تشاووش أوغلو"))
HUSSEIN = KnownSpeaker("person", ("فؤاد حسين", "حسين"))
MINISTERS = KnownSpeaker("group", ("وزراء التحالف الدولي ضد داعش", "المجتمعون"))
BOTH = KnownSpeaker("group", ("بلينكن ودي مايو",))
OFFICIAL = KnownSpeaker("anonymous", ("مسؤول أميركي رفيع",))


@pytest.mark.parametrize(
    ("printed", "known", "verdict"),
    [
        ("فيصل بن فرحان آل سعود", PRINCE, "right"),
        ("الأمير فيصل", PRINCE, "right"),  # a spelling of the reading
        ("فيصل بن فرحان", PRINCE, "right"),  # a part of one
        ("الامير فيصل بن فرحان", PRINCE, "right"),  # hamza does not count
        ("وزير الخارجية السعودي", PRINCE, "wrong"),  # a bare title is no name
        ("الأمير", PRINCE, "wrong"),  # a part of a spelling without a word of the name
        ("وزير الخارجية", PRINCE, "wrong"),
        ("مولود تشاووش أوغلو", OGLU, "right"),  # a spelling with its title cut off
        ("أوغلو", OGLU, "right"),
        ("مولود جاويش أوغلو", OGLU, "wrong"),  # a spelling that the reading does not list
        ("السيد فؤاد حسين", HUSSEIN, "right"),
        ("صدام حسين", HUSSEIN, "wrong"),  # another man of the same surname
        ("فؤاد حسين ومايك بومبيو", HUSSEIN, "wrong"),  # two persons are not one
        ("مايك بومبيو", HUSSEIN, "wrong"),
        (None, HUSSEIN, "empty"),
        ("", HUSSEIN, "empty"),
        ("وزراء التحالف", MINISTERS, "right"),
        ("المجتمعون", MINISTERS, "right"),
        ("المجتمعين", MINISTERS, "right"),  # a plural in the other case
        ("البيان", MINISTERS, "wrong"),
        ("أنتوني بلينكن ولويجي دي مايو", BOTH, "right"),  # full names for surnames
        ("أنتوني بلينكن", BOTH, "wrong"),
        ("مسؤول أميركي", OFFICIAL, "right"),
        ("مسؤول عراقي", OFFICIAL, "wrong"),
        (None, None, "nobody"),
        ("فؤاد حسين", None, "wrong"),  # the text does not say who spoke
    ],
)
def test_a_name_is_right_empty_or_wrong(printed: str | None, known: KnownSpeaker, verdict: str) -> None:
    assert judge(printed, known) == verdict


def test_speakers_come_from_the_list_and_from_the_quotations() -> None:
    rows = [{"id": "a", "name_ar": "أ ب", "type": "group", "mentions": ["ج"], "titles_only": ["د"]}]
    quotes = [
        {"speaker": {"id": "a", "name_ar": "أ ب"}},
        {"speaker": {"id": "a", "name_ar": "ب أ"}},
        {"speaker": {"id": "z", "name_ar": "زيد"}},
        {"speaker": {"id": None, "name_ar": "عمرو"}},
        {"speaker": {"id": None, "name_ar": None}},
        {"speaker": None},
    ]
    assert known_speakers(rows, quotes) == {
        "a": KnownSpeaker("group", ("أ ب", "ج", "ب أ"), ("د",)),
        "z": KnownSpeaker("person", ("زيد",)),
        "عمرو": KnownSpeaker("person", ("عمرو",)),
    }
