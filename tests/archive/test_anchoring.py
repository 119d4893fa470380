"""The same words found again in a text that has changed, or not at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.importing.anchoring import Anchor, anchor_at, locate

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
