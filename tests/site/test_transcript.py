"""The transcript: words marked in place, no character lost, no word split."""

from hypothesis import given, settings
from hypothesis import strategies as st

from archive.arabic.words import segment
from archive.transcript import (
    Close,
    Mark,
    Open,
    excerpt,
    mark_up,
    measure,
    plain_text,
    shorten,
    transcript,
)

LETTERS = st.sampled_from("ابتمنهويلةأى ً ـ،.«»\"“”'28aB\n&<")
TEXTS = st.text(LETTERS, max_size=80)


@st.composite
def marked_texts(draw):
    """A text, some paragraphs of it, and marks anywhere: nested, crossing, outside, empty."""
    text = draw(TEXTS)
    edges = st.integers(0, len(text) + 3)
    cuts = sorted(draw(st.lists(st.integers(0, len(text)), max_size=6)))
    body = [{"start": a, "end": b} for a, b in zip(cuts[::2], cuts[1::2], strict=False) if a < b]
    spans = draw(st.lists(st.tuples(edges, edges), max_size=6))
    marks = [Mark(min(pair), max(pair), "direct", number) for number, pair in enumerate(spans)]
    return text, body, marks


def written(tokens, name):
    """What a token list says, with marks as brackets."""
    parts = []
    for token in tokens:
        if isinstance(token, str):
            parts.append(token)
        else:
            parts.append(f"[{name(token.mark)} " if isinstance(token, Open) else "]")
    return "".join(parts)


@given(marked_texts())
@settings(max_examples=200)
def test_without_its_marks_the_transcript_is_the_body(case):
    text, body, marks = case
    turns = transcript(text, body, [], marks)
    assert [plain_text(turn.tokens) for turn in turns] == [text[s["start"] : s["end"]] for s in body]


@given(marked_texts())
@settings(max_examples=200)
def test_marks_nest_and_every_one_is_opened_first_once(case):
    text, body, marks = case
    first = []
    for turn in transcript(text, body, [], marks):
        stack = []
        for token in turn.tokens:
            if isinstance(token, Open):
                stack.append(token.mark)
                first += [token.mark.ref] if token.first else []
            elif isinstance(token, Close):
                assert stack.pop() == token.mark
        assert stack == []
    assert len(first) == len(set(first))
    touching = {
        mark.ref
        for mark in marks
        for s in body
        if mark.start < mark.end
        if mark.start < s["end"] and s["start"] < mark.end
    }
    assert set(first) == touching


@given(marked_texts())
@settings(max_examples=200)
def test_no_mark_splits_a_word(case):
    text, _body, marks = case
    position, inside = 0, set()
    for word in segment(text):
        inside.update(range(word.start + 1, word.end))
    for token in mark_up(text, 0, len(text), marks):
        if isinstance(token, str):
            position += len(token)
        else:
            assert position not in inside


def test_words_verbatim_stand_inside_reported_ones():
    text = "قال إن هناك زيادة «مقلقة» في النشاط"
    marks = [Mark(4, 35, "indirect", "outer"), Mark(19, 24, "direct", "inner")]
    said = written(mark_up(text, 0, len(text), marks), lambda mark: mark.ref)
    assert said == "قال [outer إن هناك زيادة «[inner مقلقة]» في النشاط]"


def test_crossing_marks_are_cut_into_pieces_that_nest():
    marks = [Mark(0, 7, "direct", "a"), Mark(4, 11, "direct", "b")]
    tokens = mark_up("one two four", 0, 12, marks)
    assert written(tokens, lambda mark: mark.ref) == "[a one [b two]][b  four]"
    assert [token.first for token in tokens if isinstance(token, Open)] == [True, True, False]


def test_a_mark_within_a_word_is_widened_to_the_word():
    tokens = mark_up("أكد بأنه باق", 0, 12, [Mark(5, 12, "indirect", 1)])
    assert written(tokens, lambda mark: mark.ref) == "أكد [1 بأنه باق]"


def test_a_quotation_over_two_paragraphs_is_numbered_once():
    text = "قال كذا\nوكذا أيضاً"
    body = [{"start": 0, "end": 7}, {"start": 8, "end": 18}]
    first, second = transcript(text, body, [], [Mark(4, 18, "direct", 1)])
    assert [token.first for token in first.tokens if isinstance(token, Open)] == [True]
    assert [token.first for token in second.tokens if isinstance(token, Open)] == [False]
    assert first.refs == second.refs == (1,)


def test_a_subheading_is_a_turn_of_its_own():
    text = "فقرة\nعنوان\nأخرى"
    turns = transcript(
        text, [{"start": 0, "end": 4}, {"start": 11, "end": 15}], [{"start": 5, "end": 10}], []
    )
    assert [(plain_text(turn.tokens), turn.heading) for turn in turns] == [
        ("فقرة", False),
        ("عنوان", True),
        ("أخرى", False),
    ]


@given(TEXTS, st.integers(1, 20))
def test_an_excerpt_has_so_many_whole_words_at_most(text, limit):
    body = [{"start": 0, "end": len(text)}]
    spans, more = excerpt(text, body, limit)
    shown = "".join(text[s["start"] : s["end"]] for s in spans)
    words = [word.text for word in segment(text)]
    assert [word.text for word in segment(shown)] == words[:limit]
    assert more == (len(words) > limit)


@given(TEXTS, st.integers(2, 60))
def test_a_shortened_text_keeps_whole_words(text, limit):
    short = shorten(text, limit)
    assert len(short) <= max(limit, 1)
    if short != text:
        assert text.startswith(short.removesuffix("…"))


def test_a_place_in_the_body_does_not_count_what_is_between_the_paragraphs():
    body = [{"start": 10, "end": 20}, {"start": 50, "end": 60}]
    assert measure(body, [(10, 20), (55, 60), (0, 5), (15, 55), (70, 80)]) == [
        (0, 0.5),
        (0.75, 0.25),
        (0, 0),
        (0.25, 0.5),
        (1, 0),
    ]
    assert measure([], [(0, 5)]) == [(0, 0)]


@given(marked_texts())
@settings(max_examples=200)
def test_a_place_in_the_body_is_the_share_of_its_characters(case):
    _text, body, marks = case
    inside = [offset for s in body for offset in range(s["start"], s["end"])]
    total = len(inside) or 1
    for mark, (begin, length) in zip(
        marks, measure(body, [(mark.start, mark.end) for mark in marks]), strict=True
    ):
        assert begin == sum(offset < mark.start for offset in inside) / total
        assert length == sum(mark.start <= offset < mark.end for offset in inside) / total


class CountedMark(Mark):
    """A mark that counts how often its end is looked at."""

    looks = 0

    def __getattribute__(self, name):
        if name == "end":
            CountedMark.looks += 1
        return super().__getattribute__(name)


def test_a_long_article_is_read_once_and_not_once_a_paragraph(monkeypatch):
    monkeypatch.setattr(CountedMark, "looks", 0)
    paragraph, count = "قال الوزير إن الحرب مستمرة", 3000
    step = len(paragraph) + 1
    text = "\n".join([paragraph] * count)
    body = [{"start": at, "end": at + len(paragraph)} for at in range(0, len(text), step)]
    marks = [
        CountedMark(number * step + 11, number * step + 26, "indirect", number) for number in range(count)
    ]
    turns = transcript(text, body, [], marks)
    assert [turn.refs for turn in turns] == [(number,) for number in range(count)]
    assert CountedMark.looks < 10 * count


def test_a_subheading_within_a_paragraph_or_another_is_left_there():
    text = "فقرة\nعنوان\nأخرى"
    body = [{"start": 0, "end": 4}]
    sections = [{"start": 1, "end": 3}, {"start": 5, "end": 10}, {"start": 7, "end": 15}]
    turns = transcript(text, body, sections, [])
    assert [plain_text(turn.tokens) for turn in turns] == ["فقرة", "عنوان"]
