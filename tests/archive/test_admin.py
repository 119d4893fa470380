"""The correction desk: every page opens, any spelling finds, provenance cannot be written."""

from datetime import date
from types import SimpleNamespace

import pytest
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect
from django.contrib.auth import get_user_model
from django.forms import ModelChoiceField
from django.test import Client
from django.urls import reverse

from archive.models import (
    Article,
    ArticleCountry,
    Change,
    Correction,
    Country,
    DatedEvent,
    FieldOrigin,
    Figure,
    ImportedFile,
    ImportRun,
    LexiconEntry,
    Meeting,
    MeetingVariant,
    NameVariant,
    Original,
    Quotation,
    ReferenceRecord,
    Revision,
    Source,
    SourceVariant,
    Speaker,
    Stamp,
    Statement,
    TermOfOffice,
)

pytestmark = pytest.mark.django_db

TEXT = "اشترك الآن\nقال وزير الخارجيّة أنتوني بلينكن إنّ ١٠ آلاف مقاتل ما زالوا في المخيمات."
REGISTERED = [model for model in admin.site._registry if model._meta.app_label == "archive"]
READ_ONLY = [
    Change,
    Correction,
    FieldOrigin,
    Figure,
    ImportedFile,
    ImportRun,
    Original,
    ReferenceRecord,
    Revision,
    Statement,
]
NOT_ADDED = [*READ_ONLY, Article, Quotation]


@pytest.fixture
def desk():
    """One row of every table, hanging together."""
    italy = Country.objects.create(
        code="IT",
        name_ar="إيطاليا",
        name_en="Italy",
        demonyms=["إيطالي"],
        epithets=["بلاد الطليان"],
        capitals=["رومة"],
    )
    outlet = Source.objects.create(key="elaph", name_ar="إيلاف", country=italy)
    SourceVariant.objects.create(source=outlet, text="صحيفة إيلاف")
    speaker = Speaker.objects.create(key="blinken", name_ar="أنتوني بلينكن", name_en="Antony Blinken")
    variant = NameVariant.objects.create(speaker=speaker, text="أحمد بلينكين")
    term = TermOfOffice.objects.create(key="blinken--2021", speaker=speaker, title_ar="وزير الخارجية")
    meeting = Meeting.objects.create(
        key="rome-2021",
        kind="ministerial",
        name_ar="اجتماع روما الوزاري",
        short_name_ar="روما 2021",
        starts_on=date(2021, 6, 28),
        ends_on=date(2021, 6, 28),
        country=italy,
    )
    MeetingVariant.objects.create(meeting=meeting, text="اجتماع روما")
    article = Article.objects.create(
        text=TEXT,
        text_sha256="0" * 64,
        title="اجتماع في إيطاليا",
        source=outlet,
        meeting=meeting,
        body=[{"start": 11, "end": len(TEXT)}],
        furniture=[{"start": 0, "end": 10, "reason": "subscribe"}],
    )
    country_link = ArticleCountry.objects.create(
        article=article,
        country=italy,
        role="mentioned",
        evidence=[{"text": "روما", "start": 3, "end": 7, "kind": "capital"}],
    )
    FieldOrigin.objects.create(
        article=article, field="source", origin="inferred", evidence=[{"text": "إيلاف", "start": 0, "end": 5}]
    )
    original = Original.objects.create(sha256="a" * 64, content=TEXT.encode(), size=len(TEXT.encode()))
    Revision.objects.create(
        article=article,
        number=1,
        original=original,
        path="seeds/1.txt",
        encoding="utf-8",
        text_sha256="0" * 64,
    )
    run = ImportRun.objects.create(paths=["seeds"])
    ImportedFile.objects.create(
        run=run,
        path="seeds/1.txt",
        status="created",
        article=article,
        report={"date": None, "furniture": [1]},
    )
    start = TEXT.index("١٠")
    quotation = Quotation.objects.create(
        article=article, kind="indirect", start=start, end=len(TEXT) - 1, speaker=speaker, term=term
    )
    quotation.statement = Statement.objects.create(speaker=speaker, meeting=meeting)
    quotation.save()
    Figure.objects.create(
        article=article,
        quotation=quotation,
        text=TEXT[start : start + 13],
        start=start,
        end=start + 13,
        value=10_000,
        unit="مقاتل",
        counted="مقاتل",
        kind="people",
    )
    Correction.objects.create(article=article, target="field", field="source", value=outlet.pk, previous=None)
    LexiconEntry.objects.create(category="verb", text="أكّد", attributes={"strength": 2})
    DatedEvent.objects.create(key="fall", name_ar="الهزيمة", date=date(2019, 3, 23), phrases=["هزيمة"])
    ReferenceRecord.objects.create(model="country", key="IT", values={"name_ar": "إيطاليا"})
    return SimpleNamespace(
        article=article,
        country_link=country_link,
        italy=italy,
        meeting=meeting,
        original=original,
        outlet=outlet,
        quotation=quotation,
        speaker=speaker,
        variant=variant,
    )


@pytest.fixture
def curator():
    user = get_user_model().objects.create_superuser("curator", password="curator")
    client = Client()
    client.force_login(user)
    return client


def address(model, page, *args):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


def listed(client, model, **query):
    response = client.get(address(model, "changelist"), query)
    assert response.status_code == 200
    return list(response.context["cl"].queryset)


def test_every_table_of_the_archive_is_at_the_desk():
    from django.apps import apps

    through = {Article.countries.through}
    # Random numbers tell a curator nothing.
    tables = set(apps.get_app_config("archive").get_models()) - {Stamp}
    assert set(REGISTERED) == tables | through


@pytest.mark.parametrize("model", REGISTERED, ids=lambda model: model.__name__)
def test_every_page_opens_in_arabic(desk, curator, model):
    row = model._default_manager.first()
    pages = [
        address(model, "changelist"),
        address(model, "change", row.pk),
        address(model, "history", row.pk),
    ]
    if model not in NOT_ADDED:
        pages.append(address(model, "add"))
    for page in pages:
        response = curator.get(page)
        assert response.status_code == 200, page
        head = response.content[:300].decode()
        assert 'lang="ar"' in head, page
        assert 'dir="rtl"' in head, page


def test_the_index_page_names_the_desk_in_arabic(curator):
    content = curator.get(reverse("admin:index")).content.decode()
    assert "محضر" in content
    assert "Articles" not in content


@pytest.mark.parametrize("model", NOT_ADDED, ids=lambda model: model.__name__)
def test_what_comes_from_files_is_not_added_by_hand(desk, curator, model):
    assert curator.get(address(model, "add")).status_code == 403


@pytest.mark.parametrize("model", READ_ONLY, ids=lambda model: model.__name__)
def test_provenance_is_neither_changed_nor_deleted(desk, curator, model):
    row = model._default_manager.first()
    assert curator.post(address(model, "change", row.pk), {"_save": ""}).status_code == 403
    assert curator.post(address(model, "delete", row.pk), {"post": "yes"}).status_code == 403
    assert model._default_manager.filter(pk=row.pk).exists()


@pytest.mark.parametrize(
    ("model", "query"),
    [
        (Country, "ايطاليا"),  # hamza under the alif, in the name
        (Country, "رومه"),  # ta marbuta, in a capital
        (Country, "بلاد الطليان"),  # in an epithet
        (Country, "italy"),  # Latin letters, any case
        (Speaker, "انتوني بلينكن"),  # two words of one name
        (Speaker, "احمد"),  # in a variant
        (Speaker, "antony"),
        (NameVariant, "بلينكين احمد"),  # words in any order
        (Source, "ايلاف"),
        (Source, "صحيفه"),  # ta marbuta, in a variant
        (Meeting, "إجتماع"),
        (Article, "إيطاليا"),
        (Article, "ايلاف"),  # by its outlet
        (TermOfOffice, "الخارجيه"),
        (Quotation, "الاف"),  # in its words: آلاف
        (Quotation, "10"),  # in its words: ١٠
        (Quotation, "المخيّمات"),  # a vowel sign that the text does not have
        (LexiconEntry, "اكد"),
    ],
)
def test_any_spelling_finds(desk, curator, model, query):
    assert len(listed(curator, model, q=query)) == 1


@pytest.mark.parametrize(
    "query", ["لاشيء", "اجتماع لاشيء", "%", "_", "\\", "(", "[", "a" * 5000, "ا " * 3000, "َ"]
)
def test_any_text_may_be_searched_for(desk, curator, query):
    for model in REGISTERED:
        assert curator.get(address(model, "changelist"), {"q": query}).status_code == 200


def test_autocomplete_folds_too(desk, curator):
    response = curator.get(
        reverse("admin:autocomplete"),
        {"term": "احمد", "app_label": "archive", "model_name": "quotation", "field_name": "speaker"},
    )
    assert [row["text"] for row in response.json()["results"]] == ["أنتوني بلينكن"]


def test_names_sort_as_in_an_arabic_index(desk, curator):
    for code, name in (("AE", "الإمارات"), ("JO", "الأردن"), ("BH", "البحرين"), ("TR", "تركيا")):
        Country.objects.create(code=code, name_ar=name, name_en=code)
    assert [row.name_ar for row in listed(curator, Country)] == [
        "الأردن",
        "الإمارات",
        "إيطاليا",
        "البحرين",
        "تركيا",
    ]


def test_every_filter_of_every_list_works(desk, curator):
    for model in REGISTERED:
        response = curator.get(address(model, "changelist"))
        for spec in response.context["cl"].filter_specs:
            for choice in spec.choices(response.context["cl"]):
                page = address(model, "changelist") + choice["query_string"]
                assert curator.get(page).status_code == 200, page


@pytest.mark.parametrize("model", [m for m in REGISTERED if m not in READ_ONLY], ids=lambda m: m.__name__)
def test_every_relation_has_autocomplete(desk, curator, model):
    """A list of 528 speakers in a select box helps nobody."""
    context = curator.get(address(model, "change", model._default_manager.first().pk)).context
    forms = [context["adminform"].form]
    forms += [inline.formset.empty_form for inline in context["inline_admin_formsets"]]
    for form in forms:
        for name, field in form.fields.items():
            if isinstance(field, ModelChoiceField) and not field.widget.is_hidden:
                assert isinstance(field.widget.widget, AutocompleteSelect), name


def test_the_text_is_read_and_never_written(desk, curator):
    content = curator.get(address(Article, "change", desk.article.pk)).content.decode()
    assert '<del title="subscribe">اشترك الآن</del>' in content
    assert 'name="text"' not in content
    assert "a" * 64 in content
    assert "«إيلاف»" in content


def test_the_original_is_downloaded_byte_for_byte(desk, curator):
    response = curator.get(reverse("admin:archive_original_bytes", args=[desk.original.pk]))
    assert response.content == TEXT.encode()
    assert response["Content-Disposition"].startswith("attachment")
    assert Client().get(reverse("admin:archive_original_bytes", args=[desk.original.pk])).status_code == 302


def test_lists_are_written_one_value_a_line(desk, curator):
    page = address(Country, "change", "IT")
    form = curator.get(page).context["adminform"].form
    assert form["demonyms"].value() == "إيطالي"
    data = {"name_ar": "إيطاليا", "name_en": "Italy", "demonyms": "إيطالي\r\n\r\n طلياني \r\nإيطالي"}
    assert curator.post(page, data).status_code == 302
    desk.italy.refresh_from_db()
    assert desk.italy.demonyms == ["إيطالي", "طلياني"]
    assert desk.italy.other_names == []


def test_a_term_of_office_gets_a_key_by_itself(desk, curator):
    data = {"speaker": desk.speaker.pk, "title_ar": "مستشار", "starts_on": "2015-01-09", "precision": "day"}
    for number in range(2):
        assert curator.post(address(TermOfOffice, "add"), data).status_code == 302, number
    keys = TermOfOffice.objects.filter(title_ar="مستشار").order_by("pk").values_list("key", flat=True)
    assert list(keys) == ["blinken--مستشار-2015", "blinken--مستشار-2015-2"]


@pytest.mark.parametrize("model", [Country, Speaker, Source, Meeting], ids=lambda model: model.__name__)
def test_what_is_in_use_is_not_deleted_and_the_page_says_so(desk, curator, model):
    row = model._default_manager.first()
    response = curator.post(address(model, "delete", row.pk), {"post": "yes"})
    assert response.status_code == 200
    assert response.context["protected"]
    assert model._default_manager.filter(pk=row.pk).exists()
    response = curator.post(
        address(model, "changelist"),
        {"action": "delete_selected", "_selected_action": [row.pk], "post": "yes"},
    )
    assert response.status_code == 200
    assert model._default_manager.filter(pk=row.pk).exists()


def test_an_article_is_deleted_with_what_belongs_to_it_but_not_its_original(desk, curator):
    assert curator.post(address(Article, "delete", desk.article.pk), {"post": "yes"}).status_code == 302
    assert not Article.objects.exists()
    assert not Quotation.objects.exists()
    assert Original.objects.exists()


def test_rights_are_set_for_many_articles_at_once_and_queued_for_search(desk, curator, settings):
    settings.ARCHIVE_AFTER_CHANGE = ""
    Change.objects.all().delete()
    data = {"action": "hide", "_selected_action": [desk.article.pk]}
    assert curator.post(address(Article, "changelist"), data).status_code == 302
    desk.article.refresh_from_db()
    assert desk.article.rights == "hidden"
    assert Change.objects.filter(subject="article", object_id=str(desk.article.pk)).exists()
