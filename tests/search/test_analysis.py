import pickle
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.arabic.letters import COMBINING, INVISIBLE, TATWEEL
from archive.arabic.words import segment
from search import analysis
from search.analysis import GAP_LENGTH, LAYERS, AnalysedText, LayerAnalyzer, forms, terms


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


@pytest.mark.parametrize(
    ("layer", "text", "expected"),
    [
        ("stem", "للتحالف", "تحالف"),
        ("surface", "للتحالف", "للتحالف"),
        ("surface", "القـارة", "القاره"),
        ("exact", "القـارة", "القارة"),
    ],
)
def test_analyzer_yields_its_layer(layer: str, text: str, expected: str) -> None:
    (token,) = LayerAnalyzer(layer)(text, positions=True, chars=True, start_pos=5, start_char=7)
    assert (token.text, token.pos, token.startchar, token.endchar) == (expected, 5, 7, 14)


@pytest.mark.parametrize(
    ("written", "exact"),
    [
        ("القـارَّة", "القارة"),  # signs and tatweel are no spelling
        ("الى", "الى"),
        ("إلى", "إلى"),  # hamza and the dots of ya are
        ("ﺍﻟﻘﺎﺭﺓ", "القارة"),  # shaped letters are the letters that they show
        ("روما\u200f", "روما"),
        ("Rome", "rome"),  # capitals are none
        ("٤٣٦", "٤٣٦"),
    ],
)
def test_exact_form_keeps_the_letters_and_nothing_else(written: str, exact: str) -> None:
    assert forms(written)[0] == exact


ANY_WORDS = st.text(
    st.characters(exclude_categories=("Cs",))
    | st.sampled_from("اأإآٱءؤئىيةهوپچگکیۀـًٌٍَُِّْٰ٤۴4aAéﷺﻻﺔßİſ\u0301\u200d\u200f\u0640"),
    max_size=24,
)


@given(ANY_WORDS)
@settings(max_examples=300)
def test_every_exact_form_has_one_surface_and_every_surface_one_stem(text: str) -> None:
    """``search.engine.columns`` makes the two from the exact forms alone."""
    for written, _start, _end in segment(text):
        exact, surface, stem = forms(written)
        if surface:
            assert forms(exact) == (exact, surface, stem)
            assert forms(surface)[1:] == (surface, stem)


@given(ANY_WORDS)
@settings(max_examples=150)
def test_no_layer_of_a_word_is_empty_or_has_what_is_no_letter(text: str) -> None:
    dropped = re.compile(f"[{COMBINING}{INVISIBLE}{TATWEEL}\\s]")
    for term in terms(text):
        for layer in LAYERS:
            assert getattr(term, layer)
            assert not dropped.search(getattr(term, layer))


def test_analysed_text_is_analysed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    text = AnalysedText.of("التحالف في روما")
    assert (text, text.terms) == ("التحالف في روما", tuple(terms("التحالف في روما")))
    monkeypatch.setattr(analysis, "terms", None)
    assert [token.text for token in LayerAnalyzer("exact")(text)] == ["التحالف", "في", "روما"]


def test_analyzer_is_pickled_by_its_layer_alone() -> None:
    analyzer = LayerAnalyzer("stem")
    assert len(pickle.dumps(analyzer)) < 200
    assert pickle.loads(pickle.dumps(analyzer)) == analyzer != LayerAnalyzer("surface")
