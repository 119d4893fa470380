"""Loading shipped reference data beside what curators changed."""

import json
from datetime import date

import pytest

from archive.models import (
    Change,
    Country,
    DatedEvent,
    LexiconEntry,
    Meeting,
    MeetingVariant,
    NameVariant,
    Quotation,
    ReferenceRecord,
    Source,
    SourceVariant,
    Speaker,
    TermOfOffice,
)
from archive.reference import Counts, ReferenceDataError, load_reference
from archive.reference.files import TABLES

pytestmark = pytest.mark.django_db


def small_release():
    """One row of everything, as the files hold it."""
    return {
        "countries.json": [
            {
                "code": "US",
                "name_ar": "الولايات المتحدة",
                "name_en": "United States",
                "other_names": ["أميركا"],
            },
            {"code": "IT", "name_ar": "إيطاليا", "name_en": "Italy"},
        ],
        "organisations.json": [
            {"key": "un", "kind": "organisation", "name_ar": "الأمم المتحدة", "variants": ["الأمم المتحدة"]}
        ],
        "groups.json": [],
        "people.json": [
            {
                "key": "blinken",
                "name_ar": "أنتوني بلينكن",
                "name_en": "Antony Blinken",
                "short_name": "بلينكن",
                "country": "US",
                "variants": [
                    {"text": "بلينكن", "alone": True},
                    {"text": "بلنكن", "alone": False},
                ],
                "terms": [
                    {
                        "key": "blinken--us-fm-2021",
                        "title_ar": "وزير الخارجية الأميركي",
                        "country": "US",
                        "starts_on": "2021-01-26",
                        "ends_on": "2025-01-20",
                        "sure": True,
                    }
                ],
            }
        ],
        "outlets.json": [{"key": "elaph", "name_ar": "إيلاف", "kind": "site", "variants": ["ايلاف"]}],
        "meetings.json": [
            {
                "key": "rome-2021",
                "kind": "ministerial",
                "name_ar": "اجتماع روما",
                "short_name_ar": "روما 2021",
                "country": "IT",
                "starts_on": "2021-06-28",
                "ends_on": "2021-06-28",
                "members": 83,
                "variants": ["مؤتمر روما"],
            }
        ],
        "events.json": [
            {"key": "defeat", "name_ar": "الهزيمة", "date": "2019-03-23", "phrases": ["سقوط التنظيم"]}
        ],
        "lexicon.json": [{"category": "verb", "text": "قال", "attributes": {"strength": 1}}],
        "counted.json": [{"category": "counted", "text": "دولة", "attributes": {"kind": "places"}}],
        "stop_words.json": [{"category": "stop_word", "text": "في"}],
    }


@pytest.fixture
def load(tmp_path):
    """Loads a release, given by its files' rows."""

    def _load(release):
        for name, rows in release.items():
            (tmp_path / name).write_text(json.dumps({"about": "a test", "rows": rows}), encoding="utf-8")
        return load_reference(folder=tmp_path)

    _load.folder = tmp_path
    return _load


def total(counts):
    return Counts(*(sum(getattr(count, name) for count in counts.values()) for name in vars(Counts())))


def test_every_file_fills_its_tables(load):
    counts = load(small_release())
    assert total(counts) == Counts(added=16)
    assert list(counts) == [table.label for table in TABLES]
    blinken = Speaker.objects.get(key="blinken")
    assert (blinken.kind, blinken.country_id, blinken.name_key) == ("person", "US", "انتوني بلينكن")
    assert list(blinken.variants.order_by("pk").values_list("text", "alone")) == [
        ("بلينكن", True),
        ("بلنكن", False),
    ]
    term = blinken.terms.get()
    assert (term.starts_on, term.precision, term.sure) == (date(2021, 1, 26), "day", True)
    assert Source.objects.get().variants.get().key == "ايلاف"
    assert Meeting.objects.get().members == 83
    assert DatedEvent.objects.get().phrases == ["سقوط التنظيم"]
    assert LexiconEntry.objects.get(category="verb").attributes == {"strength": 1}


def test_loading_twice_changes_nothing(load):
    load(small_release())
    Change.objects.all().delete()
    before = {table.label: list(table.model.objects.order_by("pk").values()) for table in TABLES}
    assert total(load(small_release())) == Counts(unchanged=16)
    assert before == {table.label: list(table.model.objects.order_by("pk").values()) for table in TABLES}
    assert not Change.objects.exists()


def test_what_search_shows_is_queued(load):
    load(small_release())
    assert set(Change.objects.values_list("subject", flat=True)) >= {
        "speaker",
        "namevariant",
        "source",
        "meeting",
    }


def test_a_field_that_nobody_touched_follows_the_next_release(load):
    load(small_release())
    release = small_release()
    release["people.json"][0]["name_ar"] = "أنطوني بلينكن"
    release["people.json"][0]["terms"][0]["ends_on"] = "2025-01-21"
    release["people.json"][0]["variants"][1]["alone"] = True
    assert total(load(release)).updated == 3
    blinken = Speaker.objects.get(key="blinken")
    assert (blinken.name_ar, blinken.name_key) == ("أنطوني بلينكن", "انطوني بلينكن")
    assert blinken.terms.get().ends_on == date(2025, 1, 21)
    assert blinken.variants.get(text="بلنكن").alone


def test_a_curators_field_stays_and_the_others_follow(load):
    load(small_release())
    blinken = Speaker.objects.get(key="blinken")
    blinken.short_name = "توني"
    blinken.save()
    release = small_release()
    release["people.json"][0].update(short_name="أ. بلينكن", name_en="Antony J. Blinken")
    counts = load(release)["speaker"]
    blinken.refresh_from_db()
    assert (blinken.short_name, blinken.name_en) == ("توني", "Antony J. Blinken")
    assert (counts.updated, counts.kept) == (1, 1)


def test_a_curators_field_stays_when_the_release_says_what_it_said_before(load):
    load(small_release())
    Speaker.objects.filter(key="blinken").update(short_name="توني")
    for _again in range(2):
        assert load(small_release())["speaker"] == Counts(kept=1, unchanged=1)
        assert Speaker.objects.get(key="blinken").short_name == "توني"


def test_a_release_that_comes_to_agree_with_a_curator_is_agreed(load):
    load(small_release())
    Speaker.objects.filter(key="blinken").update(short_name="توني")
    release = small_release()
    release["people.json"][0]["short_name"] = "توني"
    assert load(release)["speaker"] == Counts(unchanged=2)
    release["people.json"][0]["short_name"] = "طوني"
    load(release)
    assert Speaker.objects.get(key="blinken").short_name == "طوني"


@pytest.mark.parametrize(
    "model", [NameVariant, TermOfOffice, SourceVariant, MeetingVariant, LexiconEntry, DatedEvent]
)
def test_a_row_that_a_curator_deleted_stays_gone(load, model):
    load(small_release())
    model.objects.order_by("pk").first().delete()
    left = model.objects.count()
    for _again in range(2):
        assert load(small_release())[model._meta.model_name].kept == 1
        assert model.objects.count() == left


def test_a_deleted_speaker_takes_no_new_variants(load):
    load(small_release())
    Speaker.objects.get(key="blinken").delete()
    release = small_release()
    release["people.json"][0]["variants"].append("بلينكين")
    load(release)
    assert not Speaker.objects.filter(key="blinken").exists()
    assert not NameVariant.objects.filter(text="بلينكين").exists()


def test_a_deleted_country_leaves_the_reference_to_it_empty(load):
    release = small_release()
    load(release)
    Meeting.objects.update(country=None)
    Country.objects.get(code="IT").delete()
    release["meetings.json"].append({**release["meetings.json"][0], "key": "rome-2022", "variants": []})
    load(release)
    assert Meeting.objects.get(key="rome-2022").country is None


def test_a_variant_that_a_curator_moved_stays_where_it_was_put(load):
    load(small_release())
    other = Speaker.objects.get(key="un")
    variant = NameVariant.objects.get(text="بلنكن")
    variant.speaker = other
    variant.save()
    assert load(small_release())["namevariant"].kept == 1
    assert NameVariant.objects.get(text="بلنكن").speaker == other


def test_a_curators_own_rows_are_left_alone(load):
    load(small_release())
    blinken = Speaker.objects.get(key="blinken")
    NameVariant.objects.create(speaker=blinken, text="أنتوني ج. بلينكن", alone=True)
    Speaker.objects.create(key="somebody", name_ar="أحدهم")
    load(small_release())
    assert blinken.variants.count() == 3
    assert Speaker.objects.filter(key="somebody").exists()


def test_a_row_that_a_curator_made_first_keeps_its_fields_and_gets_the_missing_ones(load):
    Speaker.objects.create(key="blinken", name_ar="السيد بلينكن")
    load(small_release())
    blinken = Speaker.objects.get(key="blinken")
    assert (blinken.name_ar, blinken.name_en) == ("السيد بلينكن", "Antony Blinken")


def test_a_variant_that_is_no_longer_shipped_goes(load):
    load(small_release())
    release = small_release()
    del release["people.json"][0]["variants"][1]
    assert load(release)["namevariant"].removed == 1
    assert not NameVariant.objects.filter(text="بلنكن").exists()
    release["people.json"][0]["variants"].append("بلنكن")
    load(release)
    assert NameVariant.objects.filter(text="بلنكن").exists()


def test_a_changed_variant_stays_though_it_is_no_longer_shipped(load):
    load(small_release())
    NameVariant.objects.filter(text="بلنكن").update(alone=True)
    release = small_release()
    del release["people.json"][0]["variants"][1]
    assert load(release)["namevariant"].removed == 0
    assert NameVariant.objects.filter(text="بلنكن").exists()


def test_a_speaker_that_is_no_longer_shipped_stays(load):
    """Quotations may stand on it."""
    load(small_release())
    release = small_release()
    release["people.json"] = []
    load(release)
    assert Speaker.objects.filter(key="blinken").exists()
    assert Quotation.objects.count() == 0


def test_a_new_field_of_a_release_fills_what_is_empty(load):
    load(small_release())
    record = ReferenceRecord.objects.get(model="speaker", key="blinken")
    del record.values["name_en"]
    record.save()
    Speaker.objects.filter(key="blinken").update(name_en="")
    load(small_release())
    assert Speaker.objects.get(key="blinken").name_en == "Antony Blinken"


def broken(change):
    release = small_release()
    change(release)
    return release


@pytest.mark.parametrize(
    ("change", "file", "words"),
    [
        (lambda r: r["people.json"][0].update(colour="red"), "people.json", "colour"),
        (lambda r: r["people.json"][0].update(country="XX"), "people.json", "XX"),
        (lambda r: r["people.json"][0].update(variants="بلينكن"), "people.json", "variants"),
        (lambda r: r["people.json"].append(r["people.json"][0]), "people.json", "blinken"),
        (lambda r: r["people.json"][0].update(kind="robot"), "people.json", "kind"),
        (lambda r: r["people.json"][0]["terms"][0].update(starts_on="26 Jan"), "people.json", "starts_on"),
        (lambda r: r["people.json"][0]["terms"][0].update(organisation="nato"), "people.json", "nato"),
        (lambda r: r["countries.json"][0].update(name_ar=""), "countries.json", "name_ar"),
        (lambda r: r["meetings.json"][0].update(starts_on=None), "meetings.json", "starts_on"),
        (lambda r: r["lexicon.json"][0].update(category="nonsense"), "lexicon.json", "category"),
        (lambda r: r.update({"outlets.json": {"key": "elaph"}}), "outlets.json", "rows"),
    ],
)
def test_a_malformed_file_is_told_in_one_sentence_and_loads_nothing(load, change, file, words):
    with pytest.raises(ReferenceDataError) as caught:
        load(broken(change))
    message = str(caught.value)
    assert file in message
    assert words in message
    assert "\n" not in message
    assert not Country.objects.exists()


def test_a_missing_file_is_named(load):
    load(small_release())
    (load.folder / "meetings.json").unlink()
    with pytest.raises(ReferenceDataError, match=r"meetings\.json"):
        load_reference(folder=load.folder)


@pytest.mark.parametrize("content", [b"{", b"\xff\xfe\x00", b"[1, 2]", b"null"])
def test_a_file_that_is_not_the_json_we_write_is_named(load, content):
    load(small_release())
    (load.folder / "events.json").write_bytes(content)
    with pytest.raises(ReferenceDataError, match=r"events\.json"):
        load_reference(folder=load.folder)


def test_a_row_that_contradicts_a_curators_changes_nothing(load):
    Country.objects.create(code="CI", name_ar="إيطاليا", name_en="elsewhere")
    with pytest.raises(ReferenceDataError):
        load(small_release())
    assert Country.objects.count() == 1
    assert not Speaker.objects.exists()
