"""Who a speaker is: new ones are confirmed or merged, and later extractions agree."""

from datetime import date
from functools import partial

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.core.management import call_command

from archive.corrections import correct_quotation, reapply_corrections
from archive.identities import confirm_speakers, merge_speakers
from archive.importing import reextraction
from archive.models import (
    Change,
    Correction,
    LexiconEntry,
    NameVariant,
    Quotation,
    Speaker,
    Statement,
    TermOfOffice,
)
from tests.archive import small_extraction

pytestmark = pytest.mark.django_db

SAID = "سيواصل التحالف الدولي عمله في العراق وسوريا حتى هزيمة التنظيم هزيمة نهائية لا رجعة فيها"


@pytest.fixture
def world(monkeypatch, tmp_path, settings):
    settings.ARCHIVE_AFTER_CHANGE = ""
    world = small_extraction.make_article(monkeypatch, tmp_path)
    world.load = partial(small_extraction.load_text, tmp_path)
    world.merge = partial(merge_speakers, kept=world.blinken, user=world.curator)
    monkeypatch.setattr(reextraction, "extract", small_extraction.extract)
    return world


def test_a_merged_speakers_quotations_are_the_kept_ones(world):
    quotation = world.smith.quotations.get()
    world.merge(merged=[world.smith])
    quotation.refresh_from_db()
    assert quotation.speaker == world.blinken
    assert not Speaker.objects.filter(name_ar="جون سميث").exists()


def test_the_next_extraction_finds_the_kept_speaker_by_the_merged_name(world):
    world.merge(merged=[world.smith])
    call_command("reextract", verbosity=0)
    world.load("قال جون سميث: «كلام آخر في مقالة أخرى»\n", "b.txt")
    assert set(Quotation.objects.values_list("speaker", flat=True)) == {world.blinken.pk}
    assert not Speaker.objects.filter(name_ar="جون سميث").exists()


def test_the_extractor_itself_knows_the_kept_speaker_by_the_merged_name(settings, tmp_path):
    """With the real extractor and its knowledge, from the file to the re-extraction."""
    settings.ARCHIVE_AFTER_CHANGE = ""
    call_command("load_reference", verbosity=0)
    path = tmp_path / "a.txt"
    path.write_text(
        "واشنطن - قال وزير الخارجية الأمريكي أنطونيو بلنكنز: «التحالف مستمر في عمله حتى النهاية».\n"
    )
    call_command("import_articles", str(path), verbosity=0)
    new = Quotation.objects.get().speaker
    assert new.needs_review
    kept = Speaker.objects.get(key="blinken")
    merge_speakers(kept=kept, merged=[new], user=get_user_model().objects.create(username="curator"))
    call_command("reextract", verbosity=0)
    quotation = Quotation.objects.get()
    assert (quotation.speaker, quotation.review) == (kept, "pending")
    assert not Speaker.objects.filter(needs_review=True).exists()


def test_names_become_variants_but_titles_do_not(world):
    TermOfOffice.objects.create(key="t", speaker=world.blinken, title_ar="وزير الخارجية")
    NameVariant.objects.create(speaker=world.smith, text="ج. سميث")
    NameVariant.objects.create(speaker=world.smith, text="وزير الخارجية سميث")
    NameVariant.objects.create(speaker=world.smith, text="أنتوني بلينكن")
    world.merge(merged=[world.smith])
    assert set(world.blinken.variants.values_list("text", "alone")) == {("جون سميث", True), ("ج. سميث", True)}


def test_offices_move_and_one_that_both_have_is_kept_once(world):
    same = {"title_ar": "وزير", "starts_on": date(2021, 1, 1)}
    kept = TermOfOffice.objects.create(key="a", speaker=world.blinken, **same)
    twin = TermOfOffice.objects.create(key="b", speaker=world.smith, **same)
    other = TermOfOffice.objects.create(key="c", speaker=world.smith, title_ar="سفير")
    quotation = world.smith.quotations.get()
    Quotation.objects.filter(pk=quotation.pk).update(term=twin)
    world.merge(merged=[world.smith])
    quotation.refresh_from_db()
    assert quotation.term == kept
    assert set(world.blinken.terms.all()) == {kept, other}


def test_the_office_held_that_day_is_found(world):
    term = TermOfOffice.objects.create(
        key="a", speaker=world.blinken, title_ar="وزير", starts_on=date(2021, 1, 1)
    )
    quotation = world.smith.quotations.get()
    world.merge(merged=[world.smith])
    quotation.refresh_from_db()
    assert quotation.term == term


def test_offices_of_a_merged_organisation_are_the_kept_ones(world):
    one, two = (Speaker.objects.create(key=key, kind="organisation", name_ar=key) for key in ("حلف", "ناتو"))
    term = TermOfOffice.objects.create(key="s", speaker=world.blinken, title_ar="أمين عام", organisation=two)
    merge_speakers(kept=one, merged=[two], user=world.curator)
    term.refresh_from_db()
    assert term.organisation == one
    assert list(one.variants.values_list("text", "alone")) == [("ناتو", True)]


def test_corrections_that_name_the_merged_speaker_name_the_kept_one(world):
    quotation = world.blinken.quotations.get()
    correct_quotation(quotation=quotation, values={"speaker": world.smith})
    correct_quotation(quotation=world.smith.quotations.first(), values={"review": "confirmed"})
    world.merge(merged=[world.smith])
    correction = Correction.objects.get(field="speaker")
    assert correction.value == world.blinken.pk
    assert reapply_corrections(article=world.stored()) == []


def test_statements_stay(world):
    for name in ("b.txt", "c.txt"):
        world.load(f"meeting: rome-2021\nقال جون سميث: «{SAID}» {name}\n", name)
    statement = Statement.objects.get(speaker=world.smith)
    assert statement.quotations.count() == 2
    world.merge(merged=[world.smith])
    statement.refresh_from_db()
    assert (statement.speaker, statement.quotations.count()) == (world.blinken, 2)


def test_nothing_else_points_to_a_speaker_unseen():
    """A table that names speakers and is new here: think what a merge means for it."""
    related = {relation.field.model.__name__ for relation in Speaker._meta.related_objects}
    assert related == {"NameVariant", "TermOfOffice", "Quotation", "Statement"}


def test_a_merge_is_logged_under_both_names(world):
    pk = str(world.smith.pk)
    world.merge(merged=[world.smith])
    entries = LogEntry.objects.filter(user=world.curator)
    assert {entry.object_id for entry in entries} == {pk, str(world.blinken.pk)}
    assert all("جون سميث" in entry.change_message for entry in entries)


def test_a_merge_is_queued_for_search(world):
    Change.objects.all().delete()
    world.merge(merged=[world.smith])
    queued = set(Change.objects.values_list("subject", flat=True))
    assert queued >= {"article", "quotation", "speaker", "namevariant"}


def test_a_speaker_is_not_merged_into_itself_and_then_nothing_is_done(world):
    with pytest.raises(ValidationError):
        world.merge(merged=[world.smith, world.blinken])
    assert Speaker.objects.filter(pk=world.smith.pk).exists()


@pytest.mark.parametrize(
    ("reasons", "review"),
    [(["the speaker is new"], "pending"), (["the speaker is new", "its closing mark is missing"], "needed")],
)
@pytest.mark.parametrize("act", ["merge", "confirm"])
def test_a_quotation_waits_no_longer_if_the_new_speaker_was_the_only_reason(world, act, reasons, review):
    quotation = world.smith.quotations.get()
    Quotation.objects.filter(pk=quotation.pk).update(reasons=reasons, review="needed")
    if act == "merge":
        world.merge(merged=[world.smith])
    else:
        assert confirm_speakers(speakers=Speaker.objects.all()) == 1
    quotation.refresh_from_db()
    assert (quotation.review, quotation.reasons) == (review, reasons[1:])


@pytest.mark.parametrize(
    ("known", "needs_review", "review"),
    [
        (True, False, "pending"),  # one of the others was known, so is the one who is kept
        (False, True, "needed"),  # two new ones make a new one
    ],
)
def test_a_new_speaker_is_known_when_one_who_is_known_is_merged_into_him(world, known, needs_review, review):
    new = ["the speaker is new"]
    Quotation.objects.update(reasons=new, review="needed")
    Speaker.objects.filter(pk=world.blinken.pk).update(needs_review=not known)
    merge_speakers(kept=world.smith, merged=[world.blinken], user=world.curator)
    assert Speaker.objects.get().needs_review == needs_review
    assert set(Quotation.objects.values_list("review", flat=True)) == {review}


def test_a_speaker_that_somebody_else_merged_meanwhile_is_told_in_words(world):
    world.merge(merged=[world.smith])
    with pytest.raises(ValidationError):
        world.merge(merged=[world.smith])


def test_groups_of_the_lexicon_name_the_kept_speaker(world):
    entry = LexiconEntry.objects.create(
        category="group", text="وزراء التحالف", attributes={"kind": "group", "speaker": world.smith.key}
    )
    world.merge(merged=[world.smith])
    entry.refresh_from_db()
    assert entry.attributes == {"kind": "group", "speaker": "blinken"}
