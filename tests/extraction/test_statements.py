"""Which quotations report the same words: measured on labelled pairs, and the rules of grouping."""

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.extraction.entities import EntityNames
from archive.extraction.statements import Candidate, StatementMatcher, parts

PAIRS = Path(__file__).with_name("statement_pairs.txt")
NO_NAMES = StatementMatcher(EntityNames())
WHOLE = "هذا الوضع ببساطة لا يمكن الدفاع عنه، ولا يمكن أن يستمر إلى أجلٍ غير مسمى"
FIRST = "هذا الوضع ببساطة لا يمكن الدفاع عنه"
SECOND = "لا يمكن أن تستمر إلى أجل غير مسمى"
OTHER = "سنعيد بناء المدارس والمستشفيات في الموصل قبل نهاية العام"

prose = st.lists(
    st.sampled_from([*WHOLE.split(), *OTHER.split(), "436", "مليون", "لن", "«نعم»", "زيادة", "خفض"]),
    max_size=30,
).map(" ".join)


def labelled():
    """The pairs as (mark, why, the speaker's country, one, other); «?» marks what is not judged."""
    for block in PAIRS.read_text(encoding="utf-8").strip().split("\n\n"):
        head, one, other = block.split("\n")
        mark, _space, why = head.partition(" ")
        yield pytest.param(mark[0], mark[1:], one, other, id=why)


@pytest.fixture(scope="session")
def matcher(knowledge):
    """One that knows the names of the reference data, as the site's does."""
    countries = ((row.code, (*row.names, *row.demonyms, *row.capitals)) for row in knowledge.countries)
    bodies = ((entry.text, (entry.text,)) for entry in knowledge.lexicon["organisation"])
    people = (
        (row.key, [variant.text for variant in row.variants if variant.alone])
        for row in knowledge.people
        if row.kind == "person"
    )
    return StatementMatcher(EntityNames([*countries, *bodies, *people]))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("mark", "own", "one", "other"), [case for case in labelled() if case.values[0] == "-"]
)
def test_pairs_that_are_not_the_same_stay_apart(matcher, mark, own, one, other):
    assert not matcher.compare(one, other, frozenset({own})).same


@pytest.mark.django_db
def test_most_pairs_that_are_the_same_are_found(matcher):
    cases = [case.values for case in labelled() if case.values[0] == "+"]
    found = [matcher.compare(one, other, frozenset({own})).same for _mark, own, one, other in cases]
    assert len(cases) >= 33
    # Measured: 32 of 33.
    assert sum(found) / len(found) >= 0.95


@settings(max_examples=60)
@given(prose, prose)
def test_it_does_not_matter_which_of_two_comes_first(one, other):
    assert NO_NAMES.compare(one, other) == NO_NAMES.compare(other, one)


@settings(max_examples=60)
@given(st.text(max_size=80), prose)
def test_any_text_can_be_compared(one, other):
    for pair in ((one, other), (one + other, other), (one, one)):
        likeness = NO_NAMES.compare(*pair)
        assert 0 <= likeness.dice <= 1.0001
        assert not (likeness.same and likeness.conflict)


@settings(max_examples=40)
@given(st.lists(st.tuples(st.integers(1, 4), prose), max_size=8), st.randoms())
def test_groups_do_not_depend_on_the_order_of_the_candidates(drawn, chance):
    candidates = [Candidate(key, article, text) for key, (article, text) in enumerate(drawn)]
    groups = NO_NAMES.group(candidates)
    chance.shuffle(candidates)
    assert NO_NAMES.group(candidates) == groups
    keys = [row.key for members in groups for row in members]
    assert len(keys) == len(set(keys))
    assert all(len({row.article for row in members}) > 1 for members in groups)


def grouped(*candidates):
    return [[row.key for row in members] for members in NO_NAMES.group(candidates)]


def test_the_fullest_stands_first_in_its_group():
    assert grouped(Candidate(1, 1, FIRST), Candidate(2, 2, WHOLE)) == [[2, 1]]


def test_one_article_alone_makes_no_group():
    assert grouped(Candidate(1, 1, WHOLE), Candidate(2, 1, WHOLE)) == []


def test_two_parts_in_one_article_of_what_another_has_whole_are_one_group():
    assert grouped(Candidate(1, 1, FIRST), Candidate(2, 1, SECOND), Candidate(3, 2, WHOLE)) == [[3, 1, 2]]


def test_an_article_that_repeats_itself_is_in_the_group_twice():
    assert grouped(Candidate(1, 1, FIRST), Candidate(2, 1, WHOLE), Candidate(3, 2, WHOLE)) == [[2, 3, 1]]


def test_two_of_one_article_that_merely_resemble_each_other_are_not_joined():
    one = "سنعيد بناء المدارس والمستشفيات والجسور في الموصل قبل نهاية العام المقبل"
    like = "سنعيد بناء المدارس والمستشفيات والمحطات في الموصل مطلع العام المقبل"
    assert NO_NAMES.compare(one, like).same
    [members] = grouped(Candidate(1, 1, one), Candidate(2, 1, like), Candidate(3, 2, one))
    assert members == [1, 3]


@pytest.mark.parametrize(("apart", "count"), [(0, 1), (2, 1), (3, 0)])
def test_without_a_meeting_only_articles_of_near_days_are_joined(apart, count):
    assert len(grouped(Candidate(1, 1, WHOLE, 700), Candidate(2, 2, WHOLE, 700 + apart))) == count


def test_a_chain_of_near_days_does_not_join_far_ones():
    rows = [Candidate(number, number, WHOLE, 700 + 2 * number) for number in range(3)]
    assert grouped(*rows) == [[0, 1]]


def test_a_speech_is_compared_with_nothing():
    speech = " ".join(f"كلمة{number}طويلة" for number in range(500))
    assert grouped(Candidate(1, 1, speech), Candidate(2, 2, speech)) == []


def test_many_quotations_of_other_words_are_soon_done():
    chance = random.Random(4)
    words = [f"{a}{b}ر{c}" for a in "بتثجحخ" for b in "دذرزسش" for c in "عغفقكل"]
    rows = [Candidate(n, n, " ".join(chance.sample(words, 12))) for n in range(400)]
    assert grouped(*rows) == []


@pytest.mark.parametrize(
    ("texts", "kept"),
    [
        ([], []),
        ([FIRST, SECOND], [0, 1]),
        ([FIRST, WHOLE, SECOND], [1]),
        ([WHOLE, WHOLE], [0]),
        (["نعم"], [0]),
    ],
    ids=["none", "two parts", "parts and the whole", "twice", "too short to compare"],
)
def test_a_version_is_what_no_fuller_one_contains(texts, kept):
    assert parts(texts) == kept
