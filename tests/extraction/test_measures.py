"""The measures of a whole article: each can fail, and says where."""

from typing import Any

import pytest

from archive.extraction.measures import SCORES, Measures, band_of
from archive.extraction.measures_table import mistake_lines, table_lines
from archive.extraction.speaker_scoring import known_speakers

TEXT = "عنوان الخبر\nقال كيري «سنبقى هنا طويلا». وأضاف أن النصر قريب.\nعنوان فرعي\nاقرأ أيضا"
HEADLINE, DIRECT, INDIRECT, SECTION, FURNITURE = (
    {"text": words, "start": TEXT.index(words), "end": TEXT.index(words) + len(words)}
    for words in ("عنوان الخبر", "سنبقى هنا طويلا", "أن النصر قريب", "عنوان فرعي", "اقرأ أيضا")
)


def quote(kind: str, span: dict[str, Any], **speaker: Any) -> dict[str, Any]:
    who = {"id": "kerry", "name_ar": "جون كيري", "resolution": "surname", "confidence": 0.9, **speaker}
    return {"kind": kind, **span, "speaker": who}


def article(**changes: Any) -> dict[str, Any]:
    """A printed extraction, which is also its own careful reading."""
    return {
        "headline": {**HEADLINE, "basis": "explicit"},
        "sections": [{"title": SECTION["text"], "start": SECTION["start"], "end": SECTION["end"]}],
        "boilerplate": [{**FURNITURE, "reason": "related"}],
        "dateline": {"date": "2021-06-28", "date_basis": "explicit"},
        "outlet": {"name": "رويترز", "id": "reuters", "evidence": None},
        "event": {"kind": "ministerial", "id": "rome-2021", "date": "2021-06-28"},
        "quotes": [quote("direct", DIRECT), quote("indirect", INDIRECT, resolution="dropped")],
        "countries": [{"iso2": "US", "salience": "primary"}],
        **changes,
    }


def measured(printed: dict[str, Any], read: dict[str, Any] | None = None) -> Measures:
    measures = Measures()
    read = article() if read is None else read
    measures.add(printed, read, known_speakers([], read["quotes"]), name="x.txt", text=TEXT)
    return measures


def failing(measures: Measures) -> set[str]:
    return {key for key, score in measures.scores.items() if score.extra or score.missed}


def test_agreement_is_a_hit_in_every_measure() -> None:
    measures = measured(article())
    assert {key: score.hits for key, score in measures.scores.items()} == dict.fromkeys(SCORES, 1)
    assert not failing(measures)
    assert not measures.mistakes


OTHER = {"id": "x", "name_ar": "مايك بومبيو"}
CASES: list[tuple[dict[str, Any], set[str], set[str]]] = [
    (
        {"quotes": [quote("indirect", INDIRECT)]},
        {"direct", "direct_speaker", "direct_strict", "direct_strict_speaker"},
        {"direct missed"},
    ),
    (
        {"quotes": [quote("direct", DIRECT), quote("indirect", INDIRECT), quote("indirect", FURNITURE)]},
        {"indirect", "indirect_speaker", "indirect_strict", "indirect_strict_speaker"},
        {"indirect extra"},
    ),
    (
        {"quotes": [quote("direct", DIRECT, **OTHER), quote("indirect", INDIRECT)]},
        {"direct_speaker", "direct_strict_speaker"},
        {"direct wrong speaker"},
    ),
    (
        {"quotes": [quote("direct", DIRECT), quote("indirect", INDIRECT, name_ar=None)]},
        {"indirect_speaker", "indirect_strict_speaker"},
        {"indirect empty speaker"},
    ),
    (
        {
            "quotes": [
                quote("direct", {**DIRECT, "end": DIRECT["end"] - 3}),
                quote("indirect", INDIRECT),
            ]
        },
        {"direct_strict", "direct_strict_speaker"},
        {"direct edges"},
    ),
    ({"countries": []}, {"countries"}, {"country missed"}),
    (
        {"countries": [{"iso2": "US", "salience": "primary"}, {"iso2": "FR", "salience": "mentioned"}]},
        {"countries"},
        {"country extra"},
    ),
    ({"headline": {**HEADLINE, "basis": "derived"}}, {"headline"}, {"headline"}),
    ({"headline": {**DIRECT, "basis": "explicit"}}, {"headline"}, {"headline"}),
    ({"dateline": {"date": None, "date_basis": "none"}}, {"date", "date_basis"}, {"date", "date_basis"}),
    ({"dateline": {"date": "2021-06-28", "date_basis": "event"}}, {"date_basis"}, {"date_basis"}),
    ({"boilerplate": []}, {"furniture", "furniture_reason"}, {"furniture missed"}),
    ({"boilerplate": [{**FURNITURE, "reason": "nav"}]}, {"furniture_reason"}, set()),
    ({"outlet": None}, {"outlet"}, {"outlet"}),
    ({"outlet": {"name": "إيلاف", "id": "elaph", "evidence": None}}, {"outlet"}, {"outlet"}),
    ({"event": {"kind": "ministerial", "id": None, "date": None}}, {"meeting"}, {"meeting"}),
    ({"sections": []}, {"sections"}, {"section missed"}),
]


@pytest.mark.parametrize(("changes", "measures", "mistakes"), CASES)
def test_each_measure_can_fail(changes: dict[str, Any], measures: set[str], mistakes: set[str]) -> None:
    result = measured(article(**changes))
    assert failing(result) == measures
    assert {mistake.kind for mistake in result.mistakes} == mistakes


def test_an_outlet_is_right_by_the_words_of_the_text() -> None:
    """The reading has what the text says, the extraction the name that the archive gives it."""
    outlet = {"name": "وكالة رويترز للأنباء", "id": "reuters", "evidence": {"text": "(رويترز)"}}
    assert not failing(measured(article(outlet=outlet)))


def test_a_meeting_without_a_key_is_right_by_kind_and_date() -> None:
    read = article(event={"kind": "ministerial", "date": "2021-06-28"})
    assert not failing(measured(article(), read))
    printed = article(event={"kind": "ministerial", "id": None, "date": "2021-06-27"})
    assert failing(measured(printed, read)) == {"meeting"}


def test_what_the_reading_does_not_speak_of_is_not_judged() -> None:
    read = {"quotes": article()["quotes"]}
    measures = measured(article(), read)
    assert not failing(measures)
    assert not any(measures.scores[key].hits for key in SCORES if "direct" not in key)


def test_a_reading_may_be_brief() -> None:
    read = article(
        headline=HEADLINE,
        countries=[{"iso2": "US"}],
        dateline={"date": "2021-06-28"},
        event=None,
        outlet=None,
        sections=None,
        boilerplate=[FURNITURE],
    )
    brief = article(event=None, outlet=None)
    assert failing(measured(brief, read)) == {"furniture_reason"}


def test_a_derived_headline_is_no_claim() -> None:
    derived = article(headline={**HEADLINE, "basis": "derived"})
    assert not failing(measured(derived, article(headline=None)))
    assert failing(measured(article(), article(headline=None))) == {"headline"}


def test_wrong_and_empty_names_are_shares_of_the_matched_direct_quotations() -> None:
    spans = [{"text": "", "start": at, "end": at + 5} for at in (0, 10, 20, 30)]
    read = article(quotes=[quote("direct", span) for span in spans])
    printed = article(
        quotes=[
            quote("direct", spans[0]),
            quote("direct", spans[1], **OTHER),
            quote("direct", spans[2], name_ar=None, resolution="none"),
        ]
    )
    report = measured(printed, read).report()["speakers"]
    assert {key: report[key] for key in ("read", "found", "extra", "right", "wrong", "empty")} == {
        "read": 4, "found": 3, "extra": 0, "right": 1, "wrong": 1, "empty": 1,
    }  # fmt: skip
    assert (report["wrong_of_named"], report["wrong_of_found"]) == (0.5, 0.3333)
    assert report["empty_of_found"] == 0.3333


def test_nobody_named_where_the_reading_names_nobody_is_right() -> None:
    unsaid = {"id": None, "name_ar": None, "resolution": "none"}
    read = article(quotes=[quote("direct", DIRECT, **unsaid)])
    silent = measured(article(quotes=[quote("direct", DIRECT, **unsaid, confidence=0.0)]), read)
    assert not failing(silent)
    assert silent.report()["speakers"]["wrong_of_named"] is None
    named = measured(article(quotes=[quote("direct", DIRECT)]), read)
    assert failing(named) == {"direct_speaker", "direct_strict_speaker"}


def test_speakers_by_outlet_by_evidence_and_by_confidence() -> None:
    printed = article(
        quotes=[
            quote("direct", DIRECT, **OTHER, resolution="dropped", confidence=0.72),
            quote("direct", FURNITURE, resolution="role"),
            quote("indirect", INDIRECT, confidence=0.96),
        ]
    )
    report = measured(printed).report()
    assert report["by"]["outlet"]["رويترز"]["wrong"] == 1
    assert report["by"]["outlet"]["رويترز"]["extra"] == 1
    assert report["by"]["evidence"]["surname"]["wrong"] == 1
    assert report["by"]["printed_evidence"]["dropped"]["wrong"] == 1
    assert report["by"]["printed_evidence"]["role"]["extra"] == 1
    assert "style" not in report["by"]  # no reading has one
    bands = {band: row["wrong_of_named"] for band, row in report["confidence"].items()}
    assert bands == {"0.70–0.80": 1.0, "0.95–1.00": 0.0}


@pytest.mark.parametrize(
    ("confidence", "band"), [(0, "0.00–0.50"), (0.5, "0.50–0.60"), (0.95, "0.95–1.00"), (1, "0.95–1.00")]
)
def test_every_confidence_lies_in_a_band(confidence: float, band: str) -> None:
    assert band_of(confidence) == band


def test_articles_add_up() -> None:
    measures = measured(article())
    measures.add(article(quotes=[]), article(), {}, name="y.txt", text=TEXT)
    score = measures.scores["direct"]
    assert (measures.articles, score.hits, score.missed) == (2, 1, 1)


def test_the_tables_show_what_was_measured() -> None:
    measures = measured(article(quotes=[quote("direct", DIRECT, **OTHER)]))
    table = "\n".join(table_lines(measures.report()))
    for words in ("1 articles", "direct strict speaker", "رويترز", "wrong speaker: 1 of 1", "100.0%"):
        assert words in table
    listed = "\n".join(mistake_lines(measures.mistakes))
    for words in ("x.txt", "direct wrong speaker", DIRECT["text"], "جون كيري", "مايك بومبيو"):
        assert words in listed
