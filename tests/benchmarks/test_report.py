"""The figures of a run as a table, a chart and verdicts."""

import copy
from xml.etree import ElementTree

import pytest

from benchmarks.chart import draw
from benchmarks.clocks import Reply, figures, measure, percentile
from benchmarks.questions import Question
from benchmarks.table import table
from benchmarks.verdicts import Verdict, verdicts


def told(milliseconds, totals=(3, 4)):
    replies = [Reply(total, (), 0) for total in totals]
    return figures(replies, [milliseconds] * len(totals), [milliseconds] * len(totals))


def engine(**classes):
    index = {
        "docs": 10,
        "docs_per_cpu_s": 300.0,
        "bytes": 3000,
        "articles_bytes": 3000,
        "articles_bytes_without_arrays": 2000,
        "rss_mb": 100.0,
    }
    return {"index": index, "open_ms": 1.0, "rss_mb": 100.0, "classes": classes}


@pytest.fixture
def report():
    ours = engine(rare=told(0.5), middle=told(0.5), common=told(0.5), reader=told(5))
    return {
        "docs": 10,
        "origin": {"corpora": ["<corpus>.jsonl"], "whole": 8, "recombined": 2},
        "quotations": 12,
        "text_bytes": 1000,
        "analysis_ms": 0.5,
        "opening": {"added_ms": 20.0, "open_ms": 5.0},
        "engines": {
            "mahdar": ours,
            "mahdar_cold": engine(rare=told(1), middle=told(1), common=told(4)),
            "fts5": engine(rare=told(0.1), common=told(2)),
            "tantivy": engine(rare=told(0.01), common=told(0.4)),
            "postgresql": engine(common=told(100)),
            "lucene": {"missing": "the program java is missing"},
        },
    }


def verdict_on(report, words):
    (found,) = (each for each in verdicts(report) if words in each.bar)
    return found


def test_percentiles_lie_between_values():
    assert [percentile([4, 1, 3, 2], share) for share in (0, 50, 100)] == [1, 2.5, 4]


def test_hits_of_a_class_are_those_of_all_its_questions():
    assert told(1, (3, 4))["hits"] == 7


def test_a_slow_class_is_asked_once_for_the_answer_and_once_for_the_time(monkeypatch):
    monkeypatch.setattr("benchmarks.clocks.TOO_LONG", 0)
    asked = []

    def ask(question):
        asked.append(question)
        return Reply(1)

    assert measure([Question("rare", "كلمة")], ask)["rounds"] == 1
    assert len(asked) == 2


def test_a_quick_class_is_asked_in_rounds(monkeypatch):
    monkeypatch.setattr("benchmarks.clocks.ENOUGH", 0)
    assert measure([Question("rare", "كلمة")], lambda _question: Reply(1))["rounds"] == 5


def test_a_class_slower_than_a_slow_peer_is_missed(report):
    assert verdict_on(report, "common: faster than FTS5").met
    report["engines"]["mahdar"]["classes"]["common"] = told(3)
    assert not verdict_on(report, "common: faster than FTS5").met


def test_beside_a_quick_peer_a_class_may_take_two_milliseconds(report):
    assert verdict_on(report, "rare: at most 2 ms").met


def test_equal_hits_agree(report):
    assert verdict_on(report, "hit counts agree").met


def test_another_total_of_one_question_is_told(report):
    report["engines"]["tantivy"]["classes"]["common"] = told(0.4, (4, 3))
    found = verdict_on(report, "hit counts agree")
    assert not found.met
    assert "tantivy common totals: 2 questions, first 3 and 4" in found.figure


def test_ratios_are_counted_from_medians(report):
    assert verdict_on(report, "as fast as postgresql") == Verdict(
        "common: at least 20 times as fast as postgresql", "200.0 times", True
    )


def test_what_did_not_run_is_neither_met_nor_missed(report):
    assert verdict_on(report, "facets: at least 20 times as fast as whoosh").met is None


def test_cold_is_measured_by_warm(report):
    assert verdict_on(report, "cold rare").met
    assert not verdict_on(report, "cold common").met


def test_without_ours_there_are_no_verdicts(report):
    del report["engines"]["mahdar"]
    assert verdicts(report) == []


def test_the_table_says_what_was_left_out_and_recombined(report):
    text = "\n".join(table(report))
    assert "lucene was left out: the program java is missing." in text
    assert "2 recombined" in text


def test_the_table_has_a_line_for_every_class(report):
    lines = [line.split() for line in table(report)]
    assert ["common", "7", "–", "7", "7", "7"] in lines
    assert ["reader", "7", "–", "–", "–", "–"] in lines


def test_the_table_ends_with_verdicts(report):
    report["verdicts"] = [{"bar": "a bar", "figure": "1 ms", "met": False}]
    assert list(table(report))[-1].split() == ["MISSED", "a", "bar:", "1", "ms"]


def test_the_chart_is_one_mark_for_every_figure_and_engine(report):
    root = ElementTree.fromstring(draw(report))
    titles = [title.text for title in root.iter("{http://www.w3.org/2000/svg}title")]
    assert "fts5, common: 2.00 ms" in titles
    assert len(titles) == 1 + 5 + sum(len(each.get("classes", ())) for each in report["engines"].values())


def test_slower_is_further_right_in_the_chart(report):
    slow = copy.deepcopy(report)
    slow["engines"]["fts5"]["classes"]["common"] = told(20)

    def place(chart):
        marks = ElementTree.fromstring(chart).iter("{http://www.w3.org/2000/svg}polygon")
        (mark,) = (each for each in marks if (each[0].text or "").startswith("fts5, common"))
        return float(mark.attrib["points"].split(",")[0])

    assert place(draw(slow)) > place(draw(report))


def test_a_chart_of_nothing_is_a_chart(report):
    assert ElementTree.fromstring(draw(report | {"engines": {}})).tag.endswith("svg")
