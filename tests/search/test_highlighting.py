import re
from html import unescape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.analysis import terms
from search.compiling import compile_tree
from search.highlighting import PASSAGE_WORDS, best_passage, highlight
from search.query_language import parse


def clauses(query: str):
    return compile_tree(parse(query).root, aliases={}, stop_words=())


def marked(html: str) -> list[str]:
    return re.findall("<mark>(.*?)</mark>", html)


def without_tags(html: str) -> str:
    return unescape(re.sub("</?mark>", "", html))


@pytest.mark.parametrize(
    ("query", "text", "expected"),
    [
        ("تحالف", "اجتماع التحالف الدولي", ["التحالف"]),  # the whole written word
        ("التحالف", "للتّحـالف.", ["للتّحـالف"]),  # with its signs and tatweel
        ("سوريا", "سورية والسوريين", ["سورية", "والسوريين"]),
        ("شكري", "وشكر شكري", ["شكري"]),
        ("«هذا الوضع»", "هذا. الوضع الوضع هذا", ["هذا", "الوضع"]),  # in this order only
        ("436", "٤٣٦ مليون", ["٤٣٦"]),
        ("يونيو", "في28يونيو", ["يونيو"]),
    ],
)
def test_what_matches_is_marked(query: str, text: str, expected: list[str]) -> None:
    assert marked(highlight(text, clauses(query))) == expected


def test_text_is_escaped() -> None:
    assert highlight("<b>روما & «x»</b>", clauses("روما")) == "&lt;b&gt;<mark>روما</mark> &amp; «x»&lt;/b&gt;"


def test_passage_with_most_of_the_query_is_chosen() -> None:
    filler = "كلمة " * 100
    text = f"روما {filler}\n{filler} بلينكن في روما {filler}\nبلينكن"
    assert marked(best_passage(text, clauses("بلينكن روما"))) == ["بلينكن", "روما"]


def test_passage_begins_with_a_sentence() -> None:
    text = "أولا كذا وكذا. ثانيا جاء بلينكن إلى المدينة."
    assert best_passage(text * 9, clauses("بلينكن")).startswith(("أولا", "ثانيا"))


def test_passage_without_a_match_is_the_opening() -> None:
    assert best_passage("أول الكلام\nثانيه", clauses("")) == "أول الكلام"
    assert best_passage("", clauses("روما")) == ""


TEXTS = st.text(st.sampled_from("روما هذا<&>\"'ـًّ ٤«»\n.\u200f"), max_size=120)


@given(TEXTS, st.sampled_from(["روما", "«هذا روما»", "ر", "4", "هذا روما"]))
@settings(max_examples=200)
def test_text_without_tags_is_the_original(text: str, query: str) -> None:
    assert without_tags(highlight(text, clauses(query))) == text
    assert without_tags(best_passage(text, clauses(query))) in text


@given(TEXTS)
@settings(max_examples=200)
def test_marks_are_whole_words(text: str) -> None:
    words = {text[term.start : term.end] for term in terms(text)}
    assert {unescape(mark) for mark in marked(highlight(text, clauses("روما هذا")))} <= words


@given(st.lists(st.sampled_from(["روما", "كلمة", "هذا.", "\n"]), max_size=200))
@settings(max_examples=100)
def test_passage_is_bounded(words: list[str]) -> None:
    passage = without_tags(best_passage(" ".join(words), clauses("روما هذا")))
    assert len(list(terms(passage))) <= PASSAGE_WORDS
    assert "\n" not in passage
