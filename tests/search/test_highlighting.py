import re
from html import unescape
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.analysis import terms
from search.compiling import Lookup, compile_tree, word_runs
from search.engine.plans import Clause
from search.highlighting import PASSAGE_WORDS, best_passage, find_marks, highlight
from search.names import Alternative, Name
from search.query_language import parse


def clauses(query: str, *, exact: bool = False, names: tuple[Name, ...] = ()) -> list[Clause]:
    """The clauses of a query; ``names`` are those in its first run of words."""
    root = parse(query).root
    runs = list(word_runs(root))
    return compile_tree(root, Lookup({runs[0]: names} if runs else {}), exact=exact)


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
        ("متن*", "متون متنا للمتن أمتن", ["متنا", "للمتن"]),  # also behind a joined particle
        ("+روما", "روما", ["روما"]),
        ("روما -التحالف", "روما التحالف", ["روما"]),  # what must not be there is not looked for
        ("title:روما", "روما", ["روما"]),
        ("«روما» أو متن*", "متن روما", ["متن", "روما"]),
        ("speaker:روما", "روما", ["روما"]),  # nobody is called so: a word
        ("minister:روما", "روما", ["روما"]),
        ("«عنوان متن»", "عنوان\n\nمتن", []),  # a blank line parts them
        ("م*ر", "مَمرّ مدار ومدار المدار مر", ["مَمرّ", "مدار", "مر"]),  # whole words
        ("بلين?ن", "بلينكن بلينكين بلينن «بلينـڪن»", ["بلينكن", "بلينـڪن"]),
        ("*ستان", "باكستان وأفغانستان باكستانية", ["باكستان", "وأفغانستان"]),
        ("روما -م*ر", "روما مدار", ["روما"]),
    ],
)
def test_what_matches_is_marked(query: str, text: str, expected: list[str]) -> None:
    assert marked(highlight(text, clauses(query))) == expected


@pytest.mark.parametrize(
    ("query", "expected"), [("القارة", ["القـارَّة"]), ("«في القاره»", ["في", "القاره"]), ("قارة", [])]
)
def test_exact_marks_only_words_as_they_are_spelled(query: str, expected: list[str]) -> None:
    assert marked(highlight("القـارَّة والقارة في القاره", clauses(query, exact=True))) == expected


@pytest.mark.parametrize(
    ("query", "text", "expected"),
    [
        ("«هذا الوضع»~2", "هذا هو الوضع", [0, 2]),  # not the word between
        ("«هذا الوضع»~2", "هذا كما قال هو الوضع", []),  # three words between
        ("«هذا الوضع»~2", "الوضع هذا", []),  # in this order only
        ("«هذا الوضع»~2", "الوضع كما قال هو هذا الوضع", [4, 5]),  # not elsewhere
        ("«هذا الوضع»~2", "هذا هذا هو الوضع الوضع", [0, 1, 3, 4]),  # each that has another near
        ("«هذا الوضع»~2", "هذا\n\nالوضع", []),
        ("«هذا الوضع»~20", "هذا\n\nالوضع", []),
        ("«في روما اليوم»~2", "في قال روما كان اليوم", [0, 2, 4]),
        ("«في روما اليوم»~2", "في قال روما كان أمس اليوم", []),  # between them all
        ("«في روما اليوم»~2", "في روما في روما اليوم", [0, 1, 2, 3, 4]),
        ("«في روما اليوم»~1", "في روما في روما اليوم", [2, 3, 4]),
        ("«هذا هذا»~1", "هذا قال هذا قال كان هذا", [0, 2]),  # a word is not its own neighbour
        ("«هذا هذا»~1", "قال هذا", []),
    ],
)
def test_words_of_a_loose_phrase_are_marked_where_they_stand_together(
    query: str, text: str, expected: list[int]
) -> None:
    words = list(terms(text))
    starts = [words[place].start for place in expected]
    assert [mark.start for mark in find_marks(words, clauses(query))] == starts


_LETTERS = "ابج"


@given(
    st.lists(st.sampled_from(_LETTERS), max_size=14),
    st.lists(st.sampled_from(_LETTERS), min_size=2, max_size=4),
    st.integers(1, 4),
)
@settings(max_examples=300)
def test_loose_marks_are_every_way_to_choose_the_words(text: list[str], phrase: list[str], slop: int) -> None:
    expected = {
        place
        for chosen in combinations(range(len(text)), len(phrase))
        if [text[place] for place in chosen] == phrase and chosen[-1] - chosen[0] < len(phrase) + slop
        for place in chosen
    }
    words = list(terms(" ".join(text)))
    found = find_marks(words, clauses(f"«{' '.join(phrase)}»~{slop}"))
    assert {mark.start for mark in found} == {words[place].start for place in expected}


def test_exact_loose_phrase_and_pattern_mark_words_as_they_are_spelled() -> None:
    text = "القارة هنا أوروبا. القاره هنا أوروبا"
    assert marked(highlight(text, clauses("«القارة أوروبا»~1", exact=True))) == ["القارة", "أوروبا"]
    assert marked(highlight(text, clauses("الق?رة", exact=True))) == ["القارة"]


def test_pattern_of_many_stars_is_soon_known_not_to_fit() -> None:
    """Tried in every way, the stars of this one would never come to an end."""
    assert marked(highlight("ه" * 200, clauses("ه*" * 30 + "ب"))) == []


def test_other_spelling_of_a_name_is_marked() -> None:
    names = (Name(0, 1, (), (Alternative(("بلينكين",)), Alternative(("وزير", "امريكا")))),)
    text = "قال بلينكين وزير أمريكا، والوزير"
    assert marked(highlight(text, clauses("بلينكن", names=names))) == ["بلينكين", "وزير", "أمريكا"]


def test_mark_knows_the_clauses_that_it_answers() -> None:
    found = find_marks(list(terms("روما اليوم")), clauses("روما «روما اليوم» متن"))
    assert [sorted(mark.clauses) for mark in found] == [[0, 2], [2]]


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
