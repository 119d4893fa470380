"""Corrections of quotations that share their words and surroundings: each goes by its own row."""

from functools import partial

import pytest

from archive.corrections import correct_quotation, reapply_corrections, withdraw_correction
from archive.models import Correction, Quotation
from tests.archive import small_extraction

pytestmark = pytest.mark.django_db

REFRAIN = "قال جون سميث: «التحالف مستمر في عمله حتى النهاية دائما»\n"


@pytest.fixture
def world(monkeypatch, tmp_path):
    world = small_extraction.make_article(monkeypatch, tmp_path)
    world.load = partial(small_extraction.load_text, tmp_path)
    return world


@pytest.fixture
def twins(world):
    """A verbatim and a paraphrased quotation on one span, which the extraction says is verbatim."""
    direct = world.article.quotations.get(speaker=world.smith)
    indirect = world.article.quotations.create(
        kind="indirect", start=direct.start, end=direct.end, speaker=world.smith
    )
    return direct, indirect


@pytest.fixture
def refrain(world):
    """Four equal sentences; the second and third have equal surroundings too."""
    rows = world.load(REFRAIN * 4, "refrain.txt").article.quotations.all()
    return list(rows)[1:3]


@pytest.fixture(params=["twins", "refrain"])
def pair(request):
    return request.getfixturevalue(request.param)


def speakers(pair):
    return [Quotation.objects.get(pk=row.pk).speaker for row in pair]


def test_correcting_one_leaves_the_other_and_its_correction(world, pair):
    first, second = pair
    correct_quotation(quotation=first, values={"speaker": world.blinken})
    correct_quotation(quotation=second, values={"speaker": None})
    assert speakers(pair) == [world.blinken, None]
    assert set(Correction.objects.values_list("quotation", "status")) == {
        (first.pk, "active"),
        (second.pk, "active"),
    }


def test_a_later_correction_takes_the_place_of_the_same_rows_only(world, pair):
    first, second = pair
    for quotation in (first, second):
        correct_quotation(quotation=quotation, values={"speaker": world.blinken})
    correct_quotation(quotation=first, values={"speaker": None})
    withdrawn = Correction.objects.get(status="withdrawn")
    assert (withdrawn.quotation, speakers(pair)) == (first, [None, world.blinken])


def test_withdrawing_gives_back_the_value_of_its_row_only(world, pair):
    corrections = [
        correct_quotation(quotation=quotation, values={"speaker": world.blinken})[0] for quotation in pair
    ]
    withdraw_correction(correction=corrections[1])
    assert speakers(pair) == [world.blinken, world.smith]
    pair[0].refresh_from_db()
    assert pair[0].review == "corrected"


def test_each_is_set_again_on_its_own_row(world, pair):
    first, second = pair
    correct_quotation(quotation=first, values={"speaker": world.blinken})
    correct_quotation(quotation=second, values={"speaker": None, "review": "confirmed"})
    Quotation.objects.filter(pk__in=[first.pk, second.pk]).update(speaker=world.smith)
    assert reapply_corrections(article=first.article) == []
    assert speakers(pair) == [world.blinken, None]


@pytest.mark.parametrize("added", ["سطر جديد قبل الأول.\n", "قال زيد عمر: «كلام لم يكن هنا من قبل»\n"])
def test_each_moves_with_its_words_when_the_text_changes(world, refrain, added):
    first, second = refrain
    correct_quotation(quotation=first, values={"speaker": world.blinken})
    correct_quotation(quotation=second, values={"review": "rejected"})
    article = world.load(added + REFRAIN * 4, "refrain.txt").article
    rows = list(article.quotations.filter(text=first.text))
    assert [row.pk for row in rows][1:3] == [first.pk, second.pk]
    assert [row.speaker for row in rows] == [world.smith, world.blinken, world.smith, world.smith]
    assert [row.review for row in rows] == ["pending", "corrected", "rejected", "pending"]


def test_one_that_no_longer_comes_as_often_is_in_conflict_not_on_the_wrong_words(world, refrain):
    correct_quotation(quotation=refrain[0], values={"speaker": world.blinken})
    article = world.load(REFRAIN * 5, "refrain.txt").article
    assert Correction.objects.get().status == "conflict"
    assert not article.quotations.filter(speaker=world.blinken).exists()


def test_a_correction_from_before_rows_were_named_works_by_its_words(world):
    quotation = world.article.quotations.get(speaker=world.smith)
    [correction] = correct_quotation(quotation=quotation, values={"speaker": world.blinken})
    Correction.objects.update(quotation=None)
    Quotation.objects.filter(pk=quotation.pk).update(speaker=world.smith)
    reapply_corrections(article=world.stored())
    correction.refresh_from_db()
    assert correction.quotation == quotation
    Correction.objects.update(quotation=None)
    correct_quotation(quotation=quotation, values={"speaker": None})
    assert Correction.objects.get(pk=correction.pk).status == "withdrawn"


def test_a_correction_whose_row_is_gone_is_tied_to_the_one_made_again(world):
    quotation = world.article.quotations.get(speaker=world.smith)
    [correction] = correct_quotation(quotation=quotation, values={"speaker": world.blinken})
    quotation.delete()
    reapply_corrections(article=world.stored())
    correction.refresh_from_db()
    made = world.article.quotations.get(text=quotation.text)
    assert (correction.quotation, made.speaker, correction.status) == (made, world.blinken, "active")


def test_two_corrections_of_one_row_are_both_set_again(world):
    quotation = world.article.quotations.get(speaker=world.smith)
    correct_quotation(quotation=quotation, values={"speaker": None, "kind": "indirect"})
    Quotation.objects.filter(pk=quotation.pk).update(
        speaker=world.smith, kind="direct", review="pending", resolution="named"
    )
    reapply_corrections(article=world.stored())
    quotation.refresh_from_db()
    assert (quotation.speaker, quotation.kind, quotation.review) == (None, "indirect", "corrected")


def test_a_correction_that_cannot_be_set_again_does_not_mar_the_row_for_the_next(world, twins):
    direct, _indirect = twins
    [kind] = correct_quotation(quotation=direct, values={"review": "confirmed"})
    Correction.objects.filter(pk=kind.pk).update(field="kind", value="indirect")
    correct_quotation(quotation=direct, values={"speaker": world.blinken})
    assert [row.field for row in reapply_corrections(article=world.stored())] == ["kind"]
    direct.refresh_from_db()
    assert (direct.kind, direct.speaker) == ("direct", world.blinken)


class TestStandingAlone:
    """``alone`` keeps a quotation out of every statement, and says nothing of who speaks."""

    @pytest.fixture
    def quotation(self, world):
        return world.article.quotations.get(speaker=world.smith)

    def test_it_is_no_verdict_on_the_quotation(self, quotation):
        [correction] = correct_quotation(quotation=quotation, values={"alone": True})
        quotation.refresh_from_db()
        assert (quotation.alone, quotation.review) == (True, "needed")
        assert (correction.previous, correction.value) == (False, True)

    def test_it_survives_new_text_while_the_rest_follows_the_extraction(self, world, quotation):
        correct_quotation(quotation=quotation, values={"alone": True})
        world.load(small_extraction.CORRECTED_TEXT.replace("ثم قال جون سميث", "ثم قال أنتوني بلينكن"))
        again = Quotation.objects.get(pk=quotation.pk)
        assert (again.alone, again.speaker) == (True, world.blinken)

    def test_a_withdrawn_one_may_be_grouped_again(self, quotation):
        [correction] = correct_quotation(quotation=quotation, values={"alone": True})
        correct_quotation(quotation=quotation, values={"review": "confirmed"})
        withdraw_correction(correction=correction)
        quotation.refresh_from_db()
        assert (quotation.alone, quotation.review) == (False, "confirmed")

    def test_it_makes_no_quotation_of_words_that_are_none_any_more(self, world, quotation):
        [correction] = correct_quotation(quotation=quotation, values={"alone": True})
        world.load(small_extraction.CORRECTED_TEXT.replace("ثم قال جون سميث:", "ثم"))
        assert not Quotation.objects.filter(text=quotation.text).exists()
        correction.refresh_from_db()
        assert correction.status == "conflict"

    def test_it_leaves_its_statement_and_comes_back_when_withdrawn(self, world):
        said = "سيواصل التحالف الدولي عمله في العراق وسوريا حتى هزيمة التنظيم هزيمة نهائية لا رجعة فيها"
        for name in ("b.txt", "c.txt"):
            world.load(f"meeting: rome-2021\nقال جون سميث: «{said}» {name}\n", name)
        grouped = Quotation.objects.exclude(statement=None)
        assert grouped.count() == 2
        [correction] = correct_quotation(quotation=grouped.first(), values={"alone": True})
        assert not grouped.exists()
        withdraw_correction(correction=correction)
        assert grouped.count() == 2
