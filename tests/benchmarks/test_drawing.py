"""Questions drawn from a corpus: in their bands, answered by it, the same at every run."""

import pytest
from django.conf import settings

from benchmarks.articles import make_articles
from benchmarks.drawing import Drawing
from benchmarks.questions import KINDS, read_questions, write_questions
from benchmarks.words import GAP, fed, read_rows, write_rows
from search.analysis import terms
from search.query_language import parse

COUNT = 6


@pytest.fixture(scope="module")
def rows(tmp_path_factory):
    path = tmp_path_factory.mktemp("run") / "rows.tsv"
    articles, _origin = make_articles([], settings.FIXTURES_DIR / "seeds", 120)
    _seconds, spelled = write_rows(path, articles)
    return list(read_rows(path)), spelled


@pytest.fixture(scope="module")
def questions(rows):
    found = {kind: [] for kind in KINDS}
    for question in Drawing(*rows).questions(COUNT):
        found[question.kind].append(question)
    return found


def texts(rows, of="a"):
    return [row for row in rows[0] if row.of == of]


def having(rows, stem):
    return sum(stem in row.stems.split() for row in texts(rows))


def test_a_phrase_cannot_reach_over_a_gap():
    stems, surfaces = fed(terms("قال الوزير\n\nوصل"))
    assert stems.split()[2] == surfaces.split()[2] == GAP


def test_rows_of_one_kind_can_be_read_alone(tmp_path):
    articles, _origin = make_articles([], settings.FIXTURES_DIR / "seeds", 20)
    write_rows(tmp_path / "rows.tsv", articles)
    assert {row.of for row in read_rows(tmp_path / "rows.tsv", "q")} == {"q"}


def test_every_class_but_the_readers_is_drawn(questions):
    assert {kind: len(drawn) for kind, drawn in questions.items()} == {
        kind: 0 if kind == "reader" else COUNT for kind in KINDS
    }


def test_the_same_is_drawn_again(rows):
    assert Drawing(*rows).questions(COUNT) == Drawing(*rows).questions(COUNT)


def test_rare_and_common_words_are_in_their_bands(rows, questions):
    assert all(2 <= having(rows, question.stems[0]) <= 20 for question in questions["rare"])
    assert all(24 <= having(rows, question.stems[0]) <= 72 for question in questions["common"])


def test_three_words_stand_in_one_article(rows, questions):
    for question in questions["and3"]:
        assert any(set(question.stems) <= set(row.stems.split()) for row in texts(rows))


def test_a_phrase_stands_in_a_paragraph(rows, questions):
    for question in questions["phrase"]:
        phrase = " ".join(question.words)
        assert any(f" {phrase} " in f" {row.surfaces} " for row in texts(rows))


def test_words_begin_with_a_prefix(rows, questions):
    for question in questions["prefix"]:
        (letters,) = question.words
        assert question.written == f"{letters}*"
        assert any(f" {letters}" in f" {row.stems} {row.surfaces}" for row in texts(rows))


def test_a_speaker_said_the_word(rows, questions):
    for question in questions["quotation_by_speaker"]:
        said = [row.stems.split() for row in texts(rows, "q") if row.speakers == question.speaker]
        assert any(question.stems[0] in stems for stems in said)


def test_a_question_as_written_means_its_stems(questions):
    for kind in ("rare", "common", "and3"):
        for question in questions[kind]:
            read = [node.term.stem for node in parse(question.written).root.children]
            assert tuple(read) == question.stems


def test_questions_are_read_as_they_were_written(tmp_path, questions):
    every = [question for drawn in questions.values() for question in drawn]
    write_questions(tmp_path / "questions.json", every)
    read = read_questions(tmp_path / "questions.json")
    assert [question for drawn in read.values() for question in drawn] == every
