"""Share images: letters joined with either layout engine, whatever the title is."""

from datetime import date
from io import BytesIO

import pytest
from arabic_reshaper import reshape
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageDraw, features

from archive.models import Article, Country, Meeting, Quotation, Source, Speaker
from archive.share_cards import (
    PAPER,
    RUBRIC,
    SPINE,
    Card,
    _Pen,
    balance_lines,
    break_lines,
    default_layout,
    describe_card,
    draw_card,
    opens_rightward,
    plain_line,
    render_card,
)

LAYOUTS = ["basic", *(["raqm"] if features.check("raqm") else [])]
needs_raqm = pytest.mark.skipif(not features.check("raqm"), reason="this Pillow has no Raqm")
TITLE = "وزراء خارجية التحالف الدولي: سنواصل محاربة تنظيم داعش"


def card(**parts):
    empty = {"title": TITLE, "label": "", "bold": True, "names": (), "outlet": "", "meeting": "", "date": ""}
    return Card(**{**empty, **parts})


def opened(image):
    return Image.open(BytesIO(image)).convert("RGB")


def ink(image, box):
    """How much is written in a part of an image: the sum of its distances from the paper, 0 to 1 a pixel."""
    part = image.crop(box).convert("L")
    paper = Image.new("L", part.size, Image.new("RGB", (1, 1), PAPER).convert("L").getpixel((0, 0)))
    histogram = ImageChops.difference(part, paper).histogram()
    return sum(value * count for value, count in enumerate(histogram)) / 255


def colours(image):
    return {colour for _count, colour in image.getcolors(maxcolors=1 << 20)}


def line_image(text, layout, face="amiri-400", prepared=False):
    """A line of text alone; ``prepared`` gives the engine the text as it is."""
    image = Image.new("L", (900, 120), 0)
    pen = _Pen(ImageDraw.Draw(image), layout)
    if prepared:
        pen.draw.text((880, 80), text, 255, pen.font(face, 60), anchor="rs")
    else:
        pen.write((880, 80), text, face, 60, "#ffffff")
    return image


def blank_pen(layout):
    return _Pen(ImageDraw.Draw(Image.new("L", (10, 10))), layout)


def covered(image):
    return sum(image.histogram()[128:])


COLUMN = (56, 170, 850, 520)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_card_is_a_png_of_the_size_that_is_shared(layout):
    image = opened(draw_card(card(), layout=layout))
    assert image.size == (1200, 630)
    assert {tuple(bytes.fromhex(colour[1:])) for colour in (PAPER, SPINE)} <= colours(image)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_names_of_the_margin_are_red_and_nothing_else_is(layout):
    red = tuple(bytes.fromhex(RUBRIC[1:]))
    assert red in colours(opened(draw_card(card(names=(("بلينكن", "الولايات المتحدة"),)), layout=layout)))
    assert red not in colours(opened(draw_card(card(outlet="إيلاف", date="2021"), layout=layout)))


@needs_raqm
@pytest.mark.parametrize("face", ["amiri-400", "amiri-700", "plex-400", "plex-600"])
def test_both_layouts_join_the_letters(face):
    """Joined, the letters take about the same room and ink; isolated ones take far more room."""
    joined = {
        layout: line_image("التحالف الدولي يستعيد المدينة", layout, face) for layout in ("raqm", "basic")
    }
    apart = line_image("ةنيدملا ديعتسي يلودلا فلاحتلا", "basic", face, prepared=True)
    width = {
        name: image.getbbox()[2] - image.getbbox()[0] for name, image in {**joined, "apart": apart}.items()
    }
    assert width["basic"] == pytest.approx(width["raqm"], rel=0.12)
    assert covered(joined["basic"]) == pytest.approx(covered(joined["raqm"]), rel=0.15)
    assert width["apart"] > 1.15 * width["basic"]


@needs_raqm
def test_the_whole_title_weighs_alike_in_both_layouts():
    weights = [ink(opened(draw_card(card(), layout=layout)), COLUMN) for layout in ("raqm", "basic")]
    assert weights[0] == pytest.approx(weights[1], rel=0.1)


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("wanted", ["amiri-400", "amiri-700", "plex-400", "plex-600"])
def test_every_letter_of_arabic_has_a_shape_in_the_face(layout, wanted):
    """No box for a missing glyph and no letter lost: whatever the engine is given, the face has it."""
    pen = blank_pen(layout)
    for letter in "ابتثجحخدذرزسشصضطظعغفقكلمنهويىةءأإآؤئپچژگڤکی":
        for word in (letter, letter * 3, f"لا{letter}لأ", f"لإ{letter}لآ"):
            face = pen.able_face(word, wanted)
            assert pen.shape(word, face)[0] == pen.prepare(word)[0]


@pytest.mark.parametrize("text", ["Yeni Şafak", "Çavuşoğlu", "Sęk"])
def test_a_line_that_plex_cannot_write_is_in_amiri(text):
    assert blank_pen("basic").able_face(text, "plex-400") == "amiri-400"
    assert blank_pen("basic").able_face("إيلاف 2021", "plex-400") == "plex-400"


@needs_raqm
def test_reshaped_text_never_goes_through_raqm():
    pen = blank_pen("raqm")
    shaped, options = pen.shape(TITLE, "amiri-700")
    assert shaped == TITLE
    assert options == {"direction": "rtl", "language": "ar"}
    assert not set(reshape(TITLE)) <= set(shaped)


def test_plain_text_never_goes_through_the_basic_layout():
    shaped, options = blank_pen("basic").shape("محضر", "amiri-700")
    assert all("\ufe70" <= letter <= "\ufefc" for letter in shaped)
    assert options == {}


@pytest.mark.parametrize(
    ("text", "visual"),
    [
        ("(نعم)", "(ﻢﻌﻧ)"),  # brackets turn with the direction
        ("«نعم»", "«ﻢﻌﻧ»"),
        ("نعم 2021", "2021 ﻢﻌﻧ"),
        ("نعم Il Messaggero", "Il Messaggero ﻢﻌﻧ"),
    ],
)
def test_the_basic_layout_gets_the_visual_order(text, visual):
    shaped, _options = blank_pen("basic").shape(text, "amiri-400")
    assert shaped == visual


@pytest.mark.parametrize(
    ("text", "rightward"),
    [
        ("قال Il Messaggero", False),
        ("Il Messaggero قال", True),
        ("2021: قال", False),
        ("", False),
        ("…", False),
    ],
)
def test_a_line_runs_as_its_first_letter_does(text, rightward):
    assert opens_rightward(text) is rightward


@needs_raqm
def test_the_engine_is_raqm_where_pillow_has_it():
    assert default_layout() == "raqm"


def test_without_raqm_the_engine_is_the_basic_one(monkeypatch):
    monkeypatch.setattr("archive.share_cards.features.check", lambda name: False)
    assert default_layout() == "basic"
    assert opened(draw_card(card())).size == (1200, 630)


def test_a_long_title_is_broken_and_cut_and_never_leaves_the_column():
    for layout in LAYOUTS:
        image = opened(draw_card(card(title="استمرار الاجتماع " * 60, label="بلا عنوان:"), layout=layout))
        plain = opened(draw_card(card(title="ا"), layout=layout))
        for outside in ((0, 0, 50, 630), (56, 540, 850, 630), (920, 160, 1200, 520)):
            assert ImageChops.difference(image.crop(outside), plain.crop(outside)).getbbox() is None


@pytest.mark.parametrize(
    ("text", "most", "lines"),
    [
        ("واحد اثنان", 3, ["واحد اثنان"]),
        ("واحد اثنان ثلاثة أربعة", 2, ["واحد اثنان", "ثلاثة أربعة"]),
        ("واحد اثنان ثلاثة أربعة خمسة", 2, ["واحد اثنان", "ثلاثة…"]),
        ("واحد، اثنان، ثلاثة", 1, ["واحد…"]),
        ("كلمةطويلةجداًلاتنتهي", 2, ["كلمةطويلةج…"]),
        ("", 2, []),
    ],
)
def test_lines_break_between_words_and_end_in_an_ellipsis(text, most, lines):
    assert break_lines(text, 11, len, most) == lines


@given(st.lists(st.text("ابت", min_size=1, max_size=9), min_size=1, max_size=30), st.integers(1, 6))
def test_lines_never_exceed_the_width_nor_the_count(words, most):
    lines = break_lines(" ".join(words), 12, len, most)
    assert len(lines) <= most
    assert all(len(line) <= 12 for line in lines)


@given(st.lists(st.text("ابت", min_size=1, max_size=9), min_size=1, max_size=30))
def test_balanced_lines_lose_no_word_and_need_no_more_lines(words):
    text = " ".join(words)
    lines = balance_lines(text, 12, len)
    assert " ".join(lines) == text
    assert len(lines) == len(break_lines(text, 12, len, 99))


def test_a_line_has_no_line_breaks_and_no_direction_controls():
    assert plain_line(" أ\n\tب\u200fج\u202eد\x00ه\u2029و ") == "أ بجد ه و"


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=60), st.sampled_from(LAYOUTS))
def test_any_title_is_drawn(title, layout):
    image = draw_card(
        card(title=title, names=((title, title),), outlet=title, meeting=title, date=title), layout=layout
    )
    assert opened(image).size == (1200, 630)


@pytest.fixture
def article(db):
    italy = Country.objects.create(code="IT", name_ar="إيطاليا", name_en="Italy")
    meeting = Meeting.objects.create(
        key="rome-2021",
        kind="ministerial",
        name_ar="اجتماع روما",
        short_name_ar="روما 2021",
        starts_on=date(2021, 6, 28),
        ends_on=date(2021, 6, 28),
    )
    article = Article.objects.create(
        text="قال دي مايو: «نعم». وأكد الوزراء أن لا.",
        text_sha256="0" * 64,
        title="عنوان",
        headline="عنوان",
        title_basis="explicit",
        source=Source.objects.create(key="elaph", name_ar="إيلاف"),
        published_on=date(2021, 6, 28),
        date_basis="explicit",
        meeting=meeting,
    )
    for number, (name, kind, review) in enumerate(
        [
            ("الوزراء", "indirect", "pending"),
            ("دي مايو", "direct", "pending"),
            ("مرفوض", "direct", "rejected"),
        ]
    ):
        Quotation.objects.create(
            article=article,
            kind=kind,
            start=number,
            end=number + 3,
            review=review,
            speaker=Speaker.objects.create(
                key=f"s{number}",
                name_ar="اسم طويل",
                short_name=name,
                country=italy if kind == "direct" else None,
            ),
        )
    return article


def test_a_card_says_what_the_article_is(article):
    described = describe_card(article)
    assert (described.title, described.bold, described.label) == ("عنوان", True, "")
    assert (described.outlet, described.meeting) == ("إيلاف", "روما 2021")
    assert described.date == "28 حزيران/يونيو 2021"


def test_those_quoted_word_for_word_come_first_and_the_rejected_never(article):
    assert describe_card(article).names == (("دي مايو", "إيطاليا"), ("الوزراء", ""))


def test_an_incipit_is_set_in_regular_and_said_to_be_one(article):
    article.title_basis = "derived"
    described = describe_card(article)
    assert not described.bold
    assert described.label


def test_an_article_of_which_little_is_known_has_a_card(db):
    article = Article.objects.create(text="نص", text_sha256="0" * 64, title="نص")
    assert describe_card(article).names == ()
    assert opened(render_card(article)).size == (1200, 630)
