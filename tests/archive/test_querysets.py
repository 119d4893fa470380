"""What pages ask the tables: who may see what, how many, who held which office, who is called so."""

from datetime import date, timedelta

import pytest

from archive.models import (
    Article,
    Country,
    Meeting,
    Quotation,
    Source,
    Speaker,
    TermOfOffice,
)

pytestmark = pytest.mark.django_db
DAY = date(2021, 6, 28)


def make_article(**values):
    return Article.objects.create(text="قال نعم ثم لا", title="عنوان", **values)


def make_source(rights="full", key="s"):
    return Source.objects.create(key=key, name_ar=f"صحيفة {key}", rights=rights)


@pytest.mark.parametrize(
    ("of_source", "of_article", "seen"),
    [
        (None, "", True),  # an article without an outlet is full
        (None, "full", True),
        (None, "excerpt", True),
        (None, "hidden", False),
        ("full", "", True),
        ("full", "hidden", False),
        ("excerpt", "", True),
        ("hidden", "", False),
        ("hidden", "full", True),  # the article's own word counts
        ("hidden", "excerpt", True),
        ("hidden", "hidden", False),
    ],
)
def test_rights_decide_what_is_published_and_counted(of_source, of_article, seen):
    country = Country.objects.create(code="IT", name_ar="إيطاليا", name_en="Italy")
    meeting = Meeting.objects.create(
        key="m", kind="ministerial", name_ar="روما", short_name_ar="روما", starts_on=DAY, ends_on=DAY
    )
    speaker = Speaker.objects.create(key="p", name_ar="أنتوني بلينكن")
    source = make_source(of_source) if of_source else None
    article = make_article(source=source, rights=of_article, meeting=meeting)
    article.country_links.create(country=country, role="primary")
    quotation = article.quotations.create(kind="direct", start=4, end=7, speaker=speaker)
    assert list(Article.objects.published()) == [article] * seen
    assert list(Article.objects.listed()) == [article] * seen
    assert list(Quotation.objects.published()) == [quotation] * seen
    assert list(Speaker.objects.quoted()) == [speaker] * seen
    assert list(Country.objects.covered()) == [country] * seen
    assert list(Meeting.objects.covered()) == [meeting] * seen
    assert list(Source.objects.public()) == [source] * (seen and source is not None)
    assert Speaker.objects.with_quotation_counts().get().article_count == seen
    assert Meeting.objects.with_counts().get().quotation_count == seen
    assert Meeting.objects.with_counts().get().speaker_count == seen


def test_counts_leave_out_rejected_quotations():
    speaker = Speaker.objects.create(key="p", name_ar="أنتوني بلينكن")
    article = make_article()
    article.quotations.create(kind="direct", start=0, end=3, speaker=speaker)
    article.quotations.create(kind="indirect", start=4, end=7, speaker=speaker)
    article.quotations.create(kind="direct", start=8, end=10, speaker=speaker, review="rejected")
    counted = Speaker.objects.quoted().get()
    assert (counted.quotation_count, counted.direct_count, counted.article_count) == (2, 1, 1)
    listed = Article.objects.listed().get()
    assert (listed.quotation_count, listed.direct_count) == (2, 1)
    assert Quotation.objects.published().count() == 2


def test_a_speaker_quoted_only_in_rejected_quotations_is_not_quoted():
    speaker = Speaker.objects.create(key="p", name_ar="أنتوني بلينكن")
    make_article().quotations.create(kind="direct", start=0, end=3, speaker=speaker, review="rejected")
    assert not Speaker.objects.quoted().exists()


def test_counts_do_not_multiply_over_relations():
    source = make_source()
    country = Country.objects.create(code="IT", name_ar="إيطاليا", name_en="Italy")
    for _number in range(2):
        article = make_article(source=source)
        article.country_links.create(country=country, role="mentioned")
        for start in range(3):
            article.quotations.create(kind="direct", start=start, end=start + 1)
    assert Source.objects.public().get().article_count == 2
    assert Country.objects.covered().get().article_count == 2


def test_an_incidental_naming_is_not_about_a_country():
    country = Country.objects.create(code="IT", name_ar="إيطاليا", name_en="Italy")
    article = make_article()
    link = article.country_links.create(country=country, role="incidental")
    assert not Article.objects.about("IT").exists()
    assert not Country.objects.covered().exists()
    link.role = "mentioned"
    link.save()
    assert list(Article.objects.about("IT")) == [article]


def test_a_list_does_not_read_the_texts():
    make_article()
    assert {"text", "body", "furniture", "sections"} <= Article.objects.listed().get().get_deferred_fields()


WEEK, TOO_LONG = timedelta(days=7), timedelta(days=8)


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "held"),
    [
        (DAY, None, True),
        (DAY + WEEK, None, True),  # sworn in within the week
        (DAY + TOO_LONG, None, False),
        (None, DAY + timedelta(days=1), True),
        (None, DAY, True),  # handed over the same day
        (None, DAY - timedelta(days=6), True),
        (None, DAY - WEEK, False),  # the end is exclusive
        (None, None, True),
    ],
)
def test_a_term_reaches_a_week_beyond_its_ends(starts_on, ends_on, held):
    TermOfOffice.objects.create(
        key="t",
        speaker=Speaker.objects.create(key="p", name_ar="وزير ما"),
        title_ar="وزير",
        starts_on=starts_on,
        ends_on=ends_on,
    )
    assert TermOfOffice.objects.held_on(DAY).exists() == held


def test_the_least_certain_quotation_is_reviewed_first():
    article = make_article()
    for start, confidence in ((0, 0.5), (1, 0.2), (2, 0.9)):
        article.quotations.create(
            kind="direct", start=start, end=start + 1, confidence=confidence, review="needed"
        )
    article.quotations.create(kind="direct", start=3, end=4)
    assert [row.confidence for row in Quotation.objects.to_review()] == [0.2, 0.5, 0.9]


@pytest.mark.parametrize(
    ("outer", "inner", "review", "alone"),
    [
        ("a", "a", "pending", False),  # read where it stands
        ("a", "a", "rejected", True),  # what it stood in is gone
        ("a", "b", "pending", True),  # another's words
        (None, "a", "pending", True),
        ("a", None, "pending", True),
        (None, None, "pending", False),
    ],
)
def test_outermost_quotations_are_part_of_no_other_accepted_one_of_their_speaker(outer, inner, review, alone):
    people = {key: Speaker.objects.create(key=key, name_ar=key) for key in "ab"}
    article = make_article()
    whole = article.quotations.create(
        kind="indirect", start=0, end=7, speaker=people.get(outer), review=review
    )
    part = article.quotations.create(kind="direct", start=4, end=7, speaker=people.get(inner), parent=whole)
    assert (part in Quotation.objects.outermost()) == alone
    assert whole in Quotation.objects.outermost()
