"""Bytes to text: every encoding that is read, every kind of bytes that is refused."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.importing.problems import DecodingError
from archive.importing.readers import digest, read_plain_text

ARABIC = (
    "قال وزير الخارجية الأميركي أنتوني بلينكن، اليوم الاثنين، إن التحالف الدولي «سيواصل» عمله.\r\n"
    "وأضاف أن 436 مليون دولار ستقدم للسوريين في المناطق المحررة؛ وهل يكفي ذلك؟\n"
)


@pytest.mark.parametrize(
    ("content", "encoding", "marked"),
    [
        (ARABIC.encode(), "utf-8", False),
        (codecs.BOM_UTF8 + ARABIC.encode(), "utf-8", True),
        (codecs.BOM_UTF16_LE + ARABIC.encode("utf-16-le"), "utf-16-le", True),
        (codecs.BOM_UTF16_BE + ARABIC.encode("utf-16-be"), "utf-16-be", True),
        (ARABIC.encode("utf-16-le"), "utf-16-le", False),
        (ARABIC.encode("utf-16-be"), "utf-16-be", False),
        (ARABIC.encode("cp1256"), "windows-1256", False),
    ],
)
def test_every_encoding_gives_the_same_text(content, encoding, marked):
    decoded = read_plain_text(content)
    assert (decoded.text, decoded.encoding, decoded.marked) == (ARABIC, encoding, marked)


def test_a_file_that_happens_to_be_latin_is_utf8():
    assert read_plain_text(b"Plain words.\n").encoding == "utf-8"


def test_a_word_in_utf16_without_a_mark_has_no_zero_byte_and_is_still_seen():
    assert read_plain_text("بلينكن".encode("utf-16-le")).text == "بلينكن"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"%PDF-1.4\n" + bytes(range(256)) * 8, "binary"),
        (b"\x89PNG\r\n\x1a\n" + bytes(200), "binary"),
        ("قال بلينكن إن التحالف مستمر".encode() * 3 + b"\0", "nul_bytes"),
        (codecs.BOM_UTF8 + "قال\0بلينكن إن التحالف مستمر في عمله".encode(), "nul_bytes"),
        (codecs.BOM_UTF16_LE + "قال\0بلينكن".encode("utf-16-le"), "nul_bytes"),
        (codecs.BOM_UTF32_LE + ARABIC.encode("utf-32-le"), "nul_bytes"),
        (codecs.BOM_UTF16_LE + ARABIC.encode("utf-16-le")[:-1], "bad_utf16"),
        (codecs.BOM_UTF16_LE + b"\x00\xd8a\x00", "bad_utf16"),
        (ARABIC.encode() + b"\xff", "unknown_encoding"),
        (ARABIC.encode()[:-5] + b"\xd9", "unknown_encoding"),
        (codecs.BOM_UTF8 + ARABIC.encode("cp1256"), "unknown_encoding"),
        (ARABIC.replace("«", "").replace("»", "").encode("iso-8859-6"), "unknown_encoding"),
        ("Встреча министров иностранных дел коалиции прошла в Риме.".encode("cp1251"), "unknown_encoding"),
        ("Le ministre a été reçu à Rome après la conférence.".encode("latin-1"), "unknown_encoding"),
        (bytes(range(0x80, 0x100)) * 4, "unknown_encoding"),
    ],
)
def test_what_is_not_text_is_refused_with_its_reason(content, code):
    with pytest.raises(DecodingError) as caught:
        read_plain_text(content)
    assert caught.value.code == code


def test_the_position_of_the_first_bad_byte_is_told_counting_from_one():
    with pytest.raises(DecodingError) as caught:
        read_plain_text(b"abc\xffdef")
    assert caught.value.details == {"position": 4}


@given(st.binary(max_size=400))
def test_any_bytes_are_text_or_refused(content):
    try:
        decoded = read_plain_text(content)
    except DecodingError:
        return
    assert "\0" not in decoded.text
    assert decoded.text.encode(decoded.encoding) in content


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1))
def test_utf8_is_never_taken_for_anything_else(text):
    content = text.encode()
    if not content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        assert read_plain_text(content).text == text.removeprefix("\ufeff")


def test_digest_is_the_sha256_of_the_bytes():
    assert digest(b"") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
