"""Engines behind one face: they answer alike, and one that fails leaves the others alone."""

import argparse
import json

import pytest
from django.conf import settings

from benchmarks import contest
from benchmarks.articles import make_articles
from benchmarks.contestant import take_step
from benchmarks.drawing import Drawing
from benchmarks.engines.engine import Engine, MissingError
from benchmarks.engines.registry import engine_called
from benchmarks.process import step
from benchmarks.questions import write_questions
from benchmarks.run import Run, article_of, line_of
from benchmarks.verdicts import disagreements
from benchmarks.words import write_rows


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    run = Run(tmp_path_factory.mktemp("run"), tmp_path_factory.mktemp("libraries"))
    run.archive.mkdir()
    articles, _origin = make_articles([], settings.FIXTURES_DIR / "seeds", 60)
    run.articles_file.write_text("".join(map(line_of, articles)), encoding="utf-8")
    _seconds, spelled = write_rows(run.rows_file, run.articles())
    write_questions(run.questions_file, Drawing(run.rows(), spelled).questions(3))
    return run


@pytest.fixture(scope="module")
def measured(run):
    """What each engine that needs no program beside Python tells of its index and its answers."""
    patch = pytest.MonkeyPatch()
    patch.setattr("benchmarks.clocks.ENOUGH", 0)
    patch.setattr("benchmarks.engines.mahdar.WORKERS", 0)
    told = {}
    for name in ("mahdar", "fts5", "tantivy", "whoosh", "haystack"):
        index, asked = (take_step(engine_called(name, run), each) for each in ("build", "ask"))
        told[name] = {"index": index, **asked}
    patch.undo()
    return told


def test_an_article_is_read_as_it_was_written(run):
    (line, *_others) = run.articles_file.read_text(encoding="utf-8").splitlines()
    assert line_of(article_of(json.loads(line))) == f"{line}\n"


def test_engines_with_our_words_agree_on_every_total_and_facet(measured):
    assert disagreements(measured) == []


def test_something_is_found_in_every_class(measured):
    found = {kind: told["hits"] for kind, told in measured["mahdar"]["classes"].items()}
    assert min(found.values()) > 0


def test_whoosh_reads_our_index_and_finds_the_same_words(measured):
    ours, theirs = (measured[name]["classes"] for name in ("mahdar", "whoosh"))
    for kind in ("rare", "middle", "common", "and3", "or3", "quotation_by_speaker"):
        assert ours[kind]["totals"] == theirs[kind]["totals"]


def test_haystack_has_a_fifth_of_the_articles(measured):
    assert measured["haystack"]["index"]["docs"] == 12


def test_every_index_has_a_size_and_a_speed(measured):
    for told in measured.values():
        assert told["index"]["bytes"] > 0
        assert told["index"]["docs_per_cpu_s"] > 0
        assert told["rss_mb"] > 0


def test_what_is_missing_is_told():
    class Missing(Engine):
        def __init__(self):
            pass

        def check(self):
            raise MissingError("a program is missing")

    assert take_step(Missing(), "build") == {"missing": "a program is missing"}


def test_a_step_that_fails_is_told(run):
    assert "KeyError" in step("no such engine", "build", run)["missing"]


@pytest.mark.parametrize(("engines", "docs"), [("fts5,oracle", 10), ("fts5", 0)])
def test_a_run_of_nothing_is_refused(tmp_path, capsys, engines, docs):
    options = argparse.Namespace(engines=engines, docs=docs, corpus="", json="", chart="", questions=0)
    assert contest.main(options, tmp_path) == 2
    assert capsys.readouterr().err
