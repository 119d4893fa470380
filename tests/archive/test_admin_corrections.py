"""What a curator saves: recorded as a correction, kept by every later import, searchable at once."""

from types import SimpleNamespace

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse

from archive.corrections import correct_fields
from archive.importing import loader
from archive.models import Article, ArticleCountry, Change, Correction, Country, Quotation, Speaker
from tests.archive import small_extraction

pytestmark = pytest.mark.django_db

TEXT = """# عنوان المقالة
outlet: صحيفة الاختبار
date: 2021-06-28
قال أنتوني بلينكن: «هذا الوضع ببساطة لا يمكن الدفاع عنه» في إيطاليا.
ثم قال جون سميث: «هل التحالف مستمر في عمله حتى النهاية؟» وزار تركيا.
"""


@pytest.fixture
def desk(monkeypatch, tmp_path):
    """One imported article, a curator at the desk, and the next import of the file changed."""
    monkeypatch.setattr(loader, "extract", small_extraction.extract)
    monkeypatch.setattr("archive.corrections.withdrawing.extract", small_extraction.extract)
    Country.objects.create(code="IT", name_ar="إيطاليا", name_en="Italy")
    Country.objects.create(code="TR", name_ar="تركيا", name_en="Turkey")
    Speaker.objects.create(key="blinken", name_ar="أنتوني بلينكن")
    path = tmp_path / "a.txt"
    path.write_text(TEXT)
    article = small_extraction.load_path(path).article
    client, user = Client(), get_user_model().objects.create_superuser("curator", password="curator")
    client.force_login(user)

    def import_again(addition="وأضاف المصدر فقرة أخرى.\n"):
        path.write_text(path.read_text() + addition)
        small_extraction.load_path(path)

    return SimpleNamespace(article=article, client=client, user=user, import_again=import_again)


def page_of(row):
    return reverse(f"admin:archive_{row._meta.model_name}_change", args=[row.pk])


def save(desk, row, **changed):
    """Send a page's own form back with some values changed, as a browser does."""
    context = desk.client.get(page_of(row)).context
    forms = [context["adminform"].form]
    for inline in context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    data = {}
    for form in forms:
        for field in form:
            value = field.value()
            if value is not None and value is not False:
                data[field.html_name] = value
    response = desk.client.post(page_of(row), {**data, **changed, "_save": "1"})
    if response.status_code == 200:
        pytest.fail(str(response.context["errors"]))
    assert response.status_code == 302
    row.refresh_from_db()


def test_a_corrected_headline_is_recorded_and_survives_an_import(desk):
    save(desk, desk.article, headline="عنوان المحرّر", reason="كما في الموقع")
    correction = Correction.objects.get()
    assert (correction.field, correction.value, correction.previous) == (
        "headline",
        "عنوان المحرّر",
        "عنوان المقالة",
    )
    assert (correction.user, correction.note) == (desk.user, "كما في الموقع")
    desk.import_again()
    desk.article.refresh_from_db()
    assert desk.article.headline == desk.article.title == "عنوان المحرّر"
    assert "فقرة أخرى" in desk.article.text


def test_saving_without_a_change_records_nothing(desk):
    save(desk, desk.article)
    save(desk, desk.article.quotations.first())
    assert not Correction.objects.exists()


def test_a_cleared_date_stays_unknown(desk):
    save(desk, desk.article, published_on="")
    desk.import_again()
    desk.article.refresh_from_db()
    assert (desk.article.published_on, desk.article.date_basis) == (None, "none")


def test_an_emptied_title_gives_back_the_first_one(desk):
    save(desk, desk.article, title="عنوان آخر")
    assert desk.article.title == "عنوان آخر"
    save(desk, desk.article, title="")
    assert desk.article.title == "عنوان المقالة"


def test_rights_and_notes_are_the_curators_own_and_no_corrections(desk):
    save(desk, desk.article, rights="excerpt", note="سؤال الناشر")
    assert (desk.article.rights, desk.article.note) == ("excerpt", "سؤال الناشر")
    assert not Correction.objects.exists()
    desk.import_again()
    desk.article.refresh_from_db()
    assert (desk.article.rights, desk.article.note) == ("excerpt", "سؤال الناشر")


def test_a_country_added_changed_and_removed_survives_an_import(desk):
    Country.objects.create(code="JO", name_ar="الأردن", name_en="Jordan")
    rows = list(desk.article.country_links.order_by("-role", "country"))
    italy, turkey = (next(n for n, row in enumerate(rows) if row.country_id == code) for code in ("IT", "TR"))
    save(
        desk,
        desk.article,
        **{
            "country_links-TOTAL_FORMS": "3",
            f"country_links-{italy}-role": "primary",
            f"country_links-{turkey}-DELETE": "on",
            "country_links-2-article": desk.article.pk,
            "country_links-2-country": "JO",
            "country_links-2-role": "mentioned",
        },
    )
    assert Correction.objects.filter(target="country").count() == 3
    desk.import_again()
    links = desk.article.country_links.values_list("country", "role", "origin")
    assert set(links) == {("IT", "primary", "corrected"), ("JO", "mentioned", "corrected")}


def test_a_corrected_speaker_survives_an_import(desk):
    quotation = desk.article.quotations.get(speaker__name_ar="جون سميث")
    other = Speaker.objects.create(key="other", name_ar="متكلّم آخر")
    save(desk, quotation, speaker=other.pk)
    assert (quotation.speaker, quotation.review) == (other, "corrected")
    desk.import_again()
    again = desk.article.quotations.get(text=quotation.text)
    assert (again.speaker, again.review) == (other, "corrected")


def test_a_kind_that_the_same_words_already_have_is_refused_in_words(desk):
    quotation = desk.article.quotations.first()
    Quotation.objects.create(article=desk.article, kind="indirect", start=quotation.start, end=quotation.end)
    data = {"speaker": quotation.speaker_id, "kind": "indirect", "review": quotation.review}
    response = desk.client.post(page_of(quotation), data)
    assert response.status_code == 200
    assert "kind" in response.context["errors"].as_data() or response.context["adminform"].form.errors["kind"]


@pytest.mark.parametrize(("action", "review"), [("reject", "rejected"), ("confirm", "confirmed")])
def test_many_quotations_are_reviewed_at_once_and_stay_so(desk, action, review):
    rows = list(desk.article.quotations.values_list("pk", flat=True))
    page = reverse("admin:archive_quotation_changelist")
    assert desk.client.post(page, {"action": action, "_selected_action": rows}).status_code == 302
    desk.import_again()
    assert set(desk.article.quotations.values_list("review", flat=True)) == {review}
    assert Correction.objects.filter(target="quotation", user=desk.user).count() == len(rows)


def test_a_withdrawn_correction_gives_the_value_back(desk):
    save(desk, desk.article, headline="عنوان المحرّر")
    page = reverse("admin:archive_correction_changelist")
    data = {"action": "withdraw", "_selected_action": [Correction.objects.get().pk]}
    assert desk.client.post(page, data).status_code == 302
    desk.article.refresh_from_db()
    assert desk.article.headline == "عنوان المقالة"
    assert Correction.objects.get().status == "withdrawn"


def test_a_withdrawal_that_would_make_a_twin_is_refused_in_words(desk):
    quotation = desk.article.quotations.get(speaker__name_ar="جون سميث")
    save(desk, quotation, kind="indirect")
    desk.article.quotations.create(kind="direct", start=quotation.start, end=quotation.end)
    data = {"action": "withdraw", "_selected_action": [Correction.objects.get().pk]}
    response = desk.client.post(reverse("admin:archive_correction_changelist"), data, follow=True)
    assert str(list(response.context["messages"])[-1]) == "في المادة هذا القول من هذا النوع أصلاً."
    assert Correction.objects.get().status == "active"


def test_a_correction_is_shown_with_names_instead_of_numbers(desk):
    quotation = desk.article.quotations.get(speaker__name_ar="جون سميث")
    save(desk, quotation, speaker=Speaker.objects.get(key="blinken").pk)
    save(desk, desk.article, source="")
    for correction in Correction.objects.filter(field__in=["speaker", "source"]):
        content = desk.client.get(page_of(correction)).content.decode()
        assert {"speaker": "أنتوني بلينكن", "source": "صحيفة الاختبار"}[correction.field] in content


def test_a_country_row_of_its_own_is_corrected_too(desk):
    row = ArticleCountry.objects.get(country="TR")
    save(desk, row, role="incidental")
    assert row.origin == "corrected"
    delete = reverse("admin:archive_articlecountry_delete", args=[row.pk])
    assert desk.client.post(delete, {"post": "yes"}).status_code == 302
    desk.import_again()
    assert not ArticleCountry.objects.filter(country="TR").exists()


@pytest.mark.django_db(transaction=True)
def test_a_save_is_searchable_when_the_page_returns(desk, settings, monkeypatch, tmp_path):
    from search.face import search

    monkeypatch.setitem(settings.HAYSTACK_CONNECTIONS["default"], "PATH", str(tmp_path / "index"))
    save(desk, desk.article, headline="زرافة في المتحف")
    assert [hit.id for hit in search("زرافه").hits] == [desk.article.pk]
    assert not Change.objects.exists()
    data = {"action": "hide", "_selected_action": [desk.article.pk]}
    desk.client.post(reverse("admin:archive_article_changelist"), data)
    assert search("زرافة").total == 0
    assert Article.objects.filter(pk=desk.article.pk).exists()


def test_a_page_left_open_does_not_overwrite_what_another_curator_changed(desk):
    page = desk.client.get(page_of(desk.article))
    seen = page.context["adminform"].form["seen"].value()
    correct_fields(article=desk.article, values={"dateline_place": "روما"})
    form = {"headline": "", "title": desk.article.title, "dateline_place": "", "seen": seen, "_save": "1"}
    response = desk.client.post(page_of(desk.article), form)
    assert response.status_code == 200
    assert any("تغيّرت المادة" in str(error) for error in response.context["errors"])
    desk.article.refresh_from_db()
    assert desk.article.dateline_place == "روما"
