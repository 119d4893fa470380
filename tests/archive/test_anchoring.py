"""The same words found again in a text that has changed, or not at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.importing.anchoring import Anchor, anchor_at, follow, locate

LONG = "سيواصل التحالف الدولي عمله حتى هزيمة التنظيم"
SPACED, VOWELLED = LONG.replace(" ", "  "), LONG.replace("هزيمة", "هزيمةِ")


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        (f"قال: {LONG} في روما", f"مقدمة جديدة. قال: {LONG} في روما", LONG),  # moved
        (f"قال: {LONG} في روما", f"صرح قائلا {LONG} اليوم", LONG),  # long enough without its context
        (f"قال: {LONG} في روما", f"قال: {SPACED} في روما", SPACED),
        (f"قال: {LONG} في روما", f"قال: {VOWELLED} في روما", VOWELLED),
        (f"قال: {LONG} في روما", "قال: كلام آخر في روما", None),  # gone
        ("أولا قال نعم ثم ثانيا قال نعم أيضا", "ثانيا قال نعم أيضا", "نعم"),  # its surroundings tell
        ("بدأ بقوله نعم وانتهى", "هل نعم هنا", None),  # too short without its surroundings
        ("قبل نعم بعد", "قبل نعم بعد. قبل نعم بعد", None),  # two places, equally good
    ],
)
def test_words_are_found_again_or_not_at_all(old, new, found):
    words = LONG if LONG in old else "نعم"
    start = old.rindex(words)
    place = locate(anchor_at(old, start, start + len(words)), new)
    assert (new[slice(*place)] if place else None) == found


@given(st.text(min_size=1, max_size=60), st.data())
def test_locating_never_raises_and_only_returns_places_of_the_text(text, data):
    anchor = Anchor(*(data.draw(st.text(max_size=20)) for _part in range(3)))
    place = locate(anchor, text)
    assert place is None or 0 <= place[0] < place[1] <= len(text)


REPEATED = f"قال الأول: {LONG} في روما. " * 4


@pytest.mark.parametrize(
    ("new", "found"),
    [
        ("سطر جديد. " + REPEATED, True),  # as often as before: told apart by their order
        (REPEATED.replace("روما", "باريس"), True),
        (REPEATED * 2, False),  # more of them now: which one it was is not certain
        (LONG, True),  # one is left
    ],
)
def test_words_that_come_again_and_again_are_followed_by_their_order(new, found):
    start = [place for place in range(len(REPEATED)) if REPEATED.startswith(LONG, place)][2]
    place = follow(start, start + len(LONG), REPEATED, new)
    assert (place is not None) == found
    if place:
        assert new[slice(*place)] == LONG
        assert new[: place[0]].count(LONG) == min(2, new.count(LONG) - 1)


@given(st.text(alphabet="اب قل", min_size=1, max_size=40), st.data())
def test_words_stay_where_they_are_in_the_same_text(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    assert follow(start, end, text, text) in {(start, end), None}
