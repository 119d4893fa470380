"""Share images of articles: 1200 × 630 pixels, drawn on the server in the look of the pages.

The only place where Arabic is shaped by us and not by a browser. With Raqm, Pillow is given the
plain text and shapes it itself; without, the text is reshaped and put into visual order first and
drawn by the basic layout. The engine is always named, because reshaped text given to Raqm, or plain
text to the basic layout, comes out as broken letters without any error.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from typing import Any, Literal

from arabic_reshaper import ArabicReshaper
from bidi.algorithm import get_display  # this one mirrors brackets, bidi.get_display does not
from django.utils import translation
from django.utils.translation import gettext as _
from fontTools.ttLib import TTFont
from PIL import Image, ImageDraw, ImageFont, features

from archive.dates_in_words import date_in_words
from archive.models import Article
from archive.typefaces import FACES

Layout = Literal["raqm", "basic"]
Measure = Callable[[str], float]

WIDTH, HEIGHT = 1200, 630
PAPER, INK, INK_SOFT = "#faf7ef", "#1d1a16", "#595247"
RUBRIC, SPINE = "#9c1c1c", "#c9746a"

# Columns from the right: the margin of names, the spine, the column of words.
MARGIN_LEFT, MARGIN_RIGHT = 924, 1152
MARGIN_ROOM = 240  # a name may reach a little beyond the rules
SPINE_AT = (884, 890)
COLUMN_LEFT, COLUMN_RIGHT = 56, 850
TOP_RULE, FOOT_RULE = 156, 532
HEAD_LINE, FOOT_LINE = 108, 588

# Sizes of the title in pixels, each with the most lines that it is set in; the last one may be cut.
TITLE_SIZES = ((68, 2), (60, 3), (54, 4), (48, 4), (44, 5))
LINE_HEIGHT = 1.5
BASELINE = 1.08  # of a title line, from its top, in its size
NAMES = 3

_DIRECTION_CONTROLS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_reshape = ArabicReshaper({"delete_harakat": True, "support_ligatures": True}).reshape


@dataclass(frozen=True, slots=True)
class Card:
    """All that a card shows, in words; ``names`` pairs who is quoted with the country or office."""

    title: str
    label: str
    bold: bool
    names: tuple[tuple[str, str], ...]
    outlet: str
    meeting: str
    date: str


def render_card(article: Article, *, layout: Layout | None = None) -> bytes:
    """The PNG of an article's card. ``layout`` is Raqm where Pillow has it, else the basic one."""
    return draw_card(describe_card(article), layout=layout)


def describe_card(article: Article) -> Card:
    """What the card of an article says, in Arabic: cards are one for both languages of the site."""
    derived = article.title_basis == Article.TitleBasis.DERIVED
    with translation.override("ar"):
        day = article.published_on
        return Card(
            title=article.title,
            label=_("Untitled in the original; its opening words:") if derived else "",
            bold=not derived,
            names=_quoted_names(article),
            outlet=article.source.name_ar if article.source else "",
            meeting=article.meeting.short_name_ar if article.meeting else "",
            date=date_in_words(day, article.date_precision) if day else "",
        )


def _quoted_names(article: Article) -> tuple[tuple[str, str], ...]:
    """The first speakers quoted word for word, or else in other words, in the order of the text."""
    quotations = (
        article.quotations.accepted()
        .exclude(speaker=None)
        .order_by("kind", "start")  # "direct" sorts before "indirect"
        .select_related("speaker", "speaker__country")
    )
    speakers = dict.fromkeys(quotation.speaker for quotation in quotations)
    return tuple(
        (speaker.margin_name, speaker.country.name_ar if speaker.country else "")
        for speaker in list(speakers)[:NAMES]
    )


def draw_card(card: Card, *, layout: Layout | None = None) -> bytes:
    """Draw what ``card`` says; any text is drawn, signs that no typeface has are left out."""
    card = Card(
        title=plain_line(card.title),
        label=plain_line(card.label),
        bold=card.bold,
        names=tuple((plain_line(name), plain_line(country)) for name, country in card.names),
        outlet=plain_line(card.outlet),
        meeting=plain_line(card.meeting),
        date=plain_line(card.date),
    )
    image = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    pen = _Pen(ImageDraw.Draw(image), layout or default_layout())
    _draw_frame(pen)
    first_line = _draw_title(pen, card)
    _draw_names(pen, card.names, first_line)
    _draw_foot(pen, card)
    file = BytesIO()
    image.save(file, "PNG", optimize=True)
    return file.getvalue()


def default_layout() -> Layout:
    return "raqm" if features.check("raqm") else "basic"


@lru_cache
def known_characters(face: str) -> frozenset[int]:
    """The code points that a typeface has a glyph for."""
    with TTFont(FACES[face], lazy=True) as font:
        return frozenset(font.getBestCmap())


def opens_rightward(text: str) -> bool:
    """Whether the first letter with a direction is written from left to right (``dir=auto``)."""
    for character in text:
        direction = unicodedata.bidirectional(character)
        if direction in {"L", "R", "AL"}:
            return direction == "L"
    return False


class _Pen:
    """Sets single lines of text with one layout engine."""

    def __init__(self, draw: ImageDraw.ImageDraw, layout: Layout) -> None:
        self.draw = draw
        self.layout = layout
        self._fonts: dict[tuple[str, int], ImageFont.FreeTypeFont] = {}

    def font(self, face: str, size: int) -> ImageFont.FreeTypeFont:
        if (face, size) not in self._fonts:
            engine = ImageFont.Layout.RAQM if self.layout == "raqm" else ImageFont.Layout.BASIC
            self._fonts[face, size] = ImageFont.truetype(FACES[face], size, layout_engine=engine)
        return self._fonts[face, size]

    def prepare(self, text: str, rightward: bool | None = None) -> tuple[str, dict[str, Any]]:
        """The text as the engine wants it, and the options to draw it with.

        ``rightward`` is the direction of the paragraph that a line is part of; by default its own.
        """
        if rightward is None:
            rightward = opens_rightward(text)
        if self.layout == "raqm":
            return text, {"direction": "ltr" if rightward else "rtl", "language": "ar"}
        return get_display(_reshape(text), base_dir="L" if rightward else "R"), {}

    def shape(self, text: str, face: str, rightward: bool | None = None) -> tuple[str, dict[str, Any]]:
        """The same without the characters that the face has no glyph for: no boxes."""
        prepared, options = self.prepare(text, rightward)
        known = known_characters(face)
        return "".join(sign for sign in prepared if ord(sign) in known), options

    def able_face(self, text: str, face: str) -> str:
        """The face for a line of ours, or Amiri for a line that it lacks something of.

        Plex Arabic has no ğ, ş and others, and no isolated forms of Persian letters.
        """
        known = known_characters(face)
        prepared, _options = self.prepare(text)
        return face if all(ord(sign) in known for sign in prepared) else "amiri-400"

    def width(self, text: str, face: str, size: int, rightward: bool | None = None) -> float:
        line, options = self.shape(text, face, rightward)
        return self.font(face, size).getlength(line, **options)

    def write(
        self,
        place: tuple[float, float],
        text: str,
        face: str,
        size: int,
        ink: str,
        *,
        anchor: str = "rs",
        rightward: bool | None = None,
    ) -> None:
        """Write a line whose baseline ends (``anchor`` "rs") or begins ("ls") at ``place``."""
        line, options = self.shape(text, face, rightward)
        if line:
            self.draw.text(place, line, ink, self.font(face, size), anchor=anchor, **options)

    def rule(self, y: int) -> None:
        self.draw.line((COLUMN_LEFT, y, MARGIN_RIGHT, y), INK, 1)


def plain_line(text: str) -> str:
    """The text as one line: runs of white space and control characters become single spaces.

    Direction controls go, so that a line's direction is that of its first letter in both layouts;
    so do code points without a character, which the bidirectional algorithm cannot place.
    """
    signs = (" " if unicodedata.category(sign) in {"Cc", "Zl", "Zp"} else sign for sign in text)
    kept = (sign for sign in signs if unicodedata.category(sign) not in {"Cn", "Cs"})
    return " ".join(_DIRECTION_CONTROLS.sub("", "".join(kept)).split())


def break_lines(text: str, width: float, measure: Measure, most: int) -> list[str]:
    """Break a text into at most ``most`` lines; what does not fit is cut and ends in an ellipsis.

    ``measure`` gives a line's width. A word wider than a line is cut inside.
    """
    lines: list[str] = []
    words = text.split()
    while words and len(lines) < most:
        taken = 1
        while taken < len(words) and measure(" ".join(words[: taken + 1])) <= width:
            taken += 1
        lines.append(" ".join(words[:taken]))
        words = words[taken:]
        if measure(lines[-1]) > width or (words and len(lines) == most):
            lines[-1] = _cut(lines[-1], width, measure)
    return lines


def _cut(line: str, width: float, measure: Measure) -> str:
    while line and measure(line + "…") > width:
        shorter, space, _word = line.rpartition(" ")
        line = shorter if space else line[:-1]
    return line.rstrip(" ،؛:.-–") + "…"


def balance_lines(text: str, width: float, measure: Measure) -> list[str]:
    """Break a text that fits into lines of about one length, as many as the full width needs."""
    count = len(break_lines(text, width, measure, len(text) + 1))
    narrow, wide = width / 2, width
    while wide - narrow > 4:
        middle = (narrow + wide) / 2
        lines = break_lines(text, middle, measure, count + 1)
        if len(lines) <= count and not any(line.endswith("…") for line in lines):
            wide = middle
        else:
            narrow = middle
    return break_lines(text, wide, measure, count)


def _draw_frame(pen: _Pen) -> None:
    pen.rule(TOP_RULE)
    pen.rule(FOOT_RULE)
    pen.rule(FOOT_RULE + 4)
    for x in SPINE_AT:
        pen.draw.line((x, 0, x, HEIGHT), SPINE, 2)
    pen.write((MARGIN_LEFT - 8, HEAD_LINE), "محضر", "amiri-700", 92, INK, anchor="ls")
    with translation.override("ar"):
        motto = _("What the press recorded of the meetings of the Global Coalition against Daesh")
    pen.write((COLUMN_RIGHT, HEAD_LINE), motto, pen.able_face(motto, "plex-400"), 24, INK_SOFT)


def _draw_title(pen: _Pen, card: Card) -> float:
    """Draw the title; the baseline of its first line."""
    face = "amiri-700" if card.bold else "amiri-400"
    top = TOP_RULE + 24
    if card.label:
        label_face = pen.able_face(card.label, "plex-400")
        pen.write((COLUMN_RIGHT, top + 24), card.label, label_face, 22, INK_SOFT)
        top += 36
    rightward = opens_rightward(card.title)
    size, lines = _fit_title(pen, card.title, face, FOOT_RULE - 24 - top)
    for number, line in enumerate(lines):
        y = top + size * (BASELINE + number * LINE_HEIGHT)
        pen.write((COLUMN_RIGHT, y), line, face, size, INK, rightward=rightward)
    return top + size * BASELINE


def _fit_title(pen: _Pen, title: str, face: str, height: float) -> tuple[int, list[str]]:
    """The largest size that the title fits in, and its lines, about equally long."""
    room = COLUMN_RIGHT - COLUMN_LEFT
    for size, limit in TITLE_SIZES:
        most = min(limit, int(height / (size * LINE_HEIGHT)))

        def measure(line: str, size: int = size) -> float:
            return pen.width(line, face, size)

        if len(break_lines(title, room, measure, most + 1)) <= most:
            return size, balance_lines(title, room, measure)
    return size, break_lines(title, room, measure, most)


def _draw_names(pen: _Pen, names: tuple[tuple[str, str], ...], y: float) -> None:
    for name, country in names:
        for text, face, size, ink, step in (
            (name, "plex-600", 30, RUBRIC, 34),
            (country, "plex-400", 21, INK_SOFT, 54),
        ):
            face = pen.able_face(text, face)
            fitting = break_lines(text, MARGIN_ROOM, lambda part, f=face, s=size: pen.width(part, f, s), 1)
            pen.write((MARGIN_LEFT, y), "".join(fitting), face, size, ink, anchor="ls")
            y += step


def _draw_foot(pen: _Pen, card: Card) -> None:
    x: float = COLUMN_RIGHT
    for text, face, ink in ((card.outlet, "plex-600", INK), (card.meeting, "plex-400", INK_SOFT)):
        if not text:
            continue
        face = pen.able_face(text, face)
        room = x - COLUMN_LEFT
        line = "".join(break_lines(text, room, lambda part, f=face: pen.width(part, f, 26), 1))
        pen.write((x, FOOT_LINE), line, face, 26, ink)
        x -= pen.width(line, face, 26) + 36
    face = pen.able_face(card.date, "plex-500")
    # «30 تشرين الثاني/نوفمبر 2021» is too long for the size that most dates have.
    size = next((size for size in (24, 22) if pen.width(card.date, face, size) <= MARGIN_ROOM), 19)
    pen.write((MARGIN_LEFT, FOOT_LINE), card.date, face, size, INK_SOFT, anchor="ls")
