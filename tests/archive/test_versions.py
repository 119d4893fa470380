"""The versions of a statement as pages show them."""

from types import SimpleNamespace

import pytest

from archive.models import Article, Quotation, Statement
from archive.versions import compare_versions, statement_rows, versions_of

WHOLE = "هذا الوضع ببساطة لا يمكن الدفاع عنه، ولا يمكن أن يستمر إلى أجل غير مسمى"
FIRST = "هذا الوضع ببساطة لا يمكن الدفاع عنه"
SECOND = "لا يمكن أن تستمر إلى أجل غير مسمى"


def statement(*texts, kind="direct"):
    """A statement of (article, text) pairs, not stored."""
    row = Statement(pk=1)
    row.seen = [
        Quotation(pk=number, article=Article(pk=article), kind=kind, text=text)
        for number, (article, text) in enumerate(texts)
    ]
    return row


def test_the_fullest_version_stands_first():
    versions = versions_of(statement((1, FIRST), (2, WHOLE)))
    assert [version.article.pk for version in versions] == [2, 1]


def test_two_parts_in_one_article_are_one_version():
    version, _whole = versions_of(statement((1, FIRST), (1, SECOND), (2, WHOLE)))
    assert version.text == f"{FIRST} … {SECOND}"
    assert [quotation.pk for quotation in version.quotations] == [0, 1]


def test_an_article_that_repeats_itself_shows_the_fuller_words():
    versions = versions_of(statement((1, WHOLE), (1, FIRST), (2, WHOLE)))
    assert [version.text for version in versions] == [WHOLE, WHOLE]


@pytest.mark.parametrize(("kind", "verbatim"), [("direct", True), ("indirect", False)])
def test_a_version_is_verbatim_when_all_of_it_is(kind, verbatim):
    assert versions_of(statement((1, WHOLE), (2, WHOLE), kind=kind))[0].is_verbatim is verbatim


def test_each_version_is_compared_with_the_fullest():
    versions = versions_of(statement((1, WHOLE), (2, FIRST), (3, SECOND)))
    assert [(pair.one.article.pk, pair.other.article.pk) for pair in compare_versions(versions)] == [
        (1, 2),
        (1, 3),
    ]


def test_the_fullest_is_marked_beside_a_single_other_one_only():
    two, three = statement_rows(
        [statement((1, WHOLE), (2, FIRST)), statement(*((n, WHOLE) for n in (1, 2, 3)))]
    )
    assert two.pair is not None
    assert two.columns[0].side is not None
    assert three.pair is None
    assert [column.side is None for column in three.columns] == [True, False, False]


def test_of_many_versions_a_row_shows_the_first():
    [row] = statement_rows([statement(*((number, WHOLE) for number in range(7)))])
    assert (len(row.columns), row.more) == (4, 3)


def test_nothing_is_asked_of_the_database(django_assert_num_queries, db):
    shown = SimpleNamespace(seen=statement((1, WHOLE), (2, FIRST)).seen)
    with django_assert_num_queries(0):
        statement_rows([shown])
