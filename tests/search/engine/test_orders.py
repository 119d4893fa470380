import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from search.engine.orders import first

keys = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 1000)), unique_by=lambda pair: pair[1])


@given(keys, st.integers(-1, 30))
def test_first_of_any_keys_are_those_of_the_whole_order(pairs: list[tuple[int, int]], most: int) -> None:
    """However many are equal, and wherever the page ends among them."""
    expected = sorted(range(len(pairs)), key=pairs.__getitem__)[: max(0, most)]
    values, ties = (np.array([pair[place] for pair in pairs], float) for place in (0, 1))
    assert first(values, lambda places: (ties[places],), most).tolist() == expected
