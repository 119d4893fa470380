"""Statements in the database: made, kept, taken apart, and never more than two articles deserve."""

from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError

from archive.corrections import correct_fields, correct_quotation, withdraw_correction
from archive.management.commands import group_statements as command
from archive.models import Article, Change, Country, Meeting, Quotation, Source, Speaker, Statement
from archive.statements import group_all_statements, group_statements, regroup, statements_of
from tests.archive import small_extraction

pytestmark = pytest.mark.django_db

WORDS = "هذا الوضع ببساطة لا يمكن الدفاع عنه، ولا يمكن أن يستمر إلى أجل غير مسمى"
ALSO = "هذا الوضع لا يمكن الدفاع عنه ببساطة ولا يمكن أن يستمر إلى أجل غير مسمى أبداً"
OTHERS = "سنعيد بناء المدارس والمستشفيات في الموصل قبل نهاية العام المقبل"
DAY = date(2021, 6, 28)


@pytest.fixture
def speaker():
    return Speaker.objects.create(
        key="blinken", name_ar="بلينكن", country=Country.objects.create(code="US", name_ar="الولايات المتحدة")
    )


@pytest.fixture
def meeting():
    return Meeting.objects.create(
        key="rome-2021", kind="ministerial", name_ar="روما", short_name_ar="روما", starts_on=DAY, ends_on=DAY
    )


def report(speaker, words=WORDS, **values):
    """A quotation in an article of its own."""
    values["date_basis"] = "explicit" if values.get("published_on") else "none"
    article = Article.objects.create(title="عنوان", text=words, text_sha256="0" * 64, **values)
    return article.quotations.create(kind="direct", start=0, end=len(words), speaker=speaker)


def members():
    """The primary keys of the quotations of each statement."""
    return [
        set(statement.quotations.values_list("pk", flat=True))
        for statement in Statement.objects.order_by("pk")
    ]


def test_the_same_words_in_two_articles_of_a_meeting_are_one_statement(speaker, meeting):
    one, other = report(speaker, meeting=meeting), report(speaker, ALSO, meeting=meeting)
    report(speaker, OTHERS, meeting=meeting)
    [statement] = group_statements(speaker=speaker, meeting=meeting)
    assert (statement.speaker, statement.meeting) == (speaker, meeting)
    assert members() == [{one.pk, other.pk}]


def test_grouping_again_changes_nothing(speaker, meeting):
    for _number in range(3):
        report(speaker, meeting=meeting)
    [before] = group_statements(speaker=speaker, meeting=meeting)
    for again in (lambda: group_statements(speaker=speaker, meeting=meeting), group_all_statements):
        again()
        assert list(Statement.objects.all()) == [before]
        assert len(members()[0]) == 3


def test_a_statement_keeps_its_key_when_members_come_and_go(speaker, meeting):
    first = report(speaker, meeting=meeting)
    report(speaker, meeting=meeting)
    [statement] = group_statements(speaker=speaker, meeting=meeting)
    report(speaker, ALSO, meeting=meeting)
    first.delete()
    assert group_statements(speaker=speaker, meeting=meeting) == [statement]
    assert len(members()[0]) == 2


def test_a_statement_left_in_one_article_goes(speaker, meeting):
    quotation = report(speaker, meeting=meeting)
    report(speaker, meeting=meeting)
    group_statements(speaker=speaker, meeting=meeting)
    quotation.article.delete()
    assert group_statements(speaker=speaker, meeting=meeting) == []
    assert not Statement.objects.exists()


@pytest.mark.parametrize(
    "change",
    [{"review": "rejected"}, {"alone": True}, {"speaker": None}],
    ids=["rejected", "alone", "of nobody"],
)
def test_what_may_not_be_grouped_is_taken_out(speaker, meeting, change):
    rows = [report(speaker, meeting=meeting) for _number in range(3)]
    group_statements(speaker=speaker, meeting=meeting)
    Quotation.objects.filter(pk=rows[0].pk).update(**change)
    regroup(article=rows[0].article)
    assert members() == [{rows[1].pk, rows[2].pk}]


def test_another_meeting_another_speaker_and_an_unnamed_one_are_apart(speaker, meeting):
    elsewhere = Meeting.objects.create(
        key="x", kind="ministerial", name_ar="x", short_name_ar="x", starts_on=DAY, ends_on=DAY
    )
    report(speaker, meeting=meeting)
    report(speaker, meeting=elsewhere)
    report(Speaker.objects.create(key="kerry", name_ar="كيري"), meeting=meeting)
    unnamed = Speaker.objects.create(key="source", name_ar="مصدر", kind="anonymous")
    report(unnamed, meeting=meeting)
    report(unnamed, meeting=meeting)
    assert group_all_statements() == 0


def test_words_quoted_inside_a_quotation_are_read_there(speaker, meeting):
    outer = report(speaker, meeting=meeting)
    inner = outer.article.quotations.create(
        kind="direct", start=0, end=len(WORDS) - 5, speaker=speaker, parent=outer
    )
    other = report(speaker, meeting=meeting)
    group_statements(speaker=speaker, meeting=meeting)
    assert members() == [{outer.pk, other.pk}]
    Quotation.objects.filter(pk=outer.pk).update(review="rejected")
    regroup(article=outer.article)
    assert members() == [{inner.pk, other.pk}]


@pytest.mark.parametrize(
    ("dates", "count"),
    [
        ((DAY, date(2021, 6, 30)), 1),
        ((DAY, date(2021, 7, 1)), 0),
        ((DAY, None), 0),
    ],
    ids=["two days", "three days", "undated"],
)
def test_without_a_meeting_days_decide(speaker, dates, count):
    rows = [report(speaker, published_on=day) for day in dates]
    regroup(article=rows[0].article)
    assert Statement.objects.count() == count


def test_a_month_is_no_day(speaker):
    for _number in range(2):
        row = report(speaker, published_on=date(2021, 6, 1), date_precision="month")
    regroup(article=row.article)
    assert not Statement.objects.exists()


def test_regrouping_near_a_day_leaves_other_days_alone(speaker):
    for day in (1, 15):
        rows = [report(speaker, published_on=date(2021, 6, day)) for _number in range(2)]
    group_all_statements()
    before = list(Statement.objects.values_list("pk", flat=True))
    for day in (1, 15):
        Article.objects.filter(published_on=date(2021, 6, day)).first().delete()
    regroup(article=rows[1].article)
    # That of the other day has one article left too, but nobody looked at it.
    assert list(Statement.objects.values_list("pk", flat=True)) == before[:1]


def test_an_article_that_moves_is_regrouped_where_it_was_and_where_it_is(speaker, meeting):
    rows = [report(speaker, meeting=meeting) for _number in range(2)]
    there = report(speaker, published_on=DAY)
    regroup(article=rows[0].article)
    article = rows[0].article
    correct_fields(article=article, values={"meeting": None, "published_on": DAY})
    assert members() == [{rows[0].pk, there.pk}]
    assert Statement.objects.get().meeting is None


def test_a_quotation_said_to_stand_alone_leaves_until_that_is_withdrawn(speaker, meeting):
    rows = [report(speaker, meeting=meeting) for _number in range(3)]
    regroup(article=rows[0].article)
    [correction] = correct_quotation(quotation=rows[0], values={"alone": True})
    assert members() == [{rows[1].pk, rows[2].pk}]
    withdraw_correction(correction=correction)
    assert members() == [{row.pk for row in rows}]


def test_statements_of_deleted_quotations_are_looked_at_again(speaker, meeting):
    one, other = report(speaker, meeting=meeting), report(speaker, meeting=meeting)
    regroup(article=one.article)
    left = statements_of(one.article)
    one.delete()
    regroup(article=other.article, left=left)
    assert not Statement.objects.exists()


def test_search_is_not_asked_to_look_again(speaker, meeting):
    rows = [report(speaker, meeting=meeting) for _number in range(2)]
    Change.objects.all().delete()
    regroup(article=rows[0].article)
    assert Statement.objects.exists()
    assert not Change.objects.exists()


def test_importing_groups(monkeypatch, tmp_path):
    small_extraction.make_world(monkeypatch)
    words = "«هذا الوضع ببساطة لا يمكن الدفاع عنه ولا يمكن أن يستمر إلى الأبد»"
    for name in ("a", "b"):
        text = f"# عنوان {name}\nmeeting: rome-2021\nقال أنتوني بلينكن: {words} {name}.\n"
        small_extraction.load_text(tmp_path, text, f"{name}.txt")
    assert [len(pks) for pks in members()] == [2]
    text = f"# عنوان b\nmeeting: rome-2021\nقال أنتوني بلينكن: «{OTHERS}».\n"
    small_extraction.load_text(tmp_path, text, "b.txt")
    assert not Statement.objects.exists()


def test_the_command_groups_everything(speaker, meeting, capsys):
    for _number in range(2):
        report(speaker, meeting=meeting)
    call_command("group_statements")
    assert capsys.readouterr().out == "قول مشترك واحد.\n"


def test_readers_see_statements_of_two_articles_that_they_may_see(speaker, meeting):
    closed = Source.objects.create(key="closed", name_ar="صحيفة مغلقة", rights="hidden")
    rows = [report(speaker, meeting=meeting) for _number in range(2)]
    rows.append(report(speaker, meeting=meeting, source=closed))
    regroup(article=rows[0].article)
    [statement] = Statement.objects.published().with_versions()
    assert statement.article_count == 2
    assert [row.pk for row in statement.seen] == [rows[0].pk, rows[1].pk]
    Quotation.objects.filter(pk=rows[0].pk).update(review="rejected")
    assert not Statement.objects.published().exists()


def test_an_unusable_database_is_one_sentence(monkeypatch):
    def fail():
        raise OperationalError("database is locked")

    monkeypatch.setattr(command, "group_all_statements", fail)
    with pytest.raises(CommandError, match="database is locked"):
        call_command("group_statements")
