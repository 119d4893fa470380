"""An archive without articles: every page says why it is empty and what to do."""

from datetime import date

import pytest
from django.urls import reverse

from archive.models import Country, Meeting, Source, Speaker

LISTS = ["home", "article_list", "speaker_list", "country_list", "source_list", "meeting_list"]


@pytest.mark.django_db
def test_an_archive_without_articles_says_so_on_every_page(client):
    Country.objects.create(code="TR", name_ar="تركيا", name_en="Türkiye")
    speaker = Speaker.objects.create(key="one", name_ar="أحد")
    source = Source.objects.create(key="one", name_ar="منبر")
    meeting = Meeting.objects.create(
        key="one",
        kind="conference",
        name_ar="مؤتمر",
        short_name_ar="مؤتمر",
        starts_on=date(2014, 9, 15),
        ends_on=date(2014, 9, 15),
    )
    rows = [row.get_absolute_url() for row in (speaker, source, meeting)]
    for address in [*map(reverse, LISTS), "/countries/TR/", *rows]:
        page = client.get(address).content.decode()
        assert "بعد" in page or 'class="row empty"' in page, address
