"""The review desk: what waits, least certain first, and one click for each verdict."""

import ast
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from archive.corrections import correct_country, correct_fields, correct_quotation
from archive.models import Article, Correction, FieldOrigin, Quotation, Speaker
from archive.reviewing import REASONS, reasons_in_words
from tests.archive import small_extraction

pytestmark = pytest.mark.django_db

QUOTATIONS, ARTICLES, SPEAKERS = (
    f"admin:archive_{name}_review" for name in ("quotation", "article", "speaker")
)
TEXT = """# عنوان المقالة
outlet: صحيفة الاختبار
date: 2021-06-28
قال أنتوني بلينكن: «هل هذا الوضع لا يمكن الدفاع عنه؟» في إيطاليا.
ثم قال جون سميث: «هل التحالف مستمر في عمله حتى النهاية؟» وزار تركيا.
وقال فيصل: «كلام لا يعرف قائله باسمه وحده» وعاد.
"""


@pytest.fixture
def desk(monkeypatch, tmp_path, settings):
    settings.ARCHIVE_AFTER_CHANGE = ""
    world = small_extraction.make_world(monkeypatch)
    article = small_extraction.load_text(tmp_path, TEXT).article
    Quotation.objects.filter(speaker=world.blinken).update(confidence=0.7)
    client, user = Client(), get_user_model().objects.create_superuser("curator", password="curator")
    client.force_login(user)
    return SimpleNamespace(article=article, client=client, user=user, blinken=world.blinken)


def cards(desk, name, **query):
    response = desk.client.get(reverse(name, query=query))
    assert response.status_code == 200
    return response.context["cards"]


def judge(desk, name, row, verdict, **values):
    data = {"row": row.pk, "verdict": verdict, **values}
    response = desk.client.post(reverse(name), data, follow=True)
    return response.redirect_chain[0][0], [str(message) for message in response.context["messages"]]


def test_quotations_wait_with_their_words_in_context_the_least_certain_first(desk):
    waiting = cards(desk, QUOTATIONS)
    assert [card["row"].confidence for card in waiting] == [0.0, 0.4, 0.7]
    card = waiting[1]
    assert card["before"].endswith("ثم قال جون سميث: «")
    assert card["after"].startswith("» وزار تركيا")
    assert card["row"].called == "جون سميث"
    content = desk.client.get(reverse(QUOTATIONS)).content.decode()
    assert f"<mark>{card['row'].text}</mark>" in content
    assert "40%" in content


def test_long_contexts_begin_and_end_with_whole_words(desk, tmp_path):
    around = "كلمات كثيرة حول القول " * 20
    text = f"{around}قال جون سميث: «هل هذا كلام آخر؟» {around}\n"
    article = small_extraction.load_text(tmp_path, text, "b.txt").article
    [card] = cards(desk, QUOTATIONS, article=article.pk)
    assert card["before"].startswith("… ")
    assert card["after"].endswith(" …")
    for shown in (card["before"], card["after"]):
        assert shown.strip("… ") in text
        assert set(shown.strip("… ").split()) <= set(text.split()) | {"«", "»"} | {"؟»"}


def test_reasons_are_sentences_in_the_curators_language(desk):
    content = desk.client.get(reverse(QUOTATIONS)).content.decode()
    assert "الاسم وحده لا يكفي لمعرفة صاحبه." in content
    assert "unsure" in content  # a reason that has no sentence is better shown than hidden


def test_every_reason_of_the_extraction_has_a_sentence():
    """The extraction knows no translations: it appends plain words to a quotation's reasons."""
    said = set()
    for path in (Path(settings.BASE_DIR) / "archive" / "extraction").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr == "append"
                and ast.unparse(node.func.value).endswith("reasons")
            ):
                said.update(part.value for part in node.args if isinstance(part, ast.Constant))
    assert said
    assert said <= set(REASONS)


def test_a_quotation_without_reasons_says_that_none_is_recorded():
    assert len(reasons_in_words([])) == 1


@pytest.mark.parametrize(("verdict", "review"), [("confirm", "confirmed"), ("reject", "rejected")])
def test_one_click_judges_and_leads_to_the_next(desk, verdict, review):
    first, second, third = cards(desk, QUOTATIONS)
    address, told = judge(desk, QUOTATIONS, second["row"], verdict, following=second["following"])
    assert address.endswith(f"#row-{third['row'].pk}")
    assert second["row"].text in told[0]
    assert "following" not in first  # the next is at the top of the page by itself
    judged = Quotation.objects.get(pk=second["row"].pk)
    assert judged.review == review
    correction = Correction.objects.get()
    assert (correction.quotation, correction.user) == (judged, desk.user)
    assert [card["row"].pk for card in cards(desk, QUOTATIONS)] == [first["row"].pk, third["row"].pk]


def test_another_speaker_is_chosen_by_autocomplete(desk):
    row = cards(desk, QUOTATIONS)[0]["row"]
    assert "admin-autocomplete" in str(cards(desk, QUOTATIONS)[0]["form"])
    judge(desk, QUOTATIONS, row, "speaker", speaker=desk.blinken.pk)
    row.refresh_from_db()
    assert (row.speaker, row.review, row.resolution) == (desk.blinken, "corrected", "curator")


def test_choosing_the_speaker_that_was_proposed_confirms_it(desk):
    row = cards(desk, QUOTATIONS)[1]["row"]
    judge(desk, QUOTATIONS, row, "speaker", speaker=row.speaker_id)
    row.refresh_from_db()
    assert row.review == "confirmed"


@pytest.mark.parametrize(("verdict", "values"), [("speaker", {}), ("speaker", {"speaker": "9999"}), ("", {})])
def test_a_verdict_that_says_nothing_changes_nothing(desk, verdict, values):
    row = cards(desk, QUOTATIONS)[0]["row"]
    _address, told = judge(desk, QUOTATIONS, row, verdict, **values)
    assert told
    row.refresh_from_db()
    assert row.review == "needed"


def test_a_quotation_that_another_curator_judged_meanwhile_is_left_alone(desk):
    row = cards(desk, QUOTATIONS)[0]["row"]
    correct_quotation(quotation=row, values={"review": "rejected"})
    _address, told = judge(desk, QUOTATIONS, row, "confirm")
    assert "لم يعد" in told[0]
    row.refresh_from_db()
    assert row.review == "rejected"


def test_the_list_may_be_of_one_speaker(desk):
    assert len(cards(desk, QUOTATIONS, speaker=desk.blinken.pk)) == 1


def test_articles_wait_with_what_is_doubtful_about_them(desk):
    correct_country(article=desk.article, country=desk.article.countries.first(), role=None)
    Correction.objects.update(status="conflict")
    FieldOrigin.objects.filter(field="published_on").update(confidence=0.5)
    Article.objects.update(needs_review=True)
    [card] = cards(desk, ARTICLES)
    doubtful, conflict = card["questions"]
    assert (doubtful["value"], doubtful["per_cent"]) == ("28 حزيران/يونيو 2021", 50)
    assert doubtful["words"] == ["2021-06-28"]
    assert conflict["correction"] == Correction.objects.get().pk
    assert card["row"].waiting == 3
    judge(desk, ARTICLES, desk.article, "confirm")
    assert cards(desk, ARTICLES) == []


def test_a_corrected_value_is_not_doubtful(desk):
    FieldOrigin.objects.filter(field="published_on").update(confidence=0.5)
    Article.objects.update(needs_review=True)
    correct_fields(article=desk.article, values={"published_on": "2021-06-29"})
    [card] = cards(desk, ARTICLES)
    assert card["questions"] == []


def test_new_speakers_wait_with_words_of_theirs(desk):
    [card] = cards(desk, SPEAKERS)
    smith = card["row"]
    assert smith.name_ar == "جون سميث"
    assert [said.text for said in smith.samples] == ["هل التحالف مستمر في عمله حتى النهاية؟"]
    Quotation.objects.filter(speaker=smith).update(reasons=["the speaker is new"])
    judge(desk, SPEAKERS, smith, "confirm")
    assert not Speaker.objects.get(pk=smith.pk).needs_review
    assert Quotation.objects.get(speaker=smith).review == "pending"


def test_a_new_speaker_whom_nothing_is_attributed_to_any_more_does_not_wait(desk):
    Quotation.objects.filter(speaker__name_ar="جون سميث").update(speaker=desk.blinken)
    assert cards(desk, SPEAKERS) == []


def test_a_new_speaker_is_merged_on_a_page_that_asks_first(desk):
    smith = cards(desk, SPEAKERS)[0]["row"]
    merge = reverse("admin:archive_speaker_merge")
    response = desk.client.get(merge, {"speakers": smith.pk, "kept": desk.blinken.pk})
    assert (response.status_code, response.context["kept"]) == (200, desk.blinken.pk)
    assert Speaker.objects.filter(pk=smith.pk).exists()
    response = desk.client.post(merge, {"speakers": [smith.pk, desk.blinken.pk], "kept": desk.blinken.pk})
    assert response["Location"] == reverse("admin:archive_speaker_change", args=[desk.blinken.pk])
    assert not Speaker.objects.filter(pk=smith.pk).exists()


def test_several_speakers_are_merged_from_their_list(desk):
    smith = cards(desk, SPEAKERS)[0]["row"]
    data = {"action": "merge_selected", "_selected_action": [smith.pk, desk.blinken.pk]}
    response = desk.client.post(reverse("admin:archive_speaker_changelist"), data, follow=True)
    # The one who is known is proposed.
    assert response.context["kept"] == desk.blinken.pk


def test_merging_one_speaker_with_nobody_is_refused_in_words(desk):
    response = desk.client.get(
        reverse("admin:archive_speaker_merge"), {"speakers": desk.blinken.pk}, follow=True
    )
    assert [str(message) for message in response.context["messages"]] == ["اختر متكلّمين اثنين على الأقل."]


def test_the_index_of_the_desk_tells_how_much_waits(desk):
    content = desk.client.get(reverse("admin:index")).content.decode()
    for name, count in ((QUOTATIONS, 3), (ARTICLES, 0), (SPEAKERS, 1)):
        link = content[content.index(f'href="{reverse(name)}"') :]
        assert f"<b>{count}</b>" in link[: link.index("</a>")]


def test_only_those_who_may_change_a_table_review_it(desk):
    user = get_user_model().objects.create_user("reader", password="reader", is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="view_quotation"))
    client = Client()
    client.force_login(user)
    for name in (QUOTATIONS, ARTICLES, SPEAKERS, "admin:archive_speaker_merge"):
        assert client.get(reverse(name)).status_code == 403
    assert reverse(QUOTATIONS) not in client.get(reverse("admin:index")).content.decode()


@pytest.mark.parametrize("name", [QUOTATIONS, ARTICLES, SPEAKERS])
def test_a_list_costs_as_many_queries_for_many_rows_as_for_few(
    desk, tmp_path, name, django_assert_max_num_queries
):
    for number in range(12):
        text = "".join(
            f"قال متكلم {number} {said}: «هل هذا هو القول رقم {number}؟»\n" for said in ("أول", "ثان")
        )
        small_extraction.load_text(tmp_path, text, f"{number}.txt")
    Article.objects.update(needs_review=True)
    FieldOrigin.objects.update(confidence=0.5)
    with django_assert_max_num_queries(15):
        assert len(cards(desk, name)) > 12


def test_the_list_of_corrections_costs_as_many_queries_for_many_rows(desk, django_assert_max_num_queries):
    sources = {"source": None, "meeting": None, "dateline_place": "روما"}
    correct_fields(article=desk.article, values=sources)
    for quotation in desk.article.quotations.all():
        correct_quotation(quotation=quotation, values={"speaker": desk.blinken, "review": "confirmed"})
        correct_quotation(quotation=quotation, values={"speaker": None})
    for country in desk.article.countries.all():
        correct_country(article=desk.article, country=country, role=None)
    with django_assert_max_num_queries(16):
        response = desk.client.get(reverse("admin:archive_correction_changelist"))
    content = response.content.decode()
    for name in ("أنتوني بلينكن", "إيطاليا"):
        assert name in content


@pytest.mark.parametrize("model", ["article", "quotation", "source", "speaker"])
def test_who_may_only_look_is_offered_no_action(desk, model):
    user = get_user_model().objects.create_user("reader", password="reader", is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename=f"view_{model}"))
    client = Client()
    client.force_login(user)
    response = client.get(reverse(f"admin:archive_{model}_changelist"))
    assert response.status_code == 200
    assert response.context["cl"].result_list.exists()
    assert not response.context["action_form"]


def test_who_may_only_look_confirms_no_speaker(desk):
    user = get_user_model().objects.create_user("reader", password="reader", is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="view_speaker"))
    client = Client()
    client.force_login(user)
    new = Speaker.objects.get(needs_review=True)
    data = {"action": "mark_reviewed", "_selected_action": [new.pk]}
    client.post(reverse("admin:archive_speaker_changelist"), data)
    assert client.post(reverse(SPEAKERS), {"row": new.pk, "verdict": "confirm"}).status_code == 403
    data = {"speakers": [new.pk, desk.blinken.pk], "kept": desk.blinken.pk}
    assert client.post(reverse("admin:archive_speaker_merge"), data).status_code == 403
    assert Speaker.objects.get(pk=new.pk).needs_review


@pytest.mark.parametrize("query", ["article", "speaker", "page"])
@pytest.mark.parametrize("number", ["9" * 30, "٣", "²", "-1", "x"])
def test_an_address_with_any_number_is_answered(desk, query, number):
    assert desk.client.get(reverse(QUOTATIONS), {query: number}).status_code == 200


@pytest.mark.parametrize("name", [QUOTATIONS, ARTICLES, SPEAKERS])
def test_a_verdict_on_any_number_is_answered(desk, name):
    _address, told = judge(desk, name, SimpleNamespace(pk="9" * 30), "confirm")
    assert told == ["لم يعد هذا ينتظر المراجعة."]


@pytest.mark.parametrize("number", ["9" * 30, "²"])
def test_merging_any_number_is_refused_in_words(desk, number):
    merge = reverse("admin:archive_speaker_merge")
    response = desk.client.get(merge, {"speakers": desk.blinken.pk, "kept": number}, follow=True)
    assert [str(message) for message in response.context["messages"]] == ["اختر متكلّمين اثنين على الأقل."]


def test_a_verdict_needs_the_token_of_the_page(desk):
    client = Client(enforce_csrf_checks=True)
    client.force_login(desk.user)
    row = Quotation.objects.to_review().first()
    assert client.post(reverse(QUOTATIONS), {"row": row.pk, "verdict": "confirm"}).status_code == 403
    assert Quotation.objects.get(pk=row.pk).review == "needed"


@pytest.mark.parametrize(("name", "model"), [(ARTICLES, Article), (SPEAKERS, Speaker)])
def test_only_the_button_says_that_a_row_is_right(desk, name, model):
    Article.objects.update(needs_review=True)
    row = model.objects.get(needs_review=True)
    _address, told = judge(desk, name, row, "")
    assert told == ["اختر أحد الأزرار."]
    assert model.objects.get(pk=row.pk).needs_review
