"""The tables: what the database itself refuses, what names a row in a fixture, how names sort."""

import io
import json
import re
from datetime import date
from unittest.mock import patch

import pytest
from django.apps import apps
from django.core import serializers
from django.core.management import call_command
from django.db import IntegrityError, models, transaction
from hypothesis import given
from hypothesis import strategies as st

from archive.models import (
    Article,
    ArticleCountry,
    Correction,
    Country,
    DatedEvent,
    FieldOrigin,
    Figure,
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
    TermOfOffice,
)
from archive.models.changes import Tracked
from archive.models.querysets import NATURAL_KEYS

pytestmark = pytest.mark.django_db
DAY = date(2021, 6, 28)


def country(**values):
    return Country.objects.create(**{"code": "IT", "name_ar": "إيطاليا", "name_en": "Italy", **values})


def article(**values):
    return Article.objects.create(**{"text": "قال نعم ثم لا", "title": "عنوان", **values})


def source(**values):
    return Source.objects.create(**{"key": "s", "name_ar": "صحيفة", **values})


def speaker(**values):
    return Speaker.objects.create(**{"key": "p", "name_ar": "أنتوني بلينكن", **values})


def meeting(**values):
    given = {"key": "m", "kind": "ministerial", "name_ar": "روما", "short_name_ar": "روما"}
    return Meeting.objects.create(**{**given, "starts_on": DAY, "ends_on": DAY, **values})


def quotation(**values):
    given = {"kind": "direct", "start": 4, "end": 7}
    return Quotation.objects.create(**{**given, **values, "article": values.get("article") or article()})


def twice(make):
    def make_both():
        make()
        make()

    return make_both


def variants(model, owner, make):
    def make_both():
        row = make()
        model.objects.create(**{owner: row}, text="اسم")
        model.objects.create(**{owner: row}, text="اسم")

    return make_both


def same_article(make):
    def make_both():
        row = article()
        make(row)
        make(row)

    return make_both


def correction(row, **values):
    return Correction.objects.create(article=row, target="field", field="title", **values)


def revision(row):
    original, _made = Original.objects.get_or_create(sha256="0" * 64, defaults={"content": b"x", "size": 1})
    Revision.objects.create(article=row, number=1, original=original, path="a", encoding="utf-8")


def figure(row, **values):
    given = {"text": "83", "start": 0, "end": 2, "value": 83, "unit": "دولة", "counted": "دوله"}
    return Figure.objects.create(article=row, **{**given, **values})


# One row a constraint: what would break it.
REFUSED = {
    "article_has_a_title": lambda: article(title=""),
    "article_headline_null_not_empty": lambda: article(headline=""),
    "article_date_has_a_basis": lambda: article(published_on=DAY),
    "article_rights_known": lambda: article(rights="secret"),
    "article_country_once": same_article(
        lambda row: ArticleCountry.objects.create(
            article=row, country=Country.objects.filter(pk="IT").first() or country(), role="primary"
        )
    ),
    "field_origin_once": same_article(
        lambda row: FieldOrigin.objects.create(article=row, field="title", origin="file")
    ),
    "field_origin_confidence_in_unit": lambda: FieldOrigin.objects.create(
        article=article(), field="title", origin="file", confidence=1.5
    ),
    "revision_number_once": same_article(revision),
    "correction_one_active_a_field": same_article(correction),
    "lexicon_entry_once": twice(lambda: LexiconEntry.objects.create(category="verb", text="قال")),
    "lexicon_entry_not_empty": lambda: LexiconEntry.objects.create(category="verb", text=""),
    "reference_record_once": twice(lambda: ReferenceRecord.objects.create(model="country", key="IT")),
    "meeting_ends_after_it_begins": lambda: meeting(ends_on=date(2021, 6, 27)),
    "meeting_has_a_name": lambda: meeting(name_ar=""),
    "meeting_variant_once": variants(MeetingVariant, "meeting", meeting),
    "meeting_variant_not_empty": lambda: MeetingVariant.objects.create(meeting=meeting(), text=""),
    "country_code_is_iso2": lambda: country(code="it"),
    "quotation_not_empty": lambda: quotation(start=4, end=4),
    "quotation_confidence_in_unit": lambda: quotation(confidence=-0.1),
    "quotation_once": same_article(lambda row: quotation(article=row)),
    "quotation_kind_known": lambda: quotation(kind="rumour"),
    "figure_not_empty": lambda: figure(article(), end=0),
    "figure_once": same_article(figure),
    "source_has_a_name": lambda: source(name_ar=""),
    "source_rights_known": lambda: source(rights=""),
    "source_variant_once": variants(SourceVariant, "source", source),
    "source_variant_not_empty": lambda: SourceVariant.objects.create(source=source(), text=""),
    "speaker_has_a_name": lambda: speaker(name_ar=""),
    "speaker_kind_known": lambda: speaker(kind="ghost"),
    "name_variant_once": variants(NameVariant, "speaker", speaker),
    "name_variant_not_empty": lambda: NameVariant.objects.create(speaker=speaker(), text=""),
    "term_ends_after_it_begins": lambda: TermOfOffice.objects.create(
        key="t", speaker=speaker(), title_ar="وزير", starts_on=DAY, ends_on=date(2021, 1, 1)
    ),
    "term_has_a_title": lambda: TermOfOffice.objects.create(key="t", speaker=speaker(), title_ar=""),
}


def named_constraints():
    return {
        constraint.name: (model, constraint)
        for model in apps.get_app_config("archive").get_models()
        for constraint in model._meta.constraints
    }


def test_every_named_constraint_has_its_test():
    assert set(REFUSED) == set(named_constraints())


@pytest.mark.parametrize("name", REFUSED)
def test_the_database_refuses_what_a_constraint_forbids(name):
    model, constraint = named_constraints()[name]
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        REFUSED[name]()
    message = str(caught.value)
    if isinstance(constraint, models.UniqueConstraint) and name not in message:
        # SQLite names the columns of a unique constraint instead of the constraint.
        columns = [model._meta.get_field(field).column for field in constraint.fields]
        assert re.findall(r"\.(\w+)", message) == columns
    else:
        assert name in message


def test_a_withdrawn_correction_leaves_room_for_another():
    row = article()
    correction(row, status="withdrawn")
    correction(row, status="conflict")
    correction(row)
    assert row.corrections.count() == 3


@given(st.text(min_size=1), st.data())
def test_a_quotations_text_is_always_the_slice(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    row = Quotation(article=Article(pk=1, text=text), kind="direct", start=start, end=end, text="غير ذلك")
    with patch.object(Tracked, "save"):
        row.save()
    assert row.text == text[start:end]


def test_names_sort_in_arabic_order_without_hamza_and_article():
    names = ["يمن", "السعودية", "إيطاليا", "الأردن", "أميركا", "بريطانيا", "آيسلندا", "سوريا"]
    for number, name in enumerate(names):
        country(code=f"A{chr(65 + number)}", name_ar=name, name_en=name)
    assert [row.name_ar for row in Country.objects.all()] == [
        "الأردن",
        "أميركا",
        "آيسلندا",
        "إيطاليا",
        "بريطانيا",
        "السعودية",
        "سوريا",
        "يمن",
    ]


@pytest.mark.parametrize(("make", "model"), [(source, Source), (speaker, Speaker)])
def test_outlets_and_speakers_sort_alike(make, model):
    for number, name in enumerate(["البيان", "إيلاف", "الأهرام"]):
        make(key=f"k{number}", name_ar=name)
    assert [str(row) for row in model.objects.all()] == ["الأهرام", "إيلاف", "البيان"]


def test_undated_articles_come_last():
    undated = article()
    dated = article(published_on=DAY, date_basis="explicit")
    assert list(Article.objects.all()) == [dated, undated]


def test_rights_are_the_articles_own_or_else_its_outlets():
    outlet = source(rights="excerpt")
    assert article().effective_rights == "full"
    assert article(source=outlet).effective_rights == "excerpt"
    assert article(source=outlet, rights="hidden").effective_rights == "hidden"


def test_natural_keys_survive_dump_and_load():
    italy = country()
    outlet = source(country=italy)
    SourceVariant.objects.create(source=outlet, text="الصحيفة")
    person = speaker(country=italy)
    NameVariant.objects.create(speaker=person, text="بلينكن", alone=False)
    TermOfOffice.objects.create(key="t", speaker=person, title_ar="وزير", country=italy, starts_on=DAY)
    rome = meeting(country=italy)
    MeetingVariant.objects.create(meeting=rome, text="مؤتمر روما")
    LexiconEntry.objects.create(category="verb", text="قال", attributes={"kind": "say"})
    DatedEvent.objects.create(key="e", name_ar="حدث", date=DAY, phrases=["حدث"])
    dumped = _dump()
    assert {row["model"] for row in json.loads(dumped)} == {
        f"archive.{name.lower()}" for name in NATURAL_KEYS
    }
    assert not any("pk" in row for row in json.loads(dumped) if row["model"] != "archive.country")
    for name in reversed(NATURAL_KEYS):
        apps.get_model("archive", name).objects.all().delete()
    _load(dumped)
    assert _dump() == dumped
    _load(dumped)
    assert _dump() == dumped


def _dump():
    out = io.StringIO()
    labels = [f"archive.{name}" for name in NATURAL_KEYS]
    call_command("dumpdata", *labels, natural_foreign=True, natural_primary=True, stdout=out)
    return out.getvalue()


def _load(dumped):
    for row in serializers.deserialize("json", dumped):
        row.save()
