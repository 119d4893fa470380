"""``manage.py load_reference`` with the data that ships."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from archive.models import Country, LexiconEntry, Meeting, NameVariant, Speaker, TermOfOffice
from archive.reference import load_reference

pytestmark = pytest.mark.django_db


def run():
    out = StringIO()
    with translation.override("en"):
        call_command("load_reference", stdout=out)
    return out.getvalue()


def test_the_shipped_data_is_loaded_and_told_table_by_table():
    told = run()
    assert len(told.splitlines()) == 10
    assert "636 added" in told
    assert "577" not in told.splitlines()[0]
    assert Speaker.objects.filter(kind="person").count() == 577
    assert TermOfOffice.objects.count() == 636
    assert Meeting.objects.count() == 51
    assert Country.objects.count() == 250
    assert NameVariant.objects.count() > 2000
    assert LexiconEntry.objects.filter(category="stop_word").exists()
    assert " 0 added" in run()


def test_the_speakers_that_other_parts_name_exist():
    load_reference()
    keys = {"blinken", "tillerson", "di-maio", "coalition", "coalition-ministers"}
    assert set(Speaker.objects.filter(key__in=keys).values_list("key", flat=True)) == keys


def test_meetings_have_short_names_of_their_own_and_the_plain_key_is_the_ministerials():
    load_reference()
    assert len(set(Meeting.objects.values_list("short_name_ar", flat=True))) == 51
    rome = Meeting.objects.get(key="rome-2021")
    assert (rome.short_name_ar, rome.kind, rome.members) == ("روما 2021", "ministerial", 83)
    assert Meeting.objects.get(key="washington-2017").kind == "ministerial"
    assert Meeting.objects.get(key="washington-2017-directors").kind == "political_directors"
    assert {row.city_ar == "" for row in Meeting.objects.filter(key__startswith="virtual")} == {True}


def test_a_broken_file_is_a_sentence_and_not_a_traceback(tmp_path, settings):
    settings.FIXTURES_DIR = tmp_path
    with pytest.raises(CommandError, match=r"countries\.json"):
        run()
