"""The article page: words marked and attributed, furniture left out, every fact with its evidence."""

import re

import pytest
from django.utils.html import escape

from archive.corrections import correct_fields
from archive.models import Correction


@pytest.fixture
def text(client, site):
    return client.get(site.full.get_absolute_url()).content.decode()


def test_words_verbatim_are_marked_inside_reported_ones(text, site):
    outer, inner = (f'id="q{row.pk}"' for row in (site.outer, site.inner))
    assert f'<span class="said ind" {outer}>إن بلاده هي «' in text
    assert re.search(rf'«<a class="n"[^>]*>2</a><span class="said" {inner}>الدولة الوحيدة</span>»', text)


def test_quotations_are_numbered_in_the_order_of_the_text(text, site):
    numbers = re.findall(r'<a class="n" href="#q(\d+)"[^>]*>(\d+)</a>', text)
    assert numbers == [
        (str(row.pk), str(number))
        for number, row in enumerate([site.outer, site.inner, site.titled, site.nobody], 1)
    ]


def test_the_margin_names_who_speaks_and_says_less_the_second_time(text, site):
    margins = re.findall(r'<ul class="hamish by">(.*?)</ul>', text, re.DOTALL)
    assert len(margins) == 3
    assert site.speaker.short_name in margins[0]
    assert "تركيا" in margins[0]
    assert 'class="again"' in margins[1]
    assert "تركيا" not in margins[1]
    assert "القائل غير معروف" in margins[2]


def test_what_is_inferred_is_noted_and_what_is_stated_is_not(text):
    notes = re.findall(r'<ul class="hashiya gloss">(.*?)</ul>', text, re.DOTALL)
    assert len(notes) == 2
    assert "عُرف بالمنصب وحده: «<bdi>الوزير السعودي</bdi>»" in notes[0]
    assert "وقت هذا المنصب غير مؤكّد" in notes[0]
    assert "نقلاً عن <bdi>وكالة الأنباء</bdi>" in notes[0]
    assert "لم يُعرف القائل" in notes[1]
    assert "ينتظر مراجعة" in notes[1]


def test_furniture_is_left_out_and_subheadings_stand_apart(text):
    assert "الرئيسية أخبار العالم" not in text
    assert "اشترك في نشرتنا" not in text
    assert re.search(r'<h2 class="matn subhead"[^>]*>في المؤتمر</h2>', text)


def test_signs_of_the_text_are_written_as_text(text):
    assert "انتهى &amp; تم" in text


def test_every_field_shows_its_degree_and_its_evidence(text):
    table = text[text.index("<table") : text.index("</table>")]
    row = next(row for row in table.split("<tr")[2:] if "التاريخ" in row)
    assert "11 أيار/مايو 2022" in row
    assert 'class="cert inf"' in row
    assert "«في المؤتمر»" in row


def test_a_correction_is_marked_as_one(client, site):
    Correction.objects.create(
        article=site.full, target="field", field="published_on", value="2022-05-11", note="من الناشر"
    )
    page = client.get(site.full.get_absolute_url()).content.decode()
    row = next(row for row in page.split("<tr") if "التاريخ" in row and "<td" in row)
    assert 'class="cert cor"' in row
    assert "عيّنه أمين المحضر" in row


def test_a_curators_note_is_not_for_readers(client, site):
    correct_fields(article=site.full, values={"published_on": "2022-05-12"}, note="هاتف الناشر")
    assert "هاتف الناشر" not in client.get(site.full.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    ("field", "value", "was"),
    [
        pytest.param("headline", "عنوان مصحّح", "كان: <bdi>مادة الاختبار</bdi>", id="words"),
        pytest.param("published_on", "2022-05-12", "كان: <bdi>11 أيار/مايو 2022</bdi>", id="a date"),
        pytest.param("source", None, "كان: <bdi>صحيفة الاختبار</bdi>", id="a name, not an id"),
        pytest.param("meeting", None, "كان: <bdi>الاختبار 2022</bdi>", id="a short name"),
        pytest.param("dateline_place", "مراكش", "كان خالياً", id="nothing"),
    ],
)
def test_a_corrected_field_keeps_its_earlier_value_in_sight(client, site, field, value, was):
    correct_fields(article=site.full, values={field: value})
    page = client.get(site.full.get_absolute_url()).content.decode()
    assert re.findall(r'<span class="was">(.*?)</span>', page) == [was]


def test_an_earlier_date_is_told_in_its_earlier_precision(client, site):
    correct_fields(article=site.full, values={"date_precision": "month"})
    correct_fields(article=site.full, values={"published_on": "2022-06-01"})
    page = client.get(site.full.get_absolute_url()).content.decode()
    assert "كان: <bdi>11 أيار/مايو 2022</bdi>" in page


def test_an_earlier_outlet_that_is_gone_is_said_to_be_gone(client, site):
    Correction.objects.create(
        article=site.full, target="field", field="source", value=site.outlet.pk, previous=999999
    )
    assert "قيد أُزيل من السجلّ" in client.get(site.full.get_absolute_url()).content.decode()


def test_countries_show_the_words_that_prove_them(text):
    assert "«جاووش أوغلو»" in text[text.index("بلدان المادة") :]


def test_the_original_is_named_by_its_sum_and_not_by_its_folder(text):
    assert "ab" * 32 in text
    assert "file.txt" in text
    assert "/private/folder" not in text


def test_a_share_image_is_offered_and_served(client, site, text):
    assert f'content="http://testserver/articles/{site.full.pk}/card.png"' in text
    first = client.get(f"/articles/{site.full.pk}/card.png")
    assert first["Content-Type"] == "image/png"
    assert first.content.startswith(b"\x89PNG")
    assert client.get(f"/articles/{site.full.pk}/card.png").content == first.content


def test_a_kept_share_image_is_asked_for_again_but_not_sent_again(client, site):
    address = f"/articles/{site.full.pk}/card.png"
    first = client.get(address)
    assert first["Cache-Control"] == "no-cache"
    again = client.get(address, headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    site.full.title = site.full.headline = "عنوان آخر"
    site.full.save()
    assert client.get(address, headers={"if-none-match": first["ETag"]}).status_code == 200
    site.full.rights = "hidden"
    site.full.save()
    assert client.get(address, headers={"if-none-match": first["ETag"]}).status_code == 404


def test_a_share_image_is_drawn_anew_when_what_it_shows_changes(client, site, settings):
    before = client.get(f"/articles/{site.full.pk}/card.png").content
    site.full.title = site.full.headline = "عنوان آخر"
    site.full.save()
    assert client.get(f"/articles/{site.full.pk}/card.png").content != before


def test_a_title_of_an_untitled_article_is_called_its_opening_words(client, site):
    site.full.title_basis, site.full.headline = "derived", None
    site.full.save()
    page = client.get(site.full.get_absolute_url()).content.decode()
    assert "بلا عنوان في الأصل؛ من مطلعها:" in page
    assert 'class="title incipit"' in page


def test_a_title_with_signs_is_escaped_everywhere(client, site):
    title = '<script>alert("x")</script> & عنوان'
    site.full.title = site.full.headline = title
    site.full.save()
    for address in (site.full.get_absolute_url(), "/articles/", site.outlet.get_absolute_url()):
        page = client.get(address).content.decode()
        assert "<script" not in page
        assert escape(title) in page


def test_a_corrected_speaker_is_said_to_be_corrected(client, site):
    site.titled.review = "corrected"
    site.titled.save()
    page = client.get(site.full.get_absolute_url()).content.decode()
    assert "صحّحه أمين المحضر" in page
    assert "عُرف بالمنصب وحده" not in page


def test_a_rejected_quotation_is_gone(client, site):
    site.titled.review = "rejected"
    site.titled.save()
    page = client.get(site.full.get_absolute_url()).content.decode()
    assert f'id="q{site.titled.pk}"' not in page
    assert "نحن مستمرون في الحرب" in page
