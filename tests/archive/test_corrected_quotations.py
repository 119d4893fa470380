"""A curator's word on a quotation, and every correction set again after the facts were written anew."""

import pytest
from django.core.exceptions import ValidationError

from archive.corrections import (
    correct_country,
    correct_fields,
    correct_quotation,
    reapply_corrections,
    withdraw_correction,
)
from archive.models import Article, Correction, Source
from tests.archive import small_extraction

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(monkeypatch, tmp_path):
    return small_extraction.make_article(monkeypatch, tmp_path)


def test_a_corrected_speaker_is_certain_and_marked(world):
    quotation = world.article.quotations.get(speaker=world.smith)
    [correction] = correct_quotation(quotation=quotation, values={"speaker": world.blinken})
    quotation.refresh_from_db()
    assert (quotation.speaker, quotation.review) == (world.blinken, "corrected")
    assert (quotation.confidence, quotation.reasons) == (1.0, [])
    assert (correction.previous, correction.value) == (world.smith.pk, world.blinken.pk)
    assert correction.anchor == quotation.text
    assert world.article.text.count(correction.before + correction.anchor + correction.after) == 1


def test_what_the_text_calls_another_is_no_evidence_for_the_corrected_speaker(world):
    quotation = world.article.quotations.get(speaker=world.smith)
    correct_quotation(quotation=quotation, values={"speaker": world.blinken})
    quotation.refresh_from_db()
    assert (quotation.surface_start, quotation.surface_end) == (None, None)
    assert quotation.resolution == "curator"


def test_a_review_is_a_correction_too(world):
    quotation = world.article.quotations.first()
    correct_quotation(quotation=quotation, values={"review": "confirmed"})
    quotation.refresh_from_db()
    assert quotation.review == "confirmed"
    assert correct_quotation(quotation=quotation, values={"review": "confirmed"}) == []


def test_a_review_given_with_a_speaker_is_the_one_that_counts(world):
    quotation = world.article.quotations.first()
    correct_quotation(quotation=quotation, values={"review": "needed", "speaker": None})
    quotation.refresh_from_db()
    assert (quotation.review, quotation.resolution) == ("needed", "none")


def test_a_kind_that_would_make_a_twin_is_refused(world):
    quotation = world.article.quotations.first()
    twin = world.article.quotations.create(kind="indirect", start=quotation.start, end=quotation.end)
    with pytest.raises(ValidationError):
        correct_quotation(quotation=twin, values={"kind": "direct"})
    assert not Correction.objects.exists()


def test_a_withdrawn_quotation_is_what_the_extraction_finds(world):
    quotation = world.article.quotations.get(speaker=world.smith)
    values = {"speaker": world.blinken, "kind": "indirect"}
    for correction in correct_quotation(quotation=quotation, values=values):
        withdraw_correction(correction=correction)
    quotation.refresh_from_db()
    assert (quotation.speaker, quotation.kind, quotation.review) == (world.smith, "direct", "needed")
    assert (quotation.confidence, quotation.reasons) == (0.4, ["unsure"])


def test_a_quotation_with_another_correction_stays_corrected(world):
    quotation = world.article.quotations.get(speaker=world.smith)
    correct_quotation(quotation=quotation, values={"kind": "indirect"})
    [correction] = correct_quotation(quotation=quotation, values={"speaker": world.blinken})
    withdraw_correction(correction=correction)
    quotation.refresh_from_db()
    assert (quotation.speaker, quotation.kind, quotation.review) == (world.smith, "indirect", "corrected")


def test_reapplying_sets_every_value_again(world):
    quotation = world.article.quotations.first()
    correct_fields(article=world.article, values={"headline": "عنوان المحرر"})
    correct_country(article=world.article, country=world.turkey, role=None)
    correct_quotation(quotation=quotation, values={"speaker": None})
    Article.objects.filter(pk=world.article.pk).update(headline="آخر", title="آخر")
    world.article.country_links.create(country=world.turkey, role="primary")
    world.article.quotations.filter(pk=quotation.pk).update(speaker=world.blinken, review="pending")
    assert reapply_corrections(article=world.stored()) == []
    assert world.stored().title == "عنوان المحرر"
    assert not world.article.country_links.filter(country=world.turkey).exists()
    quotation.refresh_from_db()
    assert (quotation.speaker, quotation.review) == (None, "corrected")


def test_a_judged_quotation_that_is_gone_is_made_again(world):
    quotation = world.article.quotations.first()
    correct_quotation(quotation=quotation, values={"review": "confirmed"})
    world.article.quotations.all().delete()
    reapply_corrections(article=world.stored())
    made = world.article.quotations.get()
    assert (made.text, made.review) == (quotation.text, "confirmed")


def test_a_correction_to_a_row_that_is_gone_is_a_conflict(world):
    source = Source.objects.create(key="other", name_ar="أخرى")
    [correction] = correct_fields(article=world.article, values={"source": source})
    correct_fields(article=world.article, values={"dateline_place": "روما"})
    Article.objects.filter(pk=world.article.pk).update(source=None, dateline_place="")
    source.delete()
    assert reapply_corrections(article=world.stored()) == [correction]
    correction.refresh_from_db()
    assert correction.status == "conflict"
    assert world.stored().dateline_place == "روما"


def test_a_conflict_may_be_withdrawn(world):
    [correction] = correct_quotation(
        quotation=world.article.quotations.first(), values={"review": "confirmed"}
    )
    Correction.objects.update(status="conflict", anchor="كلمات غائبة")
    withdraw_correction(correction=correction)
    assert correction.status == "withdrawn"


@pytest.mark.parametrize("gone", [False, True])
def test_a_withdrawn_speaker_of_words_that_are_no_quotation_now_is_nobody_proven(world, gone, monkeypatch):
    """The extraction does not find the words any more: who was named before is not certain, or is gone."""
    quotation = world.article.quotations.get(speaker=world.smith)
    [correction] = correct_quotation(quotation=quotation, values={"speaker": world.blinken})
    if gone:
        world.smith.delete()
    monkeypatch.setattr(
        "archive.corrections.withdrawing.extract", lambda text, _knowledge: small_extraction.extract("")
    )
    withdraw_correction(correction=correction)
    quotation.refresh_from_db()
    assert quotation.speaker == (None if gone else world.smith)
    assert (quotation.resolution, quotation.confidence, quotation.review) == ("none", 0.0, "needed")
