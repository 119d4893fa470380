import pickle

import pytest

from search.analysis import GAP_LENGTH, LayerAnalyzer, terms


def test_terms_have_layers_positions_and_offsets() -> None:
    text = "قال «بلينكن»: العَرَبِيّة"
    found = list(terms(text))
    assert [(term.surface, term.stem, term.position) for term in found] == [
        ("قال", "قال", 0),
        ("بلينكن", "بلينكن", 1),
        ("العربيه", "عرب", 2),
    ]
    assert [text[term.start : term.end] for term in found] == ["قال", "بلينكن", "العَرَبِيّة"]


def test_word_that_folds_to_nothing_takes_no_position() -> None:
    assert [(term.surface, term.position) for term in terms("قال ـ ء نعم")] == [("قال", 0), ("نعم", 1)]


def test_blank_line_keeps_phrases_apart() -> None:
    assert [term.position for term in terms("عنوان\n\nمتن\nآخر")] == [0, GAP_LENGTH + 1, GAP_LENGTH + 2]


@pytest.mark.parametrize(("layer", "expected"), [("stem", "تحالف"), ("surface", "للتحالف")])
def test_analyzer_yields_its_layer(layer: str, expected: str) -> None:
    analyzer = LayerAnalyzer(layer)
    (token,) = analyzer("للتحالف", positions=True, chars=True, start_pos=5, start_char=7)
    assert (token.text, token.pos, token.startchar, token.endchar) == (expected, 5, 7, 14)


def test_analyzer_is_pickled_by_its_layer_alone() -> None:
    analyzer = LayerAnalyzer("stem")
    assert len(pickle.dumps(analyzer)) < 200
    assert pickle.loads(pickle.dumps(analyzer)) == analyzer != LayerAnalyzer("surface")
